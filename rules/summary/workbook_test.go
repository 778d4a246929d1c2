package summary

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/returns"
	"ziping/sheet/sheettest"
)

// returnedForm is a form as it comes back.
func returnedForm(project, department string, change func(*sheet.Table)) *sheet.Table {
	t := &sheet.Table{
		Year: sheet.N(2021), Project: sheet.T(project), Department: sheet.T(department), Implementer: sheet.T(department), MoneyUnit: sheet.T("万元"),
		Funds: []sheet.Fund{{Source: sheet.T("年度资金总额"), Budget: sheet.N(200), Executed: sheet.N(150), Weight: sheet.N(10), Score: sheet.N(7.5)}},
		Indicators: []sheet.Indicator{
			{Level1: sheet.T("产出指标"), Score: sheet.N(20)}, {Level1: sheet.T("产出指标"), Score: sheet.N(29.5)},
			{Level1: sheet.T("效益指标"), Score: sheet.N(30)}, {Level1: sheet.T("满意度指标"), Score: sheet.N(9)},
		},
		Total: sheet.Total{Score: sheet.N(96)},
	}
	if change != nil {
		change(t)
	}
	return t
}

// fileOf is a workbook with forms, of which the first has the findings.
func fileOf(name string, findings []rules.Finding, forms ...*sheet.Table) report.File {
	f := report.File{Name: name}
	for i, form := range forms {
		t := report.Table{Project: form.Project.Value, Sheet: fmt.Sprintf("Sheet%d", i+1), Form: form}
		if form.Total.Score.Known {
			t.SetTotal(&form.Total.Score.Value)
		}
		if i == 0 {
			t.Findings = findings
		}
		f.Tables = append(f.Tables, t)
	}
	return f
}

func scored(total float64) func(*sheet.Table) {
	return func(t *sheet.Table) { t.Total.Score = sheet.N(total) }
}

func in(unit string) func(*sheet.Table) {
	return func(t *sheet.Table) { t.MoneyUnit = sheet.T(unit) }
}

// hostileTexts are texts that a spreadsheet would run, and others that it could not
// hold.
var hostileTexts = []string{"=1+1", "@SUM(A1)", "+A1", "-1", "'x", "=HYPERLINK(\"http://a\",\"b\")", "a\x00b\x1b[31m\u202e", "_x0041_", "<b>&\"'", " 前后空格 ", "两\n行\r\n", "1e5", "2021-01-01"}

// hostileFindings are findings with such texts in them.
func hostileFindings() []rules.Finding {
	var list []rules.Finding
	for _, s := range hostileTexts {
		list = append(list, rules.Finding{Rule: "point-off", Severity: rules.Info, Cell: s, Field: sheet.ParsePath(s), Message: s, Value: s, Suggest: s, Basis: s})
	}
	long := strings.Repeat("很长𠮷", 20000)
	return append(list, rules.Finding{Rule: "=1+1", Severity: rules.Warning, Message: long, Value: long})
}

