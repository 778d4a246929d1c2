package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
)

// Check runs the rules over one form, but for the batch rules. The findings
// come sorted by cell.
func (s *Set) Check(t *sheet.Table) []Finding {
	r := newRunner(s, t)
	for _, rule := range s.rules {
		if !rule.Disabled {
			r.rule(rule)
		}
	}
	return Sorted(r.findings)
}

// runner runs rules over one form.
type runner struct {
	set      *Set
	table    *sheet.Table
	env      map[string]any
	has      map[string]bool
	typed    map[string]string
	vm       vm.VM
	findings []Finding
}

func newRunner(s *Set, t *sheet.Table) *runner {
	r := &runner{set: s, table: t, env: make(map[string]any, 64), has: make(map[string]bool, 64), typed: make(map[string]string, 64)}
	r.env[hasKey], r.env[typedKey] = r.has, r.typed
	r.env[judgeKey] = &judge{year: int(t.Year.Value), seen: map[[2]string]sheet.Judgement{}}
	r.put("", t)
	r.member("年度总体目标", &t.Goal)
	r.member("总分", &t.Total)
	r.member(totalFund, t.Fund(totalFund))
	var funds, indicators []any
	for i := range t.Funds {
		funds = append(funds, rowOf(&t.Funds[i]))
	}
	for i := range t.Indicators {
		indicators = append(indicators, rowOf(&t.Indicators[i]))
	}
	r.env["项目资金"], r.env["绩效指标"] = funds, indicators
	r.params("")
	return r
}

// params sets the params as they are for a level-1 indicator.
func (r *runner) params(level1 string) {
	for name, p := range r.set.params {
		r.env[name], r.has[name] = p.valueFor(r.table.Department.Value, level1), true
	}
}

// put sets the fields of a part in the environment.
func (r *runner) put(prefix string, part any) {
	for f := range sheet.Fields(part) {
		name := prefix + f.Label
		v, ok := known(f.Value)
		r.has[name], r.typed[name] = ok, typedText(f.Value)
		if prefix == "" {
			r.env[name] = v
		}
	}
}

// member sets a part that is reached with a dot.
func (r *runner) member(name string, part any) {
	r.put(name+".", part)
	m := map[string]any{}
	for f := range sheet.Fields(part) {
		m[f.Label], _ = known(f.Value)
	}
	r.env[name] = m
}

// rowOf returns a row of a list as expressions see it.
func rowOf(part any) map[string]any {
	row, has, typed := map[string]any{}, map[string]bool{}, map[string]string{}
	for f := range sheet.Fields(part) {
		row[f.Label], has[f.Label] = known(f.Value)
		typed[f.Label] = typedText(f.Value)
	}
	row[hasKey], row[typedKey] = has, typed
	return row
}

// known returns a value, or the zero of its type and false where it is empty.
func known(v sheet.Value) (any, bool) {
	if x := v.Any(); x != nil {
		return x, true
	}
	if _, text := v.(*sheet.Text); text {
		return "", false
	}
	return 0.0, false
}

// typedText returns a value as it stands in the form.
func typedText(v sheet.Value) string {
	if typed := v.At().Typed; typed != "" {
		return typed
	}
	return sheet.Show(v)
}

// place is where a rule runs: a part of the table, and its name.
type place struct {
	path string
	part any
}

func (r *runner) rule(rule *compiled) {
	switch rule.Scope {
	case ScopeSheet:
		r.at(rule, place{"", r.table})
	case ScopeFund, ScopeIndicator:
		r.rows(rule.Scope, func(p place) { r.at(rule, p) })
	case ScopeValue:
		r.values(rule)
	}
}

// rows calls f for each row of a scope, with its fields in the environment.
func (r *runner) rows(scope Scope, f func(place)) {
	for _, p := range r.table.Parts() {
		_, fund := p.Part.(*sheet.Fund)
		x, indicator := p.Part.(*sheet.Indicator)
		if fund && scope != ScopeFund || indicator && scope != ScopeIndicator || !fund && !indicator {
			continue
		}
		if indicator {
			r.params(x.Level1.Value)
		}
		r.put("", p.Part)
		f(place{p.Path, p.Part})
	}
}

