package read

import (
	"fmt"
	"math"
	"unicode/utf16"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// heading is the columns that a label heads.
type heading struct {
	label       string
	first, last int
	exact       bool
	own         bool // of a field that only this kind of form has
}

// headings are the columns of a table, left to right.
type headings []heading

// labelled returns the columns that a label heads: mostly one.
func (h headings) labelled(label string) headings {
	for i := range h {
		if h[i].label == label {
			n := i + 1
			for n < len(h) && h[n].label == label {
				n++
			}
			return h[i:n]
		}
	}
	return nil
}

// first returns the first column that a label heads, 0 when there is none.
func (h headings) first(label string) int {
	if c := h.labelled(label); len(c) > 0 {
		return c[0].first
	}
	return 0
}

// headingsOf returns the columns that the cells of a table's head print labels
// for. Of several for one label those stay that print the label itself, and no
// other word for it.
func (f *formReader) headingsOf(head []labelCell, labels ...string) headings {
	list := make(headings, 0, len(labels)+1)
	for _, label := range labels {
		n := len(list)
		for _, c := range head {
			if c.label != label {
				continue
			}
			h := heading{label: label, first: c.Col, last: columnAfter(f.grid, c.Cell) - 1, exact: sheet.IsExact(c.Text, label)}
			switch {
			case len(list) > n && h.exact && !list[n].exact:
				list = append(list[:n], h)
			case len(list) == n || h.exact == list[n].exact:
				list = append(list, h)
			}
		}
		if len(list) == n {
			if c := wordIn(sheet.InColumns, label, head); c != nil {
				list = append(list, heading{label: label, first: c.Col, last: columnAfter(f.grid, c.Cell) - 1})
			}
		}
	}
	return list
}

// wordIn returns the cell that prints the first of the words for a label in
// the section, nil for none.
func wordIn(s sheet.Section, label string, cells []labelCell) *labelCell {
	best, found := 0, (*labelCell)(nil)
	for i, c := range cells {
		if c.Kind != xlsx.String || c.in(s) != label || c.tall {
			continue
		}
		rank, ok := c.form.IsWord(s, label, c.Text)
		if !ok {
			rank = math.MaxInt
		}
		if found == nil || rank < best {
			best, found = rank, &cells[i]
		}
	}
	return found
}

// isWord reports whether a cell prints one of the words for a label in the section,
// not only what fits a pattern.
func isWord(c labelCell, s sheet.Section, label string) bool {
	if c.Kind != xlsx.String {
		return false
	}
	_, ok := c.form.IsWord(s, label, c.Text)
	return ok
}

// free reports whether the columns from .. to-1 have no heading, and stand right of one:
// with 年度指标值 over B:C and 得分 over F, D and E are free.
func (h headings) free(from, to int) bool {
	left := false
	for _, x := range h {
		if x.first < to && from <= x.last {
			return false
		}
		left = left || x.last < from
	}
	return left && from < to
}

// cellUnder returns the cell of a row under a heading. Where the columns of the
// row are not those of the head, it is the cell that reaches into them.
func (f *formReader) cellUnder(all headings, h heading, row int) (xlsx.Cell, string) {
	at := f.at(row, h.first)
	if at.Text == "" && !at.HasFormula {
		if m, ok := f.grid.Merge(row, h.first); ok && m.FirstRow == row && m.LastCol <= h.last && all.free(m.FirstCol, h.first) {
			if c := f.at(row, m.FirstCol); c.Text != "" {
				return c, ""
			}
		}
	}
	if h.last == h.first {
		return at, ""
	}
	for col := h.first + 1; col <= h.last; col++ {
		c := f.at(row, col)
		switch {
		case c.Text == "", c.Text == at.Text, at.Kind == xlsx.Number && c.Kind == xlsx.Number && c.Value == at.Value:
			continue
		case at.Text == "":
			at = c
		case at.Kind == xlsx.Number && c.Kind == xlsx.Number:
			return at, fmt.Sprintf("“%s”一栏有两个数：%s 是 %s，%s 是 %s，无法确定用哪一个", h.label,
				xlsx.Ref(at.Row, at.Col), at.Text, xlsx.Ref(c.Row, c.Col), c.Text)
		default: // ≥ | 95 | %
			at.Text += c.Text
			at.Kind = xlsx.String
		}
	}
	return at, ""
}

// fields reads a row into the fields of part that have a column.
func (f *formReader) fields(part any, row int, all headings) {
	for field := range sheet.Fields(part) {
		f.field(field, row, all)
	}
}

// field reads a field of a row. Two columns of the same heading should not differ.
func (f *formReader) field(field sheet.Field, row int, all headings) {
	columns := all.labelled(field.Label)
	if len(columns) == 0 || f.isShared(columns[0], row) {
		return
	}
	cell, problem := f.cellUnder(all, columns[0], row)
	for _, h := range columns[1:] {
		other, _ := f.cellUnder(all, h, row)
		switch {
		case quantity.Blank(other.Text) || other.Text == cell.Text:
			continue
		case quantity.Blank(cell.Text):
			cell = other
		default:
			problem = fmt.Sprintf("有两栏“%s”，写得不一样：%s 是“%s”，%s 是“%s”，无法确定用哪一栏", field.Label,
				xlsx.Ref(cell.Row, cell.Col), sheet.Excerpt(cell.Text), xlsx.Ref(other.Row, other.Col), sheet.Excerpt(other.Text))
		}
	}
	f.put(field, cell)
	if problem != "" {
		clearValue(field.Value)
		field.Value.At().Problem = problem
	}
}

// isShared reports whether a row has no cell of its own for a field of the form's
// own: it stands once for several rows, with the first of them.
func (f *formReader) isShared(h heading, row int) bool {
	m, ok := f.grid.Merge(row, h.first)
	return h.own && ok && m.FirstRow < row
}

// clearValue takes a value away and leaves its cell.
func clearValue(v sheet.Value) {
	switch v := v.(type) {
	case *sheet.Text:
		v.Value = ""
	case *sheet.Number:
		v.Value, v.Known = 0, false
	case *sheet.Rate:
		v.Value, v.Known = 0, false
	}
}

// set gives a text what stands in a cell.
func (f *formReader) set(v *sheet.Text, row, col int) {
	f.put(sheet.Field{Value: v}, f.at(row, col))
}

// unknownFormula stands for a formula that is not written down in the workbook.
const unknownFormula = "…"

// longestNumber is the least number of which a workbook loses digits, as those of
// a code: it keeps 15.
const longestNumber = 1e15

// put gives a field what stands in a cell.
func (f *formReader) put(field sheet.Field, cell xlsx.Cell) {
	v := field.Value
	at := v.At()
	*at = sheet.Cell{Ref: xlsx.Ref(cell.Row, cell.Col), Typed: cell.Text}
	if cell.HasFormula {
		at.Formula = cell.Formula
		if at.Formula == "" {
			at.Formula = unknownFormula
		}
	}
	if cell.Kind == xlsx.Error {
		at.Problem = fmt.Sprintf("公式出错：%s", cell.Text)
		return
	}
	if cell.Text == "" {
		return
	}
	if len(cell.Text) > sheet.MaxText {
		if n := len(utf16.Encode([]rune(cell.Text))); n > sheet.MaxText {
			at.Typed = sheet.Excerpt(cell.Text)
			at.Problem = fmt.Sprintf("文字共 %d 字，超过单元格上限 %d 字，请删减", n, sheet.MaxText)
			return
		}
	}
	switch n := v.(type) {
	case *sheet.Text:
		if isLostDate(cell) {
			at.Problem = mistakenDate(cell)
			return
		}
		if cell.Kind == xlsx.Number && math.Abs(cell.Value) >= longestNumber {
			at.Problem = fmt.Sprintf("按数字保存，第 15 位以后的数字已经丢失，现为 %s：请把单元格设成文本格式后重新填写", cell.Text)
			return
		}
	case *sheet.Rate:
		percentage(n, &cell)
	case *sheet.Number:
		if field.Label == sheet.LabelWeight || field.Label == sheet.LabelScore {
			points(n, &cell, field.Label == sheet.LabelWeight)
		} else {
			f.amount(n, &cell)
		}
	}
	if at.Problem == "" {
		take(v, cell)
	}
}

// take gives a value what stands in a cell, as far as it can be understood.
func take(v sheet.Value, c xlsx.Cell) {
	switch v := v.(type) {
	case *sheet.Text:
		takeText(v, c)
	case *sheet.Number:
		takeNumber(v, c)
	case *sheet.Rate:
		takeRate(v, c)
	}
}

func takeText(t *sheet.Text, c xlsx.Cell) {
	if !quantity.Blank(c.Text) {
		t.Value = c.Text
	}
	if c.Rounding != nil && c.Kind == xlsx.Number {
		t.Rounding = &sheet.Rounding{Shown: c.Rounding.Shown, Stored: c.Rounding.Stored}
	}
}

func takeNumber(n *sheet.Number, c xlsx.Cell) {
	switch {
	case c.Kind == xlsx.Number:
		n.Value, n.Known = c.Value, true
	case c.Kind != xlsx.String:
		n.Problem = fmt.Sprintf("应为数字，这里是 %s", c.Text)
	case quantity.Blank(c.Text):
		return
	default:
		v, unit, ok := quantity.ParseNumber(c.Text)
		if !ok || unit != "" && unit != "分" {
			n.Problem = fmt.Sprintf("应为数字，填报为“%s”", c.Text)
			return
		}
		n.Value, n.Known = v, true
	}
}

// A rate without a percent sign above this was meant as a percentage: people
// type 98.11 for 98.11%, and no budget is executed twice over.
const highestFraction = 2

func takeRate(r *sheet.Rate, c xlsx.Cell) {
	if v, unit, ok := quantity.ParseNumber(c.Text); ok && unit == "%" && c.Kind == xlsx.String {
		r.Value, r.Known = v, true
		return
	}
	takeNumber(&r.Number, c)
	if r.Value > highestFraction && !c.Percent {
		r.Value /= 100
	}
}
