package fill

import (
	"strconv"
	"strings"

	"ziping/sheet/calc"
	"ziping/sheet/edit"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// filled is the template as a workbook to calculate in, with what is filled in.
type filled struct {
	*calc.Grids // as it was
	*filler
}

// Sheet implements calc.Workbook.
func (f filled) Sheet(name string) (calc.Sheet, error) {
	s, err := f.Grids.Sheet(name)
	if err != nil || !strings.EqualFold(name, f.name) {
		return s, err
	}
	return filledSheet{s, f.values}, nil
}

// filledSheet is the sheet of the form.
type filledSheet struct {
	calc.Sheet
	values map[edit.Place]any
}

// Size implements calc.Sheet.
func (s filledSheet) Size() (rows, cols int) {
	rows, cols = s.Sheet.Size()
	for at := range s.values {
		rows, cols = max(rows, at.Row), max(cols, at.Col)
	}
	return rows, cols
}

// Cell implements calc.Sheet.
func (s filledSheet) Cell(row, col int) calc.Cell {
	switch v := s.values[edit.Place{Row: row, Col: col}].(type) {
	case string:
		return calc.Cell{Value: calc.Value{Kind: calc.Text, Text: v}}
	case float64:
		kept, _ := strconv.ParseFloat(quantity.FormatNumber(v), 64) // the digits that the cell has
		return calc.Cell{Value: calc.Value{Kind: calc.Number, Number: kept}}
	}
	return s.Sheet.Cell(row, col)
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
			if sheet, err = fl.book.Sheet(fl.book.SheetPart(s.Name), 0, nil); err != nil {
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
