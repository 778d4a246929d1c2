package calc

import (
	"math"
	"strconv"
)

func (n constant) eval(*evaluation, bool) operand { return scalar(n.value) }
func (missing) eval(*evaluation, bool) operand    { return operand{} }
func (n matrix) eval(*evaluation, bool) operand   { return operand{array: n.array} }

func (n reference) eval(e *evaluation, _ bool) operand {
	s := e.sheet
	if n.sheet != "" {
		s = e.Calculator.sheet(n.sheet)
	}
	return operand{area: e.sheetRange(s, n.area.Below(e.down))}
}

// deeper counts a step into a formula; back, its result, is called on the way out.
func (c *Calculator) deeper() {
	c.take(1)
	if c.depth++; c.depth > deepest {
		c.fail("公式一层一层引用得太深")
	}
}

func (n prefix) eval(e *evaluation, all bool) operand {
	return e.numeric(n.x, all, func(v float64) Value { return number(-v) })
}

func (n percent) eval(e *evaluation, all bool) operand {
	return e.numeric(n.x, all, func(v float64) Value { return number(v / 100) })
}

// numeric applies an operator with one operand.
func (e *evaluation) numeric(x node, all bool, f func(float64) Value) operand {
	e.deeper()
	arg := e.plain(x.eval(e, all), all)
	e.depth--
	of := func(v Value) Value {
		v = e.toNumber(v)
		if v.Kind == Error {
			return v
		}
		return f(v.Number)
	}
	if arg.array == nil {
		return scalar(of(arg.value))
	}
	result := e.newArray(arg.array.rows, arg.array.cols)
	for i, v := range arg.array.values {
		result.values[i] = of(v)
	}
	return operand{array: result}
}

func (n infix) eval(e *evaluation, all bool) operand {
	e.deeper()
	x := e.plain(n.x.eval(e, all), all)
	y := e.plain(n.y.eval(e, all), all)
	e.depth--
	if x.array == nil && y.array == nil {
		return scalar(e.infix(n.operator, x.value, y.value))
	}
	return e.infixEach(n.operator, x, y)
}

// infixEach applies an operator to operands of which one is an array.
func (e *evaluation) infixEach(operator string, x, y operand) operand {
	rows, cols := x.shape()
	r, c := y.shape()
	result := e.newArray(max(rows, r), max(cols, c))
	var a, b Value // the pair before
	for i := range result.rows {
		for j := range result.cols {
			k := i*result.cols + j
			v, w := x.element(i, j), y.element(i, j)
			if k > 0 && v == a && w == b { // as mostly behind the end of a text
				result.values[k] = result.values[k-1]
				continue
			}
			result.values[k] = e.infix(operator, v, w)
			a, b = v, w
		}
	}
	return operand{array: result}
}

// infix applies an operator. Of two errors the first counts.
func (e *evaluation) infix(operator string, x, y Value) Value {
	if x.Kind == Number && y.Kind == Number && operator != "&" {
		return ofNumbers(operator, x.Number, y.Number)
	}
	switch operator {
	case "=", "<", ">", "<=", ">=", "<>":
		return e.comparison(operator, x, y)
	case "&":
		x, y = e.toText(x), e.toText(y)
	default:
		x, y = e.toNumber(x), e.toNumber(y)
	}
	switch {
	case x.Kind == Error:
		return x
	case y.Kind == Error:
		return y
	case operator == "&":
		return e.long(x.Text + y.Text)
	}
	return arithmetic(operator, x.Number, y.Number)
}

// ofNumbers applies an operator to two numbers.
func ofNumbers(operator string, x, y float64) Value {
	switch operator {
	case "=":
		return boolean(compareNumbers(x, y) == 0)
	case "<>":
		return boolean(compareNumbers(x, y) != 0)
	case "<":
		return boolean(compareNumbers(x, y) < 0)
	case ">":
		return boolean(compareNumbers(x, y) > 0)
	case "<=":
		return boolean(compareNumbers(x, y) <= 0)
	case ">=":
		return boolean(compareNumbers(x, y) >= 0)
	}
	return arithmetic(operator, x, y)
}

