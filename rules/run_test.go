package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
)

// form returns a small form; what of it is missing the tests rely on.
func form() *sheet.Table {
	return &sheet.Table{
		Year: sheet.N(2021), Project: sheet.T("甲项目"), Department: sheet.T("教育局"), Implementer: sheet.T("甲校"), MoneyUnit: sheet.T("万元"),
		Funds: []sheet.Fund{{Source: sheet.T(sheet.WholeFund), Budget: sheet.N(10), Executed: sheet.N(9), Weight: sheet.N(10)}},
		Indicators: []sheet.Indicator{
			{Level1: sheet.T("产出指标"), Level3: sheet.T("甲"), Target: sheet.T("≥5 场"), Actual: sheet.T("6 场"), Weight: sheet.N(50), Score: sheet.N(50)},
			{Level1: sheet.T("效益指标"), Level3: sheet.T("乙"), Weight: sheet.N(40)},
		},
		Total: sheet.Total{Weight: sheet.N(100)},
	}
}

// found returns where a rule file finds something in a form, and what.
func found(t *testing.T, f *sheet.Table, src string) []string {
	t.Helper()
	var list []string
	for _, f := range parse(t, src+someParams).Check(f) {
		list = append(list, strings.TrimPrefix(f.Field.String()+": "+f.Message, ": "))
	}
	return list
}

