package read

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/sheettest"
)

// foreign is a form as others draw it: shifted, other labels, text numbers,
// levels only in their first row.
const foreign = `
C3 项 目 支 出 绩 效 自 评 表
C4 （2022年度）
C5 项目名称：
D5:K5 甲项目
C6 主管部门及代码
D6 甲局
H6 项目\n实施单位
I6 乙中心
C7:C10 项目资金\n（元）
F7 年初预算
G7 全年预算数\n(A)
H7 全年执行数(B)
I7 分值
J7 执行率(B/A)
K7 得分
D8 年度资金总额
F8 215,457.6
G8 #215457.6
H8 ２００，０００
I8 10
J8 92.83
K8 9.28分
D9 其中：本年财政拨款
F9 —
G9 215457.6
H9 200000
I9 —
J9 /
K9 —
D10 其它资金
C11 年度总体目标
D11:G11 年初设定目标
H11:K11 全年实际完成情况
D12:G12 目标
H12:K12 完成
C13 绩效指标
D13 一级指标
E13 二级指标
F13 三级指标
G13 年度指标值
H13 全年实际值
I13 分值
J13 得分
K13 未完成原因分析及改进措施
D14 产出指标\n（50分）
E14 数量指标
F14 甲
G14 ≥10次
H14 #12
I14 #50
J14 五十
F15 乙
G15 ≥5次
I15 0
E16 质量指标
F16 丙
I16 x
D17 效益\n指标
E17 社会效益指标
F17 丁
J17 =1/0
C19 总 分
I19 #100
J19 #59.28
`

