package sheet

import (
	"strings"

	"ziping/sheet/xlsx"
)

// token is a piece of a formula: a reference, or what stands between references.
type token struct {
	text     string
	row, col int
}

// formulaTokens cuts a formula into what it says, whatever the program that
// spelt it: without blanks, dollars, prefixes of newer functions and the name of
// its own sheet, in capitals.
func formulaTokens(formula, sheet string) []token {
	var list []token
	for rest := strings.TrimLeft(formula, "=+ \t\n"); rest != ""; {
		n := tokenLength(rest)
		text := rest[:n]
		rest = rest[n:]
		switch c := text[0]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			continue
		case c == '"':
			list = append(list, token{text: text})
			continue
		}
		if strings.HasPrefix(rest, "!") && strings.Trim(text, "'") == sheet {
			rest = rest[1:]
			continue
		}
		text = strings.ReplaceAll(strings.ToUpper(text), "$", "")
		for _, prefix := range []string{"_XLFN.", "_XLWS."} {
			text = strings.TrimPrefix(text, prefix)
		}
		if v, _, ok := ParseNumber(text); ok && text[0] <= '9' {
			text = FormatNumber(v)
		}
		t := token{text: text}
		if at, ok := xlsx.ParseRange(text); ok {
			t = token{row: at.FirstRow, col: at.FirstCol}
		}
		list = append(list, t)
	}
	return list
}

// tokenLength returns how long the first token of a formula is.
func tokenLength(s string) int {
	switch quote := s[0]; {
	case quote == '"' || quote == '\'':
		if n := strings.IndexByte(s[1:], quote); n >= 0 {
			return n + 2
		}
		return len(s)
	case strings.IndexByte(notInWords, quote) >= 0:
		return 1
	}
	if n := strings.IndexAny(s, notInWords); n >= 0 {
		return n
	}
	return len(s)
}

// notInWords are the characters that no name, number or reference holds.
const notInWords = " \t\r\n+-*/^&=<>(),;:!{}%\"'"
