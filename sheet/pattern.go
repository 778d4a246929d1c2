package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// pattern is a word with at least one *, which stands for anything.
type pattern struct {
	first, last string   // what it begins and ends with
	middle      []string // what stands between, in this order
	label       string
	section     Section
	rank        int // among the patterns of the section
}

func newPattern(word, label string) pattern {
	parts := strings.Split(Fold(strings.ReplaceAll(word, "*", star)), star)
	n := len(parts) - 1
	return pattern{first: parts[0], middle: parts[1:n], last: parts[n], label: label}
}

// star stands for * where that is folded away at the ends of a text.
const star = "\uE000"

// fits reports whether a folded text is the pattern's.
func (p *pattern) fits(s string) bool {
	rest, ok := strings.CutPrefix(s, p.first)
	if !ok || !strings.HasSuffix(rest, p.last) {
		return false
	}
	rest = rest[:len(rest)-len(p.last)]
	for _, part := range p.middle {
		_, rest, ok = strings.Cut(rest, part)
		if !ok {
			return false
		}
	}
	return true
}

// says reports whether a pattern has a text in it.
func (p *pattern) says(text string) bool {
	return strings.Contains(p.first, text) || strings.Contains(p.last, text) || slices.ContainsFunc(p.middle, func(part string) bool { return strings.Contains(part, text) })
}

// size is how much of a text a pattern says, in bytes.
func (p *pattern) size() int {
	n := len(p.first) + len(p.last)
	for _, part := range p.middle {
		n += len(part)
	}
	return n
}

// patterns are those of a vocabulary, by a character that a text has if it fits them.
type patterns struct {
	byLast, byFirst map[rune][]*pattern
	loose           []*pattern // which begin and end with anything
	n               int
}

func (l *patterns) add(s Section, p pattern) {
	p.section, p.rank = s, l.n
	l.n++
	if l.byLast == nil {
		l.byLast, l.byFirst = map[rune][]*pattern{}, map[rune][]*pattern{}
	}
	first, _ := utf8.DecodeRuneInString(p.first)
	last, _ := utf8.DecodeLastRuneInString(p.last)
	switch {
	case p.last != "":
		l.byLast[last] = append(l.byLast[last], &p)
	case p.first != "":
		l.byFirst[first] = append(l.byFirst[first], &p)
	default:
		l.loose = append(l.loose, &p)
	}
}

// match adds to what a folded text means the labels of patterns that it fits, in sections
// where it means nothing yet: of several that which says most of it, and of several of
// these the first.
func (l *patterns) match(s string, m Meanings) Meanings {
	if s == "" || isSentence(s) {
		return m
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	var fit []*pattern // the best of each section
	for _, some := range [...][]*pattern{l.byLast[last], l.byFirst[first], l.loose} {
		for _, p := range some {
			if p.size() > 0 && m.In(p.section) == "" && p.fits(s) {
				fit = p.better(fit)
			}
		}
	}
	for _, p := range fit {
		m = append(m, meaning{p.section, p.label})
	}
	return m
}

// better puts a pattern into a list in which each section has one, if it says more than
// what is there.
func (p *pattern) better(list []*pattern) []*pattern {
	i := slices.IndexFunc(list, func(other *pattern) bool { return other.section == p.section })
	switch {
	case i < 0:
		return append(list, p)
	case p.size() > list[i].size(), p.size() == list[i].size() && p.rank < list[i].rank:
		list[i] = p
	}
	return list
}

// longestMatch is how long a text is at most, in characters, of which a pattern makes a
// label.
const longestMatch = 24

// isSentence reports whether a folded text is one, or as long: no pattern makes a label
// of it.
func isSentence(s string) bool {
	n := 0
	for _, r := range s {
		switch r {
		case ',', '，', ';', '；', '。', '!', '！', '?', '？', ':', '：', '"':
			return true
		}
		n++
	}
	return n > longestMatch
}
