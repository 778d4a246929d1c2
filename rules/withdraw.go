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
	inputs  []string // the paths of the values
	issued  bool     // a formula was issued that gives the value
}

// inputs returns the paths of the values that a program takes, here.
func (r *runner) inputs(p *program) []string {
	var paths []string
	m := p.load()
	for _, n := range slices.Concat(m.needs, m.asks) {
		switch {
		case n.member == "" && fieldIn(r.here, n.field) != nil && r.here[partKey] != "":
			paths = append(paths, r.herePath+n.field)
		case n.member == "":
			paths = append(paths, n.field)
		default:
			paths = append(paths, wholePath(n.member+"."+n.field))
		}
	}
	for _, n := range m.takes {
		for _, part := range r.parts {
			if strings.HasPrefix(part.Path, n.member+"[") {
				paths = append(paths, part.Path+n.field)
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
	accused, found := map[string]int{}, map[string]bool{}
	for _, f := range r.findings {
		found[f.Rule] = true
		if f.Severity.AtLeast(Warning) {
			accused[wholePath(f.Field)]++
		}
	}
	r.accuseWhole(accused)
	unread := slices.ContainsFunc(r.table.Notices, func(n sheet.Notice) bool { return n.Kind == sheet.NoticeColumn })
	for _, d := range r.derived {
		f := &r.findings[d.finding]
		own := wholePath(f.Field)
		switch {
		case d.issued:
		case slices.ContainsFunc(d.inputs, func(path string) bool { return path != own && accused[path] > 0 }),
			slices.ContainsFunc(d.rule.Unless, func(id string) bool { return found[id] }),
			unread && len(d.rule.suggest.load().takes) > 0,
			r.beyond(own, f.Suggest), r.confirmed(own, accused):
			f.Suggest = nil
		}
	}
}

// accuseWhole accuses the amounts of the whole money with those of its sources, of which
// they are made.
func (r *runner) accuseWhole(accused map[string]int) {
	for _, part := range r.parts {
		x, ok := part.Part.(*sheet.Fund)
		if !ok || x.Source.Value == sheet.WholeFund {
			continue
		}
		for _, label := range sheet.Amounts {
			accused[wholePath(sheet.WholeFund+"."+label)] += accused[wholePath(part.Path+label)]
		}
	}
}

// confirmed reports whether the rate that is filled in follows from an amount of the
// whole money as it is: then a source may be wrong as well as the amount.
func (r *runner) confirmed(path string, accused map[string]int) bool {
	of := func(label string) string { return wholePath(sheet.WholeFund + "." + label) }
	if path != of("全年预算数") && path != of("全年执行数") {
		return false
	}
	whole := r.table.Fund(sheet.WholeFund)
	return whole.Rate.Known && whole.Rate.Formula == "" && whole.Budget.Value > 0 && whole.Executed.Value > 0 && accused[of("执行率")] == 0
}

// beyond reports whether a number may not stand in a field: a score below 0 or above its
// weight, a total above 100.
func (r *runner) beyond(path string, suggest any) bool {
	n, isNumber := suggest.(float64)
	prefix, isScore := strings.CutSuffix(path, "得分")
	if !isNumber || !isScore {
		return isNumber && (n < 0 || path == totalName+".分值" && n > 100)
	}
	most := 100.0
	for p, v := range r.table.All() {
		if p == prefix+"分值" {
			if weight, known := v.Any().(float64); known {
				most = weight
			}
		}
	}
	return n < 0 || n > most
}
