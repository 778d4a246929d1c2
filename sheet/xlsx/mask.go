package xlsx

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"ziping/sheet/opc"
)

// spans are rows, or columns, those side by side together.
type spans []span

type span struct{ first, last int }

func (s *spans) add(first, last int) {
	if n := len(*s); n > 0 && (*s)[n-1].last+1 == first {
		(*s)[n-1].last = last
		return
	}
	*s = append(*s, span{first, last})
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
		s.add(x.first, x.last)
	}
}

// cover reports whether all from first to last are in the spans.
func (s spans) cover(first, last int) bool {
	i := sort.Search(len(s), func(i int) bool { return s[i].last >= first })
	return i < len(s) && s[i].first <= first && last <= s[i].last
}

// isHidden reports whether an attribute hides a row or a column: hidden="1", or a
// size of nothing.
func isHidden(a opc.Attr) bool {
	if string(a.Name) == "hidden" {
		return opc.IsTrue(string(a.Value))
	}
	if len(a.Value) == 0 || a.Value[0] != '0' {
		return false
	}
	size, err := strconv.ParseFloat(string(a.Value), 64)
	return err == nil && size == 0
}

// readColumns reads a <col>.
func (r *gridReader) readColumns() error {
	first, last, hidden := 0, 0, false
	for _, a := range r.Attrs {
		switch string(a.Name) {
		case "min":
			first, _ = parseIndex(a.Value)
		case "max":
			last, _ = parseIndex(a.Value)
		case "hidden", "width":
			hidden = hidden || isHidden(a)
		}
	}
	if hidden && first >= 1 && first <= last {
		r.hiddenCols.add(first, last)
	}
	return nil
}

// conditional is a conditional format that gives numbers another number format.
type conditional struct {
	area   Range
	format int // its id
}

// maxConditionals is far above what any form has of them.
const maxConditionals = 1000

// readConditions reads a <conditionalFormatting>.
func (r *gridReader) readConditions() error {
	areas, err := r.Attr("sqref")
	if err != nil || len(r.grid.cells) == 0 {
		return err
	}
	return r.Each("cfRule", func() error {
		v, err := r.Attr("dxfId")
		if err != nil || v == "" {
			return err
		}
		styles, err := r.workbook.styles()
		if err != nil {
			return err
		}
		id, ok := parseIndex([]byte(v))
		if !ok || id >= len(styles.dxfs) || styles.dxfs[id] < 0 {
			return nil
		}
		for ref := range strings.FieldsSeq(areas) {
			area, ok := ParseArea(ref)
			if !ok {
				continue
			}
			if len(r.conditionals) == maxConditionals {
				return opc.TooMany("", "改变数字格式的条件格式", maxConditionals, "处")
			}
			r.conditionals = append(r.conditionals, conditional{area, styles.dxfs[id]})
		}
		return nil
	})
}

// look returns the look of a style.
func (r *gridReader) look(style int32) (look, error) {
	l, known := r.looks[style]
	if known {
		return l, nil
	}
	l, err := r.styles.look(style)
	if r.looks == nil {
		r.looks = map[int32]look{}
	}
	r.looks[style] = l
	return l, err
}

// mask finds out what a person sees of a cell.
func (r *gridReader) mask(c *Cell, l look) error {
	if c.Kind == Empty {
		return nil
	}
	if l.mask(c, MaskFormat); c.Mask != NoMask {
		return nil
	}
	for _, x := range r.conditionals {
		if !x.area.Contains(c.Row, c.Col) {
			continue
		}
		f, err := r.styles.format(x.format)
		if err != nil {
			return err
		}
		if f.mask(c, MaskCondition); c.Mask != NoMask {
			return nil
		}
	}
	switch {
	case r.isHidden(c.Row, c.Col):
		c.Mask = MaskHidden
	case l.unseen(c):
		c.Mask = MaskColor
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
	if masked && (mask == MaskFormat || digitsOf(shown) != "") {
		c.Mask, c.Shown = mask, shown
	}
}

// isHidden reports whether nothing can be seen of a cell, or of the merged area
// that it stands in.
func (r *gridReader) isHidden(row, col int) bool {
	if len(r.hiddenRows) == 0 && len(r.hiddenCols) == 0 {
		return false
	}
	area, ok := r.grid.merges.find(row, col)
	if !ok {
		area = Range{row, col, row, col}
	}
	return r.hiddenRows.cover(area.FirstRow, area.LastRow) || r.hiddenCols.cover(area.FirstCol, area.LastCol)
}
