package calc

func logicFunctions() map[string]*function {
	return map[string]*function{
		"TRUE":    {value: func(*evaluation, []operand) Value { return boolean(true) }},
		"FALSE":   {value: func(*evaluation, []operand) Value { return boolean(false) }},
		"NOT":     {params: "b", min: 1, value: func(_ *evaluation, a []operand) Value { return boolean(a[0].value.Number == 0) }},
		"AND":     {params: "r", min: 1, repeat: 1, value: func(e *evaluation, a []operand) Value { return e.junction(a, false) }},
		"OR":      {params: "r", min: 1, repeat: 1, value: func(e *evaluation, a []operand) Value { return e.junction(a, true) }},
		"IF":      {params: "bvv", min: 2, lazy: chooseIf},
		"IFERROR": {params: "vv", min: 2, lazy: insteadOf(func(Value) bool { return true })},
		"IFNA":    {params: "vv", min: 2, lazy: insteadOf(func(v Value) bool { return v == errNA })},
		"CHOOSE":  {params: "nv", min: 2, repeat: 1, lazy: choose},
	}
}

// junction is OR, whose result one truth value that is decisive decides, or AND.
// Texts in cells do not count.
func (e *evaluation) junction(args []operand, decisive bool) Value {
	found, some := !decisive, false
	err := e.eachValue(args, func(v Value, typed bool) Value {
		if typed {
			v = e.toBool(v)
		}
		switch v.Kind {
		case Error:
			return v
		case Number, Bool:
			some = true
			if (v.Number != 0) == decisive {
				found = decisive
			}
		}
		return Value{}
	})
	switch {
	case err.Kind == Error:
		return err
	case !some:
		return errValue
	}
	return boolean(found)
}

// chooseIf is IF. The branch that is not chosen is not calculated.
func chooseIf(e *evaluation, args []node, all bool) operand {
	if m, ok := args[0].(matrix); ok {
		return e.ifEach(m, args, all)
	}
	condition := e.plain(args[0].eval(e, all), all)
	if condition.array != nil {
		e.fail("IF 的条件是数组，这里不计算")
	}
	switch v := e.toBool(condition.value); {
	case v.Kind == Error:
		return scalar(v)
	case v.Number != 0:
		return e.branch(args[1], all)
	case len(args) > 2:
		return e.branch(args[2], all)
	}
	return scalar(boolean(false))
}

// branch is an argument that becomes the result; one that is left out is 0.
func (e *evaluation) branch(arg node, all bool) operand {
	if _, ok := arg.(missing); ok {
		return scalar(number(0))
	}
	return arg.eval(e, all)
}

// ifEach is IF({1,0},B:B,A:A), by which people turn the columns of a table round.
func (e *evaluation) ifEach(condition matrix, args []node, all bool) operand {
	branches := []operand{condition.eval(e, all), e.all(e.branch(args[1], all)), scalar(boolean(false))}
	if len(args) > 2 {
		branches[2] = e.all(e.branch(args[2], all))
	}
	return e.combine(branches, func(each []operand) Value {
		switch v := e.toBool(each[0].value); {
		case v.Kind == Error:
			return v
		case v.Number != 0:
			return each[1].value
		}
		return each[2].value
	})
}

// insteadOf is IFERROR, or IFNA: the second argument for some errors.
func insteadOf(takes func(Value) bool) func(e *evaluation, args []node, all bool) operand {
	return func(e *evaluation, args []node, all bool) operand {
		x := e.plain(args[0].eval(e, all), all)
		if x.array != nil {
			e.fail("IFERROR 的值是数组，这里不计算")
		}
		if x.value.Kind == Error && takes(x.value) {
			return e.branch(args[1], all)
		}
		return x
	}
}

func choose(e *evaluation, args []node, all bool) operand {
	index := e.plain(args[0].eval(e, all), all)
	if index.array != nil {
		e.fail("CHOOSE 的序号是数组，这里不计算")
	}
	v := e.toNumber(index.value)
	if v.Kind == Error {
		return scalar(v)
	}
	if v.Number < 1 || v.Number >= float64(len(args)) {
		return scalar(errValue)
	}
	return e.branch(args[int(v.Number)], all)
}
