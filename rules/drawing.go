package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
)

// Drawing is a part of a form as a small table: what an example changes of it.
type Drawing struct {
	Head []string // the labels
	Rows [][]Drawn
}

// Drawn is a cell of a drawing.
type Drawn struct {
	Text    string
	Changed bool // by the example
	Blamed  bool // by the rule
}

// draw returns the parts of the form that the changes touch, with what a rule found in
// it; and in words what no table shows: rows that are gone, notices, formulas.
func (c changes) draw(base *sheet.Table, found []Finding) (drawings []Drawing, words []string) {
	form, _ := c.apply(base)
	var single []sheet.Path
	rows := map[string][]sheet.Path{} // by their list
	for _, name := range c.order() {
		_, _, marked := cutMark(name)
		_, _, noticed := cutNotice(name)
		path := sheet.ParsePath(name)
		switch row := path.Of(""); {
		case marked || noticed || form.At(path) == nil:
			words = append(words, describe(base, name, c[name].Value))
		case !path.Listed:
			single = append(single, path)
		case !slices.Contains(rows[path.Part], row):
			rows[path.Part] = append(rows[path.Part], row)
		}
	}
	cell := func(path sheet.Path, v sheet.Value) Drawn {
		_, changed := c[path.String()]
		blamed := slices.ContainsFunc(found, func(f Finding) bool { return f.Field == path })
		text := typedText(v)
		if text == "" && (changed || blamed) {
			text = "（空）"
		}
		return Drawn{text, changed, blamed}
	}
	if len(single) > 0 {
		d := Drawing{Rows: [][]Drawn{nil}}
		for _, path := range single {
			d.Head, d.Rows[0] = append(d.Head, path.String()), append(d.Rows[0], cell(path, form.At(path)))
		}
		drawings = append(drawings, d)
	}
	for _, list := range []string{fundList, indicatorList} {
		if len(rows[list]) > 0 {
			drawings = append(drawings, drawRows(form, rows[list], cell))
		}
	}
	return drawings, words
}

// drawRows draws rows of a list, without the columns in which nothing stands.
func drawRows(form *sheet.Table, paths []sheet.Path, cell func(sheet.Path, sheet.Value) Drawn) Drawing {
	var parts []sheet.Part
	for _, p := range form.Parts() {
		if slices.Contains(paths, p.Path) {
			parts = append(parts, p)
		}
	}
	d := Drawing{Rows: make([][]Drawn, len(parts))}
	if len(parts) == 0 {
		return d
	}
	for f := range sheet.Fields(parts[0].Part) {
		column := make([]Drawn, len(parts))
		empty := true
		for i, p := range parts {
			column[i] = cell(p.Path.Of(f.Label), sheet.Lookup(p.Part, f.Label))
			empty = empty && column[i] == Drawn{}
		}
		if empty {
			continue
		}
		d.Head = append(d.Head, f.Label)
		for i := range parts {
			d.Rows[i] = append(d.Rows[i], column[i])
		}
	}
	return d
}

// Uses returns the names of the params that a rule names, sorted.
func (s *Set) Uses(id string) []string {
	r := s.find(id)
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
	r := s.find(id)
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
