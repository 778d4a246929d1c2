package live_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"ziping/rules"
	"ziping/rules/live"
	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// form is a form that is issued: two sources of money with their sum, three indicators.
func form() *sheet.Table {
	t := new(sheet.Table)
	t.Year, t.Project, t.MoneyUnit = sheet.N(2021), sheet.T("展厅运营"), sheet.T("万元")
	for _, source := range []string{sheet.WholeFund, "当年财政拨款", "其他资金"} {
		t.Funds = append(t.Funds, sheet.Fund{Source: sheet.T(source)})
	}
	for _, x := range [][3]string{{"数量指标", "接待团组", "=400 场"}, {"时效指标", "办结用时", "80%-90%"}, {"质量指标", "完成情况", "按时完成"}, {"数量指标", "参展商", "≥50家"}, {"质量指标", "利用率", "80%-90%"}} {
		t.Indicators = append(t.Indicators, sheet.Indicator{Level1: sheet.T("产出指标"), Level2: sheet.T(x[0]), Level3: sheet.T(x[1]), Target: sheet.T(x[2]), Weight: sheet.N(20)})
	}
	live.Lay(t)
	sum := t.Funds[0].Executed.At()
	sum.Input, sum.Derived, sum.Formula = false, true, "SUM("+t.Funds[1].Executed.Ref+":"+t.Funds[2].Executed.Ref+")"
	return t
}

// filled are the cells of a form.
type filled map[string]calc.Cell

func (filled) Date1904() bool                     { return false }
func (f filled) Sheet(string) (calc.Sheet, error) { return f, nil }
func (filled) Size() (rows, cols int)             { return 40, 20 }
func (filled) Hidden(int) bool                    { return false }
func (f filled) Cell(row, col int) calc.Cell      { return f[xlsx.Ref(row, col)] }

// fill returns the cells of a form with what is typed, by path, and puts it into the form.
func fill(t *testing.T, form *sheet.Table, typed map[string]any) filled {
	cells := filled{}
	for path, v := range form.All() {
		at := v.At()
		if now, ok := typed[path.String()]; ok {
			delete(typed, path.String())
			cells[at.Ref], at.Typed = calc.CellOf(now), fmt.Sprint(now)
			switch v := v.(type) {
			case *sheet.Text:
				v.Value = at.Typed
			case *sheet.Number:
				v.Value, _, v.Known = quantity.ParseNumber(at.Typed)
			}
			continue
		}
		if cells[at.Ref] = calc.CellOf(v.Any()); at.Derived {
			cells[at.Ref] = calc.Cell{Formula: at.Formula}
		}
	}
	if len(typed) > 0 {
		t.Fatalf("not in the form: %v", typed)
	}
	return cells
}

