package read

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// bonus is the label of rows in which points are added or taken off.
const bonus = "加减分项"

// isBonus reports whether a row says for what points are added or taken off: it has
// no weight, and counts in 总分.
func (t *indicatorReader) isBonus(row int, x *sheet.Indicator) bool {
	return t.table.Form.Label(x.Level1.Value) == bonus || t.table.Form.Label(x.Level2.Value) == bonus ||
		slices.ContainsFunc(t.grid.Row(row), func(c xlsx.Cell) bool { return c.Col <= t.names && t.table.Form.Label(c.Text) == bonus })
}

// isDetail reports whether a row is a detail of the one above, which has the points:
// 其中：…, or what follows it without points of its own, set in as it is.
func (t *indicatorReader) isDetail(x *sheet.Indicator) bool {
	if !quantity.Blank(x.Weight.Typed) || !quantity.Blank(x.Score.Typed) || len(t.table.Indicators) == 0 {
		return false
	}
	name := strings.TrimLeft(quantity.FoldSpace(x.Level3.Value), "-—(")
	if strings.HasPrefix(name, "其中") {
		return true
	}
	above := &t.table.Indicators[len(t.table.Indicators)-1]
	return above.Together && name != "" && isIndented(x.Level3.Typed) && above.Level2.Value == x.Level2.Value
}

// isIndented reports whether a text is set in by blanks.
func isIndented(text string) bool {
	return strings.HasPrefix(text, "  ") || strings.HasPrefix(text, "\u3000") || strings.HasPrefix(text, "\t")
}

// fourth adds 四级指标 to the name of an indicator.
func (t *indicatorReader) fourth(x *sheet.Indicator, row int) {
	switch name := t.beside(row, "四级指标"); {
	case name == "":
	case x.Level3.Value == "":
		x.Level3.Value = name
	case quantity.FoldSpace(name) != quantity.FoldSpace(x.Level3.Value):
		x.Level3.Value += "/" + name
	}
}

// compose makes the whole of a target whose sign, direction and unit stand in columns
// of their own. Of a sign and a direction the sign counts; they should not differ.
func (t *indicatorReader) compose(x *sheet.Indicator, row int) {
	sign, direction := t.beside(row, "指标性质"), t.beside(row, "指标方向")
	if isDirection(sign) && direction != "" {
		sign, direction = direction, sign
	}
	if sign == "" {
		sign, direction = direction, ""
	}
	typed := x.Target.Value
	x.Compose(sign, t.beside(row, "度量单位"))
	if direction == "" {
		direction = sign
	}
	if op := quantity.ParseTarget(x.Target.Value, 0).Op; op != quantity.None && typed != "" && contradicts(direction, op) {
		t.table.AddNotice(sheet.Notice{Kind: sheet.NoticeDirection, Cell: x.Target.Ref, Issued: quantity.FoldSpace(direction), Now: x.Target.Value})
	}
}

// isDirection reports whether a text is 正向 or 反向.
func isDirection(text string) bool {
	label := sheet.Label(text)
	return label == quantity.Positive.String() || label == quantity.Reverse.String()
}

// contradicts reports whether a direction in words is not that of a comparison.
func contradicts(direction string, op quantity.Op) bool {
	switch sheet.Label(direction) {
	case quantity.Positive.String():
		return op == quantity.Le || op == quantity.Lt
	case quantity.Reverse.String():
		return op == quantity.Ge || op == quantity.Gt
	}
	return false
}

// isUnused reports whether a row of 绩效指标 was not used: it has no name but what is
// printed for one, and no points.
func isUnused(x *sheet.Indicator) bool {
	name := x.Level3.Value
	if number, ok := strings.CutPrefix(quantity.FoldSpace(name), "指标"); ok {
		name = strings.TrimLeft(strings.TrimLeft(number, "0123456789一二三四五六七八九十"), ":：.、")
	}
	if !quantity.SaysNothing(name) && !isDots(name) || x.Weight.Known || x.Score.Known {
		return false
	}
	for _, v := range []*sheet.Text{&x.Target, &x.Actual, &x.Deviation} {
		if v.Problem != "" || !quantity.SaysNothing(v.Value) && !isDots(v.Value) {
			return false
		}
	}
	return x.Weight.Problem == "" && x.Score.Problem == ""
}

// isDots reports whether a text is only the dots that forms print where more rows may
// be written: ……
func isDots(text string) bool {
	s := quantity.FoldSpace(text)
	return s != "" && strings.Trim(s, "….·。") == ""
}
