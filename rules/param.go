package rules

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/types"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// Param is a number, a text or a list that expressions refer to by name:
// weights, thresholds, tolerances. A file of one's own gives it another value.
type Param struct {
	Value       any    `toml:"value,required"`
	Description string `toml:"description"`
	// Other values for some forms or indicators, by name; * in a name stands for
	// anything. What is said of the indicator goes before what is said of the form.
	Level3     map[string]any `toml:"三级指标"`
	Level2     map[string]any `toml:"二级指标"`
	Level1     map[string]any `toml:"一级指标"`
	Project    map[string]any `toml:"项目名称"`
	Department map[string]any `toml:"主管部门"`
	Year       map[string]any `toml:"年度"`

	strict.Position `toml:"-"`
	file            *file
}

// subject is what the value of a param may depend on: a form, and an indicator of
// it.
type subject struct{ year, department, project, level1, level2, level3 string }

func subjectOf(t *sheet.Table) subject {
	s := subject{department: t.Department.Value, project: t.Project.Value}
	if t.Year.Known {
		s.year = quantity.FormatNumber(t.Year.Value)
	}
	return s
}

// row returns the subject with an indicator.
func (s subject) row(x *sheet.Indicator) subject {
	s.level1, s.level2, s.level3 = x.Level1.Value, x.Level2.Value, x.Level3.Value
	return s
}

// others are the values for some subjects, those that count most first.
func (p *Param) others() [6]others {
	return [...]others{
		{sheet.LabelLevel3, p.Level3, func(s subject) string { return s.level3 }},
		{sheet.LabelLevel2, p.Level2, func(s subject) string { return s.level2 }},
		{sheet.LabelLevel1, p.Level1, func(s subject) string { return s.level1 }},
		{sheet.LabelProject, p.Project, func(s subject) string { return s.project }},
		{sheet.LabelDepartment, p.Department, func(s subject) string { return s.department }},
		{sheet.LabelYear, p.Year, func(s subject) string { return s.year }},
	}
}

type others struct {
	label  string
	values map[string]any
	name   func(subject) string
}

// differs reports whether a param differs by anything.
func (p *Param) differs() bool {
	list := p.others()
	return slices.ContainsFunc(list[:], func(o others) bool { return len(o.values) > 0 })
}

// varies reports whether a param differs by indicator.
func (p *Param) varies() bool { return len(p.Level1)+len(p.Level2)+len(p.Level3) > 0 }

// valueFor returns the value for a subject.
func (p *Param) valueFor(s subject) any {
	for _, o := range p.others() {
		if len(o.values) == 0 {
			continue
		}
		if v, ok := pick(o.values, o.name(s)); ok {
			return v
		}
	}
	return p.Value
}

// pick returns the value of a name; of several patterns that match the longest
// counts.
func pick(values map[string]any, name string) (v any, ok bool) {
	v, ok = values[name]
	if ok {
		return v, true
	}
	best := ""
	for pattern, value := range values {
		if matches(pattern, name) && (len(pattern) > len(best) || len(pattern) == len(best) && pattern < best) {
			best, v, ok = pattern, value, true
		}
	}
	return v, ok
}

// matches reports whether a name is as a pattern says, in which * stands for
// anything.
func matches(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return pattern == name
	}
	if !strings.HasPrefix(name, first) || len(name) < len(first)+len(last) || !strings.HasSuffix(name, last) {
		return false
	}
	name = name[len(first) : len(name)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(name, part)
		if !found {
			return false
		}
		name = after
	}
	return true
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
		return append([]string{}, texts...), nil
	case len(numbers) == len(list):
		return numbers, nil
	}
	return nil, fmt.Errorf("清单中应全是文字，或全是数字")
}

// prepare normalizes every value of a param and checks that all are of one type,
// that of the param of the same name, if any, in the file that is extended.
func (p *Param) prepare(old *Param) error {
	value, err := normalize(p.Value)
	if err != nil {
		return fmt.Errorf("的值写法不对：%w", err)
	}
	p.Value = value
	if old != nil && !sameType(&p.Value, old.Value) {
		return fmt.Errorf("应为%s；这里是%s", typeName(old.Value), typeName(p.Value))
	}
	for _, o := range p.others() {
		for _, group := range sortedKeys(o.values) {
			v, err := normalize(o.values[group])
			if err != nil {
				return fmt.Errorf("中“%s”的值写法不对：%w", group, err)
			}
			if !sameType(&v, p.Value) {
				return fmt.Errorf("中“%s”的值应为%s，与 value 一致；这里是%s", group, typeName(p.Value), typeName(v))
			}
			o.values[group] = v
		}
	}
	return nil
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// sameType reports whether a value has the type of another. An empty list takes
// the type of the other list.
func sameType(v *any, o any) bool {
	if list, ok := (*v).([]string); ok && len(list) == 0 && typeName(o) == "数字清单" {
		*v = []float64{}
	}
	return typeName(*v) == typeName(o)
}

// keywords are the words of the expression language.
var keywords = []string{"true", "false", "nil", "let", "if", "else", "in", "not", "and", "or", "matches", "contains", "startsWith", "endsWith"}

// checkName refuses a name for a param that rules could not write, or that
// means something else to them.
func (v *vocabulary) checkName(name string) error {
	for i, r := range name {
		if !unicode.IsLetter(r) && r != '_' && (i == 0 || !unicode.IsDigit(r)) {
			return errors.New("的名称只能有文字、字母、数字和下划线，不以数字开头")
		}
	}
	switch {
	case name == "":
		return errors.New("没有名称")
	case slices.Contains(keywords, name):
		return errors.New("与表达式的关键字同名，请换一个名称")
	case isFunction(name):
		return errors.New("与函数同名，请换一个名称")
	case v.has(name):
		return errors.New("与表中的项目同名，请换一个名称")
	}
	return nil
}

func isFunction(name string) bool {
	_, builtin := builtin.Index[name]
	return builtin || slices.ContainsFunc(Functions, func(f Function) bool { return f.Name == name })
}

// has reports whether some scope has a field of this name.
func (v *vocabulary) has(name string) bool {
	if v.common()[name] != nil {
		return true
	}
	return slices.ContainsFunc(scopes, func(s Scope) bool { return v.in(s)[name] != nil })
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
func (p *Param) typeOf() types.Type {
	switch p.Value.(type) {
	case float64, string, bool, []string, []float64, map[string]float64:
		return types.TypeOf(p.Value)
	}
	return types.Any // of a value that was refused
}
