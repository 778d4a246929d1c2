package report

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// columns returns how wide a visible text is on a terminal.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fit returns the beginning of a visible text, no wider than most columns.
func fit(s string, most int) string {
	if columns(s) <= most {
		return s
	}
	used := 1 // the …
	for i, r := range s {
		used += runeColumns(r)
		if used > most {
			return s[:i] + "…"
		}
	}
	return s
}

// pad returns the spaces that make a visible text so wide.
func pad(s string, wide int) string { return strings.Repeat(" ", max(0, wide-columns(s))) }
