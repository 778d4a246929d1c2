package calc

import "math"

func mathFunctions() map[string]*function {
	of := func(f func(v float64) Value) *function {
		return &function{params: "n", min: 1, value: func(_ *evaluation, a []operand) Value { return f(a[0].value.Number) }}
	}
	of2 := func(f func(x, y float64) Value) *function {
		return &function{params: "nn", min: 2, value: func(_ *evaluation, a []operand) Value { return f(a[0].value.Number, a[1].value.Number) }}
	}
	return map[string]*function{
		"ABS":  of(func(v float64) Value { return number(math.Abs(v)) }),
		"SQRT": of(func(v float64) Value { return number(math.Sqrt(v)) }),
		"SIGN": of(func(v float64) Value {
			switch {
			case v > 0:
				return number(1)
			case v < 0:
				return number(-1)
			}
			return number(0)
		}),
		"POWER": of2(power),
		"MOD": {params: "nn", min: 2, value: func(e *evaluation, a []operand) Value {
			return e.modulo(a[0].value.Number, a[1].value.Number)
		}},
		"SUM":        {params: "r", min: 1, repeat: 1, value: func(e *evaluation, a []operand) Value { return reduce(e, a, sum) }},
		"PRODUCT":    {params: "r", min: 1, repeat: 1, value: func(e *evaluation, a []operand) Value { return reduce(e, a, product) }},
		"SUMPRODUCT": {params: "a", min: 1, repeat: 1, value: sumProduct},
		"SUBTOTAL":   {params: "nr", min: 2, repeat: 1, value: subtotal},
	}
}

// modulo has the sign of the divisor.
func (e *evaluation) modulo(v, by float64) Value {
	if by == 0 {
		return errDiv
	}
	quotient := v / by
	if math.Abs(quotient) > 1e9 {
		e.fail("MOD 的商太大，这里不计算")
	}
	return number(difference(v, by*math.Floor(digits15(quotient))))
}

// reduce makes one value of the numbers among some arguments.
func reduce(e *evaluation, args []operand, f func(list []float64) Value) Value {
	list, err := e.numbers(args)
	if err.Kind == Error {
		return err
	}
	return f(list)
}

func sum(list []float64) Value {
	var s adder
	for _, v := range list {
		s.add(v)
	}
	return s.sum()
}

// adder adds with the rest that each addition loses, so that the order does not matter.
type adder struct{ total, rest float64 }

func (a *adder) add(v float64) {
	t := a.total + v
	if math.Abs(a.total) >= math.Abs(v) {
		a.rest += a.total - t + v
	} else {
		a.rest += v - t + a.total
	}
	a.total = t
}

func (a *adder) sum() Value { return number(a.total + a.rest) }

func product(list []float64) Value {
	if len(list) == 0 {
		return number(0)
	}
	p := 1.0
	for _, v := range list {
		p *= v
	}
	return number(p)
}

// sumProduct adds the products of values in the same place. What is no number
// counts as 0.
func sumProduct(e *evaluation, args []operand) Value {
	rows, cols := args[0].shape()
	for _, a := range args[1:] {
		if r, c := a.shape(); r != rows || c != cols {
			return errValue
		}
	}
	var total adder
	for i := range rows {
		for j := range cols {
			p := 1.0
			for _, a := range args {
				v := e.at(a, i, j)
				switch v.Kind {
				case Error:
					return v
				case Number:
					p *= v.Number
				default:
					p = 0
				}
			}
			total.add(p)
		}
	}
	e.take(rows * cols * len(args))
	return total.sum()
}

// subtotal leaves out cells that are subtotals themselves, and from 101 on hidden
// rows.
func subtotal(e *evaluation, args []operand) Value {
	e.subtotal = true
	code := int(min(max(args[0].value.Number, 0), 1000))
	var list, others []Value
	for _, a := range args[1:] {
		if a.area == nil {
			return errValue
		}
		e.filled(a.area, func(row, _ int, v Value, r *result) {
			switch {
			case r != nil && r.subtotal:
				return
			case a.area.Hidden(row):
				if code < 100 {
					e.fail("SUBTOTAL 的区域中有隐藏的行，是否筛选所致不能确定，这里不计算")
				}
			case v.Kind == Number || v.Kind == Error:
				list = append(list, v)
			default:
				others = append(others, v)
			}
		})
	}
	found := operand{array: &array{len(list), 1, list}}
	switch code % 100 {
	case 1:
		return reduce(e, []operand{found}, average)
	case 2, 3:
		n := len(list)
		if code%100 == 3 {
			return count(n + len(others))
		}
		return countNumbers(e, []operand{found})
	case 4:
		return reduce(e, []operand{found}, largest)
	case 5:
		return reduce(e, []operand{found}, smallest)
	case 6:
		return reduce(e, []operand{found}, product)
	case 9:
		return reduce(e, []operand{found}, sum)
	}
	if code < 1 || code > 111 || code > 11 && code < 101 {
		return errValue
	}
	e.fail("SUBTOTAL(%d,…) 这里不计算", code)
	return Value{}
}
