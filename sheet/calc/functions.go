package calc

import "maps"

// function is a function of Excel's.
type function struct {
	// params says what each parameter takes: n a number, t a text, b a truth value,
	// v a value of any kind; r a reference, an array or a value; a all values, also
	// of operators on ranges. Where one value is wanted (n, t, b, v), an array gives
	// an array of results.
	params string
	min    int  // how many arguments are needed
	repeat int  // so many of the last parameters may be repeated
	raw    bool // it takes errors for values

	// One of these is set. The arguments are converted already; what is left out
	// is a blank.
	value func(e *evaluation, args []operand) Value
	refer func(e *evaluation, args []operand) operand
	lazy  func(e *evaluation, args []node, all bool) operand // calculates its arguments itself
}

// most is how many arguments Excel takes.
const most = 255

// takes reports whether the function can have so many arguments.
func (f *function) takes(n int) bool {
	switch {
	case n < f.min || n > most:
		return false
	case f.repeat == 0:
		return n <= len(f.params)
	}
	return n <= len(f.params) || (n-len(f.params))%f.repeat == 0
}

// param returns what the parameter i takes.
func (f *function) param(i int) byte {
	if n := len(f.params); i >= n {
		i = n - f.repeat + (i-n)%f.repeat
	}
	return f.params[i]
}

// functions are the functions by name.
var functions = map[string]*function{}

func init() { // not where it is declared: the functions evaluate formulas that name them
	for _, some := range []map[string]*function{
		logicFunctions(), infoFunctions(), mathFunctions(), roundFunctions(), statisticsFunctions(), conditionalFunctions(),
		lookupFunctions(), textFunctions(), partFunctions(), dateFunctions(),
	} {
		maps.Copy(functions, some)
	}
}

// eachValue calls f for each value of some arguments that is not a blank cell;
// typed is whether it is an argument itself. It returns the first error value that
// f returns.
func (e *evaluation) eachValue(args []operand, f func(v Value, typed bool) (err Value)) (err Value) {
	take := func(v Value, typed bool) {
		if err.Kind == Blank {
			err = f(v, typed)
		}
	}
	for _, arg := range args {
		switch {
		case arg.area != nil:
			e.filled(arg.area, func(_, _ int, v Value, _ *result) { take(v, false) })
		case arg.array != nil:
			for _, v := range arg.array.values {
				take(v, false)
			}
		default:
			take(arg.value, true)
		}
	}
	return err
}

// numbers returns the numbers among some arguments: those in cells and arrays that
// are numbers, and what is an argument itself, which must be one.
func (e *evaluation) numbers(args []operand) (list []float64, err Value) {
	const few = 16
	list = e.scratch.numbers.take(few)[:0]
	err = e.eachValue(args, func(v Value, typed bool) Value {
		if typed {
			v = e.toNumber(v)
		}
		switch v.Kind {
		case Number:
			list = append(list, v.Number)
		case Error:
			return v
		}
		return Value{}
	})
	return list, err
}
