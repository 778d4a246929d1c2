package issued

import (
	"slices"
	"strings"

	"ziping/sheet/xlsx"
)

// sameFormula compares a formula with the one that was issued, whose references
// go along with the rows.
func (c *comparison) sameFormula(issued, now string) bool {
	if issued == now && c.stayed {
		return true
	}
	a, b := xlsx.FormulaTokens(issued, c.issued.sheet), xlsx.FormulaTokens(now, c.sheet)
	if len(a) != len(b) {
		return false
	}
	other := false // a reference is to another sheet, where no row has moved
	for i := range a {
		x, y := a[i], b[i]
		switch {
		case x.Kind != y.Kind:
			return false
		case x.Kind != xlsx.TokenArea || other || !x.Area.HasRows() || x.Area.IsCell() != y.Area.IsCell():
			if x.Text != y.Text {
				return false
			}
		case x.Area.FirstCol != y.Area.FirstCol || x.Area.LastCol != y.Area.LastCol || !c.sameRows(x.Area, y.Area):
			return false
		}
		other = x.Kind == xlsx.TokenSheet
	}
	return true
}

// sameRows reports whether a reference to issued rows is now one to others.
func (c *comparison) sameRows(issued, now xlsx.Area) bool {
	if issued.IsCell() {
		return c.rows.maps(issued.FirstRow, now.FirstRow, alone)
	}
	return c.rows.maps(issued.FirstRow, now.FirstRow, rangeFirst) && c.rows.maps(issued.LastRow, now.LastRow, rangeLast)
}

// translated returns a formula as it would have gone along with the rows, and
// whether all that it refers to is there still.
func (c *comparison) translated(formula string) (now string, ok bool) {
	if c.stayed {
		return formula, true
	}
	var b strings.Builder
	ok = true
	row := func(issued int) int {
		now, stands := c.rows.now(issued)
		ok = ok && stands
		if !stands {
			return issued
		}
		return now
	}
	end, other := 0, false
	s := xlsx.ScanFormula(formula)
	for t := s.Next(); t.Kind != xlsx.TokenEnd; t = s.Next() {
		own := t.Kind == xlsx.TokenSheet && strings.EqualFold(t.Text, c.issued.sheet)
		switch {
		case own: // it may have another name now
			b.WriteString(formula[end:t.Start])
			end = t.End
		case t.Kind == xlsx.TokenArea && !other && t.Area.HasRows():
			b.WriteString(formula[end:t.Start])
			b.WriteString(t.Area.WithRows(row(t.Area.FirstRow), row(t.Area.LastRow)).String())
			end = t.End
		}
		other = t.Kind == xlsx.TokenSheet && !own
	}
	b.WriteString(formula[end:])
	return b.String(), ok
}

// side is where a reference stands: a range may take in rows that were inserted
// at its ends, and leaves out rows that were removed there.
type side int

const (
	alone side = iota
	rangeFirst
	rangeLast
)

// maps reports whether a reference to an issued row is now one to another.
func (m *rowMap) maps(was, now int, s side) bool {
	if m.to == nil {
		return was == now
	}
	i, ok := slices.BinarySearch(m.issued, was)
	low, high := 0, 1<<30 // outside of which the rows before and after stand
	if i > 0 {
		low = m.to[m.issued[i-1]]
	}
	at := m.to[was]
	if ok {
		i++
	}
	if i < len(m.issued) {
		high = m.to[m.issued[i]]
	}
	switch {
	case ok && now == at:
		return true
	case s == rangeFirst && ok:
		return low < now && now < at
	case s == rangeLast && ok:
		return at < now && now < high
	case s == rangeFirst:
		return low < now && now <= high
	case s == rangeLast:
		return low <= now && now < high
	}
	return false
}
