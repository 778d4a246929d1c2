package calc

import (
	"fmt"
	"strings"

	"ziping/sheet/xlsx"
)

// Grids is a workbook whose sheets are read when a formula refers to them.
type Grids struct {
	workbook *xlsx.Workbook
	grids    map[int]*xlsx.Grid
}

// NewGrids returns the sheets of a workbook.
func NewGrids(w *xlsx.Workbook) *Grids { return &Grids{w, map[int]*xlsx.Grid{}} }

// Open returns a calculator of a workbook.
func Open(data []byte, limits xlsx.Limits) (*Calculator, error) {
	w, err := xlsx.OpenLimits(data, limits)
	if err != nil {
		return nil, err
	}
	return New(NewGrids(w)), nil
}

// Keep tells what was read already of the sheet Sheets()[i].
func (g *Grids) Keep(i int, grid *xlsx.Grid) { g.grids[i] = grid }

// Grid returns the sheet Sheets()[i], which is read once.
func (g *Grids) Grid(i int) (*xlsx.Grid, error) {
	if g.grids[i] == nil {
		grid, err := g.workbook.Grid(i)
		if err != nil {
			return nil, err
		}
		g.grids[i] = grid
	}
	return g.grids[i], nil
}

// Date1904 implements Workbook.
func (g *Grids) Date1904() bool { return g.workbook.Date1904() }

// Sheet implements Workbook.
func (g *Grids) Sheet(name string) (Sheet, error) {
	for i, s := range g.workbook.Sheets() {
		if !strings.EqualFold(s.Name, name) {
			continue
		}
		grid, err := g.Grid(i)
		if err != nil {
			return nil, err
		}
		return gridSheet{grid}, nil
	}
	return nil, fmt.Errorf("公式引用了工作表“%s”，工作簿中没有", name)
}

// gridSheet is a Sheet that was read.
type gridSheet struct{ *xlsx.Grid }

func (g gridSheet) Size() (rows, cols int) {
	for _, c := range g.Cells() {
		rows, cols = max(rows, c.Row), max(cols, c.Col)
	}
	return rows, cols
}

func (g gridSheet) Cell(row, col int) Cell {
	c, ok := g.At(row, col)
	if !ok {
		return Cell{}
	}
	return Cell{Value: ValueOf(c), Formula: c.Formula, Array: c.HasFormula && c.Formula == "" || g.InArray(row, col)}
}

// ValueOf returns what is stored in a cell.
func ValueOf(c xlsx.Cell) Value {
	switch c.Kind {
	case xlsx.Number:
		return number(c.Value)
	case xlsx.Bool:
		return boolean(c.Value != 0)
	case xlsx.Error:
		return Value{Kind: Error, Text: c.Text}
	case xlsx.String:
		return text(c.Text)
	}
	return Value{}
}
