package calc

import (
	"strings"

	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// token is a piece of a formula: a reference, or what stands between references.
type Token struct {
	Text     string
	Row, Col int
}

// formulaTokens cuts a formula into what it says, whatever the program that
// spelt it: without blanks, dollars, prefixes of newer functions and the name of
// its own sheet, in capitals.
func FormulaTokens(formula, sheet string) []Token {
	var list []Token
	for rest := strings.TrimLeft(formula, "=+ \t\n"); rest != ""; {
		n := tokenLength(rest)
		text := rest[:n]
		rest = rest[n:]
		switch c := text[0]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			continue
		case c == '"':
			list = append(list, Token{Text: text})
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
		if v, _, ok := quantity.ParseNumber(text); ok && text[0] <= '9' {
			text = quantity.FormatNumber(v)
		}
		t := Token{Text: text}
		if at, ok := xlsx.ParseRange(text); ok {
			t = Token{Row: at.FirstRow, Col: at.FirstCol}
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
