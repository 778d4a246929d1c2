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
		"年度": "A2", "项目名称": "B3", "主管部门": "B4", "实施单位": "F4",
		"年度总体目标.预期目标": "B11", "年度总体目标.实际完成情况": "F11",
	}
	fundRows   = map[string]int{sheet.WholeFund: 6, "当年财政拨款": 7, "上年结转资金": 8, "其他资金": 9}
	fundColumn = map[string]string{"年初预算数": "D", "全年预算数": "E", "全年执行数": "F", "分值": "G", "执行率": "H", "得分": "I"}
	rowColumn  = map[string]string{
		"一级指标": "B", "二级指标": "C", "三级指标": "D", "年度指标值": "E", "实际完成值": "F", "分值": "G", "得分": "H", "偏差原因分析及改进措施": "I",
	}
)

const firstIndicator = 13

// cell returns the cell of a field of a form, "" where it has no one cell.
func (f *form) cell(path string) string {
	if ref, ok := single[path]; ok {
		return ref
	}
	p := sheet.ParsePath(path)
	row := p.Index()
	switch {
	case p.Part == "项目资金":
		return fmt.Sprintf("%s%d", fundColumn[p.Label], fundRows[p.Row])
	case p.Part == "总分":
		row = len(f.rows)
	case !p.Listed:
		return ""
	}
	for p.Label == "一级指标" && row > 0 && f.rows[row].Level1.Value != "" && f.rows[row-1].Level1.Value == f.rows[row].Level1.Value {
		row-- // the name of a level stands once for all its rows
	}
	return fmt.Sprintf("%s%d", rowColumn[p.Label], firstIndicator+row)
}

func indicatorPath(i int, label string) string {
	return sheet.RowPath("绩效指标", i).Of(label).String()
}

func fundPath(x *sheet.Fund, label string) string {
	return sheet.FundPath(x.Source.Value).Of(label).String()
}
