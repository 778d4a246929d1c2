package read

import (
	"strings"
	"testing"

	"ziping/sheet"
	"ziping/sheet/sheettest"
)

// worded is a form whose headings are to be put in other words.
const worded = `
A1 项目支出绩效自评表
A2 （2021年度）
A3 项目名称
B3 道路维护
A4 主管部门
B4 市交通局
F4 实施单位
G4 市道路所
A5 项目资金（万元）
D5 年初预算数
E5 全年预算数
F5 全年执行数
G5 分值
H5 执行率
I5 得分
B6 年度资金总额
D6 #500
E6 #480
F6 #470
G6 #10
H6 97.92%
I6 #9.79
A10 年度总体目标
B10 预期目标
F10 实际完成情况
B11 维护道路
F11 已维护道路
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
D13 维护里程
E13 ≥20公里
F13 19公里
G13 #50
H13 #47.5
I13 下雨
A16 总分
G16 #100
H16 #94.5
`

// What a form says does not hang on which of the words published forms print.
func TestReadWords(t *testing.T) {
	want := strings.Join(asWritten(readOne(t, worded)), "\n")
	for _, c := range []struct{ at, words string }{
		{"A3", "项目（专项）名称 二级项目名称 政策（项目）名称 转移支付名称"},
		{"A4", "部门名称 主管预算单位 一级预算部门 省级主管部门"},
		{"F4", "填报单位 单位名称 项目负责单位 使用单位"},
		{"D5", "年初批复数 年初预算批复数 年初安排数"},
		{"E5", "全年（调整）预算数 全年(调整)预算数（A） 全年调整预算数 预算调整数 全年预算数A"},
		{"F5", "全年实际执行数 年度执行数 资金执行数 全年支出 实际支出金额 全年执行数B"},
		{"G5", "满分 标准分 赋分"},
		{"H5", "全年执行率 支出进度 执行进度 执行率B/A"},
		{"I5", "执行率得分 预算执行率得分 实得分"},
		{"B6", "年度总金额 年度财政资金总额 年度预算总额 总金额 项目总金额"},
		{"B10", "年初绩效目标 设定目标 申报目标 计划目标"},
		{"F10", "完成情况 全年目标实际完成情况"},
		{"E12", "预期值 年初设定指标值 全年指标值 预期目标值"},
		{"F12", "实际完成情况 完成情况 指标完成情况 年度完成值 自评完成值"},
		{"G12", "满分 标准分 赋分"},
		{"H12", "指标得分 得分情况 实得分 评分 单位自评分"},
		{"I12", "偏差原因分析及整改措施 偏差原因分析及下一步改进措施 未完成原因及拟采取的改进措施 原因分析 偏差原因说明 原因说明 扣分原因 扣分说明 改进措施 情况说明 备注"},
		{"A16", "自评得分 得分合计 合计得分 综合得分 绩效自评得分"},
	} {
		for _, word := range strings.Fields(c.words) {
			got := strings.Join(asWritten(readOne(t, put(worded, c.at, word))), "\n")
			if got != want {
				t.Errorf("%s prints %s: read\n%s\nwant\n%s", c.at, word, got, want)
			}
		}
	}
}

// A word that is a label in one part of the form is a text in the others.
func TestReadWordsElsewhere(t *testing.T) {
	for _, word := range []string{"综合得分", "评分", "完成情况", "原因分析", "总金额", "单位名称"} {
		table := readOne(t, put(worded, "D13", word))
		if len(table.Indicators) != 1 || table.Indicators[0].Level3.Value != word || table.Total.Score.Value != 94.5 {
			t.Errorf("an indicator %s is read as %v", word, asWritten(table))
		}
	}
}

