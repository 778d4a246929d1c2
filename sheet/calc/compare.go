package calc

import (
	"cmp"
	"math"
	"strings"
	"unicode/utf8"
)

// comparison is an operator that compares. A number is less than a text, a text
// less than a truth value; a blank is the 0, "" or FALSE of what it is compared
// with.
func (c *Calculator) comparison(operator string, x, y Value) Value {
	switch {
	case x.Kind == Error:
		return x
	case y.Kind == Error:
		return y
	}
	switch operator {
	case "=":
		return boolean(same(x, y))
	case "<>":
		return boolean(!same(x, y))
	}
	order := c.compare(x, y)
	switch operator {
	case "<":
		return boolean(order < 0)
	case ">":
		return boolean(order > 0)
	case "<=":
		return boolean(order <= 0)
	}
	return boolean(order >= 0)
}

// alike makes a blank what it is compared with.
func alike(x, y Value) (Value, Value) {
	if x.Kind == Blank {
		x.Kind = y.Kind
	}
	if y.Kind == Blank {
		y.Kind = x.Kind
	}
	return x, y
}

// same reports whether two values are equal. The case of letters does not matter.
func same(x, y Value) bool {
	x, y = alike(x, y)
	switch {
	case x.Kind != y.Kind:
		return false
	case x.Kind == Text || x.Kind == Error:
		return strings.EqualFold(x.Text, y.Text)
	}
	return compareNumbers(x.Number, y.Number) == 0
}

// compare orders two values.
func (c *Calculator) compare(x, y Value) int {
	x, y = alike(x, y)
	switch {
	case x.Kind != y.Kind:
		return cmp.Compare(x.Kind, y.Kind) // Number < Text < Bool
	case x.Kind == Text:
		return c.compareTexts(x.Text, y.Text)
	}
	return compareNumbers(x.Number, y.Number)
}

// compareNumbers compares to 15 digits.
func compareNumbers(x, y float64) int {
	if math.Abs(x-y) < 1e-14*math.Abs(x) && digits15(x) == digits15(y) {
		return 0
	}
	return cmp.Compare(x, y)
}

// compareTexts orders texts by the first characters that differ, where all
// programs in all languages agree: digits, then letters.
func (c *Calculator) compareTexts(x, y string) int {
	if strings.EqualFold(x, y) {
		return 0
	}
	a, b := fold(x), fold(y)
	c.take((len(a) + len(b)) / 64)
	for a != "" && b != "" {
		r, n := utf8.DecodeRuneInString(a)
		q, m := utf8.DecodeRuneInString(b)
		if r != q {
			if !ordered(r) || !ordered(q) {
				c.fail("文字“%s”和“%s”的先后各软件不同，这里不计算", clip(x), clip(y))
			}
			return cmp.Compare(r, q)
		}
		a, b = a[n:], b[m:]
	}
	return cmp.Compare(len(a), len(b))
}

func ordered(r rune) bool { return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' }
