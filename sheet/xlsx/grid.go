package xlsx

import (
	"errors"
	"fmt"
	"strconv"

	"ziping/sheet/opc"
)

// Grid is what stands in a worksheet.
type Grid struct {
	cells     []Cell
	rows      []int32 // of each row down to the last how many cells stand above it; nil where there are many rows
	merges    mergeIndex
	protected bool
	hidden    spans   // rows
	arrays    []Range // of formulas that give values to several cells
	shows     []shows // the cells with formulas, by row and column
	date1904  bool
}

// Cells returns the cells with a value or a formula in the order of rows, then
// columns. The caller must not change them.
func (g *Grid) Cells() []Cell { return g.cells }

// At returns a cell, and false if it is empty.
func (g *Grid) At(row, col int) (Cell, bool) {
	if i := g.search(row, col); i < len(g.cells) && g.cells[i].Row == row && g.cells[i].Col == col {
		return g.cells[i], true
	}
	return Cell{}, false
}

// search returns the index of the first cell that stands at a place or behind it.
func (g *Grid) search(row, col int) int {
	first, end := 0, len(g.cells)
	if 0 <= row && row+1 < len(g.rows) {
		first, end = int(g.rows[row]), int(g.rows[row+1])
	}
	for first < end {
		mid := int(uint(first+end) / 2)
		if c := &g.cells[mid]; c.Row < row || c.Row == row && c.Col < col {
			first = mid + 1
		} else {
			end = mid
		}
	}
	return first
}

// mostRows is how many rows a sheet has at most whose cells are found by their row.
const mostRows = 1024

// count notes how many cells stand above each row.
func (g *Grid) count() {
	if len(g.cells) == 0 || g.cells[len(g.cells)-1].Row > mostRows {
		return
	}
	g.rows = make([]int32, g.cells[len(g.cells)-1].Row+2)
	for i := range g.cells {
		g.rows[g.cells[i].Row+1]++
	}
	for row := 1; row < len(g.rows); row++ {
		g.rows[row] += g.rows[row-1]
	}
}

// Row returns the cells of a row, as Cells does.
func (g *Grid) Row(row int) []Cell {
	first := g.search(row, 0)
	last := first
	for last < len(g.cells) && g.cells[last].Row == row {
		last++
	}
	return g.cells[first:last]
}

// Merge returns the merged area that holds the cell, be it empty or not. Where
// areas overlap, which Excel does not allow, it is one of them.
func (g *Grid) Merge(row, col int) (Range, bool) { return g.merges.at(row, col) }

// Merged reports whether the sheet has merged areas.
func (g *Grid) Merged() bool { return len(g.merges.areas) > 0 }

// Unite takes areas for merged ones, in place of those that the sheet has.
func (g *Grid) Unite(areas []Range) { g.merges = newMergeIndex(areas) }

// Protected reports whether the sheet's cells are locked.
func (g *Grid) Protected() bool { return g.protected }

// Grid reads the sheet Sheets()[i]. It does so anew at each call.
func (w *Workbook) Grid(i int) (*Grid, error) {
	if i < 0 || i >= len(w.sheets) {
		return nil, errors.New("没有这张工作表")
	}
	g, err := w.readGrid(w.sources[i])
	if err != nil {
		return nil, fmt.Errorf("工作表“%s”无法读取：%w", w.sheets[i].Name, err)
	}
	return g, nil
}

// Calculates reports whether the sheet Sheets()[i] has a formula in a row. It reads no
// further, and takes a sheet that can't be read that far for one that has none.
func (w *Workbook) Calculates(i, row int) (found bool) {
	at := 0
	enough := errors.New("")
	_ = w.pkg.Read(w.sources[i], opc.Spreadsheet, nil, func(s *opc.Scanner) error {
		if string(s.Name) != "sheetData" {
			return nil
		}
		return s.Each("row", func() error {
			at++
			if r, err := s.Attr("r"); err != nil {
				return err
			} else if n, err := strconv.Atoi(r); err == nil {
				at = n
			}
			if at > row {
				return enough
			}
			return s.Each("c", func() error {
				return s.Each("f", func() error { found = found || at == row; return nil })
			})
		})
	})
	return found
}
