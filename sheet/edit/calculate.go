package edit

import (
	"ziping/sheet/calc"
	"ziping/sheet/opc"
	"ziping/sheet/quantity"
)

// Calculate gives the formulas of the sheet of a name the values that they come to,
// where others are stored. What can't be calculated stays as it is, and what has no value
// in a column that nobody sees.
func (s *Sheet) Calculate(name string, stored calc.Sheet, c *calc.Calculator) {
	s.Walk(nil, nil, func(at Place, e opc.Element) {
		if !e.Child("f").Exists() {
			return
		}
		was := stored.Cell(at.Row, at.Col).Value
		if was.Kind == calc.Blank && s.Sizes.Width(at.Col) == 0 {
			return
		}
		v, err := c.Value(name, at.Row, at.Col)
		if err == nil && !was.Agrees(v) {
			s.setCached(e, v)
		}
	}, nil)
}

// setCached gives a formula cell its value.
func (s *Sheet) setCached(c opc.Element, v calc.Value) {
	kind, text := "", quantity.FormatNumber(v.Number)
	switch v.Kind {
	case calc.Text:
		kind, text = "str", v.Text
	case calc.Bool:
		kind = "b"
	case calc.Error:
		kind, text = "e", v.Text
	}
	s.SetAttr(c, "t", kind)
	value := opc.Fragment("<v>" + opc.Escape(text) + "</v>")
	if old := c.Child("v"); old.Exists() {
		s.Replace(old, value)
		return
	}
	s.After(c.Child("f"), value)
}
