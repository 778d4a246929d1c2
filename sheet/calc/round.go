package calc

import (
	"math"

	"ziping/sheet/quantity"
)

func roundFunctions() map[string]*function {
	to := func(min int, f func(v float64, places int) float64) *function {
		return &function{params: "nn", min: min, value: func(e *evaluation, a []operand) Value {
			return e.places(a, f)
		}}
	}
	multiple := func(f func(v, of float64) Value) *function {
		return &function{params: "nn", min: 2, value: func(_ *evaluation, a []operand) Value { return f(a[0].value.Number, a[1].value.Number) }}
	}
	return map[string]*function{
		"ROUND":     to(2, round),
		"ROUNDDOWN": to(2, roundDown),
		"TRUNC":     to(1, roundDown),
		"ROUNDUP":   to(2, roundUp),
		"INT":       {params: "n", min: 1, value: func(_ *evaluation, a []operand) Value { return number(math.Floor(digits15(a[0].value.Number))) }},
		"CEILING": multiple(func(v, of float64) Value {
			if v > 0 && of < 0 {
				return errNum
			}
			return toMultiple(v, of, number(0), math.Ceil)
		}),
		"FLOOR": multiple(func(v, of float64) Value {
			if v > 0 && of < 0 {
				return errNum
			}
			return toMultiple(v, of, errDiv, math.Floor)
		}),
	}
}

// toMultiple rounds to a multiple of a number; where both are negative the sign
// does not matter.
func toMultiple(v, of float64, ofZero Value, to func(float64) float64) Value {
	switch {
	case v == 0:
		return number(0)
	case of == 0:
		return ofZero
	}
	return number(to(digits15(v/of)) * of)
}

// places rounds the first argument to so many places as the second says.
func (e *evaluation) places(args []operand, f func(v float64, places int) float64) Value {
	places := 0.0
	if len(args) > 1 {
		places = math.Trunc(args[1].value.Number)
	}
	v := args[0].value.Number
	switch {
	case places > 15:
		if math.Abs(v) < 1 {
			e.fail("保留 %g 位小数这里不计算", places)
		}
		return number(v)
	case places < -15:
		if math.Abs(v) >= 1e15 {
			e.fail("保留 %g 位小数这里不计算", places)
		}
		places = -15
	}
	return number(f(v, int(places)))
}

// round is half away from zero; less than no places are tens, hundreds and so on.
func round(v float64, places int) float64 {
	if places >= 0 {
		return quantity.Round(v, places)
	}
	unit := math.Pow10(-places)
	return quantity.Round(v/unit, 0) * unit
}

// roundDown rounds toward zero, on the 15 digits that a spreadsheet keeps.
func roundDown(v float64, places int) float64 {
	r := round(v, places)
	if math.Abs(r) > math.Abs(digits15(v)) {
		r = round(r-math.Copysign(math.Pow10(-places), v), places)
	}
	return r
}

// roundUp rounds away from zero.
func roundUp(v float64, places int) float64 {
	r := round(v, places)
	if math.Abs(r) < math.Abs(digits15(v)) {
		r = round(r+math.Copysign(math.Pow10(-places), v), places)
	}
	return r
}
