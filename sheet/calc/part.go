package calc

import (
	"math"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// partFunctions are those that count the characters of a text.
func partFunctions() map[string]*function {
	return map[string]*function{
		"LEFT": {params: "tn", min: 1, value: func(e *evaluation, a []operand) Value {
			return e.end(a, func(all, n int) (from, to int) { return 0, n })
		}},
		"RIGHT": {params: "tn", min: 1, value: func(e *evaluation, a []operand) Value {
			return e.end(a, func(all, n int) (from, to int) { return all - n, all })
		}},
		"MID": {params: "tnn", min: 3, value: func(e *evaluation, a []operand) Value {
			first, n := a[1].value.Number, a[2].value.Number
			if first < 1 || n < 0 {
				return errValue
			}
			return e.part(a[0].value.Text, func(all int) (from, to int) {
				from = whole(first-1, all)
				return from, from + whole(n, all-from)
			})
		}},
		"REPLACE": {params: "tnnt", min: 4, value: func(e *evaluation, a []operand) Value {
			list := e.characters(a[0].value.Text)
			from, n := a[1].value.Number, a[2].value.Number
			if from < 1 || n < 0 {
				return errValue
			}
			start := whole(from-1, len(list))
			return e.long(e.joined(list[:start]) + a[3].value.Text + e.joined(list[start+whole(n, len(list)-start):]))
		}},
		"SUBSTITUTE": {params: "tttn", min: 3, value: substitute},
		"FIND": {params: "ttn", min: 2, value: func(e *evaluation, a []operand) Value {
			if len(a) == 2 { // from the beginning, as mostly
				s := a[1].value.Text
				e.take(len(s) / 64)
				if i := strings.Index(s, a[0].value.Text); i >= 0 {
					return count(length(s[:i]) + 1)
				}
				return errValue
			}
			return e.search(a, func(part string, in []rune) int {
				s := e.joined(in)
				e.take(len(s) / 64)
				i := strings.Index(s, part)
				if i < 0 {
					return i
				}
				return length(s[:i])
			})
		}},
		"SEARCH": {params: "ttn", min: 2, value: func(e *evaluation, a []operand) Value {
			return e.search(a, func(part string, in []rune) int {
				if length(part) > longestCriterion {
					e.fail("要查找的文字太长")
				}
				p := newPattern(part)
				t := []rune(fold(e.joined(in)))
				at, ok := e.indexParts(p.parts, t)
				switch {
				case !ok:
					return -1
				case !p.start:
					return 0
				}
				return length(string(t[:at]))
			})
		}},
	}
}

// part returns the characters of a text from one to another, by how many there are.
func (e *evaluation) part(s string, span func(all int) (from, to int)) Value {
	if !inUnits(s) {
		list := e.characters(s)
		from, to := span(len(list))
		return text(e.joined(list[from:to]))
	}
	all := utf8.RuneCountInString(s)
	e.take(all / 16)
	from, to := span(all)
	return text(s[offset(s, from):offset(s, to)])
}

// inUnits reports whether each letter of a text is one character as Excel counts them.
func inUnits(s string) bool {
	for _, r := range s {
		if r > math.MaxUint16 || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// offset returns where a letter of a text begins, counted from 0.
func offset(s string, letter int) int {
	for i := range s {
		if letter == 0 {
			return i
		}
		letter--
	}
	return len(s)
}

// characters returns the characters of a text as Excel counts them: one beyond U+FFFF
// is two halves.
func (e *evaluation) characters(s string) []rune {
	list := []rune(s)
	if length(s) != len(list) || strings.ContainsFunc(s, isHalf) {
		list = list[:0]
		for _, r := range s {
			if isHalf(r) {
				list = append(list, r-half+0xD800)
				continue
			}
			for _, unit := range utf16.Encode([]rune{r}) {
				list = append(list, rune(unit))
			}
		}
	}
	e.take(len(list) / 16)
	return list
}

// joined is the text that characters are, of which one may be the half of another. A half
// by itself, which no text can hold, is one of half; it ends a calculation only where it
// is what a cell comes to.
func (e *evaluation) joined(list []rune) string {
	if !slices.ContainsFunc(list, utf16.IsSurrogate) {
		return string(list)
	}
	var b strings.Builder
	for i := 0; i < len(list); i++ {
		switch r := list[i]; {
		case !utf16.IsSurrogate(r):
			b.WriteRune(r)
		case i+1 < len(list) && utf16.DecodeRune(r, list[i+1]) != utf8.RuneError:
			b.WriteRune(utf16.DecodeRune(r, list[i+1]))
			i++
		default:
			b.WriteRune(half + r - 0xD800)
		}
	}
	return b.String()
}

// half and what follows it stand for the halves of characters: from the end of what is for
// private use, and in no text that people write.
const (
	half     = 0x10F000
	lastHalf = half + 0x7FF
)

func isHalf(r rune) bool { return half <= r && r <= lastHalf }

func whole(n float64, most int) int { return int(min(math.Trunc(n), float64(most))) }

// end is LEFT or RIGHT.
func (e *evaluation) end(args []operand, cut func(all, n int) (from, to int)) Value {
	n := 1.0
	if len(args) > 1 {
		n = args[1].value.Number
	}
	if n < 0 {
		return errValue
	}
	return e.part(args[0].value.Text, func(all int) (from, to int) { return cut(all, whole(n, all)) })
}

// search is FIND or SEARCH: where a part stands, counted from 1.
func (e *evaluation) search(args []operand, find func(part string, in []rune) int) Value {
	list := e.characters(args[1].value.Text)
	start := 1.0
	if len(args) > 2 {
		start = math.Trunc(args[2].value.Number)
	}
	if start < 1 || start > float64(len(list)+1) {
		return errValue
	}
	at := find(args[0].value.Text, list[int(start)-1:])
	if at < 0 {
		return errValue
	}
	return count(at + int(start))
}

// substitute puts a text in place of another: everywhere, or once.
func substitute(e *evaluation, args []operand) Value {
	s, old, now := args[0].value.Text, args[1].value.Text, args[2].value.Text
	if len(args) > 3 {
		return e.substituteOnce(s, old, now, args[3].value.Number)
	}
	if old == "" {
		return text(s)
	}
	n := strings.Count(s, old)
	if n*length(now)+length(s)-n*length(old) > longestText {
		return errValue
	}
	return e.long(strings.ReplaceAll(s, old, now))
}

// substituteOnce puts a text in place of the occurrence number n of another.
func (e *evaluation) substituteOnce(s, old, now string, n float64) Value {
	if n < 1 {
		return errValue
	}
	if old == "" {
		return text(s)
	}
	at := 0
	for k := 1.0; ; k++ {
		i := strings.Index(s[at:], old)
		if i < 0 {
			return text(s)
		}
		at += i
		if k == math.Trunc(n) {
			return e.long(s[:at] + now + s[at+len(old):])
		}
		at += len(old)
	}
}
