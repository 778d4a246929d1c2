package rules

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"ziping/rules/eval"
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

	call    *eval.Function // nil where guard rewrites the call, and where it judges
	judging judging
}

// judging is a function without and with a *judge besides its arguments.
type judging struct{ without, with *eval.Function }

func judging1[A, R any](f func(A, *judge) (R, error)) judging {
	return judging{eval.Func1(func(a A) (R, error) { return f(a, new(judge)) }), eval.Func2(f)}
}

func judging2[A, B, R any](f func(A, B, *judge) (R, error)) judging {
	return judging{eval.Func2(func(a A, b B) (R, error) { return f(a, b, new(judge)) }), eval.Func3(f)}
}

func judging3[A, B, C, R any](f func(A, B, C, *judge) (R, error)) judging {
	return judging{eval.Func3(func(a A, b B, c C) (R, error) { return f(a, b, c, new(judge)) }), eval.Func4(f)}
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
	Doc: "两数之差不超过允许误差；不写误差时比较 15 位有效数字，与电子表格一致。",
	call: eval.Func2(func(a, b float64) (bool, error) {
		return sameNumber(a, b), nil
	}).Or(eval.Func3(func(a, b, tolerance float64) (bool, error) {
		return within(math.Abs(a-b), tolerance), nil
	})),
}, {
	Name: "舍入", Usage: "舍入(数, 小数位数)", Type: "数字", Example: `舍入(9.985, 2) == 9.99`,
	Doc: "四舍五入，与 Excel 的 ROUND 相同。",
	call: eval.Func2(func(n float64, places int) (float64, error) {
		if places < 0 || places > 15 {
			return 0, fmt.Errorf("舍入的小数位数应在 0 与 15 之间，这里是 %d", places)
		}
		return quantity.Round(n, places), nil
	}),
}, {
	Name: "小数位数", Usage: "小数位数(文字)", Type: "数字", Example: `小数位数("9.80") == 2 && 小数位数("86%") == 0`,
	Doc: "文字中的数写了几位小数；不是一个数时没有值。",
	call: eval.Func1(func(text string) (int, error) {
		n, ok := writtenIn(text)
		if !ok {
			return 0, errUnknown
		}
		return n.places, nil
	}),
}, {
	Name: "相符", Usage: "相符(文字, 数)", Type: "是非值", Example: `相符("86%", 0.862) && 相符("86.5%", 0.8648) && !相符("98.11%", 0.98098)`,
	Doc: "文字中写的数与所给的数，在所写的位数内相等；没有写 % 而只能是百分数的，当作百分数。文字中不是一个数时没有值。",
	call: eval.Func2(func(text string, v float64) (bool, error) {
		n, ok := writtenIn(text)
		if !ok {
			return false, errUnknown
		}
		return n.agrees(v), nil
	}),
}, {
	Name: "首位数字", Usage: "首位数字(数)", Type: "数字", Example: `首位数字(0.052) == 5 && 首位数字(1121.92) == 1`,
	Doc: "数的第一个不为 0 的数字；0 没有值。",
	call: eval.Func1(func(n float64) (int, error) {
		digits := strings.TrimLeft(quantity.FormatNumber(math.Abs(n)), "0.")
		if digits == "" || digits[0] < '1' || digits[0] > '9' {
			return 0, errUnknown
		}
		return int(digits[0] - '0'), nil
	}),
}, {
	Name: "百分比", Usage: "百分比(数[, 小数位数])", Type: "文字", Example: `百分比(0.98101) == "98.10%"`,
	Doc: "写成百分数，默认两位小数。",
	call: eval.Func1(func(n float64) (string, error) {
		return percent(n, 2), nil
	}).Or(eval.Func2(func(n float64, places int) (string, error) {
		return percent(n, min(max(places, 0), 10)), nil
	})),
}}

func percent(n float64, places int) string {
	return fmt.Sprintf("%.*f%%", places, quantity.Round(n*100, places))
}

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

// get returns a field of a member or row of the table, as an expression keeps it.
func get(r *row, label string) (any, error) {
	if v := r.Value(label); v != nil {
		return v, nil
	}
	if r.field(label) != nil {
		return nil, errUnknown
	}
	return nil, fmt.Errorf("清单中没有“%s”这一项", label)
}

