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
	groups []map[string]*group // by rule, then by key
	order  [][]string          // keys in the order they came
}

// group is what has the same key.
type group struct {
	members  []member
	projects []string
	kinds    map[string]bool
}

// member is one form, or one row, of a group.
type member struct {
	table int // the number that Add was given
	cell  string
	field string
	value string
	name  string // of the project
	kind  string
}

// NewBatch begins a run.
func (s *Set) NewBatch() *Batch {
	return &Batch{set: s, groups: make([]map[string]*group, len(s.rules)), order: make([][]string, len(s.rules))}
}

// Add adds a form under a number of the caller's.
func (b *Batch) Add(number int, t *sheet.Table) {
	var r *runner
	for i, rule := range b.set.rules {
		if rule.Scope != ScopeBatch || rule.Disabled {
			continue
		}
		if r == nil {
			r = newRunner(b.set, t)
		}
		if Scope(rule.Each) == ScopeSheet {
			b.member(i, rule, r, place{"", t}, number)
			continue
		}
		r.rows(ScopeIndicator, func(p place) { b.member(i, rule, r, p, number) })
	}
}

func (b *Batch) member(i int, rule *compiled, r *runner, p place, number int) {
	if rule.when != nil {
		if applies, err := r.run(rule.when); err != nil || applies != true {
			return
		}
	}
	key, err := r.run(rule.key)
	if err != nil || key == nil {
		return
	}
	m := member{table: number, name: r.table.Project.Value, field: p.path + rule.At.Value}
	if v := sheet.Lookup(p.part, rule.At.Value); v != nil {
		m.cell, m.value = v.At().Ref, typedText(v)
	}
	if rule.kind != nil {
		if kind, err := r.run(rule.kind); err == nil && kind != nil {
			m.kind = fmt.Sprint(plain(kind))
		}
	}
	b.group(i, fmt.Sprint(key)).add(m)
}

func (b *Batch) group(i int, key string) *group {
	if b.groups[i] == nil {
		b.groups[i] = map[string]*group{}
	}
	g := b.groups[i][key]
	if g == nil {
		g = &group{kinds: map[string]bool{}}
		b.groups[i][key] = g
		b.order[i] = append(b.order[i], key)
	}
	return g
}

func (g *group) add(m member) {
	if m.kind != "" {
		g.kinds[m.kind] = true
	}
	g.members = append(g.members, m)
	for _, name := range g.projects {
		if name == m.name {
			return
		}
	}
	g.projects = append(g.projects, m.name)
}

// Findings returns what the batch rules find, by the numbers of the forms.
func (b *Batch) Findings() map[int][]Finding {
	found := map[int][]Finding{}
	for i, rule := range b.set.rules {
		for _, key := range b.order[i] {
			g := b.groups[i][key]
			for j := range g.members {
				if f, ok := b.check(rule, key, g, j); ok {
					n := g.members[j].table
					found[n] = append(found[n], f)
				}
			}
		}
	}
	return found
}

// check runs a rule for one member of a group.
func (b *Batch) check(rule *compiled, key string, g *group, j int) (Finding, bool) {
	m := g.members[j]
	r := &runner{set: b.set, table: new(sheet.Table), has: map[string]bool{}, env: map[string]any{
		"数量": len(g.members), "项目数": len(g.projects), "种类": len(g.kinds), "键": key, "类": m.kind, "其他": g.others(m),
	}}
	for name := range r.env {
		r.has[name] = true
	}
	r.params("")
	if !r.broken(rule) {
		return Finding{}, false
	}
	return Finding{
		Rule: rule.ID, Severity: rule.Severity, Cell: m.cell, Field: m.field, Value: m.value, Basis: rule.Basis, Message: r.message(rule),
	}, true
}

// others names the other projects of a group.
func (g *group) others(m member) string {
	const most = 5
	var names []string
	for _, name := range g.projects {
		if name != m.name {
			names = append(names, name)
		}
	}
	if len(names) > most {
		return fmt.Sprintf("%s等 %d 个", strings.Join(names[:most], "、"), len(names))
	}
	return strings.Join(names, "、")
}
