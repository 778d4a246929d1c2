package rules

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"ziping/rules/eval"
	"ziping/sheet"
	"ziping/sheet/quantity"
)

// errUnknown ends an expression that touches a value that is not there.
var errUnknown = eval.ErrUnknown

// Function is a function that expressions may call.
type Function struct {
	Name    string
	Usage   string // with the names of its arguments
	Type    string // of its result, to a clerk
	Doc     string
	Example string // an expression that is true

	call  func(args ...any) (any, error) // nil where patch rewrites the call
	types []any                          // what the checker is told

	judging []any // what the checker is told of the same function with a *judge besides
}

// Functions lists what expressions may call besides the operators and built-in
// functions of the expression language (len, all, any, filter, map, min, max, …).
var Functions = slices.Concat(valueFunctions, listFunctions, []Function{pointsFunction}, judgingFunctions, textFunctions)

// valueFunctions are the functions over single values.
var valueFunctions = []Function{{
	Name: "有值", Usage: "有值(项目)", Type: "是非值", Example: `有值(项目名称)`,
	Doc: "这一项填写了没有。只有 有值 和 原文 可以用于没有填写的项目；别的用法遇到空项，规则就不适用。",
}, {
	Name: "原文", Usage: "原文(项目)", Type: "文字", Example: `原文(年度) contains "2021"`,
	Doc: "表中所见的文字，空项为空文字。",
}, {
	Name: "有此栏", Usage: "有此栏(项目)", Type: "是非值", Example: `有此栏(总分.得分) && 有此栏(绩效指标.偏差原因分析及改进措施)`,
	Doc: "表上印有这一栏没有。表上没有印的栏，有值 和 原文 也不知道，涉及它的规则不适用；只有 有此栏 可以问。",
}, {
	Name: "相等", Usage: "相等(甲, 乙[, 允许误差])", Type: "是非值", Example: `相等(0.1 + 0.2, 0.3) && 相等(9.99, 9.98, 0.01)`,
	Doc:   "两数之差不超过允许误差；不写误差时比较 15 位有效数字，与电子表格一致。",
	types: []any{new(func(float64, float64) bool), new(func(float64, float64, float64) bool)},
	call: func(args ...any) (any, error) {
		if len(args) == 2 {
			return sameNumber(number(args[0]), number(args[1])), nil
		}
		return within(math.Abs(number(args[0])-number(args[1])), number(args[2])), nil
	},
}, {
	Name: "舍入", Usage: "舍入(数, 小数位数)", Type: "数字", Example: `舍入(9.985, 2) == 9.99`,
	Doc:   "四舍五入，与 Excel 的 ROUND 相同。",
	types: []any{new(func(float64, int) float64)},
	call: func(args ...any) (any, error) {
		places := int(number(args[1]))
		if places < 0 || places > 15 {
			return nil, fmt.Errorf("舍入的小数位数应在 0 与 15 之间，这里是 %d", places)
		}
		return quantity.Round(number(args[0]), places), nil
	},
}, {
	Name: "小数位数", Usage: "小数位数(文字)", Type: "数字", Example: `小数位数("9.80") == 2 && 小数位数("86%") == 0`,
	Doc:   "文字中的数写了几位小数；不是一个数时没有值。",
	types: []any{new(func(string) int)},
	call: func(args ...any) (any, error) {
		n, ok := writtenIn(args[0].(string))
		if !ok {
			return nil, errUnknown
		}
		return n.places, nil
	},
}, {
	Name: "相符", Usage: "相符(文字, 数)", Type: "是非值", Example: `相符("86%", 0.862) && 相符("86.5%", 0.8648) && !相符("98.11%", 0.98098)`,
	Doc:   "文字中写的数与所给的数，在所写的位数内相等；没有写 % 而只能是百分数的，当作百分数。文字中不是一个数时没有值。",
	types: []any{new(func(string, float64) bool)},
	call: func(args ...any) (any, error) {
		n, ok := writtenIn(args[0].(string))
		if !ok {
			return nil, errUnknown
		}
		return n.agrees(number(args[1])), nil
	},
}, {
	Name: "首位数字", Usage: "首位数字(数)", Type: "数字", Example: `首位数字(0.052) == 5 && 首位数字(1121.92) == 1`,
	Doc:   "数的第一个不为 0 的数字；0 没有值。",
	types: []any{new(func(float64) int)},
	call: func(args ...any) (any, error) {
		digits := strings.TrimLeft(quantity.FormatNumber(math.Abs(number(args[0]))), "0.")
		if digits == "" || digits[0] < '1' || digits[0] > '9' {
			return nil, errUnknown
		}
		return int(digits[0] - '0'), nil
	},
}, {
	Name: "百分比", Usage: "百分比(数[, 小数位数])", Type: "文字", Example: `百分比(0.98101) == "98.10%"`,
	Doc:   "写成百分数，默认两位小数。",
	types: []any{new(func(float64) string), new(func(float64, int) string)},
	call: func(args ...any) (any, error) {
		places := 2
		if len(args) == 2 {
			places = min(max(int(number(args[1])), 0), 10)
		}
		return fmt.Sprintf("%.*f%%", places, quantity.Round(number(args[0])*100, places)), nil
	},
}}

