package read

import (
	"slices"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// unknownColumns notices the columns of a table whose names are not known, where
// the table lacks one that it needs: what stands in them was not read. first is the
// column from which there are values.
func (f *form) unknownColumns(head []labelCell, columns headings, first int, needed ...string) {
	if !slices.ContainsFunc(needed, func(label string) bool { return len(columns.find(label)) == 0 }) {
		return
	}
	for _, c := range head {
		known := slices.ContainsFunc(columns, func(h heading) bool { return h.first <= c.Col && c.Col <= h.last })
		if c.Kind == xlsx.String && c.label == "" && c.Col >= first && !known && !quantity.Blank(c.Text) {
			f.table.AddNotice(sheet.Notice{Kind: sheet.NoticeColumn, Cell: xlsx.Ref(c.Row, c.Col), Now: quantity.FoldSpace(c.Text)})
		}
	}
}
