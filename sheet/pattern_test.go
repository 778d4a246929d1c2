package sheet

import (
	"strings"
	"testing"
)

// Of the patterns that a text fits that one counts that says most of it, and of several
// of these the first; it does not matter where they begin and end.
func TestPatterns(t *testing.T) {
	var l patterns
	for _, word := range []string{"*", "*预算数", "年初*", "*预算*", "年初预算*", "*初预算数", "年*数", "*算*数", "年*算数"} {
		l.add(Anywhere, newPattern(word, word))
	}
	l.add(InHead, newPattern("*数", "数"))
	for text, want := range map[string]string{
		"":       "",
		"决算":     "",
		"预算":     "*预算*",
		"甲预算乙":   "*预算*",
		"年初决算":   "年初*",
		"年初预算":   "年初预算*",
		"年初预算数":  "年初预算*",
		"全年预算数":  "*预算数",
		"年决算数":   "年*算数",
		"决算数":    "*算*数",
		"年数":     "年*数",
		"\xff数":  "",
		"年初\xff": "年初*",
		"今年初预算数": "*初预算数",
	} {
		m := l.match(text, nil)
		if got := m.In(Anywhere); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		if got, want := m.In(InHead) != "", strings.HasSuffix(text, "数"); got != want {
			t.Errorf("%q is a number in the head: %t, want %t", text, got, want)
		}
		if known := l.match(text, Meanings{{Anywhere, "known"}}); known.In(Anywhere) != "known" {
			t.Errorf("%q is %q, but was known", text, known.In(Anywhere))
		}
	}
}