// A condition holds, or it does not and is found, or it touches what is missing
// and says nothing. 分值 is there in both rows, 得分 in the first only, and so
// with 实际完成值; 偏差原因分析及改进措施 and 总分.得分 are nowhere.
func TestMissing(t *testing.T) {
	const (
		holds   = ""
		fails   = "1 2"
		first   = "1" // found in the first row only
		second  = "2"
		unknown = ""
	)
	for _, tt := range []struct{ assert, want string }{
		{`分值 > 1000`, fails}, {`分值 > 0`, holds},
		{`得分 > 1000`, first}, {`得分 > 0`, holds},
		{`!(得分 > 1000)`, holds}, {`!(得分 > 0)`, first},
		{`得分 != 50`, first}, {`偏差原因分析及改进措施 == "x"`, unknown}, {`偏差原因分析及改进措施 != ""`, unknown},
		{`false && 得分 > 0`, fails}, {`分值 == 0 || 得分 > 1000`, first}, // one part of a condition is enough
		{`得分 > 0 && 分值 > 1000`, fails}, {`得分 > 1000 || 分值 > 0`, holds}, {`得分 < 0 || 分值 > 1000`, first},
		{`!(得分 < 0 || 分值 > 0)`, fails}, {`not (得分 > 0 and 分值 > 1000)`, holds}, {`!(总分.得分 > 1 && (分值 > 1000 || 年度 < 0))`, holds},
		{`!有值(得分) || 得分 > 1000`, first}, {`all(绩效指标, .得分 > 0) && 分值 > 1000`, fails}, {`all(绩效指标, .得分 > 0 && .分值 > 1000)`, fails},
		{`字数(偏差原因分析及改进措施) > 0`, unknown},
		{`总分.得分 > 1000`, unknown}, {`总分.分值 > 1000`, fails}, {`总分["得分"] > 1000`, unknown}, {`总分["得" + "分"] > 1000`, unknown},
		{`年度资金总额.得分 > 1000`, unknown}, {`年度资金总额.全年预算数 > 1000`, fails},
		{`(分值 > 0 ? 总分 : 年度资金总额).得分 > 1000`, unknown}, {`[总分, 1][0].得分 > 1000`, unknown},
		{`all(绩效指标, .分值 > 1000)`, fails}, {`all(绩效指标, .得分 > 0)`, unknown}, {`all(绩效指标, #.得分 > 0)`, unknown},
		{`all(绩效指标, .得分 > 1000)`, fails}, // the first row settles it
		{`绩效指标 | all(.得分 > 0)`, unknown},
		{`绩效指标[0].得分 > 1000`, fails}, {`绩效指标[1].得分 > 1000`, unknown}, {`绩效指标[1]["得分"] > 1000`, unknown},
		{`mean(map(filter(绩效指标, .分值 > 1000), .分值)) == 0`, unknown}, {`median(map(filter(绩效指标, .分值 > 1000), .分值)) == 0`, unknown}, {`min(map(filter(绩效指标, .分值 > 1000), .分值)) == 0`, unknown},
		{`max(map(filter(绩效指标, .分值 > 1000), .分值)) == 0`, unknown}, {`max(map(绩效指标, .分值)) > 1000`, fails},
		{`last(绩效指标).得分 > 1000`, unknown}, {`sum(绩效指标, .得分) > 1000`, unknown}, {`map(绩效指标, .得分)[0] > 1000`, unknown},
		{`find(绩效指标, .分值 == 40).得分 > 1000`, unknown}, {`find(绩效指标, .分值 == 50).得分 > 1000`, fails},
		{`find(绩效指标, .分值 == 1).得分 > 1000`, unknown}, {`find(绩效指标, .分值 == 1)?.得分 > 1000`, unknown},
		{`reduce(绩效指标, #acc + .得分, 0) > 1000`, unknown}, {`reduce(绩效指标, #acc + .分值, 0) > 1000`, fails},
		{`合计(绩效指标, "得分") > 1000`, fails}, {`合计(绩效指标, "偏差原因分析及改进措施") > 1000`, unknown}, {`合计([], "得分") > 1000`, unknown},
		{`合计(filter(绩效指标, .分值 == 40), "得分") > 1000`, unknown},
		{`填写数(绩效指标, "得分") == 1`, holds}, {`填写数(绩效指标, "偏差原因分析及改进措施") == 0`, holds}, {`出现次数(绩效指标, "得分", 50) == 1`, holds},
		{`表[一级指标] > 1000`, first}, // a name that the table does not have has no value
		{`完成率(年度指标值, 实际完成值) > 1000`, first}, {`完成率("按时", "按时") > 1000`, unknown},
		{`有值(得分)`, second}, {`!有值(得分)`, first}, {`有值(总分.得分)`, fails}, {`有值(总分.分值)`, holds},
		{`all(绩效指标, 有值(.得分))`, fails}, {`any(绩效指标, 有值(#.得分))`, holds}, {`all(绩效指标, 有值(.分值))`, holds},
		{`有值(绩效指标[1].得分)`, fails}, {`有值(绩效指标[0].得分)`, holds}, {`有值(find(绩效指标, .分值 == 1).得分)`, fails},
		{`有值(find(绩效指标, .分值 == 1)?.得分)`, fails},
		{`原文(得分) == ""`, first}, {`原文(得分) == "50"`, second}, {`原文(总分.得分) == ""`, holds}, {`原文(总分.分值) == "100"`, holds},
		{`all(绩效指标, 原文(.得分) != "")`, fails}, {`原文(绩效指标[1].得分) == ""`, holds}, {`原文(find(绩效指标, .分值 == 1).得分) == ""`, holds},
		{`原文(年度) == "2021"`, holds},
	} {
		var rows []string
		for _, f := range parse(t, ruleText("assert = '''"+tt.assert+"'''")+someParams).Check(form()) {
			rows = append(rows, f.Field.Row)
		}
		if got := strings.Join(rows, " "); got != tt.want {
			t.Errorf("%s: found in %q, want %q", tt.assert, got, tt.want)
		}
	}
}

// A rule that can't be run is one warning, and the other rules still run.
func TestFailing(t *testing.T) {
	for _, tt := range []struct{ assert, want string }{
		{`len(绩效指标) % (len(绩效指标) - 2) == 1`, "除数为 0"},
		{`分值 / 0 > 1`, "除数为 0"},
		{`分值 / (分值 - 分值) > 1`, "除数为 0"},
		{`10 ** 400 > 1`, "得出的数太大，或不是数"},
		{`舍入(分值, 99) > 0`, "舍入的小数位数应在 0 与 15 之间，这里是 99"},
		{`绩效指标[9].分值 > 0`, "清单只有 2 项，没有 [9]（从 0 数起）"},
		{`一级指标 matches ("(" + 一级指标)`, "matches 右边的正则表达式写法不对：missing closing ): `(产出指标`"},
		{`max(词) > 1`, "函数 max 不能用于文字"},
		{`[分值, "a"][1] > 1`, "用了一个类型不对的值"},
		{`分值 > 0 ? "a" : 1`, "条件得出的不是“是”或“否”"},
		{`[分值, "a"][0] + "a" == ""`, "+ 的两边应都是数字，或都是文字"},
	} {
		for _, key := range []string{"assert", "when"} {
			other := `when = "true"`
			if key == "when" {
				other = `assert = "false"`
			}
			src := ruleText(key+" = '''"+tt.assert+"'''", other) + ruleText(`id = "s"`, `scope = "sheet"`, `assert = "false"`, `at = "年度"`)
			want := []string{"年度: m", "规则“r”无法执行，本表未按它检查：" + tt.want}
			if diff := cmp.Diff(want, found(t, form(), src)); diff != "" {
				t.Errorf("%s = %s (-want +got)\n%s", key, tt.assert, diff)
			}
		}
	}
}

