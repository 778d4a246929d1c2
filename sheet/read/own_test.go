package read

import (
	"slices"
	"strings"
	"testing"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/sheettest"
)

const ownForm = `name = "sichuan"
extends = "project"
title = ["部门预算项目支出绩效自评表"]
[[field]]
name = "实施内容"
in = "表首"
label = ["*实施内容*概述"]
[[field]]
name = "原因"
in = "项目资金"
[[field]]
name = "复核分"
in = "绩效指标"
type = "数字"
[[field]]
name = "等级"
in = "总分"
[[field]]
name = "评价结论"
in = "表尾"
[[field]]
name = "财务负责人"
in = "表尾"
[[list]]
name = "年度主要任务"
[[field]]
name = "任务"
in = "年度主要任务"
[[field]]
name = "预算数"
in = "年度主要任务"
type = "数字"
label = ["预算数总额"]
[[field]]
name = "财政拨款"
in = "年度主要任务"
type = "数字"
label = ["预算数财政拨款"]
`

// ownWorkbook is a form of that kind, without its title: the labels tell.
const ownWorkbook = `
A1 (2023年度)
A2 项目名称
B2 工资
A3 2.项目实施内容及过程概述
B3 按月发放
A4:A8 年度主要任务
B4:B5 任务
C4:D4 预算数
C5 总额
D5 其中：财政拨款
B6 发放工资
C6 #100
D6 #80
B7 任务2
B8 金额合计
C8 #100
A9 项目资金(万元)
C9 年初预算数
D9 全年预算数
E9 全年执行数
F9 分值
G9 得分
H9 原因
B10 年度资金总额
C10 #100
D10 #100
E10 #80
F10 #10
G10 #8
H10:H11 人员减少
B11 其中：财政拨款
C11 #100
D11 #100
E11 #80
A12 绩效指标
B12 一级指标
C12 三级指标
D12 年度指标值
E12 实际完成值
F12 分值
G12 得分
H12 复核分
B13 产出指标
C13 发放率
D13 ≥95%
E13 98%
F13 #90
G13 #90
H13 #88.5
A14 总分
F14 #100
G14 #98
H14 等级
I14 优
A15 评价结论
B15 好
A16 项目负责人：
B16 张某
C16 财务负责人：李某
`

// readOwn reads a workbook with a form of an office's own.
func readOwn(t *testing.T, cells string) *sheet.Table {
	t.Helper()
	return readForm(t, ownForm, cells)
}

func readForm(t *testing.T, form, cells string) *sheet.Table {
	t.Helper()
	f, err := sheet.ParseForm("sichuan.toml", []byte(form))
	if err != nil {
		t.Fatal(err)
	}
	found, err := FormsWith(sheettest.Cells(t, cells), issued.Options{Forms: append(sheet.Forms(), f)})
	if err != nil || len(found) != 1 {
		t.Fatal(len(found), err)
	}
	return found[0].Table
}

// An amount with a unit in a list above 项目资金 is in that unit, and does not make it the
// form's.
func TestUnitOfList(t *testing.T) {
	form := strings.Replace(ownForm, `name = "预算数"`, `name = "全年预算数"`, 1)
	for typed, want := range map[string]string{"100万元": "", "1000000元": "表中的金额单位是万元，这里填的是“1000000元”：请换算成万元，只填数字"} {
		table := readForm(t, form, strings.Replace(ownWorkbook, "C6 #100", "C6 "+typed, 1))
		v := sheet.Lookup(&table.Lists[0].Rows[0], "全年预算数")
		if got := v.At().Problem; got != want || table.MoneyUnit.Value != "万元" {
			t.Errorf("%s: %q, 金额单位 %s", typed, got, table.MoneyUnit.Value)
		}
	}
}

func TestReadOwn(t *testing.T) {
	table := readOwn(t, ownWorkbook)
	var got []string
	common := sheet.Labels()
	for _, p := range table.Parts() {
		for f := range sheet.Fields(p.Part) {
			path := p.Path.Of(f.Label)
			if f.Value.Any() != nil && !slices.Contains(common, path.Column()) {
				got = append(got, path.String()+" "+f.Value.At().Ref+" "+sheet.Show(f.Value))
			}
		}
	}
	want := `实施内容 B3 按月发放
评价结论 B15 好
财务负责人 C16 李某
项目资金[年度资金总额].原因 H10 人员减少
绩效指标[1].复核分 H13 88.5
总分.等级 I14 优
年度主要任务[1].任务 B6 发放工资
年度主要任务[1].预算数 C6 100
年度主要任务[1].财政拨款 D6 80`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("read\n%s\nwant\n%s", s, want)
	}
	if table.Leader.Value != "张某" || len(table.Funds) != 2 || table.Funds[0].Budget.Value != 100 {
		t.Errorf("the fields of every form: 项目负责人 %q, %d rows of 项目资金", table.Leader.Value, len(table.Funds))
	}
	if p := table.Problems(); len(p) > 0 {
		t.Errorf("%+v", p)
	}
	if table.Prints("实施内容") != true {
		t.Error("实施内容 is not printed")
	}
	if without := readOwn(t, strings.Replace(ownWorkbook, "A15 评价结论", "A15 别的", 1)); without.Prints("评价结论") {
		t.Error("评价结论 is printed where it is not")
	}
}
