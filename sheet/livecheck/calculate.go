package livecheck

import (
	"strings"

	"ziping/sheet/calc"
)

// Drawn is the sheet of one form.
type Drawn struct {
	*Sheet
	own   []calc.Value
	shown []calc.Value // what the formulas that are seen come to
}

// For returns the sheet of a form with these constants of its own. What is seen has its
// values, so that programs that do not calculate show it too. The workbook is the one
// that the sheet is for.
func (s *Sheet) For(workbook calc.Workbook, own []calc.Value) (*Drawn, error) {
	f, err := workbook.Sheet(s.Form)
	if err != nil {
		return nil, err
	}
	d := &Drawn{s, own, nil}
	c := calc.New(with{workbook, d, form{f, s.Form, s.blanks}})
	if s.blanks.on(f) {
		c.Like = &s.like
	}
	defer c.Done()
	d.shown, err = d.calculate(c)
	return d, err
}

func (d *Drawn) calculate(c *calc.Calculator) ([]calc.Value, error) {
	values := make([]calc.Value, 0, d.Sheet.shown)
	for row, cells := range d.front.rows {
		for i := range cells {
			if cells[i].Formula == "" {
				continue
			}
			v, err := c.Value(Name, row, cells[i].col)
			if err != nil {
				return nil, err
			}
			values = append(values, v)
		}
	}
	return values, nil
}

// says returns what the sheet says at its top.
func (d *Drawn) says() string { return d.shown[d.front.at(sumRow, colMark).shown].Text }

// with is a workbook with the two sheets.
type with struct {
	calc.Workbook
	checks *Drawn
	form   form
}

// Sheet implements calc.Workbook.
func (w with) Sheet(name string) (calc.Sheet, error) {
	switch {
	case strings.EqualFold(name, Name):
		return view{w.checks, &w.checks.front}, nil
	case strings.EqualFold(name, Behind):
		return view{w.checks, &w.checks.back}, nil
	}
	if strings.EqualFold(name, w.form.name) {
		return w.form, nil
	}
	return w.Workbook.Sheet(name)
}

// view is one of the sheets as it is calculated.
type view struct {
	*Drawn
	grid *grid
}

// Size implements calc.Sheet.
func (v view) Size() (rows, cols int) { return len(v.grid.rows), v.grid.last }

// Hidden implements calc.Sheet.
func (v view) Hidden(int) bool { return false }

// Cell implements calc.Sheet.
func (v view) Cell(row, col int) calc.Cell {
	c := v.grid.at(row, col)
	switch {
	case c == nil:
		return calc.Cell{}
	case c.Formula != "":
		if c.text != "" {
			return calc.Cell{Formula: c.text}
		}
		g := &v.grid.groups[c.group]
		return calc.Cell{Formula: g.formula, Down: row - g.first}
	}
	return calc.Cell{Value: v.constant(c)}
}

// Fixed reports whether a cell holds the same on the sheets of all forms.
func (v view) Fixed(row, col int) bool {
	c := v.grid.at(row, col)
	return c == nil || c.Formula == "" && c.Own == 0
}

// constant is what stands in a cell without a formula.
func (d *Drawn) constant(c *placed) calc.Value {
	if c.Own > 0 {
		return d.own[c.Own-1]
	}
	return c.Value
}
