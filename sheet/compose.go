package sheet

import (
	"fmt"
	"strings"
	"unicode"
)

// Compose makes the whole of a target of which 指标性质, the comparison or the
// direction, and 度量单位, the unit, stand in columns of their own, and of an
// actual the unit. Either may be empty.
func (x *Indicator) Compose(sign, unit string) {
	if unit = foldSpace(unit); unit != "" {
		x.Target.Value = withUnit(x.Target.Value, unit, ParseTarget)
		x.Actual.Value = withUnit(x.Actual.Value, unit, ParseActual)
	}
	if sign = foldSpace(sign); sign == "" {
		return
	}
	switch Label(sign) {
	case Positive.String():
		x.direct(Ge)
		return
	case Reverse.String():
		x.direct(Le)
		return
	}
	q := ParseTarget(x.Target.Value, 0)
	switch op := ParseTarget(sign+"1", 0).Op; {
	case op == None || q.Kind != KindNumber && q.Kind != KindRange:
	case q.Op == None:
		x.Target.Value = sign + x.Target.Value
	case q.Op != op:
		x.Target.Problem = fmt.Sprintf("指标性质是“%s”，指标值写的却是“%s”", sign, x.Target.Value)
	}
}

// direct puts op, which a direction comes to, before a target that is a number
// without a comparison.
func (x *Indicator) direct(op Op) {
	q, directed := ParseTarget(x.Target.Value, 0), op.String()+x.Target.Value
	if q.Kind == KindNumber && q.Op == None && ParseTarget(directed, 0).Op == op {
		x.Target.Value = directed
	}
}

// withUnit joins unit to a number that has none, behind its last digit where it
// can't stand at the end: 95以上 is 95%以上.
func withUnit(text, unit string, parse func(string, int) Quantity) string {
	if _, has, ok := ParseNumber(text); ok {
		if has == "" {
			text += unit
		}
		return text
	}
	q := parse(text, 0)
	if q.Kind != KindNumber && q.Kind != KindRange || q.Unit != "" {
		return text
	}
	digits := strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	for _, joined := range [...]string{text + unit, digits + unit + text[len(digits):]} {
		if got := parse(joined, 0); got.Kind == q.Kind && got.Op == q.Op && got.Approx == q.Approx && got.Unit != "" {
			return joined
		}
	}
	return text
}
