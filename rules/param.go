package rules

import (
	"fmt"

	"github.com/expr-lang/expr/types"

	"ziping/sheet/strict"
)

// Param is a number, a text or a list that expressions refer to by name:
// weights, thresholds, tolerances. A file of one's own gives it another value.
type Param struct {
	Value       any    `toml:"value,required"`
	Description string `toml:"description"`
	// Other values for some departments or level-1 indicators, by name: first
	// what is said of the 一级指标, then of the 主管部门.
	Department map[string]any `toml:"主管部门"`
	Level1     map[string]any `toml:"一级指标"`

	strict.Position `toml:"-"`
}

// normalize turns what a rule file says into what expressions work with: every
// number is a float64, a list has one type of elements.
func normalize(v any) (any, error) {
	switch v := v.(type) {
	case int64:
		return float64(v), nil
	case float64, string, bool:
		return v, nil
	case []any:
		return normalizeList(v)
	case map[string]any:
		m := make(map[string]float64, len(v))
		for name, x := range v {
			x, err := normalize(x)
			f, ok := x.(float64)
			if err != nil || !ok {
				return nil, fmt.Errorf("表中的“%s”应为数字", name)
			}
			m[name] = f
		}
		return m, nil
	}
	return nil, fmt.Errorf("参数应为数字、文字、是非值、清单或数字表")
}

func normalizeList(list []any) (any, error) {
	var texts []string
	var numbers []float64
	for _, x := range list {
		x, err := normalize(x)
		if err != nil {
			return nil, err
		}
		switch x := x.(type) {
		case string:
			texts = append(texts, x)
		case float64:
			numbers = append(numbers, x)
		}
	}
	switch {
	case len(texts) == len(list):
		return texts, nil
	case len(numbers) == len(list):
		return numbers, nil
	}
	return nil, fmt.Errorf("清单中应全是文字，或全是数字")
}

// prepare normalizes every value of a param and checks that all are of one type.
func (p *Param) prepare() error {
	var err error
	if p.Value, err = normalize(p.Value); err != nil {
		return err
	}
	for _, by := range []map[string]any{p.Department, p.Level1} {
		for name, v := range by {
			if v, err = normalize(v); err != nil {
				return fmt.Errorf("“%s”：%w", name, err)
			}
			if typeName(v) != typeName(p.Value) {
				return fmt.Errorf("“%s”应为%s，与 value 一致", name, typeName(p.Value))
			}
			by[name] = v
		}
	}
	return nil
}

// typeName names the type of a value of an expression to a clerk.
func typeName(v any) string {
	switch v.(type) {
	case float64:
		return "数字"
	case string:
		return "文字"
	case bool:
		return "是非值"
	case []string:
		return "文字清单"
	case []float64:
		return "数字清单"
	case map[string]float64:
		return "数字表"
	}
	return fmt.Sprintf("%T", v)
}

// typeOf is the type that expressions see.
func (p *Param) typeOf() types.Type { return types.TypeOf(p.Value) }

// valueFor returns the value for a department and a level 1.
func (p *Param) valueFor(department, level1 string) any {
	if v, ok := p.Level1[level1]; ok {
		return v
	}
	if v, ok := p.Department[department]; ok {
		return v
	}
	return p.Value
}