// getField is the function of an expression that get is. A row that is not
// there, as find may give, has no values.
func getField(holder, label any) (any, error) {
	if holder == nil {
		return nil, errUnknown
	}
	r, text := rowOf(holder), ""
	text, isText := label.(string)
	if r == nil || !isText {
		return nil, errors.New("项目只能从表中的一行取得")
	}
	return get(r, text)
}

func getText(holder any, label string) (string, error) {
	v, err := getField(holder, label)
	if err != nil {
		return "", err
	}
	return eval.Text(v)
}

func getNumber(holder any, label string) (float64, error) {
	v, err := getField(holder, label)
	if err != nil {
		return 0, err
	}
	return eval.Number(v)
}

func getAny(holder, label any) (any, error) {
	v, err := getField(holder, label)
	return eval.Plain(v), err
}

// add is + where it may join texts.
func add(args ...any) (any, error) {
	a, isText := args[0].(string)
	b, both := args[1].(string)
	switch {
	case isText && both:
		return join([]string{a, b})
	case isText || both:
		return nil, errors.New("+ 的两边应都是数字，或都是文字")
	}
	return eval.ToNumber(args[0]) + eval.ToNumber(args[1]), nil
}

func join(texts []string) (string, error) {
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	if size > maxText {
		return "", errors.New("相连的文字太长")
	}
	return strings.Join(texts, ""), nil
}

// divide is / between numbers.
func divide(a, b float64) (float64, error) {
	if b == 0 {
		return 0, errors.New("除数为 0")
	}
	return bounded(a / b)
}

// power is ** between numbers.
func power(a, b float64) (float64, error) { return bounded(math.Pow(a, b)) }

func bounded(v float64) (float64, error) {
	if !finite(v) {
		return 0, errors.New("得出的数太大，或不是数")
	}
	return v, nil
}

// findKey looks a name up in the table of a param; one that is not there has no
// value.
func findKey(table map[string]float64, name string) (float64, error) {
	v, ok := table[name]
	if !ok {
		return 0, errUnknown
	}
	return v, nil
}

// some is a list that is not empty; of an empty one nothing is known.
func some(v any) ([]any, error) {
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice || list.Len() == 0 {
		return nil, errUnknown
	}
	if numbers, ok := v.([]any); ok {
		return numbers, nil
	}
	numbers := make([]any, list.Len())
	for i := range numbers {
		numbers[i] = list.Index(i).Interface()
	}
	return numbers, nil
}

// rowOrNone is where a row is, -1 where there is none.
func rowOrNone(place any) (int, error) {
	if place == nil {
		return -1, nil
	}
	return place.(int), nil
}

// index and lastIndex are where a word stands in a text, in characters, -1 where it
// does not.
func index(s, word string) (int, error)     { return characters(s, strings.Index(s, word)), nil }
func lastIndex(s, word string) (int, error) { return characters(s, strings.LastIndex(s, word)), nil }

func characters(s string, at int) int {
	if at < 0 {
		return at
	}
	return utf8.RuneCountInString(s[:at])
}

// text is the function string: a number as people write it.
func text(args ...any) (any, error) { return show(args[0]), nil }

// replace is the function of that name, which could make a text of any length.
func replace(s, old, with string) (string, error) {
	if len(s)+strings.Count(s, old)*len(with) > maxText {
		return "", errors.New("replace 的结果太长")
	}
	return strings.ReplaceAll(s, old, with), nil
}

