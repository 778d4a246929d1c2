package xlsx

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"ziping/sheet/opc"
)

// spans are rows, or columns, of which nothing can be read, those side by side and
// alike together.
type spans []span

type span struct {
	first, last int
	size        float64 // of one of them; 0 for what is hidden
}

func (s *spans) add(x span) {
	if n := len(*s); n > 0 && (*s)[n-1].last+1 == x.first && (*s)[n-1].size == x.size {
		(*s)[n-1].last = x.last
		return
	}
	*s = append(*s, x)
}

// order makes the spans fit for cover.
func (s *spans) order() {
	byFirst := func(a, b span) int { return a.first - b.first }
	if slices.IsSortedFunc(*s, byFirst) {
		return
	}
	list := *s
	slices.SortFunc(list, byFirst)
	*s = nil
	for _, x := range list {
		s.add(x)
	}
}

// cover reports whether all from first to last are in the spans, and together are
// smaller than what can be read.
func (s spans) cover(first, last int, readable float64) bool {
	i := sort.Search(len(s), func(i int) bool { return s[i].last >= first })
	size := 0.0
	for ; i < len(s) && s[i].first <= first && size < readable; i++ {
		end := min(s[i].last, last)
		size += s[i].size * float64(end-first+1)
		first = end + 1
		if first > last {
			return size < readable
		}
	}
	return false
}

// The least height of a row, in points, and width of a column, in digits, at which
// anything can be read, and the least size of letters, in points.
const (
	readableHeight  = 4
	readableWidth   = 1
	readableLetters = 4
)

// unreadable returns how large a row or a column is, and whether nothing of it can be
// read: it is hidden, or too small.
func unreadable(hidden bool, size []byte, readable float64) (float64, bool) {
	if hidden {
		return 0, true
	}
	n, ok := parseNumber(size)
	return n, ok && 0 <= n && n < readable
}

// readColumns reads a <col>.
func (r *gridReader) readColumns() error {
	first, last, hidden := 0, 0, false
	var width []byte
	for _, a := range r.Attrs {
		switch string(a.Name) {
		case "min":
			first, _ = parseIndex(a.Value)
		case "max":
			last, _ = parseIndex(a.Value)
		case "hidden":
			hidden = opc.IsTrue(string(a.Value))
		case "width":
			width = a.Value
		}
	}
	if size, ok := unreadable(hidden, width, readableWidth); ok && first >= 1 && first <= last {
		r.smallCols.add(span{first, last, size})
	}
	return nil
}

// conditional is a conditional format that gives numbers another number format, or
// letters or what is behind them another colour.
type conditional struct {
	area Range
	dxf
	condition
}

// maxConditionals is far above what any form has of them.
const maxConditionals = 1000

// readConditions reads a <conditionalFormatting>.
func (r *gridReader) readConditions() error {
	areas, err := r.AttrBytes("sqref")
	if err != nil || len(r.cells) == 0 {
		return err
	}
	r.areasOf = r.areasOf[:0]
	for ref := range bytes.FieldsSeq(areas) {
		if area, ok := ParseArea(string(ref)); ok && len(r.areasOf) <= maxConditionals {
			r.areasOf = append(r.areasOf, area)
		}
	}
	return r.Each("cfRule", func() error {
		v, err := r.AttrBytes("dxfId")
		if err != nil || len(v) == 0 {
			return err
		}
		styles, err := r.workbook.styles()
		if err != nil {
			return err
		}
		id, ok := parseIndex(v)
		if !ok || id >= len(styles.dxfs) || !styles.dxfs[id].matters() {
			return nil
		}
		when, err := r.readCondition()
		if err != nil {
			return err
		}
		for _, area := range r.areasOf {
			if len(r.conditionals) == maxConditionals {
				return opc.TooMany("", "改变数字格式的条件格式", maxConditionals, "处")
			}
			r.conditionals = append(r.conditionals, conditional{area, styles.dxfs[id], when})
		}
		return nil
	})
}

// readCondition reads when a conditional format holds: of a comparison with a number it
// is known, of others it is not.
func (r *gridReader) readCondition() (c condition, err error) {
	kind, err := r.AttrBytes("type")
	if err != nil {
		return c, err
	}
	operator, err := r.AttrBytes("operator")
	if err != nil {
		return c, err
	}
	op, known := comparisons[string(operator)], string(kind) == "cellIs"
	err = r.Each("formula", func() (err error) {
		r.value, err = r.Text(r.value[:0])
		n, ok := parseNumber(bytes.TrimSpace(r.value))
		c.v, known = n, known && ok
		return err
	})
	if known {
		c.op = op
	}
	return c, err
}

// comparisons are the operators of conditional formats as conditions have them.
var comparisons = map[string]string{"equal": "=", "notEqual": "<>", "greaterThan": ">", "greaterThanOrEqual": ">=", "lessThan": "<", "lessThanOrEqual": "<="}

