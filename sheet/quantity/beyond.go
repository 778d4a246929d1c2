package quantity

import (
	"strings"
	"unicode"
)

// beyond reads a text whose bounds stand outside its label: 90%≤满意度,
// 90%≤满意度≤100%.
func (p parser) beyond(s string) (Quantity, bool) {
	if !startsValue(s) {
		return Quantity{}, false
	}
	first, rest, mark := cutAtMark(s)
	label, last, second := cutAtMark(rest)
	if mark == "" || !isBareLabel(label) {
		return Quantity{}, false
	}
	if second == "" {
		flipped := map[string]string{"≤": "≥", "≥": "≤", "<": ">", ">": "<"}[mark]
		q, end := p.phrase(flipped+first, claim{})
		q.Change = changeIn(label)
		return q, end == matched && q.Kind == KindNumber
	}
	if mark != second || mark != "≤" && mark != "≥" {
		return Quantity{}, false
	}
	if mark == "≥" {
		first, last = last, first
	}
	q, end := p.phrase(first+"-"+last, claim{})
	q.Change = changeIn(label)
	return q, end == matched && q.Kind == KindRange
}

// cutAtMark cuts s at its first sign of a comparison; mark is "" without one.
func cutAtMark(s string) (before, after, mark string) {
	i := strings.IndexAny(s, "≤≥<>")
	if i < 0 {
		return s, "", ""
	}
	for _, m := range [...]struct{ written, mark string }{{"<=", "≤"}, {">=", "≥"}, {"≤", "≤"}, {"≥", "≥"}, {"<", "<"}, {">", ">"}} {
		if rest, is := strings.CutPrefix(s[i:], m.written); is {
			return s[:i], rest, m.mark
		}
	}
	return s, "", ""
}

// isBareLabel reports whether s is made of letters only.
func isBareLabel(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
