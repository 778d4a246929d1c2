package campaign

import (
	"fmt"

	"ziping/sheet"
)

// The layout of the workbooks, and where its fields stand. This is not asked of
// the reader: what it says is to be tested.
const layout = "shanghai"

var (
	single = map[string]string{
		sheet.LabelYear: "A2", sheet.LabelProject: "B3", sheet.LabelDepartment: "B4", sheet.LabelImplementer: "F4",
		"年度总体目标.预期目标": "B11", "年度总体目标.实际完成情况": "F11",
	}
	fundRows   = map[string]int{sheet.WholeFund: 6, "当年财政拨款": 7, "上年结转资金": 8, "其他资金": 9}
	fundColumn = map[string]string{sheet.LabelInitialBudget: "D", sheet.LabelBudget: "E", sheet.LabelExecuted: "F", sheet.LabelWeight: "G", sheet.LabelRate: "H", sheet.LabelScore: "I"}
	rowColumn  = map[string]string{
		sheet.LabelLevel1: "B", sheet.LabelLevel2: "C", sheet.LabelLevel3: "D", sheet.LabelTarget: "E", sheet.LabelActual: "F", sheet.LabelWeight: "G", sheet.LabelScore: "H", sheet.LabelDeviation: "I",
	}
)

const firstIndicator = 13

// cell returns the cell of a field of a form, "" where it has no one cell.
func (f *madeForm) cell(path string) string {
	if ref, ok := single[path]; ok {
		return ref
	}
	p := sheet.ParsePath(path)
	row := p.Index()
	switch {
	case p.Part == sheet.LabelFunds:
		return fmt.Sprintf("%s%d", fundColumn[p.Label], fundRows[p.Row])
	case p.Part == sheet.LabelTotal:
		row = len(f.rows)
	case !p.Listed:
		return ""
	}
	for p.Label == sheet.LabelLevel1 && row > 0 && f.rows[row].Level1.Value != "" && f.rows[row-1].Level1.Value == f.rows[row].Level1.Value {
		row-- // the name of a level stands once for all its rows
	}
	return fmt.Sprintf("%s%d", rowColumn[p.Label], firstIndicator+row)
}

func indicatorPath(i int, label string) string {
	return sheet.RowPath(sheet.LabelIndicators, i).Of(label).String()
}

func fundPath(x *sheet.Fund, label string) string {
	return sheet.FundPath(x.Source.Value).Of(label).String()
}
