package rules

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
)

// batchRule returns a batch rule over whole forms.
func batchRule(lines ...string) string {
	return ruleText(append([]string{`scope = "batch"`, `each = "sheet"`, `key = "项目名称"`, `at = "项目名称"`}, lines...)...)
}

// inBatch runs the batch rules over forms and returns what they find, a line each.
func inBatch(t *testing.T, src string, forms ...*sheet.Table) []string {
	t.Helper()
	var list []string
	for i, findings := range parse(t, src).checkAll(forms) {
		for _, f := range findings {
			list = append(list, fmt.Sprintf("%d %s: %s", i+1, f.Field, f.Message))
		}
	}
	slices.Sort(list)
	return list
}

// named returns a form with another project and implementer.
func named(project, unit string) *sheet.Table {
	f := form()
	f.Project, f.Implementer = sheet.T(project), sheet.T(unit)
	return f
}

func TestBatch(t *testing.T) {
	for _, tt := range []struct {
		name, rule string
		want       []string
	}{
		{"alone", batchRule(`key = "项目名称 + 实施单位"`, `assert = "数量 == 1"`), nil},
		{"count", batchRule(`assert = "数量 < 2"`, `message = "{键} {数量} {项目数} {其他}"`), []string{"1 项目名称: 甲 2 1 ", "3 项目名称: 甲 2 1 "}},
		{"projects and others", batchRule(`key = "主管部门"`, `assert = "项目数 == 1"`, `message = "{数量} {项目数}：{其他}"`),
			[]string{"1 项目名称: 3 2：乙", "2 项目名称: 3 2：甲", "3 项目名称: 3 2：乙"}},
		{"kinds", batchRule(`key = "项目名称"`, `kind = "实施单位"`, `assert = "种类 <= 1"`, `message = "{类} {种类}"`), []string{"1 项目名称: 一校 2", "3 项目名称: 三校 2"}},
		{"kinds that are empty", batchRule(`key = "主管部门"`, `kind = "项目编码"`, `assert = "种类 > 0"`, `message = "[{类}]"`),
			[]string{"1 项目名称: []", "2 项目名称: []", "3 项目名称: []"}},
		{"when", batchRule(`when = '实施单位 != "一校"'`, `assert = "数量 > 100"`), []string{"2 项目名称: m", "3 项目名称: m"}},
		{"key without value", batchRule(`key = "项目编码"`, `assert = "false"`), nil},
		{"key of nothing", batchRule(`key = '去空白("。")'`, `assert = "false"`), nil},
		{"key is a number", batchRule(`key = "年度"`, `assert = "数量 < 3"`, `message = "{键}"`), []string{"1 项目名称: 2021", "2 项目名称: 2021", "3 项目名称: 2021"}},
		{"rows", batchRule(`each = "indicator"`, `key = "三级指标"`, `at = "得分"`, `when = '三级指标 == "乙"'`, `assert = "数量 == 1"`, `message = "{数量} {项目数} {其他}"`),
			[]string{"1 绩效指标[2].得分: 3 2 乙", "2 绩效指标[2].得分: 3 2 甲", "3 绩效指标[2].得分: 3 2 乙"}},
		{"another field is to blame", batchRule(`each = "indicator"`, `key = "一级指标"`, `when = "分值 == 40"`, `at = "总分.得分"`, `assert = "false"`),
			[]string{"1 总分.得分: m", "2 总分.得分: m", "3 总分.得分: m"}},
		{"own fields", batchRule(`key = "主管部门"`, `assert = '实施单位 != "二校" || 有值(总分.得分)'`, `message = "{实施单位} {总分.分值} {原文(年度)} {数量}"`), []string{"2 项目名称: 二校 100 2021 3"}},
		{"a number of each", batchRule(`key = "主管部门"`, `value = "len(实施单位) - 1"`, `when = '实施单位 != "三校"'`, `assert = "组占比 > 0"`), nil},
		{"numbers", batchRule(`key = "主管部门"`, `value = '实施单位 == "一校" ? 1 : 实施单位 == "二校" ? 4 : 7'`, `assert = "值 <= 组平均"`, `message = "{值} {组合计} {组平均} {组最小} {组最大}"`),
			[]string{"3 项目名称: 7 12 4 1 7"}},
		{"no number", batchRule(`key = "主管部门"`, `value = "总分.得分"`, `assert = "组平均 > 0"`), nil},
		{"share", batchRule(`key = "主管部门"`, `share = '实施单位 == "一校"'`, `assert = "组占比 > 0.5"`, `message = "{百分比(组占比, 0)}"`),
			[]string{"1 项目名称: 33%", "2 项目名称: 33%", "3 项目名称: 33%"}},
		{"share of what is unknown", batchRule(`key = "主管部门"`, `share = "总分.得分 > 0"`, `assert = "组占比 > 1"`), nil},
		{"the few of a kind", batchRule(`key = "主管部门"`, `kind = "项目名称"`, `assert = "类数量 * 2 >= 数量"`, `message = "{类} {类数量}"`), []string{"2 项目名称: 乙 1"}},
		{"funds", batchRule(`each = "fund"`, `key = "资金来源"`, `at = "全年预算数"`, `value = "全年预算数"`, `assert = "组合计 < 30"`, `message = "{组合计} {全年预算数}"`),
			[]string{"1 项目资金[年度资金总额].全年预算数: 30 10", "2 项目资金[年度资金总额].全年预算数: 30 10", "3 项目资金[年度资金总额].全年预算数: 30 10"}},
		{"disabled", batchRule(`assert = "false"`, `disabled = true`), nil},
		{"assert fails", batchRule(`key = "项目名称"`, `assert = "数量 / (数量 - 1) > 0"`), []string{"2 : 规则“r”无法执行，本表未按它检查：除数为 0"}},
		{"key fails", batchRule(`key = "年度 / 0"`, `assert = "true"`),
			[]string{"1 : 规则“r”无法执行，本表未按它检查：除数为 0", "2 : 规则“r”无法执行，本表未按它检查：除数为 0", "3 : 规则“r”无法执行，本表未按它检查：除数为 0"}},
		{"when fails in every row", batchRule(`each = "indicator"`, `key = "三级指标"`, `at = "得分"`, `when = "分值 / (年度 - 2021) > 0"`, `assert = "true"`),
			[]string{"1 : 规则“r”无法执行，本表未按它检查：除数为 0", "2 : 规则“r”无法执行，本表未按它检查：除数为 0", "3 : 规则“r”无法执行，本表未按它检查：除数为 0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := inBatch(t, tt.rule, named("甲", "一校"), named("乙", "二校"), named("甲", "三校"))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestOthers(t *testing.T) {
	var forms []*sheet.Table
	for i := range 8 {
		forms = append(forms, named(fmt.Sprintf("项目%d", i+1), "甲校"))
	}
	rule := batchRule(`key = "实施单位"`, `assert = "项目数 == 1"`, `message = "{其他}"`)
	got := inBatch(t, rule, forms...)
	if want := "1 项目名称: 项目2、项目3、项目4、项目5、项目6等 7 个"; got[0] != want {
		t.Errorf("got %s, want %s", got[0], want)
	}
	if want := "8 项目名称: 项目1、项目2、项目3、项目4、项目5等 7 个"; got[7] != want {
		t.Errorf("got %s, want %s", got[7], want)
	}
	got = inBatch(t, rule, forms[:6]...)
	if want := "3 项目名称: 项目1、项目2、项目4、项目5、项目6"; got[2] != want {
		t.Errorf("got %s, want %s", got[2], want)
	}
}

// Params are those of the member's department and level 1, in every expression.
func TestBatchParams(t *testing.T) {
	const param = "[params.\"甲\"]\nvalue = 1\n\"主管部门\" = { \"教育局\" = 2 }\n\"一级指标\" = { \"效益指标\" = 3 }\n"
	other := form()
	other.Department = sheet.T("卫健委")
	got := inBatch(t, param+batchRule(`each = "indicator"`, `key = "三级指标"`, `at = "得分"`, `kind = "甲"`, `assert = "false"`, `message = "{甲} {类} {种类}"`), form(), other)
	want := []string{"1 绩效指标[1].得分: 2 2 2", "1 绩效指标[2].得分: 3 3 1", "2 绩效指标[1].得分: 1 1 2", "2 绩效指标[2].得分: 3 3 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestBatchFinding(t *testing.T) {
	f := form()
	f.Project.Cell = sheet.Cell{Ref: "B3"}
	got := parse(t, batchRule(`assert = "false"`, `suggest = "项目数 + 0.5"`)).checkAll([]*sheet.Table{f})
	want := [][]Finding{{{Rule: "r", Severity: Error, Cell: "B3", Field: sheet.ParsePath("项目名称"), Message: "m", Value: "甲项目", Suggest: 1.5, Basis: "b"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The rules over batches are not run over single forms.
func TestCheckLeavesBatchRulesOut(t *testing.T) {
	if got := parse(t, batchRule(`assert = "false"`)).Check(form()); len(got) > 0 {
		t.Errorf("found %v", got)
	}
	if c := parse(t, ruleText(`assert = "false"`)).compare(form()); len(c.Members) > 0 {
		t.Errorf("compared by %v", c.Members)
	}
}

// What the batch rules find depends neither on the order of the forms nor on
// whether what they compare was written down in between.
func TestBatchOrder(t *testing.T) {
	set := parse(t, batchRule(`each = "indicator"`, `key = "一级指标"`, `kind = "三级指标"`, `at = "得分"`, `value = "分值 / 3"`, `share = "分值 > 40"`,
		`assert = "数量 == 1"`, `message = "{三级指标} {原文(得分)} {组平均} {组占比} {数量} {项目数} {种类} {其他} {其他文件}"`))
	var list []Compared
	for i := range 40 {
		c := set.compare(named(fmt.Sprint("项目", i%12), "甲校"))
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back Compared
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Fatal(diff)
		}
		list = append(list, back)
	}
	file := func(i int) string { return fmt.Sprintf("%c.xlsx", 'a'+i%3) }
	find := func(order []int) (found [40][]Finding) {
		b := set.NewBatch()
		defer b.Close()
		for _, i := range order {
			if err := b.Add(file(i), list[i]); err != nil {
				t.Fatal(err)
			}
		}
		for i, c := range list {
			var err error
			found[i], err = b.Findings(file(i), c)
			if err != nil {
				t.Fatal(err)
			}
		}
		return found
	}
	random := rand.New(rand.NewPCG(1, 2))
	want := find(random.Perm(40))
	if len(want[0]) == 0 || !strings.HasSuffix(want[0][0].Message, "等 11 个 b.xlsx、c.xlsx") {
		t.Fatalf("found %v", want[0])
	}
	for range 10 {
		if diff := cmp.Diff(want, find(random.Perm(40))); diff != "" {
			t.Fatal(diff)
		}
	}
}

func (s *Set) compare(t *sheet.Table) Compared {
	_, c := s.CheckAndCompare(t, Source{})
	return c
}
