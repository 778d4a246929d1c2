package calc

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// chain returns cells each of which is a formula with the next one in it.
func chain(n int, formula string) cells {
	s := cells{fmt.Sprintf("A%d", n): "x"}
	for i := 1; i < n; i++ {
		s[fmt.Sprintf("A%d", i)] = "=" + strings.ReplaceAll(formula, "?", fmt.Sprintf("A%d", i+1))
	}
	return s
}

// However a workbook is made, its formulas come to an end, and soon.
func TestBounded(t *testing.T) {
	long := strings.Repeat("a", 30_000)
	texts := cells{"B1": `=COUNTIF(A1:A3000,"*a*a*a*a*a*a*a*a*b")+COUNTIF(A1:A3000,"*?a?a?a*b*")`}
	for i := range 3000 {
		texts[fmt.Sprintf("A%d", i+1)] = long
	}
	wide := cells{"A1": 1, "XFD1048576": 1, "B1": "=SUM(A2:XFD1048576)"}
	for _, tt := range []struct {
		name, ref string
		cells     cells
		want      string
	}{
		{"doubled texts", "A1", chain(40, "CONCATENATE(?,?)"), "#VALUE!"},
		{"doubled sums", "A1", chain(60, "?&?"), "#VALUE!"},
		{"remembered", "A1", chain(60, "LEFT(?,1)&LEFT(?,0)"), `"x"`},
		{"a long chain", "A1", chain(3000, "?"), `"x"`},
		{"too long a chain", "A1", chain(30_000, "?"), "太深"},
		{"slow patterns", "B1", texts, "太多"},
		{"a wide sheet", "B1", wide, "太多"},
		{"repeated", "A1", chain(20, `SUBSTITUTE(?&"xx","x",REPT("x",9000))`), "#VALUE!"},
		{"a circle", "A1", cells{"A1": "=B1", "B1": "=C1*2", "C1": "=SUM(A1:A2)"}, "循环引用了单元格 A1"},
		{"a circle that is not met", "A1", cells{"A1": "=IF(TRUE,1,A1)"}, "1"},
		{"an array formula", "A1", cells{"A1": Cell{Formula: "B1:B2", Array: true}}, "数组公式"},
		{"of an array formula", "A2", cells{"A1": Cell{Array: true}, "A2": "=A1"}, "数组公式"},
	} {
		v, err := New(book{"表": tt.cells}).Value("表", 1, 1)
		if tt.ref != "A1" {
			row, col := 1, 2
			if tt.ref == "A2" {
				row, col = 2, 1
			}
			v, err = New(book{"表": tt.cells}).Value("表", row, col)
		}
		if got := shown(v); err == nil && got != tt.want || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %.50s, %v; want %s", tt.name, got, err, tt.want)
		}
	}
}

// What could not be calculated is not tried again, and harms no other formula.
func TestAfterFailure(t *testing.T) {
	c := New(book{"表": {"A1": "=B1+NOW()", "A2": "=A1", "A3": "=1+1", "B1": "=A3"}})
	for range 2 {
		for row := 1; row <= 2; row++ {
			if v, err := c.Value("表", row, 1); err == nil || !strings.Contains(err.Error(), "NOW") {
				t.Errorf("A%d: %v, %v", row, v, err)
			}
		}
		if v, err := c.Value("表", 3, 1); err != nil || v != number(2) {
			t.Errorf("A3: %v, %v", v, err)
		}
	}
}

// Hidden rows and subtotals.
func TestSubtotal(t *testing.T) {
	s := cells{"A1": 1, "A2": 2, "A3": "=SUBTOTAL(109,A1:A2)", "A4": "=SUM(A1:A2)+SUBTOTAL(9,B1)", "A5": 7, "ZZ2": "hidden"}
	for formula, want := range map[string]string{"SUBTOTAL(109,A1:A5)": "8", "SUBTOTAL(9,A1:A5)": "隐藏的行", "SUBTOTAL(9,A3:A5)": "7", "SUBTOTAL(103,A1:A5)": "2"} {
		v, err := New(book{"表": s}).Try("表", 9, 9, formula)
		if got := shown(v); err == nil && got != want || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s is %s, %v; want %s", formula, got, err, want)
		}
	}
}

// Try does not change what the workbook's own formulas come to.
func TestTry(t *testing.T) {
	c := New(book{"表": {"A1": 5, "A2": "=A1*2", "A3": "=A2+1"}})
	for _, tt := range []struct {
		formula, want string
	}{{"3+4", "7"}, {"A2", "循环"}, {"A9", "0"}} {
		v, err := c.Try("表", 1, 1, tt.formula)
		if got := shown(v); err == nil && got != tt.want || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s is %s, %v; want %s", tt.formula, got, err, tt.want)
		}
		if v, err := c.Value("表", 3, 1); err != nil || v != number(11) {
			t.Errorf("A3: %v, %v", v, err)
		}
	}
}

