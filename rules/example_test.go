package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/strict"
)

// examples returns the examples of the default rules, and these.
func examples(t *testing.T) (*exampleFile, *Set) {
	t.Helper()
	file, set := builtinExamples(), defaults(t)
	for _, m := range file.misfits(set.ids()) {
		t.Errorf("%v: %s", m.At, m.Message)
	}
	return file, set
}

// TestEveryRuleHasExamples checks that ExampleFor knows every default rule, says
// what was changed, and what the rule says of it.
func TestEveryRuleHasExamples(t *testing.T) {
	_, set := examples(t)
	for _, r := range set.Rules() {
		fails, passes, ok := set.ExampleFor(r.ID)
		if !ok || fails.Message == "" || passes.Message != "" || len(fails.Changes) == 0 || len(passes.Changes) == 0 {
			t.Errorf("%s: fails %+v, passes %+v, %v", r.ID, fails, passes, ok)
		}
	}
	if _, _, ok := set.ExampleFor("no-such-rule"); ok {
		t.Error("an example for no rule")
	}
}

// TestExamples checks that every rule finds its failing example, at its field,
// and not its passing one; and that nothing else is found but what the example
// says.
func TestExamples(t *testing.T) {
	file, set := examples(t)
	for _, e := range file.Examples {
		t.Run(fmt.Sprintf("%s:%d", e.Rule.Value, e.Rule.Pos.Line), func(t *testing.T) {
			expected := []string{e.Rule.Value}
			for _, id := range e.Also {
				expected = append(expected, id.Value)
			}
			slices.Sort(expected)
			failing := e.findings(set, &file.Base, e.Fails)
			if diff := cmp.Diff(expected, ruleIDs(failing)); diff != "" {
				t.Errorf("fails: rules (-want +got)\n%s%s", diff, lines(failing))
			}
			if !slices.ContainsFunc(failing, func(f Finding) bool { return f.Rule == e.Rule.Value && f.Field.String() == e.At }) {
				t.Errorf("fails: not found at %s\n%s", e.At, lines(failing))
			}
			passing := e.findings(set, &file.Base, e.Passes)
			if slices.Contains(ruleIDs(passing), e.Rule.Value) {
				t.Errorf("passes: found\n%s", lines(passing))
			}
		})
	}
}

