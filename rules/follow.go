package rules

import (
	"slices"
	"strings"

	"ziping/sheet"
)

// Of what a formula makes of a value that is itself found wrong nothing is said: 执行率
// -75 % is no fault beside an amount of -840. What looks at the wrong value too, as the
// sum of a list does, is said all the same.

// taken are the values that a finding's rule looks at.
type taken struct {
	finding int      // its place among the findings
	paths   []string // of single values, that which is blamed among them
	lists   []string // lists of which it may look at any row
	columns []string // and in those at these
}

// take notes what the rule of the next finding looks at, here.
func (r *runner) take(rule *compiled, blamed string) {
	if rule.Scope == ScopeNotice || rule.Scope == ScopeValue || !r.calculated() {
		return
	}
	t := taken{finding: len(r.findings), paths: []string{wholePath(blamed)}}
	for _, p := range []*program{rule.when, rule.assert} {
		if p != nil {
			m := p.load()
			t.paths = append(t.paths, r.inputs(p)...)
			t.lists, t.columns = append(t.lists, m.lists...), append(t.columns, m.columns...)
		}
	}
	r.taken = append(r.taken, t)
}

// calculated reports whether any value of the form comes from a formula.
func (r *runner) calculated() bool {
	for v := range r.table.Values() {
		if v.At().Formula != "" {
			return true
		}
	}
	return false
}

// dropFollowing drops the findings of what formulas make of values that others call
// wrong: those about the formulas, and doubts and hints about anything.
func (r *runner) dropFollowing() {
	accused, wrong := map[string]int{}, map[string]bool{}
	for _, f := range r.findings {
		if f.Severity == Error && f.Cell != "" {
			accused[f.Cell]++
			wrong[f.Cell] = true
		}
	}
	if len(accused) == 0 || len(r.taken) == 0 {
		return
	}
	roots, follow := r.table.Following(wrong)
	if len(follow) == 0 {
		return
	}
	refs := map[string]string{}
	for path, v := range r.table.All() {
		refs[path] = v.At().Ref
	}
	drop := make([]bool, len(r.findings))
	for _, t := range r.taken {
		f := &r.findings[t.finding]
		if f.Severity == Error && !follow[f.Cell] {
			continue
		}
		follows, looks := false, r.looksAt(t, roots)
		for _, path := range t.paths {
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
func (r *runner) looksAt(t taken, cells map[string]bool) bool {
	if len(t.lists) == 0 {
		return false
	}
	for _, p := range r.parts {
		if list, _, isRow := strings.Cut(p.Path, "["); isRow && slices.Contains(t.lists, list) {
			for f := range sheet.Fields(p.Part) {
				if cells[f.Value.At().Ref] && slices.Contains(t.columns, f.Label) {
					return true
				}
			}
		}
	}
	return false
}
