package report

import (
	"strings"
	"unicode/utf16"

	"ziping/sheet"
)

// cellText returns a text as a cell can hold it: what has no picture of its own is
// made visible but for line breaks, and what is too long is cut.
func cellText(s string) string {
	if strings.Contains(s, "\n") {
		lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
		for i, line := range lines {
			lines[i] = visible(line)
		}
		return cut(strings.Join(lines, "\n"), sheet.MaxText)
	}
	return cut(visible(s), sheet.MaxText)
}

// cut returns the beginning of a text, no longer than most UTF-16 units.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	units, end := 0, 0 // end of what fits with a …
	for i, r := range s {
		if units < most {
			end = i
		}
		if units += utf16.RuneLen(r); units > most {
			return s[:end] + "…"
		}
	}
	return s
}

// longestLiteral is the longest text in a formula.
const longestLiteral = 255

// urlMarks writes what means something else in the target of a link than in the
// name of a file.
var urlMarks = strings.NewReplacer("%", "%25", "#", "%23")

// formula returns the formula of a link, "" where there can be none. A sheet may
// hold any number of them, unlike links that are no formulas, and they stay with
// their rows when these are sorted.
func (l link) formula() string {
	target := urlMarks.Replace(l.target)
	if target == "" || cut(target, longestLiteral) != target || visible(target) != target {
		return ""
	}
	return "HYPERLINK(" + literal(target) + "," + literal(l.shown()) + ")"
}

func (l link) shown() string { return cut(visible(l.text), longestLiteral) }

// literal returns a text as formulas have it.
func literal(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
