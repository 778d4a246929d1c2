package xlsx

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// formatToken is a piece of a format's section. The kinds are the characters
// that stand for themselves (0 # ? . , % / @ E) and those below.
type formatToken struct {
	kind byte
	text string
}

const (
	literalToken  = '"' // text is shown as it is
	currencyToken = '$' // text is a currency's sign
	generalToken  = 'G' // the word General
	dateToken     = 'd' // text is a run of one letter, in lower case, or [h]
	markToken     = '[' // text is what stands in brackets: a color, a condition
)

func hasToken(tokens []formatToken, kind byte) bool {
	for _, t := range tokens {
		if t.kind == kind {
			return true
		}
	}
	return false
}

// splitFormat reads a format code into the tokens of its sections.
func splitFormat(code string) [][]formatToken {
	sections := [][]formatToken{nil}
	for code != "" {
		if code[0] == ';' {
			sections, code = append(sections, nil), code[1:]
			continue
		}
		t, n := nextFormatToken(code)
		code = code[n:]
		if t.kind != 0 {
			last := &sections[len(sections)-1]
			*last = append(*last, t)
		}
	}
	return sections
}

// words are the tokens of more than one character.
var words = []struct {
	word string
	formatToken
}{
	{"general", formatToken{generalToken, ""}},
	{"g/通用格式", formatToken{generalToken, ""}},
	{"am/pm", formatToken{dateToken, "am/pm"}},
	{"a/p", formatToken{dateToken, "am/pm"}},
	{"上午/下午", formatToken{dateToken, "am/pm"}},
	{"e+", formatToken{'E', ""}},
	{"e-", formatToken{'E', ""}},
}

// nextFormatToken reads the token that code starts with, of n bytes; one of
// kind 0 shows nothing.
func nextFormatToken(code string) (t formatToken, n int) {
	c := code[0]
	switch c {
	case '"':
		text, _, _ := strings.Cut(code[1:], `"`)
		return formatToken{literalToken, text}, min(len(text)+2, len(code))
	case '\\', '!':
		_, size := utf8.DecodeRuneInString(code[1:])
		return formatToken{literalToken, code[1 : 1+size]}, 1 + size
	case '_', '*': // a space as wide as, a filling of the next character
		r, size := utf8.DecodeRuneInString(code[1:])
		if c == '*' && unicode.IsDigit(r) {
			return formatToken{literalToken, code[1 : 1+size]}, 1 + size
		}
		return formatToken{}, 1 + size
	case '[':
		text, _, _ := strings.Cut(code[1:], "]")
		return bracketToken(text), min(len(text)+2, len(code))
	case '0', '#', '?', '.', ',', '%', '/', '@':
		return formatToken{c, code[:1]}, 1
	}
	for _, w := range words {
		if len(code) >= len(w.word) && strings.EqualFold(code[:len(w.word)], w.word) {
			return w.formatToken, len(w.word)
		}
	}
	if lower := c | 0x20; strings.IndexByte("ymdhse", lower) >= 0 || lower == 'a' && isWeekday(code) {
		n := len(code) - len(strings.TrimLeft(code, string([]byte{lower, lower &^ 0x20})))
		return formatToken{dateToken, strings.ToLower(code[:n])}, n
	}
	_, size := utf8.DecodeRuneInString(code)
	return formatToken{literalToken, code[:size]}, size
}

// isWeekday reports whether code starts with aaa or aaaa, the weekday in Chinese.
func isWeekday(code string) bool { return len(code) >= 3 && strings.EqualFold(code[:3], "aaa") }

// bracketToken is the token of what stands in brackets.
func bracketToken(text string) formatToken {
	if sign, ok := strings.CutPrefix(text, "$"); ok {
		sign, _, _ = strings.Cut(sign, "-") // without the language
		return formatToken{currencyToken, sign}
	}
	lower := strings.ToLower(text)
	if lower != "" && strings.Trim(lower, lower[:1]) == "" && strings.Contains("hms", lower[:1]) {
		return formatToken{dateToken, "[" + lower[:1] + "]"}
	}
	return formatToken{markToken, lower}
}