// A part of 当年财政拨款 keeps its own name; without a row for the whole of it,
// the part is that.
func TestReadPartOfSource(t *testing.T) {
	part := "B8 其中：本年一般公共预算拨款\nE8 #280\n"
	for _, c := range []struct{ above, want string }{
		{"", "年度资金总额 当年财政拨款"},
		{"B7 其中：当年财政拨款\nE7 #380\n", "年度资金总额 当年财政拨款 本年一般公共预算拨款"},
	} {
		var got []string
		for _, x := range readOne(t, worded+c.above+part).Funds {
			got = append(got, x.Source.Value)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("below %q: %q, want %s", c.above, got, c.want)
		}
	}
}

// The causes and the measures may stand in two columns.
func TestReadMeasures(t *testing.T) {
	table := readOne(t, put(worded, "I12", "原因分析")+"J12 改进措施\nJ13 加强调度\n")
	if got := table.Indicators[0].Deviation.Value; got != "下雨\n加强调度" {
		t.Errorf("read %q", got)
	}
}

// The goals may have several rows, whether or not 年度总体目标 stands over them.
func TestReadGoalRows(t *testing.T) {
	for _, c := range []struct{ more, want string }{
		{"B11 1.维护\nF11 1.已维护\nB12 2.修补\nF12 2.只修补了一半", "1.维护\n2.修补|1.已维护\n2.只修补了一半"},
		{"B11 1.维护\nF11 1.已维护\nB13 2.修补", "1.维护\n2.修补|1.已维护"},
		{"B11 维护\nF11 已维护\nA12 2\nB12 修补\nF12 已修补", "维护\n修补|已维护\n已修补"},
		{"B11 维护\nF11 已维护\nA12 实施内容\nB12 修补\nF12 已修补", "维护|已维护"},
		{"B11 维护\nF11 已维护\nA12 注：另附", "维护|已维护"},
	} {
		lines := strings.ReplaceAll(worded, "B11 维护道路\nF11 已维护道路\n", c.more+"\n")
		head := strings.Index(lines, "A12 绩效指标")
		lines = lines[:head] + strings.NewReplacer("13 ", "23 ", "12 ", "22 ", "16 ", "26 ").Replace(lines[head:])
		goal := readOne(t, lines).Goal
		if got := goal.Expected.Value + "|" + goal.Actual.Value; got != c.want {
			t.Errorf("%s: read %q, want %q", c.more, got, c.want)
		}
	}
}

// The score of 总分 stands under its column, beside its label, or under a label of
// its own.
func TestReadTotal(t *testing.T) {
	rows := worded[:strings.Index(worded, "A16")]
	for _, c := range []struct{ total, want string }{
		{"A16 总分\nG16 #100\nH16 #94.5", "100 94.5"},
		{"A16 总分\nB16:I16 #94.5", " 94.5"},
		{"A16 绩效自评得分\nB16:I16 #94.5", " 94.5"},
		{"A16 总分\nB16 #94.5\nC16 等级\nD16 优", " 94.5"},
		{"A16 总分\nG16 总分值\nH16 总得分\nI16 自评等级\nG17 #100\nH17 #94.5\nI17 优", "100 94.5"},
		{"A16 总分值\nB16 #100\nC16 总得分\nD16 #94.5", "100 94.5"},
	} {
		total := readOne(t, rows+c.total).Total
		if got := sheet.Show(&total.Weight) + " " + sheet.Show(&total.Score); got != c.want || total.Weight.Problem+total.Score.Problem != "" {
			t.Errorf("%s: read %q (%s%s), want %q", c.total, got, total.Weight.Problem, total.Score.Problem, c.want)
		}
	}
}

// readOne reads the only form of a workbook of those cells.
func readOne(t *testing.T, lines string) *sheet.Table {
	t.Helper()
	found, err := Forms(sheettest.Cells(t, lines))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d forms, error %v", len(found), err)
	}
	return found[0].Table
}

// put makes another text of a cell.
func put(lines, ref, text string) string {
	before, after, _ := strings.Cut(lines, "\n"+ref+" ")
	_, after, _ = strings.Cut(after, "\n")
	return before + "\n" + ref + " " + text + "\n" + after
}
