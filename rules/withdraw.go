package rules

import (
	"slices"
	"strings"

	"ziping/sheet"
)

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
		case n.member == "" && fieldIn(r.here, n.field) != nil && r.here[partKey] != "":
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
	if path != wholeFund.Of("全年预算数") && path != wholeFund.Of("全年执行数") {
		return false
	}
	whole := r.table.Fund(sheet.WholeFund)
	return whole.Rate.Known && whole.Rate.Formula == "" && whole.Budget.Value > 0 && whole.Executed.Value > 0 && accused[wholeFund.Of("执行率")] == 0
}

// beyond reports whether a number may not stand in a field: a score below 0 or above its
// weight, a total above 100.
func (r *runner) beyond(path sheet.Path, suggest any) bool {
	n, isNumber := suggest.(float64)
	prefix, isScore := strings.CutSuffix(path.Label, "得分")
	if !isNumber || !isScore {
		return isNumber && (n < 0 || path == sheet.ParsePath(totalName+".分值") && n > 100)
	}
	most := 100.0
	if v := r.table.At(path.Of(prefix + "分值")); v != nil {
		if weight, known := v.Any().(float64); known {
			most = weight
		}
	}
	return n < 0 || n > most
}
