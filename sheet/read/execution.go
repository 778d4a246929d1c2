package read

import (
	"fmt"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// isExecution reports whether a row among the indicators is 预算执行率, as many
// forms print it there: it stands where the levels do. Below a level it is an
// indicator like others.
func (t *indicatorReader) isExecution(row []labelCell) bool {
	first := row[0]
	return first.label == sheet.LabelRate && first.Col < t.columns.first(sheet.LabelLevel3) && (t.inLevel1(first) || t.isBlankIn(row, sheet.LabelLevel3))
}

// inLevel1 reports whether a cell stands under 一级指标, or left of it.
func (t *indicatorReader) inLevel1(c labelCell) bool {
	levels := t.columns.labelled(sheet.LabelLevel1)
	return len(levels) > 0 && c.Col <= levels[0].last
}

// execution reads the row of 预算执行率: its weight and its score are those of
// 年度资金总额, where that has none of its own.
func (t *indicatorReader) execution(row int) {
	fund := t.table.Fund(sheet.WholeFund)
	if fund.Source.Value == "" {
		return
	}
	for _, label := range []string{sheet.LabelWeight, sheet.LabelScore} {
		var here sheet.Number
		t.field(sheet.Field{Label: label, Value: &here}, row, t.columns)
		v := sheet.Lookup(fund, label).(*sheet.Number)
		t.prints(sheet.ColumnOf(sheet.LabelFunds, label))
		switch {
		case quantity.Blank(here.Typed), v.Problem != "":
			continue
		case quantity.Blank(v.Typed):
			*v = here
		case here.Problem == "" && !v.Equal(&here):
			v.Problem = fmt.Sprintf("预算执行率的%s有两处，写得不一样：%s 是“%s”，%s 是“%s”，无法确定用哪一处", label, v.Ref, v.Typed, here.Ref, here.Typed)
			clearValue(v)
		}
	}
}
