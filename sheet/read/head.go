package read

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// named reads the values in the head of the form: each stands to the right of
// its label, or behind it in the same cell.
func (f *formReader) named(head [][]labelCell) {
	f.headWords(head)
	for _, row := range head {
		for i := 0; i < len(row); i++ {
			c := row[i]
			if sheet.IsNamed(c.label) {
				f.prints(c.label)
				text, read := f.right(row, i)
				if c.value != nil {
					f.set(&text, c.value.Row, c.value.Col)
				}
				f.take(c.label, c.Text, text)
				i += read
				continue
			}
			if list := namesIn(c); list != nil {
				text, read := f.right(row, i)
				f.takeAll(list, text)
				i += read
				continue
			}
			if field, ok := f.ownField(c.label); ok {
				f.ownValue(field, row, i)
				continue
			}
			for _, x := range startsInline(c) {
				if field, ok := f.ownField(x.Label); ok {
					f.ownInline(field, c, x.Value)
					continue
				}
				f.prints(x.Label)
				text := sheet.Text{Cell: sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
				if !quantity.Blank(x.Value) {
					text.Value = x.Value
				}
				f.take(x.Label, x.Printed, text)
			}
		}
	}
}

// whoFills takes 主管部门 from the line above a form that prints neither that nor 实施单位,
// and need not: 填报单位：甲局（盖章）.
func (f *formReader) whoFills(above [][]labelCell) {
	if f.printed[sheet.LabelDepartment] || f.printed[sheet.LabelImplementer] || !slices.Contains(f.table.Form.Optional, sheet.LabelImplementer) {
		return
	}
	for _, row := range above {
		for _, c := range row {
			for _, piece := range sheet.Pieces(c.Text) {
				colon, size := sheet.CutColon(piece)
				if c.Kind != xlsx.String || colon <= 0 || c.form.LabelIn(sheet.InHead, piece[:colon]) == "" {
					continue
				}
				name := strings.TrimSuffix(strings.TrimSuffix(sheet.TrimValue(piece[colon+size:]), "（盖章）"), "(盖章)")
				if !quantity.Blank(name) {
					f.prints(sheet.LabelDepartment)
					f.take(sheet.LabelDepartment, piece[:colon], sheet.Text{Value: name, Cell: sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}})
					return
				}
			}
		}
	}
}

// headWords makes labels of the words that are some only in the head of the form.
func (f *formReader) headWords(head [][]labelCell) {
	for _, label := range f.table.Form.Labels(sheet.InHead) {
		if slices.ContainsFunc(head, func(row []labelCell) bool {
			return slices.ContainsFunc(row, func(c labelCell) bool { return c.lead == label })
		}) {
			continue
		}
		if c := headWord(label, head); c != nil {
			setLabel(c, label)
		}
	}
}

// headWord returns the cell that prints a word for a label in the head of the form:
// rather one that is no other label, as 地方主管部门 beside 中央主管部门.
func headWord(label string, head [][]labelCell) (found *labelCell) {
	for _, row := range head {
		for i := range row {
			c := wordIn(sheet.InHead, label, row[i:i+1])
			if c != nil && (found == nil || found.label != "" && c.label == "") {
				found = c
			}
		}
	}
	return found
}

// named is a label that a cell prints beside others.
type named struct{ label, printed string }

// namesIn returns the labels that a cell prints side by side, as in
// 项目实施单位/项目负责人; nil where it does not.
func namesIn(c labelCell) (list []named) {
	if c.label != "" || c.Kind != xlsx.String || len(c.Text) > sheet.LongestLabel {
		return nil
	}
	parts := splitNames(c.Text)
	if len(parts) < 2 {
		return nil
	}
	known := 0
	for _, part := range parts {
		label := c.form.Label(part)
		if label == "" {
			label = c.form.LabelIn(sheet.InHead, part)
		}
		if sheet.IsNamed(label) {
			known++
		}
		list = append(list, named{label, part})
	}
	if known < 2 {
		return nil
	}
	return list
}

// splitNames splits a text where labels, or their values, stand side by side.
func splitNames(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '／' || r == '、' })
}

// takeAll gives labels that stand in one cell what stands in one cell for them; the
// first has it all where it is not as many values.
func (f *formReader) takeAll(list []named, text sheet.Text) {
	values := splitNames(text.Value)
	if len(values) != len(list) {
		values = append([]string{text.Value}, make([]string, len(list)-1)...)
	}
	for i, n := range list {
		f.prints(n.label)
		one := text
		one.Value = strings.TrimSpace(values[i])
		f.take(n.label, n.printed, one)
	}
}

