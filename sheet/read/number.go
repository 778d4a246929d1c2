package read

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// isDate reports whether a number is shown as a date or a time.
func isDate(c xlsx.Cell) bool {
	return c.Kind == xlsx.Number && (strings.ContainsAny(c.Text, "年月") || strings.Contains(c.Text, ":"))
}

// isLostDate reports whether a number is shown as a day of the year in which the
// workbook's calendar begins: nobody means that.
func isLostDate(c xlsx.Cell) bool {
	return isDate(c) && (strings.HasPrefix(c.Text, "1900年") || strings.HasPrefix(c.Text, "1904年"))
}

func mistakenDate(c xlsx.Cell) string {
	return fmt.Sprintf("单元格设成了日期格式，显示为“%s”，存的数是 %s：请改成常规格式后重新填写", c.Text, quantity.FormatNumber(c.Value))
}

// shift multiplies a number by a power of ten, in its 15 digits.
func shift(v float64, power int) float64 {
	if f, err := strconv.ParseFloat(quantity.FormatNumber(v)+"e"+strconv.Itoa(power), 64); err == nil {
		return f
	}
	return v
}

// points makes a weight or a score of what a cell shows. A weight may be a
// percentage: of the form's 100 points.
func points(n *sheet.Number, c *xlsx.Cell, weight bool) {
	if isDate(*c) {
		n.Problem = mistakenDate(*c)
		return
	}
	if c.Kind == xlsx.String {
		v, unit, ok := quantity.ParseNumber(c.Text)
		if !ok || unit != "%" {
			return
		}
		c.Kind, c.Value, c.Percent = xlsx.Number, v, true
	}
	switch {
	case c.Kind != xlsx.Number || !c.Percent:
		return
	case weight:
		c.Value = shift(c.Value, 2)
	default:
		n.Problem = fmt.Sprintf("应为分数，这里是百分数 %s", c.Text)
	}
}

// percentage makes a fraction of a number behind which the format only writes %.
func percentage(r *sheet.Rate, c *xlsx.Cell) {
	switch {
	case isDate(*c):
		r.Problem = mistakenDate(*c)
	case c.Kind == xlsx.Number && !c.Percent && strings.HasSuffix(quantity.Normalize(c.Text), "%"):
		c.Value, c.Percent = shift(c.Value, -2), true
	}
}

// isAmount reports whether a field of 项目资金 is in 金额单位.
func isAmount(label string) bool {
	return label == sheet.LabelInitialBudget || label == sheet.LabelBudget || label == sheet.LabelExecuted
}

// amount makes an amount in the form's 金额单位 of what a cell shows.
func (f *formReader) amount(n *sheet.Number, c *xlsx.Cell) {
	switch {
	case isDate(*c):
		n.Problem = mistakenDate(*c)
	case c.Kind == xlsx.Number && c.Percent:
		n.Problem = fmt.Sprintf("应为金额，这里是百分数 %s", c.Text)
	case c.Kind == xlsx.Number:
		if c.Text != quantity.FormatNumber(c.Value) {
			f.formatted(n, c)
		}
	case c.Kind == xlsx.String:
		if v, unit, ok := money(c.Text); ok && unit != "" && f.inUnit(n, unit) {
			c.Kind, c.Value = xlsx.Number, v
		}
	}
}

// formatted makes an amount of a number whose format changes it: 0.00"万元" adds
// the unit, 0!.0,"万" shows 11219200 as 1121.9万.
func (f *formReader) formatted(n *sheet.Number, c *xlsx.Cell) {
	shown, unit, ok := money(c.Text)
	if !ok || c.Value == 0 {
		return
	}
	if shown == 0 {
		n.Problem = fmt.Sprintf("显示为“%s”，存的数却是 %s：请改成常规格式后重新填写", c.Text, quantity.FormatNumber(c.Value))
		return
	}
	power := int(math.Round(math.Log10(c.Value / shown)))
	if power == 0 {
		f.inUnit(n, unit)
		return
	}
	if have := f.moneyUnit(); have != "" && unit != "" {
		power += powerOf(have) - powerOf(unit)
	} else if unit != "" {
		f.inUnit(n, unit)
	}
	c.Value = shift(c.Value, -power)
}

// moneyUnit is 金额单位 as far as it is known.
func (f *formReader) moneyUnit() string { return cmp.Or(f.table.MoneyUnit.Value, f.unitAhead) }

// inUnit reports whether an amount that carries its unit is in that of the form.
// Where the form prints none, it takes that of the amount.
func (f *formReader) inUnit(n *sheet.Number, unit string) bool {
	u, have := &f.table.MoneyUnit, f.moneyUnit()
	if unit == "" || unit == have || u.Problem != "" {
		return true
	}
	if have != "" {
		n.Problem = fmt.Sprintf("表中的金额单位是%s，这里填的是“%s”：请换算成%s，只填数字", have, n.Typed, have)
		return false
	}
	*u = sheet.Text{Value: unit, Cell: sheet.Cell{Ref: n.Ref, Typed: n.Typed}}
	return true
}

// money reads an amount with or without its unit, "" or one of quantity.MoneyUnits:
// 1121.92万元, 1,121.92 万, ¥1121.92.
func money(text string) (v float64, unit string, ok bool) {
	s := strings.TrimPrefix(quantity.FoldSpace(quantity.Normalize(text)), "人民币")
	for _, u := range quantity.MoneyUnits() {
		if power, _ := quantity.MoneyPower(u); power == 0 {
			continue
		}
		if number, is := strings.CutSuffix(strings.TrimSuffix(s, "元"), strings.TrimSuffix(u, "元")); is {
			v, unit, ok = quantity.ParseNumber(number)
			return v, u, ok && unit == ""
		}
	}
	v, unit, ok = quantity.ParseNumber(s)
	return v, unit, ok && unit != "%" && unit != "分"
}

// powerOf returns how many 元 a unit of money is, as a power of ten.
func powerOf(unit string) int {
	power, _ := quantity.MoneyPower(unit)
	return power
}

// noticeTextNumbers notices the numbers that are stored as texts where a SUM of
// the form takes them in, or should again: it passes over texts.
func noticeTextNumbers(f sheet.Found, grid *xlsx.Grid) {
	var texts []*sheet.Number
	for v := range f.Table.Values() {
		if n, ok := v.(*sheet.Number); ok && n.Value != 0 && n.Formula == "" {
			row, col, _ := xlsx.ParseRef(n.Ref)
			if at, _ := grid.At(row, col); at.Kind == xlsx.String {
				texts = append(texts, n)
			}
		}
	}
	if len(texts) == 0 {
		return
	}
	var summed []xlsx.Range
	for v := range f.Table.Values() {
		at := v.At()
		summed = append(summed, sheet.SumRanges(cmp.Or(at.Formula, at.Issued), f.Sheet)...)
	}
	for _, n := range texts {
		row, col, _ := xlsx.ParseRef(n.Ref)
		if slices.ContainsFunc(summed, func(r xlsx.Range) bool { return r.Contains(row, col) }) {
			f.Table.AddNotice(sheet.Notice{Kind: sheet.NoticeText, Cell: n.Ref, Now: n.Typed})
		}
	}
}
