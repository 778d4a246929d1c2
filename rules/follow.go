package rules

import (
	"slices"
	"strings"

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
	here     *row
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

// A suggestion that follows from other values is worth what they are. It is withdrawn
// where something is said against one of them, where a block that it is made of was not
// understood, where it is beyond what may stand in its place, and where another value
// confirms what stands there; the finding stays.
// Where a formula was issued the suggestion stays too: the formula is what should stand
// there, whatever it comes to.

// derived is a finding whose suggestion follows from other values.
type derived struct {
	finding int // its place among the findings
	rule    *compiled
	inputs  []sheet.Path // the paths of the values
	issued  bool         // a formula was issued that gives the value
}

// inputs returns the paths of the values that a program takes, here.
func (r *runner) inputs(p *program) []sheet.Path {
	var paths []sheet.Path
	m := p.load()
	for _, n := range slices.Concat(m.needs, m.asks) {
		switch {
		case n.member == "" && r.here.field(n.field) != nil && r.here.prefix != "":
			paths = append(paths, r.herePath.Of(n.field))
		case n.member == "":
			paths = append(paths, sheet.Path{Label: n.field})
		default:
			paths = append(paths, pathOf(n.member+"."+n.field))
		}
	}
	for _, n := range m.takes {
		for _, part := range r.parts {
			if part.Path.Listed && part.Path.Part == n.member {
				paths = append(paths, part.Path.Of(n.field))
			}
		}
	}
	return paths
}

// withdraw takes back the suggestions that are worth nothing.
func (r *runner) withdraw() {
	if len(r.derived) == 0 {
		return
	}
	accused, found := map[sheet.Path]int{}, map[string]bool{}
	for _, f := range r.findings {
		found[f.Rule] = true
		if f.Severity.AtLeast(Warning) {
			accused[f.Field]++
		}
	}
	r.accuseWhole(accused)
	unread := slices.ContainsFunc(r.table.Notices, func(n sheet.Notice) bool { return n.Kind == sheet.NoticeColumn })
	for _, d := range r.derived {
		f := &r.findings[d.finding]
		switch {
		case d.issued:
			continue
		case slices.ContainsFunc(d.inputs, func(path sheet.Path) bool { return path != f.Field && accused[path] > 0 }),
			slices.ContainsFunc(d.rule.Unless, func(id string) bool { return found[id] }),
			unread && len(d.rule.suggest.load().takes) > 0,
			r.beyond(f.Field, f.Suggest), r.confirmed(f.Field, accused):
			f.Suggest = nil
		}
	}
}

// accuseWhole accuses the amounts of the whole money with those of its sources, of which
// they are made.
func (r *runner) accuseWhole(accused map[sheet.Path]int) {
	for _, part := range r.parts {
		x, ok := part.Part.(*sheet.Fund)
		if !ok || x.Source.Value == sheet.WholeFund {
			continue
		}
		for _, label := range sheet.Amounts {
			accused[wholeFund.Of(label)] += accused[part.Path.Of(label)]
		}
	}
}

// confirmed reports whether the rate that is filled in follows from an amount of the
// whole money as it is: then a source may be wrong as well as the amount.
func (r *runner) confirmed(path sheet.Path, accused map[sheet.Path]int) bool {
	if path != wholeFund.Of(sheet.LabelBudget) && path != wholeFund.Of(sheet.LabelExecuted) {
		return false
	}
	whole := r.table.Fund(sheet.WholeFund)
	return whole.Rate.Known && whole.Rate.Formula == "" && whole.Budget.Value > 0 && whole.Executed.Value > 0 && accused[wholeFund.Of(sheet.LabelRate)] == 0
}

// beyond reports whether a number may not stand in a field: a score below 0 or above its
// weight, a total above 100.
func (r *runner) beyond(path sheet.Path, suggest any) bool {
	n, isNumber := suggest.(float64)
	prefix, isScore := strings.CutSuffix(path.Label, sheet.LabelScore)
	if !isNumber || !isScore {
		return isNumber && (n < 0 || path == sheet.ParsePath(sheet.LabelTotal+".分值") && n > 100)
	}
	most := 100.0
	if v := r.table.At(path.Of(prefix + sheet.LabelWeight)); v != nil {
		if weight, known := v.Any().(float64); known {
			most = weight
		}
	}
	return n < 0 || n > most
}