// take gives the value of a label what was read. Of two places the one counts
// that prints the label itself, and no other word for it; where both do, they
// should not differ.
func (f *formReader) take(label, printed string, read sheet.Text) {
	v, ok := sheet.Lookup(f.table, label).(*sheet.Text)
	if !ok || read.Ref == "" {
		return
	}
	exact := sheet.IsExact(printed, label)
	old, seen := f.exact[label]
	switch {
	case !seen || read.Value != "" && (v.Value == "" || exact && !old):
		if f.exact == nil {
			f.exact = map[string]bool{}
		}
		*v, f.exact[label] = read, exact
	case read.Value == "" || read.Value == v.Value || !exact || v.Problem != "":
		return
	case label == sheet.LabelProject || label == sheet.LabelDepartment || label == sheet.LabelImplementer:
		v.Problem = fmt.Sprintf("“%s”有两处，写得不一样：%s 是“%s”，%s 是“%s”",
			label, v.Ref, sheet.Excerpt(v.Value), read.Ref, sheet.Excerpt(read.Value))
	}
}

// right reads the value of the label row[i]: the next cell to the right, or, if
// that is empty, what stands next before another label. It returns how many
// cells it has read.
func (f *formReader) right(row []labelCell, i int) (text sheet.Text, read int) {
	col := columnAfter(f.grid, row[i].Cell)
	if i+1 < len(row) {
		switch next := row[i+1]; {
		case next.label == "" && len(startsInline(next)) == 0:
			col, read = next.Col, 1
		case next.Col <= col:
			return text, 0 // two labels side by side: no value between them
		}
	}
	f.set(&text, row[i].Row, col)
	return text, read
}

// startsInline returns the labels that a cell prints with their values.
func startsInline(c labelCell) []sheet.Inline {
	if c.Kind != xlsx.String {
		return nil
	}
	return c.form.Inlines(c.Text)
}

// unit reads 金额单位: in brackets behind a label, or behind 单位：, from the lines
// above the form to the head of 项目资金, or behind a label of its own.
func (f *formReader) unit(above, head [][]labelCell) {
	u := &f.table.MoneyUnit
	if u.Value != "" {
		own := u.Value
		u.Value = unitNamed(own)
		if u.Value == "" {
			u.Problem = fmt.Sprintf("金额单位应为%s之一，填报为“%s”", strings.Join(quantity.MoneyUnits(), "、"), sheet.Excerpt(own))
		}
		return
	}
	for _, rows := range [...][][]labelCell{head, above} {
		for _, row := range rows {
			for _, c := range row {
				unit := ""
				if c.Kind == xlsx.String {
					unit = UnitOf(c.Text)
				}
				switch {
				case unit == "":
					continue
				case u.Value == "":
					*u = sheet.Text{Value: unit, Cell: sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
				case u.Value != unit && u.Problem == "":
					u.Problem = fmt.Sprintf("金额单位有两处，写得不一样：%s 是“%s”，%s 是“%s”", u.Ref, u.Value, xlsx.Ref(c.Row, c.Col), unit)
				}
			}
		}
	}
}

// unitNamed returns the unit of money that a text is, "" for none.
func unitNamed(s string) string {
	s = strings.TrimPrefix(strings.Trim(quantity.FoldSpace(s), "()"), "人民币")
	if slices.Contains(quantity.MoneyUnits(), s) {
		return s
	}
	return ""
}

// UnitOf returns the unit of money that a label names, as in 项目资金(万元),
// 项目资金(单位：万元)(10分), 单位：元; "" when it names none.
func UnitOf(text string) string {
	if len(text) > 4*sheet.LongestLabel || !strings.Contains(text, "元") {
		return ""
	}
	for _, piece := range sheet.Pieces(text) {
		if unit := unitIn(piece); unit != "" && len(piece) <= sheet.LongestLabel {
			return unit
		}
	}
	return ""
}

// unitIn is UnitOf for a piece of a text.
func unitIn(text string) string {
	s := quantity.FoldSpace(text)
	for rest := s; ; {
		_, inside, ok := strings.Cut(rest, "(")
		if !ok {
			break
		}
		in, after, ok := strings.Cut(inside, ")")
		if !ok {
			break
		}
		if unit := unitNamed(afterColon(in)); unit != "" {
			return unit
		}
		rest = after
	}
	if strings.Contains(s, "单位") {
		return unitNamed(strings.TrimRight(afterColon(s), ")"))
	}
	for _, unit := range quantity.MoneyUnits() {
		if label, ok := strings.CutSuffix(s, unit); ok && sheet.Label(label) == sheet.LabelFunds {
			return unit
		}
	}
	return ""
}

// afterColon returns what stands behind 单位：, or the text itself.
func afterColon(s string) string {
	if colon, size := sheet.CutColon(s); colon >= 0 && strings.HasSuffix(s[:colon], "单位") {
		return s[colon+size:]
	}
	return s
}
