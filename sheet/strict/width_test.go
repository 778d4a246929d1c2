package strict

import "testing"

func TestBlank(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "ab ": "   ", "年，": "    ", "a\t年": " \t  ", "é": " ", "e\u0301": " ", "😀": "  ", "“≥…": "   ",
	} {
		if got := blank(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestHalfWidth(t *testing.T) {
	for wide, want := range map[rune]rune{
		'＝': '=', '“': '"', '”': '"', '＂': '"', '‘': '\'', '【': '[', '］': ']', '｛': '{', '，': ',', '、': ',', '：': ':',
		'。': '.', '．': '.', '＃': '#', '０': '0', 'Ａ': 'A', '～': '~', '　': ' ', 'a': 'a', '年': '年', '≥': '≥', '￥': '￥',
	} {
		if got := halfWidth(wide); got != want {
			t.Errorf("%c: got %c, want %c", wide, got, want)
		}
	}
}
