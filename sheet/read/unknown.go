package read

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// unknownColumns notices, once, the columns of a table whose names are not known,
// where the table lacks one that it needs and they hold what could be its values:
// that was not read. first is the column from which there are values.
func (f *formReader) unknownColumns(head int, cells []labelCell, columns headings, first int, needed ...string) {
	numbers, texts := false, false // what is lacking
	for _, label := range needed {
		if len(columns.labelled(label)) == 0 {
			numbers = true
			texts = texts || label == sheet.LabelTarget || label == sheet.LabelActual
		}
	}
	if !numbers {
		return
	}
	var names []string
	var at *xlsx.Cell
	for _, c := range cells {
		known := slices.ContainsFunc(columns, func(h heading) bool { return h.first <= c.Col && c.Col <= h.last })
		if c.Kind != xlsx.String || c.label != "" || c.Col < first || known || quantity.Blank(c.Text) || isPoints(c) || c.in(sheet.InColumns) != "" {
			continue
		}
		if n, all := f.holds(head, c.Col); all > 0 && (texts || 2*n > all) {
			names = append(names, quantity.FoldSpace(c.Text))
			if at == nil {
				at = c.Cell
			}
		}
	}
	if at != nil {
		f.table.AddNotice(sheet.Notice{Kind: sheet.NoticeColumn, Cell: xlsx.Ref(at.Row, at.Col), Now: strings.Join(names, "、")})
	}
}

// holds returns how many values stand in a column below rows[head], and how many of
// them are numbers.
func (f *formReader) holds(head, col int) (numbers, values int) {
	for _, row := range f.rows[head+1:] {
		c := cellAt([][]labelCell{row}, row[0].Row, col)
		if endsFunds(row) {
			break
		}
		switch {
		case c == nil || quantity.Blank(c.Text):
			continue
		case c.Kind == xlsx.Number || isPoints(*c):
			numbers++
			values++
		default:
			if _, _, ok := money(c.Text); ok {
				numbers++
			}
			values++
		}
	}
	return numbers, values
}
