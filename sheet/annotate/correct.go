package annotate

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"ziping/sheet/calc"
	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Correction is a number that is to stand in a cell.
type Correction struct {
	Sheet, Cell string
	Value       float64
	Rate        bool   // 执行率: a fraction; written as the department wrote it, 98.1% or 98.1 or 0.981
	Formula     string // without the leading =; it is written if it comes to the value
	Right       bool   // only the formula is missing: the value stands there, or is NaN for whatever it comes to
}

// Correct returns the workbook with the corrections in their cells, and with the
// formulas on these sheets that follow from them calculated anew. A cell that
// holds a formula is left alone: it is right as soon as what it refers to is, and
// a wrong formula is the department's to put right.
func Correct(data []byte, list []Correction, limits xlsx.Limits) ([]byte, error) {
	list, err := restorable(data, list, limits)
	if err != nil || len(list) == 0 {
		return data, err
	}
	changed, err := correctedCells(data, list, limits)
	if err != nil {
		return nil, err
	}
	return recalculate(changed, list, limits)
}

// restorable takes those formulas out of the corrections that would not come to
// the values: where only a total was filled in, its SUM is 0. Each is tried among
// the values of the others, until all that are left hold among one another.
func restorable(data []byte, list []Correction, limits xlsx.Limits) ([]Correction, error) {
	for slices.ContainsFunc(list, Correction.restores) {
		kept, err := restored(data, list, limits)
		if err != nil || slices.EqualFunc(kept, list, Correction.equal) {
			return kept, err
		}
		list = kept
	}
	return list, nil
}

func (c Correction) restores() bool { return c.Formula != "" }

// equal compares corrections; a value that is not known equals itself.
func (c Correction) equal(other Correction) bool {
	if math.IsNaN(c.Value) && math.IsNaN(other.Value) {
		c.Value, other.Value = 0, 0
	}
	return c == other
}

