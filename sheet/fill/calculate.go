package fill

import (
	"ziping/sheet/calc"
	"ziping/sheet/xlsx"
)

// filled returns the template with what is filled in, to calculate in.
func (fl *filler) filled(was *calc.Grids) *calc.Calculator {
	c := &calc.Changed{Workbook: was}
	for at, v := range fl.values {
		c.Set(fl.name, at.Row, at.Col, calc.CellOf(v))
	}
	return calc.New(c)
}

// calculate gives the formulas of all sheets that are seen the values that they come
// to: programs that do not calculate show them.
func (fl *filler) calculate(was *calc.Grids, c *calc.Calculator) error {
	for _, s := range fl.workbook.Sheets() {
		if s.State == xlsx.VeryHidden {
			continue
		}
		stored, err := was.Sheet(s.Name)
		if err != nil {
			return err
		}
		sheet := fl.sheet
		if s.Name != fl.name {
			sheet, err = fl.book.Sheet(fl.book.SheetPart(s.Name), 0, nil)
			if err != nil {
				return err
			}
		}
		sheet.Calculate(s.Name, stored, c)
		if !sheet.Changed() {
			continue
		}
		if err := fl.book.SaveSheet(sheet); err != nil {
			return err
		}
	}
	return nil
}
