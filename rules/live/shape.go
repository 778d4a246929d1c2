package live

import (
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
)

// shape is what the checks of many forms have in common: all but the constants that say
// what the office has printed in each. A campaign has some dozen shapes, by how many
// indicators its forms have and what is left to be filled in.
type shape struct {
	sheet     *livecheck.Sheet // nil where no rule is live
	constants []constant
}

// constant is a cell of the sheet that is each form's own.
type constant struct {
	list string
	i    int                                 // of the part
	cell func(l *list, i int) livecheck.Cell // nil where no formula asks for it
}

// own returns the constants of a form of the shape.
func (s *shape) own(f *translation) []calc.Value {
	values := make([]calc.Value, len(s.constants))
	for i, c := range s.constants {
		if c.cell != nil {
			values[i] = c.cell(f.list(c.list), c.i).Value
		}
	}
	return values
}

// list returns a list by its name.
func (f *translation) list(name string) *list {
	switch name {
	case f.once.name:
		return f.once
	case singles:
		return f.values()
	}
	return f.lists[name]
}

// mostShapes is how many shapes are remembered.
const mostShapes = 40

// shape returns the shape of a form, which is translated once.
func (t *Translator) shape(table *sheet.Table, name string) *shape {
	key := t.shapeOf(table, name)
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.shapes[key]
	if s == nil {
		s = t.translate(table, name)
		if t.shapes == nil || len(t.shapes) == mostShapes {
			t.shapes = map[string]*shape{}
		}
		t.shapes[key] = s
	}
	return s
}

// shapeOf says what the formulas of a form depend on: where everything stands and what is
// to be filled in, and of what is printed only what formulas are made of. The rest they
// find in constants.
func (t *Translator) shapeOf(table *sheet.Table, name string) string {
	b := []byte(name)
	add := func(parts ...string) {
		for _, p := range parts {
			b = append(append(b, 0), p...)
		}
	}
	if table.Form != nil {
		add(table.Form.Name)
	}
	add(t.set.Particular(table), table.Elsewhere.Weight.Ref, table.Elsewhere.Score.Ref)
	add(table.Absent.Names()...)
	for _, p := range table.Parts() {
		add(p.Path.String(), strconv.Itoa(rowOf(p.Part)))
		for f := range sheet.Fields(p.Part) {
			at := f.Value.At()
			ref := at.Ref
			if isLevel(f.Label) && at.Fixed { // wherever it begins
				ref = strings.TrimRight(ref, "0123456789")
			}
			add(f.Label, ref, at.Formula)
			b = append(b, flags(at.Input, at.Derived, at.Fixed, at.Absent))
			if at.Fixed {
				b = append(b, flags(at.Counts == "", at.Typed == "", plainly(f.Value), f.Value.Any() == nil))
			}
		}
	}
	return string(b)
}

// plainly reports whether a cell says its value and nothing else, so that formulas can
// take it from there.
func plainly(v sheet.Value) bool {
	if n := numberOf(v); n != nil {
		return n.Known && quantity.FormatNumber(n.Value) == n.Typed
	}
	t := v.(*sheet.Text)
	return t.Value != "" && t.Value == t.Typed
}

func flags(list ...bool) (b byte) {
	for i, is := range list {
		if is {
			b |= 1 << i
		}
	}
	return b
}

// loosened returns a form in which each column of 项目资金 is to be filled in as a whole
// where some of it is: what is printed there is read by the same formulas, and forms have
// a shape in common whatever sources of money they print.
func loosened(table *sheet.Table) *sheet.Table {
	t := *table
	t.Funds = slices.Clone(t.Funds)
	columns := map[string]bool{}
	for i := range t.Funds {
		for f := range sheet.Fields(&t.Funds[i]) {
			columns[f.Label] = columns[f.Label] || isNumber(f.Value) && f.Value.At().Input
		}
	}
	for i := range t.Funds {
		for f := range sheet.Fields(&t.Funds[i]) {
			if at := f.Value.At(); columns[f.Label] && at.Fixed && plainly(f.Value) {
				at.Input, at.Fixed = true, false
			}
		}
	}
	return &t
}

// leaveBlank tells the sheet which cells are to be filled in in all forms of the shape: not
// those of 项目资金, which another one may print.
func leaveBlank(to *livecheck.Sheet, table *sheet.Table) {
	for _, p := range table.Parts() {
		if _, fund := p.Part.(*sheet.Fund); fund {
			continue
		}
		for f := range sheet.Fields(p.Part) {
			if at := f.Value.At(); at.Input {
				to.LeaveBlank(at.Ref)
			}
		}
	}
}
