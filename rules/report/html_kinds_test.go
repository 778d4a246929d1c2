package report

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"ziping/rules"
	"ziping/sheet"
)

// ownForm is a form of an office's own.
const ownForm = `name = "county"
extends = "project"
title = ["本县项目支出自评表"]
[label]
"主管部门" = ["业务主管单位"]
"实施单位" = ["*承办单位"]
[[field]]
name = "评价要点"
in = "绩效指标"
[[field]]
name = "项目背景"
in = "表首"
[[field]]
name = "联系人"
in = "表尾"
[[field]]
name = "复核人"
in = "表尾"
[[field]]
name = "constructor"
in = "表尾"
[[list]]
name = "toString"
[[field]]
name = "__proto__"
in = "toString"
`

// Each kind of form is drawn as its own: with its title and words, with the fields and
// lists that only it has, in the order of the sheet, and without what it does not
// print. Its marks are where its values are.
func TestBrowserKinds(t *testing.T) {
	text := func(v *sheet.Text, value, ref string) { v.Value, v.Typed, v.Ref = value, value, ref }
	number := func(n *sheet.Number, value float64, ref string) { n.Value, n.Known, n.Ref = value, true, ref }
	set := func(own sheet.Own, label, value, ref string) {
		switch v := own.Field(label).(type) {
		case *sheet.Text:
			text(v, value, ref)
		case *sheet.Number:
			number(v, 5, ref)
		default:
			t.Fatalf("there is no %s", label)
		}
	}
	form := func(name string) *sheet.Form {
		f, err := sheet.LoadForm(name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	department := sheet.NewTable(form("department"))
	text(&department.Department, "县教育局", "C3")
	department.Absent = sheet.AbsentOf([]string{"项目名称", "实施单位", "评价等级", "年度主要任务.主要内容", "年度主要任务.财政拨款预算数", "年度主要任务.其他资金预算数",
		"年度主要任务.财政拨款执行数", "年度主要任务.其他资金执行数", "年度主要任务.完成情况", "绩效指标.偏差原因分析及改进措施", "绩效指标.二级指标", "绩效指标.实际完成值", "年度总体目标.实际完成情况"})
	for range 2 {
		department.Lists[0].Add()
	}
	set(department.Lists[0].Rows[0].Own, "任务名称", "办好学校", "B5")
	set(department.Lists[0].Rows[0].Own, "执行数", "", "C5") // before 预算数, as on this sheet
	set(department.Lists[0].Rows[0].Own, "预算数", "", "D5")
	set(department.Lists[0].Rows[1].Own, "任务名称", "培训教师", "B6")
	for i, source := range []string{sheet.WholeFund, "基本支出"} {
		f := department.NewFund()
		text(&f.Source, source, "B"+string(rune('8'+i)))
		number(&f.Budget, 10, "D"+string(rune('8'+i)))
		department.Funds = append(department.Funds, f)
	}
	text(&department.Goal.Expected, "办好教育", "B11")
	department.Indicators = []sheet.Indicator{department.NewIndicator()}
	text(&department.Indicators[0].Level1, "产出指标", "B13")
	text(&department.Indicators[0].Level3, "学校数", "D13")
	number(&department.Indicators[0].Weight, 90, "G13")
	number(&department.Indicators[0].Score, 90, "H13")
	number(&department.Total.Score, 100, "H14")
	set(department.Own, "填报人", "张三", "B15")
	set(department.Own, "填报日期", "1 月", "D15")
	set(department.Own, "单位负责人", "李四", "F15")

	parsed, err := sheet.ParseForm("county.toml", []byte(ownForm))
	if err != nil {
		t.Fatal(err)
	}
	own := sheet.NewTable(parsed)
	text(&own.Project, "修路", "B2")
	text(&own.Department, "县交通局", "B3")
	set(own.Own, "项目背景", "路不好走，大家盼望修一条好走的路已经很久了", "B4")
	text(&own.Goal.Expected, "修好路", "B5")
	f := own.NewFund()
	text(&f.Source, sheet.WholeFund, "A7")
	number(&f.Executed, 9, "C7")
	own.Funds = []sheet.Fund{f}
	own.Indicators = []sheet.Indicator{own.NewIndicator()}
	x := &own.Indicators[0]
	text(&x.Level3, "公里", "C10")
	set(x.Own, "评价要点", "看里程", "D10")
	text(&x.Target, "5", "E10")
	set(own.Own, "联系人", "王五", "B12")
	set(own.Own, "constructor", "赵六", "D12") // what every object of JavaScript has
	set(own.List("toString").Add().Own, "__proto__", "甲", "B13")
	own.Absent = sheet.AbsentOf([]string{"实施单位", "复核人", "评价等级", "项目资金.年初预算数", "项目资金.全年预算数", "项目资金.执行率", "项目资金.分值", "项目资金.得分",
		"绩效指标.一级指标", "绩效指标.二级指标", "绩效指标.分值", "绩效指标.得分", "绩效指标.偏差原因分析及改进措施", "绩效指标.实际完成值", "总分", "总分.分值", "总分.得分"})

	finding := func(field, cell string) rules.Finding {
		f := rateFinding
		f.Field, f.Cell = sheet.ParsePath(field), cell
		return f
	}
	files := []File{
		{Name: "部门.xlsx", Tables: []Table{{Sheet: "表", Form: department, Findings: []rules.Finding{finding("年度主要任务[2].任务名称", "B6"), finding("填报人", "B15"), finding("年度主要任务", ""), finding("绩效指标[1].偏差原因分析及改进措施", "")}}}},
		{Name: "本县.xlsx", Tables: []Table{{Sheet: "表", Form: own, Findings: []rules.Finding{finding("绩效指标[1].评价要点", "D10"), finding("项目背景", "B4"), finding("总分.得分", "")}}}},
	}
	for i := range files { // as between checking and reporting
		line, err := Line(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if files[i], err = ParseLine(line); err != nil {
			t.Fatal(err)
		}
	}
	b := newBrowser(t)
	b.open(render(t, "html", Options{Rules: testRules}, files))
	want := map[string][][]string{
		"部门整体支出绩效自评表": {
			{"部门名称", "县教育局"},
			{"年度主要任务*↓3", "任务名称", "执行数", "预算数"},
			{"办好学校", "5", "5"},
			{"培训教师*", "", ""},
			{"项目资金↓3", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"},
			{"年度资金总额", "", "10", "", "", "", ""},
			{"基本支出", "", "10", "", "", "", ""},
			{"年度\n总体\n目标↓2", "预期目标"},
			{"办好教育"},
			{"绩效\n指标↓2", "一级指标", "三级指标", "年度指标值", "分值", "得分", "偏差原因分析\n及改进措施"}, // which is not printed, but said
			{"产出指标", "学校数", "", "90", "90", "*"},
			{"总分", "", "100", ""},
			{"填报人", "张三*", "填报日期", "1 月", "单位负责人", "李四"},
		},
		"本县项目支出自评表": {
			{"项目名称", "修路"},
			{"业务主管单位", "县交通局"},
			{"项目背景", "路不好走，大家盼望修一条好走的路已经很久了*"},
			{"年度\n总体\n目标↓2", "预期目标", "实际完成情况"},
			{"修好路", ""},
			{"项目资金↓2", "", "全年执行数"},
			{"年度资金总额", "9"},
			{"绩效\n指标↓2", "三级指标", "评价要点", "年度指标值"},
			{"公里", "看里程*", "5"},
			{"总分", "", "*", ""},
			{"联系人", "王五", "constructor", "赵六"},
			{"toString↓2", "__proto__"},
			{"甲"},
		},
	}
	for i, title := range []string{"部门整体支出绩效自评表", "本县项目支出自评表"} {
		item := []string{"#entries > li:nth-child(1) ", "#entries > li:nth-child(2) "}[i]
		b.do(chromedp.Click(chromedp.CSS(item + ".row")))
		if got := get[string](b, `document.querySelector('`+item+`.title').textContent`); got != title {
			t.Errorf("the title of the form is %s, want %s", got, title)
		}
		grid := get[[][]string](b, `Array.from(document.querySelectorAll('`+item+`.form tr'), (tr) => Array.from(tr.children, (cell) => {
			const bare = cell.cloneNode(true);
			for (const badge of bare.querySelectorAll('.badge')) badge.remove();
			return bare.textContent + (cell.dataset.severity ? '*' : '') + (cell.rowSpan > 1 ? '↓' + cell.rowSpan : '');
		}))`)
		if diff := cmp.Diff(want[title], grid); diff != "" {
			t.Errorf("%s (-want +got):\n%s", title, diff)
		}
		// Each row reaches from edge to edge: nothing is left open, nothing stands out.
		if open := get[[]string](b, `Array.from(document.querySelectorAll('`+item+`.form tr'), (tr) => {
			const table = tr.closest('table').getBoundingClientRect();
			const last = tr.lastElementChild.getBoundingClientRect();
			return Math.abs(last.right - table.right) > 2 ? tr.innerText : '';
		}).filter(Boolean)`); len(open) > 0 {
			t.Errorf("%s: open are %q", title, open)
		}
	}
	b.quiet()
}
