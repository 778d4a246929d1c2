package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/read"
	"ziping/sheet/sheettest"
)

// a form whose sums and rate are formulas. The programs that people use calculate them.
const calculatedForm = `
A1 项目支出绩效自评表（2021年度）
A3 项目名称
B3 展厅经费
A4 主管部门
B4 科创办
E4 实施单位
F4 科创办
A5 项目资金（万元）
B5 资金来源
D5 年初预算数
E5 全年预算数
F5 全年执行数
G5 分值
H5 执行率
I5 得分
B6 年度资金总额
D6 =SUM(D7:D8)
E6 =SUM(E7:E8)
F6 =SUM(F7:F8)
G6 #10
H6 =F6/E6
I6 =ROUND(G6*MAX(0,MIN(1,H6)),2)
B7 其中：当年财政拨款
D7 #1000
E7 #1000
F7 #990
B8 其他资金
A10 年度总体目标
B10 预期目标
F10 实际完成情况
B11 保障展厅全年开放
F11 展厅全年开放 300 天
A12 绩效指标
B12 一级指标
C12 二级指标
D12 三级指标
E12 年度指标值
F12 实际完成值
G12 分值
H12 得分
I12 偏差原因分析及改进措施
B13 产出指标
C13 数量指标
D13 接待团组数
E13 ≥100批
F13 100批
G13 #50
H13 #50
B14 效益指标
C14 社会效益指标
D14 观众人数
E14 ≥10000人
F14 10000人
G14 #30
H14 #30
B15 满意度指标
C15 服务对象满意度指标
D15 观众满意度
E15 ≥95%
F15 95%
G15 #10
H15 #10
A16 总分
G16 =G6+SUM(G13:G15)
H16 =I6+SUM(H13:H15)
`

// What follows by formula from a value that is itself found wrong, or that is not what
// the formula takes, is not said; what looks at the wrong value itself is.
func TestNothingFollows(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct{ change, want string }{
		"right":                   {"", ""},
		"in the other unit":       {"F7 #9900000", "F7 executed-in-yuan"},
		"below zero":              {"F7 #-840", "F7 negative-executed"},
		"as a text":               {"F7 990", "F7 number-as-text"},
		"as a text in its unit":   {"F7 990万元", "F7 number-as-text"},
		"in words":                {"F7 约九百九", "F7 unreadable"},
		"a budget in words":       {"E7 约一千", "E7 unreadable"},
		"a score out of range":    {"H13 #500", "H13 score-range"},
		"a score as a text":       {"H13 50", "H13 number-as-text"},
		"a low rate by itself":    {"F7 #100", "H6 execution-low, H16 execution-low-full-score"},
		"a wrong sum and a score": {"H13 #500\nH16 =SUM(H13:H14)", "H13 score-range, H16 total-score"},
		"a wrong rate":            {"H6 #0.5", "H6 execution-rate, I6 execution-score"},
	} {
		forms, err := read.Forms(sheettest.Cells(t, calculatedForm+x.change))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range set.Check(forms[0].Table) {
			if strings.Contains(f.Message, "（空）") {
				t.Errorf("%s: %s", name, f.Message)
			}
			if f.Cell != "" {
				got = append(got, f.Cell+" "+f.Rule)
			}
		}
		if diff := cmp.Diff(x.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// The cells whose formulas take a value, by themselves or through others.
func TestDependents(t *testing.T) {
	forms, err := read.Forms(sheettest.Cells(t, calculatedForm))
	if err != nil {
		t.Fatal(err)
	}
	for of, want := range map[string]map[string]bool{
		"F7": {"F6": true, "H6": true, "I6": true, "H16": true}, "H14": {"H16": true}, "H16": {}, "F6": {"H6": true, "I6": true, "H16": true}, "A1": {}, "": {},
	} {
		if diff := cmp.Diff(want, forms[0].Table.Dependents(map[string]bool{of: true})); diff != "" {
			t.Errorf("of %s: %s", of, diff)
		}
	}
}