// sameNumber reports whether a spreadsheet would show two numbers alike, in 15 digits.
func sameNumber(a, b float64) bool {
	apart, size := math.Abs(a-b), math.Max(math.Abs(a), math.Abs(b))
	return a == b || apart <= 1e-12*size || apart <= 1e-10*size && quantity.FormatNumber(a) == quantity.FormatNumber(b)
}

// within reports whether a difference is no more than a tolerance, both as decimals:
// only where they are nearly the same do their last digits count.
func within(apart, tolerance float64) bool {
	if math.Abs(apart-tolerance) > 1e-9 {
		return apart < tolerance
	}
	return quantity.Round(apart, 12) <= tolerance
}

// number is an argument of a function: expressions have ints too.
func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	}
	return math.NaN()
}

// get returns a field of a member or row of the table.
func get(row map[string]any, field string) (any, error) {
	if v := row[field]; v != nil && field != rowKey {
		return v, nil
	}
	if field != rowKey && fieldIn(row, field) != nil {
		return nil, errUnknown
	}
	return nil, fmt.Errorf("清单中没有“%s”这一项", field)
}

// getField is the function of an expression that get is. A row that is not
// there, as find may give, has no values.
func getField(args ...any) (any, error) {
	if args[0] == nil {
		return nil, errUnknown
	}
	row, ok := args[0].(map[string]any)
	field, isText := args[1].(string)
	if !ok || !isText {
		return nil, errors.New("项目只能从表中的一行取得")
	}
	return get(row, field)
}

// hasValue is the function 有值, and typedIn 原文, of a field of a row, or of what a
// rule names without one. Of a label that the form does not print they know nothing.
func hasValue(args ...any) (any, error) {
	o := operandOf(args)
	v := fieldIn(o.row, o.field)
	switch {
	case o.r.saying && isAbsent(v): // a message says less, then
		return false, nil
	case !o.printed() || isAbsent(v):
		return nil, errUnknown
	}
	if o.here {
		return o.r.named(o.field) != nil, nil
	}
	return o.row[o.field] != nil, nil
}

func typedIn(args ...any) (any, error) {
	o := operandOf(args)
	v := fieldIn(o.row, o.field)
	if o.here {
		v = o.r.value(o.field)
	}
	switch {
	case !o.printed() || isAbsent(v):
		return nil, errUnknown
	case v == nil:
		return "", nil // of a row that is not there
	case v.At().Counts != "":
		return v.At().Counts, nil
	case o.r.saying:
		return saidText(v), nil
	}
	return typedText(v), nil
}

// isAbsent reports whether the form has no cell for a value of a row, or none from which
// anything follows.
func isAbsent(v sheet.Value) bool { return v != nil && (v.At().Absent || v.At().Unsettled) }

// operand is what 有值 or 原文 is about.
type operand struct {
	r      *runner
	here   bool           // what a rule names without a row
	row    map[string]any // that holds the field; nil of one that is not there
	prefix string         // what the names of its fields begin with
	field  string
}

func operandOf(args []any) operand {
	o := operand{field: args[1].(string), r: args[2].(*runner)}
	if args[0] != any(o.r) {
		o.row, _ = args[0].(map[string]any)
		o.prefix, _ = o.row[partKey].(string)
		return o
	}
	o.here, o.row = true, o.r.here
	here, _ := o.row[partKey].(string)
	if fieldIn(o.row, o.field) != nil || o.r.set.words.own[here+o.field] { // also one that only other forms have
		o.prefix = here
	}
	if o.r.together && isPoints(o.field) {
		o.prefix = hidden // not the row's alone
	}
	return o
}

// printed reports whether the form prints the label.
func (o operand) printed() bool {
	return (o.here || o.row[absentKey] != true) && o.r.prints(o.prefix+o.field)
}

// add is + where it may join texts.
func add(args ...any) (any, error) {
	a, isText := args[0].(string)
	b, both := args[1].(string)
	switch {
	case isText && both && len(a)+len(b) > maxText:
		return nil, errors.New("相连的文字太长")
	case isText && both:
		return a + b, nil
	case isText || both:
		return nil, errors.New("+ 的两边应都是数字，或都是文字")
	}
	return number(args[0]) + number(args[1]), nil
}

// divide is / between numbers.
func divide(args ...any) (any, error) {
	if number(args[1]) == 0 {
		return nil, errors.New("除数为 0")
	}
	return bounded(number(args[0]) / number(args[1]))
}

// power is ** between numbers.
func power(args ...any) (any, error) {
	return bounded(math.Pow(number(args[0]), number(args[1])))
}

func bounded(v float64) (any, error) {
	if !finite(v) {
		return nil, errors.New("得出的数太大，或不是数")
	}
	return v, nil
}

// findKey looks a name up in the table of a param; one that is not there has no
// value.
func findKey(args ...any) (any, error) {
	v, ok := args[0].(map[string]float64)[args[1].(string)]
	if !ok {
		return nil, errUnknown
	}
	return v, nil
}

// text is the function string: a number as people write it.
func text(args ...any) (any, error) { return show(args[0]), nil }

// replace is the function of that name, which could make a text of any length.
func replace(args ...any) (any, error) {
	s, old, with := args[0].(string), args[1].(string), args[2].(string)
	if len(s)+strings.Count(s, old)*len(with) > maxText {
		return nil, errors.New("replace 的结果太长")
	}
	return strings.ReplaceAll(s, old, with), nil
}
