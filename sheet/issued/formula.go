package issued

import (
	"slices"
	"strings"

	"ziping/sheet/calc"
	"ziping/sheet/xlsx"
)

// sameFormula compares a formula with the one that was issued, whose references
// go along with the rows.
func (c *comparison) sameFormula(issued, now string) bool {
	if issued == now && c.stayed {
		return true
	}
	a, b := calc.FormulaTokens(issued, c.issued.sheet), calc.FormulaTokens(now, c.sheet)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		side := alone
		switch {
		case i+1 < len(a) && a[i+1].Text == ":":
			side = rangeFirst
		case i > 0 && a[i-1].Text == ":":
			side = rangeLast
		}
		if a[i].Text != b[i].Text || a[i].Col != b[i].Col || a[i].Row > 0 && !c.rows.maps(a[i].Row, b[i].Row, side) {
			return false
		}
	}
	return true
}

// translated returns a formula as it would have gone along with the rows, and
// whether all that it refers to is there still.
func (c *comparison) translated(formula string) (now string, ok bool) {
	if c.stayed {
		return formula, true
	}
	var b strings.Builder
	ok = !strings.Contains(strings.ToUpper(formula), "_XL") // the prefix of a newer function is no token
	for _, t := range calc.FormulaTokens(formula, c.issued.sheet) {
		if t.Row == 0 {
			b.WriteString(t.Text)
			continue
		}
		row, stands := c.rows.now(t.Row)
		if ok = ok && stands; !stands {
			row = t.Row
		}
		b.WriteString(xlsx.Ref(row, t.Col))
	}
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
