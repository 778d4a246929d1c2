package strict

import "testing"

func TestSuggest(t *testing.T) {
	sheet := []string{"年度", "项目名称", "主管部门", "实施单位", "金额单位", "项目资金", "年度总体目标", "绩效指标", "总分"}
	fund := []string{"资金来源", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"}
	indicator := []string{"一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"}
	rule := []string{"id", "scope", "when", "assert", "at", "severity", "message", "suggest", "basis"}
	for _, test := range []struct {
		name       string
		candidates []string
		want       string
	}{
		{"年份", sheet, "年度"},
		{"年渡", sheet, "年度"},
		{"度年", sheet, "年度"},
		{"项目名字", sheet, "项目名称"},
		{"项目", sheet, ""}, // 项目名称 or 项目资金
		{"项目资金(万元)", sheet, "项目资金"},
		{"总体目标", sheet, "年度总体目标"},
		{"得分", sheet, ""},
		{"联系电话", sheet, ""},
		{"年初预算", fund, "年初预算数"},
		{"全年预算", fund, "全年预算数"},
		{"全年算预数", fund, "全年预算数"},
		{"执行", fund, "执行率"},
		{"总分", fund, ""},
		{"得份", fund, "得分"},
		{"分", fund, ""},
		{"得", fund, ""},
		{"四级指标", indicator, ""}, // any of three
		{"完成值", indicator, "实际完成值"},
		{"偏差原因", indicator, "偏差原因分析及改进措施"},
		{"偏差原因分析和改进措施", indicator, "偏差原因分析及改进措施"},
		{"asert", rule, "assert"},
		{"Severity", rule, "severity"},
		{"serverity", rule, "severity"},
		{"mesage", rule, "message"},
		{"ids", rule, "id"},
		{"format", rule, ""},
		{"what", rule, ""},
		{"wen", rule, "when"},
		{"data", rule, ""},
		{"x", rule, ""},
		{"", rule, ""},
		{"id", nil, ""},
		{"年度", sheet, "年度"},
	} {
		if got := Suggest(test.name, test.candidates); got != test.want {
			t.Errorf("%q: got %q, want %q", test.name, got, test.want)
		}
	}
}