// restored is one round of restorable.
func restored(data []byte, list []Correction, limits xlsx.Limits) ([]Correction, error) {
	values := slices.Clone(list)
	for i := range values {
		if !math.IsNaN(values[i].Value) {
			values[i].Formula = ""
		}
	}
	changed, err := correctedCells(data, values, limits)
	if err != nil {
		return nil, err
	}
	calculator, err := calc.Open(changed, limits)
	if err != nil {
		return nil, err
	}
	var kept []Correction
	for _, c := range list {
		formula := c.Formula
		if c.restores() && !c.comesTo(calculator) {
			c.Formula = ""
		}
		if c.Formula == formula || !c.Right {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// comesTo reports whether the formula comes to the value, but for a hundredth,
// which is held against nobody.
func (c Correction) comesTo(calculator *calc.Calculator) bool {
	if math.IsNaN(c.Value) {
		_, err := calculator.Number(c.Sheet, c.Cell)
		return err == nil
	}
	near := 0.0100001
	if c.Rate {
		near = 0.0001
	}
	at := edit.PlaceOf(c.Cell)
	v, err := calculator.Try(c.Sheet, at.Row, at.Col, c.Formula)
	return err == nil && v.Kind == calc.Number && math.Abs(v.Number-c.Value) <= near
}

// correctedCells returns the workbook with the corrections in their cells.
func correctedCells(data []byte, list []Correction, limits xlsx.Limits) ([]byte, error) {
	wb, err := xlsx.OpenLimits(data, limits)
	if err != nil {
		return nil, err
	}
	b, err := openBook(data, limits)
	if err != nil {
		return nil, err
	}
	for i, s := range wb.Sheets() {
		values := map[edit.Place]value{}
		var grid *xlsx.Grid
		for _, c := range list {
			if c.Sheet != s.Name {
				continue
			}
			if grid == nil {
				if grid, err = wb.Grid(i); err != nil {
					return nil, err
				}
			}
			at := edit.PlaceOf(c.Cell)
			if cell, _ := grid.At(at.Row, at.Col); !cell.HasFormula {
				values[at] = c.as(cell)
			}
		}
		if err := b.setValues(s.Name, values); err != nil {
			return nil, err
		}
	}
	if slices.ContainsFunc(list, Correction.restores) {
		if err := b.DropPart(b.Part, opc.TypeCalcChain); err != nil { // an order of the formulas that Excel makes anew
			return nil, err
		}
	}
	return b.Bytes()
}

// value is what is written into a cell.
type value struct {
	number  float64
	text    string // instead of the number
	formula string
}

// as returns the number as the cell's own kind of writing has it.
func (c Correction) as(cell xlsx.Cell) value {
	switch {
	case c.Formula != "" || c.Right:
		return value{number: c.Value, formula: c.Formula}
	case c.Rate && cell.Kind == xlsx.String:
		return value{text: quantity.FormatNumber(c.Value*100) + "%"}
	case c.Rate && cell.Kind == xlsx.Number && !cell.Percent && cell.Value > 2:
		return value{number: quantity.Round(c.Value*100, 12)}
	}
	return value{number: c.Value}
}

// setValues writes values into cells.
func (b *book) setValues(name string, values map[edit.Place]value) error {
	if len(values) == 0 {
		return nil
	}
	until := 0
	for at := range values {
		until = max(until, at.Row)
	}
	ed, err := b.openSheet(edit.SheetPart{Name: name, Part: b.SheetPart(name), IsWorksheet: true}, until, nil)
	if err != nil {
		return err
	}
	ed.Walk(nil, slices.Collect(maps.Keys(values)), func(at edit.Place, c opc.Element) {
		if v, ok := values[at]; ok {
			ed.Replace(c, opc.Fragment(v.cell(at, c.Int("s", 0))))
		}
	}, func(at edit.Place, style int) string { return values[at].cell(at, style) })
	return b.SaveSheet(ed.Sheet)
}

// cell returns a cell with the value in it.
func (v value) cell(at edit.Place, style int) string {
	if v.text != "" {
		return edit.TextCell(xlsx.Ref(at.Row, at.Col), style, v.text)
	}
	var content string
	if v.formula != "" {
		content = "<f>" + opc.Escape(v.formula) + "</f>"
	}
	if !math.IsNaN(v.number) {
		content += "<v>" + quantity.FormatNumber(v.number) + "</v>"
	}
	return fmt.Sprintf(`<c r="%s" s="%d">%s</c>`, xlsx.Ref(at.Row, at.Col), style, content)
}

// recalculate gives the formulas of the sheets with corrections the values that
// they come to now. What can't be calculated stays as it is: Excel does it when it
// opens the workbook.
func recalculate(data []byte, list []Correction, limits xlsx.Limits) ([]byte, error) {
	b, err := openBook(data, limits)
	if err != nil {
		return nil, err
	}
	wb, err := xlsx.OpenLimits(data, limits)
	if err != nil {
		return nil, err
	}
	grids := calc.NewGrids(wb)
	calculator := calc.New(grids)
	done := map[string]bool{}
	for _, c := range list {
		if done[c.Sheet] {
			continue
		}
		done[c.Sheet] = true
		if err := b.recalculate(c.Sheet, grids, calculator); err != nil {
			return nil, err
		}
	}
	if err := b.calculateOnLoad(); err != nil {
		return nil, err
	}
	return b.Bytes()
}

// recalculate gives the formulas of one sheet their values.
func (b *book) recalculate(name string, grids *calc.Grids, calculator *calc.Calculator) error {
	stored, err := grids.Sheet(name)
	if err != nil {
		return err
	}
	ed, err := b.openSheet(edit.SheetPart{Name: name, Part: b.SheetPart(name), IsWorksheet: true}, 0, nil)
	if err != nil {
		return err
	}
	ed.Calculate(name, stored, calculator)
	return b.SaveSheet(ed.Sheet)
}

// calculateOnLoad has the formulas of other sheets calculated when the workbook
// is opened.
func (b *book) calculateOnLoad() error {
	return b.Edit(func(d *opc.Document) error {
		if calc := d.Root.Child("calcPr"); calc.Exists() {
			d.SetAttr(calc, "fullCalcOnLoad", "1")
			return nil
		}
		d.Put(d.Root, edit.WorkbookOrder, "calcPr", `<calcPr fullCalcOnLoad="1"/>`)
		return nil
	})
}
