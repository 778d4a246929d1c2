package template

import (
	"fmt"

	"ziping/sheet/calc"
	"ziping/sheet/quantity"
)

// calculate returns what the formulas come to, by cell, and compares it with what the
// project file says of the same cells.
func (p *plan) calculate() (map[string]float64, error) {
	c := calc.New(planned{p})
	values := map[string]float64{}
	for _, b := range p.boxes {
		if b.kind != derived {
			continue
		}
		v, err := c.Number(p.layout.Sheet, b.ref())
		if err != nil {
			return nil, err
		}
		values[b.ref()] = v
		if b.given != nil && quantity.FormatNumber(v) != quantity.FormatNumber(b.given.(float64)) {
			return nil, fmt.Errorf("“%s”写的是 %s，由其他项目计算得 %s，请改正或删去", b.path, quantity.FormatNumber(b.given.(float64)), quantity.FormatNumber(v))
		}
	}
	return values, nil
}

// planned is a planned form as a workbook to calculate in.
type planned struct{ *plan }

// Date1904 implements calc.Workbook.
func (p planned) Date1904() bool { return false }

// Sheet implements calc.Workbook.
func (p planned) Sheet(name string) (calc.Sheet, error) {
	if name != p.layout.Sheet {
		return nil, fmt.Errorf("公式引用了工作表“%s”，工作簿中没有", name)
	}
	columns := len(p.layout.Columns)
	s := &plannedSheet{columns: columns, boxes: make([]*box, p.last*columns)}
	for _, b := range p.boxes {
		s.boxes[(b.area.FirstRow-1)*columns+b.area.FirstCol-1] = b
	}
	return s, nil
}

// plannedSheet is the sheet of the form.
type plannedSheet struct {
	columns int
	boxes   []*box // by their first cell, row by row
}

// Size implements calc.Sheet.
func (s *plannedSheet) Size() (rows, cols int) { return len(s.boxes) / s.columns, s.columns }

// Hidden implements calc.Sheet.
func (s *plannedSheet) Hidden(int) bool { return false }

// Cell implements calc.Sheet.
func (s *plannedSheet) Cell(row, col int) calc.Cell {
	b := s.boxes[(row-1)*s.columns+col-1]
	if b == nil {
		return calc.Cell{}
	}
	if b.kind == derived {
		return calc.Cell{Formula: b.expr}
	}
	return calc.CellOf(b.value)
}