var (
	shownCell = regexp.MustCompile(`<c r="([A-D])5"[^>]*>(?:<f.*?</f>)?<v>(.*?)</v>`)
	entities  = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// says returns the first line of the sheet: its mark, place and message.
func says(t *testing.T, set *rules.Set, blank *sheet.Table, cells filled) (mark, place, message string) {
	t.Helper()
	drawn, err := live.New(set).Sheet(cells, blank, "表")
	if err != nil {
		t.Fatal(err)
	}
	if drawn == nil {
		return "", "", ""
	}
	seen := map[string]string{}
	for _, m := range shownCell.FindAllStringSubmatch(string(drawn.XML(nil, new(livecheck.Frame))), -1) {
		seen[m[1]] = entities.Replace(m[2])
	}
	return seen["A"], seen["C"], seen["D"]
}

// rule is a rule file with one rule.
func rule(t *testing.T, scope, when, assert, at, message string) *rules.Set {
	t.Helper()
	set, err := rules.Parse("own.toml", fmt.Appendf(nil, "[params]\n\"反向词\" = { value = [\"时效\"] }\n[[rule]]\nid = \"own\"\ntitle = \"题\"\nscope = %q\nwhen = '''%s'''\nassert = '''%s'''\nat = %q\nseverity = \"error\"\nmessage = '''%s'''\nbasis = \"-\"\n", scope, when, assert, at, message))
	if err != nil {
		t.Fatalf("%s: %v", assert, err)
	}
	return set
}

// TestTranslations: what an expression comes to as a formula.
func TestTranslations(t *testing.T) {
	const (
		actual  = "绩效指标[1].实际完成值"
		score   = "绩效指标[1].得分"
		because = "绩效指标[1].偏差原因分析及改进措施"
		money   = "项目资金[当年财政拨款].全年执行数"
		other   = "项目资金[其他资金].全年执行数"
	)
	for _, test := range []struct {
		scope, when, assert, at string
		typed                   map[string]any
		mark, place             string
		shows, message          string // an expression, and what it is shown as
	}{
		{"indicator", "", "得分 <= 分值", "得分", map[string]any{score: 21.0}, "✗", "G6", "得分", "21"},
		{"indicator", "", "得分 <= 分值", "得分", map[string]any{score: "２１分"}, "✗", "G6", "得分 * 2", "42"},
		{"indicator", "", "得分 <= 分值", "得分", map[string]any{score: "约21"}, "？", "", "", ""},
		{"indicator", "", "有值(得分) || !有值(实际完成值)", "得分", map[string]any{actual: "182 场"}, "待填", "G6", "实际完成值", "182 场"},
		{"indicator", "完成情况(年度指标值, 实际完成值) == \"未完成\"", "相等(得分, 应得分(年度指标值, 实际完成值, 分值), 0.01)", "得分", map[string]any{actual: "182 场", score: 18.0}, "✗", "G6", "应得分(年度指标值, 实际完成值, 分值)", "9.1"},
		{"indicator", "完成情况(年度指标值, 实际完成值) == \"未完成\"", "得分 < 分值", "得分", map[string]any{actual: "182场", score: 20.0}, "✗", "G6", "百分比(完成率(年度指标值, 实际完成值))", "45.50%"},
		{"indicator", "", "字数(偏差原因分析及改进措施) >= 6", "偏差原因分析及改进措施", map[string]any{because: "见，附件。"}, "✗", "H6", "字数(偏差原因分析及改进措施)", "3"},
		{"indicator", "", "!含任一(偏差原因分析及改进措施, [\"疫情\", \"新冠\"])", "偏差原因分析及改进措施", map[string]any{because: "受疫情影响"}, "✗", "H6", "去空白(偏差原因分析及改进措施)", "受疫情影响"},
		{"indicator", "", "!(偏差原因分析及改进措施 matches \"^\\\\s*(无|没有)\")", "偏差原因分析及改进措施", map[string]any{because: " 没有说明"}, "✗", "H6", "", ""},
		{"indicator", "", "字数(偏差原因分析及改进措施) < 30", "偏差原因分析及改进措施", map[string]any{because: strings.Repeat("因天气原因", 10)}, "✗", "H6", "偏差原因分析及改进措施", strings.Repeat("因天气原因", 6) + "…"},
		{"sheet", "", "合计(项目资金, \"全年执行数\") < 100", "年度资金总额.全年执行数", map[string]any{money: 1060.5}, "✗", "D2", "合计(项目资金, \"全年执行数\")", "2121"},
		{"sheet", "", "有值(年度资金总额.全年执行数)", "年度资金总额.全年执行数", nil, "待填", "D3", "", ""},
		{"sheet", "", "年度资金总额.全年执行数 < 100", "年度资金总额.全年执行数", map[string]any{money: 60.0, other: 50.0}, "✗", "D2", "舍入(年度资金总额.全年执行数 / 3, 2)", "36.67"},
		{"sheet", "", "!any(绩效指标, .得分 > .分值)", "绩效指标", map[string]any{score: 21.0, "绩效指标[2].得分": 1.0, "绩效指标[3].得分": 1.0, "绩效指标[4].得分": 1.0, "绩效指标[5].得分": 1.0}, "✗", "A6", "count(绩效指标, .得分 > .分值)", "1"},
		{"sheet", "", "出现次数(绩效指标, \"偏差原因分析及改进措施\", \"同上\") < 2", "绩效指标", map[string]any{because: "同上", "绩效指标[2].偏差原因分析及改进措施": "同上"}, "✗", "A6", "", ""},
		{"sheet", "", "年度资金总额.全年执行数 < 5000 && !(名单.全年预算数 > 0 && 年度资金总额.全年执行数 > 100)", "年度资金总额.全年执行数", map[string]any{money: 1060.5}, "—", "", "", ""},
		{"sheet", "", "!any(绩效指标, 完成情况(.年度指标值, .实际完成值) == \"未完成\")", "绩效指标", map[string]any{"绩效指标[5].实际完成值": "70%"}, "", "", "", ""}, // [2] has the same target, and may be better the less it is
		{"indicator", "", "!(无法判断原因(年度指标值, 实际完成值) startsWith \"单位不一致\")", "实际完成值", map[string]any{actual: "182 个"}, "", "", "", ""},  // no formula says that
		{"fund", "资金来源 != \"其他资金\"", "全年执行数 >= 0", "全年执行数", map[string]any{money: "-5"}, "✗", "D3", "资金来源", "当年财政拨款"},
	} {
		message := "说：{" + test.shows + "}"
		if test.shows == "" {
			message = "说"
		}
		form := form()
		set := rule(t, test.scope, test.when, test.assert, test.at, message)
		mark, place, said := says(t, set, form, fill(t, form, test.typed))
		want := "说"
		if test.shows != "" {
			want += "：" + test.message
		}
		switch test.mark {
		case "？":
			want = "公式判断不了这样的填法，由审核人审核"
		case "", "—", "✓":
			want = ""
		}
		if mark != test.mark || place != test.place || !strings.HasPrefix(said, want) || want == "" && said != "" {
			t.Errorf("%s: %s %s %q, want %s %s %q", test.assert, mark, place, said, test.mark, test.place, want)
		}
	}
}

// TestJudged: formulas judge an actual as the program does, or not at all.
func TestJudged(t *testing.T) {
	const status = "完成情况(年度指标值, 实际完成值)"
	set := rule(t, "indicator", "", status+" == \"\"", "实际完成值", "{"+status+"}，{百分比(完成率(年度指标值, 实际完成值))}")
	told := 0
	for i := range form().Indicators {
		for _, actual := range []string{"400场", "400 场", "399", "0场", "401场", "84 %", "84%", "0.84", "79.9%", "91%", "80%", "90%", "49家", "50家", "８０家", "1,050家", "按时完成", "未完成", "约50家", "无", "2021"} {
			form := form()
			blank := *form
			cells := fill(t, form, map[string]any{fmt.Sprintf("绩效指标[%d].实际完成值", i+1): actual})
			mark, _, said := says(t, set, &blank, cells)
			if mark == "？" {
				continue
			}
			want := ""
			for _, f := range set.Check(form) {
				want = f.Message
			}
			if told++; mark != "✗" || !strings.HasPrefix(want, strings.TrimSuffix(said, "，")) {
				t.Errorf("%s beside %s: %s %q, check says %q", actual, form.Indicators[i].Target.Value, mark, said, want)
			}
		}
	}
	if told < 45 {
		t.Errorf("formulas can tell of %d only", told)
	}
}
