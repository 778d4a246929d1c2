package read_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/read"
)

// A value of which a person sees another one, or nothing, is noticed; it is read as
// it is stored.
func TestNoticeMasked(t *testing.T) {
	const name = "Sheet1"
	format := func(ref, code string) func(f *excelize.File) error {
		return func(f *excelize.File) error {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			return errors.Join(err, f.SetCellStyle(name, ref, ref, id))
		}
	}
	for what, tt := range map[string]struct {
		change func(f *excelize.File) error
		want   []sheet.Notice
	}{
		"nothing": {func(*excelize.File) error { return nil }, nil},
		"another number": {format("G13", `"30"`), []sheet.Notice{
			{Kind: sheet.NoticeMasked, Cell: "G13", Field: sheet.ParsePath("绩效指标[1].分值"), Now: "显示为“30”，存的是“20”（数字格式）"}}},
		"a digit before an amount": {format("D6", `"1"0.00`), []sheet.Notice{
			{Kind: sheet.NoticeMasked, Cell: "D6", Field: sheet.ParsePath("项目资金[年度资金总额].年初预算数"), Now: "显示为“11121.92”，存的是“1121.92”（数字格式）"}}},
		"another target": {format("E13", `0;0;0;"=180 场"`), []sheet.Notice{
			{Kind: sheet.NoticeMasked, Cell: "E13", Field: sheet.ParsePath("绩效指标[1].年度指标值"), Now: "显示为“=180 场”，存的是“=400 场”（数字格式）"}}},
		"a scale": {format("D7", `#,##0.00,`), []sheet.Notice{
			{Kind: sheet.NoticeMasked, Cell: "D7", Field: sheet.ParsePath("项目资金[当年财政拨款].年初预算数"), Now: "显示为“1.12”，存的是“1121.92”（数字格式）"}}},
		"a low row": {func(f *excelize.File) error { return f.SetRowHeight(name, 14, 0.5) }, []sheet.Notice{
			{Kind: sheet.NoticeMasked, Cell: "G14", Field: sheet.ParsePath("绩效指标[2].分值"), Now: "存的是“20”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H14", Field: sheet.ParsePath("绩效指标[2].得分"), Now: "存的是“20”，却看不到（行或列已隐藏或太小）"}}},
		"a narrow column": {func(f *excelize.File) error { return f.SetColWidth(name, "H", "H", 0.1) }, []sheet.Notice{
			{Kind: sheet.NoticeMasked, Cell: "H6", Field: sheet.ParsePath("项目资金[年度资金总额].执行率"), Now: "存的是“99.88%”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"), Now: "存的是“18”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H14", Field: sheet.ParsePath("绩效指标[2].得分"), Now: "存的是“20”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H15", Field: sheet.ParsePath("绩效指标[3].得分"), Now: "存的是“10”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H16", Field: sheet.ParsePath("绩效指标[4].得分"), Now: "存的是“30”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H17", Field: sheet.ParsePath("绩效指标[5].得分"), Now: "存的是“9”，却看不到（行或列已隐藏或太小）"},
			{Kind: sheet.NoticeMasked, Cell: "H18", Field: sheet.ParsePath("总分.得分"), Now: "存的是“96.99”，却看不到（行或列已隐藏或太小）"}}},
		"letters of one point": {func(f *excelize.File) error {
			id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Size: 1}})
			return errors.Join(err, f.SetCellStyle(name, "H13", "H13", id))
		}, []sheet.Notice{{Kind: sheet.NoticeMasked, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"), Now: "存的是“18”，却看不到（字号太小）"}}},
		"a unit": {format("D6", `0.00"万元"`), nil},
		"a row":  {func(f *excelize.File) error { return f.SetRowVisible(name, 9, false) }, nil}, // 其他资金 without amounts
		"a row with values": {func(f *excelize.File) error {
			return errors.Join(f.SetRowVisible(name, 9, false), f.SetCellValue(name, "E9", 5))
		}, []sheet.Notice{{Kind: sheet.NoticeMasked, Cell: "E9", Field: sheet.ParsePath("项目资金[其他资金].全年预算数"), Now: "存的是“5”，却看不到（行或列已隐藏或太小）"}}},
		"white on white": {func(f *excelize.File) error {
			id, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}})
			return errors.Join(err, f.SetCellStyle(name, "H13", "H13", id))
		}, []sheet.Notice{{Kind: sheet.NoticeMasked, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"), Now: "存的是“18”，却看不到（字色与底色相同）"}}},
	} {
		t.Run(what, func(t *testing.T) {
			data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
			if err != nil {
				t.Fatal(err)
			}
			want, err := read.Forms(data)
			if err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := tt.change(f); err != nil {
				t.Fatal(err)
			}
			b, err := f.WriteToBuffer()
			if err != nil {
				t.Fatal(err)
			}
			got, err := read.Forms(b.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got[0].Table.Notices); diff != "" {
				t.Error(diff)
			}
			if got, want := got[0].Table.Indicators[0].Weight.Value, want[0].Table.Indicators[0].Weight.Value; got != want {
				t.Errorf("the weight is %v, want %v", got, want)
			}
			if got, want := got[0].Table.Funds[0].InitialBudget.Value, want[0].Table.Funds[0].InitialBudget.Value; got != want {
				t.Errorf("the budget is %v, want %v", got, want)
			}
		})
	}
}

// What a format rounds away of a target or an actual is known.
func TestRounding(t *testing.T) {
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for ref, x := range map[string]struct {
		v    float64
		code string
	}{"F17": {0.946, "0%"}, "F13": {399.6, "0"}, "F15": {1, "0%"}} {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &x.code})
		if err := errors.Join(err, f.SetCellValue("Sheet1", ref, x.v), f.SetCellStyle("Sheet1", ref, ref, id)); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	found, err := read.Forms(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]struct {
		value    string
		rounding *sheet.Rounding
	}{
		4: {"95%", &sheet.Rounding{Shown: "95%", Stored: "94.6%"}},
		0: {"399.6", &sheet.Rounding{Shown: "400", Stored: "399.6"}},
		2: {"100%", nil},
	} {
		got := found[0].Table.Indicators[i].Actual
		if diff := cmp.Diff(want.rounding, got.Rounding); diff != "" || got.Value != want.value {
			t.Errorf("indicator %d: %q, %s", i+1, got.Value, diff)
		}
	}
}
