package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Uses returns the names of the params that a rule names, sorted.
func (s *Set) Uses(id string) []string {
	r := s.byID(id)
	if r == nil {
		return nil
	}
	var names []string
	for _, text := range []string{r.When.Value, r.Assert.Value, r.Suggest.Value, r.Key.Value, r.Kind.Value, r.Value.Value, r.Share.Value} {
		names = append(names, paramsIn(text, s.params)...)
	}
	for rest := r.Message.Value; rest != ""; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			break
		}
		inner, tail, _ := cutBrace(after)
		names = append(names, paramsIn(inner, s.params)...)
		rest = tail
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Variants says in words for which departments a rule is another one.
func (s *Set) Variants(id string) []string {
	r := s.byID(id)
	if r == nil {
		return nil
	}
	var list []string
	for _, v := range r.variants {
		what := fmt.Sprintf("%s，%s", v.Severity.Label(), v.Title)
		if v.Disabled {
			what = "不用"
		}
		list = append(list, strings.Join(v.departments, "、")+"："+what)
	}
	return list
}

// Values says in words which value a param has, for which forms.
func (p *Param) Values() []string {
	list := []string{valueText(p.Value)}
	for _, o := range p.others() {
		for _, name := range sortedKeys(o.values) {
			list = append(list, fmt.Sprintf("%s为“%s”的：%s", o.label, name, valueText(o.values[name])))
		}
	}
	return list
}

// valueText is a value as a rule book says it.
func valueText(v any) string {
	switch v := v.(type) {
	case []string:
		texts := slices.Clone(v)
		for i, t := range texts {
			texts[i] = cmp.Or(t, "（空）")
		}
		return strings.Join(texts, "、")
	case []float64:
		var texts []string
		for _, f := range v {
			texts = append(texts, show(f))
		}
		return strings.Join(texts, "、")
	case map[string]float64:
		var texts []string
		for _, name := range sortedKeys(v) {
			texts = append(texts, name+" "+show(v[name]))
		}
		return strings.Join(texts, "，")
	}
	return show(v)
}
