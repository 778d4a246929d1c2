package summary

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
)

// Where two kinds of forms have scores, no mean is made of both: it stands on the sheet
// 表样, a kind a row.
func TestNoMeanOfKinds(t *testing.T) {
	w := New(Options{Rules: testRules})
	defer w.Close()
	for i, x := range []struct {
		form, department string
		total            float64
	}{{"project", "市水务局", 96}, {"transfer", "市水务局", 60}, {"project", "市农业局", 88}} {
		f, err := sheet.LoadForm(x.form)
		if err != nil {
			t.Fatal(err)
		}
		table := returnedForm(string(rune('甲'+i)), x.department, nil)
		table.Form, table.Total.Score = f, sheet.N(x.total)
		if err := w.Add(fileOf(string(rune('a'+i))+".xlsx", nil, table)); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := written(t, w)
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(departmentSheet)
	if err != nil {
		t.Fatal(err)
	}
	mean := slices.Index(rows[2], meanColumn)
	got := ""
	for _, row := range rows[1:] {
		got += row[0] + " " + row[mean] + "\n"
	}
	if want := "全部 2 个部门，平均分见“表样” \n主管部门 平均分\n市水务局 \n市农业局 88.00\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if n := compareRecalculated(t, b); n < 20 {
		t.Errorf("only %d formulas", n)
	}
}

// Forms of several kinds are told apart: the money of a whole department is not added
// to that of its projects, and what has no scores has no mean.
func TestKindsApart(t *testing.T) {
	of := func(form, project string, total float64) *sheet.Table {
		f, err := sheet.LoadForm(form)
		if err != nil {
			t.Fatal(err)
		}
		table := returnedForm(project, "市水务局", nil)
		table.Form = f
		if table.Total.Score = sheet.N(total); total == 0 {
			table.Total.Score = sheet.Number{}
		}
		return table
	}
	w := New(Options{Rules: testRules})
	defer w.Close()
	for _, f := range []report.File{
		fileOf("a.xlsx", nil, of("project", "甲", 96)), fileOf("b.xlsx", []rules.Finding{rateFinding}, of("project", "乙", 90)),
		fileOf("c.xlsx", nil, of("department", "", 80)), fileOf("d.xlsx", nil, of("transfer", "丙", 0)),
	} {
		if err := w.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	b, _ := written(t, w)
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for name, want := range map[string]string{
		kindSheet: `项目支出 2 1 1 400.00 300.00 75.00% 93.00 1 0 0
转移支付 1 1 0 200.00 150.00 75.00%  0 0 0
部门整体支出 1 1 0 200.00 150.00 75.00% 80.00 0 0 0`,
		departmentSheet: `市水务局 4 3 1 93.00`,
	} {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range rows[3:] {
			got = append(got, strings.Join(row, " "))
		}
		if s := strings.Join(got, "\n"); !strings.HasPrefix(s, want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, s, want)
		}
	}
	if rows, _ := f.GetRows(departmentSheet); !strings.Contains(strings.Join(rows[3], " "), "600.00 450.00 75.00%") {
		t.Errorf("the department's own money is added: %s", rows[3])
	}
	if rows, _ := f.GetRows(summarySheet); !strings.Contains(strings.Join(rows[1], " "), "不合计") {
		t.Errorf("the line of totals: %s", rows[1])
	}
	if n := compareRecalculated(t, b); n < 20 {
		t.Errorf("only %d formulas", n)
	}
}
