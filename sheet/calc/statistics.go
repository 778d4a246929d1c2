package calc

import (
	"math"
	"slices"
)

func statisticsFunctions() map[string]*function {
	of := func(f func(list []float64) Value) *function {
		return &function{params: "r", min: 1, repeat: 1, value: func(e *evaluation, a []operand) Value { return reduce(e, a, f) }}
	}
	return map[string]*function{
		"AVERAGE": of(average),
		"MAX":     of(largest),
		"MIN":     of(smallest),
		"MEDIAN":  of(median),
		"COUNT":   {params: "r", min: 1, repeat: 1, raw: true, value: countNumbers},
		"COUNTA":  {params: "r", min: 1, repeat: 1, raw: true, value: countFilled},
		"COUNTBLANK": {params: "r", min: 1, value: func(e *evaluation, a []operand) Value {
			p := a[0].area
			if p == nil {
				return errValue
			}
			blank := p.height() * p.width()
			e.filled(p, func(_, _ int, v Value, _ *result) {
				if v != text("") {
					blank--
				}
			})
			return count(blank)
		}},
		"LARGE":   {params: "rn", min: 2, value: func(e *evaluation, a []operand) Value { return ranked(e, a, true) }},
		"SMALL":   {params: "rn", min: 2, value: func(e *evaluation, a []operand) Value { return ranked(e, a, false) }},
		"RANK":    {params: "nrn", min: 2, value: rank},
		"RANK.EQ": {params: "nrn", min: 2, value: rank},
	}
}

func average(list []float64) Value {
	if len(list) == 0 {
		return errDiv
	}
	total := sum(list)
	if total.Kind == Number {
		total = number(total.Number / float64(len(list)))
	}
	return total
}

func largest(list []float64) Value {
	if len(list) == 0 {
		return number(0)
	}
	return number(slices.Max(list))
}

func smallest(list []float64) Value {
	if len(list) == 0 {
		return number(0)
	}
	return number(slices.Min(list))
}

func median(list []float64) Value {
	if len(list) == 0 {
		return errNum
	}
	slices.Sort(list)
	middle := len(list) / 2
	if len(list)%2 == 1 {
		return number(list[middle])
	}
	return number((list[middle-1] + list[middle]) / 2)
}

// countNumbers is COUNT. Of what is an argument itself a text counts that is a
// number.
func countNumbers(e *evaluation, args []operand) Value {
	n := 0
	e.eachValue(args, func(v Value, typed bool) Value {
		if v.Kind == Number || typed && e.toNumber(v).Kind == Number {
			n++
		}
		return Value{}
	})
	return count(n)
}

// countFilled is COUNTA. An empty text counts.
func countFilled(e *evaluation, args []operand) Value {
	n := 0
	e.eachValue(args, func(Value, bool) Value {
		n++
		return Value{}
	})
	return count(n)
}

// ranked is LARGE or SMALL.
func ranked(e *evaluation, args []operand, descending bool) Value {
	list, err := e.numbers(args[:1])
	if err.Kind == Error {
		return err
	}
	k := math.Ceil(digits15(args[1].value.Number))
	if k < 1 || k > float64(len(list)) {
		return errNum
	}
	slices.Sort(list)
	if descending {
		slices.Reverse(list)
	}
	return number(list[int(k)-1])
}

// rank is where a number stands among others, the largest first.
func rank(e *evaluation, args []operand) Value {
	if args[1].area == nil {
		return errValue
	}
	list, err := e.numbers(args[1:2])
	if err.Kind == Error {
		return err
	}
	v, before, found := args[0].value.Number, 1, false
	ascending := len(args) > 2 && args[2].value.Number != 0
	for _, other := range list {
		switch {
		case compareNumbers(other, v) == 0:
			found = true
		case (other < v) == ascending:
			before++
		}
	}
	if !found {
		return errNA
	}
	return count(before)
}