// TestExamplesNeedTheirRule checks that a failing example is not found by its
// rule any more once a file of one's own disables that rule.
func TestExamplesNeedTheirRule(t *testing.T) {
	file, set := examples(t)
	for parity := range 2 { // half of the rules at a time: to compile all takes its time
		src, disabled := "extends = \"default\"\n", map[string]bool{}
		for i, r := range set.Rules() {
			if i%2 == parity {
				disabled[r.ID] = true
				src += fmt.Sprintf("[[override]]\nid = %q\ndisabled = true\n", r.ID)
			}
		}
		without, err := Parse("own.toml", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range file.Examples {
			found := ruleIDs(e.findings(without, &file.Base, e.Fails))
			if id := e.Rule.Value; slices.Contains(found, id) == disabled[id] {
				t.Errorf("%s: disabled is %t, found is %t", id, disabled[id], !disabled[id])
			}
		}
	}
}

// TestCleanForms checks that no rule cries wolf: nothing is found in the base,
// nor in the forms that are correct in another way.
func TestCleanForms(t *testing.T) {
	file, set := examples(t)
	for _, v := range append(file.Clean, variant{Title: "基准表"}) {
		alone := examplePair{}
		if found := alone.findings(set, &file.Base, v.Changes); len(found) > 0 {
			t.Errorf("%s:\n%s", v.Title, lines(found))
		}
	}
}

// TestExampleMistakes checks that a mistake in the examples of a rule file is
// reported at its place.
func TestExampleMistakes(t *testing.T) {
	const src = `extends = "default"
[base]
"项目名称" = "a"
[[base."绩效指标"]]
"分值" = 10
[[example]]
rule = "required-yaer"
at = "年度"
[example.fails]
"项目名" = "b"
"绩效指标[1].分值" = "10"
"绩效指标[3].分值" = 10
"总分.得分.有公式" = 1
[example.passes]
"项目名称" = 1
[[clean]]
title = "c"
[clean.changes]
"绩效指标[2]" = ""
`
	_, err := Parse("e.toml", []byte(src))
	var errs strict.Errors
	if !errors.As(err, &errs) {
		t.Fatalf("got %v", err)
	}
	want := `e.toml:7:8: 没有“required-yaer”这条规则，是否应为“required-year”？
e.toml:10:9: 表中没有“项目名”这一项，是否应为“项目名称”？
e.toml:11:16: 数字不带引号：10
e.toml:12:16: 表中没有“绩效指标[3].分值”这一项，是否应为“绩效指标[1].分值”？
e.toml:13:15: “有公式”应为 true 或 false
e.toml:15:10: 应为文字，请加英文双引号："1"
e.toml:19:13: 表中没有“绩效指标[2]”这一项`
	if diff := cmp.Diff(want, errs.Error()); diff != "" {
		t.Error(diff)
	}
}

// TestDescribe checks how an example says what was changed.
func TestDescribe(t *testing.T) {
	for _, test := range []struct {
		rule, want string
	}{
		{"required-indicators", "绩效指标：整行删去；总分.分值：100 改为空；总分.得分：96.77 改为空"},
		{"formula-overwritten", "总分.得分：应有公式；总分.得分：没有公式"},
		{"execution-rate", "项目资金[年度资金总额].执行率：97.66% 改为 97.67%"},
		{"indicator-units-vary", "绩效指标[1].年度指标值：≥120 场 改为 ≥120 次；绩效指标[1].实际完成值：126 场 改为 126 次；" +
			"同时报送的另一张表，项目名称：市图书馆阅读推广经费 改为 市图书馆设备购置经费"},
	} {
		fails, _, _ := defaults(t).ExampleFor(test.rule)
		if diff := cmp.Diff(test.want, strings.Join(fails.Changes, "；")); diff != "" {
			t.Errorf("%s:\n%s", test.rule, diff)
		}
	}
}

// ruleIDs returns the rules that found something, each once, sorted.
func ruleIDs(found []Finding) []string {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Rule)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func lines(found []Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "\t%s %s: %s\n", f.Rule, f.Field, f.Message)
	}
	return b.String()
}

// The examples of a rule file of one's own are run, and those that are not as they
// say are told with what became of the rule.
func TestOwnExamples(t *testing.T) {
	const rule = `extends = "default"
[[rule]]
id = "own"
title = "t"
scope = "indicator"
when = "得分 < 分值"
assert = "字数(偏差原因分析及改进措施) > 10"
at = "偏差原因分析及改进措施"
severity = "warning"
message = "只有 {字数(偏差原因分析及改进措施)} 字"
basis = "b"
[[example]]
rule = "own"
`
	for _, tt := range []struct{ example, want string }{
		{`fails = { "绩效指标[5].偏差原因分析及改进措施" = "天气原因" }
passes = { "绩效指标[1].得分" = 15 }`, ""},
		{`at = "绩效指标[1].得分"
fails = { "绩效指标[5].偏差原因分析及改进措施" = "天气原因" }
passes = { "绩效指标[1].得分" = 15 }`, "own.toml:13 own: fails 的表指出的是 绩效指标[5].偏差原因分析及改进措施，不是 绩效指标[1].得分"},
		{`fails = { "绩效指标[1].得分" = 5 }
passes = { "绩效指标[5].偏差原因分析及改进措施" = "天气原因" }`, "own.toml:13 own: fails 的表没有发现问题：assert 成立的 1 处，when 不成立的 5 处，缺少所需的值、不能判断的 1 处\n" +
			"own.toml:13 own: passes 的表发现了问题，绩效指标[5].偏差原因分析及改进措施：只有 4 字"},
	} {
		set, err := Parse("own.toml", []byte(rule+tt.example))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		n, wrong := set.Test()
		for _, w := range wrong {
			got = append(got, fmt.Sprintf("%s:%d %s: %s", w.File, w.Line, w.Rule, w.Text))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "\n")); n != 1 || diff != "" {
			t.Errorf("%s: %d examples (-want +got)\n%s", tt.example, n, diff)
		}
		if _, passes, ok := set.ExampleFor("own"); !ok || len(passes.Changes) == 0 {
			t.Error("the rule has no example")
		}
	}
	if n, wrong := defaults(t).Test(); n < 90 || len(wrong) > 0 {
		t.Errorf("of %d examples of the default rules %v are wrong", n, wrong)
	}
}
