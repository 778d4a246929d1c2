package read

import (
	"fmt"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

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
