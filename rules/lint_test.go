package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Lint tells what a rule file says that does nothing.
func TestLint(t *testing.T) {
	const extends = "extends = \"default\"\n"
	own := func(lines ...string) string { return ruleText(append([]string{`assert = "得分 > 0"`}, lines...)...) }
	for _, tt := range []struct{ name, src, want string }{
		{"nothing", extends + own(), ""},
		{"unused param", extends + "[params.\"超额比例\"]\nvalue = 0.5\n", "f.toml:2:1: 参数“超额比例”没有一条规则用到，是否应为“超额幅度”？"},
		{"misspelt param", extends + "[params.\"得分误着\"]\nvalue = 0.5\n", "f.toml:2:1: 参数“得分误着”没有一条规则用到，是否应为“得分误差”？"},
		{"param used in a message", extends + "[params.\"甲\"]\nvalue = 0.5\n" + own(`message = "{甲}"`), ""},
		{"no department", extends + "[params.\"超额幅度\"]\nvalue = 0.5\n\"主管部门\" = { \"省教育听\" = 1, \"省教育厅\" = 2, \"省*\" = 3 }\n", "f.toml:2:1: 参数“超额幅度”的主管部门“省教育听”不像单位的名称，请核对"},
		{"no level", extends + "[params.\"超额幅度\"]\nvalue = 0.5\n\"一级指标\" = { \"效益\" = 1, \"产出指标\" = 2, \"*指标\" = 3 }\n", "f.toml:2:1: 参数“超额幅度”的一级指标中没有“效益”，是否应为“效益指标”？"},
		{"no year", extends + "[params.\"超额幅度\"]\nvalue = 0.5\n\"年度\" = { \"23\" = 1, \"2023\" = 2 }\n", "f.toml:2:1: 参数“超额幅度”的年度“23”应为四位数字的年份，如 2023"},
		{"override for no department", extends + "[[override]]\nid = \"unreadable\"\n\"主管部门\" = [\"教育居\"]\nseverity = \"info\"\n", ""},
		{"always true", own(`assert = "1 < 2"`), "f.toml:5:10: 规则“r”：assert 总是成立，这条规则永远不会发现问题"},
		{"never applies", own(`when = "false"`), "f.toml:10:8: 规则“r”：when 总是不成立，这条规则永远不适用"},
		{"settled", own(`when = "得分 < 分值 && 得分 > 分值"`), "f.toml:10:8: 规则“r”：“得分 < 分值”与“得分 > 分值”不会同时成立，整个条件总是不成立"},
		{"always applies", own(`when = "true"`), "f.toml:10:8: 规则“r”：when 总是成立，可以不写"},
		{"derived", own(`derived = true`), "f.toml:1:1: 规则“r”：写了 derived = true 而没有 suggest：没有应为的值，--correct 不会改"},
		{"batch of single forms", batchRule(`assert = "年度 > 0"`), "f.toml:5:10: 规则“r”：assert 没有用到 数量、组平均 等一组表的项目；只看各张表自己的，请写成 scope = \"sheet\""},
		{"batch", batchRule(`assert = "数量 > 0"`), ""},
		{"no actual", own(`when = "!有值(实际完成值) && 完成率(年度指标值, 实际完成值) < 1"`), "f.toml:10:8: 规则“r”：when 要求“实际完成值”没有值，规则又要用它的值：永远不适用"},
		{"no actual, then needed", own(`when = "!有值(实际完成值)"`, `assert = "实际完成值 == '1'"`), "f.toml:10:8: 规则“r”：when 要求“实际完成值”没有值，规则又要用它的值：永远不适用"},
		{"no actual, or a good one", own(`when = "!有值(实际完成值) || 实际完成值 == '1'"`), ""},
		{"target against itself", own(`assert = "完成率(年度指标值, 年度指标值) >= 1"`), "f.toml:5:10: 规则“r”：完成率 的指标值和完成值是同一项，得不出什么"},
		{"target in words", own(`assert = "完成率('按期完成', 实际完成值) >= 1"`), "f.toml:5:10: 规则“r”：指标值“按期完成”不是数值，完成率 永远没有值"},
		{"a rate of 80", own(`assert = "90 > 完成率(年度指标值, 实际完成值)"`), "f.toml:5:10: 规则“r”：完成率 是小数，100% 是 1：与 90 比较，总是一个结果；80% 写成 0.8"},
		{"a rate of 0.8", own(`assert = "完成率(年度指标值, 实际完成值) > 0.8 && 得分 > 80"`), ""},
		{"a rate of the whole money", own(`assert = "年度资金总额.执行率 >= 80"`), "f.toml:5:10: 规则“r”：执行率 是小数，100% 是 1：与 80 比较，总是一个结果；80% 写成 0.8"},
		{"target in numbers", own(`assert = "完成率('≥90%', 年度指标值) >= 1"`), ""},
	} {
		if tt.name == "override for no department" {
			tt.want = "f.toml:2:1: 规则“unreadable”的主管部门“教育居”不像单位的名称，请核对"
		}
		set, err := Parse("f.toml", []byte(tt.src))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, strings.TrimPrefix(set.Lint().Error(), "\n")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

// The default rules use all of their params.
func TestDefaultLint(t *testing.T) {
	if errs := parse(t, strings.Replace(string(DefaultSource()), "#", "# ", 1)).Lint(); len(errs) > 0 {
		t.Error(errs)
	}
}

func TestNotes(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"alone", ruleText(), "f.toml:1:1: 没有写 extends = \"default\"：只按这里的 1 条规则审核，内置规则都不用"},
		{"with the default rules", "extends = \"default\"\n" + ruleText(), ""},
		{"a target for an actual", "extends = \"default\"\n" + ruleText(`assert = "完成率('≥90%', 原文(年度指标值)) >= 1"`), "f.toml:6:10: 规则“r”：完成率 把年度指标值当作完成值：写成 ≥95% 的指标值没有报出实际数值，得不出结果；比较指标值里的数，请用 数值(年度指标值)"},
	} {
		if diff := cmp.Diff(tt.want, parse(t, tt.src).Notes().Error()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
	if notes := defaults(t).Notes(); len(notes) > 0 {
		t.Error(notes)
	}
}
