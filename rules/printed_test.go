package rules

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet"
)

// What a form prints no label for is unknown to a rule, unless it asks for that.
func TestAbsent(t *testing.T) {
	for _, c := range []struct {
		scope, when, assert, at string
		absent                  string
		found                   int
	}{
		{"sheet", "", "有值(实施单位)", "实施单位", "", 1},
		{"sheet", "", "有值(实施单位)", "实施单位", "实施单位", 0},
		{"sheet", "", "有值(实施单位)", "实施单位", "主管部门", 1},
		{"sheet", "", "!有此栏(实施单位) || 有值(实施单位)", "主管部门", "实施单位", 0},
		{"sheet", "", "有此栏(实施单位) && 有值(实施单位)", "主管部门", "实施单位", 1},
		{"sheet", "", "有值(总分.得分)", "总分.得分", "总分.得分", 0},
		{"sheet", "", "有值(年度资金总额.得分)", "年度资金总额.得分", "项目资金.得分", 0},
		{"sheet", "", "有值(年度资金总额.得分)", "年度资金总额.得分", "年度资金总额", 0},
		{"sheet", `all(绩效指标, !有值(.得分))`, "false", "主管部门", "绩效指标.得分", 0},
		{"sheet", `all(绩效指标, !有值(.得分))`, "false", "主管部门", "项目资金.得分", 1},
		{"sheet", `len(绩效指标) > 0`, "false", "主管部门", "绩效指标", 0},
		{"indicator", "", "有值(得分)", "得分", "", 1},
		{"indicator", "", "有值(得分)", "得分", "绩效指标.得分", 0},
		{"indicator", "", "有值(得分)", "得分", "项目资金.得分", 1},
		{"fund", "", "有值(执行率)", "执行率", "项目资金.执行率", 0},
		{"fund", "", "有值(执行率)", "执行率", "", 1},
	} {
		set := parse(t, fmt.Sprintf("[[rule]]\nid = \"r\"\ntitle = \"r\"\nscope = %q\nwhen = '''%s'''\nassert = '''%s'''\nat = %q\nseverity = \"error\"\nmessage = \"m\"\nbasis = \"b\"\n", c.scope, c.when, c.assert, c.at))
		table := &sheet.Table{Funds: []sheet.Fund{{Source: sheet.T(sheet.WholeFund)}}, Indicators: []sheet.Indicator{{Level3: sheet.T("甲")}}}
		if c.absent != "" {
			table.Absent = sheet.AbsentOf(strings.Split(c.absent, " "))
		}
		if got := len(set.Check(table)); got != c.found {
			t.Errorf("%s: when %s, assert %s, at %s, absent %s: %d findings, want %d", c.scope, c.when, c.assert, c.at, c.absent, got, c.found)
		}
	}
}