func TestDate1904(t *testing.T) {
	b := book{"表": {}, "1904": {}}
	if v, err := New(b).Try("表", 1, 1, "YEAR(44561)"); err == nil {
		t.Errorf("calculated as %v", v)
	}
}

// FuzzEvaluate: whatever a formula says, it comes to an end, and never to a guess
// that is no value.
func FuzzEvaluate(f *testing.F) {
	g := generatorOf(3)
	for range 200 {
		f.Add(g.formula())
	}
	for _, seed := range []string{`SUM(A1:'x`, `{1,2;3}`, `"`, `'`, `A1:B2:C3`, `#REF!A1`, `IF({1,0},A:A,B:B)`, `SUMPRODUCT((A1:C9>0)*(B1:D9<{1,2,3}))`, `INDEX({1,2;3,4},0,1)`, `TEXT(1,"年yyyy月")`, `REPT("a",1E9)`, `MID("abc",1,1E300)`, `1E999`, `ROUND(1E300,300)`, `CHOOSE(1E300,1)`, `COUNTIF(A:XFD,"~*?")`} {
		f.Add(seed)
	}
	b := sample()
	f.Fuzz(func(t *testing.T, formula string) {
		c := New(b)
		v, err := c.Try("表", 11, 11, formula)
		if err != nil {
			return
		}
		switch v.Kind {
		case Blank:
			t.Errorf("%q is blank", formula)
		case Text:
			if tooLong(v.Text) {
				t.Errorf("%q is a text of %d bytes", formula, len(v.Text))
			}
		case Number:
			if number(v.Number) != v {
				t.Errorf("%q is %v", formula, v.Number)
			}
		}
		if c.left < 0 {
			t.Errorf("%q took %d steps", formula, mostSteps-c.left)
		}
		if same, ok := xlsx.ShiftFormula(formula, 0, 0); ok {
			if w, err := New(b).Try("表", 11, 11, same); err != nil || w != v {
				t.Errorf("%q shifted by nothing, %q, is %v (%v), not %v", formula, same, w, err, v)
			}
		}
	})
}

// form has the formulas of a form.
var form = cells{
	"E7": 1121.92, "F7": 1120.52, "G6": 10, "G13": 20, "G14": 20, "G15": 10, "G16": 30, "G17": 10, "H13": 18, "H14": 20, "H15": 10, "H16": 30, "H17": 9,
	"D6": "=SUM(D7:D9)", "E6": "=SUM(E7:E9)", "F6": "=SUM(F7:F9)", "H6": "=IF(E6=0,0,ROUND(F6/E6,4))", "I6": "=IF(E6=0,0,ROUND(MAX(0,MIN(1,F6/E6))*G6,2))",
	"G18": "=ROUND(G6+SUM(G13:G17),2)", "H18": "=ROUND(I6+SUM(H13:H17),2)",
}

// formulas are the places of form's formulas.
var formulas = map[string]position{"D6": {6, 4}, "E6": {6, 5}, "F6": {6, 6}, "H6": {6, 8}, "I6": {6, 9}, "G18": {18, 7}, "H18": {18, 8}}

func BenchmarkForm(b *testing.B) {
	w := book{"表": form}
	for b.Loop() {
		c := New(w)
		for ref, at := range formulas {
			if _, err := c.Value("表", at.row, at.col); err != nil {
				b.Fatal(ref, err)
			}
		}
	}
}

func BenchmarkFormExcelize(b *testing.B) {
	f := excelize.NewFile()
	defer f.Close()
	for ref, v := range form {
		var err error
		if formula, ok := v.(string); ok {
			err = f.SetCellFormula("Sheet1", ref, formula)
		} else {
			err = f.SetCellValue("Sheet1", ref, v)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := f.SetCellValue("Sheet1", "E7", 1121.92); err != nil { // forget what was calculated
			b.Fatal(err)
		}
		for ref := range formulas {
			if _, err := f.CalcCellValue("Sheet1", ref); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// Whatever stands for the arguments of a function, it comes to a value or to an
// error.
func TestAnyArguments(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	c := New(sample())
	args := []string{"A1", "A6", "A8", "A1:A9", "A1:G2", "A:A", "1:1", "数据!A1:C3", "0", "1", "-3", "2.5", "1E300", `""`, `"a"`, `"*"`, `"2021-1-1"`, "TRUE", "#N/A", "", "{1,2;3,4}", `{"a",TRUE,#N/A}`, "A1:A3*2", "Z99:Z100"}
	for name, f := range functions {
		for n := range 6 {
			if !f.takes(n) {
				continue
			}
			for range 60 {
				list := make([]string, n)
				for i := range list {
					list[i] = args[rnd.IntN(len(args))]
				}
				formula := name + "(" + strings.Join(list, ",") + ")"
				for _, formula := range []string{formula, "SUMPRODUCT(" + formula + "*1)"} {
					c.left = 20_000
					if v, err := c.Try("表", 11, 11, formula); err == nil && v.Kind == Blank {
						t.Errorf("%s is blank", formula)
					}
				}
			}
		}
	}
}
