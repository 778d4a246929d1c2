package book

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/visible"
)

// What may stand in a cell besides texts, numbers and nil. A number that is not
// known is NaN: it leaves the cell empty.
type (
	// Shown is a value in another look than its column's.
	Shown struct {
		Look  Look
		Value any
	}
	// Formula has its value with it, for programs that do not calculate.
	Formula struct {
		Text  string
		Value any // a number or a text
	}
	// Link is a text that opens a file.
	Link struct{ Target, Text string }
)

// cell returns a cell. A text is one whatever it looks like: only a formula is
// written as a formula.
func (b *Book) cell(l Look, v any) excelize.Cell {
	var c excelize.Cell
	switch v := v.(type) {
	case Formula:
		c.Formula, c.Value = v.Text, v.Value
	case Link:
		c.Value = v.shown()
		c.Formula = v.formula()
		if c.Formula == "" {
			l.Underline, l.Color = false, ""
		}
	case string:
		c.Value = Cut(visible.Lines(v), sheet.MaxText)
	default:
		c.Value = v
	}
	switch v := c.Value.(type) {
	case float64:
		c.Value = nil
		if !math.IsNaN(v) {
			c.Value = quantity.Round(v, 15) // the digits that a spreadsheet keeps
		}
	case string:
		if v == "" && c.Formula == "" {
			c.Value = nil
		}
	}
	c.StyleID = b.style(l)
	return c
}

// textOf returns what a value shows as a text, "" of a number.
func textOf(v any) string {
	switch v := v.(type) {
	case Shown:
		return textOf(v.Value)
	case Link:
		return v.shown()
	case string:
		return v
	}
	return ""
}

// Cut returns the beginning of a text, no longer than most UTF-16 units.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	units, end := 0, 0 // end of what fits with a …
	for i, r := range s {
		if units < most {
			end = i
		}
		units += utf16.RuneLen(r)
		if units > most {
			return s[:end] + "…"
		}
	}
	return s
}

// longestLiteral is the longest text in a formula.
const longestLiteral = 255

// urlMarks writes what means something else in the target of a link than in the
// name of a file.
var urlMarks = strings.NewReplacer("%", "%25", "#", "%23")

// formula returns the formula of a link, "" where there can be none. A sheet may
// hold any number of them, unlike links that are no formulas, and they stay with
// their rows when these are sorted.
func (l Link) formula() string {
	target := urlMarks.Replace(l.Target)
	if target == "" || Cut(target, longestLiteral) != target || visible.Line(target) != target {
		return ""
	}
	return "HYPERLINK(" + Literal(target) + "," + Literal(l.shown()) + ")"
}

func (l Link) shown() string { return Cut(visible.Line(l.Text), longestLiteral) }

// Literal returns a text as formulas have it.
func Literal(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