func arithmetic(operator string, x, y float64) Value {
	switch operator {
	case "+":
		return number(difference(x, -y))
	case "-":
		return number(difference(x, y))
	case "*":
		return number(x * y)
	case "/":
		if y == 0 {
			return errDiv
		}
		return number(x / y)
	}
	return power(x, y)
}

// difference is 0 where two numbers agree to 15 digits.
func difference(x, y float64) float64 {
	d := x - y
	if d != 0 && math.Abs(d) < 1e-14*math.Abs(x) && digits15(x) == digits15(y) {
		return 0
	}
	return d
}

func power(x, y float64) Value {
	switch {
	case x == 0 && y == 0:
		return errNum
	case x == 0 && y < 0:
		return errDiv
	}
	return number(math.Pow(x, y))
}

// digits15 rounds to the 15 digits that a spreadsheet shows.
func digits15(v float64) float64 {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return v
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	if err != nil {
		return v // the largest of all
	}
	return short
}

func (n call) eval(e *evaluation, all bool) operand {
	e.deeper()
	o := n.run(e, all)
	e.depth--
	return o
}

func (n call) run(e *evaluation, all bool) operand {
	f := n.function
	if f.lazy != nil {
		return f.lazy(e, n.args, all)
	}
	since := e.operands
	args := e.operands.take(len(n.args))
	some := false // of the arguments of which a function wants one value is an array
	for i, arg := range n.args {
		switch f.param(i) {
		case 'r':
			args[i] = arg.eval(e, all)
		case 'a':
			args[i] = e.all(arg.eval(e, true))
		default:
			args[i] = e.plain(arg.eval(e, all), all)
			some = some || args[i].array != nil
		}
	}
	var o operand
	if some {
		o = f.applyEach(e, args)
	} else {
		o = f.apply(e, args)
	}
	e.operands.release(since)
	return o
}

// applyEach calls the function for each value of the arrays among the arguments of which
// it wants one value.
func (f *function) applyEach(e *evaluation, args []operand) operand {
	var few [4]int
	arrays := few[:0] // their indexes
	rows, cols := 1, 1
	for i := range args {
		if p := f.param(i); p != 'r' && p != 'a' && args[i].array != nil {
			arrays = append(arrays, i)
			rows, cols = max(rows, args[i].array.rows), max(cols, args[i].array.cols)
		}
	}
	result := e.newArray(rows, cols)
	each := e.operands.take(len(args))
	copy(each, args)
	before := e.values.take(len(arrays))
	for i := range rows {
		for j := range cols {
			same := i+j > 0
			for n, k := range arrays {
				v := args[k].array.at(i, j)
				same = same && v == before[n]
				each[k], before[n] = scalar(v), v
			}
			if same { // as mostly behind the end of a text
				result.values[i*cols+j] = result.values[i*cols+j-1]
				continue
			}
			result.values[i*cols+j] = e.scalar(f.apply(e, each))
		}
	}
	return operand{array: result}
}

// apply calls the function with arguments that are what it wants. An argument that
// is an error is the result, but for functions that look at errors.
func (f *function) apply(e *evaluation, args []operand) operand {
	for i := range args {
		if args[i].area != nil || args[i].array != nil {
			continue
		}
		v := &args[i].value
		switch f.param(i) {
		case 'n':
			*v = e.toNumber(*v)
		case 't':
			*v = e.toText(*v)
		case 'b':
			*v = e.toBool(*v)
		}
		if v.Kind == Error && !f.raw {
			return scalar(*v)
		}
	}
	if f.refer != nil {
		return f.refer(e, args)
	}
	return scalar(f.value(e, args))
}
