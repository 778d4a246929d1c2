package read

import (
	"cmp"
	"slices"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// noticeTextNumbers notices the numbers that are stored as texts where a SUM of
// the form takes them in, or should again: it passes over texts.
func noticeTextNumbers(f sheet.Found, grid *xlsx.Grid) {
	var texts []*sheet.Number
	for v := range f.Table.Values() {
		if n, ok := v.(*sheet.Number); ok && n.Value != 0 && n.Formula == "" {
			row, col, _ := xlsx.ParseRef(n.Ref)
			if at, _ := grid.At(row, col); at.Kind == xlsx.String {
				texts = append(texts, n)
			}
		}
	}
	if len(texts) == 0 {
		return
	}
	var summed []xlsx.Range
	for v := range f.Table.Values() {
		at := v.At()
		summed = append(summed, sheet.SumRanges(cmp.Or(at.Formula, at.Issued), f.Sheet)...)
	}
	for _, n := range texts {
		row, col, _ := xlsx.ParseRef(n.Ref)
		if slices.ContainsFunc(summed, func(r xlsx.Range) bool { return r.Contains(row, col) }) {
			f.Table.AddNotice(sheet.Notice{Kind: sheet.NoticeText, Cell: n.Ref, Now: n.Typed})
		}
	}
}