// Builtins lists the functions of the expression language that rules may call
// besides Functions.
var Builtins = []Function{
	{Name: "all", Usage: "all(清单, 条件)", Type: "是非值", Doc: "每一行都符合条件；条件中 .得分 是这一行的得分，# 是这一项本身", Example: `all(绩效指标, .分值 > 0)`},
	{Name: "any", Usage: "any(清单, 条件)", Type: "是非值", Doc: "有一行符合条件", Example: `any(绩效指标, .得分 < .分值)`},
	{Name: "none", Usage: "none(清单, 条件)", Type: "是非值", Doc: "没有一行符合条件", Example: `none(绩效指标, .分值 > 50)`},
	{Name: "one", Usage: "one(清单, 条件)", Type: "是非值", Doc: "恰好有一行符合条件", Example: `one(绩效指标, .分值 == 30)`},
	{Name: "filter", Usage: "filter(清单, 条件)", Type: "清单", Doc: "符合条件的各行", Example: `len(filter(绩效指标, .一级指标 == "产出指标")) == 3`},
	{Name: "map", Usage: "map(清单, 表达式)", Type: "清单", Doc: "由每一行得出的值", Example: `max(map(绩效指标, .分值)) == 30`},
	{Name: "count", Usage: "count(清单, 条件)", Type: "数字", Doc: "有几行符合条件", Example: `count(绩效指标, .得分 < .分值) == 2`},
	{Name: "reduce", Usage: "reduce(清单, 表达式, 初值)", Type: "数字", Doc: "逐行累计，#acc 是已有的", Example: `reduce(绩效指标, #acc + .分值, 0) == 90`},
	{Name: "sum", Usage: "sum(清单[, 表达式])", Type: "数字", Doc: "各行之和；有空项时没有值，要不计空项用 合计", Example: `sum(绩效指标, .分值) == 90`},
	{Name: "mean", Usage: "mean(数字清单)", Type: "数字", Doc: "平均数，一个数也没有时没有值；要不计空项用 平均", Example: `mean(map(绩效指标, .分值)) == 18`},
	{Name: "median", Usage: "median(数字清单)", Type: "数字", Doc: "中位数，一个数也没有时没有值", Example: `median(map(绩效指标, .分值)) == 20`},
	{Name: "min", Usage: "min(数, …)", Type: "数字", Doc: "最小的；也可以是一个数字清单，一个数也没有时没有值", Example: `min(1, 2) == 1`},
	{Name: "max", Usage: "max(数, …)", Type: "数字", Doc: "最大的；也可以是一个数字清单，一个数也没有时没有值", Example: `max(0, 总分.得分 - 90) > 0`},
	{Name: "abs", Usage: "abs(数)", Type: "数字", Doc: "绝对值", Example: `abs(0 - 2) == 2`},
	{Name: "ceil", Usage: "ceil(数)", Type: "数字", Doc: "不小于它的最小整数", Example: `ceil(1.2) == 2`},
	{Name: "floor", Usage: "floor(数)", Type: "数字", Doc: "不大于它的最大整数", Example: `floor(1.8) == 1`},
	{Name: "int", Usage: "int(数)", Type: "数字", Doc: "去掉小数", Example: `int(1.8) == 1`},
	{Name: "len", Usage: "len(清单)", Type: "数字", Doc: "有几行；文字有几个字", Example: `len(绩效指标) == 5`},
	{Name: "first", Usage: "first(清单)", Type: "一行", Doc: "第一行", Example: `first(绩效指标).分值 == 20`},
	{Name: "last", Usage: "last(清单)", Type: "一行", Doc: "最后一行", Example: `last(绩效指标).分值 == 10`},
	{Name: "take", Usage: "take(清单, 行数)", Type: "清单", Doc: "前几行", Example: `len(take(绩效指标, 2)) == 2`},
	{Name: "find", Usage: "find(清单, 条件)", Type: "一行", Doc: "第一个符合条件的行；没有时，它的各项都没有值", Example: `find(绩效指标, .分值 == 30).一级指标 == "效益指标"`},
	{Name: "findIndex", Usage: "findIndex(清单, 条件)", Type: "数字", Doc: "第一个符合条件的是第几行，从 0 数起，没有为 -1", Example: `findIndex(绩效指标, .分值 == 30) == 3`},
	{Name: "findLast", Usage: "findLast(清单, 条件)", Type: "一行", Doc: "最后一个符合条件的行", Example: `findLast(绩效指标, .分值 == 20).得分 == 20`},
	{Name: "findLastIndex", Usage: "findLastIndex(清单, 条件)", Type: "数字", Doc: "最后一个符合条件的是第几行，从 0 数起，没有为 -1", Example: `findLastIndex(绩效指标, .分值 == 20) == 1`},
	{Name: "sort", Usage: "sort(数字清单)", Type: "清单", Doc: "从小到大", Example: `sort(map(绩效指标, .分值))[0] == 10`},
	{Name: "sortBy", Usage: `sortBy(清单, 表达式[, "desc"])`, Type: "清单", Doc: "按表达式从小到大；desc 从大到小", Example: `sortBy(绩效指标, .分值, "desc")[0].分值 == 30`},
	{Name: "reverse", Usage: "reverse(清单)", Type: "清单", Doc: "倒过来", Example: `reverse(绩效指标)[0].分值 == 10`},
	{Name: "trim", Usage: "trim(文字)", Type: "文字", Doc: "去掉两头的空白", Example: `trim(" 无 ") == "无"`},
	{Name: "trimPrefix", Usage: "trimPrefix(文字, 开头)", Type: "文字", Doc: "去掉开头", Example: `trimPrefix("指标1", "指标") == "1"`},
	{Name: "trimSuffix", Usage: "trimSuffix(文字, 结尾)", Type: "文字", Doc: "去掉结尾", Example: `trimSuffix("400 场", " 场") == "400"`},
	{Name: "upper", Usage: "upper(文字)", Type: "文字", Doc: "改为大写字母", Example: `upper("km") == "KM"`},
	{Name: "lower", Usage: "lower(文字)", Type: "文字", Doc: "改为小写字母", Example: `lower("KM") == "km"`},
	{Name: "hasPrefix", Usage: "hasPrefix(文字, 开头)", Type: "是非值", Doc: "以它开头，同 startsWith", Example: `hasPrefix("≥95%", "≥")`},
	{Name: "hasSuffix", Usage: "hasSuffix(文字, 结尾)", Type: "是非值", Doc: "以它结尾，同 endsWith", Example: `hasSuffix("≥95%", "%")`},
	{Name: "indexOf", Usage: "indexOf(文字, 词)", Type: "数字", Doc: "词第一次出现在第几个字，从 0 数起，没有为 -1", Example: `indexOf("受疫情影响", "影响") == 3 && indexOf("疫情", "天气") == -1`},
	{Name: "lastIndexOf", Usage: "lastIndexOf(文字, 词)", Type: "数字", Doc: "词最后一次出现在第几个字，从 0 数起，没有为 -1", Example: `lastIndexOf("甲乙甲", "甲") == 2`},
	{Name: "join", Usage: "join(文字清单[, 分隔])", Type: "文字", Doc: "连成一个文字", Example: `join(["甲", "乙"], "、") == "甲、乙"`},
	{Name: "string", Usage: "string(值)", Type: "文字", Doc: "写成文字", Example: `string(9.8) == "9.8"`},
	{Name: "replace", Usage: "replace(文字, 旧, 新)", Type: "文字", Doc: "替换", Example: `replace("400场", "场", "次") == "400次"`},
}

