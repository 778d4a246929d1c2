package calc

import (
	"slices"
	"strings"

	"ziping/sheet/xlsx"
)

// criterion is what COUNTIF counts: ">=60", "产出*", 20.
type criterion struct {
	operator string
	value    Value // Blank where a cell is to hold nothing
	pattern  pattern
	nothing  bool // the criterion is "": also an empty text
}

// longestCriterion is more than a criterion may have; Excel's limit.
const longestCriterion = 255

// criterion reads a criterion.
func (c *Calculator) criterion(v Value) criterion {
	if v.Kind == Blank {
		return criterion{operator: "=", value: number(0)}
	}
	if v.Kind != Text {
		return criterion{operator: "=", value: v}
	}
	k := criterion{operator: "=", nothing: v.Text == ""}
	rest, explicit := v.Text, false
	for _, operator := range []string{"<=", ">=", "<>", "<", ">", "="} {
		if after, ok := strings.CutPrefix(rest, operator); ok {
			k.operator, rest, explicit = operator, after, true
			break
		}
	}
	if length(rest) > longestCriterion {
		c.fail("条件太长")
	}
	upper := strings.ToUpper(rest)
	switch n, ok := c.readNumber(rest); {
	case rest == "":
		if explicit && k.operator != "=" && k.operator != "<>" {
			c.fail("条件“%s”这里不计算", v.Text)
		}
	case ok:
		k.value = number(n)
	case upper == "TRUE" || upper == "FALSE":
		k.value = boolean(upper == "TRUE")
	case slices.Contains(xlsx.ErrorValues, upper):
		k.value = Value{Kind: Error, Text: upper}
	default:
		k.value = text(rest)
		k.pattern = newPattern(rest)
	}
	return k
}

// meets reports whether a value is as the criterion says.
func (c *Calculator) meets(k *criterion, v Value) bool {
	switch k.operator {
	case "=":
		return c.equals(k, v)
	case "<>":
		return !c.equals(k, v)
	}
	if k.value.Kind != v.Kind || v.Kind == Error {
		return false
	}
	order := c.compare(v, k.value)
	switch k.operator {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func (c *Calculator) equals(k *criterion, v Value) bool {
	switch {
	case k.value.Kind == Blank:
		return v.Kind == Blank || k.nothing && v == text("")
	case k.value.Kind == Text:
		return v.Kind == Text && c.matches(k.pattern, v.Text)
	case k.value.Kind == Number && v.Kind == Text: // a number that is stored as a text
		n, ok := c.readNumber(v.Text)
		return ok && compareNumbers(n, k.value.Number) == 0
	}
	return v.Kind == k.value.Kind && same(v, k.value)
}

func conditionalFunctions() map[string]*function {
	return map[string]*function{
		"COUNTIF":    {params: "rv", min: 2, raw: true, value: countIf},
		"COUNTIFS":   {params: "rv", min: 2, repeat: 2, raw: true, value: countIf},
		"SUMIF":      {params: "rvr", min: 2, raw: true, value: ofRange(sum)},
		"AVERAGEIF":  {params: "rvr", min: 2, raw: true, value: ofRange(average)},
		"SUMIFS":     {params: "rrv", min: 3, repeat: 2, raw: true, value: ofRanges(sum)},
		"AVERAGEIFS": {params: "rrv", min: 3, repeat: 2, raw: true, value: ofRanges(average)},
	}
}

// condition is an area whose cells are to meet a criterion.
type condition struct {
	*sheetRange
	criterion
}

// conditions reads pairs of arguments. The areas are of one size.
func (e *evaluation) conditions(args []operand) (list []condition, err Value) {
	for i := 0; i < len(args); i += 2 {
		p := args[i].area
		if p == nil {
			e.fail("条件要引用一个区域")
		}
		if args[i+1].area != nil || args[i+1].array != nil {
			e.fail("条件要是一个值")
		}
		if first := args[0].area; p.height() != first.height() || p.width() != first.width() {
			return nil, errValue
		}
		list = append(list, condition{p, e.criterion(args[i+1].value)})
	}
	return list, Value{}
}

// meeting calls f with the places, counted from 0, that meet all conditions, within
// rows and cols.
func (e *evaluation) meeting(list []condition, rows, cols int, f func(row, col int)) {
	for i := range rows {
		for j := range cols {
			if e.meetsAll(list, i, j) {
				f(i, j)
			}
		}
	}
}

func (e *evaluation) meetsAll(list []condition, row, col int) bool {
	for k := range list {
		if !e.meets(&list[k].criterion, e.cellOf(list[k].sheetRange, row, col)) {
			return false
		}
	}
	return true
}

// countIf is COUNTIFS, of which COUNTIF is the case of one condition.
func countIf(e *evaluation, args []operand) Value {
	list, err := e.conditions(args)
	if err.Kind == Error {
		return err
	}
	rows, cols, blank := 0, 0, true
	for i := range list {
		r, k := list[i].used()
		rows, cols = max(rows, r), max(cols, k)
		blank = blank && e.meets(&list[i].criterion, Value{})
	}
	n := 0
	e.meeting(list, rows, cols, func(int, int) { n++ })
	if blank { // also where no cell is used
		n += list[0].height()*list[0].width() - rows*cols
	}
	return count(n)
}

// ofRange is SUMIF or AVERAGEIF, whose last argument is only where an area begins.
func ofRange(f func([]float64) Value) func(e *evaluation, args []operand) Value {
	return func(e *evaluation, args []operand) Value {
		from := args[0]
		if len(args) > 2 {
			from = args[2]
		}
		if from.area == nil || args[0].area == nil {
			e.fail("条件要引用一个区域")
		}
		p := sheetRange{from.area.sheet, xlsx.Range{FirstRow: from.area.FirstRow, FirstCol: from.area.FirstCol}}
		p.LastRow = p.FirstRow + args[0].area.height() - 1
		p.LastCol = p.FirstCol + args[0].area.width() - 1
		return e.ofMeeting(&p, args[:2], f)
	}
}

// ofRanges is SUMIFS or AVERAGEIFS.
func ofRanges(f func([]float64) Value) func(e *evaluation, args []operand) Value {
	return func(e *evaluation, args []operand) Value {
		from, first := args[0].area, args[1].area
		if from == nil || first == nil {
			e.fail("条件要引用一个区域")
		}
		if from.height() != first.height() || from.width() != first.width() {
			return errValue
		}
		return e.ofMeeting(from, args[1:], f)
	}
}

// ofMeeting makes one value of the numbers whose places meet conditions.
func (e *evaluation) ofMeeting(from *sheetRange, args []operand, f func([]float64) Value) (v Value) {
	list, err := e.conditions(args)
	if err.Kind == Error {
		return err
	}
	rows, cols := from.used()
	var numbers []float64
	e.meeting(list, rows, cols, func(row, col int) {
		switch found := e.cellOf(from, row, col); found.Kind {
		case Number:
			numbers = append(numbers, found.Number)
		case Error:
			if v.Kind != Error {
				v = found
			}
		}
	})
	if v.Kind == Error {
		return v
	}
	return f(numbers)
}
