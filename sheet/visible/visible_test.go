package visible

import "testing"

func TestLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"项目名称　“展厅” ≥95% 😀", "项目名称　“展厅” ≥95% 😀"},
		{"一\r\n二\n三\u2028四", "一↵二↵三↵四"},
		{"\x1b[31m红\x1b[0m", "␛[31m红␛[0m"},
		{"\x00\t\r\x7f", "␀␉␍␡"},
		{"\u009b2J", "<U+009B>2J"},
		{"\u202e倒", "<U+202E>倒"},
		{"零\u200b宽", "零<U+200B>宽"},
		{"坏\xff字", "坏\ufffd字"},
	}
	for _, tt := range tests {
		if got := Line(tt.in); got != tt.want {
			t.Errorf("Line(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestControls(t *testing.T) {
	for text, want := range map[string]string{"一\t二\n三": "一\t二\n三", "\x1b[31m红": "␛[31m红", "\u009b31m": "<U+009B>31m"} {
		if got := Controls(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
