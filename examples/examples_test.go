// Package examples holds the two published tables of 2021, as data files, as
// project files and as workbooks that came back, and the test that makes the
// last from the first:
//
//	go test ./examples -update
package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/fill"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/template"
)

var published = []string{"科创中心建设工作经费", "未来公园展厅运营经费"}

func load(t *testing.T, file string) *sheet.Table {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sheet.Unmarshal(file, src)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// The workbooks in returned/ are what the departments published: typed by hand,
// in a form that ziping did not draw.
func TestReturned(t *testing.T) {
	for i, name := range published {
		t.Run(name, func(t *testing.T) {
			table := load(t, filepath.Join("data", name+".toml"))
			made, err := asPublished(table, i == 0)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("returned", name+".xlsx")
			if *sheettest.Update {
				if err := os.WriteFile(file, made, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			kept, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(sheettest.Parts(t, made), sheettest.Parts(t, kept)); diff != "" {
				t.Errorf("%s is out of step, run: go test ./examples -update\n%s", file, diff)
			}
			found, err := read.Forms(kept)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != 1 {
				t.Fatalf("%d forms found, want 1", len(found))
			}
			if diff := cmp.Diff(encode(t, table), encode(t, found[0].Table)); diff != "" {
				t.Errorf("reads otherwise than its data (-data +read):\n%s", diff)
			}
			if got := found[0].Table.Funds[0].Rate.Typed; !strings.HasSuffix(got, "%") {
				t.Errorf("执行率 stands there as %q, want it as typed, with its %%", got)
			}
		})
	}
}

// A department fills in the template of the second table just as published. In
// the first the published 执行率 is wrong, and the template's formula says so.
func TestFillTemplates(t *testing.T) {
	layout, err := template.Load("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	drawer, err := template.NewDrawer(layout, "")
	if err != nil {
		t.Fatal(err)
	}
	wrong := map[string]string{"科创中心建设工作经费": "“项目资金[年度资金总额].执行率”（单元格 H6）由公式算得 98.1%，数据文件写的是 98.11%"}
	for _, name := range published {
		t.Run(name, func(t *testing.T) {
			blank, err := drawer.Draw(load(t, filepath.Join("projects", name+".toml")))
			if err != nil {
				t.Fatal(err)
			}
			data := load(t, filepath.Join("data", name+".toml"))
			filled, err := fill.Fill(blank, data)
			if want := wrong[name]; want != "" {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Fatalf("error %v, want %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			found, err := read.Forms(filled)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(encode(t, data), encode(t, found[0].Table)); diff != "" {
				t.Errorf("reads otherwise than its data (-data +read):\n%s", diff)
			}
		})
	}
}

func encode(t *testing.T, table *sheet.Table) string {
	t.Helper()
	b, err := table.MarshalTOML()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// asPublished makes a workbook such as a department types one: no formulas, no
// protection, 执行率 as a text. One of the two prints 年初预算 for 年初预算数.
func asPublished(t *sheet.Table, shortLabel bool) ([]byte, error) {
	p := page{f: excelize.NewFile(), sheet: "Sheet1"}
	defer p.f.Close()
	p.row("A:I", "财政项目支出绩效自评表")
	p.row("A:I", fmt.Sprintf("(%.0f 年度)", t.Year.Value))
	p.row("A", "项目名称", "B:I", t.Project.Value)
	p.row("A", "主管部门", "B:D", t.Department.Value, "E", "实施单位", "F:I", t.Implementer.Value)
	initial := "年初预算数"
	if shortLabel {
		initial = "年初预算"
	}
	p.row("A+4", "项目资金\n("+t.MoneyUnit.Value+")", "B:C", "", "D", initial, "E", "全年预算数", "F", "全年执行数", "G", "分值", "H", "执行率", "I", "得分")
	p.fund(t, "年度资金总额", "年度资金总额")
	p.fund(t, "当年财政拨款", "其中：当年财政拨款")
	p.fund(t, "上年结转资金", "上年结转资金")
	p.fund(t, "其他资金", "其他资金")
	p.row("A+1", "年度\n总体\n目标", "B:E", "预期目标", "F:I", "实际完成情况")
	p.row("B:E", t.Goal.Expected.Value, "F:I", t.Goal.Actual.Value)
	p.row(fmt.Sprintf("A+%d", len(t.Indicators)), "绩效\n指标", "B", "一级指标", "C", "二级指标", "D", "三级指标",
		"E", "年度\n指标值", "F", "实际\n完成值", "G", "分值", "H", "得分", "I", "偏差原因分析及改进措施")
	for i, x := range t.Indicators {
		level1 := "B"
		if i > 0 && t.Indicators[i-1].Level1.Value == x.Level1.Value {
			level1 = "" // merged with the row above
		} else if n := sameLevel(t.Indicators[i:]); n > 1 {
			level1 = fmt.Sprintf("B+%d", n-1)
		}
		p.row(level1, x.Level1.Value, "C", x.Level2.Value, "D", x.Level3.Value, "E", x.Target.Value, "F", x.Actual.Value,
			"G", x.Weight.Any(), "H", x.Score.Any(), "I", x.Deviation.Value)
	}
	p.row("A:F", "总分", "G", t.Total.Weight.Any(), "H", t.Total.Score.Any(), "I", "")
	return p.finish()
}

// sameLevel counts the rows from the first that have its level 1.
func sameLevel(rows []sheet.Indicator) int {
	n := 0
	for n < len(rows) && rows[n].Level1.Value == rows[0].Level1.Value {
		n++
	}
	return n
}

// page is a sheet that is written row by row.
type page struct {
	f     *excelize.File
	sheet string
	last  int
	err   error
}

func (p *page) fund(t *sheet.Table, source, label string) {
	fund := new(sheet.Fund)
	for i := range t.Funds {
		if t.Funds[i].Source.Value == source {
			fund = &t.Funds[i]
		}
	}
	weight, score := any("—"), any("—")
	if source == "年度资金总额" {
		weight, score = fund.Weight.Any(), fund.Score.Any()
	}
	rate := ""
	if fund.Rate.Known {
		rate = sheet.Show(&fund.Rate)
	}
	p.row("B:C", label, "D", fund.InitialBudget.Any(), "E", fund.Budget.Any(), "F", fund.Executed.Any(), "G", weight, "H", rate, "I", score)
}

// row writes pairs of place and value: "B" one cell, "B:D" columns merged,
// "B+2" merged with two rows below.
func (p *page) row(pairs ...any) {
	p.last++
	for i := 0; i < len(pairs); i += 2 {
		at := pairs[i].(string)
		if at == "" {
			continue
		}
		columns, down, _ := strings.Cut(at, "+")
		first, last, ok := strings.Cut(columns, ":")
		if !ok {
			last = first
		}
		more := 0
		if down != "" {
			_, p.err = fmt.Sscan(down, &more)
		}
		from, to := fmt.Sprint(first, p.last), fmt.Sprint(last, p.last+more)
		p.check(p.f.SetCellValue(p.sheet, from, pairs[i+1]))
		if from != to {
			p.check(p.f.MergeCell(p.sheet, from, to))
		}
	}
}

func (p *page) check(err error) {
	if p.err == nil {
		p.err = err
	}
}

// finish gives the sheet the look of a form.
func (p *page) finish() ([]byte, error) {
	style, err := p.f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: 10},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		Border: []excelize.Border{
			{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"},
			{Type: "top", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"},
		},
	})
	p.check(err)
	p.check(p.f.SetCellStyle(p.sheet, "A1", fmt.Sprint("I", p.last), style))
	for col, width := range map[string]float64{"A": 8, "B": 11, "C": 12, "D": 18, "E": 13, "F": 13, "G": 8, "H": 9, "I": 20} {
		p.check(p.f.SetColWidth(p.sheet, col, col, width))
	}
	p.check(p.f.SetRowHeight(p.sheet, 11, 330))
	for row := 12; row < p.last; row++ {
		p.check(p.f.SetRowHeight(p.sheet, row, 32))
	}
	if p.err != nil {
		return nil, p.err
	}
	return book.Bytes(p.f, nil, nil)
}
