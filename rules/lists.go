package rules

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"ziping/rules/eval"
	"ziping/sheet/quantity"
)

// listFunctions are the functions over the rows of a list.
var listFunctions = []Function{{
	Name: "合计", Usage: `合计(清单, "项目")`, Type: "数字", Example: `合计(绩效指标, "分值") == 90`,
	Doc:  "清单各行这一项之和，空项不计；全空时没有值。清单如 项目资金、绩效指标，或 filter(绩效指标, .一级指标 == \"产出指标\")。",
	call: overNumbers(sumOf),
}, {
	Name: "分组合计相等", Usage: `分组合计相等(清单, "项目", 数, 允许误差)`, Type: "是非值", Example: `分组合计相等(filter(绩效指标, .分值 == 20), "分值", 40, 0)`,
	Doc: "清单的各行从上到下可以分成几组，每一组的这一项加起来都等于所给的数，如先按来源、再按用途列了两遍的资金；空项不计，全空时没有值。",
	call: eval.Func4(func(list []any, label string, want, tolerance float64) (bool, error) {
		n, err := numbersIn(list, label)
		if err != nil || len(n) == 0 {
			return false, cmp.Or(err, errUnknown)
		}
		return groupsEqual(n, want, tolerance), nil
	}),
}, {
	Name: "平均", Usage: `平均(清单, "项目")`, Type: "数字", Example: `平均(绩效指标, "分值") == 18`,
	Doc:  "清单各行这一项的平均数，空项不计；全空时没有值。",
	call: overNumbers(func(n []float64) float64 { return sumOf(n) / float64(len(n)) }),
}, {
	Name: "最大", Usage: `最大(清单, "项目")`, Type: "数字", Example: `最大(绩效指标, "分值") == 30`,
	Doc:  "清单各行这一项中最大的，空项不计；全空时没有值。",
	call: overNumbers(slices.Max[[]float64]),
}, {
	Name: "最小", Usage: `最小(清单, "项目")`, Type: "数字", Example: `最小(绩效指标, "分值") == 10`,
	Doc:  "清单各行这一项中最小的，空项不计；全空时没有值。",
	call: overNumbers(slices.Min[[]float64]),
}, {
	Name: "占比", Usage: `占比(部分清单, 清单, "项目")`, Type: "数字", Example: `舍入(占比(filter(绩效指标, .一级指标 == "产出指标"), 绩效指标, "分值"), 2) == 0.56`,
	Doc: "一部分行这一项之和占全部行之和的多大一部分，0 到 1；全部之和是 0 或全空时没有值。",
	call: eval.Func3(func(some, list []any, label string) (float64, error) {
		part, err := numbersIn(some, label)
		if err != nil {
			return 0, err
		}
		all, err := numbersIn(list, label)
		if err == nil && sumOf(all) == 0 {
			err = errUnknown
		}
		return sumOf(part) / sumOf(all), err
	}),
}, {
	Name: "填写数", Usage: `填写数(清单, "项目")`, Type: "数字", Example: `填写数(绩效指标, "得分") == 5`,
	Doc: "清单中有几行填写了这一项。",
	call: eval.Func2(func(list []any, label string) (n int, err error) {
		err = eachIn(list, label, func(_ *row, v any) {
			if v != nil {
				n++
			}
		})
		return n, err
	}),
}, {
	Name: "出现次数", Usage: `出现次数(清单, "项目", 值)`, Type: "数字", Example: `出现次数(绩效指标, "一级指标", "产出指标") == 3`,
	Doc: "清单中有几行的这一项等于所给的值；文字不计空白。",
	call: eval.Func3(func(list []any, label string, want any) (n int, err error) {
		err = eachWith(list, label, want, func(*row) { n++ })
		return n, err
	}),
}, {
	Name: "出现处数", Usage: `出现处数(清单, "项目", 值)`, Type: "数字", Example: `出现处数(绩效指标, "三级指标", "服务响应度") == 1`,
	Doc: "清单中有几处的这一项等于所给的值：几行合并成一格的算一处；文字不计空白。",
	call: eval.Func3(func(list []any, label string, want any) (n int, err error) {
		var seen []string
		err = eachWith(list, label, want, func(r *row) {
			ref := r.field(label).At().Ref
			if ref == "" || !slices.Contains(seen, ref) {
				n++
			}
			seen = append(seen, ref)
		})
		return n, err
	}),
}}

// overNumbers is a function over the numbers of a field; it has no value where there
// are none.
func overNumbers(f func([]float64) float64) *eval.Function {
	return eval.Func2(func(list []any, label string) (float64, error) {
		n, err := numbersIn(list, label)
		if err != nil || len(n) == 0 {
			return 0, cmp.Or(err, errUnknown)
		}
		return f(n), nil
	})
}

// numbersIn returns the numbers of a field of a list's rows.
func numbersIn(list []any, label string) ([]float64, error) {
	n := make([]float64, 0, len(list))
	err := eachIn(list, label, func(_ *row, v any) {
		if f, err := eval.Number(v); err == nil {
			n = append(n, f)
		}
	})
	return n, err
}

// groupsEqual reports whether numbers fall into groups, each of some that follow each
// other, that all add up to want. What is 0 belongs to any.
func groupsEqual(n []float64, want, tolerance float64) bool {
	sum := 0.0
	for _, v := range n {
		sum = quantity.Round(sum+v, 12)
		switch {
		case math.Abs(sum-want) <= tolerance:
			sum = 0
		case sum > want:
			return false
		}
	}
	return sum == 0
}

func sumOf(n []float64) (sum float64) {
	for _, v := range n {
		sum += v
	}
	return sum
}

// eachWith hands those of a list's rows to f in which a field has a value.
func eachWith(list []any, label string, want any, f func(*row)) error {
	return eachIn(list, label, func(r *row, v any) {
		if v != nil && same(v, want) {
			f(r)
		}
	})
}

// eachIn hands a list's rows to f, each with the value of one field, nil where it
// is not there.
func eachIn(list []any, label string, f func(r *row, v any)) error {
	for _, x := range list {
		r := rowOf(x)
		if r == nil {
			return fmt.Errorf("应为表中的清单，如 绩效指标")
		}
		v, err := get(r, label)
		if err != nil && err != errUnknown {
			return err
		}
		f(r, v)
	}
	return nil
}
