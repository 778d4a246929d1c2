package xlsx

import (
	"strconv"
	"strings"
	"sync"
)

// The size of a sheet.
const (
	maxRow = 1_048_576
	maxCol = 16_384
)

// Range is a rectangle of cells, both corners included, counted from 1.
type Range struct{ FirstRow, FirstCol, LastRow, LastCol int }

// Contains reports whether the cell lies in the range.
func (r Range) Contains(row, col int) bool {
	return r.FirstRow <= row && row <= r.LastRow && r.FirstCol <= col && col <= r.LastCol
}

// String writes the range as Excel does: "B5:C5", or "A1" for a single cell.
func (r Range) String() string {
	first := Ref(r.FirstRow, r.FirstCol)
	if r.FirstRow == r.LastRow && r.FirstCol == r.LastCol {
		return first
	}
	return first + ":" + Ref(r.LastRow, r.LastCol)
}

// Ref writes a cell's reference: Ref(13, 7) is "G13". Rows and columns count
// from 1; there is no reference for less, and Ref returns "".
func Ref(row, col int) string {
	if row < 1 || col < 1 {
		return ""
	}
	if row <= formRows && col <= formCols {
		return formRefs()[(row-1)*formCols+col-1]
	}
	return ref(row, col)
}

// formRefs are the references of the cells in which forms stand, row by row.
var formRefs = sync.OnceValue(func() []string {
	list := make([]string, 0, formRows*formCols)
	for row := 1; row <= formRows; row++ {
		for col := 1; col <= formCols; col++ {
			list = append(list, ref(row, col))
		}
	}
	return list
})

const formRows, formCols = 64, 16

func ref(row, col int) string {
	var buf [32]byte
	i := len(buf) - 20
	b := strconv.AppendInt(buf[:i], int64(row), 10)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		buf[i] = 'A' + byte((col-1)%26)
	}
	return string(b[i:])
}

// parseRef reads "G13". It reports false for anything else, also for what lies
// outside a sheet.
func parseRef(b []byte) (row, col int, ok bool) {
	i := 0
	for ; i < len(b) && i < 4; i++ {
		c := b[i] &^ 0x20 // upper case
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	row, ok = parseIndex(b[i:])
	return row, col, ok && row >= 1 && row <= maxRow && col >= 1 && col <= maxCol
}

// ParseRange reads "B5:C5", or "B5" for the range of one cell. Corners in the
// wrong order are put right. It reports false for anything else.
func ParseRange(s string) (Range, bool) {
	first, last, two := strings.Cut(s, ":")
	if !two {
		last = first
	}
	return corners(first, last)
}

// corners returns the range between two cells.
func corners(first, last string) (Range, bool) {
	r1, c1, ok1 := parseRef([]byte(first))
	r2, c2, ok2 := parseRef([]byte(last))
	return Range{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)}, ok1 && ok2
}

// ParseArea is ParseRange that also takes whole columns, "B:C", and rows, "5:6".
func ParseArea(s string) (Range, bool) {
	if r, ok := ParseRange(s); ok {
		return r, true
	}
	first, last, two := strings.Cut(s, ":")
	if !two {
		return Range{}, false
	}
	if r, ok := corners(first+"1", last+strconv.Itoa(maxRow)); ok {
		return r, true
	}
	return corners("A"+first, "XFD"+last)
}

// parseIndex reads a whole number of at most 9 digits, as row numbers and
// indexes are.
func parseIndex(b []byte) (n int, ok bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// ParseRef returns the row and the column of one cell, "G13".
func ParseRef(ref string) (row, col int, ok bool) {
	row, col, ok = parseRef([]byte(ref))
	if ok {
		return row, col, true
	}
	at, ok := ParseRange(ref)
	return at.FirstRow, at.FirstCol, ok && at.FirstRow == at.LastRow && at.FirstCol == at.LastCol
}
