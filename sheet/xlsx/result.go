package xlsx

import (
	"cmp"
	"sort"
)

// formulaKind is the attribute t of an <f>.
type formulaKind uint8

const (
	ownFormula    formulaKind = iota
	sharedFormula             // written down in the first of the cells that share it
	arrayFormula              // gives values to several cells
	otherFormula              // a data table
)

// formulaCell is a cell with an <f>, whose grid is not complete yet.
type formulaCell struct {
	index int // in the grid's cells
	style int32
	kind  formulaKind
	group int // of the cells that share the formula
	area  Range
}

// readFormula reads an <f>.
func (r *gridReader) readFormula(raw *rawCell) (err error) {
	f := &raw.f
	*f = formulaCell{}
	for _, a := range r.Attrs {
		switch string(a.Name) {
		case "t":
			f.kind = formulaKindOf(string(a.Value))
		case "si":
			f.group, _ = parseIndex(a.Value)
		case "ref":
			f.area, _ = ParseRange(string(a.Value))
		}
	}
	r.formula, err = r.Text(r.formula[:0])
	return err
}

func formulaKindOf(t string) formulaKind {
	switch t {
	case "", "normal":
		return ownFormula
	case "shared":
		return sharedFormula
	case "array":
		return arrayFormula
	}
	return otherFormula
}

// mostShared is how many bytes the formulas of a sheet may have that are written
// down once and shared.
const mostShared = 16 << 20

// share gives each cell the formula that it shares, as it reads there. Where the
// formula is written down nowhere, or twice, nobody knows it.
func (r *gridReader) shareFormulas() {
	var first map[int]*formulaCell
	for i := range r.formulas {
		f := &r.formulas[i]
		if f.kind != sharedFormula || r.cells[f.index].Formula == "" || f.area == (Range{}) {
			continue
		}
		if first == nil {
			first = map[int]*formulaCell{}
		}
		if first[f.group] != nil {
			f = &formulaCell{index: -1}
		}
		first[f.group] = f
	}
	left := mostShared
	for _, f := range r.formulas {
		c := &r.cells[f.index]
		from := first[f.group]
		if f.kind != sharedFormula || c.Formula != "" || from == nil || from.index < 0 || left < 0 {
			continue
		}
		origin := r.cells[from.index]
		c.Formula, _ = ShiftFormula(origin.Formula, c.Row-origin.Row, c.Col-origin.Col)
		left -= len(c.Formula)
	}
}

// mostArrays is how many areas of array formulas are kept apart.
const mostArrays = 64

// completeFormulas completes the cells with formulas.
func (r *gridReader) completeFormulas() error {
	r.shareFormulas()
	g := r.grid
	for _, f := range r.formulas {
		c := &r.cells[f.index]
		if g.shows == nil {
			g.shows = make([]shows, 0, len(r.formulas))
		}
		look, err := r.look(f.style)
		if err != nil {
			return err
		}
		show, err := r.display(c, look.format)
		if err != nil {
			return err
		}
		g.shows = append(g.shows, shows{c.Row, c.Col, show})
		switch {
		case f.kind < arrayFormula:
			continue
		case len(g.arrays) < mostArrays:
			g.arrays = append(g.arrays, f.area, Range{c.Row, c.Col, c.Row, c.Col})
		default:
			g.arrays[0] = g.arrays[0].around(f.area).around(Range{c.Row, c.Col, c.Row, c.Col})
		}
	}
	return nil
}

// around returns the rectangle that holds both.
func (r Range) around(other Range) Range {
	return Range{min(r.FirstRow, other.FirstRow), min(r.FirstCol, other.FirstCol), max(r.LastRow, other.LastRow), max(r.LastCol, other.LastCol)}
}

// InArray reports whether the value of a cell comes from a formula that gives
// values to several cells.
func (g *Grid) InArray(row, col int) bool {
	for _, a := range g.arrays {
		if a.Contains(row, col) {
			return true
		}
	}
	return false
}

// display is the formats that show a value.
type display struct {
	*format
	conditional []*format
}

// shows is a cell with a formula, and the formats that show its value.
type shows struct {
	row, col int
	display
}

// shown returns the formats that show a cell with a formula. Of several cells in one place
// those of the last count.
func (g *Grid) shown(row, col int) (display, bool) {
	after := sort.Search(len(g.shows), func(i int) bool { return cmp.Or(g.shows[i].row-row, g.shows[i].col-col) > 0 })
	if after == 0 || g.shows[after-1].row != row || g.shows[after-1].col != col {
		return display{}, false
	}
	return g.shows[after-1].display, true
}

// mask notes what the formats show of a cell, if it is something else.
func (d display) mask(c *Cell) {
	d.format.mask(c, MaskFormat)
	for _, f := range d.conditional {
		if c.Mask == NoMask {
			f.mask(c, MaskCondition)
		}
	}
}

// SetResult gives the formula cell Cells()[i] another value than the one that was
// stored with it. Its text is what a person sees of it.
func (g *Grid) SetResult(i int, kind CellKind, value float64, text string) {
	c := &g.cells[i]
	c.Kind, c.Value, c.Text, c.Rounding = kind, value, text, nil
	show, known := g.shown(c.Row, c.Col)
	switch {
	case kind == Number && known:
		c.setNumber(show.format, g.date1904, new(texts))
	case kind == Bool:
		c.setBool(value != 0)
	}
	if known && (c.Mask == NoMask || c.Mask <= MaskCondition) {
		c.Mask, c.Shown = NoMask, ""
		show.mask(c)
	}
}

// Hidden reports whether a row is hidden.
func (g *Grid) Hidden(row int) bool {
	return g.hidden.cover(row, row, readableHeight)
}

// Date1904 reports whether the workbook's dates count from 1904.
func (w *Workbook) Date1904() bool { return w.date1904 }
