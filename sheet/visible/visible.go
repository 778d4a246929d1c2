// Package visible shows texts that somebody else has typed: in a terminal, on a
// page, in a cell.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns a text on one line, with every character that has no picture of its
// own made visible: what somebody typed into a workbook must not move the cursor
// of a terminal, colour it or turn its text around.
func Line(s string) string {
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

// Lines is Line for a text that keeps its lines.
func Lines(s string) string {
	if !strings.Contains(s, "\n") {
		return Line(s)
	}
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = Line(line)
	}
	return strings.Join(lines, "\n")
}

// Controls returns a text with its control characters made visible, but for tabs and
// line ends: for files that are looked at in a terminal, or read by programs that
// take no others.
func Controls(s string) string {
	isControl := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\r\n", r) }
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if isControl(r) {
			b.WriteString(picture(r))
		} else {
			b.WriteRune(r)
		}
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
