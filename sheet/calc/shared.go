package calc

// part is a part of a formula that is calculated once for all formulas that have it, as if
// it stood in a cell of its own: IFERROR, which stands around the conditions that several
// formulas ask for. Most come to the same whatever the numbers are that they take.
type part struct {
	call
	text   string // as it is written
	across bool   // it depends on the column of its cell
}

// likePart is a part of formulas of workbooks that are alike.
type likePart struct {
	place
	part  part
	known remembered
}

// place says what a part of a formula comes to: how it is written, and for which cell.
type place struct {
	text     string
	sheet    int // its index
	row, col int // col is 0 where any will do
	down     int
}

func (n part) eval(e *evaluation, all bool) operand {
	if all || e.sheet.like == nil {
		return n.call.eval(e, all)
	}
	i := e.indexOfPart(n)
	number, settled := e.numberOfPart(i)
	if !settled {
		e.taken = append(e.taken, taken{inPart | spot(i), number})
	}
	return scalar(e.value(number))
}

// indexOfPart returns the index of a part of a formula.
func (e *evaluation) indexOfPart(n part) int {
	p := place{n.text, e.sheet.like.index, e.row, 0, e.down}
	if n.across {
		p.col = e.col
	}
	return e.Like.part(p, n)
}

// part returns the index of a part.
func (l *Likeness) part(p place, n part) int {
	l.mu.RLock()
	i, ok := l.places[p]
	l.mu.RUnlock()
	if ok {
		return i
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	i, ok = l.places[p]
	if !ok {
		if l.places == nil {
			l.places = map[place]int{}
		}
		i = len(l.parts)
		l.places[p] = i
		l.parts = append(l.parts, &likePart{place: p, part: n})
	}
	return i
}

// numberOfPart returns the number of what a part of a formula comes to, and whether that
// is settled.
func (c *Calculator) numberOfPart(i int) (number int32, settled bool) {
	for len(c.ofParts) <= i {
		c.ofParts = append(c.ofParts, unknown)
	}
	c.Like.mu.RLock()
	p := c.Like.parts[i]
	c.Like.mu.RUnlock()
	if n, ok := p.known.settled(); ok {
		return n, true
	}
	if n := c.ofParts[i]; n != unknown && n != calculating {
		return n, false
	}
	if c.ofParts[i] == calculating {
		c.circle(p.row, p.col)
	}
	c.ofParts[i] = calculating
	n := c.find(&p.known, func() (v Value, keeps bool) {
		e := c.steps.one(evaluation{Calculator: c, sheet: c.sheetAt(p.sheet), row: p.row, col: p.col, down: p.down})
		return p.part.call.eval(e, false).value, true
	})
	c.ofParts[i] = n
	_, settled = p.known.settled()
	return n, settled
}
