package read

import (
	"slices"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// uniteRepeated merges the cells of a sheet without merged areas that repeat a label
// beside or below each other: web pages and documents that programs made tables of
// have what stood in a merged area in each of its cells.
func uniteRepeated(g *xlsx.Grid, forms []*sheet.Form) {
	cells := g.Cells()
	if g.Merged() || !repeats(cells) {
		return
	}
	var areas []xlsx.Range
	above := map[int]int{} // index of the area that ends in the row above, by its first column
	for i := 0; i < len(cells); {
		n := 1
		for i+n < len(cells) && beside(&cells[i], &cells[i+n], n) {
			n++
		}
		c := &cells[i]
		a := xlsx.Range{FirstRow: c.Row, FirstCol: c.Col, LastRow: c.Row, LastCol: c.Col + n - 1}
		i += n
		if c.Kind != xlsx.String || !slices.ContainsFunc(forms, func(f *sheet.Form) bool { return prints(f, c) }) {
			continue
		}
		if j, ok := above[a.FirstCol]; ok && areas[j].LastRow == a.FirstRow-1 && areas[j].LastCol == a.LastCol {
			if top, _ := g.At(areas[j].FirstRow, a.FirstCol); top.Text == c.Text {
				areas[j].LastRow = a.LastRow
				continue
			}
		}
		above[a.FirstCol] = len(areas)
		areas = append(areas, a)
	}
	g.Unite(areas)
}

// repeats reports whether a row at the top has the same text in three cells side by
// side: the title, or the name of the project.
func repeats(cells []xlsx.Cell) bool {
	for i := 2; i < len(cells) && cells[i].Row <= headRows; i++ {
		if c := &cells[i-2]; beside(c, &cells[i-1], 1) && beside(c, &cells[i], 2) {
			return true
		}
	}
	return false
}

// beside reports whether a cell has the text of another, so many columns right of it.
func beside(c, next *xlsx.Cell, columns int) bool {
	return c.Kind == xlsx.String && next.Kind == xlsx.String && next.Row == c.Row && next.Col == c.Col+columns && next.Text == c.Text
}

// prints reports whether a cell prints a label of a form, in any of its parts, or its title.
func prints(form *sheet.Form, c *xlsx.Cell) bool {
	if form.Label(c.Text) != "" || form.Titled(c.Text) > 0 || namesIn(labelCell{Cell: c, form: form}) != nil {
		return true
	}
	return slices.ContainsFunc([]sheet.Section{sheet.InHead, sheet.InColumns, sheet.InSources, sheet.InGoal}, func(s sheet.Section) bool {
		return form.LabelIn(s, c.Text) != ""
	})
}
