package read

import (
	"errors"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/sheettest"
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
		{"OFFSET(F6,0,0)/E6", 0, "公式 =OFFSET(F6,0,0)/E6 没有计算结果"},
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

// withCells returns the published workbook with cells replaced by others, as they
// stand in the XML.
func withCells(t *testing.T, cells ...string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../examples/returned/科创中心建设工作经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	parts := sheettest.Parts(t, data)
	const name = "xl/worksheets/sheet1.xml"
	for _, c := range cells {
		ref := regexp.MustCompile(`r="([A-Z]+[0-9]+)"`).FindStringSubmatch(c)[1]
		old := regexp.MustCompile(`<c r="` + ref + `"[^>]*>.*?</c>`)
		if !old.MatchString(parts[name]) {
			t.Fatalf("no cell %s", ref)
		}
		parts[name] = old.ReplaceAllLiteralString(parts[name], c)
	}
	return sheettest.Archive(t, parts)
}

// Where a formula can be calculated, what it comes to counts, whatever a program
// left there; where it can't, that is what counts. The old values are noticed once.
func TestRecalculated(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cells []string
		field string
		want  any    // the value; nil for none
		typed string // as a person sees it
		old   string // the notice
	}{
		{"right", []string{`<c r="H14"><f>G14</f><v>20</v></c>`}, "绩效指标[2].得分", 20.0, "20", ""},
		{"old", []string{`<c r="H14"><f>G14*0.75</f><v>20</v></c>`}, "绩效指标[2].得分", 15.0, "15", "H14"},
		{"old, and what follows", []string{`<c r="H14"><f>G14*0.75</f><v>0</v></c>`, `<c r="H18"><f>ROUND(I6+SUM(H13:H17),2)</f><v>0</v></c>`}, "总分.得分", 94.81, "94.81", "H14、H18"},
		{"many old", []string{`<c r="H13"><f>G13</f><v>0</v></c>`, `<c r="H14"><f>G14</f><v>0</v></c>`, `<c r="H15"><f>G15</f><v>0</v></c>`, `<c r="H16"><f>G16</f><v>0</v></c>`}, "绩效指标[4].得分", 30.0, "30", "H13、H14、H15 等 4 格"},
		{"the last digits", []string{`<c r="H14"><f>G14*0.1*3</f><v>6.0000000000000009</v></c>`}, "绩效指标[2].得分", 6.0000000000000009, "6", ""},
		{"none", []string{`<c r="H14"><f>IF(K14="",G14,0)</f></c>`}, "绩效指标[2].得分", 20.0, "20", ""},
		{"an empty text", []string{`<c r="I14" t="str"><f>VLOOKUP(D14,D14:E14,2,0)&amp;""</f><v></v></c>`, `<c r="E14"/>`}, "绩效指标[2].偏差原因分析及改进措施", nil, "", ""},
		{"a text for a number", []string{`<c r="I14"><f>"因"&amp;"故"</f><v>0</v></c>`}, "绩效指标[2].偏差原因分析及改进措施", "因故", "因故", "I14"},
		{"shared", []string{`<c r="H14"><f t="shared" ref="H14:H15" si="0">G14*0.5</f><v>10</v></c>`, `<c r="H15"><f t="shared" si="0"/><v>10</v></c>`}, "绩效指标[3].得分", 5.0, "5", "H15"},
		{"a percentage", []string{`<c r="H6"><f>F6/E6*100</f><v>0</v></c>`}, "项目资金[年度资金总额].执行率", 0.980999, "98.0999882885427", "H6"},
		{"another function", []string{`<c r="H14"><f>OFFSET(G14,0,0)</f><v>17</v></c>`}, "绩效指标[2].得分", 17.0, "17", ""},
		{"an array formula", []string{`<c r="H14"><f t="array" ref="H14">G14*0.5</f><v>17</v></c>`}, "绩效指标[2].得分", 17.0, "17", ""},
		{"nothing known", []string{`<c r="H14"><f>OFFSET(G14,0,0)</f></c>`}, "绩效指标[2].得分", nil, "=OFFSET(G14,0,0)", ""},
		{"an error", []string{`<c r="H14"><f>G14/0</f><v>17</v></c>`}, "绩效指标[2].得分", nil, "#DIV/0!", "H14"},
		{"a target for a formula", []string{`<c r="E14"><f>400 场</f><v>0</v></c>`}, "绩效指标[2].年度指标值", "=400 场", "=400 场", "E14"},
		{"a target for a formula that is one", []string{`<c r="E14"><f>100%</f></c>`}, "绩效指标[2].年度指标值", "=100%", "=100%", ""},
	} {
		found, err := Forms(withCells(t, tt.cells...))
		if err != nil {
			t.Fatal(err)
		}
		table := found[0].Table
		for path, v := range table.All() {
			if path != sheet.ParsePath(tt.field) {
				continue
			}
			got := v.Any()
			if n, ok := got.(float64); ok && tt.want != nil && math.Abs(n-tt.want.(float64)) < 1e-6 {
				got = tt.want
			}
			if got != tt.want || v.At().Typed != tt.typed {
				t.Errorf("%s: %v, typed %q; want %v, %q", tt.name, got, v.At().Typed, tt.want, tt.typed)
			}
		}
		old := ""
		for _, n := range table.Notices {
			if n.Kind == sheet.NoticeOutdated {
				old += n.Now
			}
		}
		if old != tt.old {
			t.Errorf("%s: old are %q, want %q", tt.name, old, tt.old)
		}
	}
}

// The formulas of a form are calculated before whatever else stands on its sheet.
func TestFormFirst(t *testing.T) {
	parts := sheettest.Parts(t, withCells(t, `<c r="A1" t="str"><f>IF(SUM(A2:Z400000)=0,"","财政项目支出绩效自评表")</f><v>财政项目支出绩效自评表</v></c>`, `<c r="H14"><f>G14*0.75</f><v>20</v></c>`))
	const name = "xl/worksheets/sheet1.xml"
	parts[name] = strings.Replace(parts[name], "</sheetData>", `<row r="400000"><c r="Z400000"><v>1</v></c></row></sheetData>`, 1)
	found, err := Forms(sheettest.Archive(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	if score := found[0].Table.Indicators[1].Score; score.Value != 15 {
		t.Errorf("the score is %v", score.Value)
	}
}

// A formula that can't be calculated is noticed, once a form, and none that only follows
// from it.
func TestUnchecked(t *testing.T) {
	for formula, want := range map[string]string{`OFFSET(G14,0,0)`: "H14", `RANDBETWEEN(9,9)`: "H14", `LET(x,1,x)`: "H14", `G14-2`: "", `[1]Sheet1!A1`: ""} {
		found, err := Forms(withCells(t, `<c r="H14"><f>`+formula+`</f><v>17</v></c>`, `<c r="H15"><f>H14</f><v>17</v></c>`))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, n := range found[0].Table.Notices {
			if n.Kind == sheet.NoticeUnchecked {
				got += n.Issued
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", formula, got, want)
		}
	}
}