// Operators lists what may stand between values.
var Operators = []Function{
	{Name: "&&", Usage: "甲 && 乙", Type: "是非值", Doc: "都成立；也可写 and", Example: `1 < 2 && 2 < 3`},
	{Name: "||", Usage: "甲 || 乙", Type: "是非值", Doc: "有一个成立；也可写 or", Example: `1 > 2 || 2 < 3`},
	{Name: "!", Usage: "!甲", Type: "是非值", Doc: "不成立；也可写 not", Example: `!(1 > 2)`},
	{Name: "==", Usage: "甲 == 乙", Type: "是非值", Doc: "相等；!= 不相等，> >= < <= 比较大小", Example: `"甲" == "甲" && 1 != 2`},
	{Name: "in", Usage: "甲 in 清单", Type: "是非值", Doc: "是清单中的一个；not in 不是", Example: `"甲" in ["甲", "乙"]`},
	{Name: "contains", Usage: "文字 contains 词", Type: "是非值", Doc: "文字中有这个词", Example: `"受疫情影响" contains "疫情"`},
	{Name: "startsWith", Usage: "文字 startsWith 开头", Type: "是非值", Doc: "以它开头；endsWith 以它结尾", Example: `"≥95%" startsWith "≥"`},
	{Name: "matches", Usage: "文字 matches 正则表达式", Type: "是非值", Doc: "符合正则表达式", Example: `"9场" matches "^[0-9]+"`},
	{Name: "?", Usage: "条件 ? 甲 : 乙", Type: "值", Doc: "条件成立得甲，否则得乙", Example: `(1 > 2 ? "甲" : "乙") == "乙"`},
	{Name: "|", Usage: "清单 | 函数(…)", Type: "值", Doc: "把左边作为函数的第一个参数", Example: `绩效指标 | any(.分值 > 0)`},
}
