package rules

import (
	"testing"

	"ziping/sheet"
)

// What is known of a form besides itself, and the forms that it is compared with, are
// named in rules; of what was not given nothing is known.
func TestSource(t *testing.T) {
	before := form()
	before.Year, before.Total.Score = sheet.N(2020), sheet.N(80)
	other := named("丙项目", "丙校")
	twice := NewRecords([]*sheet.Table{named("甲项目", "一校"), named("甲项目", "二校")})
	given := Source{File: "甲.xlsx", Title: "自评表", Form: "project", Layout: "shanghai", Previous: NewRecords([]*sheet.Table{other, before}), List: NewRecords([]*sheet.Table{other})}
	for _, tt := range []struct {
		condition string
		from      Source
		want      answer
	}{
		{`文件名 == "甲.xlsx" && 表题 + 表样 + 版式 == "自评表projectshanghai"`, given, yes},
		{`文件名 == ""`, Source{}, unknown}, {`有值(版式)`, Source{}, no}, {`原文(版式) == ""`, Source{}, yes},
		{`上年.年度 == 2020 && 上年.总分 == 80 && 上年.全年预算数 == 10`, given, yes},
		{`any(上年绩效指标, .三级指标 == "甲" && .得分 == 50 && .序号 == 1)`, given, yes},
		{`有值(上年.总分)`, given, yes}, {`有值(上年.项目编码)`, given, no}, {`上年.项目编码 == ""`, given, unknown},
		{`有值(名单.项目名称)`, given, no}, {`名单.全年预算数 > 0`, given, unknown},
		{`有值(名单.项目名称)`, Source{}, unknown}, {`原文(上年.总分) == ""`, Source{}, unknown}, {`len(上年绩效指标) == 0`, Source{}, yes},
		{`有值(名单.项目名称)`, Source{List: twice}, no},
		{`all(绩效指标, .序号 > 0) && 绩效指标[1].序号 == 2`, Source{}, yes},
	} {
		set := parse(t, ruleText(`scope = "sheet"`, `at = "年度"`, "assert = '''"+tt.condition+"'''"))
		r := newRunner(set, form(), tt.from)
		if got, err := r.answer(set.rules[0].assert); got != tt.want || err != nil {
			t.Errorf("%s of %+v: got %v, %v, want %v", tt.condition, tt.from, got, err, tt.want)
		}
	}
}

// What is kept of a form of a list is all that a record names.
func TestRecorded(t *testing.T) {
	t1 := form()
	t1.Total.Score, t1.Goal.Actual = sheet.N(80), sheet.T("完成")
	for _, x := range []*sheet.Table{t1, example(t), new(sheet.Table)} {
		kept := Recorded(x)
		if len(kept.Indicators) > 0 || len(kept.Funds) != 1 {
			t.Errorf("%d indicators and %d funds are kept", len(kept.Indicators), len(kept.Funds))
		}
		got, want := recordFields(kept), recordFields(x)
		if len(got) != len(want) {
			t.Fatalf("%d fields, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i].Label != want[i].Label || got[i].Value.Any() != want[i].Value.Any() {
				t.Errorf("%s: %v, want %v", want[i].Label, got[i].Value.Any(), want[i].Value.Any())
			}
		}
	}
}

// A field that the form does not print is unknown, even to 有值 and 原文, in rows and
// lists too; 有此栏 knows.
func TestNotPrinted(t *testing.T) {
	for condition, want := range map[string]answer{
		`有值(得分) || 字数(原文(得分)) > 0`: unknown, `有值(分值)`: yes, `有值(总分.得分)`: no, `原文(得分) == ""`: unknown, `原文(总分.得分) == ""`: yes,
		`有此栏(得分)`: no, `有此栏(分值) && 有此栏(总分.得分) && 有此栏(年度资金总额.得分) && 有此栏(项目名称)`: yes, `有此栏(绩效指标.得分)`: no, `有此栏(实施单位)`: no,
		`all(绩效指标, 有值(.得分))`: unknown, `all(绩效指标, 有值(.分值))`: yes, `!有此栏(得分) || 得分 < 分值`: yes,
	} {
		f := form()
		f.Indicators[0].Score = sheet.Number{}
		f.Absent = sheet.Absent{"绩效指标.得分": true, "实施单位": true}
		set := parse(t, ruleText("assert = '''"+condition+"'''"))
		r := newRunner(set, f, Source{})
		var got answer
		r.eachRow(ScopeIndicator, func(p site) {
			if p.path == sheet.RowPath("绩效指标", 0) {
				got, _ = r.answer(set.rules[0].assert)
			}
		})
		if got != want {
			t.Errorf("%s: got %v, want %v", condition, got, want)
		}
	}
}
