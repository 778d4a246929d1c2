package sheet

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// shared stands for the formula of a cell that shares it with others: it is
// written down in the first of them only.
const shared = "…"

// calculateMissing gives the formulas of a form their values where the program
// that saved the workbook left none, as programs do that do not calculate, and
// their text where it stands in another cell.
func calculateMissing(data []byte, name string, t *Table) error {
	var missing []Value
	for _, v := range t.All() {
		if at := v.At(); at.Formula == shared || at.Formula != "" && at.Typed == "" {
			missing = append(missing, v)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostToCalculate, UnzipXMLSizeLimit: mostToCalculate})
	if err != nil { // too large, or only our own reader puts up with it
		for _, v := range missing {
			v.At().notCalculated()
		}
		return nil
	}
	defer f.Close()
	for _, v := range missing {
		at := v.At()
		if at.Formula == shared {
			if formula, err := f.GetCellFormula(name, at.Ref); err == nil && formula != "" {
				at.Formula = formula
			}
		}
		if at.Typed != "" {
			continue
		}
		cell, err := result(f, name, v)
		if err != nil {
			at.notCalculated()
			continue
		}
		if at.Typed = cell.Text; at.Typed != "" {
			v.read(cell)
		}
	}
	return nil
}

// mostToCalculate is the largest workbook that is calculated, decompressed, in
// bytes: the engine takes ten times as much memory.
const mostToCalculate = 32 << 20

func (c *Cell) notCalculated() {
	c.Problem = fmt.Sprintf("公式 =%s 没有计算结果，请在 Excel 或 WPS 中打开并保存一次", c.Formula)
}

// result calculates the formula of a value.
func result(f *excelize.File, name string, v Value) (xlsx.Cell, error) {
	ref := v.At().Ref
	if _, ok := v.(*Text); ok {
		if text := "=" + v.At().Formula; ParseTarget(text, 0).Kind == KindNumber {
			return xlsx.Cell{Kind: xlsx.String, Text: text}, nil // =400 场, that a script took for a formula
		}
		if err := calculable(f, name, ref); err != nil {
			return xlsx.Cell{}, err
		}
		text, err := f.CalcCellValue(name, ref)
		if err != nil {
			return xlsx.Cell{}, err
		}
		if !strings.HasSuffix(text, "%") { // as people see percentages, but not rounded
			text, err = f.CalcCellValue(name, ref, excelize.Options{RawCellValue: true})
		}
		return xlsx.Cell{Kind: xlsx.String, Text: text}, err
	}
	value, err := calculate(f, name, ref)
	return xlsx.Cell{Kind: xlsx.Number, Value: value, Text: FormatNumber(value), Percent: true}, err
}
