package calc

func infoFunctions() map[string]*function {
	is := func(holds func(v Value) bool) *function {
		return &function{params: "v", min: 1, raw: true, value: func(_ *evaluation, a []operand) Value { return boolean(holds(a[0].value)) }}
	}
	return map[string]*function{
		"ISBLANK":   is(func(v Value) bool { return v.Kind == Blank }),
		"ISNUMBER":  is(func(v Value) bool { return v.Kind == Number }),
		"ISTEXT":    is(func(v Value) bool { return v.Kind == Text }),
		"ISNONTEXT": is(func(v Value) bool { return v.Kind != Text }),
		"ISLOGICAL": is(func(v Value) bool { return v.Kind == Bool }),
		"ISERROR":   is(func(v Value) bool { return v.Kind == Error }),
		"ISERR":     is(func(v Value) bool { return v.Kind == Error && v != errNA }),
		"ISNA":      is(func(v Value) bool { return v == errNA }),
		"NA":        {value: func(*evaluation, []operand) Value { return errNA }},
		"N": {params: "r", min: 1, value: func(e *evaluation, a []operand) Value {
			switch v := e.first(a[0]); v.Kind {
			case Number, Bool:
				return number(v.Number)
			case Error:
				return v
			}
			return number(0)
		}},
		"T": {params: "r", min: 1, value: func(e *evaluation, a []operand) Value {
			switch v := e.first(a[0]); v.Kind {
			case Text, Error:
				return v
			}
			return text("")
		}},
		"ROW":     {params: "r", refer: func(e *evaluation, a []operand) operand { return e.positions(a, true) }},
		"COLUMN":  {params: "r", refer: func(e *evaluation, a []operand) operand { return e.positions(a, false) }},
		"ROWS":    {params: "r", min: 1, value: func(_ *evaluation, a []operand) Value { rows, _ := a[0].shape(); return count(rows) }},
		"COLUMNS": {params: "r", min: 1, value: func(_ *evaluation, a []operand) Value { _, cols := a[0].shape(); return count(cols) }},
	}
}

// first returns the first value of an operand.
func (e *evaluation) first(o operand) Value { return e.at(o, 0, 0) }

// positions is ROW or COLUMN: the numbers of an area's rows or columns.
func (e *evaluation) positions(args []operand, ofRows bool) operand {
	if len(args) == 0 {
		if ofRows {
			return scalar(count(e.row))
		}
		return scalar(count(e.col))
	}
	p := args[0].area
	if p == nil {
		e.fail("ROW 和 COLUMN 要引用单元格")
	}
	first, rows, cols := p.FirstCol, 1, p.width()
	if ofRows {
		first, rows, cols = p.FirstRow, p.height(), 1
	}
	if rows*cols == 1 {
		return scalar(count(first))
	}
	a := e.newArray(rows, cols)
	for i := range a.values {
		a.values[i] = count(first + i)
	}
	return operand{array: a}
}