// A rule that can't be run in one row is run in the others, and says so.
func TestFailingInARow(t *testing.T) {
	table := form()
	table.Indicators[1].Weight = sheet.N(0)
	got := found(t, table, ruleText(`assert = "10 % int(分值) == 3"`))
	want := []string{"规则“r”在 1 行无法执行（绩效指标[2]），只有其余各行按它检查了：除数为 0", "绩效指标[1].得分: m"}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFailingIsAWarning(t *testing.T) {
	got := parse(t, ruleText(`assert = "1 / 0 > 1"`)).Check(form())
	want := []Finding{{Rule: "r", Severity: Warning, Message: "规则“r”无法执行，本表未按它检查：除数为 0", Basis: "b"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What an expression may do is bounded: the greedy ones are refused, or end as a
// warning, or simply end.
func TestBounded(t *testing.T) {
	wide := form()
	for len(wide.Indicators) < 300 {
		wide.Indicators = append(wide.Indicators, wide.Indicators[0])
	}
	grow := `"` + strings.Repeat("长", 20) + `"`
	for range 30 {
		grow = "replace(" + grow + `, "长", "长长长长长长长长")`
	}
	for _, tt := range []struct{ assert, want string }{
		{`all(1..1000000, all(1..1000000, # > 0))`, "规则中不能用 .."},
		{`let a = 1..100; all(a, all(a, all(a, all(a, # > 0))))`, "规则中不能用 .."},
		{`all(绩效指标, all(绩效指标, all(绩效指标, true)))`, "套得太深"},
		{`repeat("长", 1000000000) == ""`, "规则中不能用 repeat"},
		{grow + ` == ""`, "replace 的结果太长"},
		{`reduce(绩效指标, #acc + #acc, "长") == ""`, "相连的文字太长"},
		{`reduce(绩效指标, [#acc, #acc], 1) == 1`, "r"},
		{`[` + strings.Repeat("1,", maxNodes) + `1] == []`, "表达式太长"},
		{strings.Repeat("(", 6000) + "1", "表达式太长"},
		{strings.Repeat("-", 4000) + "1 > 0", "表达式太长"},
		{`any(绩效指标, all(绩效指标, .三级指标 matches "^(甲|乙|甲乙)*$")) == false`, "r"},
		{`"` + strings.Repeat("甲", 4000) + `" matches "(甲*)*乙"`, "r"},
	} {
		set, err := Parse("f.toml", []byte(ruleText(`id = "r"`, `scope = "sheet"`, `at = "年度"`, "assert = '''"+tt.assert+"'''", `message = "r"`)))
		got := messageOf(err)
		if err == nil {
			for _, f := range set.Check(wide) {
				got += f.Message
			}
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%.60s: %s, want %s", tt.assert, got, tt.want)
		}
	}
}

func TestScopes(t *testing.T) {
	f := form()
	f.Indicators[0].Score.Cell = sheet.Cell{Ref: "H13", Typed: "50.00", Formula: "G13", Derived: true, Issued: "G13"}
	f.Indicators[1].Score.Cell = sheet.Cell{Ref: "H14", Typed: "四十", Problem: "应为数字"}
	for _, tt := range []struct {
		name, src string
		want      []string
	}{
		{"sheet", ruleText(`scope = "sheet"`, `assert = "false"`, `at = "年度"`, `message = "{年度} {总分.分值} {len(绩效指标)}"`), []string{"年度: 2021 100 2"}},
		{"a member is to blame", ruleText(`scope = "sheet"`, `assert = "false"`, `at = "总分.得分"`), []string{"总分.得分: m"}},
		{"the goal is to blame", ruleText(`scope = "sheet"`, `assert = "false"`, `at = "年度总体目标.预期目标"`), []string{"年度总体目标.预期目标: m"}},
		{"a list is to blame", ruleText(`scope = "sheet"`, `assert = "false"`, `at = "绩效指标"`), []string{"绩效指标: m"}},
		{"fund", ruleText(`scope = "fund"`, `assert = "false"`, `at = "全年执行数"`, `message = "{资金来源} {全年执行数} {年度}"`), []string{"项目资金[年度资金总额].全年执行数: 年度资金总额 9 2021"}},
		{"indicator", ruleText(`assert = "得分 < 50"`, `message = "{三级指标} {得分} {原文(得分)}"`), []string{"绩效指标[1].得分: 甲 50 50.00"}},
		{"another row is to blame", ruleText(`assert = "分值 == 40"`, `at = "年度资金总额.得分"`), []string{"项目资金[年度资金总额].得分: m"}},
		{"value", ruleText(`scope = "value"`, `at = ""`, `assert = '问题 == ""'`, `message = "{项目}：{问题}，{原文(项目)}"`), []string{"绩效指标[2].得分: 绩效指标[2].得分：应为数字，四十"}},
		{"formula among values", ruleText(`scope = "value"`, `at = ""`, `assert = "!有公式 || !应有公式"`), []string{"绩效指标[1].得分: m"}},
		{"formula issued", ruleText(`scope = "value"`, `at = ""`, `assert = "!应有公式"`, `message = "{发出公式}"`), []string{"绩效指标[1].得分: =G13"}},
		{"texts", ruleText(`assert = "分值 < 50"`, `message = "{1 == 1} {1.50} {0.1 + 0.2} {偏差原因分析及改进措施} {1 / 0} {string(分值) + string(true)}"`), []string{"绩效指标[1].得分: 是 1.5 0.3 （空） （无法计算） 50是"}},
		{"disabled", ruleText(`assert = "false"`, `disabled = true`), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, found(t, f, tt.src)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestSuggest(t *testing.T) {
	for _, tt := range []struct {
		suggest string
		want    any
	}{
		{`0.1 + 0.2`, 0.3}, {`len(绩效指标)`, 2.0}, {`一级指标 + "。"`, "产出指标。"}, {`偏差原因分析及改进措施`, nil}, {`1 / 0`, nil}, {`1e308 * 10`, nil}, {`true`, true},
	} {
		got := parse(t, ruleText(`assert = "分值 < 50"`, "suggest = '''"+tt.suggest+"'''")).Check(form())
		if len(got) != 1 || got[0].Suggest != tt.want {
			t.Errorf("%s: %v, want %v", tt.suggest, got, tt.want)
		}
	}
}

func TestFindingHasCellAndValue(t *testing.T) {
	f := form()
	f.Indicators[0].Score.Cell = sheet.Cell{Ref: "H13", Typed: "50 分"}
	got := parse(t, ruleText(`assert = "得分 < 50"`, `severity = "info"`)).Check(f)
	want := []Finding{{Rule: "r", Severity: Info, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"), Message: "m", Value: "50 分", Basis: "b"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSorted(t *testing.T) {
	var list []Finding
	for _, s := range []string{"B10 error a", "A10 info a", "AA9 error a", "B9 info a", "B9 error b", "B9 error a", " info a", " error b"} {
		var f Finding
		f.Cell, f.Rule = strings.Split(s, " ")[0], strings.Split(s, " ")[2]
		f.Severity = Severity(strings.Split(s, " ")[1])
		list = append(list, f)
	}
	var got []string
	for _, f := range Sorted(list) {
		got = append(got, fmt.Sprintf("%s %s %s", f.Cell, f.Severity, f.Rule))
	}
	want := []string{" error b", " info a", "B9 error a", "B9 error b", "B9 info a", "AA9 error a", "A10 info a", "B10 error a"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOverride(t *testing.T) {
	base := "[params.\"甲\"]\nvalue = 50\ndescription = \"d\"\n" + ruleText(`assert = "分值 < 甲"`, `message = "{甲}"`)
	for _, tt := range []struct{ name, more, want string }{
		{"nothing", "", "1 error 50"},
		{"param", "[params.\"甲\"]\nvalue = 45\n", "1 error 45"},
		{"severity", "[[override]]\nid = \"r\"\nseverity = \"info\"\n", "1 info 50"},
		{"when", "[[override]]\nid = \"r\"\nwhen = \"分值 > 1000\"\n", ""},
		{"assert", "[[override]]\nid = \"r\"\nassert = \"分值 >= 甲\"\n", "2 error 50"},
		{"message", "[[override]]\nid = \"r\"\nmessage = \"{甲 + 1}\"\n", "1 error 51"},
		{"disabled", "[[override]]\nid = \"r\"\ndisabled = true\n", ""},
		{"all", "[params.\"甲\"]\nvalue = 41\n[[override]]\nid = \"r\"\nwhen = \"分值 < 45\"\nassert = \"分值 == 甲\"\nseverity = \"warning\"\nmessage = \"x\"\n", "2 warning x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := files(t, "a.toml", "extends = \"b.toml\"\n"+tt.more, "b.toml", base)
			set, err := parseFile(t, file)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range set.Check(form()) {
				got = append(got, fmt.Sprintf("%s %s %s", f.Field.Row, f.Severity, f.Message))
			}
			if strings.Join(got, "; ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if set.Params()["甲"].Description != "d" {
				t.Error("the description of the param is lost")
			}
		})
	}
}

// A source that is a part of another is not in the list, and judged all the same.
func TestPartOfASource(t *testing.T) {
	f := form()
	f.Funds = []sheet.Fund{
		{Source: sheet.T(sheet.WholeFund), Budget: sheet.N(100)},
		{Source: sheet.T("基本支出"), Budget: sheet.N(100)},
		{Source: sheet.T("人员经费"), Budget: sheet.N(60), Part: true},
	}
	got := found(t, f, `
[[rule]]
id = "sum"
title = "t"
scope = "sheet"
assert = '合计(filter(项目资金, .资金来源 != "年度资金总额"), "全年预算数") > 100'
at = "年度资金总额.全年预算数"
severity = "error"
basis = "b"
message = "{合计(项目资金, \"全年预算数\")}"
[[rule]]
id = "each"
title = "t"
scope = "fund"
assert = "全年预算数 > 80"
at = "全年预算数"
severity = "error"
basis = "b"
message = "{资金来源}"
`)
	if diff := cmp.Diff([]string{"项目资金[人员经费].全年预算数: 人员经费", "项目资金[年度资金总额].全年预算数: 200"}, got); diff != "" {
		t.Error(diff)
	}
}

// What was found of one form has nothing of the forms before it, whose memory it has, nor
// of those at the same time.
func TestMemoryOfOthers(t *testing.T) {
	bare := form()
	bare.Funds, bare.Indicators, bare.Absent = nil, nil, sheet.Absent{sheet.LabelIndicators: true, sheet.LabelImplementer: true}
	bare.Implementer = sheet.Text{}
	long := example(t)
	long.Funds[0].Part, long.Indicators[1].Together = true, true
	set, forms := defaults(t), []*sheet.Table{example(t), bare, long, new(sheet.Table), form()}
	type found struct {
		Findings []Finding
		Compared Compared
	}
	check := func(set *Set, i int) (f found) {
		f.Findings, f.Compared = set.CheckAndCompare(forms[i], Source{File: strconv.Itoa(i)})
		return f
	}
	var want []found
	for i := range forms {
		want = append(want, check(defaults(t), i))
	}
	var all sync.WaitGroup
	for begin := range 3 {
		all.Go(func() {
			for n := range 4 * len(forms) {
				i := (begin + n*2) % len(forms)
				if diff := cmp.Diff(want[i], check(set, i)); diff != "" {
					t.Errorf("form %d (-want +got)\n%s", i, diff)
				}
			}
		})
	}
	all.Wait()
}
