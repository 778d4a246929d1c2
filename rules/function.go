package rules

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// errUnknown ends an expression that touches a value that is not there.
var errUnknown = errors.New("没有值")

// Function is a function that expressions may call.
type Function struct {
	Name    string
	Usage   string // with the names of its arguments
	Type    string // of its result, to a clerk
	Doc     string
	Example string // an expression that is true

	call  func(args ...any) (any, error) // nil where patch rewrites the call
	types []any                          // what the checker is told

	judging any // what the checker is told of the same function with a *judge besides
}

// Functions lists what expressions may call besides the operators and built-in
// functions of the expression language (len, all, any, filter, map, min, max, …).
var Functions = []Function{{
	Name: "有值", Usage: "有值(项目)", Type: "是非值", Example: `有值(项目名称)`,
	Doc: "这一项填写了没有。只有 有值 和 原文 可以用于没有填写的项目；别的用法遇到空项，规则就不适用。",
}, {
	Name: "原文", Usage: "原文(项目)", Type: "文字", Example: `原文(年度) contains "2021"`,
	Doc: "表中所见的文字，空项为空文字。",
}, {
	Name: "相等", Usage: "相等(甲, 乙[, 允许误差])", Type: "是非值", Example: `相等(0.1 + 0.2, 0.3) && 相等(9.99, 9.98, 0.01)`,
	Doc:   "两数之差不超过允许误差；不写误差时比较 15 位有效数字，与电子表格一致。",
	types: []any{new(func(float64, float64) bool), new(func(float64, float64, float64) bool)},
	call: func(args ...any) (any, error) {
		a, b := number(args[0]), number(args[1])
		if len(args) == 2 {
			return a == b || quantity.FormatNumber(a) == quantity.FormatNumber(b) || math.Abs(a-b) <= 1e-12*math.Max(math.Abs(a), math.Abs(b)), nil
		}
		return quantity.Round(math.Abs(a-b), 12) <= number(args[2]), nil
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
}, {
	Name: "合计", Usage: `合计(清单, "项目")`, Type: "数字", Example: `合计(绩效指标, "分值") == 90`,
	Doc:   "清单各行这一项之和，空项不计；全空时没有值。清单如 项目资金、绩效指标，或 filter(绩效指标, .一级指标 == \"产出指标\")。",
	types: []any{new(func([]any, string) float64)},
	call: func(args ...any) (any, error) {
		sum, found := 0.0, false
		err := eachIn(args[0], args[1].(string), func(_ map[string]any, v any) {
			if f, ok := v.(float64); ok {
				sum, found = sum+f, true
			}
		})
		if err == nil && !found {
			err = errUnknown
		}
		return sum, err
	},
}, {
	Name: "填写数", Usage: `填写数(清单, "项目")`, Type: "数字", Example: `填写数(绩效指标, "得分") == 5`,
	Doc:   "清单中有几行填写了这一项。",
	types: []any{new(func([]any, string) int)},
	call: func(args ...any) (any, error) {
		n := 0
		err := eachIn(args[0], args[1].(string), func(_ map[string]any, v any) {
			if v != nil {
				n++
			}
		})
		return n, err
	},
}, {
	Name: "出现次数", Usage: `出现次数(清单, "项目", 值)`, Type: "数字", Example: `出现次数(绩效指标, "一级指标", "产出指标") == 3`,
	Doc:   "清单中有几行的这一项等于所给的值；文字不计空白。",
	types: []any{new(func([]any, string, any) int)},
	call: func(args ...any) (any, error) {
		rows, err := rowsWith(args)
		return len(rows), err
	},
}, {
	Name: "出现处数", Usage: `出现处数(清单, "项目", 值)`, Type: "数字", Example: `出现处数(绩效指标, "三级指标", "服务响应度") == 1`,
	Doc:   "清单中有几处的这一项等于所给的值：几行合并成一格的算一处；文字不计空白。",
	types: []any{new(func([]any, string, any) int)},
	call: func(args ...any) (any, error) {
		rows, err := rowsWith(args)
		n, seen := 0, map[string]bool{}
		for _, row := range rows {
			ref := fieldIn(row, args[1].(string)).At().Ref
			if ref == "" || !seen[ref] {
				n++
			}
			seen[ref] = true
		}
		return n, err
	},
}, {
	Name: "完成情况", Usage: "完成情况(年度指标值, 实际完成值)", Type: "文字", Example: `完成情况("≥50家", "95家") == "已完成"`,
	Doc:     "“已完成”“未完成”或“无法判断”。三级指标等含有反向词而指标值没有写 ≥、≤ 等符号的，完成值与指标值相等才是“已完成”，其余无法判断。",
	types:   []any{new(func(string, string) string)},
	judging: new(func(string, string, *judge) string),
	call:    judged(func(j quantity.Judgement) (any, error) { return j.Status.String(), nil }),
}, {
	Name: "完成率", Usage: "完成率(年度指标值, 实际完成值)", Type: "数字", Example: `完成率("=400场", "182场") == 0.455`,
	Doc:     "完成值 / 指标值；反向指标（≤）为 指标值 / 完成值。定性指标、期限等没有值。",
	types:   []any{new(func(string, string) float64)},
	judging: new(func(string, string, *judge) float64),
	call: judged(func(j quantity.Judgement) (any, error) {
		if !j.HasRatio {
			return nil, errUnknown
		}
		return j.Ratio, nil
	}),
}, {
	Name: "无法判断原因", Usage: "无法判断原因(年度指标值, 实际完成值)", Type: "文字", Example: `无法判断原因("400场", "182次") contains "单位不一致"`,
	Doc:     "完成情况为“无法判断”时的原因，否则为空文字。",
	types:   []any{new(func(string, string) string)},
	judging: new(func(string, string, *judge) string),
	call:    judged(func(j quantity.Judgement) (any, error) { return j.Reason, nil }),
}, {
	Name: "指标方向", Usage: "指标方向(年度指标值, 实际完成值)", Type: "文字", Example: `指标方向("≤5%", "3%") == "反向"`,
	Doc:     "“正向”“反向”“定值”；定性指标为空文字。",
	types:   []any{new(func(string, string) string)},
	judging: new(func(string, string, *judge) string),
	call:    judged(func(j quantity.Judgement) (any, error) { return j.Direction.String(), nil }),
}, {
	Name: "应得分", Usage: "应得分(年度指标值, 实际完成值, 分值)", Type: "数字", Example: `应得分("=400场", "182场", 20) == 9.1`,
	Doc:     "定量指标按规则应得的分：完成得满分，未完成按完成率计分，保留两位小数。无法判断时没有值。",
	types:   []any{new(func(string, string, float64) float64)},
	judging: new(func(string, string, float64, *judge) float64),
	call: func(args ...any) (any, error) {
		j, weight := judgement(args), number(args[2])
		switch {
		case j.Status == quantity.Met:
			return weight, nil
		case j.Status == quantity.NotMet && j.HasRatio:
			return quantity.Round(weight*min(1, max(0, j.Ratio)), 2), nil
		}
		return nil, errUnknown
	},
}, {
	Name: "指标类型", Usage: "指标类型(文字)", Type: "文字", Example: `指标类型("≥95%") == "数值" && 指标类型("按时完成") == "定性"`,
	Doc:     "“数值”“区间”“期限”“定性”，空文字为“空”。",
	types:   []any{new(func(string) string)},
	judging: new(func(string, *judge) string),
	call: func(args ...any) (any, error) {
		return kindNames[target(args).Kind], nil
	},
}, {
	Name: "指标单位", Usage: "指标单位(文字)", Type: "文字", Example: `指标单位("=400 场") == "场"`,
	Doc:     "数值的单位，百分数为“%”；没有单位或不是数值为空文字。同一单位的几种写法得出的是同一种：㎡ 是平方米，场次是场，家企业是家。",
	types:   []any{new(func(string) string)},
	judging: new(func(string, *judge) string),
	call: func(args ...any) (any, error) {
		return quantity.UnitName(target(args).Unit), nil
	},
}, {
	Name: "指标符号", Usage: "指标符号(文字)", Type: "文字", Example: `指标符号("不低于95%") == "≥"`,
	Doc:     "数值前的 ≥ ≤ > < =，没有为空文字。",
	types:   []any{new(func(string) string)},
	judging: new(func(string, *judge) string),
	call: func(args ...any) (any, error) {
		return target(args).Op.String(), nil
	},
}, {
	Name: "字数", Usage: "字数(文字)", Type: "数字", Example: `字数("因疫情 取消") == 5`,
	Doc:   "不计空白和标点的字数。",
	types: []any{new(func(string) int)},
	call: func(args ...any) (any, error) {
		n := 0
		for _, r := range args[0].(string) {
			if !unicode.IsSpace(r) && !unicode.IsPunct(r) {
				n++
			}
		}
		return n, nil
	},
}, {
	Name: "含任一", Usage: "含任一(文字, 词语清单)", Type: "是非值", Example: `含任一("加强宣传", ["加强", "改进"])`,
	Doc:   "文字中有清单里的任何一个词。",
	types: []any{new(func(string, []string) bool), new(func(string, []any) bool)},
	call: func(args ...any) (any, error) {
		return containsAny(args[0].(string), texts(args[1])), nil
	},
}, {
	Name: "词数", Usage: "词数(文字, 词语清单)", Type: "数字", Example: `词数("加强宣传，改进服务", ["加强", "改进", "完善"]) == 2`,
	Doc:   "清单里有几个词出现在文字中。",
	types: []any{new(func(string, []string) int), new(func(string, []any) int)},
	call: func(args ...any) (any, error) {
		n, text := 0, args[0].(string)
		for _, w := range texts(args[1]) {
			if strings.Contains(text, w) {
				n++
			}
		}
		return n, nil
	},
}, {
	Name: "去空白", Usage: "去空白(文字)", Type: "文字", Example: `去空白(" 无 。") == "无"`,
	Doc:   "去掉空白和标点后的文字，用于比较。",
	types: []any{new(func(string) string)},
	call:  func(args ...any) (any, error) { return bare(args[0].(string)), nil },
}}

var kindNames = map[quantity.Kind]string{
	quantity.KindEmpty: "空", quantity.KindQualitative: "定性", quantity.KindNumber: "数值", quantity.KindRange: "区间", quantity.KindDeadline: "期限",
}

func judged(pick func(quantity.Judgement) (any, error)) func(args ...any) (any, error) {
	return func(args ...any) (any, error) { return pick(judgement(args)) }
}

// judgement judges the target and the actual value that are the first two
// arguments of a function.
func judgement(args []any) quantity.Judgement {
	return judgeOf(args).judge(args[0].(string), args[1].(string))
}

// target is the first argument of a function, understood as a target.
func target(args []any) quantity.Quantity { return judgeOf(args).target(args[0].(string)) }

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

// rowsWith returns the rows of a list in which a field has a value, the three
// arguments of a function.
func rowsWith(args []any) (rows []map[string]any, err error) {
	label, want := args[1].(string), squeeze(args[2])
	err = eachIn(args[0], label, func(row map[string]any, v any) {
		if v != nil && squeeze(v) == want {
			rows = append(rows, row)
		}
	})
	return rows, err
}

// eachIn hands a list's rows to f, each with the value of one field, nil where it
// is not there.
func eachIn(list any, field string, f func(row map[string]any, v any)) error {
	for _, x := range list.([]any) {
		row, ok := x.(map[string]any)
		if !ok {
			return fmt.Errorf("应为表中的清单，如 绩效指标")
		}
		v, err := get(row, field)
		if err != nil && err != errUnknown {
			return err
		}
		f(row, v)
	}
	return nil
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

func hasValue(args ...any) (any, error) {
	row, _ := args[0].(map[string]any)
	if r, ok := args[0].(*runner); ok {
		row = r.env
	}
	return row[args[1].(string)] != nil, nil
}

func typedIn(args ...any) (any, error) {
	var v sheet.Value
	switch h := args[0].(type) {
	case *runner:
		v = h.value(args[1].(string))
	case map[string]any:
		v = fieldIn(h, args[1].(string))
	}
	if v == nil {
		return "", nil // of a row that is not there
	}
	return typedText(v), nil
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

func texts(list any) []string {
	if s, ok := list.([]string); ok {
		return s
	}
	var s []string
	for _, x := range list.([]any) {
		if t, ok := x.(string); ok {
			s = append(s, t)
		}
	}
	return s
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// squeeze makes values comparable: texts without their white space.
func squeeze(v any) any {
	s, ok := v.(string)
	switch {
	case !ok:
		return number(v)
	case strings.IndexFunc(s, unicode.IsSpace) < 0:
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

// bare takes white space and punctuation out of a text.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s)
}
