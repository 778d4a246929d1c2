package calc

import "slices"

// pattern is a text in which * stands for any characters and ? for one; ~ before
// them takes that away. It has the parts between the stars.
type pattern struct {
	parts [][]rune
	start bool // the first part stands at the start of a text: no star before it
	end   bool // the last at the end
}

// anyRune stands for a ? in a part.
const anyRune = -1

// newPattern reads a pattern, in which the case of letters does not matter.
func newPattern(s string) pattern {
	p := pattern{start: true, end: true}
	part := []rune{}
	list := []rune(fold(s))
	for i := 0; i < len(list); i++ {
		p.end = true
		switch r := list[i]; {
		case r == '~' && i+1 < len(list) && (list[i+1] == '*' || list[i+1] == '?' || list[i+1] == '~'):
			i++
			part = append(part, list[i])
		case r == '?':
			part = append(part, anyRune)
		case r == '*':
			p.start = p.start && (len(p.parts) > 0 || len(part) > 0)
			if len(part) > 0 {
				p.parts = append(p.parts, part)
				part = []rune{}
			}
			p.end = false
		default:
			part = append(part, r)
		}
	}
	if len(part) > 0 {
		p.parts = append(p.parts, part)
	}
	return p
}

// matches reports whether all of a text is as the pattern says. Each part is
// looked for once, from the left on.
func (c *Calculator) matches(p pattern, s string) bool {
	c.take(len(s) / 8)
	t := []rune(fold(s))
	parts := p.parts
	if len(parts) == 0 {
		return len(t) == 0 || !p.end || !p.start
	}
	if p.start {
		first := parts[0]
		if len(t) < len(first) || !equalRunes(first, t[:len(first)]) {
			return false
		}
		parts = parts[1:]
		if len(parts) == 0 && p.end {
			return len(t) == len(first)
		}
		t = t[len(first):]
	}
	if p.end {
		last := parts[len(parts)-1]
		rest := len(t) - len(last)
		if rest < 0 || !equalRunes(last, t[rest:]) {
			return false
		}
		t, parts = t[:rest], parts[:len(parts)-1]
	}
	_, ok := c.indexParts(parts, t)
	return ok
}

// indexParts finds the parts one after the other, and returns where the first begins.
func (c *Calculator) indexParts(parts [][]rune, t []rune) (first int, ok bool) {
	end := 0
	for i, part := range parts {
		at := c.indexRunes(part, t[end:])
		if at < 0 {
			return 0, false
		}
		if i == 0 {
			first = at
		}
		end += at + len(part)
	}
	return first, true
}

func (c *Calculator) indexRunes(part, t []rune) int {
	i, last := 0, len(t)-len(part)
	for i <= last && !equalRunes(part, t[i:i+len(part)]) {
		i++
	}
	c.take(i / 64 * (1 + len(part)/8))
	if i > last {
		return -1
	}
	return i
}

func equalRunes(part, t []rune) bool {
	return slices.EqualFunc(part, t, func(p, r rune) bool { return p == anyRune || p == r })
}
