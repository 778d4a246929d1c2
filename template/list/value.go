package list

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// longNumber is a number that lost its last digits in a spreadsheet.
var longNumber = pattern(func() string { return `^[0-9](\.[0-9]+)?[Ee]\+[0-9]+$` })

// set gives a value what stands in a cell. name is that of the column.
func (b *block) set(v sheet.Value, c cell, name string) {
	*v.At() = c.place()
	switch {
	case c.empty():
		return
	case c.Kind == xlsx.Error:
		b.fail(b.page.problem(*v.At(), "“%s”的公式出错：%s", name, c.Text))
		return
	case c.Kind == xlsx.Empty:
		b.fail(b.page.problem(*v.At(), "“%s”的公式没有计算结果，请在 Excel 或 WPS 中打开并保存一次", name))
		return
	}
	var err error
	switch v := v.(type) {
	case *sheet.Text:
		err = setText(v, c)
	case *sheet.Number:
		if y, ok := yearIn(c.Text); ok {
			*v = sheet.Number{Value: y, Known: true, Cell: c.place()}
			return
		}
		err = fmt.Errorf("应为四位数字的年份，如 2021；这里是“%s”", c.Text)
		v.Problem = err.Error()
	}
	if err != nil {
		b.fail(b.page.problem(*v.At(), "“%s”%v", name, err))
	}
}

// setText takes a text without the white space around it.
func setText(v *sheet.Text, c cell) error {
	long := c.Kind == xlsx.Number && math.Abs(c.Value) >= 1e15 && !strings.ContainsAny(c.Text, "年%")
	if long || longNumber().MatchString(c.Text) {
		return fmt.Errorf("是数字格式，超过 15 位的数字已经不准；请把这一列设为文本格式，重新填写")
	}
	return v.SetScalar(strings.TrimSpace(c.Text))
}

// number reads a number as people type it.
func (b *block) number(v *sheet.Number, c cell, name string) (unit string, ok bool) {
	*v = sheet.Number{Cell: c.place()}
	switch {
	case c.empty():
		return "", false
	case c.Kind == xlsx.Error, c.Kind == xlsx.Empty:
		b.set(v, c, name)
		return "", false
	case c.Kind == xlsx.Number:
		v.Value, ok = c.Value, true
		if c.Percent {
			unit = "%"
		}
	default:
		v.Value, unit, ok = quantity.ParseNumber(c.Text)
	}
	if !ok {
		b.fail(b.page.problem(v.Cell, "“%s”应为数字；这里是“%s”", name, c.Text))
		return "", false
	}
	if v.Value < 0 {
		b.fail(b.page.problem(v.Cell, "“%s”不能是负数：%s", name, c.Text))
		return "", false
	}
	v.Known = true
	return unit, true
}

// setAmount reads an amount in a unit of money.
func (b *block) setAmount(v *sheet.Number, c cell, name, money string) {
	unit, ok := b.number(v, c, name)
	if ok && unit != "" && unit != money {
		v.Known = false
		b.fail(b.page.problem(v.Cell, "“%s”应为以%s为单位的数字；这里是“%s”", name, cmp.Or(money, quantity.MoneyUnits()[0]), c.Text))
	}
}

// setWeight reads a 分值. One that is written as a share of the 100 points, 20%,
// is 20.
func (b *block) setWeight(v *sheet.Number, c cell, name string) {
	unit, ok := b.number(v, c, name)
	if !ok || unit == "" || unit == "分" {
		return
	}
	if unit != "%" {
		v.Known = false
		b.fail(b.page.problem(v.Cell, "“%s”应为分数；这里是“%s”", name, c.Text))
		return
	}
	v.Value = quantity.Round(v.Value*100, 6)
}
