package quantity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Normalize folds what Chinese input methods and prints put in place of ASCII into
// one form: full-width digits, letters and punctuation (９５％ is 95%), the small
// forms (﹪), every kind of space, minus and tilde, and the variants of ≥ and ≤.
// Dashes (–, —, ―) become "—", which stays apart from "-": a dash joins the ends of
// a range, it never makes a number negative. Line breaks become "\n", and invisible
// characters go.
//
// It is for parsing only; the text as typed is kept beside it. A text with nothing
// to fold is returned as it is.
func Normalize(text string) string {
	for i, r := range text {
		if foldRune(r) != r {
			return normalizeFrom(text, i)
		}
	}
	return text
}

func normalizeFrom(text string, start int) string {
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:start])
	for _, r := range text[start:] {
		r = foldRune(r)
		if r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldRune returns what stands for r in a normalized text, or -1 when nothing does.
func foldRune(r rune) rune {
	switch {
	case ' ' <= r && r <= '~', '一' <= r && r <= '鿿': // most of any form, first
		return r
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case '\u2000' <= r && r <= '\u200a':
		return ' '
	case '\u200b' <= r && r <= '\u200f', '\u2060' <= r && r <= '\u2064':
		return -1
	}
	switch r {
	case '\t', '\v', '\f', '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000':
		return ' '
	case '\r', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '\ufeff', '\u00ad':
		return -1
	case '−', '‐', '‑', '‒', '﹣', '⁻':
		return '-'
	case '–', '—', '―', '─', '━', '⸺', 'ー', '﹘':
		return '—'
	case '〜', '∼', '˜', '∽':
		return '~'
	case '≧', '⩾':
		return '≥'
	case '≦', '⩽':
		return '≤'
	case '﹥':
		return '>'
	case '﹤':
		return '<'
	case '﹦':
		return '='
	case '﹪':
		return '%'
	case '﹢':
		return '+'
	case '﹐':
		return ','
	case '﹒':
		return '.'
	case '﹕', '∶':
		return ':'
	case '﹙':
		return '('
	case '﹚':
		return ')'
	case '∕', '⁄':
		return '/'
	case '￥':
		return '¥'
	}
	return r
}

// compact takes the blanks out of a normalized text, save one between two
// characters that would run together into another number: "400 场" is "400场", but
// "1 234" and the list item "1. 5场" keep theirs. A line break there stays a line
// break.
func compact(s string) string {
	s = strings.Trim(s, " \n")
	if !strings.ContainsAny(s, " \n") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if !isBlank(s[i]) {
			b = append(b, s[i])
			continue
		}
		start := i
		for isBlank(s[i+1]) { // s is trimmed: something follows
			i++
		}
		if !sticks(b[len(b)-1]) || !sticks(s[i+1]) {
			continue
		}
		if strings.IndexByte(s[start:i+1], '\n') >= 0 {
			b = append(b, '\n')
		} else {
			b = append(b, ' ')
		}
	}
	return string(b)
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' }

// sticks reports whether c next to another such character could be read as one word
// or number with it.
func sticks(c byte) bool {
	return IsDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '.' || c == ','
}

// IsDigit reports whether a byte is an ASCII digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// Blank reports whether a text means "nothing" or "not applicable": empty, blanks,
// or only the dashes and slashes that people draw in an unused cell (—, ――, -, /,
// ／, \). A word for it, such as 无, is not blank: somebody has answered.
func Blank(text string) bool {
	for _, r := range text {
		switch foldRune(r) {
		case ' ', '\n', '-', '—', '/', '\\', -1:
			continue
		default:
			return false
		}
	}
	return true
}

// SaysNothing reports whether a text says that there is nothing, in a word or with a
// mark.
func SaysNothing(text string) bool {
	return Blank(text) || slices.Contains(vocabulary().Nothing, strings.Trim(FoldSpace(text), "。."))
}

// SameText reports whether two texts are the same but for their blanks and the kind of
// their brackets. A blank between two digits is not taken out: "=4 00 场" is not "=400 场",
// unless it only groups digits (1 234).
func SameText(a, b string) bool {
	if a == b {
		return true
	}
	return FoldSpace(a) == FoldSpace(b) && splitDigits(a) == splitDigits(b)
}

// splitDigits returns the digits of a text, with a blank where a blank parts them.
func splitDigits(text string) string {
	s := compact(Normalize(text))
	var b strings.Builder
	for s != "" {
		n := groupedDigits(s)
		if n > 0 {
			b.WriteString(strings.ReplaceAll(s[:n], " ", ""))
			s = s[n:]
			if s != "" && isBlank(s[0]) && (IsDigit(s[1]) || s[1] == '.') {
				b.WriteByte(' ')
			}
			continue
		}
		if s[0] == '.' && len(s) > 2 && isBlank(s[1]) && IsDigit(s[2]) {
			b.WriteString(". ")
		}
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return b.String()
}

// FoldSpace takes out white space, makes all brackets ( and ), and digits those of ASCII.
func FoldSpace(s string) string {
	if isFolded(s) {
		return s
	}
	return strings.Map(folded, s)
}

// isFolded reports whether a text is one of letters that stay what they are, as nearly
// all are: of ASCII, and Chinese ones, whose first byte tells them.
func isFolded(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '!' <= c && c < utf8.RuneSelf && c != '[' && c != ']':
		case 0xE4 <= c && c <= 0xE9 && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80: // U+4000 to U+9FFF
			i += 2
		default:
			return false
		}
	}
	return true
}

// folded returns what a character becomes, -1 for none.
func folded(r rune) rune {
	switch {
	case r >= '一' && r <= '鿿': // nearly all, and no space
		return r
	case unicode.IsSpace(r), r == '\u200b', r == '\ufeff':
		return -1
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	}
	switch r {
	case '（', '〔', '【', '［', '[', '﹙':
		return '('
	case '）', '〕', '】', '］', ']', '﹚':
		return ')'
	}
	return r
}
