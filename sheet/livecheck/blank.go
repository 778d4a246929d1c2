package livecheck

import (
	"ziping/sheet/calc"
	"ziping/sheet/xlsx"
)

// blanks are the cells of the form, by row and column, that are to be filled in in all
// forms of a shape: what takes nothing else comes to the same in all of them.
type blanks [][]bool

// LeaveBlank says that a cell of the form is to be filled in in all forms of the shape.
func (s *Sheet) LeaveBlank(ref string) {
	row, col, ok := xlsx.ParseRef(ref)
	if !ok {
		return
	}
	for len(s.blanks) <= row {
		s.blanks = append(s.blanks, nil)
	}
	for len(s.blanks[row]) <= col {
		s.blanks[row] = append(s.blanks[row], false)
	}
	s.blanks[row][col] = true
}

func (b blanks) has(row, col int) bool { return row < len(b) && col < len(b[row]) && b[row][col] }

// on reports whether nothing stands in these cells of a form.
func (b blanks) on(s calc.Sheet) bool {
	rows, cols := s.Size()
	for row := range min(len(b), rows+1) {
		for col := range min(len(b[row]), cols+1) {
			if b[row][col] && s.Cell(row, col) != (calc.Cell{}) {
				return false
			}
		}
	}
	return true
}

// form is the sheet of the form as it is calculated.
type form struct {
	calc.Sheet
	name   string
	blanks blanks
}

// Fixed reports whether a cell holds the same in all forms of the shape.
func (f form) Fixed(row, col int) bool { return f.blanks.has(row, col) }