func TestReadForeign(t *testing.T) {
	found, err := Forms(sheettest.Cells(t, foreign))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 {
		t.Fatalf("%d forms", len(found))
	}
	var got strings.Builder
	for path, v := range found[0].Table.All() {
		if at := v.At(); v.Any() != nil || at.Problem != "" {
			fmt.Fprintf(&got, "%s %s = %q %s\n", at.Ref, path, sheet.Show(v), at.Problem)
		}
	}
	want := `C4 年度 = "2022" 
D5 项目名称 = "甲项目" 
D6 主管部门 = "甲局" 
I6 实施单位 = "乙中心" 
C7 金额单位 = "元" 
D8 项目资金[年度资金总额].资金来源 = "年度资金总额" 
F8 项目资金[年度资金总额].年初预算数 = "215457.6" 
G8 项目资金[年度资金总额].全年预算数 = "215457.6" 
H8 项目资金[年度资金总额].全年执行数 = "200000" 
I8 项目资金[年度资金总额].分值 = "10" 
J8 项目资金[年度资金总额].执行率 = "92.83%" 
K8 项目资金[年度资金总额].得分 = "9.28" 
D9 项目资金[当年财政拨款].资金来源 = "当年财政拨款" 
G9 项目资金[当年财政拨款].全年预算数 = "215457.6" 
H9 项目资金[当年财政拨款].全年执行数 = "200000" 
D12 年度总体目标.预期目标 = "目标" 
H12 年度总体目标.实际完成情况 = "完成" 
D14 绩效指标[1].一级指标 = "产出指标" 
E14 绩效指标[1].二级指标 = "数量指标" 
F14 绩效指标[1].三级指标 = "甲" 
G14 绩效指标[1].年度指标值 = "≥10次" 
H14 绩效指标[1].实际完成值 = "12" 
I14 绩效指标[1].分值 = "50" 
J14 绩效指标[1].得分 = "" 应为数字，填报为“五十”
D15 绩效指标[2].一级指标 = "产出指标" 
E15 绩效指标[2].二级指标 = "数量指标" 
F15 绩效指标[2].三级指标 = "乙" 
G15 绩效指标[2].年度指标值 = "≥5次" 
I15 绩效指标[2].分值 = "0" 
D16 绩效指标[3].一级指标 = "产出指标" 
E16 绩效指标[3].二级指标 = "质量指标" 
F16 绩效指标[3].三级指标 = "丙" 
I16 绩效指标[3].分值 = "" 应为数字，填报为“x”
D17 绩效指标[4].一级指标 = "效益指标" 
E17 绩效指标[4].二级指标 = "社会效益指标" 
F17 绩效指标[4].三级指标 = "丁" 
J17 绩效指标[4].得分 = "" 公式出错：#DIV/0!
I19 总分.分值 = "100" 
J19 总分.得分 = "59.28" 
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
}

// Several forms in one workbook: below each other and on several sheets, a
// list of projects among them, which is none.
func TestReadSeveral(t *testing.T) {
	const form = `A%d 项目名称
		B%d 项目%d
		D%d 年初预算数
		E%d 全年预算数
		C%d 年度资金总额
		E%d #%d`
	at := func(row, n int) string {
		return fmt.Sprintf(form, row, row, n, row+1, row+1, row+2, row+2, n)
	}
	f := excelize.NewFile()
	defer f.Close()
	sheettest.Place(t, f, "Sheet1", at(2, 1)+"\n"+at(10, 2))
	for _, name := range []string{"清单", "第二", "隐藏"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	sheettest.Place(t, f, "清单", "A1 序号\nB1 项目名称\nC1 主管部门\nD1 年初预算数\nE1 全年预算数\nA2 #1\nB2 项目1")
	sheettest.Place(t, f, "第二", at(5, 3))
	sheettest.Place(t, f, "隐藏", at(5, 4))
	if err := f.SetSheetVisible("隐藏", false, true); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	found, err := Forms(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range found {
		got = append(got, fmt.Sprint(x.Sheet, " ", x.Table.Project.Value, " ", x.Table.Funds[0].Budget.Value))
	}
	if diff := cmp.Diff([]string{"Sheet1 项目1 1", "Sheet1 项目2 2", "第二 项目3 3"}, got); diff != "" {
		t.Errorf("forms (-want +got):\n%s", diff)
	}
}

func TestReadNothing(t *testing.T) {
	if _, err := Forms(sheettest.Cells(t, "A1 项目名称\nB1 甲")); !errors.Is(err, ErrNoForm) {
		t.Errorf("error %v, want %v", err, ErrNoForm)
	}
	if _, err := Forms([]byte("text")); err == nil || errors.Is(err, ErrNoForm) {
		t.Errorf("error %v, want one that says that this is no workbook", err)
	}
}

func returned(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func BenchmarkRead(b *testing.B) {
	data := returned(b)
	b.Run("ziping", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Forms(data); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("excelize", func(b *testing.B) { // only open it and get the rows
		b.ReportAllocs()
		for b.Loop() {
			f, err := excelize.OpenReader(strings.NewReader(string(data)))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := f.GetRows("Sheet1"); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
	})
}

// FuzzForm scatters labels, values and merged cells over a sheet, three bytes
// each: whatever stands there, reading ends, and every value has a cell.
func FuzzForm(f *testing.F) {
	texts := []string{"项目名称", "主管部门", "实施单位", "项目资金(万元)", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分",
		"年度资金总额", "预期目标", "实际完成情况", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "偏差原因分析及改进措施",
		"总分", "(2021 年度)", "产出指标", "98.11%", "12", "—", "文字", "合计", "小计", "项目名称：甲  主管部门：乙", "单位：元", "12万元",
		"指标性质", "度量单位", "年度", "年度总体目标", "填报人：丙", "指标1："}
	f.Add([]byte("\x00\x00\x00\x01\x03\x04\x01\x04\x05\x02\x02\x0a\x04\x01\x0d\x04\x03\x0f\x04\x05\x07\x05\x03\x19\x06\x01\x13"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book := excelize.NewFile()
		defer book.Close()
		for ; len(data) >= 3; data = data[3:] {
			row, col, what := int(data[0])%40+1, int(data[1])%12+1, int(data[2])
			ref, _ := excelize.CoordinatesToCellName(col, row)
			var err error
			switch {
			case what < 0x80:
				err = book.SetCellStr("Sheet1", ref, texts[what%len(texts)])
			case what < 0xC0:
				err = book.SetCellValue("Sheet1", ref, what)
			default:
				last, _ := excelize.CoordinatesToCellName(col+what&3, row+what>>2&3)
				err = book.MergeCell("Sheet1", ref, last)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		b, err := book.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		found, err := Forms(b.Bytes())
		if err != nil && !errors.Is(err, ErrNoForm) {
			t.Fatal(err)
		}
		for _, form := range found {
			for path, v := range form.Table.All() {
				if _, _, err := excelize.CellNameToCoordinates(v.At().Ref); v.Any() != nil && err != nil {
					t.Errorf("%s = %v stands in %q", path, v.Any(), v.At().Ref)
				}
			}
		}
	})
}

// What stands right of the form is no goal, where the goals stand in columns.
func TestReadGoalBesideRemark(t *testing.T) {
	for _, below := range []string{"", "已完成维修"} {
		found, err := Forms(sheettest.Cells(t, `
			A1 财政项目支出绩效自评表
			A3 项目名称
			B3 道路维修
			D5 年初预算数
			E5 全年预算数
			F5 全年执行数
			A10:A11 年度总体目标
			B10:E10 预期目标
			F10:I10 实际完成情况
			J10 备注：已核
			B11:E11 完成维修
			F11:I11 `+below+`
			A12 绩效指标
			B12 一级指标
			C12 二级指标
			D12 三级指标
			E12 年度指标值
			F12 实际完成值
			G12 分值
			H12 得分
			D13 路段
			E13 5 条
			A14 总分`))
		if err != nil {
			t.Fatal(err)
		}
		v := found[0].Table.Goal.Actual
		if v.Value != below || v.Problem != "" {
			t.Errorf("read %q (%s), want %q", v.Value, v.Problem, below)
		}
	}
}
