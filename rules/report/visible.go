package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// visible returns a text of a form on one line, with every character that has
// no picture of its own made visible: what somebody typed into a workbook must
// not move the cursor of a terminal, colour it or turn its text around.
func visible(s string) string {
	odd := func(r rune) bool { return r == utf8.RuneError || !unicode.IsGraphic(r) }
	if strings.IndexFunc(s, odd) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		b.WriteString(picture(r))
	}
	return b.String()
}

// picture returns what is shown for a character.
func picture(r rune) string {
	const controls, deleted = '␀', "␡" // Unicode has a picture of each ASCII control
	switch {
	case r == '\n', r == '\u2028', r == '\u2029':
		return "↵"
	case r < ' ':
		return string(controls + r)
	case r == 0x7f:
		return deleted
	case unicode.IsGraphic(r):
		return string(r)
	}
	return fmt.Sprintf("<%U>", r)
}

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
		if used += runeColumns(r); used > most {
			return s[:i] + "…"
		}
	}
	return s
}

// pad returns the spaces that make a visible text so wide.
func pad(s string, wide int) string { return strings.Repeat(" ", max(0, wide-columns(s))) }