// wholeRun is a run with everything in it.
func wholeRun() []report.File {
	files := []report.File{
		fileOf("甲/一.xlsx", []rules.Finding{rateFinding, proportionFinding, measureFinding}, returnedForm("一", "甲局", nil)),
		fileOf("甲/二 #1 100%.xlsx", []rules.Finding{pointOffFinding}, returnedForm("二", "甲 局", scored(85)), returnedForm("二之二", "甲局", scored(59.99))),
		fileOf("甲/一-改.xlsx", nil, returnedForm("一 ", "甲局", scored(90))),
		fileOf("乙/三.xlsx", nil, returnedForm("三（新）", "乙*局", func(t *sheet.Table) {
			t.MoneyUnit = sheet.T("元")
			t.Funds[0].Budget, t.Funds[0].Executed = sheet.N(1234567.89), sheet.N(1234567.88)
			t.Code = sheet.T("0042")
		})),
		fileOf("乙/四.xlsx", nil, returnedForm("四", "乙x局", in("亿元"))),
		fileOf("乙/五.xlsx", nil, returnedForm("五", ">乙局?~", in(""))),
		fileOf("丙/六.xlsx", hostileFindings(), returnedForm("=1+1", "", func(t *sheet.Table) {
			t.Total, t.Funds, t.Implementer = sheet.Total{}, nil, sheet.T("@SUM(A1)")
			t.Indicators = append(t.Indicators, sheet.Indicator{Score: sheet.N(1)}, sheet.Indicator{Level1: sheet.T("总分"), Score: sheet.N(1)})
		})),
		fileOf("丁/\"引\".xlsx", nil, returnedForm("八", "丁局", func(t *sheet.Table) { t.Funds[0].Budget = sheet.N(0) })),
		{Name: "丁/坏.xlsx", Err: errors.New("丁/坏.xlsx：不是 xlsx 工作簿")},
	}
	for i := range 12 {
		files = append(files, fileOf(fmt.Sprintf("丁/%d.xlsx", i), nil, returnedForm(fmt.Sprintf("丁%d", i), "丁局", func(t *sheet.Table) {
			t.Total.Score = sheet.N(float64(55 + 4*i))
			t.Indicators[3].Level1 = sheet.T(fmt.Sprintf("自设指标%d", i))
		})))
	}
	return files
}

// expected is a project list for it: it lacks 二之二 and has four that did not come.
func expected() []returns.Identity {
	list := []returns.Identity{{Year: 2021, Name: "二"}}
	for _, f := range wholeRun() {
		for _, t := range f.Tables {
			switch x := returns.Of(t.Form); x.Name {
			case "二", "二之二", "一 ":
			default:
				list = append(list, x)
			}
		}
	}
	return append(list, returns.Identity{Year: 2021, Name: "四甲", Department: "乙x局"}, returns.Identity{Year: 2021, Name: "没有交", Department: "戊局"}, returns.Identity{Year: 2021, Name: "五", Department: "庚局"}, returns.Identity{Year: 2022, Name: "八", Department: "丁局"})
}

// settled says of each form whether it counts, and of each listed project whether one
// came.
func settled(files []report.File, list []returns.Identity) []Listed {
	var all []returns.Return
	for _, f := range files {
		for _, t := range f.Tables {
			all = append(all, returns.Return{Identity: returns.Of(t.Form), File: f.Name})
		}
	}
	r := returns.Settle(list, len(all), func(i int) returns.Return { return all[i] })
	n := 0
	for i := range files {
		for j := range files[i].Tables {
			t := &files[i].Tables[j]
			t.Standing, t.Reason = r.Standings[n].String(), r.Reasons[n]
			if l := r.Listed[n]; l >= 0 {
				t.Listed = list[l]
			}
			n++
		}
	}
	if list == nil {
		return nil
	}
	listed := make([]Listed, len(list))
	for i, x := range list {
		listed[i] = Listed{x, r.Returned[i], r.Missing[i]}
	}
	return listed
}

