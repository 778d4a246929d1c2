package read

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// bonus is the label of rows in which points are added or taken off.
const bonus = "加减分项"

// looksFilled reports whether a row names an indicator and has its weight or its
// values.
func (t *indicatorReader) looksFilled(row []labelCell) bool {
	named, filled := false, false
	for _, c := range row {
		named = named || c.Col <= t.names
		filled = filled || c.Col > t.names
	}
	return named && filled && !t.isWide(row[0])
}

// isWide reports whether a cell stands over both names and values, as titles and
// notes do.
func (t *indicatorReader) isWide(c labelCell) bool {
	m, ok := t.grid.Merge(c.Row, c.Col)
	return ok && c.Col <= t.names && m.LastCol > t.names+1 && m.LastCol >= t.columns.first(sheet.LabelWeight)
}

// isNoIndicator reports whether a row among the indicators is none: the head or
// the title printed again on another page, a sum, or the name of a level with
// the sum of its weights.
func (t *indicatorReader) isNoIndicator(row []labelCell) bool {
	switch first := row[0]; {
	case t.isTotal(row, sheet.LabelSum), t.isTotal(row, sheet.LabelSubtotal), t.isWide(first), isYearLine(row), isTitle(first):
		return true
	case t.isInstruction(row), first.Col <= t.names && numbersColumns(row):
		return true
	case first.Kind == xlsx.String && first.Col <= t.names && t.endsHere(row): // 其他需要说明的事项, above 总分
		return true
	case count(row, func(l string) bool {
		return l == sheet.LabelLevel3 || l == sheet.LabelTarget || l == sheet.LabelActual || l == sheet.LabelScore
	}) >= 2:
		return true
	}
	return t.isSum(row)
}

// isInstruction reports whether all that stands in a row is in brackets: how to fill in
// the columns, below their heads.
func (t *indicatorReader) isInstruction(row []labelCell) bool {
	for _, c := range row {
		s := quantity.FoldSpace(c.Text)
		if c.Kind != xlsx.String || !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") {
			return false
		}
	}
	return len(row) > 1
}

// numbersColumns reports whether a row below a head only numbers the columns, behind 栏次
// or not: 1, 2, 3; 甲, 1, 2; A, B, C; ①, ②, ③; 7=6/5 says how to reckon the seventh.
func numbersColumns(row []labelCell) bool {
	if row[0].label == "栏次" {
		row = row[1:]
	}
	last := 0
	for i, c := range row {
		s, _, _ := strings.Cut(strings.Trim(quantity.FoldSpace(c.Text), "()"), "=")
		n, ok := wholeNumber(s)
		if r, size := utf8.DecodeRuneInString(s); !ok {
			if stem := slices.Index(columnStems, s); stem >= 0 {
				if stem != i {
					return false
				}
				continue
			}
			if size == 0 || size != len(s) || !unicode.In(r, unicode.Latin, unicode.No) {
				return false
			}
			n = int(r)
		}
		if last != 0 && n != last+1 {
			return false
		}
		last = n
	}
	return len(row) >= fewestNumbered
}

// wholeNumber reads 12.
func wholeNumber(s string) (int, bool) {
	if s == "" || !quantity.IsDigit(s[0]) && s[0] != '-' && s[0] != '+' {
		return 0, false // without an error being made of it
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// columnStems number the columns of names, before those of numbers.
var columnStems = []string{"甲", "乙", "丙", "丁"}

// fewestNumbered is how many columns a row numbers at least.
const fewestNumbered = 4

// isYearLine reports whether a row says no more than (2021年度).
func isYearLine(row []labelCell) bool {
	return len(row) == 1 && strings.Contains(row[0].Text, sheet.LabelYear) && quantity.BareYear(row[0].Text) > 0
}

// isSum reports whether a row names nothing but a sum: 产出指标小计.
func (t *indicatorReader) isSum(row []labelCell) bool {
	for _, c := range row {
		if name := sheet.Fold(c.Text); c.Col <= t.names && c.Kind == xlsx.String && (strings.HasSuffix(name, sheet.LabelSubtotal) || strings.HasSuffix(name, sheet.LabelSum)) {
			return t.isBlankIn(row, sheet.LabelTarget, sheet.LabelActual)
		}
	}
	return false
}

// isGroup reports whether the first of some rows only begins a level 1, with its
// weight: the rows below it are its indicators.
func (t *indicatorReader) isGroup(rows [][]labelCell) bool {
	row := rows[0]
	if !t.isBlankIn(row, sheet.LabelLevel2, sheet.LabelLevel3, sheet.LabelTarget, sheet.LabelActual, sheet.LabelDeviation) || t.isBlankIn(row, sheet.LabelWeight) {
		return false
	}
	if t.isBlankIn(row, sheet.LabelLevel1) || len(rows) < 2 || !t.isBlankIn(rows[1], sheet.LabelLevel1) || t.isBlankIn(rows[1], sheet.LabelLevel3) {
		return false
	}
	t.above = sheet.Indicator{}
	t.level(&t.above.Level1, row[0].Row, sheet.LabelLevel1, sheet.Text{})
	return true
}

// isBlankIn reports whether nothing stands in a row under those labels.
func (t *indicatorReader) isBlankIn(row []labelCell, labels ...string) bool {
	for _, c := range row {
		for _, label := range labels {
			for _, h := range t.columns.labelled(label) {
				if h.first <= c.Col && c.Col <= h.last && !quantity.Blank(c.Text) {
					return false
				}
			}
		}
	}
	return true
}

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
	switch name := t.beside(row, sheet.LabelLevel4); {
	case name == "":
		return
	case x.Level3.Value == "":
		x.Level3.Value = name
	case quantity.FoldSpace(name) != quantity.FoldSpace(x.Level3.Value):
		x.Level3.Value += "/" + name
	}
}

// compose makes the whole of a target whose sign, direction and unit stand in columns
// of their own. Of a sign and a direction the sign counts; they should not differ.
func (t *indicatorReader) compose(x *sheet.Indicator, row int) {
	sign, direction := t.beside(row, sheet.LabelSign), t.beside(row, sheet.LabelDirection)
	if isDirection(sign) && direction != "" {
		sign, direction = direction, sign
	}
	if sign == "" {
		sign, direction = direction, ""
	}
	typed := x.Target.Value
	x.Compose(sign, t.beside(row, sheet.LabelUnit))
	if sign == "" {
		return
	}
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
