package xlsx

import (
	"regexp"
	"strings"
)

// escaped is what a reader of a workbook takes for an escaped character.
var escaped = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// Escape writes a text as cells and comments of a workbook store it: what looks
// like an escape of the file format is escaped itself.
func Escape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped.ReplaceAllString(text, "_x005F_$1")
}
