package read

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/quantity"
)

// A rate that a formula makes a percentage of, and no program has calculated, is
// one; what can't be calculated is not blank.
func TestMissingRate(t *testing.T) {
	for _, tt := range []struct {
		formula string
		style   int // the number format of Excel
		want    string
	}{
		{"F6/E6", 10, "0.981"}, {"F6/E6", 0, "0.981"}, {"ROUND(F6/E6*100,2)", 0, "0.981"}, {"+F6/E6*100", 2, "0.981"},
		{"REPT(1,2)", 0, "公式 =REPT(1,2) 没有计算结果"},
	} {
		f, err := excelize.OpenFile("../../examples/returned/科创中心建设工作经费.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		form := f.GetSheetName(0)
		style, err := f.NewStyle(&excelize.Style{NumFmt: tt.style})
		if err := errors.Join(err, f.SetCellStyle(form, "H6", "H6", style), f.SetCellValue(form, "H6", nil), f.SetCellFormula(form, "H6", tt.formula)); err != nil {
			t.Fatal(err)
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		found, err := Forms(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		rate := found[0].Table.Funds[0].Rate
		if rate.Known && quantity.FormatNumber(quantity.Round(rate.Value, 4)) != tt.want || !rate.Known && !strings.HasPrefix(rate.Problem, tt.want) || rate.Typed == "" {
			t.Errorf("%s in format %d is read as %+v", tt.formula, tt.style, rate)
		}
	}
}

// However many forms lack values, the engine opens their workbook once.
func TestOpenedOnce(t *testing.T) {
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	m := missing{data: data}
	defer m.close()
	m.open()
	first := m.engine
	if m.open(); first == nil || m.engine != first {
		t.Error("opened anew, or not at all")
	}
}
