package livecheck

import (
	"strconv"
	"strings"

	"ziping/sheet/calc"
)

// Calculate gives every formula its value, so that programs that do not calculate show
// it too. The workbook is the one that the sheet is for.
func (s *Sheet) Calculate(workbook calc.Workbook) error {
	s.arrange()
	c := calc.New(with{workbook, s})
	for row := range s.rows {
		for i := range s.rows[row] {
			p := &s.rows[row][i]
			if p.Formula == "" {
				continue
			}
			v, err := c.Value(Name, row, p.col)
			if err != nil {
				return err
			}
			p.Value = v
		}
	}
	return nil
}

// says returns what the sheet says at its top.
func (s *Sheet) says() string { return s.at(sumRow, colMark).Value.Text }

// with is a workbook with the sheet.
type with struct {
	calc.Workbook
	live *Sheet
}

// Sheet implements calc.Workbook.
func (w with) Sheet(name string) (calc.Sheet, error) {
	if strings.EqualFold(name, Name) {
		return view{w.live}, nil
	}
	return w.Workbook.Sheet(name)
}

// view is the sheet as it is calculated.
type view struct{ *Sheet }

// Size implements calc.Sheet.
func (v view) Size() (rows, cols int) { return len(v.rows), v.last }

// Hidden implements calc.Sheet.
func (v view) Hidden(int) bool { return false }

// Cell implements calc.Sheet.
func (v view) Cell(row, col int) calc.Cell {
	c := v.at(row, col)
	switch {
	case c == nil:
		return calc.Cell{}
	case c.Formula != "":
		return calc.Cell{Formula: strings.ReplaceAll(c.Formula, Row, strconv.Itoa(row))}
	}
	return calc.Cell{Value: c.Value}
}
