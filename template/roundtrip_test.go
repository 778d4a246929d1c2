package template

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
	"ziping/sheet/fill"
	"ziping/sheet/read"
	"ziping/template/formtest"
)

// drawFilled draws the template of what is known, and fills it.
func drawFilled(t *testing.T, d *Drawer, name string, known, data *sheet.Table) (blank, filled []byte) {
	t.Helper()
	blank, err := d.Draw(known)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if filled, err = fill.Fill(blank, data); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return blank, filled
}

// read(fill(template, data)) == data, for forms issued blank and for forms
// issued with what is known.
func TestRoundTrip(t *testing.T) {
	n := 60
	if testing.Short() {
		n = 20
	}
	for _, layout := range Names() {
		d := drawer(t, layout, "")
		for seed := range n {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			data := formtest.Completed(r, layout)
			known := formtest.Issued(r, data)
			if seed%2 == 0 {
				known = &sheet.Table{MoneyUnit: data.MoneyUnit}
			}
			name := fmt.Sprintf("%s seed %d", layout, seed)
			_, filled := drawFilled(t, d, name, known, data)
			found, err := read.Forms(filled)
			if err != nil || len(found) != 1 {
				t.Fatalf("%s: %d forms, %v", name, len(found), err)
			}
			if diff := cmp.Diff(encode(t, data), encode(t, found[0].Table)); diff != "" {
				t.Fatalf("%s (-filled in +read):\n%s", name, diff)
			}
			checkCells(t, found[0].Table)
		}
	}
}

// checkCells wants a cell for every value that was read, and no two values in
// one but for the levels, which stand once for all their rows.
func checkCells(t *testing.T, table *sheet.Table) {
	t.Helper()
	seen := map[string]string{}
	for path, v := range table.All() {
		at := v.At()
		if at.Problem != "" {
			t.Errorf("%s: %s", path, at.Problem)
		}
		if v.Any() == nil {
			continue
		}
		if at.Ref == "" {
			t.Errorf("%s has no cell", path)
		}
		if other := seen[at.Ref]; other != "" && !strings.Contains(path.Label, "级指标") {
			t.Errorf("%s and %s both stand in %s", path, other, at.Ref)
		}
		seen[at.Ref] = path.String()
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

// A data file that says only what the department fills in is enough: the rest
// follows.
func TestFillSparse(t *testing.T) {
	d := drawer(t, "shanghai", "")
	blank, err := d.Draw(project())
	if err != nil {
		t.Fatal(err)
	}
	data := &sheet.Table{
		Funds:      []sheet.Fund{{Source: sheet.T("当年财政拨款"), Executed: sheet.N(1120.52)}},
		Indicators: []sheet.Indicator{{Level3: sheet.T("服务响应度"), Score: sheet.N(17.5)}},
	}
	filled, err := fill.Fill(blank, data)
	if err != nil {
		t.Fatal(err)
	}
	found, err := read.Forms(filled)
	if err != nil {
		t.Fatal(err)
	}
	got := found[0].Table
	if f := got.Funds[0]; f.Rate.Value != 0.9988 || f.Score.Value != 9.99 || got.Total.Score.Value != 27.49 || got.Total.Weight.Value != 100 {
		t.Errorf("执行率 %v 得分 %v 总分 %v of %v, want 0.9988 9.99 27.49 of 100", f.Rate.Value, f.Score.Value, got.Total.Score.Value, got.Total.Weight.Value)
	}
	if x := got.Indicators[2]; x.Score.Value != 17.5 || x.Score.Ref != "H15" {
		t.Errorf("服务响应度: %+v, want 17.5 in H15", x.Score)
	}
}

// A long text makes its row higher, up to what Excel has; then its font smaller.
func TestFillLong(t *testing.T) {
	d := drawer(t, "shanghai", "")
	blank, err := d.Draw(project())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		chars     int
		size      float64
		low, high float64 // of the row's height
	}{{20, 10, 130, 130}, {600, 10, 250, 400}, {1500, 7, 300, 409}, {30000, 6, 409, 409}} {
		filled, err := fill.Fill(blank, &sheet.Table{Goal: sheet.Goal{Actual: sheet.T(strings.Repeat("长", tt.chars))}})
		if err != nil {
			t.Fatal(err)
		}
		f := open(t, filled)
		height, err := f.GetRowHeight(d.layout.Sheet, 11)
		if err != nil {
			t.Fatal(err)
		}
		id, err := f.GetCellStyle(d.layout.Sheet, "F11")
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if height < tt.low || height > tt.high || style.Font.Size != tt.size || style.Protection.Locked {
			t.Errorf("%d characters: row %g pt, font %g pt, locked %t; want %g to %g pt, %g pt, open",
				tt.chars, height, style.Font.Size, style.Protection.Locked, tt.low, tt.high, tt.size)
		}
	}
}

// What is locked can't be filled with anything else, and every refusal says
// where.
func TestFillRefuses(t *testing.T) {
	d := drawer(t, "shanghai", "")
	blank, err := d.Draw(project())
	if err != nil {
		t.Fatal(err)
	}
	data := &sheet.Table{
		Project: sheet.T("另一个项目"), Leader: sheet.T("张三"), MoneyUnit: sheet.T("元"),
		Funds: []sheet.Fund{
			{Source: sheet.T("年度资金总额"), Budget: sheet.N(5)},
			{Source: sheet.T("当年财政拨款"), Budget: sheet.N(5)},
			{Source: sheet.T("彩票公益金"), Budget: sheet.N(5)},
		},
		Indicators: []sheet.Indicator{
			{Level3: sheet.T("服务响应度"), Target: sheet.T("≥1%")},
			{Level1: sheet.T("产出指标"), Level2: sheet.T("数量指标"), Level3: sheet.T("没有的指标")},
			{Level3: sheet.T("另一个")},
		},
	}
	_, err = fill.Fill(blank, data)
	if err == nil {
		t.Fatal("filled in what is locked")
	}
	want := strings.TrimSpace(`
“项目名称”（单元格 B3）已锁定为“未来公园展厅运营经费”，数据文件写的是“另一个项目”
模板没有填写“项目负责人”的单元格
“金额单位”（单元格 A5）已锁定为“万元”，数据文件写的是“元”
“项目资金[当年财政拨款].全年预算数”（单元格 E7）已锁定为“1121.92”，数据文件写的是“5”
模板没有资金来源“彩票公益金”
“绩效指标[1].年度指标值”（单元格 E15）已锁定为“=100%”，数据文件写的是“≥1%”
绩效指标[2]：模板中没有可填“产出指标 / 数量指标 / 没有的指标”的空行
绩效指标[3]：模板中没有可填“另一个”的空行`)
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("refusals (-want +got):\n%s", diff)
	}
}

func BenchmarkFill(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	data := formtest.Completed(r, "shanghai")
	blank, err := drawer(b, "shanghai", "").Draw(formtest.Issued(r, data))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := fill.Fill(blank, data); err != nil {
			b.Fatal(err)
		}
	}
}