// holds reports whether a conditional format holds for a cell: false only where it
// certainly does not.
func (x *conditional) holds(c *Cell) bool { return c.Kind != Number || x.condition.holds(c.Value) }

// paled reports whether a conditional format may give the digits of a cell the colour of
// what is behind them. A zero that is not seen is none.
func (r *gridReader) paled(c *Cell, l look) bool {
	if c.Kind == Number && c.Value == 0 {
		return false
	}
	for i := range r.conditionals {
		x := &r.conditionals[i]
		if x.area.Contains(c.Row, c.Col) && (x.letters.kind != unknownColor || x.behind.kind != unknownColor) && x.holds(c) && r.styles.pales(l.paint, x.dxf) {
			return hasDigit(c.Text)
		}
	}
	return false
}

// paledRuns reports whether some of the digits of a text have the colour of what is
// behind them, and notes what is seen.
func (r *gridReader) paledRuns(c *Cell, l look, runs []run) bool {
	if !l.known || c.Kind != String {
		return false
	}
	var seen strings.Builder
	for _, x := range runs {
		letters := l.letters
		if x.colored {
			if own, ok := x.color.resolve(r.styles.theme, r.styles.palette, black); ok {
				letters = own
			}
		}
		if !letters.like(l.behind) {
			seen.WriteString(x.text)
		}
	}
	shown := seen.String()
	if digitsOf(shown) == digitsOf(c.Text) && shown != "" {
		return false
	}
	c.Shown = shown
	return true
}

// usualFormats is about how many conditional formats the cells of a form that hold
// formulas may show.
const usualFormats = 16

// display returns the formats that show a cell.
func (r *gridReader) display(c *Cell, own *format) (display, error) {
	show, first := display{format: own}, len(r.formats)
	for i := range r.conditionals {
		if x := &r.conditionals[i]; x.format >= 0 && x.area.Contains(c.Row, c.Col) {
			f, err := r.styles.format(x.format)
			if err != nil {
				return show, err
			}
			if r.formats == nil {
				r.formats = make([]*format, 0, usualFormats)
			}
			r.formats = append(r.formats, f)
		}
	}
	show.conditional = r.formats[first:len(r.formats):len(r.formats)]
	return show, nil
}

// readOpen reads a <protectedRange>: who knows its password may change it, or anybody
// where it has none.
func (r *gridReader) readOpen() error {
	areas, err := r.Attr("sqref")
	for ref := range strings.FieldsSeq(areas) {
		if area, ok := ParseArea(ref); ok && len(r.open) < maxConditionals {
			r.open = append(r.open, area)
		}
	}
	return err
}

func (r *gridReader) isOpen(row, col int) bool {
	return slices.ContainsFunc(r.open, func(area Range) bool { return area.Contains(row, col) })
}

// look returns the look of a style.
func (r *gridReader) look(style int32) (look, error) {
	l, known := r.looks[style]
	if known {
		return l, nil
	}
	l, err := r.styles.look(style)
	r.looks[style] = l
	return l, err
}

// mask finds out what a person sees of a cell.
func (r *gridReader) mask(c *Cell, l look, runs []run) error {
	if c.Kind == Empty && !c.HasFormula {
		return nil
	}
	show, err := r.display(c, l.format)
	if err != nil {
		return err
	}
	show.mask(c)
	r.formats = r.formats[:len(r.formats)-len(show.conditional)]
	if c.Mask != NoMask {
		return nil
	}
	switch {
	case r.isHidden(c.Row, c.Col):
		c.Mask = MaskHidden
	case runs != nil && r.paledRuns(c, l, runs), runs == nil && l.unseen(c):
		c.Mask = MaskColor
	case r.paled(c, l):
		c.Mask = MaskCondition
	case l.tiny:
		c.Mask = MaskTiny
	}
	return nil
}

// mask notes what the format shows of a cell, if it is something else. Conditional
// formats hide what would be zero, or an error: that is no other number.
func (f *format) mask(c *Cell, mask Mask) {
	shown, masked := "", false
	switch c.Kind {
	case Number:
		shown, masked = f.masks(c.Value)
	case String:
		shown, masked = f.masksText(c.Text)
	}
	if masked && (mask == MaskFormat || hasDigit(shown)) {
		c.Mask, c.Shown = mask, shown
	}
}

// isHidden reports whether nothing can be seen of a cell, or of the merged area
// that it stands in.
func (r *gridReader) isHidden(row, col int) bool {
	if len(r.smallRows) == 0 && len(r.smallCols) == 0 {
		return false
	}
	area, ok := r.grid.merges.at(row, col)
	if !ok {
		area = Range{row, col, row, col}
	}
	return r.smallRows.cover(area.FirstRow, area.LastRow, readableHeight) || r.smallCols.cover(area.FirstCol, area.LastCol, readableWidth)
}
