package rules

import "fmt"

// listFunctions are the functions over the rows of a list.
var listFunctions = []Function{{
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
}}

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
