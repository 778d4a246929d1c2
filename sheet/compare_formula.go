package sheet

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
	a, b := formulaTokens(issued, c.issued.sheet), formulaTokens(now, c.sheet)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		side := alone
		switch {
		case i+1 < len(a) && a[i+1].text == ":":
			side = rangeFirst
		case i > 0 && a[i-1].text == ":":
			side = rangeLast
		}
		if a[i].text != b[i].text || a[i].col != b[i].col || a[i].row > 0 && !c.rows.maps(a[i].row, b[i].row, side) {
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
	for _, t := range formulaTokens(formula, c.issued.sheet) {
		if t.row == 0 {
			b.WriteString(t.text)
			continue
		}
		row, stands := c.rows.now(t.row)
		if ok = ok && stands; !stands {
			row = t.row
		}
		b.WriteString(xlsx.Ref(row, t.col))
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
