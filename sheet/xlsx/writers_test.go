package xlsx

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The files in testdata are made by testdata/make.py.
func TestOtherWriters(t *testing.T) {
	formula := func(c Cell, f string) Cell {
		c.Formula, c.HasFormula = f, true
		return c
	}
	text := func(row, col int, s string) Cell { return Cell{Row: row, Col: col, Kind: String, Text: s} }
	cells := []Cell{
		text(1, 1, "财政项目支出绩效自评表\n（2021 年度）"),
		text(2, 1, "项目名称"),
		text(2, 2, "未来公园 <展厅> & 运营"),
		text(3, 1, "年度资金总额"),
		num(3, 2, 1121.92),
		num(3, 3, 1120.52),
		formula(Cell{Row: 3, Col: 4, Percent: true}, "C3/B3"),
		{Row: 3, Col: 5, Kind: Number, Text: "98.11%", Value: 0.9811, Percent: true},
		{Row: 3, Col: 6, Kind: Bool, Text: "TRUE", Value: 1},
		{Row: 4, Col: 1, Kind: Number, Text: "2021年12月31日", Value: 44561},
		{Row: 4, Col: 2, Kind: Number, Text: "182场", Value: 182},
		{Row: 4, Col: 3, Kind: Number, Text: "15:04", Value: 904.0 / 1440},
		formula(Cell{Row: 4, Col: 4}, "1/0"),
		formula(Cell{Row: 4, Col: 5}, `B4&"场"`),
		text(4, 6, "  前后  "),
		text(maxRow, maxCol, "末"),
	}
	// LibreOffice calculates, writes TRUE as a formula, and knows no very
	// hidden sheets.
	calculated := append([]Cell(nil), cells...)
	calculated[6] = formula(Cell{Row: 3, Col: 4, Kind: Number, Text: "99.88%", Value: 1120.52 / 1121.92, Percent: true, Rounding: &Rounding{"99.88%", "99.875213918996%"}}, "C3/B3")
	calculated[8] = formula(calculated[8], "TRUE()")
	calculated[12] = formula(Cell{Row: 4, Col: 4, Kind: Error, Text: "#DIV/0!"}, "1/0")
	calculated[13] = formula(text(4, 5, "182场"), `B4&"场"`)

	for _, tt := range []struct {
		name  string
		last  State
		cells []Cell
	}{{"openpyxl", VeryHidden, cells}, {"libreoffice", Hidden, calculated}} {
		t.Run(tt.name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", tt.name+".xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			w, err := Open(data)
			if err != nil {
				t.Fatal(err)
			}
			sheets := []Sheet{{"自评表", Visible}, {"说明", Hidden}, {"_ziping", tt.last}}
			if diff := cmp.Diff(sheets, w.Sheets()); diff != "" {
				t.Error(diff)
			}
			g, err := w.Grid(0)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.cells, g.Cells(), cmpopts.EquateApprox(1e-13, 0)); diff != "" {
				t.Error(diff)
			}
			if r, ok := g.Merge(2, 6); !ok || r.String() != "B2:F2" {
				t.Errorf("Merge(F2) = %v, %t", r, ok)
			}
			if !g.Protected() {
				t.Error("not protected")
			}
			g, err = w.Grid(1)
			if err != nil {
				t.Fatal(err)
			}
			if c, ok := g.At(2, 2); !ok || c.Text != "第二张" || g.Protected() {
				t.Errorf("%+v, %t", c, g.Protected())
			}
		})
	}
}
