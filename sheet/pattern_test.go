package sheet

import "testing"

// Of the patterns that a text fits that one counts that says most of it, and of several
// of these the first; it does not matter where they begin and end.
func TestPatterns(t *testing.T) {
	var l patterns
	for _, word := range []string{"*", "*预算数", "年初*", "*预算*", "年初预算*", "*初预算数", "年*数", "*算*数", "年*算数"} {
		l.add(newPattern(word, word))
	}
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
		if got := l.match(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
