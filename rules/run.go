package rules

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"ziping/rules/eval"
	"ziping/rules/mistake"
	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Check runs the rules over one form, but for the batch rules. The findings
// come sorted by cell.
func (s *Set) Check(t *sheet.Table) []Finding {
	r := newRunner(s, t, Source{})
	defer r.end()
	return r.check()
}

// CheckAndCompare is Check and Compare in less time than the two take, of a form of
// which it is known where it is from.
func (s *Set) CheckAndCompare(t *sheet.Table, from Source) ([]Finding, Compared) {
	r := newRunner(s, t, from)
	defer r.end()
	r.comparing = true
	return r.check(), r.compared()
}

func (r *runner) check() []Finding {
	r.everywhere(func(rule *compiled, p site) {
		if r.broken(rule) {
			path, v := r.blamed(rule, p)
			r.report(rule, path, v)
		}
	})
	r.sayFailures()
	r.withdraw()
	r.dropFollowing()
	r.leaveAlone()
	return Sorted(r.findings)
}

// MarkShown marks the findings of rules that 填报检查 said do not hold, by their titles.
func (s *Set) MarkShown(findings []Finding, titles []string) {
	for i := range findings {
		if r := s.Rule(findings[i].Rule); r != nil && slices.Contains(titles, r.Title) {
			findings[i].Shown = true
		}
	}
}

// leaveAlone drops what else is found of what is filled in where a rule stands
// alone: what is noticed about the workbook stays.
func (r *runner) leaveAlone() {
	if !slices.ContainsFunc(r.findings, func(f Finding) bool { return r.set.Rule(f.Rule).Alone }) {
		return
	}
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		rule := r.set.Rule(f.Rule)
		return !rule.Alone && rule.Scope != ScopeNotice
	})
}

// checkAll runs all rules over the forms of a run, so few that no file is needed. The
// findings of each form come sorted by cell.
func (s *Set) checkAll(tables []*sheet.Table) [][]Finding {
	b := s.NewBatch()
	defer b.Close()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	compared := make([]Compared, len(tables))
	found := make([][]Finding, len(tables))
	for i, t := range tables {
		found[i], compared[i] = s.CheckAndCompare(t, Source{})
		must(b.Add("", compared[i]))
	}
	for i := range tables {
		more, err := b.Findings("", compared[i])
		must(err)
		found[i] = Sorted(append(found[i], more...))
	}
	return found
}

// runner runs rules over one form.
type runner struct {
	set       *Set
	scopes    scoped // the rules
	table     *sheet.Table
	subject   subject // of params
	parts     []sheet.Part
	rows      rows          // of the parts
	form      *row          // that of the form itself
	frame     eval.Frame    // what expressions may name
	here      *row          // that is in frame
	herePath  sheet.Path    // its path
	visited   []sheet.Field // what rules over values and notices name besides
	visiting  string        // the name of the value that rules visit
	together  bool          // the row that is in frame has its points with others: see sheet.Indicator
	findings  []Finding
	judge     judge
	taken     []taken // where the rules of findings ran
	failures  []failure
	comparing bool // everywhere collects what the batch rules compare the form by:
	members   []Member
	unrun     []Finding // rules that could not be run for that
	derived   []derived // findings whose suggestion follows from other values
	saying    bool      // a message is being made
}

// runner returns a runner that is to run over nothing yet, in the memory of one that ended.
func (s *Set) runner() *runner {
	r, ok := s.runners.Get().(*runner)
	if !ok {
		r = &runner{set: s}
	}
	r.frame.Reset(s.fixed)
	return r
}

// end lets another runner have the memory.
func (r *runner) end() {
	r.rows.reset(0)
	r.judge.turn(nil)
	clear(r.members)
	*r = runner{members: r.members[:0], set: r.set, rows: r.rows, judge: judge{lately: r.judge.lately}, frame: r.frame, visited: r.visited[:0], taken: r.taken[:0]}
	r.set.runners.Put(r)
}

func newRunner(s *Set, t *sheet.Table, from Source) *runner {
	r := s.runner()
	r.scopes, r.table, r.subject, r.parts = s.scopesFor(t.Department.Value), t, subjectOf(t), t.Parts()
	r.judge = judge{form: t, year: int(t.Year.Value), indexes: s.indexes, lately: r.judge.lately}
	r.judge.either = r.judge.eitherWay(s, r.subject)
	r.name(formKey, r)
	r.name(wholeKey, r)
	r.name(judgeKey, &r.judge)
	r.readRows(from)
	r.enter(r.form)
	r.records(from)
	r.params(s.differing, r.subject)
	return r
}

// name gives a value to a name, or nil to one of which nothing is known. What no
// expression could name is let go.
func (r *runner) name(name string, v any) {
	if place, ok := r.set.places[name]; ok {
		r.frame.Set(place, v, r.set.shared.Varies(place))
	}
}

// named returns the value of a name.
func (r *runner) named(name string) any {
	if place, ok := r.set.places[name]; ok {
		return r.frame.Values[place]
	}
	return nil
}

// params sets params as they are for a form, or an indicator of it.
func (r *runner) params(params map[string]*Param, s subject) {
	for name, p := range params {
		r.name(name, p.valueFor(s))
	}
}

// enter puts the fields of a row into the environment.
func (r *runner) enter(row *row) {
	r.here = row
	for i, f := range row.fields {
		r.name(f.Label, row.values[i])
	}
}

// saidText returns a value as a message says it: a number that stands in a label, as in
// 预算执行率（10分）, without the label.
func saidText(v sheet.Value) string {
	if _, isNumber := v.Any().(float64); isNumber {
		if _, _, plain := quantity.ParseNumber(v.At().Typed); !plain {
			return sheet.Show(v)
		}
	}
	return sheet.AsTyped(v)
}

