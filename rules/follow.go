package rules

import (
	"slices"

	"ziping/sheet"
)

// Of what a formula makes of a value that is itself found wrong nothing is said: 执行率
// -75 % is no fault beside an amount of -840. What looks at the wrong value too, as the
// sum of a list does, is said all the same.

// taken is where the rule of a finding ran.
type taken struct {
	finding  int // its place among the findings
	rule     *compiled
	path     sheet.Path // of the value that is blamed
	here     map[string]any
	herePath sheet.Path
}

// looks is what a rule looks at.
type looks struct {
	paths   []sheet.Path // of single values, that which is blamed among them
	lists   []string     // lists of which it may look at any row
	columns []string     // and in those at these
}

// take notes where the rule of the next finding runs.
func (r *runner) take(rule *compiled, blamed sheet.Path) {
	if rule.Scope != ScopeNotice && rule.Scope != ScopeValue {
		r.taken = append(r.taken, taken{len(r.findings), rule, blamed, r.here, r.herePath})
	}
}

// looks returns what the rule of a finding looks at.
func (r *runner) looks(t taken) looks {
	l := looks{paths: []sheet.Path{t.path}}
	r.here, r.herePath = t.here, t.herePath
	for _, p := range []*program{t.rule.when, t.rule.assert} {
		if p != nil {
			m := p.load()
			l.paths = append(l.paths, r.inputs(p)...)
			l.lists, l.columns = append(l.lists, m.lists...), append(l.columns, m.columns...)
		}
	}
	return l
}

// calculated reports whether any value of the form comes from a formula.
func (r *runner) calculated() bool {
	for _, p := range r.parts {
		for f := range sheet.Fields(p.Part) {
			if f.Value.At().Formula != "" {
				return true
			}
		}
	}
	return false
}

// dropFollowing drops the findings of what formulas make of values that others call
// wrong: those about the formulas, and doubts and hints about anything.
func (r *runner) dropFollowing() {
	if len(r.taken) == 0 || !r.calculated() {
		return
	}
	accused, wrong := map[string]int{}, map[string]bool{}
	for _, f := range r.findings {
		if f.Severity == Error && f.Cell != "" {
			accused[f.Cell]++
			wrong[f.Cell] = true
		}
	}
	if len(accused) == 0 {
		return
	}
	roots, follow := r.table.Following(wrong)
	if len(follow) == 0 {
		return
	}
	refs := map[sheet.Path]string{}
	for path, v := range r.table.All() {
		refs[path] = v.At().Ref
	}
	drop := make([]bool, len(r.findings))
	for _, t := range r.taken {
		f := &r.findings[t.finding]
		if f.Severity == Error && !follow[f.Cell] {
			continue
		}
		at := r.looks(t)
		follows, looks := false, r.looksAt(at, roots)
		for _, path := range at.paths {
			ref := refs[path]
			follows = follows || follow[ref]
			looks = looks || roots[ref] && (ref != f.Cell || f.Severity != Error || accused[ref] > 1)
		}
		drop[t.finding] = follows && !looks
	}
	i := -1
	r.findings = slices.DeleteFunc(r.findings, func(Finding) bool { i++; return drop[i] })
}

// looksAt reports whether one of the cells is in a column of the lists.
func (r *runner) looksAt(l looks, cells map[string]bool) bool {
	if len(l.lists) == 0 {
		return false
	}
	for _, p := range r.parts {
		if p.Path.Listed && slices.Contains(l.lists, p.Path.Part) {
			for f := range sheet.Fields(p.Part) {
				if cells[f.Value.At().Ref] && slices.Contains(l.columns, f.Label) {
					return true
				}
			}
		}
	}
	return false
}
