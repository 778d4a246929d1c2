package livecheck

import (
	"slices"

	"ziping/sheet/xlsx"
)

// Unsolved returns the titles of the checks that the sheet of a workbook says do not hold,
// as it stood when the workbook was saved; none where the workbook has no such sheet, or
// one that can't be read.
func Unsolved(wb *xlsx.Workbook) []string {
	i := slices.IndexFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == Name })
	if i < 0 {
		return nil
	}
	grid, err := wb.Grid(i)
	if err != nil {
		return nil
	}
	text := func(row, col int) string {
		c, _ := grid.At(row, col)
		return c.Text
	}
	if text(First-1, colTitle) != columnTitle {
		return nil
	}
	var titles []string
	for row := First; ; row++ { // what does not hold comes first
		switch text(row, colMark) {
		case marks[Wrong], marks[Missing], marks[Doubt]:
			titles = append(titles, text(row, colTitle))
		default:
			return titles
		}
	}
}