// broken reports whether a rule applies here and does not hold. A rule that
// fails to run is a finding about the rule.
//
// Of when and assert the cheaper is asked first: where it settles the matter, as
// it does in a form that is right, the other need not run, nor be made ready to.
func (r *runner) broken(rule *compiled) bool {
	switch {
	case rule.when == nil:
		return r.comesTo(rule, rule.assert, no)
	case rule.whenFirst():
		return r.comesTo(rule, rule.when, yes) && r.comesTo(rule, rule.assert, no)
	}
	holds, err := r.answer(rule.assert)
	if err == nil && holds != no || !r.comesTo(rule, rule.when, yes) {
		return false
	}
	if err != nil {
		r.failed(rule, err)
	}
	return err == nil
}

// whenFirst reports whether when is cheaper than assert: what a run costs is known of what
// is ready to run, and goes with the length of the text before.
func (r *compiled) whenFirst() bool {
	when, assert := r.when.made.Load(), r.assert.made.Load()
	if when == nil || assert == nil {
		return len(r.When.Value) <= len(r.Assert.Value)
	}
	return when.Cost <= assert.Cost
}

// answer is what a condition comes to.
type answer = eval.Answer

const (
	unknown = eval.Unknown
	yes     = eval.Yes
	no      = eval.No
)

// comesTo reports whether a condition has an answer. One that can't be run has
// none, and is noted.
func (r *runner) comesTo(rule *compiled, p *program, a answer) bool {
	got, err := r.answer(p)
	if err != nil {
		r.failed(rule, err)
	}
	return got == a
}

// answer evaluates a condition.
func (r *runner) answer(p *program) (answer, error) {
	a, err := p.load().Answer(&r.frame)
	if err != nil {
		err = mistake.Running(err, hidden)
	}
	return a, err
}

// run evaluates an expression; nil where it touches a value that is not there.
func (r *runner) run(p *program) (any, error) {
	v, err := p.load().Run(&r.frame)
	switch {
	case err == errUnknown:
		return nil, nil
	case err != nil:
		return nil, mistake.Running(err, hidden)
	}
	return v, nil
}

// shown evaluates an expression as a message says it; known is false where it touches a
// value that is not there.
func (r *runner) shown(p *program) (s string, known bool, err error) {
	m := p.load()
	if !m.IsText() {
		v, err := r.run(p)
		return show(v), v != nil && err == nil, err
	}
	switch s, err = m.Text(&r.frame); {
	case err == errUnknown:
		return "", false, nil
	case err != nil:
		return "", false, mistake.Running(err, hidden)
	}
	return s, true, nil
}

// failure is a rule that can't be run: where first, and in how many places.
type failure struct {
	rule  *compiled
	first sheet.Path
	err   error
	times int
}

// failed notes, once for each form, that a rule can't be run.
func (r *runner) failed(rule *compiled, err error) {
	f := Finding{Rule: rule.ID, Severity: Warning, Basis: rule.Basis, Message: fmt.Sprintf("规则“%s”无法执行，本表未按它检查：%v", rule.ID, err)}
	if !slices.ContainsFunc(r.findings, f.sameRule) {
		r.findings = append(r.findings, f)
		r.failures = append(r.failures, failure{rule, r.herePath, err, 0})
	}
	if i := slices.IndexFunc(r.failures, func(x failure) bool { return x.rule == rule }); i >= 0 {
		r.failures[i].times++
	}
}

// sayFailures says of a rule that can't be run in some rows only, in which.
func (r *runner) sayFailures() {
	for _, x := range r.failures {
		rows := map[Scope]int{ScopeFund: len(r.table.Funds), ScopeIndicator: len(r.table.Indicators)}[x.rule.Scope]
		if x.times >= rows {
			continue
		}
		f := Finding{Rule: x.rule.ID}
		i := slices.IndexFunc(r.findings, f.sameRule)
		r.findings[i].Message = fmt.Sprintf("规则“%s”在 %d 行无法执行（%s），只有其余各行按它检查了：%v", x.rule.ID, x.times, x.first, x.err)
	}
}

func (r *runner) report(rule *compiled, path sheet.Path, v sheet.Value) {
	if rule.suggest != nil && rule.Derived {
		r.derived = append(r.derived, derived{len(r.findings), rule, r.inputs(rule.suggest), v.At().Issued != ""})
	}
	r.take(rule, path)
	r.findings = append(r.findings, Finding{
		Rule: rule.ID, Severity: rule.Severity, Cell: v.At().Ref, Field: path, Value: saidText(v), Basis: rule.Basis,
		Message: r.message(rule), Suggest: r.suggest(rule),
	})
}

func (r *runner) suggest(rule *compiled) any {
	if rule.suggest == nil {
		return nil
	}
	v, err := r.run(rule.suggest)
	if err != nil {
		return nil
	}
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		if !finite(v) {
			return nil
		}
		return quantity.Round(v, 12)
	}
	return v
}

func finite(v float64) bool { return !math.IsInf(v, 0) && !math.IsNaN(v) }

// say begins or ends a message.
func (r *runner) say(saying bool) {
	r.saying = saying
	r.name(wholeKey, r) // of which something else is true now
}

func (r *runner) message(rule *compiled) string {
	r.say(true)
	defer r.say(false)
	var b strings.Builder
	for _, p := range rule.message {
		if p.expr == nil {
			b.WriteString(p.text)
		} else if s, known, err := r.shown(p.expr); err != nil {
			b.WriteString("（无法计算）")
		} else if !known {
			b.WriteString(show(nil))
		} else {
			b.WriteString(s)
		}
	}
	return b.String()
}
