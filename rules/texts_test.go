package rules

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What is folded by hand is as the tables have it, character by character and beside what
// characters may be joined with.
func TestFolded(t *testing.T) {
	for r := rune(0); r <= 0xffff; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		for _, text := range []string{string(r), "得" + string(r) + "Ａ", string(r) + "\u0301", "e" + string(r)} {
			if got, want := folded(text), norm.NFKC.String(text); got != want {
				t.Errorf("%q: got %q, want %q", text, got, want)
			}
		}
	}
}
