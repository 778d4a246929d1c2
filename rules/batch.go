package rules

import (
	"fmt"
	"strings"

	"ziping/sheet"
)

// Batch runs the batch rules over all forms of a run. Add them in order, then
// take the findings. It is not for several goroutines.
type Batch struct {
	set    *Set
	groups []*groups // one for each batch rule
	all    map[int][]Finding
}

// groups are the forms or rows that a rule compares.
type groups struct {
	rule  *compiled
	byKey map[string]*group
	order []*group // as they came
}

// group is what has the same key.
type group struct {
	key      string
	members  []member
	projects []string        // as they came
	named    map[string]bool // projects
	kinds    map[string]bool
}

// member is one form, or one row, of a group.
type member struct {
	table      int // the number that Add was given
	path       string
	value      sheet.Value
	name       string // of the project
	department string
	level1     string
	kind       string
}

// NewBatch begins a run.
func (s *Set) NewBatch() *Batch {
	b := &Batch{set: s, all: map[int][]Finding{}}
	for _, rule := range s.scopes[ScopeBatch] {
		b.groups = append(b.groups, &groups{rule: rule, byKey: map[string]*group{}})
	}
	return b
}

// Add adds a form under a number of the caller's.
func (b *Batch) Add(number int, t *sheet.Table) {
	if len(b.groups) == 0 {
		return
	}
	r := newRunner(b.set, t)
	b.members(ScopeSheet, r, place{"", t}, number)
	r.rows(ScopeIndicator, func(p place) { b.members(ScopeIndicator, r, p, number) })
	b.found(number, r.findings)
}

// members makes a form, or a row of one, a member for every rule of its scope.
func (b *Batch) members(each Scope, r *runner, p place, number int) {
	for _, g := range b.groups {
		if Scope(g.rule.Each.Value) != each {
			continue
		}
		if m, key := r.member(g.rule, p); key != "" {
			m.table = number
			g.group(key).add(m)
		}
	}
}

// member returns a member and its key; an empty key belongs to no group.
func (r *runner) member(rule *compiled, p place) (m member, key string) {
	if rule.when != nil && r.condition(rule, rule.when) != yes {
		return m, ""
	}
	key = r.text(rule, rule.key)
	if key == "" {
		return m, ""
	}
	m = member{
		path: p.path + rule.At.Value, value: sheet.Lookup(p.part, rule.At.Value), name: r.table.Project.Value,
		department: r.table.Department.Value, kind: r.text(rule, rule.kind),
	}
	if m.value == nil {
		m.path, m.value = rule.At.Value, r.lookup(rule.At.Value)
	}
	if x, ok := p.part.(*sheet.Indicator); ok {
		m.level1 = x.Level1.Value
	}
	return m, key
}

// text returns what an expression gives, "" where that is unknown or there is no
// expression.
func (r *runner) text(rule *compiled, p *program) string {
	if p == nil {
		return ""
	}
	v, err := r.run(p)
	if err != nil {
		r.failed(rule, err)
	}
	if v == nil {
		return ""
	}
	return show(v)
}

func (g *groups) group(key string) *group {
	if found := g.byKey[key]; found != nil {
		return found
	}
	added := &group{key: key, named: map[string]bool{}, kinds: map[string]bool{}}
	g.byKey[key] = added
	g.order = append(g.order, added)
	return added
}

func (g *group) add(m member) {
	g.members = append(g.members, m)
	if m.kind != "" {
		g.kinds[m.kind] = true
	}
	if !g.named[m.name] {
		g.named[m.name] = true
		g.projects = append(g.projects, m.name)
	}
}

func (b *Batch) found(number int, list []Finding) {
	if len(list) > 0 {
		b.all[number] = append(b.all[number], list...)
	}
}

// Findings returns what the batch rules find, by the numbers of the forms.
func (b *Batch) Findings() map[int][]Finding {
	r := &runner{set: b.set, env: make(map[string]any, 64)}
	for _, g := range b.groups {
		for _, group := range g.order {
			for _, m := range group.members {
				r.findings = nil
				r.group(g.rule, group, m)
				b.found(m.table, r.findings)
			}
		}
	}
	return b.all
}

// group runs a rule for one member of a group.
func (r *runner) group(rule *compiled, g *group, m member) {
	r.params(r.set.params, m.department, m.level1)
	r.env["数量"], r.env["项目数"], r.env["种类"] = len(g.members), len(g.projects), len(g.kinds)
	r.env["键"], r.env["类"], r.env["其他"] = g.key, m.kind, g.others(m)
	if r.condition(rule, rule.assert) == no {
		r.find(rule, m.path, m.value)
	}
}

// others names the other projects of a group.
func (g *group) others(m member) string {
	const most = 5
	var names []string
	for _, name := range g.projects[:min(most+1, len(g.projects))] {
		if name != m.name && len(names) < most {
			names = append(names, name)
		}
	}
	list := strings.Join(names, "、")
	if others := len(g.projects) - 1; others > most {
		return fmt.Sprintf("%s等 %d 个", list, others)
	}
	return list
}
