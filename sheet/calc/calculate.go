package calc

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Calculator calculates the formulas of one workbook, as long as they take no
// more than the formulas of a thousand forms do.
type Calculator struct {
	F    *excelize.File
	left int // steps
	look int // steps that one look at a cell takes

	shares bool // formulas are shared
}

// mostToCalculate is the largest workbook that is calculated, decompressed, in
// bytes: the engine takes fifty times as much memory.
const mostToCalculate = 8 << 20

// OpenCalculator opens a workbook to be calculated. One that is too large is an
// error.
func OpenCalculator(data []byte) (*Calculator, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostToCalculate, UnzipXMLSizeLimit: mostToCalculate})
	if err != nil {
		return nil, err
	}
	c := &Calculator{F: f, left: mostStepsInAll}
	c.look, c.shares = stepsOfLook(f)
	return c, nil
}

var sharedIndex = regexp.MustCompile(`\ssi\s*=`)

// stepsOfLook returns how many steps the engine takes to look at a cell: it goes
// over the merged areas each time, and over all cells for a shared formula that
// is written nowhere. It reports too whether there are shared ones.
func stepsOfLook(f *excelize.File) (steps int, shared bool) {
	merges, cells := 0, 0
	f.Pkg.Range(func(_, part any) bool {
		if b, ok := part.([]byte); ok {
			merges += bytes.Count(b, []byte("mergeCell "))
			cells += bytes.Count(b, []byte("<c"))
			shared = shared || sharedIndex.Match(b)
		}
		return true
	})
	steps = 1 + merges/50
	if shared {
		steps += cells / 50
	}
	return steps, shared
}

// Close gives back what the workbook takes.
func (c *Calculator) Close() error { return c.F.Close() }

// Calculate returns the values of formula cells, which must come to numbers.
func Calculate(f *excelize.File, sheet string, refs []string) (map[string]float64, error) {
	return (&Calculator{F: f, left: mostStepsInAll, look: 1}).Values(sheet, refs)
}

// Values is Calculate for the calculator's workbook.
func (c *Calculator) Values(sheet string, refs []string) (map[string]float64, error) {
	values := make(map[string]float64, len(refs))
	for _, ref := range refs {
		v, err := c.CalculateOne(sheet, ref)
		if err != nil {
			return nil, fmt.Errorf("工作表“%s”单元格 %s 的公式无法计算：%w", sheet, ref, err)
		}
		values[ref] = v
	}
	return values, nil
}

// Agrees reports whether every number that a formula gives in a form of the
// workbook is what the calculator comes to. It is not where a program left an old
// value, and where the formula can't be calculated.
func (c *Calculator) Agrees(f sheet.Found) bool {
	for v := range f.Table.Values() {
		n, ok := v.Any().(float64)
		if !ok || v.At().Formula == "" {
			continue
		}
		is, err := c.CalculateOne(f.Sheet, v.At().Ref)
		_, rate := v.(*sheet.Rate) // which may be written as 98.1
		if err != nil || !agree(is, n) && !(rate && agree(is/100, n)) {
			return false
		}
	}
	return true
}

func agree(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(b)) }

// Try returns what a formula would come to in a cell that holds a number.
func (c *Calculator) Try(sheet, ref, formula string, number float64) (float64, error) {
	if err := c.F.SetCellFormula(sheet, ref, formula); err != nil {
		return 0, err
	}
	v, err := c.CalculateOne(sheet, ref)
	return v, errors.Join(err, c.F.SetCellFormula(sheet, ref, ""), c.F.SetCellValue(sheet, ref, number))
}

// calculate returns the value of a formula cell. excelize's ROUND is not that of
// Excel: 1234567.895 to two places is 1234567.89 there, and 90 to six leaves a
// rest. So what a formula rounds in the end is calculated without, and rounded
// here.
func (c *Calculator) CalculateOne(sheet, ref string) (float64, error) {
	f := c.F
	if err := c.Calculable(sheet, ref, true); err != nil {
		return 0, err
	}
	formula, err := f.GetCellFormula(sheet, ref)
	if err != nil {
		return 0, err
	}
	exact, places, rounds := cutRound(formula)
	if !rounds {
		return evaluate(f, sheet, ref)
	}
	if err := f.SetCellFormula(sheet, ref, exact); err != nil {
		return 0, err
	}
	v, err := evaluate(f, sheet, ref)
	if err := f.SetCellFormula(sheet, ref, formula); err != nil {
		return 0, err
	}
	return quantity.Round(v, places), err
}

func evaluate(f *excelize.File, sheet, ref string) (float64, error) {
	s, err := f.CalcCellValue(sheet, ref, excelize.Options{RawCellValue: true})
	if err != nil {
		return 0, err
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, fmt.Errorf("得出的不是数字：%q", s)
	}
	return v, nil
}

// otherwiseZero is what may stand before a ROUND that is all of a formula's value
// where it is not 0.
var otherwiseZero = regexp.MustCompile(`^IF\([^,]*,0,$`)

// cutRound takes the ROUND out of a formula whose value it is:
// IF(B1=0,0,ROUND(A1/B1,4)) is IF(B1=0,0,(A1/B1)), rounded to 4 places.
func cutRound(formula string) (exact string, places int, ok bool) {
	const name = "ROUND("
	at := strings.Index(formula, name)
	if at < 0 || at > 0 && !otherwiseZero.MatchString(formula[:at]) {
		return "", 0, false
	}
	end, comma := closing(formula, at+len(name))
	if end < 0 || comma < 0 || strings.Trim(formula[end:], ")") != "" {
		return "", 0, false
	}
	places, err := strconv.Atoi(strings.TrimSpace(formula[comma+1 : end]))
	if err != nil || places < 0 || places > 15 {
		return "", 0, false
	}
	return formula[:at] + "(" + formula[at+len(name):comma] + formula[end:], places, true
}

// closing returns where the bracket closes whose inside begins at start, and
// where the last comma of its own stands; -1 where there is none.
func closing(formula string, start int) (end, comma int) {
	depth, comma := 0, -1
	for i := start; i < len(formula); i++ {
		switch formula[i] {
		case '(':
			depth++
		case ',':
			if depth == 0 {
				comma = i
			}
		case ')':
			if depth == 0 {
				return i, comma
			}
			depth--
		}
	}
	return -1, comma
}
