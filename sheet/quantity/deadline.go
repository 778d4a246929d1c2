package quantity

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
