package strict

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// blank returns white space as wide on a terminal as text.
func blank(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch columns(r) {
		case 1:
			b.WriteRune(spaceFor(r))
		case 2:
			b.WriteString("  ")
		}
	}
	return b.String()
}

// spaceFor keeps a tab a tab, so that what follows stays aligned.
func spaceFor(r rune) rune {
	if r == '\t' {
		return r
	}
	return ' '
}

// columns returns how many columns of a terminal a character takes.
func columns(r rune) int {
	if unicode.Is(unicode.Mn, r) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// halfWidth returns the character of TOML and JSON that someone meant who typed
// r with a Chinese input method: = for ＝, " for “. Every other character is
// returned as it is.
func halfWidth(r rune) rune {
	switch r {
	case '“', '”':
		return '"'
	case '‘', '’':
		return '\''
	case '【':
		return '['
	case '】':
		return ']'
	case '、':
		return ','
	case '。':
		return '.'
	case '\u3000', '\u00a0': // ideographic space, no-break space
		return ' '
	}
	if '！' <= r && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// wideMessage says what to type instead of a character that halfWidth changes.
func wideMessage(r rune) string {
	if halfWidth(r) == ' ' {
		return "这里用了全角空格，请改成半角空格"
	}
	return "这里用了中文符号 " + string(r) + " ，请改成英文符号 " + string(halfWidth(r))
}
