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
	wb, err := xlsx.OpenLimits(data, limits)
	if err != nil {
		return nil, err
	}
	c := corrector{workbook: wb, grids: calc.NewGrids(wb)}
	list, err = c.restorable(list)
	if err != nil || len(list) == 0 {
		return data, err
	}
	b, err := openBook(data, limits)
	if err != nil {
		return nil, err
	}
	if err := c.write(b, list); err != nil {
		return nil, err
	}
	return b.Bytes()
}

// corrector is a workbook as it came, with what is to stand in its cells.
type corrector struct {
	workbook *xlsx.Workbook
	grids    *calc.Grids
}

// corrected returns the workbook with the corrections in its cells, to calculate in,
// and what is written into them.
func (c *corrector) corrected(list []Correction) (*calc.Calculator, map[string]map[edit.Place]value, error) {
	changed, values := &calc.Changed{Workbook: c.grids}, map[string]map[edit.Place]value{}
	for _, x := range list {
		cell, err := c.cell(x)
		if err != nil {
			return nil, nil, err
		}
		if cell.HasFormula {
			continue
		}
		at, v := edit.PlaceOf(x.Cell), x.as(cell)
		if values[x.Sheet] == nil {
			values[x.Sheet] = map[edit.Place]value{}
		}
		values[x.Sheet][at] = v
		changed.Set(x.Sheet, at.Row, at.Col, v.calculated())
	}
	return calc.New(changed), values, nil
}

// restorable takes those formulas out of the corrections that would not come to
// the values: where only a total was filled in, its SUM is 0. Each is tried among
// the values of the others, until all that are left hold among one another.
func (c *corrector) restorable(list []Correction) ([]Correction, error) {
	for slices.ContainsFunc(list, Correction.restores) {
		kept, err := c.restored(list)
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
func (c *corrector) restored(list []Correction) ([]Correction, error) {
	values := slices.Clone(list)
	for i := range values {
		if !math.IsNaN(values[i].Value) {
			values[i].Formula = ""
		}
	}
	calculator, _, err := c.corrected(values)
	if err != nil {
		return nil, err
	}
	var kept []Correction
	for _, x := range list {
		formula := x.Formula
		if x.restores() && !x.comesTo(calculator) {
			x.Formula = ""
		}
		if x.Formula == formula || !x.Right {
			kept = append(kept, x)
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

// cell returns the cell of a correction as it came.
func (c *corrector) cell(x Correction) (xlsx.Cell, error) {
	for i, s := range c.workbook.Sheets() {
		if s.Name == x.Sheet {
			grid, err := c.grids.Grid(i)
			if err != nil {
				return xlsx.Cell{}, err
			}
			at := edit.PlaceOf(x.Cell)
			cell, _ := grid.At(at.Row, at.Col)
			return cell, nil
		}
	}
	return xlsx.Cell{}, edit.ErrDamaged
}

// write writes the corrections into their cells, and gives the formulas of their sheets
// the values that they come to then. What can't be calculated stays as it is: Excel does
// it when it opens the workbook.
func (c *corrector) write(b *book, list []Correction) error {
	calculator, values, err := c.corrected(list)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(list, Correction.restores) {
		if err := b.DropPart(b.Part, opc.TypeCalcChain); err != nil { // an order of the formulas that Excel makes anew
			return err
		}
	}
	done := map[string]bool{}
	for _, x := range list {
		if done[x.Sheet] {
			continue
		}
		done[x.Sheet] = true
		if err := c.writeSheet(b, x.Sheet, values[x.Sheet], calculator); err != nil {
			return err
		}
	}
	return b.calculateOnLoad()
}

func (c *corrector) writeSheet(b *book, name string, values map[edit.Place]value, calculator *calc.Calculator) error {
	stored, err := c.grids.Sheet(name)
	if err != nil {
		return err
	}
	until := 0
	for at, v := range values {
		until = max(until, at.Row)
		if got, err := calculator.Number(name, xlsx.Ref(at.Row, at.Col)); err == nil && v.formula != "" && !v.comesTo(got) {
			v.number = got
			values[at] = v
		}
	}
	ed, err := b.Sheet(b.SheetPart(name), until, nil)
	if err != nil {
		return err
	}
	ed.Walk(nil, slices.Collect(maps.Keys(values)), func(at edit.Place, e opc.Element) {
		if v, ok := values[at]; ok {
			ed.Replace(e, opc.Fragment(v.cell(at, e.Int("s", 0))))
		}
	}, func(at edit.Place, style int) string { return values[at].cell(at, style) })
	ed.Calculate(name, stored, calculator)
	return b.SaveSheet(ed)
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

// calculated returns the value as formulas see it.
func (v value) calculated() calc.Cell {
	switch {
	case v.formula != "":
		return calc.Cell{Formula: v.formula}
	case v.text != "":
		return calc.CellOf(v.text)
	case math.IsNaN(v.number):
		return calc.Cell{}
	}
	return calc.CellOf(v.number)
}

// comesTo reports whether the number is what a formula comes to.
func (v value) comesTo(number float64) bool {
	return calc.CellOf(v.number).Value.Agrees(calc.CellOf(number).Value)
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
