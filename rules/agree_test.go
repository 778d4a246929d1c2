package rules

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/calc"
	"ziping/sheet/quantity"
	"ziping/sheet/sheettest"
)

// calculation is one: as a formula of a spreadsheet, and as Go makes it.
type calculation struct {
	formula string // over A, B and C of its row
	inputs  [3]float64
	want    float64
}

// calculations generates rates, scores, sums and roundings, ties among them.
func calculations(n int) []calculation {
	r := rand.New(rand.NewPCG(1, 2))
	amount := func() float64 {
		return quantity.Round(math.Pow(10, r.Float64()*9)*r.Float64(), r.IntN(7))
	}
	ties := []float64{9.985, 0.98485, 1.005, 2.675, 0.125, 99.995, 0.00005, 1.115, 8.345, 1234567.895, 0.285, 4.35, 17.945}
	var list []calculation
	for i := range n {
		a, b, places := amount(), amount(), r.IntN(5)
		switch i % 5 {
		case 0: // any number at any place
			list = append(list, calculation{fmt.Sprintf("ROUND(A%%[1]d,%d)", places), [3]float64{a}, quantity.Round(a, places)})
		case 1: // a tie, written in decimals
			a = quantity.Round(math.Floor(a)+float64(r.IntN(1000))/1000+0.0005, 4)
			if r.IntN(4) == 0 {
				a = ties[r.IntN(len(ties))]
			}
			if r.IntN(2) == 0 {
				a = -a
			}
			places = 2 + r.IntN(2)
			list = append(list, calculation{fmt.Sprintf("ROUND(A%%[1]d,%d)", places), [3]float64{a}, quantity.Round(a, places)})
		case 2: // 执行率
			list = append(list, calculation{"ROUND(A%[1]d/B%[1]d,4)", [3]float64{a, b + 0.01}, quantity.Round(a/(b+0.01), 4)})
		case 3: // 预算执行率的得分; often close to a tie
			weight := float64(5 + r.IntN(16))
			b = quantity.Round(b+1, 2)
			a = quantity.Round(b*float64(r.IntN(2001))/2000, 2)
			list = append(list, calculation{"ROUND(MAX(0,MIN(1,A%[1]d/B%[1]d))*C%[1]d,2)", [3]float64{a, b, weight}, quantity.Round(min(1, a/b)*weight, 2)})
		case 4: // 总分
			c := quantity.Round(r.Float64()*100, 2)
			a, b = quantity.Round(r.Float64()*100, 2), quantity.Round(r.Float64()*100, 2)
			list = append(list, calculation{"ROUND(A%[1]d+SUM(B%[1]d:C%[1]d),2)", [3]float64{a, b, c}, quantity.Round(a+b+c, 2)})
		}
	}
	return list
}

// Rates, scores, sums and roundings come out the same in a real spreadsheet
// program, in Go, and in the values that we cache for the formulas.
func TestAgreesWithSpreadsheet(t *testing.T) {
	o := sheettest.New(t)
	list := calculations(12000)
	f := excelize.NewFile()
	defer f.Close()
	var refs []string
	for i, c := range list {
		row := i + 1
		for col, v := range c.inputs {
			ref, _ := excelize.CoordinatesToCellName(col+1, row)
			if err := f.SetCellValue("Sheet1", ref, v); err != nil {
				t.Fatal(err)
			}
		}
		ref := fmt.Sprintf("D%d", row)
		if err := f.SetCellFormula("Sheet1", ref, fmt.Sprintf(c.formula, row)); err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
	}
	cached, err := calc.Numbers(f, "Sheet1", refs)
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "calculations.xlsx")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	calculated := column(t, filepath.Join(o.Convert(t, sheettest.XLSX, file), "calculations.xlsx"))
	differ := 0
	for i, c := range list {
		want := quantity.FormatNumber(c.want)
		if got := calculated[refs[i]]; quantity.FormatNumber(got) != want || quantity.FormatNumber(cached[refs[i]]) != want {
			if differ++; differ <= 20 {
				t.Errorf("%s of %v: Go %s, LibreOffice %s, cached %s", fmt.Sprintf(c.formula, i+1), c.inputs,
					want, quantity.FormatNumber(got), quantity.FormatNumber(cached[refs[i]]))
			}
		}
	}
	if differ > 0 {
		t.Errorf("%d of %d differ", differ, len(list))
	}
}

// column returns the numbers of column D.
func column(t *testing.T, file string) map[string]float64 {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for i, row := range rows {
		var v float64
		if _, err := fmt.Sscan(row[3], &v); err != nil {
			t.Fatalf("D%d: %q", i+1, row[3])
		}
		values[fmt.Sprintf("D%d", i+1)] = v
	}
	return values
}
