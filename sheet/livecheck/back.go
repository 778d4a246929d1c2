package livecheck

import (
	"slices"
	"strings"

	"ziping/sheet/xlsx"
)

// Says returns what the sheet of a workbook says at its top; "" where there is none.
func Says(wb *xlsx.Workbook) string { return seen(wb)(sumRow, colMark) }

// Works reports whether the sheet of a workbook still says what is wrong: whether it is
// there, as is the one behind, and nobody has typed over what it says at its top.
func Works(wb *xlsx.Workbook) bool {
	calculates := func(name string, row int) bool {
		i := slices.IndexFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == name })
		return i >= 0 && wb.Calculates(i, row)
	}
	return calculates(Name, sumRow) && calculates(Behind, First)
}

// IsCount reports whether a formula is that of the small cell on the form, however a
// program writes it.
func IsCount(formula string) bool { return strings.ReplaceAll(formula, "'", "") == smallCell }

// seen returns what stands in the cells of the sheet of a workbook.
func seen(wb *xlsx.Workbook) func(row, col int) string {
	none := func(row, col int) string { return "" }
	i := slices.IndexFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == Name })
	if i < 0 {
		return none
	}
	grid, err := wb.Grid(i)
	if err != nil {
		return none
	}
	return func(row, col int) string {
		c, _ := grid.At(row, col)
		return c.Text
	}
}

// Unsolved returns the titles of the checks that the sheet of a workbook says do not hold,
// as it stood when the workbook was saved; none where the workbook has no such sheet, or
// one that can't be read.
func Unsolved(wb *xlsx.Workbook) []string {
	text := seen(wb)
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
