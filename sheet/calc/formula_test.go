package calc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/quantity"
)

// What a form calculates is calculated; what never ends, or takes what is not
// there, is refused with a reason.
func TestCalculable(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cells map[string]string
		want  string // in the error; a number where there is none
	}{
		{"sum", map[string]string{"A1": "SUM(B1:B3)*2", "B1": "B2+1", "B2": "3", "B3": "MIN(1,B2)"}, "16"},
		{"rounded", map[string]string{"A1": "IF(B2=0,0,ROUND(1/B2,4))", "B2": "3"}, "0.3333"},
		{"absolute", map[string]string{"A1": "SUM($B$1:B$2)", "B1": "1", "B2": "2"}, "3"},
		{"a plus in front", map[string]string{"A1": "+B1+B2", "B1": " +3", "B2": "4"}, "7"},
		{"another sheet", map[string]string{"A1": "'Sheet1'!B1+Sheet1!B1", "B1": "4"}, "8"},
		{"itself", map[string]string{"A1": "A1+1"}, "循环引用了单元格 A1"},
		{"a circle", map[string]string{"A1": "B1", "B1": "C1*2", "C1": "SUM(A1:A2)"}, "循环引用了单元格 A1"},
		{"its own column", map[string]string{"A1": "SUM(A:A)"}, "引用了 A:A"},
		{"all", map[string]string{"A1": "SUM(B1:XFD1048576)"}, "太多"},
		{"doubling", doubling(60), "太多"},
		{"doubling texts", doubling(60, "&"), "太多"},
		{"a long chain", doubling(4000, ""), "太多"},
		{"any length", map[string]string{"A1": `REPT("x",1E9)`}, "用了 REPT"},
		{"the network", map[string]string{"A1": `WEBSERVICE("http://127.0.0.1")`}, "用了 WEBSERVICE"},
		{"another program", map[string]string{"A1": `cmd|'/c calc'!A0`}, "写法有误"},
		{"another workbook", map[string]string{"A1": `[1]Sheet1!A1`}, "工作簿中没有"},
		{"a name", map[string]string{"A1": "总额"}, "引用了 总额"},
		{"no formula", map[string]string{"A1": "1+"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := excelize.NewFile()
			defer f.Close()
			for ref, formula := range tt.cells {
				if err := f.SetCellFormula("Sheet1", ref, formula); err != nil {
					t.Fatal(err)
				}
			}
			v, err := (&Calculator{F: f, left: mostStepsInAll, look: 1}).CalculateOne("Sheet1", "A1")
			if err == nil && quantity.FormatNumber(v) != tt.want || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v; want %q", v, err, tt.want)
			}
		})
	}
}

// doubling returns cells each of which takes the next one twice, joined by an
// operator, or once where that is empty.
func doubling(n int, operator ...string) map[string]string {
	cells := map[string]string{}
	for i := 1; i < n; i++ {
		next := fmt.Sprintf("A%d", i+1)
		formula := next + "+" + next
		if len(operator) > 0 {
			formula = next
			if operator[0] != "" {
				formula += operator[0] + next
			}
		}
		cells[fmt.Sprintf("A%d", i)] = formula
	}
	cells[fmt.Sprintf("A%d", n)] = "1"
	return cells
}

// A workbook's formulas may take a number of steps together, however few each of
// them takes; the engine's search of merged areas counts.
func TestStepsInAll(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i := 1; i <= 50; i++ {
		if err := f.SetCellFormula("Sheet1", fmt.Sprintf("A%d", i), "SUM(B1:B9)"); err != nil {
			t.Fatal(err)
		}
	}
	c := Calculator{F: f, left: 300, look: 1}
	done := 0
	for i := 1; i <= 50; i++ {
		if _, err := c.Values("Sheet1", []string{fmt.Sprintf("A%d", i)}); err == nil {
			done++
		} else if !strings.Contains(err.Error(), errTooMuch.Error()) {
			t.Error(err)
		}
	}
	if done < 10 || done > 20 {
		t.Errorf("%d formulas calculated", done)
	}
	f.Pkg.Store("xl/worksheets/sheet1.xml", []byte(strings.Repeat(`<mergeCell ref="A1:B1"/>`, 5000)+strings.Repeat("<c/>", 500)+`<f t="shared" si = "7"/>`))
	if n, shared := stepsOfLook(f); n < 100 || n > 200 || !shared {
		t.Errorf("a look takes %d steps (shared: %t)", n, shared)
	}
}
