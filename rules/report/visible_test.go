package report

import "testing"

func TestVisible(t *testing.T) {
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
		if got := visible(tt.in); got != tt.want {
			t.Errorf("visible(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestColumns(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "自评": 4, "Ａ": 2, "ｱ": 1, "e\u0301": 1, "😀": 2, "≥95%": 4} {
		if got := columns(s); got != want {
			t.Errorf("columns(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	tests := []struct {
		in   string
		most int
		want string
	}{
		{"", 3, ""},
		{"abcd", 4, "abcd"},
		{"abcde", 4, "abc…"},
		{"自评表", 6, "自评表"},
		{"自评表", 5, "自评…"},
		{"自评表", 4, "自…"},
	}
	for _, tt := range tests {
		if got := fit(tt.in, tt.most); got != tt.want {
			t.Errorf("fit(%q, %d) = %q, want %q", tt.in, tt.most, got, tt.want)
		}
	}
}
