package list

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/sheettest"
	"ziping/template"
)

// issuedProjects are two projects as they are issued, one with a name that looks
// like a formula and in a directory that a link has to escape.
func issuedProjects() []Issued {
	other := project()
	other.Project, other.Code, other.Indicators = sheet.T("=1+1"), sheet.T("00123"), nil
	other.Funds = append(other.Funds, sheet.Fund{Source: sheet.T("其他资金"), Budget: sheet.N(0.08)})
	return []Issued{{project(), filepath.Join("教育局", "甲 #1 50%.xlsx")}, {other, "=1+1.xlsx"}}
}

// issuedList draws the list of what was issued.
func issuedList(t *testing.T, issued []Issued) []byte {
	t.Helper()
	l, err := template.Load("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	b, err := DrawIssued(l, issued)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDrawIssued(t *testing.T) {
	b := issuedList(t, issuedProjects())
	if !book.Marked(bytes.NewReader(b), int64(len(b))) {
		t.Error("not known as one of our lists")
	}
	f := open(t, b)
	rows, err := f.GetRows("发放清单")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"2021年度财政项目支出绩效自评表发放清单"},
		{"版式：上海市 财政项目支出绩效自评表（第 1 版）　共 2 个项目"},
		{"序号", "年度", "主管部门", "实施单位", "项目名称", "项目编码", "全年预算数", "金额单位", "指标数", "文件", "发放日期", "领取人", "领取日期", "报送日期"},
		{"1", "2021", "上海推进科技创新中心建设办公室", "上海推进科技创新中心建设办公室", "未来公园展厅运营经费", "", "1,121.92", "万元", "5", "甲 #1 50%.xlsx"},
		{"2", "2021", "上海推进科技创新中心建设办公室", "上海推进科技创新中心建设办公室", "=1+1", "00123", "1,122.00", "万元", "0", "=1+1.xlsx"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if formula, err := f.GetCellFormula("发放清单", "E5"); err != nil || formula != "" {
		t.Errorf("a name runs as the formula %q (%v)", formula, err)
	}
	if link, err := f.GetCellFormula("发放清单", "J4"); err != nil || link != `HYPERLINK("教育局/甲 %231 50%25.xlsx","甲 #1 50%.xlsx")` {
		t.Errorf("link %q (%v)", link, err)
	}
	if p, err := f.GetPageLayout("发放清单"); err != nil || *p.Orientation != "landscape" || *p.FitToWidth != 1 {
		t.Errorf("page: %+v (%v)", p, err)
	}
	if p, err := f.GetSheetProps("发放清单"); err != nil || !*p.FitToPage {
		t.Errorf("not fitted to the page (%v)", err)
	}
	if p, err := f.GetPanes("发放清单"); err != nil || !p.Freeze || p.YSplit != 3 {
		t.Errorf("panes: %+v (%v)", p, err)
	}
}

// The list of what was issued is a project list too: collect takes it as one.
func TestIssuedListIsRead(t *testing.T) {
	b := issuedList(t, issuedProjects())
	list, err := Read([]File{{Name: "发放清单.xlsx", Data: b}})
	if err != nil {
		t.Fatal(err)
	}
	for i, is := range issuedProjects() {
		p := list.Projects[i]
		if !p.Table.Project.Equal(&is.Table.Project) || !p.Code.Equal(&is.Table.Code) || !p.Year.Equal(&is.Table.Year) || !p.Department.Equal(&is.Table.Department) {
			t.Errorf("%s read as %s", is.Table.Project.Value, p.Table.Project.Value)
		}
	}
}

// Our lists keep to the schemas, and LibreOffice saves them with the same texts.
func TestListsElsewhere(t *testing.T) {
	issued := issuedList(t, issuedProjects())
	example, err := Example()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files []string
	for name, b := range map[string][]byte{"发放清单.xlsx": issued, "样例.xlsx": example} {
		file := filepath.Join(dir, name)
		write(t, file, b)
		files = append(files, file)
	}
	if checker := os.Getenv("ZIPING_CHECK_OOXML"); checker != "" {
		sheettest.Output(t, checker, files...)
	}
	saved := sheettest.New(t).Convert(t, sheettest.XLSX, files...)
	for _, file := range files {
		a, err := Read([]File{{Name: "f.xlsx", Data: readFile(t, file)}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Read([]File{{Name: "f.xlsx", Data: readFile(t, filepath.Join(saved, filepath.Base(file)))}})
		if diff := cmp.Diff(described(a, nil), described(b, err)); diff != "" {
			t.Errorf("%s: %s", filepath.Base(file), diff)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	var projects, indicators strings.Builder
	projects.WriteString("年度,主管部门,实施单位,项目名称,全年预算数(万元)\n")
	indicators.WriteString("项目名称,一级指标,二级指标,三级指标,年度指标值,分值\n")
	for i := range 1000 {
		fmt.Fprintf(&projects, "2021,部门%d,单位%d,项目%d,\"1,%03d.5\"\n", i%30, i%90, i, i)
		for j := range 10 {
			fmt.Fprintf(&indicators, "项目%d,产出指标,数量指标,指标%d,≥%d%%,9\n", i, j, 80+j)
		}
	}
	files := []File{{"项目.csv", []byte(projects.String())}, {"指标.csv", []byte(indicators.String())}}
	for b.Loop() {
		list, err := Read(files)
		if err != nil || len(list.Projects) != 1000 || len(list.Projects[999].Indicators) != 10 {
			b.Fatal(len(list.Projects), err)
		}
	}
}
