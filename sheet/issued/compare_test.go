package issued_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/quantity"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
	"ziping/template"
)

const form = "绩效自评表" // the sheet

// project is a project as it is issued: its indicators stand in rows 13 to 17 of
// the Shanghai form, 总分 in row 18.
func project() *sheet.Table {
	t := &sheet.Table{
		Year: sheet.N(2021), Project: sheet.T("展厅运营经费"), Department: sheet.T("科创办"), Implementer: sheet.T("科创办"), MoneyUnit: sheet.T("万元"),
		Funds: []sheet.Fund{{Source: sheet.T("当年财政拨款"), InitialBudget: sheet.N(1121.92), Budget: sheet.N(1121.92)}},
		Goal:  sheet.Goal{Expected: sheet.T("发挥展示功能，\n培育创新氛围")},
	}
	for _, x := range [][4]string{
		{"产出指标", "数量指标", "接待团组数", "≥95%"}, {"产出指标", "质量指标", "团组类型", "≥95%"}, {"产出指标", "时效指标", "响应度", "≥95%"},
		{"效益指标", "社会效益指标", "参展商数", "≥50 家"}, {"满意度指标", "服务对象满意度指标", "满意度", "≥95%"},
	} {
		t.Indicators = append(t.Indicators, sheet.Indicator{Level1: sheet.T(x[0]), Level2: sheet.T(x[1]), Level3: sheet.T(x[2]), Target: sheet.T(x[3]), Weight: sheet.N(18)})
	}
	return t
}

