package calc

import (
	"strconv"

	"ziping/sheet/quantity"
)

// Changed is a workbook with other things in some of its cells, to see what its
// formulas come to with them. Nothing is changed once one was asked for.
type Changed struct {
	Workbook
	sheets map[string]map[position]Cell // by their names as they are compared
}

// CellOf returns a cell with a text or a number, which has the digits that it will have
// in a workbook; a blank one for anything else.
func CellOf(v any) Cell {
	switch v := v.(type) {
	case string:
		if v != "" {
			return Cell{Value: text(v)}
		}
	case float64:
		kept, _ := strconv.ParseFloat(quantity.FormatNumber(v), 64)
		return Cell{Value: number(kept)}
	}
	return Cell{}
}

// Set changes a cell.
func (c *Changed) Set(sheet string, row, col int, cell Cell) {
	key := fold(sheet)
	if c.sheets == nil {
		c.sheets = map[string]map[position]Cell{}
	}
	if c.sheets[key] == nil {
		c.sheets[key] = map[position]Cell{}
	}
	c.sheets[key][position{row, col}] = cell
}

// Sheet implements Workbook.
func (c *Changed) Sheet(name string) (Sheet, error) {
	s, err := c.Workbook.Sheet(name)
	cells := c.sheets[fold(name)]
	if err != nil || cells == nil {
		return s, err
	}
	return changedSheet{s, cells}, nil
}

// changedSheet is a sheet of a Changed.
type changedSheet struct {
	Sheet
	cells map[position]Cell
}

// Size implements Sheet.
func (s changedSheet) Size() (rows, cols int) {
	rows, cols = s.Sheet.Size()
	for at := range s.cells {
		rows, cols = max(rows, at.row), max(cols, at.col)
	}
	return rows, cols
}

// Cell implements Sheet.
func (s changedSheet) Cell(row, col int) Cell {
	if cell, ok := s.cells[position{row, col}]; ok {
		return cell
	}
	return s.Sheet.Cell(row, col)
}
