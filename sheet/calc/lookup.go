package calc

import (
	"strings"

	"ziping/sheet/xlsx"
)

func lookupFunctions() map[string]*function {
	return map[string]*function{
		"INDEX":     {params: "rnn", min: 2, refer: index},
		"MATCH":     {params: "vrn", min: 2, value: match},
		"VLOOKUP":   {params: "vrnb", min: 3, value: func(e *evaluation, a []operand) Value { return e.tableLookup(a, false) }},
		"HLOOKUP":   {params: "vrnb", min: 3, value: func(e *evaluation, a []operand) Value { return e.tableLookup(a, true) }},
		"LOOKUP":    {params: "vaa", min: 2, value: lookup},
		"HYPERLINK": {params: "vv", min: 1, value: func(_ *evaluation, a []operand) Value { return a[len(a)-1].value }},
	}
}

// index is INDEX. A row or a column 0 is all of them.
func index(e *evaluation, args []operand) operand {
	rows, cols := args[0].shape()
	row, col := args[1].value.Number, 0.0
	switch {
	case len(args) > 2:
		col = args[2].value.Number
	case rows == 1 && cols > 1:
		row, col = 1, row
	case cols == 1:
		col = 1
	case row != 0 && rows > 1:
		if args[0].area == nil {
			e.fail("INDEX 缺少列号")
		}
	}
	if row < 0 || col < 0 {
		return scalar(errValue)
	}
	if row >= float64(rows+1) || col >= float64(cols+1) {
		return scalar(errRef)
	}
	r := xlsx.Range{FirstRow: int(row), FirstCol: int(col), LastRow: int(row), LastCol: int(col)}
	if r.FirstRow == 0 {
		r.FirstRow, r.LastRow = 1, rows
	}
	if r.FirstCol == 0 {
		r.FirstCol, r.LastCol = 1, cols
	}
	p := args[0].area
	if p == nil {
		if r.FirstRow != r.LastRow || r.FirstCol != r.LastCol {
			e.fail("INDEX 的结果是数组，这里不计算")
		}
		return scalar(e.at(args[0], r.FirstRow-1, r.FirstCol-1))
	}
	r.FirstRow, r.LastRow = r.FirstRow+p.FirstRow-1, r.LastRow+p.FirstRow-1
	r.FirstCol, r.LastCol = r.FirstCol+p.FirstCol-1, r.LastCol+p.FirstCol-1
	return operand{area: e.sheetRange(p.sheet, r)}
}

// vector is a row or a column in which a value is looked up.
type vector struct {
	operand
	across bool
	n      int
}

func (e *evaluation) vector(o operand, across bool) vector {
	rows, cols := o.shape()
	if o.area != nil {
		rows, cols = o.area.used() // no value stands beyond
	}
	v := vector{o, across, rows}
	if across {
		v.n = cols
	}
	return v
}

func (e *evaluation) of(v vector, i int) Value {
	if v.across {
		return e.at(v.operand, 0, i)
	}
	return e.at(v.operand, i, 0)
}

// indexOf returns where a value stands in a vector, counted from 0, or -1.
func (e *evaluation) indexOf(wanted Value, in vector) int {
	if wanted.Kind == Blank {
		wanted = number(0)
	}
	wild := wanted.Kind == Text && strings.ContainsAny(wanted.Text, "*?~")
	var p pattern
	if wild {
		if length(wanted.Text) > longestCriterion {
			e.fail("要查找的文字太长")
		}
		p = newPattern(wanted.Text)
	}
	for i := range in.n {
		v := e.of(in, i)
		e.take(1)
		if v.Kind == wanted.Kind && (wild && e.matches(p, v.Text) || !wild && same(v, wanted)) {
			return i
		}
	}
	return -1
}

// lastIndexOf returns where the last value stands that is not more than the one
// looked up, in an order that ascends, or with direction -1 not less, in one that
// descends; -1 where there is none. Only values of the same kind count. In any
// other order Excel finds what its search meets, which is not calculated, but for
// the last of all where none is more.
func (e *evaluation) lastIndexOf(wanted Value, in vector, direction int) int {
	if wanted.Kind == Blank {
		wanted = number(0)
	}
	found, all, sorted := -1, true, true
	var last Value
	for i := range in.n {
		v := e.of(in, i)
		e.take(1)
		if v.Kind != wanted.Kind {
			continue
		}
		if last.Kind != Blank && direction*e.compare(last, v) > 0 {
			sorted = false
		}
		last = v
		if direction*e.compare(v, wanted) <= 0 {
			found = i
		} else {
			all = false
		}
	}
	if !sorted && !(all && direction > 0) {
		e.fail("近似查找的区域没有排序，结果不确定，这里不计算")
	}
	return found
}

func match(e *evaluation, args []operand) Value {
	kind := 1.0
	if len(args) > 2 {
		kind = args[2].value.Number
	}
	rows, cols := args[1].shape()
	if rows > 1 && cols > 1 {
		return errNA
	}
	in := e.vector(args[1], rows == 1 && cols > 1)
	var i int
	switch {
	case kind == 0:
		i = e.indexOf(args[0].value, in)
	case kind > 0:
		i = e.lastIndexOf(args[0].value, in, 1)
	default:
		i = e.lastIndexOf(args[0].value, in, -1)
		if i >= 0 { // the first of several that are equal
			v := e.of(in, i)
			for i > 0 && same(e.of(in, i-1), v) {
				i--
			}
		}
	}
	if i < 0 {
		return errNA
	}
	return count(i + 1)
}

// tableLookup is VLOOKUP, or HLOOKUP.
func (e *evaluation) tableLookup(args []operand, across bool) Value {
	rows, cols := args[1].shape()
	if across {
		rows, cols = cols, rows
	}
	at := args[2].value.Number
	switch {
	case at < 1:
		return errValue
	case at >= float64(cols+1):
		return errRef
	}
	in := e.vector(args[1], across)
	var i int
	if len(args) > 3 && args[3].value.Number == 0 {
		i = e.indexOf(args[0].value, in)
	} else {
		i = e.lastIndexOf(args[0].value, in, 1)
	}
	switch {
	case i < 0:
		return errNA
	case across:
		return e.at(args[1], int(at)-1, i)
	}
	return e.at(args[1], i, int(at)-1)
}

// lookup is LOOKUP: in a vector, with another one for the results, or in a table,
// along its longer side.
func lookup(e *evaluation, args []operand) Value {
	rows, cols := args[1].shape()
	across := cols > rows
	i := e.lastIndexOf(args[0].value, e.vector(args[1], across), 1)
	if len(args) < 3 {
		switch {
		case i < 0:
			return errNA
		case across:
			return e.at(args[1], rows-1, i)
		}
		return e.at(args[1], i, cols-1)
	}
	if rows > 1 && cols > 1 {
		return errNA
	}
	results, width := args[2].shape()
	if results > 1 && width > 1 {
		return errNA
	}
	if i < 0 {
		return errNA
	}
	if i >= results*width {
		e.fail("LOOKUP 的两个区域大小不同，这里不计算")
	}
	if width > 1 {
		return e.at(args[2], 0, i)
	}
	return e.at(args[2], i, 0)
}