func makeWorkbook(t *testing.T, files []report.File, projects []returns.Identity) ([]byte, Counts) {
	t.Helper()
	w := New(Options{Rules: testRules, Listed: settled(files, projects), Link: func(file string) string { return "../" + file }})
	defer w.Close()
	for _, f := range files {
		if err := w.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	return written(t, w)
}

func openBook(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// rowsOf returns the raw values of a sheet.
func rowsOf(t *testing.T, f *excelize.File, name string) [][]string {
	t.Helper()
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// columnOf returns what stands below a head.
func columnOf(t *testing.T, rows [][]string, name string) []string {
	t.Helper()
	col := slices.Index(rows[book.HeadRow-1], name)
	if col < 0 {
		t.Fatalf("no column %s in %v", name, rows[book.HeadRow-1])
	}
	var list []string
	for _, row := range rows[book.HeadRow:] {
		v := ""
		if col < len(row) {
			v = row[col]
		}
		list = append(list, v)
	}
	return list
}

func TestWorkbook(t *testing.T) {
	b, s := makeWorkbook(t, wholeRun(), expected())
	f := openBook(t, b)
	if diff := cmp.Diff([]string{"汇总", "部门", "问题", "回复", "未报送", "退回登记", "图表", "_ziping_list"}, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	if !book.Marked(bytes.NewReader(b), int64(len(b))) {
		t.Error("ziping would read its own summary as a form")
	}

	all := rowsOf(t, f, "汇总")
	for name, want := range map[string][]string{
		"主管部门":      {"甲局", "甲局", "乙*局", "乙x局", ">乙局?~", noDepartment, "丁局"},
		"项目名称":      {"一", "二", "三（新）", "四", "五", "=1+1", "八"},
		"项目编码":      {"", "", "0042", "", "", "", ""},
		"全年预算数（万元）": {"200", "200", "123.456789", "2000000", "", "", "0"},
		"原表金额单位":    {"万元", "万元", "元", "亿元", "", "万元", "万元"},
		"执行率":       {"0.75", "0.75", "0.9999999919", "0.75", "0.75", "", ""},
		"产出指标得分":    {"49.5", "49.5", "49.5", "49.5", "49.5", "49.5", "49.5"},
		"预算执行得分":    {"7.5", "7.5", "7.5", "7.5", "7.5", "", "7.5"},
		"总分":        {"96", "85", "96", "96", "96", "", "96"},
		"等级":        {"优", "良", "优", "优", "优", "", "优"},
		"错误":        {"2", "0", "0", "0", "0", "0", "0"},
		"结论":        {"退回", "通过", "通过", "通过", "通过", "通过", "通过"},
		"文件":        {"一.xlsx", "二 #1 100%.xlsx（工作表“Sheet1”）", "三.xlsx", "四.xlsx", "五.xlsx", "六.xlsx", "\"引\".xlsx"},
	} {
		if diff := cmp.Diff(want, columnOf(t, all, name)[:7]); diff != "" {
			t.Errorf("汇总 %s (-want +got):\n%s", name, diff)
		}
	}
	if got := len(all) - book.HeadRow; got != 19 || all[1][0] != "19" {
		t.Errorf("汇总 has %d projects and counts %s", got, all[1][0])
	}

	gone := rowsOf(t, f, "未报送")
	want := [][]string{
		{"未报送", "四甲", "没有报送", ""},
		{"未报送", "没有交", "没有报送", ""},
		{"未报送", "五", "没有报送", ""},
		{"未报送", "八", "没有报送", ""},
		{"名单外", "二之二", "不在名单中", "../甲/二 #1 100%.xlsx"},
		{"重复报送", "一 ", "同一项目报送了不止一份，看不出先后，取文件名在后的 甲/一.xlsx；如应以这一份为准，请另行指定（命令用 --prefer，页面上点“计入”）", "../甲/一-改.xlsx"},
		{"读不出", "", "不是 xlsx 工作簿", "../丁/坏.xlsx"},
	}
	var got [][]string
	for _, row := range gone[book.HeadRow:] {
		row = append(row, "")
		got = append(got, []string{row[1], row[5], row[7], row[8]})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("未报送 (-want +got):\n%s", diff)
	}
	wantCounts := Counts{Projects: 19, Departments: 6, Passed: 18, SentBack: 1, Grades: map[string]int{"优": 8, "良": 3, "中": 5, "差": 2}}
	if len(s.Absent) != len(gone)-book.HeadRow {
		t.Errorf("%d rows of 未报送 are told", len(s.Absent))
	}
	for i, a := range s.Absent {
		row := gone[book.HeadRow+i]
		file := append(row, "")[8]
		if diff := cmp.Diff([]string{row[1], row[3], row[4], row[5], row[7], file}, []string{a.What, a.Department, a.Implementer, a.Project, a.Note, a.File}); diff != "" {
			t.Errorf("told of line %d of 未报送 (-want +got):\n%s", i+1, diff)
		}
	}
	s.Absent = nil
	if diff := cmp.Diff(wantCounts, s); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// Departments whose names mean something to COUNTIFS are counted like others.
func TestDepartments(t *testing.T) {
	b, _ := makeWorkbook(t, wholeRun(), expected())
	rows := rowsOf(t, openBook(t, b), "部门")
	names := columnOf(t, rows, "主管部门")
	for name, want := range map[string][]string{
		"甲局":         {"2", "0", "2", "1", "1", "90.5", "1", "1", "0", "0", "400", "300", "0.75"},
		"乙*局":        {"1", "0", "1", "1", "0", "96", "1", "0", "0", "0", "123.456789", "123.456788", "0.9999999919"},
		"乙x局":        {"2", "1", "1", "1", "0", "96", "1", "0", "0", "0", "2000000", "1500000", "0.75"},
		">乙局?~":      {"1", "0", "1", "1", "0", "96", "1", "0", "0", "0", "0", "0", ""},
		noDepartment: {"1", "0", "1", "1", "0", "", "0", "0", "0", "0", "0", "0", ""},
		"戊局":         {"1", "1", "0", "0", "0", "", "0", "0", "0", "0", "0", "0", ""},
	} {
		i := slices.Index(names, name)
		if i < 0 {
			t.Errorf("no department %s in %v", name, names)
			continue
		}
		var got []string
		for _, c := range []string{"应报送", "未报送", "已报送", "通过", "退回", "平均分", "优", "良", "中", "差", "全年预算数（万元）", "全年执行数（万元）", "执行率"} {
			got = append(got, columnOf(t, rows, c)[i])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What somebody typed stays a text, whatever a spreadsheet would make of it.
func TestTextStaysText(t *testing.T) {
	b, _ := makeWorkbook(t, wholeRun(), nil)
	f := openBook(t, b)
	rows := rowsOf(t, f, "问题")
	i := slices.Index(columnOf(t, rows, "问题"), "=1+1")
	if i < 0 {
		t.Fatal("the message =1+1 is not there")
	}
	want := []string{"=1+1", "@SUM(A1)", "+A1", "-1", "'x", "=HYPERLINK(\"http://a\",\"b\")", "a␀b␛[31m<U+202E>", "_x0041_", "<b>&\"'", " 前后空格 ", "两\n行\n", "1e5", "2021-01-01"}
	for _, name := range []string{"问题", "填报值", "应为", "依据", "单元格", "项目"} {
		if diff := cmp.Diff(want, columnOf(t, rows, name)[i:i+len(want)]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	long := columnOf(t, rows, "问题")[i+len(want)]
	if n := len([]rune(long)); !strings.HasSuffix(long, "𠮷…") && !strings.HasSuffix(long, "长…") || n < 20000 {
		t.Errorf("the long text ends in %q after %d characters", long[len(long)-9:], n)
	}
	for r := book.HeadRow + 1; r <= len(rows); r++ {
		for c := 1; c < len(findingColumns); c++ { // the last is the link
			ref, _ := excelize.CoordinatesToCellName(c, r)
			if formula, _ := f.GetCellFormula("问题", ref); formula != "" {
				t.Errorf("问题!%s has become the formula %s", ref, formula)
			}
		}
	}
	if formula, _ := f.GetCellFormula("汇总", "E11"); formula != "" {
		t.Errorf("the project =1+1 has become a formula: %s", formula)
	}
}

// The same files give the same bytes; parts stand in the order of their names.
func TestSameBytes(t *testing.T) {
	first, _ := makeWorkbook(t, wholeRun(), expected())
	for range 5 {
		if again, _ := makeWorkbook(t, wholeRun(), expected()); !bytes.Equal(first, again) {
			t.Fatal("the same files have given other bytes")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s is dated %v", f.Name, f.Modified)
		}
	}
	if !slices.IsSorted(names) || names[0] != "[Content_Types].xml" {
		t.Errorf("parts out of order: %v", names)
	}
}

// Nothing is there yet: the workbook is a workbook all the same.
func TestEmptyWorkbook(t *testing.T) {
	for name, projects := range map[string][]returns.Identity{"no list": nil, "a list": expected()} {
		b, s := makeWorkbook(t, nil, projects)
		if s.Projects != 0 || s.NotReturned() != len(projects) {
			t.Errorf("%s: %+v", name, s)
		}
		compareRecalculated(t, b)
	}
}

// More findings than a sheet holds go on on another.
func TestManyFindings(t *testing.T) {
	w := New(Options{Rules: testRules})
	defer w.Close()
	w.findings.most = book.HeadRow + 2
	if err := w.Add(fileOf("a.xlsx", []rules.Finding{rateFinding, rateFinding, rateFinding, rateFinding, rateFinding}, returnedForm("一", "甲局", nil))); err != nil {
		t.Fatal(err)
	}
	b, _ := written(t, w)
	f := openBook(t, b)
	for name, want := range map[string]string{"问题": "12", "问题(2)": "34", "问题(3)": "5"} {
		if got := strings.Join(columnOf(t, rowsOf(t, f, name), "序号"), ""); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	compareRecalculated(t, b)
	checkSchema(t, map[string][]byte{"many.xlsx": b})
}

// LibreOffice comes to the values that the formulas have with them.
func TestRecalculated(t *testing.T) {
	b, _ := makeWorkbook(t, wholeRun(), expected())
	if n := compareRecalculated(t, b); n < 100 {
		t.Errorf("only %d formulas were compared", n)
	}
}

// compareRecalculated compares the workbook with what LibreOffice makes of it, and
// returns how many formulas it has.
func compareRecalculated(t *testing.T, b []byte) (formulas int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "summary.xlsx")
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	dir := sheettest.New(t).Convert(t, sheettest.XLSX, file)
	again, err := os.ReadFile(filepath.Join(dir, "summary.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := openBook(t, b), openBook(t, again)
	for _, name := range ours.GetSheetList() {
		for r, row := range rowsOf(t, ours, name) {
			for c, v := range row {
				ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
				formula, _ := ours.GetCellFormula(name, ref)
				if formula != "" {
					formulas++
				}
				got, err := theirs.GetCellValue(name, ref, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if !sameCell(v, got) {
					t.Errorf("%s!%s (%s) is %q, LibreOffice says %q", name, ref, formula, v, got)
				}
			}
		}
	}
	return formulas
}

func sameCell(a, b string) bool {
	x, errA := strconv.ParseFloat(a, 64)
	y, errB := strconv.ParseFloat(b, 64)
	if errA == nil && errB == nil {
		return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(x))
	}
	return a == b
}

// Excel would open the workbook without offering to repair it.
func TestWorkbookSchema(t *testing.T) {
	full, _ := makeWorkbook(t, wholeRun(), expected())
	empty, _ := makeWorkbook(t, nil, nil)
	checkSchema(t, map[string][]byte{"full.xlsx": full, "empty.xlsx": empty})
}

func checkSchema(t *testing.T, books map[string][]byte) {
	t.Helper()
	checker := os.Getenv("ZIPING_CHECK_OOXML")
	if checker == "" {
		t.Skip("ZIPING_CHECK_OOXML names no checker: the schemas are not tested")
	}
	args := []string{checker}
	for name, b := range books {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	sheettest.Output(t, sheettest.Python(t, "lxml"), args...)
}

// What a project is stays in sight, and nothing is marked that is meant to be so.
func TestInSight(t *testing.T) {
	b, _ := makeWorkbook(t, wholeRun(), expected())
	f := openBook(t, b)
	for name, column := range map[string]string{"汇总": "项目名称", "部门": "主管部门"} {
		panes, err := f.GetPanes(name)
		if err != nil {
			t.Fatal(err)
		}
		if last := rowsOf(t, f, name)[book.HeadRow-1][panes.XSplit-1]; !panes.Freeze || panes.YSplit != book.HeadRow || last != column {
			t.Errorf("%s is frozen up to %s: %+v", name, last, panes)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]string{
		"xl/worksheets/sheet1.xml": `sqref="A1:XFD1048576" numberStoredAsText="1"`,
		"docProps/core.xml":        "<cp:coreProperties",
	} {
		text, err := fs.ReadFile(z, part)
		if err != nil || !bytes.Contains(text, []byte(want)) || bytes.Contains(text, []byte("dcterms:created")) {
			t.Errorf("%s lacks %s (%v)", part, want, err)
		}
	}
}
