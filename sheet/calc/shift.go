package calc

import (
	"strconv"
	"strings"
)

// Shift returns a formula as it reads in a cell that is so many rows below and so
// many columns to the right, as where cells share a formula. References with a $
// stay. It reports false for what is no formula, or would refer to cells outside of
// a sheet.
func Shift(formula string, down, right int) (shifted string, ok bool) {
	if len(formula) > longest {
		return "", false
	}
	var b strings.Builder
	s, end := scanner{formula: formula}, 0
	for {
		t := s.next()
		switch t.kind {
		case tokenEnd:
			b.WriteString(formula[end:])
			return b.String(), true
		case tokenWrong:
			return "", false
		case tokenArea:
			if !t.area.shift(down, right) {
				return "", false
			}
			b.WriteString(formula[end:t.start])
			b.WriteString(t.area.String())
			end = t.end
		}
	}
}

// shift moves what has no $, and reports whether it stays in the sheet.
func (a *area) shift(down, right int) bool {
	move := func(i, by int, fixed bool) int {
		if fixed {
			return i
		}
		return i + by
	}
	if a.kind != areaColumns {
		a.FirstRow, a.LastRow = move(a.FirstRow, down, a.fixed[0]), move(a.LastRow, down, a.fixed[2])
	}
	if a.kind != areaRows {
		a.FirstCol, a.LastCol = move(a.FirstCol, right, a.fixed[1]), move(a.LastCol, right, a.fixed[3])
	}
	for _, row := range []int{a.FirstRow, a.LastRow} {
		if row < 1 || row > lastRow {
			return false
		}
	}
	for _, col := range []int{a.FirstCol, a.LastCol} {
		if col < 1 || col > lastCol {
			return false
		}
	}
	return true
}

// String writes the reference as Excel does.
func (a area) String() string {
	first := a.corner(a.FirstRow, a.FirstCol, a.fixed[0], a.fixed[1])
	if a.kind == areaCell {
		return first
	}
	return first + ":" + a.corner(a.LastRow, a.LastCol, a.fixed[2], a.fixed[3])
}

func (a area) corner(row, col int, fixedRow, fixedCol bool) string {
	var b strings.Builder
	if a.kind != areaRows {
		if fixedCol {
			b.WriteByte('$')
		}
		b.WriteString(columnName(col))
	}
	if a.kind != areaColumns {
		if fixedRow {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(row))
	}
	return b.String()
}

func columnName(col int) string {
	var buf [4]byte
	i := len(buf)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		buf[i] = 'A' + byte((col-1)%26)
	}
	return string(buf[i:])
}
