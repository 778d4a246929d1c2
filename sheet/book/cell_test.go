package book

import (
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	for target, want := range map[string]string{
		"../甲/一 二.xlsx":                      `HYPERLINK("../甲/一 二.xlsx","x")`,
		"a#b 100%.xlsx":                      `HYPERLINK("a%23b 100%25.xlsx","x")`,
		`a"b.xlsx`:                           `HYPERLINK("a""b.xlsx","x")`,
		"a\nb.xlsx":                          "",
		"":                                   "",
		strings.Repeat("长", 255):             `HYPERLINK("` + strings.Repeat("长", 255) + `","x")`,
		strings.Repeat("长", 256):             "",
		strings.Repeat("长", 250) + "#####.x": "",
	} {
		if got := (Link{target, "x"}).formula(); got != want {
			t.Errorf("%q: %s, want %s", target, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{{"一二三", 3, "一二三"}, {"一二三四", 3, "一二…"}, {"a𠮷b", 4, "a𠮷b"}, {"a𠮷bc", 4, "a𠮷…"}, {"a𠮷𠮷", 4, "a𠮷…"}, {"𠮷𠮷", 2, "…"}} {
		if got := Cut(c.text, c.most); got != c.want {
			t.Errorf("%s cut to %d is %s, want %s", c.text, c.most, got, c.want)
		}
	}
}
