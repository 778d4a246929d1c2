package read

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// shared stands for the formula of a cell that shares it with others: it is
// written down in the first of them only.
const shared = "…"

// missing are the values that a workbook's formulas lack, where the program
// that saved it left none, as programs do that do not calculate.
type missing struct {
	data   []byte
	engine *calc.Calculator // nil until it is needed, and where it can't be had
	opened bool
}

// calculate gives the formulas of a form their values, and their text where it
// stands in another cell.
func (m *missing) calculate(name string, grid *xlsx.Grid, t *sheet.Table) {
	for v := range t.Values() {
		at := v.At()
		if at.Formula != shared && (at.Formula == "" || at.Typed != "") {
			continue
		}
		m.open()
		if m.engine == nil {
			notCalculated(at)
			continue
		}
		if at.Formula == shared {
			if formula, err := m.engine.Formula(name, at.Ref); err == nil && formula != "" {
				at.Formula = formula
			}
		}
		if at.Typed != "" {
			continue
		}
		cell, err := result(m.engine, name, grid, v)
		if err != nil {
			notCalculated(at)
			continue
		}
		if at.Typed = cell.Text; at.Typed != "" {
			take(v, cell)
		}
	}
}

// open opens the workbook in the engine, once.
func (m *missing) open() {
	if m.opened {
		return
	}
	m.opened = true
	m.engine, _ = calc.OpenCalculator(m.data) // too large, or only our own reader puts up with it
}

func (m *missing) close() {
	if m.engine != nil {
		m.engine.Close()
	}
}

func notCalculated(c *sheet.Cell) {
	c.Problem = fmt.Sprintf("公式 =%s 没有计算结果，请在 Excel 或 WPS 中打开并保存一次", c.Formula)
	if c.Typed == "" {
		c.Typed = "=" + c.Formula // so that it does not count as left blank
	}
}

// result calculates the formula of a value.
func result(c *calc.Calculator, name string, grid *xlsx.Grid, v sheet.Value) (xlsx.Cell, error) {
	ref := v.At().Ref
	row, col, _ := xlsx.ParseRef(ref)
	at, _ := grid.At(row, col)
	if _, ok := v.(*sheet.Text); ok {
		if text := "=" + v.At().Formula; quantity.ParseTarget(text, 0).Kind == quantity.KindNumber {
			return xlsx.Cell{Kind: xlsx.String, Text: text}, nil // =400 场, that a script took for a formula
		}
		if err := c.Calculable(name, ref, false); err != nil {
			return xlsx.Cell{}, err
		}
		text, err := c.F.CalcCellValue(name, ref)
		if err != nil {
			return xlsx.Cell{}, err
		}
		if !strings.HasSuffix(text, "%") { // as people see percentages, but not rounded
			text, err = c.F.CalcCellValue(name, ref, excelize.Options{RawCellValue: true})
		}
		return xlsx.Cell{Kind: xlsx.String, Text: text}, err
	}
	value, err := c.CalculateOne(name, ref)
	return xlsx.Cell{Kind: xlsx.Number, Value: value, Text: quantity.FormatNumber(value), Percent: at.Percent}, err
}
