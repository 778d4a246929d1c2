package sheet

import (
	"fmt"
	"strings"
	"unicode"

	"ziping/sheet/quantity"
)

// Compose makes the whole of a target of which 指标性质, the comparison or the
// direction, and 度量单位, the unit, stand in columns of their own, and of an
// actual the unit. Either may be empty.
func (x *Indicator) Compose(sign, unit string) {
	unit = quantity.FoldSpace(unit)
	if unit != "" {
		x.Target.Value = withUnit(x.Target.Value, unit, quantity.ParseTarget)
		x.Actual.Value = withUnit(x.Actual.Value, unit, quantity.ParseActual)
	}
	sign = quantity.FoldSpace(sign)
	if sign == "" {
		return
	}
	switch Label(sign) {
	case quantity.Positive.String():
		x.direct(quantity.Ge)
		return
	case quantity.Reverse.String():
		x.direct(quantity.Le)
		return
	}
	q := quantity.ParseTarget(x.Target.Value, 0)
	switch op := quantity.ParseTarget(sign+"1", 0).Op; {
	case op == quantity.None || q.Kind != quantity.KindNumber && q.Kind != quantity.KindRange:
		return
	case q.Op == quantity.None:
		x.Target.Value = sign + x.Target.Value
	case q.Op != op:
		x.Target.Problem = fmt.Sprintf("指标性质是“%s”，指标值写的却是“%s”", sign, x.Target.Value)
	}
}

// Columns of a form's own in which stands what belongs to the target, and whether more
// of it is better.
const (
	LabelSign      = "指标性质"
	LabelUnit      = "度量单位"
	LabelDirection = "指标方向"
)

// Beside returns the sign and the unit that stand in columns of the form's own.
func (x *Indicator) Beside() (sign, unit string) {
	for _, c := range []struct {
		label string
		to    *string
	}{{LabelSign, &sign}, {LabelUnit, &unit}} {
		if t, ok := x.Own.Field(c.label).(*Text); ok {
			*c.to = t.Value
		}
	}
	return sign, unit
}

// Bare returns the target and the actual as they are printed beside the sign and the
// unit in columns of the form's own: without the two.
func (x *Indicator) Bare() (target, actual string) {
	sign, unit := x.Beside()
	if sign == "" && unit == "" {
		return x.Target.Value, x.Actual.Value
	}
	bare := Indicator{
		Target: T(strings.TrimSuffix(strings.TrimPrefix(x.Target.Value, sign), unit)),
		Actual: T(strings.TrimSuffix(x.Actual.Value, unit)),
	}
	target, actual = bare.Target.Value, bare.Actual.Value
	bare.Compose(sign, unit)
	if bare.Target.Value != x.Target.Value {
		target = x.Target.Value
	}
	if bare.Actual.Value != x.Actual.Value {
		actual = x.Actual.Value
	}
	return target, actual
}

// direct puts op, which a direction comes to, before a target that is a number
// without a comparison.
func (x *Indicator) direct(op quantity.Op) {
	q, directed := quantity.ParseTarget(x.Target.Value, 0), op.String()+x.Target.Value
	if q.Kind == quantity.KindNumber && q.Op == quantity.None && quantity.ParseTarget(directed, 0).Op == op {
		x.Target.Value = directed
	}
}

// withUnit joins unit to a number that has none, behind its last digit where it
// can't stand at the end: 95以上 is 95%以上.
func withUnit(text, unit string, parse func(string, int) quantity.Quantity) string {
	if _, has, ok := quantity.ParseNumber(text); ok {
		if has == "" {
			text += unit
		}
		return text
	}
	q := parse(text, 0)
	if q.Kind != quantity.KindNumber && q.Kind != quantity.KindRange || q.Unit != "" {
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
