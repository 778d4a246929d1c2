package rules_test

import (
	"fmt"

	"ziping/rules"
	"ziping/sheet"
)

func ExampleSet_Check() {
	set, err := rules.Parse("本单位.toml", []byte(`
[[rule]]
id = "round-scores"
title = "得分不是整数"
scope = "indicator"
assert = "舍入(得分, 0) == 得分"
at = "得分"
severity = "warning"
message = "{三级指标} 的得分 {得分} 不是整数，请说明"
basis = "本单位规定"
`))
	if err != nil {
		panic(err)
	}
	var t sheet.Table
	x := t.NewIndicator()
	x.Level3, x.Score = sheet.T("培训场次"), sheet.N(9.1)
	t.Indicators = append(t.Indicators, x)
	for _, f := range set.Check(&t) {
		fmt.Println(f.Severity, f.Field, f.Message)
	}
	// Output: warning 绩效指标[1].得分 培训场次 的得分 9.1 不是整数，请说明
}
