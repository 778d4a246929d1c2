package quantity

import (
	"strings"
	"unicode/utf8"
)

// deadline reads a day or a period to the end of s.
func (p parser) deadline(s string, c claim) (Quantity, bool) {
	if c.hard && c.op != Le && c.op != Eq || c.approx != Precise || c.change != NoChange || c.percent {
		return Quantity{}, false
	}
	span, rest, ok := p.scanSpan(s)
	if !ok {
		return Quantity{}, false
	}
	rest, before := cutAnyPrefix(rest, vocabulary().Date.Before)
	if !before && !isDone(rest) {
		rest, before = cutOccasion(rest)
	}
	if !before {
		rest, _ = cutAnyPrefix(rest, vocabulary().Date.Within)
	}
	if !isDone(rest) {
		return Quantity{}, false
	}
	q := Quantity{Kind: KindDeadline, From: span.from, To: span.to, Before: before && !span.point}
	switch {
	case p.actual && (before || c.op.down()):
		q.From = dayAt(span.to.Year(), 1, 1)
	case p.actual && !span.last.IsZero():
		q.From = span.last
	}
	return q, true
}

// midnights are what a spreadsheet's date has behind it where it is a text.
var midnights = []string{" 00:00:00", " 00:00", " 0:00:00", " 0:00"}

// isDone reports whether s says nothing but that it was done, and what.
func isDone(s string) bool {
	words := &vocabulary().Date
	for start := true; s != ""; start = false {
		rest, is := cutAnyPrefix(s, words.Done)
		if !is && !start {
			rest, is = cutAnyPrefix(s, words.Things)
		}
		if !is {
			return false
		}
		s = rest
	}
	return true
}

// occasion is what a date names before 前: 9月1日|开学前, 10月|国庆节前.
var occasion = pattern(func() string { return `^\p{Han}{1,5}[^` + vocabulary().Date.NotOccasion + `\P{Han}]前` })

// cutOccasion takes the occasion of a date off the start of s, with its 前.
func cutOccasion(s string) (rest string, ok bool) {
	found := occasion().FindString(s)
	return s[len(found):], found != ""
}

// withDeadline notes in a target of words the one day by which its words ask for
// something: 工程于9月底前完工, 2023年11月结题, 主汛期到来前完工.
func (p parser) withDeadline(q Quantity, s string) Quantity {
	if p.actual || strings.Contains(s, "每") || !strings.ContainsAny(s, "月年季前") {
		return q
	}
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if startsFigure(s, at, r) || r == '第' {
			if d, rest, is := p.scanSpan(s[at:]); is {
				if !p.endsBy(rest) || d.to.Year() == 0 || !q.By.IsZero() {
					return Quantity{Kind: q.Kind}
				}
				q.By = d.to
				size = len(s) - len(rest) - at
			}
		}
		at += size
	}
	if q.By.IsZero() && p.year != 0 {
		for _, o := range vocabulary().Date.Occasion {
			for _, w := range o.Words {
				if _, after, is := strings.Cut(s, w); is && occasionBefore().MatchString(after) {
					q.By = dayAt(p.year, o.Month, o.Day)
					return q
				}
			}
		}
	}
	return q
}

// endsBy reports whether what follows a date makes it one by which something is to be done:
// 9月底|前完工, 11月|结题.
func (p parser) endsBy(rest string) bool {
	if _, before := cutAnyPrefix(rest, vocabulary().Date.Before); before {
		return true
	}
	rest, _ = cutAnyPrefix(rest, vocabulary().Date.Within)
	done, _, _ := strings.Cut(rest, ",")
	return done != "" && isDone(done)
}

// datedOccasion is a time of the year by its name, and the last day on which it may begin.
type datedOccasion struct {
	Words      []string
	Month, Day int
}

// occasionBefore is what follows the name of an occasion where something is to be done before it.
var occasionBefore = pattern(func() string { return `^(?:正式)?(?:到来|来临|开始|开学)?(?:之)?前` })
