package read

import (
	"math"
	"slices"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// isListSum reports whether a row of the sheet is the sum of the rows of a list.
func (l *listReader) isListSum(row int) bool {
	return slices.ContainsFunc(l.grid.Row(row), func(c xlsx.Cell) bool {
		return l.table.Form.Label(c.Text) == "合计" || sheet.Fold(c.Text) == "金额合计"
	})
}

// sumTolerance is what the rounding of the rows may make a sum differ by.
const sumTolerance = 0.02

// sums notices the numbers of a row that should be the sums of the rows above and are
// not.
func (l *listReader) sums(row int, columns headings, list *sheet.List) {
	sum := *list.Add()
	list.Rows = list.Rows[:len(list.Rows)-1]
	l.fields(&sum, row, columns)
	for f := range sheet.Fields(&sum) {
		printed, ok := f.Value.(*sheet.Number)
		if !ok || !printed.Known {
			continue
		}
		total, known := 0.0, false
		for i := range list.Rows {
			v, _ := sheet.Lookup(&list.Rows[i], f.Label).(*sheet.Number)
			if v == nil || v.Problem != "" {
				known = false
				break
			}
			total, known = total+v.Value, known || v.Known
		}
		if known && math.Abs(total-printed.Value) > sumTolerance+1e-9 {
			l.table.AddNotice(sheet.Notice{Kind: sheet.NoticeListSum, Cell: printed.Ref, Issued: quantity.FormatNumber(quantity.Round(total, 6)), Now: quantity.FormatNumber(printed.Value)})
		}
	}
}

// points notices the score of a row that its weight does not allow.
func (l *listReader) points(r *sheet.Row) {
	weight, _ := sheet.Lookup(r, "分值").(*sheet.Number)
	score, _ := sheet.Lookup(r, "得分").(*sheet.Number)
	if weight != nil && score != nil && weight.Known && score.Known && (score.Value < 0 || score.Value > weight.Value) {
		l.table.AddNotice(sheet.Notice{Kind: sheet.NoticeListScore, Cell: score.Ref, Issued: quantity.FormatNumber(weight.Value), Now: quantity.FormatNumber(score.Value)})
	}
}
