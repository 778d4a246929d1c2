package calc

import (
	"errors"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

const formulaColumn = 11

// LibreOffice comes to the same for 20,000 formulas over cells of every kind. The
// generator leaves out what knownDifferences names, and of two error values any
// will do: LibreOffice has fewer.
func TestLibreOffice(t *testing.T) {
	const sheets, each = 20, 1000
	rnd := rand.New(rand.NewSource(2))
	b := book{}
	for i := range sheets {
		g := &generator{rnd: rnd}
		s := g.cells()
		for k := range each {
			s[xlsx.Ref(k+1, formulaColumn)] = "=" + g.formula()
		}
		b[fmt.Sprintf("表%d", i+1)] = s
	}
	theirs := calculated(t, b)
	counted := map[string]int{}
	for name, s := range b {
		c := New(b)
		for row := 1; row <= each; row++ {
			v, err := c.Value(name, row, formulaColumn)
			other := theirs(name, row, formulaColumn)
			switch {
			case err != nil:
				counted["not calculated"]++
				continue
			case !agree(v, other) && (v.Kind != Error || other.Kind != Error):
				counted["different"]++
				t.Errorf("%s!%d %s is %s, LibreOffice has %s", name, row, s[xlsx.Ref(row, formulaColumn)], shown(v), shown(other))
			}
			counted[v.Kind.String()]++
		}
	}
	t.Logf("%d formulas: %v", sheets*each, counted)
	if counted["not calculated"] > sheets*each/50 || counted["Error"] > sheets*each/2 {
		t.Error("too few are compared")
	}
}

// knownDifferences are where LibreOffice does not do what Excel does.
var knownDifferences = []struct{ name, formula, excel, libreOffice string }{
	{"0 to the power of 0 is an error", "0^0", "#NUM!", "1"},
	{"wildcards do not match numbers", `COUNTIF(C1:C5,"*")`, "0", "5"},
	{"a text that is a number meets a criterion that is one", "COUNTIF(A1:A4,40)", "1", "0"},
	{"blanks at the ends of what COUNTIFS counts", `COUNTIFS(E6:E8,"",C3:C5,">0")`, "2", "0"},
	{"blanks at the ends of what COUNTIFS counts", `COUNTIFS(B4:B6,"<>0",C3:C5,">0")`, "3", "2"},
	{"truth values in cells are no numbers for SUM", "SUM(A5:A6)", "0", "1"},
	{"truth values are more than any number", "A5>99", "TRUE", "FALSE"},
	{"a truth value has no number format", `TEXT(A5,"0.00")`, `"TRUE"`, `"1.00"`},
	{"a blank looked up is 0", "LOOKUP(A6,{0,60},{1,2})", "1", "#N/A"},
	{"a formula that refers to a blank is 0", `E6=""`, "FALSE", "TRUE"},
	{"an empty text is found where one starts", `FIND("","abc")`, "1", "#VALUE!"},
	{"the code of nothing is an error", `CODE("")`, "#VALUE!", "0"},
	{"what IFERROR gives is no reference", "SUM(IFERROR(A3,0))", "40", "0"},
	{"what is not ranked is not there", "RANK(8,D1:D5)", "#N/A", "2"},
	{"DBCS is a function", `DBCS("a")`, `"ａ"`, "#NAME?"},
	{"what is outside of an area is no reference", "INDEX(C1:C5,9)", "#REF!", "#VALUE!"},
	{"no numbers have no median", "MEDIAN(B1:B5)", "#NUM!", "#VALUE!"},
	{"HYPERLINK gives one value, also to an array", `SUMPRODUCT(C1:C5*LEN(HYPERLINK("#A1","ab")))`, "30", "8"},
}

func TestKnownDifferences(t *testing.T) {
	b := sample()
	for i, d := range knownDifferences {
		b["表"][xlsx.Ref(i+1, formulaColumn+10)] = "=" + d.formula
	}
	theirs := calculated(t, b)
	for i, d := range knownDifferences {
		v, err := New(b).Value("表", i+1, formulaColumn+10)
		other := theirs("表", i+1, formulaColumn+10)
		if err != nil || shown(v) != d.excel || shown(other) != d.libreOffice {
			t.Errorf("%s: %s is %s (%v), want %s; LibreOffice has %s, want %s", d.name, d.formula, shown(v), err, d.excel, shown(other), d.libreOffice)
		}
	}
}

// calculated returns what LibreOffice makes of the formulas of a workbook.
func calculated(t *testing.T, b book) func(sheet string, row, col int) Value {
	t.Helper()
	office := sheettest.New(t)
	path := filepath.Join(t.TempDir(), "formulas.xlsx")
	if err := save(b, path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(office.Convert(t, sheettest.XLSX, path), "formulas.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := xlsx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	grids := map[string]*xlsx.Grid{}
	for i, s := range w.Sheets() {
		if grids[s.Name], err = w.Grid(i); err != nil {
			t.Fatal(err)
		}
	}
	return func(sheet string, row, col int) Value {
		cell, _ := grids[sheet].At(row, col)
		return ofGrid(cell)
	}
}

// agree reports whether two values are equal but for the last digits.
func agree(a, b Value) bool {
	if a.Kind == Number && b.Kind == Number {
		return math.Abs(a.Number-b.Number) <= 1e-12*max(1, math.Abs(a.Number))
	}
	return a == b
}

// ofGrid returns the value of a cell that LibreOffice wrote.
func ofGrid(cell xlsx.Cell) Value {
	switch cell.Kind {
	case xlsx.Number:
		return number(cell.Value)
	case xlsx.Bool:
		return boolean(cell.Value != 0)
	case xlsx.Error:
		return Value{Kind: Error, Text: cell.Text}
	}
	return text(cell.Text)
}

// save writes a workbook.
func save(b book, path string) error {
	f := excelize.NewFile()
	defer f.Close()
	first := f.GetSheetName(0)
	var errs []error
	for name, s := range b {
		_, err := f.NewSheet(name)
		errs = append(errs, err)
		for ref, v := range s {
			switch v := v.(type) {
			case string:
				if formula, ok := strings.CutPrefix(v, "="); ok {
					errs = append(errs, f.SetCellFormula(name, ref, formula))
					continue
				}
				errs = append(errs, f.SetCellStr(name, ref, v))
			case Value:
				errs = append(errs, f.SetCellFormula(name, ref, v.Text)) // an error value
			default:
				errs = append(errs, f.SetCellValue(name, ref, v))
			}
		}
		for _, area := range merged {
			corner := strings.Split(area, ":")
			errs = append(errs, f.MergeCell(name, corner[0], corner[1]))
		}
	}
	errs = append(errs, f.DeleteSheet(first), f.SaveAs(path))
	return errors.Join(errs...)
}