// values runs a rule over every value of the form.
func (r *runner) values(rule *compiled) {
	for path, v := range r.table.All() {
		at := v.At()
		for name, x := range map[string]any{"项目": path, "问题": at.Problem, "有公式": at.Formula != "", "应有公式": at.Derived} {
			r.env[name], r.has[name] = x, true
		}
		r.env["数值"], r.has["数值"] = v.Any().(float64)
		r.typed["项目"] = typedText(v)
		if r.broken(rule) {
			r.find(rule, path, v)
		}
	}
}

// at runs a rule in one place.
func (r *runner) at(rule *compiled, p place) {
	if !r.broken(rule) {
		return
	}
	path, v := p.path+rule.At.Value, sheet.Lookup(p.part, rule.At.Value)
	if v == nil {
		path, v = rule.At.Value, r.lookup(rule.At.Value)
	}
	r.find(rule, path, v)
}

// lookup finds a field of the table by its name in rules.
func (r *runner) lookup(name string) sheet.Value {
	member, label, _ := strings.Cut(name, ".")
	switch member {
	case "年度总体目标":
		return sheet.Lookup(&r.table.Goal, label)
	case "总分":
		return sheet.Lookup(&r.table.Total, label)
	case totalFund:
		return sheet.Lookup(r.table.Fund(totalFund), label)
	}
	if v := sheet.Lookup(r.table, name); v != nil {
		return v
	}
	return new(sheet.Text) // a list has no one cell
}

// broken reports whether a rule applies here and does not hold. A rule that
// fails to run is a finding about the rule.
func (r *runner) broken(rule *compiled) bool {
	if rule.when != nil {
		applies, err := r.run(rule.when)
		if err != nil {
			r.failed(rule, err)
		}
		if applies != true {
			return false
		}
	}
	holds, err := r.run(rule.assert)
	if err != nil {
		r.failed(rule, err)
		return false
	}
	return holds == false
}

// run evaluates an expression; nil where it touches a value that is not there.
func (r *runner) run(p *program) (any, error) {
	for _, name := range p.needs {
		if !r.has[name] {
			return nil, nil
		}
	}
	v, err := r.vm.Run(p.Program, r.env)
	if errors.Is(err, errUnknown) {
		return nil, nil
	}
	return v, err
}

// failed notes, once for each form, that a rule can't be run.
func (r *runner) failed(rule *compiled, err error) {
	for _, f := range r.findings {
		if f.Rule == rule.ID && f.Cell == "" && f.Field == "" {
			return
		}
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	r.findings = append(r.findings, Finding{
		Rule: rule.ID, Severity: Warning, Basis: rule.Basis,
		Message: fmt.Sprintf("规则“%s”无法执行，本表未按它检查：%s", rule.ID, first),
	})
}

func (r *runner) find(rule *compiled, path string, v sheet.Value) {
	f := Finding{
		Rule: rule.ID, Severity: rule.Severity, Cell: v.At().Ref, Field: path, Value: typedText(v), Basis: rule.Basis,
		Message: r.message(rule),
	}
	if rule.suggest != nil {
		if s, err := r.run(rule.suggest); err == nil {
			f.Suggest = plain(s)
		}
	}
	r.findings = append(r.findings, f)
}

// plain makes a number of an expression a float64 of at most 15 digits.
func plain(v any) any {
	switch v := v.(type) {
	case int:
		return float64(v)
	case float64:
		return sheet.Round(v, 12)
	}
	return v
}

func (r *runner) message(rule *compiled) string {
	var b strings.Builder
	for _, p := range rule.message {
		if p.expr == nil {
			b.WriteString(p.text)
			continue
		}
		v, err := r.run(p.expr)
		switch v := plain(v).(type) {
		case float64:
			b.WriteString(sheet.FormatNumber(v))
		case string:
			b.WriteString(v)
		case nil:
			b.WriteString("（空）")
		default:
			fmt.Fprint(&b, v)
		}
		if err != nil {
			b.WriteString("（无法计算）")
		}
	}
	return b.String()
}

// Sorted sorts findings by cell, row by row; what has no cell comes first, the
// graver before the less grave.
func Sorted(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		ac, ar, _ := excelize.CellNameToCoordinates(a.Cell)
		bc, br, _ := excelize.CellNameToCoordinates(b.Cell)
		return cmp.Or(cmp.Compare(ar, br), cmp.Compare(ac, bc), cmp.Compare(a.Severity.rank(), b.Severity.rank()), strings.Compare(a.Rule, b.Rule))
	})
	return list
}