func issue(t testing.TB, layout string, p *sheet.Table, key string) []byte {
	t.Helper()
	l, err := template.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	d, err := template.NewDrawer(l, "")
	if err != nil {
		t.Fatal(err)
	}
	d.Key = []byte(key)
	b, err := d.Draw(p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// noticed returns what is noticed about the forms of a workbook, a line each.
func noticed(t testing.TB, b []byte, o issued.Options) []string {
	t.Helper()
	found, err := read.FormsWith(b, o)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range found {
		for _, n := range f.Table.Notices {
			if n.Kind == sheet.NoticeOutdated { // the tests change cells and calculate nothing
				continue
			}
			lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s：%q→%q", n.Kind, n.Cell, n.Field, n.Issued, n.Now)), " "))
		}
	}
	return lines
}

// steps makes one change of several.
func steps(list ...func(*excelize.File) error) func(*excelize.File) error {
	return func(f *excelize.File) error {
		for _, step := range list {
			if err := step(f); err != nil {
				return err
			}
		}
		return nil
	}
}

func set(ref string, v any) func(*excelize.File) error {
	return func(f *excelize.File) error { return f.SetCellValue(f.GetSheetName(0), ref, v) }
}

func setFormula(ref, formula string) func(*excelize.File) error {
	return func(f *excelize.File) error { return f.SetCellFormula(f.GetSheetName(0), ref, formula) }
}

func insert(row int) func(*excelize.File) error {
	return func(f *excelize.File) error { return f.InsertRows(f.GetSheetName(0), row, 1) }
}

func remove(row int) func(*excelize.File) error {
	return func(f *excelize.File) error { return f.RemoveRow(f.GetSheetName(0), row) }
}

// swap exchanges the values of two rows from column D on, as a person who cuts
// and pastes does.
func swap(a, b int) func(*excelize.File) error {
	return func(f *excelize.File) error {
		for _, col := range "DEFGHI" {
			ra, rb := fmt.Sprintf("%c%d", col, a), fmt.Sprintf("%c%d", col, b)
			va, err := f.GetCellValue(f.GetSheetName(0), ra)
			if err != nil {
				return err
			}
			vb, err := f.GetCellValue(f.GetSheetName(0), rb)
			if err != nil {
				return err
			}
			if col == 'G' {
				continue // the same weight
			}
			if err := steps(set(ra, vb), set(rb, va))(f); err != nil {
				return err
			}
		}
		return nil
	}
}

// What departments do to a workbook, and what is noticed of it.
func TestCompare(t *testing.T) {
	blank := issue(t, "shanghai", project(), "")
	for _, tt := range []struct {
		name   string
		change func(*excelize.File) error
		want   []string
	}{
		{"nothing", steps(), nil},
		{"inputs", steps(set("F13", "96%"), set("H13", 18), set("I13", "原因；措施"), set("F7", 1120.52), set("F11", "完成")), nil},
		{"a weight", set("G14", 30), []string{`锁定内容改动 G14 绩效指标[2].分值："18"→"30"`}},
		{"a target", set("E13", "≥90%"), []string{`锁定内容改动 E13 绩效指标[1].年度指标值："≥95%"→"≥90%"`}},
		{"a level", set("B13", "成本指标"), []string{`锁定内容改动 B13 绩效指标[1].一级指标："产出指标"→"成本指标"`}},
		{"a budget", set("E7", 1121.91), []string{`锁定内容改动 E7 项目资金[当年财政拨款].全年预算数："1121.92"→"1121.91"`}},
		{"a label", set("D12", "指标"), []string{`锁定内容改动 D12 ："三级指标"→"指标"`}},
		{"a text taken out", set("B11", ""), []string{`锁定内容改动 B11 年度总体目标.预期目标："发挥展示功能，\n培育创新氛围"→""`}},
		{"a number as a formula", setFormula("G14", "10+20"), []string{`锁定内容改动 G14 绩效指标[2].分值："18"→"=10+20"`}},
		{"what was empty", set("H7", "98%"), []string{`锁定内容改动 H7 项目资金[当年财政拨款].执行率：""→"98%"`}},
		{"only blanks and breaks", steps(set("B11", " 发挥展示功能， 培育创新氛围\r\n"), set("E16", "≥50家"), set("D13", "接待 团组数")), nil},
		{"numbers as texts", steps(set("G14", "18.0"), set("E7", "1,121.92"), set("A2", "(2021年度)")), []string{
			`文字形式的数字 E7 项目资金[当年财政拨款].全年预算数：""→"1,121.92"`, `文字形式的数字 G14 绩效指标[2].分值：""→"18.0"`}},
		{"another formula", setFormula("E6", "SUM(E7:E8)"), []string{`公式改动 E6 项目资金[年度资金总额].全年预算数："=SUM(E7:E9)"→"=SUM(E7:E8)"`}},
		{"the same formula", steps(setFormula("E6", " sum( $E$7 : E9 )"), setFormula("F6", "绩效自评表!F7+0")), []string{`公式改动 F6 项目资金[年度资金总额].全年执行数："=SUM(F7:F9)"→"=绩效自评表!F7+0"`}},
		{"another project", set("B3", "接待经费"), []string{`项目不同 B3 项目名称："展厅运营经费"→"接待经费"`}},
		{"another year", set("A2", 2022), []string{`年度不同 A2 年度："2021"→"2022"`}},
		{"protection", func(f *excelize.File) error { return f.UnprotectSheet(form) }, []string{`保护撤销 ：""→""`}},
		{"a row inserted", steps(insert(15), set("D15", "新指标"), set("E15", "≥1 次"), set("G15", 5)),
			[]string{`插入行 D15 绩效指标[3].三级指标：""→"第 15 行"`}},
		{"a row inserted, a weight below it", steps(insert(15), set("D15", "新指标"), set("G18", 13)),
			[]string{`插入行 D15 绩效指标[3].三级指标：""→"第 15 行"`, `锁定内容改动 G18 绩效指标[6].分值："18"→"13"`}},
		{"a blank row inserted", insert(15), []string{`插入行 C15 ：""→"第 15 行"`}},
		{"a row inserted above the total", steps(insert(18), set("D18", "新指标"), set("G18", 5)),
			[]string{`插入行 D18 绩效指标[6].三级指标：""→"第 18 行"`}},
		{"rows inserted", steps(insert(14), insert(14), set("D14", "一"), set("D15", "二")), []string{`插入行 D14 绩效指标[2].三级指标：""→"第 14–15 行"`}},
		{"a row inserted, the formulas left behind", steps(insert(15), set("D15", "新指标"), setFormula("G19", "ROUND(G6+SUM(G13:G17),2)")),
			[]string{`插入行 D15 绩效指标[3].三级指标：""→"第 15 行"`, `公式改动 G19 总分.分值："=ROUND(G6+SUM(G13:G18),2)"→"=ROUND(G6+SUM(G13:G17),2)"`}},
		{"the levels repeated in every row", steps(
			func(f *excelize.File) error { return f.UnmergeCell(f.GetSheetName(0), "B13", "B15") }, set("B14", "产出指标"), set("B15", "产出指标")), nil},
		{"empty rows above the form", steps(insert(1), insert(1)), nil},
		{"the last row removed", remove(17), []string{`删除行 ："第 17 行：满意度指标、服务对象满意度指标、满意度、≥95%、18"→""`}},
		{"a row removed", remove(16), []string{`删除行 ："第 16 行：效益指标、社会效益指标、参展商数、≥50 家、18"→""`}},
		{"a row emptied", steps(set("B16", nil), set("C16", nil), set("D16", nil), set("E16", nil), set("G16", nil)),
			[]string{`删除行 B16 ："第 16 行：效益指标、社会效益指标、参展商数、≥50 家、18"→""`}},
		{"a remark below", steps(set("A19", "填表人：张三"), set("F19", "电话：021")), nil},
		{"the label of the total", set("A18", "合计分"), []string{`锁定内容改动 A18 ："总分"→"合计分"`}},
		{"the total removed", remove(18), []string{`删除行 ："第 18 行：总分"→""`}},
		{"the heads of the indicators", set("D12", "名称"), []string{`锁定内容改动 D12 ："三级指标"→"名称"`}},
		{"another sheet name", func(f *excelize.File) error { return f.SetSheetName(f.GetSheetName(0), "Sheet1") }, nil},
		{"another sheet name and a weight", steps(set("G14", 30), func(f *excelize.File) error { return f.SetSheetName(f.GetSheetName(0), "Sheet1") }), []string{`锁定内容改动 G14 绩效指标[2].分值："18"→"30"`}},
		{"a column inserted", func(f *excelize.File) error { return f.InsertCols(f.GetSheetName(0), "A", 1) }, []string{`表式不同 ：""→""`}},
		{"a column inserted in the middle", func(f *excelize.File) error { return f.InsertCols(f.GetSheetName(0), "F", 1) }, []string{`表式不同 ：""→""`}},
		{"a column removed", func(f *excelize.File) error { return f.RemoveCol(f.GetSheetName(0), "C") }, []string{`表式不同 ：""→""`}},
		{"every target and weight", steps(set("E13", "≥1"), set("E14", "≥2"), set("E15", "≥3"), set("E16", "≥4"), set("E17", "≥5"),
			set("G13", 1), set("G14", 2), set("G15", 3), set("G16", 4), set("G17", 5), set("D13", "一"), set("D14", "二")), everyTarget},
		{"another sheet beside it", func(f *excelize.File) error {
			_, err := f.NewSheet("附件")
			return errorsOf(err, f.SetCellStr("附件", "A1", "说明"))
		}, nil},
		{"the record removed", func(f *excelize.File) error { return f.DeleteSheet(issued.RecordSheet) }, []string{`记录缺失 ：""→""`}},
		{"the record emptied", func(f *excelize.File) error { return f.SetCellStr(issued.RecordSheet, "A1", "") }, []string{`记录损坏 ：""→""`}},
		{"the record cut", func(f *excelize.File) error { return f.SetCellStr(issued.RecordSheet, "A1", `{"layout":"shanghai"`) }, []string{`记录损坏 ：""→""`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := noticed(t, sheettest.Edited(t, blank, tt.change), issued.Options{})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

var everyTarget = []string{
	`锁定内容改动 D13 绩效指标[1].三级指标："接待团组数"→"一"`, `锁定内容改动 E13 绩效指标[1].年度指标值："≥95%"→"≥1"`, `锁定内容改动 G13 绩效指标[1].分值："18"→"1"`,
	`锁定内容改动 D14 绩效指标[2].三级指标："团组类型"→"二"`, `锁定内容改动 E14 绩效指标[2].年度指标值："≥95%"→"≥2"`, `锁定内容改动 G14 绩效指标[2].分值："18"→"2"`,
	`锁定内容改动 E15 绩效指标[3].年度指标值："≥95%"→"≥3"`, `锁定内容改动 G15 绩效指标[3].分值："18"→"3"`,
	`锁定内容改动 E16 绩效指标[4].年度指标值："≥50 家"→"≥4"`, `锁定内容改动 G16 绩效指标[4].分值："18"→"4"`,
	`锁定内容改动 E17 绩效指标[5].年度指标值："≥95%"→"≥5"`, `锁定内容改动 G17 绩效指标[5].分值："18"→"5"`,
}

func errorsOf(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// Rows that change places are found in the new ones.
func TestCompareMovedRows(t *testing.T) {
	p := project()
	p.Indicators[1].Level2, p.Indicators[2].Level2 = p.Indicators[0].Level2, p.Indicators[0].Level2
	blank := issue(t, "shanghai", p, "")
	got := noticed(t, sheettest.Edited(t, blank, swap(14, 15)), issued.Options{})
	want := []string{`移动行 D15 绩效指标[3].三级指标："第 14 行"→"第 15 行"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got = noticed(t, sheettest.Edited(t, blank, steps(swap(14, 15), insert(14), set("D14", "新"), set("G18", 8), remove(17))), issued.Options{})
	want = []string{
		`移动行 D16 绩效指标[4].三级指标："第 14 行"→"第 16 行"`,
		`插入行 D14 绩效指标[2].三级指标：""→"第 14 行"`,
		`删除行 ："第 16 行：效益指标、社会效益指标、参展商数、≥50 家、18"→""`,
		`锁定内容改动 G17 绩效指标[5].分值："18"→"8"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// In a form that is issued without its indicators, rows in which nothing is
// locked may be anywhere.
func TestCompareBlankForm(t *testing.T) {
	for _, layout := range template.Names() {
		blank := issue(t, layout, new(sheet.Table), "")
		found, err := read.FormsWith(blank, issued.Options{})
		if err != nil || len(found[0].Table.Notices) > 0 {
			t.Fatal(found, err)
		}
		// The row below the first indicator row has nothing but cells to fill in.
		first := firstIndicator(t, blank)
		fill := func(f *excelize.File) error {
			return errorsOf(f.SetCellValue(f.GetSheetName(0), fmt.Sprintf("D%d", first), "甲"), f.SetCellValue(f.GetSheetName(0), fmt.Sprintf("D%d", first+1), "乙"))
		}
		for _, tt := range []struct {
			name   string
			change func(*excelize.File) error
			kinds  string
		}{
			{"filled in", fill, ""},
			{"inserted", steps(fill, insert(first+1), set(fmt.Sprintf("D%d", first+1), "丙")), "插入行"},
			{"removed", steps(fill, remove(first+1)), "删除空行"},
			{"removed empty", remove(first + 1), "删除空行"},
		} {
			var kinds []string
			for _, line := range noticed(t, sheettest.Edited(t, blank, tt.change), issued.Options{}) {
				kind, _, _ := strings.Cut(line, " ")
				kinds = append(kinds, kind)
			}
			if got := strings.Join(kinds, " "); got != tt.kinds {
				t.Errorf("%s, %s: %q, want %q", layout, tt.name, got, tt.kinds)
			}
		}
	}
}

// firstIndicator returns the row below the heads of 绩效指标.
func firstIndicator(t *testing.T, b []byte) int {
	t.Helper()
	row := 0
	sheettest.Edited(t, b, func(f *excelize.File) error {
		cells, err := f.SearchSheet(f.GetSheetName(0), "三级指标")
		if err == nil {
			_, row, err = excelize.CellNameToCoordinates(cells[0])
		}
		return err
	})
	return row + 1
}

// copyForm copies the values of a form over another one, or below it.
func copyForm(t *testing.T, from, to []byte, name string, below int) []byte {
	t.Helper()
	return sheettest.Edited(t, to, func(f *excelize.File) error {
		src, err := excelize.OpenReader(bytes.NewReader(from))
		if err != nil {
			return err
		}
		defer src.Close()
		if i, err := f.GetSheetIndex(name); err != nil || i < 0 {
			if _, err := f.NewSheet(name); err != nil {
				return err
			}
		}
		rows, err := src.GetRows(src.GetSheetName(0), excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		for r := range rows {
			for c := range 9 {
				ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
				target, _ := excelize.CoordinatesToCellName(c+1, r+1+below)
				v, err := src.GetCellValue(src.GetSheetName(0), ref, excelize.Options{RawCellValue: true})
				if err != nil {
					return err
				}
				if n, _, ok := quantity.ParseNumber(v); ok {
					err = f.SetCellValue(name, target, n)
				} else {
					err = f.SetCellValue(name, target, v)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// A form of another project in a workbook is one notice, whatever else differs.
func TestCompareOtherForms(t *testing.T) {
	other := project()
	other.Project, other.Goal.Expected = sheet.T("接待经费"), sheet.T("接待")
	for i := range other.Indicators {
		other.Indicators[i].Level3, other.Indicators[i].Target = sheet.T(fmt.Sprintf("接待%d", i)), sheet.T(fmt.Sprintf("≥%d 次", i))
	}
	mine, others := issue(t, "shanghai", project(), ""), issue(t, "shanghai", other, "")
	if got, want := noticed(t, copyForm(t, others, mine, form, 0), issued.Options{}), []string{`项目不同 B3 项目名称："展厅运营经费"→"接待经费"`}; !cmp.Equal(got, want) {
		t.Errorf("pasted over it: %s", got)
	}
	const added = `另加的表 ：""→""`
	if got, want := noticed(t, copyForm(t, others, mine, "接待", 0), issued.Options{}), []string{added}; !cmp.Equal(got, want) {
		t.Errorf("pasted beside it: %s", got)
	}
	key := []byte("0123456789abcdef")
	if got, want := noticed(t, copyForm(t, others, mine, "接待", 0), issued.Options{Key: key}), []string{`记录无防伪码 ：""→""`, added}; !cmp.Equal(got, want) {
		t.Errorf("pasted beside it, with a key: %s", got)
	}
	if got, want := noticed(t, copyForm(t, others, mine, form, 20), issued.Options{}), []string{added}; !cmp.Equal(got, want) {
		t.Errorf("pasted below it: %s", got)
	}
	mine = sheettest.Edited(t, mine, set("G14", 30))
	if got := noticed(t, copyForm(t, others, mine, form, 20), issued.Options{}); len(got) != 2 || !strings.Contains(got[0], "G14") {
		t.Errorf("pasted below it, and a weight: %s", got)
	}
	if got := noticed(t, copyForm(t, others, mine, "接待", 0), issued.Options{}); len(got) != 2 || !strings.Contains(got[0], "G14") {
		t.Errorf("pasted beside it, and a weight: %s", got)
	}
	hidden := sheettest.Edited(t, copyForm(t, others, mine, "接待", 0), func(f *excelize.File) error {
		i, err := f.GetSheetIndex("接待")
		f.SetActiveSheet(i)
		return errors.Join(err, f.SetSheetVisible(f.GetSheetName(0), false))
	})
	if got, want := noticed(t, hidden, issued.Options{}), `隐藏的表 ：""→"`+form+`"`; !slices.Contains(got, want) {
		t.Errorf("hidden: %s", got)
	}
	// Only a word of the name was changed: the rest is compared all the same.
	both := sheettest.Edited(t, issue(t, "shanghai", project(), ""), steps(set("B3", "展厅运营费"), set("G14", 30)))
	if got := noticed(t, both, issued.Options{}); len(got) != 2 {
		t.Errorf("the name and a weight: %s", got)
	}
}

// A workbook that ziping did not issue has no notice; with a key it has one, as
// nothing can be said of it.
func TestCompareForeign(t *testing.T) {
	foreign := copyForm(t, issue(t, "shanghai", project(), ""), sheettest.Edited(t, emptyWorkbook(t), steps()), form, 0)
	if got := noticed(t, foreign, issued.Options{}); len(got) > 0 {
		t.Errorf("%s", got)
	}
	if got, want := noticed(t, foreign, issued.Options{Key: []byte("0123456789abcdef")}), []string{`没有记录 ：""→""`}; !cmp.Equal(got, want) {
		t.Errorf("with a key: %s", got)
	}
}

func emptyWorkbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCompareVersion(t *testing.T) {
	blank := issue(t, "shanghai", project(), "")
	for version, want := range map[int][]string{0: nil, 1: nil, 2: {`版式过时 ："1"→"2"`}} {
		if got := noticed(t, blank, issued.Options{Version: func(layout string) int { return map[string]int{"shanghai": version, "ministry": 9}[layout] }}); !cmp.Equal(got, want) {
			t.Errorf("version %d: %s", version, got)
		}
	}
}

// Formulas that share one are compared as they read in their cells; one that
// nobody can read is no issued one.
func TestSharedFormulas(t *testing.T) {
	blank := issue(t, "shanghai", project(), "")
	parts := sheettest.Parts(t, blank)
	const name = "xl/worksheets/sheet1.xml"
	for _, tt := range []struct {
		d6, e6 string
		want   []string
	}{
		{`<f t="shared" ref="D6:E6" si="0">SUM(D7:D9)</f>`, `<f t="shared" si="0"/>`, nil},
		{`<f t="shared" ref="D6:E6" si="0">SUM(D7:D8)</f>`, `<f t="shared" si="0"/>`, []string{
			`公式改动 D6 项目资金[年度资金总额].年初预算数："=SUM(D7:D9)"→"=SUM(D7:D8)"`, `公式改动 E6 项目资金[年度资金总额].全年预算数："=SUM(E7:E9)"→"=SUM(E7:E8)"`}},
		{`<f>SUM(D7:D9)</f>`, `<f t="shared" si="0"/>`, []string{`公式改动 E6 项目资金[年度资金总额].全年预算数："=SUM(E7:E9)"→"没有写明的公式（共用的公式无法展开，或者是模拟运算表）"`}},
		{`<f>SUM(D7:D9)</f>`, `<f t="dataTable" ref="E6" r1="A1"/>`, []string{`公式改动 E6 项目资金[年度资金总额].全年预算数："=SUM(E7:E9)"→"没有写明的公式（共用的公式无法展开，或者是模拟运算表）"`}},
		{`<f>SUM(D7:D9)</f>`, `<f/>`, []string{`公式改动 E6 项目资金[年度资金总额].全年预算数："=SUM(E7:E9)"→"没有写明的公式（共用的公式无法展开，或者是模拟运算表）"`}},
	} {
		changed := maps.Clone(parts)
		for formula, now := range map[string]string{"<f>SUM(D7:D9)</f>": tt.d6, "<f>SUM(E7:E9)</f>": tt.e6} {
			if !strings.Contains(parts[name], formula) {
				t.Fatalf("no %s", formula)
			}
			changed[name] = strings.Replace(changed[name], formula, now, 1)
		}
		if diff := cmp.Diff(tt.want, noticed(t, sheettest.Archive(t, changed), issued.Options{})); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", tt.d6, tt.e6, diff)
		}
	}
}

// TestBlankReplayed sees that a blank form which serves a project of the list is noticed,
// with its seal intact; also one whose record does not say that it is a blank.
func TestBlankReplayed(t *testing.T) {
	const key = "a key of 16 bytes or more"
	listed := issued.NewListed(project())
	named := &sheet.Table{Project: sheet.T("展厅运营经费")}
	fill := func(b []byte) []byte {
		return sheettest.Edited(t, b, func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(form, "B3", "展厅运营经费"), f.SetCellStr(form, "D14", "接待团组数"), f.SetCellStr(form, "E14", "≥90%"))
		})
	}
	older := func(b []byte) []byte {
		r := issued.Of(b, xlsx.Limits{})
		if !r.Blank {
			t.Fatal("the record of a blank does not say so")
		}
		r.Blank = false
		return sheettest.Edited(t, b, func(f *excelize.File) error {
			cells, err := r.Cells([]byte(key))
			for _, c := range cells {
				err = errors.Join(err, f.SetCellStr(issued.RecordSheet, c.Ref(), c.Text))
			}
			return err
		})
	}
	blank := issue(t, "shanghai", new(sheet.Table), key)
	for name, x := range map[string]struct {
		b      []byte
		listed *issued.Listed
		want   bool
	}{
		"blank":            {fill(blank), listed, true},
		"an older blank":   {fill(older(blank)), listed, true},
		"blank, as listed": {fill(blank), issued.NewListed(named), false},
		"its own":          {issue(t, "shanghai", project(), key), listed, false},
	} {
		found, err := read.FormsWith(x.b, issued.Options{Key: []byte(key)})
		if err != nil {
			t.Fatal(err)
		}
		table := found[0].Table
		if blank := name != "its own"; table.Noticed(sheet.NoticeBlank) != blank { // a hint, where no list says more
			t.Errorf("%s: %v", name, table.Notices)
		}
		x.listed.Compare(table)
		if table.Noticed(sheet.NoticeBlank) {
			t.Errorf("%s, with the list: %v", name, table.Notices)
		}
		if table.Noticed(sheet.NoticeForged) || table.Noticed(sheet.NoticeListedBlank) != x.want {
			t.Errorf("%s: %v", name, table.Notices)
		}
	}
}

// TestBlankChangesTarget sees that a blank inside of a number is a change, that one beside it
// is none, and that the target which was issued counts.
func TestBlankChangesTarget(t *testing.T) {
	p := project()
	p.Indicators[3].Target = sheet.T("=400 场")
	b := issue(t, "shanghai", p, "")
	for typed, changed := range map[string]bool{"=4 00 场": true, "=40\n0 场": true, "=180 场": true, "= 400场": false, "=400\n场": false} {
		found, err := read.FormsWith(sheettest.Edited(t, b, func(f *excelize.File) error { return f.SetCellStr(form, "E16", typed) }), issued.Options{})
		if err != nil {
			t.Fatal(err)
		}
		table := found[0].Table
		target := &table.Indicators[3].Target
		if table.Noticed(sheet.NoticeLocked) != changed || target.Value != typed {
			t.Errorf("%q: changed is not %v: %v", typed, changed, table.Notices)
		}
		if got := quantity.ParseTarget(target.Judged(), 2021); got.Low != 400 {
			t.Errorf("%q is judged by %q", typed, target.Judged())
		}
	}
}

// A number that was locked and says another one is judged by as it was issued, and what
// the formulas make of the other settles nothing. Renamed rows are others.
func TestIssuedNumbersCount(t *testing.T) {
	b := issue(t, "shanghai", project(), "")
	find := func(change func(*excelize.File) error) *sheet.Table {
		found, err := read.FormsWith(sheettest.Edited(t, b, change), issued.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return found[0].Table
	}
	judged := func(n *sheet.Number) float64 { v, _ := n.Judged(); return v }

	f := find(steps(set("G16", 30), set("E7", 11219200)))
	weight, total := &f.Indicators[3].Weight, &f.Total.Weight
	if weight.Value != 30 || judged(weight) != 18 || total.Value != 112 || !total.Unsettled {
		t.Errorf("weight %+v, total %+v", weight, total)
	}
	source, whole := f.Fund("当年财政拨款"), f.Fund(sheet.WholeFund)
	if source.Budget.Value != 11219200 || judged(&source.Budget) != 1121.92 || !whole.Budget.Unsettled || !whole.Score.Unsettled || !f.Total.Score.Unsettled || whole.InitialBudget.Unsettled {
		t.Errorf("%+v of %+v", source.Budget, whole)
	}
	if f := find(steps(set("G16", 30), set("D16", "别的指标"))); judged(&f.Indicators[3].Weight) != 30 {
		t.Errorf("the weight of another indicator is %+v", f.Indicators[3].Weight)
	}
}

// Cells that are no longer locked are noticed, also where the sheet is still protected.
func TestUnlocked(t *testing.T) {
	b := issue(t, "shanghai", project(), "")
	unlock := func(refs ...string) func(*excelize.File) error {
		return func(f *excelize.File) error {
			id, err := f.NewStyle(&excelize.Style{Protection: &excelize.Protection{Locked: false}})
			for _, ref := range refs {
				err = errors.Join(err, f.SetCellStyle(form, ref, ref, id))
			}
			return err
		}
	}
	for name, x := range map[string]struct {
		change func(*excelize.File) error
		want   string
	}{
		"none":        {steps(), ""},
		"a target":    {unlock("E16"), "E16"},
		"a formula":   {unlock("H18"), "H18"},
		"an input":    {unlock("F16"), ""},
		"several":     {unlock("A3", "G13", "G14", "E16", "H18"), "A3、G13、G14 等 5 格"},
		"moved":       {steps(insert(15), unlock("E17")), "E17"},
		"unprotected": {steps(unlock("E16"), func(f *excelize.File) error { return f.UnprotectSheet(form) }), ""},
	} {
		found, err := read.FormsWith(sheettest.Edited(t, b, x.change), issued.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, n := range found[0].Table.Notices {
			if n.Kind == sheet.NoticeUnlocked {
				got = n.Now
			}
		}
		if got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}
