package template

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
	"ziping/template/formtest"
)

func project() *sheet.Table { return formtest.Project() }

func drawer(t testing.TB, layout, password string) *Drawer {
	t.Helper()
	l, err := Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewDrawer(l, password)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// draw returns the drawn workbook, opened.
func draw(t testing.TB, d *Drawer, p *sheet.Table) *excelize.File {
	t.Helper()
	b, err := d.Draw(p)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, b)
}

func open(t testing.TB, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// The grid of FORM.md, the official form cell by cell: what is merged.
func TestShanghaiGrid(t *testing.T) {
	f := draw(t, drawer(t, "shanghai", ""), project())
	merged, err := f.GetMergeCells("绩效自评表")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range merged {
		got = append(got, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	slices.Sort(got)
	want := strings.Fields(`A1:I1 A2:I2 B3:I3 B4:D4 F4:I4 A5:A9 B5:C5 B6:C6 B7:C7 B8:C8 B9:C9
		A10:A11 B10:E10 F10:I10 B11:E11 F11:I11 A12:A17 B13:B15 A18:F18`)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged cells (-FORM.md +drawn):\n%s", diff)
	}
}

// describe writes down a workbook cell by cell: area, lock, formula or text.
func describe(t *testing.T, f *excelize.File) string {
	t.Helper()
	const name = "绩效自评表"
	var b strings.Builder
	merged, err := f.GetMergeCells(name)
	if err != nil {
		t.Fatal(err)
	}
	until, covered := map[string]string{}, map[string]bool{}
	for _, m := range merged {
		until[m.GetStartAxis()] = m.GetEndAxis()
		for _, ref := range cellsOf(t, m.GetStartAxis()+":"+m.GetEndAxis())[1:] {
			covered[ref] = true
		}
	}
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	for r := range rows {
		height, _ := f.GetRowHeight(name, r+1)
		fmt.Fprintf(&b, "row %d, %g pt\n", r+1, height)
		for c := 1; c <= 9; c++ {
			ref, _ := excelize.CoordinatesToCellName(c, r+1)
			if covered[ref] {
				continue
			}
			text, _ := f.GetCellValue(name, ref)
			formula, _ := f.GetCellFormula(name, ref)
			id, _ := f.GetCellStyle(name, ref)
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			what := "locked"
			if !style.Protection.Locked {
				what = "input"
			}
			if formula != "" {
				what = "=" + formula
			}
			if text == "" && what == "locked" {
				continue
			}
			fmt.Fprintf(&b, "  %-8s %s %q\n", strings.TrimSuffix(ref+":"+until[ref], ":"), what, text)
		}
	}
	validations, err := f.GetDataValidations(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range validations {
		fmt.Fprintf(&b, "validation %s %s %s %q %q\n  %s\n  %s\n", v.Sqref, v.Type, v.Operator, v.Formula1, v.Formula2, *v.Prompt, *v.Error)
	}
	formats, err := f.GetConditionalFormats(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, area := range keys(formats) {
		for _, c := range formats[area] {
			fmt.Fprintf(&b, "highlight %s %s\n", area, c.Criteria)
		}
	}
	return b.String()
}

func TestDrawGolden(t *testing.T) {
	for _, layout := range Names() {
		for name, table := range map[string]*sheet.Table{"blank": {}, "project": project()} {
			t.Run(layout+"-"+name, func(t *testing.T) {
				got := describe(t, draw(t, drawer(t, layout, ""), table))
				sheettest.Golden(t, filepath.Join("testdata", layout+"-"+name+".golden"), got)
			})
		}
	}
}

// Every input cell has a validation with a prompt and an error, and no other
// cell has one.
func TestEveryInputIsValidated(t *testing.T) {
	for _, layout := range Names() {
		for _, table := range []*sheet.Table{{}, project()} {
			f := draw(t, drawer(t, layout, ""), table)
			validations, err := f.GetDataValidations("绩效自评表")
			if err != nil {
				t.Fatal(err)
			}
			covered := map[string]bool{}
			for _, v := range validations {
				if *v.Prompt == "" || *v.Error == "" || !v.ShowErrorMessage || !v.ShowInputMessage {
					t.Errorf("%s %s: a validation without its texts", layout, v.Sqref)
				}
				for _, ref := range cellsOf(t, v.Sqref) {
					covered[ref] = true
				}
			}
			for _, line := range strings.Split(describe(t, f), "\n") {
				if !strings.HasPrefix(line, "  ") || strings.Contains(line, "validation") {
					continue
				}
				ref, _, _ := strings.Cut(strings.Fields(line)[0], ":")
				if isInput := strings.Contains(line, " input "); isInput && !covered[ref] {
					t.Errorf("%s: input cell %s has no validation", layout, ref)
				}
			}
		}
	}
}

func cellsOf(t *testing.T, area string) []string {
	t.Helper()
	first, last, ok := strings.Cut(area, ":")
	if !ok {
		return []string{first}
	}
	c1, r1, err1 := excelize.CellNameToCoordinates(first)
	c2, r2, err2 := excelize.CellNameToCoordinates(last)
	if err1 != nil || err2 != nil {
		t.Fatalf("area %s", area)
	}
	var refs []string
	for r := r1; r <= r2; r++ {
		for c := c1; c <= c2; c++ {
			ref, _ := excelize.CoordinatesToCellName(c, r)
			refs = append(refs, ref)
		}
	}
	return refs
}

// A text of 800 characters is seen whole, a longer one too, past the height
// that one row can have.
func TestLongText(t *testing.T) {
	for _, n := range []int{800, 3000} {
		p := project()
		p.Goal.Expected = sheet.T(strings.Repeat("目标", n/2))
		d := drawer(t, "shanghai", "")
		f := draw(t, d, p)
		merged, err := f.GetMergeCells(d.layout.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range merged {
			if m.GetStartAxis() != "B11" {
				continue
			}
			height := 0.0
			_, last, _ := excelize.CellNameToCoordinates(m.GetEndAxis())
			for row := 11; row <= last; row++ {
				h, err := f.GetRowHeight(d.layout.Sheet, row)
				if err != nil {
					t.Fatal(err)
				}
				if h > xlsx.MaxRowHeight {
					t.Errorf("row %d is %g pt high, more than Excel has", row, h)
				}
				height += h
			}
			// B:E are 55 characters wide, some 29 Chinese ones at 10 pt.
			if atLeast := float64(n) / 31 * 12; height < atLeast {
				t.Errorf("%d characters: %g pt high, want at least %g", n, height, atLeast)
			}
			if oneRow := last == 11; oneRow != (height <= xlsx.MaxRowHeight) {
				t.Errorf("%d characters: %g pt in rows 11 to %d", n, height, last)
			}
		}
	}
}

// What the project file says of a derived cell must be what the formula gives,
// or stand alone.
func TestGivenDerived(t *testing.T) {
	total := sheet.Fund{Source: sheet.T("年度资金总额"), Budget: sheet.N(100)}
	for name, tt := range map[string]struct {
		funds []sheet.Fund
		want  string // error, or formula in E6
	}{
		"alone":  {[]sheet.Fund{total}, ""},
		"agrees": {[]sheet.Fund{total, {Source: sheet.T("当年财政拨款"), Budget: sheet.N(60)}, {Source: sheet.T("上年结转资金"), Budget: sheet.N(40)}}, "SUM(E7:E9)"},
		"differs": {[]sheet.Fund{total, {Source: sheet.T("上年结转资金"), Budget: sheet.N(90)}},
			"“项目资金[年度资金总额].全年预算数”写的是 100，由其他项目计算得 90，请改正或删去"},
		"unknown source": {[]sheet.Fund{{Source: sheet.T("上年结转"), Budget: sheet.N(1)}},
			"项目资金：版式 shanghai 没有资金来源“上年结转”，是否应为“上年结转资金”？"},
	} {
		t.Run(name, func(t *testing.T) {
			p := project()
			p.Funds = tt.funds
			d := drawer(t, "shanghai", "")
			b, err := d.Draw(p)
			if err != nil {
				if err.Error() != tt.want {
					t.Fatalf("error %q, want %q", err, tt.want)
				}
				return
			}
			formula, err := open(t, b).GetCellFormula(d.layout.Sheet, "E6")
			if err != nil || formula != tt.want {
				t.Errorf("E6 = %q (%v), want %q", formula, err, tt.want)
			}
		})
	}
}

func TestNoCellFor(t *testing.T) {
	p := project()
	p.Leader = sheet.T("张三")
	if _, err := drawer(t, "shanghai", "").Draw(p); err == nil || !strings.Contains(err.Error(), "版式 shanghai 没有填写“项目负责人”的单元格") {
		t.Errorf("error %v: 项目负责人 has no cell in the Shanghai form and would be lost", err)
	}
	if _, err := drawer(t, "ministry", "").Draw(p); err != nil {
		t.Errorf("ministry: %v", err)
	}
}

// The password locks every sheet and the structure; it is hashed once.
func TestProtection(t *testing.T) {
	d := drawer(t, "shanghai", "秘密123")
	for range 2 {
		f := draw(t, d, project())
		for _, name := range f.GetSheetList() {
			p, err := f.GetSheetProtection(name)
			if err != nil {
				t.Fatal(err)
			}
			if p.SelectLockedCells || !p.SelectUnlockedCells || !p.FormatRows || p.FormatCells || p.InsertRows || p.DeleteRows {
				t.Errorf("%s: protection %+v", name, p)
			}
			if err := f.UnprotectSheet(name, "wrong"); err == nil {
				t.Errorf("%s: a wrong password unlocks it", name)
			}
			if err := f.UnprotectSheet(name, "秘密123"); err != nil {
				t.Errorf("%s: its own password does not unlock it: %v", name, err)
			}
		}
		if err := f.UnprotectWorkbook("wrong"); err == nil {
			t.Error("a wrong password unlocks the structure")
		}
		if err := f.UnprotectWorkbook("秘密123"); err != nil {
			t.Errorf("structure: %v", err)
		}
		if visible, err := f.GetSheetVisible(issued.RecordSheet); visible || err != nil {
			t.Errorf("the record is to be seen (%v)", err)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	d, p := drawer(b, "shanghai", ""), project()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Draw(p); err != nil {
			b.Fatal(err)
		}
	}
}
