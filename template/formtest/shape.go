package formtest

import (
	"math/rand/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// shape is what the form of a layout has that others have not.
type shape struct {
	form    string
	project bool // it is a project's
	initial bool // it has 年初预算数
	sources []string
	signed  []string            // own fields in the head and the foot
	items   map[string][]string // lists whose rows the layout prints
}

func shapeOf(layout string) shape {
	switch layout {
	case "department":
		return shape{form: layout, initial: true, sources: []string{"基本支出", "项目支出"}, signed: []string{"填报人", "填报日期", "单位负责人"}}
	case "transfer":
		return shape{form: layout, project: true, sources: []string{"中央补助", "地方资金", "其他资金"}, signed: []string{"上级主管部门", "说明"},
			items: map[string][]string{"资金管理情况": {"分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况", "支出责任履行情况"}}}
	}
	return shape{form: "project", project: true, initial: true, sources: []string{"当年财政拨款", "上年结转资金", "其他资金"}}
}

func (s shape) table() *sheet.Table {
	f, err := sheet.LoadForm(s.form)
	if err != nil {
		panic(err)
	}
	return sheet.NewTable(f)
}

// own fills in the fields and lists of the form's own.
func (s shape) own(r *rand.Rand, t *sheet.Table) {
	for _, name := range s.signed {
		sheet.Lookup(t, name).(*sheet.Text).Value = words(r, 1, 30)
	}
	for list, names := range s.items {
		for _, name := range names {
			row := t.List(list).Add()
			for i, f := range row.Own {
				switch v := f.Value.(type) {
				case *sheet.Text:
					v.Value = words(r, 1, 60)
					if i == 0 {
						v.Value = name
					}
				}
			}
		}
	}
	if list := t.List(tasks); list != nil {
		for range 1 + r.IntN(4) {
			row := list.Add()
			for _, name := range []string{"任务名称", "主要内容", "完成情况"} {
				sheet.Lookup(row, name).(*sheet.Text).Value = words(r, 1, 60)
			}
			for _, name := range []string{"预算数", "执行数"} {
				*sheet.Lookup(row, name).(*sheet.Number) = sheet.N(quantity.Round(r.Float64()*1e4, r.IntN(3)))
			}
		}
	}
}
