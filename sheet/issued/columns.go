package issued

import (
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

const (
	mostColumns = 10 // how far columns are looked for
	leastTexts  = 3  // what makes a column known again
)

// columnsMoved reports whether the texts of several columns stand in others now:
// a column was inserted or removed.
func (c *comparison) columnsMoved() bool {
	is := map[int]map[string]bool{} // by column
	for _, cell := range c.grid.Cells() {
		if cell.Row < c.top || cell.Row > c.bottom || cell.Col > c.issued.width+mostColumns {
			continue
		}
		if is[cell.Col] == nil {
			is[cell.Col] = map[string]bool{}
		}
		is[cell.Col][keyOf(cell)] = true
	}
	was := map[int]map[string]bool{}
	for _, row := range c.issued.rows {
		for _, cell := range row.cells {
			if cell.locked() {
				if was[cell.col] == nil {
					was[cell.col] = map[string]bool{}
				}
				was[cell.col][quantity.FoldSpace(cell.show())] = true
			}
		}
	}
	moved := 0
	for col, texts := range was {
		here, most := common(texts, is[col]), 0
		for by := -mostColumns; by <= mostColumns; by++ {
			most = max(most, common(texts, is[col+by]))
		}
		if most > here && most >= leastTexts {
			moved++
		}
	}
	return moved > 1
}

func common(a, b map[string]bool) int {
	n := 0
	for text := range a {
		if b[text] {
			n++
		}
	}
	return n
}

// keyOf returns what stands in a cell so that it can be compared with what
// issuedCell.show says.
func keyOf(cell xlsx.Cell) string {
	if cell.Kind == xlsx.Number && !cell.Percent {
		return quantity.FormatNumber(cell.Value)
	}
	return quantity.FoldSpace(cell.Text)
}
