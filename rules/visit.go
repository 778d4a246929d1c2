package rules

import (
	"strings"

	"ziping/sheet"
	"ziping/sheet/memo"
)

// everywhere visits every place in which a rule runs, with what the rule names in the
// environment. Batch rules run nowhere in one form.
func (r *runner) everywhere(visit func(*compiled, site)) {
	for _, rule := range r.scopes[ScopeSheet] {
		visit(rule, site{part: r.table})
	}
	r.collect(ScopeSheet, site{part: r.table})
	for _, scope := range []Scope{ScopeFund, ScopeIndicator} {
		r.eachRow(scope, func(p site) {
			for _, rule := range r.scopes[scope] {
				visit(rule, p)
			}
			r.collect(scope, p)
		})
	}
	r.values(r.scopes[ScopeValue], visit)
	r.notices(r.scopes[ScopeNotice], visit)
}

// site is where a rule runs: a part of the table, and its name; or one value.
type site struct {
	path  sheet.Path
	part  any
	value sheet.Value
}

// eachRow calls f for each row of a scope, with its fields in the environment.
func (r *runner) eachRow(scope Scope, f func(site)) {
	for i, p := range r.parts {
		switch part := p.Part.(type) {
		case *sheet.Fund:
			if scope != ScopeFund {
				continue
			}
		case *sheet.Indicator:
			if scope != ScopeIndicator {
				continue
			}
			r.params(r.set.varying, r.subject.row(part))
			r.judge.turn(part)
		default:
			continue
		}
		r.enter(&r.rows.of[i])
		r.herePath = p.Path
		if x, ok := p.Part.(*sheet.Indicator); ok && x.Together { // of the row by itself nothing is known
			r.together = true
			r.name(sheet.LabelWeight, nil)
			r.name(sheet.LabelScore, nil)
		}
		f(site{path: p.Path, part: p.Part})
		r.together = false
	}
	r.judge.turn(nil)
	r.frame.Changed()
	r.params(r.set.varying, r.subject)
}

// values visits the values that can't be read, or where a formula stood.
func (r *runner) values(list []*compiled, visit func(*compiled, site)) {
	if len(list) == 0 {
		return
	}
	for _, p := range r.parts {
		for f := range sheet.Fields(p.Part) {
			if at := f.Value.At(); at.Problem != "" || at.Derived {
				r.visit(p.Path.Of(f.Label), f.Value)
				for _, rule := range list {
					visit(rule, site{path: p.Path.Of(f.Label), value: f.Value})
				}
			}
		}
	}
}

// visit puts what rules name of a value into the environment.
func (r *runner) visit(path sheet.Path, v sheet.Value) {
	at := v.At()
	r.visited = append(r.visited[:0], sheet.Field{Label: "项目", Value: v})
	r.visiting = pathText(path)
	r.name("项目", &r.visiting)
	r.name("问题", &at.Problem)
	r.name("有公式", at.Formula != "")
	r.name("应有公式", at.Derived)
	r.name("发出公式", nil)
	if at.Issued != "" {
		r.name("发出公式", "="+at.Issued)
	}
}

// pathTexts are the texts of paths, of which each form has the same.
var pathTexts memo.Cache[sheet.Path, string]

func pathText(p sheet.Path) string {
	text, ok := pathTexts.Get(p)
	if !ok {
		text = p.String()
		pathTexts.Put(p, text)
	}
	return text
}

// notices visits what was noticed about the workbook.
func (r *runner) notices(list []*compiled, visit func(*compiled, site)) {
	if len(list) == 0 {
		return
	}
	for _, n := range r.table.Notices {
		r.visited = r.visited[:0]
		for _, x := range [...][2]string{{"种类", string(n.Kind)}, {"项目", n.Field.String()}, {"发出值", n.Issued}, {"现值", n.Now}} {
			v := sheet.T(x[1])
			r.visited = append(r.visited, sheet.Field{Label: x[0], Value: &v})
			r.name(x[0], v.Any())
		}
		v := r.standing(n)
		r.name("现数", nil)
		if number, ok := v.Any().(float64); ok && v.At().Problem == "" {
			r.name("现数", number)
		}
		for _, rule := range list {
			visit(rule, site{path: n.Field, value: v})
		}
	}
}

// standing returns what stands in the cell of a notice.
func (r *runner) standing(n sheet.Notice) sheet.Value {
	if v := r.table.At(n.Field); v != nil && v.At().Ref == n.Cell {
		return v
	}
	v := &sheet.Text{Cell: sheet.Cell{Ref: n.Cell}}
	if n.Kind == sheet.NoticeLocked { // a label, or what was an empty cell
		v.Value = n.Now
	}
	return v
}

// blamed returns the value that a rule's finding is about, and its path.
func (r *runner) blamed(rule *compiled, p site) (sheet.Path, sheet.Value) {
	if p.value != nil {
		return p.path, p.value
	}
	if v := sheet.Lookup(p.part, rule.At.Value); v != nil {
		return p.path.Of(rule.At.Value), v
	}
	path := pathOf(rule.At.Value)
	if v := r.table.At(path); v != nil {
		return path, v
	}
	return path, new(sheet.Text) // a list has no one cell
}

// value returns the field that an expression names, nil where there is none.
func (r *runner) value(name string) sheet.Value {
	for _, f := range r.visited {
		if f.Label == name {
			return f.Value
		}
	}
	if v := r.here.field(name); v != nil {
		return v
	}
	return r.form.field(name)
}

// wholeFund is the row of the whole money.
var wholeFund = sheet.FundPath(sheet.WholeFund)

// pathOf is the path of what rules name: the row of the whole money by its name alone.
func pathOf(name string) sheet.Path {
	if label, ok := strings.CutPrefix(name, sheet.WholeFund+"."); ok {
		return wholeFund.Of(label)
	}
	return sheet.ParsePath(name)
}
