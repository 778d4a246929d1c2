package rules

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ziping/sheet"
)

// Compared is what the batch rules compare a form by with the others of a run.
// It stands for the form where the form itself is not kept: in another process,
// or until all files are read.
type Compared struct {
	Project    string    `json:"project"`
	Department string    `json:"department"`
	Members    []Member  `json:"members,omitempty"`
	Failed     []Finding `json:"failed,omitempty"` // rules that could not be run
}

// Member is a form, or a row of one, as a member of those that a rule compares.
type Member struct {
	Rule   string `json:"rule"`
	Key    string `json:"key"` // what the members of a group have in common
	Kind   string `json:"kind,omitempty"`
	Level1 string `json:"level1,omitempty"`
	Cell   string `json:"cell,omitempty"`
	Field  string `json:"field"`
	Value  string `json:"value,omitempty"` // as typed
}

// Compare returns what the batch rules compare a form by.
func (s *Set) Compare(t *sheet.Table) Compared { return newRunner(s, t).compare() }

func (r *runner) compare() Compared {
	t, list := r.table, r.set.scopes[ScopeBatch]
	c := Compared{Project: t.Project.Value, Department: t.Department.Value}
	r.findings = nil
	members := func(each Scope, p place) {
		for _, rule := range list {
			if Scope(rule.Each.Value) != each {
				continue
			}
			if m := r.member(rule, p); m.Key != "" {
				c.Members = append(c.Members, m)
			}
		}
	}
	members(ScopeSheet, place{"", t})
	r.rows(ScopeIndicator, func(p place) { members(ScopeIndicator, p) })
	c.Failed = r.findings
	return c
}

// member returns a member; one with an empty key belongs to no group.
func (r *runner) member(rule *compiled, p place) (m Member) {
	if rule.when != nil && !r.comesTo(rule, rule.when, yes) {
		return m
	}
	if m.Key = r.text(rule, rule.key); m.Key == "" {
		return m
	}
	m.Rule, m.Kind = rule.ID, r.text(rule, rule.kind)
	path, v := r.blamed(rule, p)
	m.Field, m.Cell, m.Value = path, v.At().Ref, typedText(v)
	if x, ok := p.part.(*sheet.Indicator); ok {
		m.Level1 = x.Level1.Value
	}
	return m
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

// Batch runs the batch rules over all forms of a run: Add each, then ask for
// the findings of each. What it finds does not depend on their order, and it
// keeps little of each: nothing but numbers for a key that only one member has.
type Batch struct {
	set      *Set
	seed     maphash.Seed
	alone    map[uint64]member // by a hash of rule and key: those that no other has
	groups   map[uint64]*group // likewise, of two or more
	projects names
	files    names
	kinds    names
}

// member is what is kept of a member that is alone: numbers of names.
type member struct{ project, file, kind int32 }

// group is what has the same key under the same rule.
type group struct {
	count                  int // members
	projects, files, kinds *roaring.Bitmap
	firstProjects          func() []string
	firstFiles             func() []string
}

// names gives each text a number.
type names struct {
	numbers map[string]int32
	list    []string
}

func newNames() names { return names{numbers: map[string]int32{}} }

func (n *names) number(s string) int32 {
	if i, ok := n.numbers[s]; ok {
		return i
	}
	i := int32(len(n.list))
	s = strings.Clone(s)
	n.numbers[s] = i
	n.list = append(n.list, s)
	return i
}

// NewBatch begins a run.
func (s *Set) NewBatch() *Batch {
	return &Batch{
		set: s, seed: maphash.MakeSeed(), alone: map[uint64]member{}, groups: map[uint64]*group{},
		projects: newNames(), files: newNames(), kinds: newNames(),
	}
}

// key is what tells groups apart.
type key struct{ rule, key string }

func (b *Batch) hash(m *Member) uint64 { return maphash.Comparable(b.seed, key{m.Rule, m.Key}) }

// Add adds a form, which stands in a file; "" for none. It is not for several
// goroutines.
func (b *Batch) Add(file string, c Compared) {
	project, in := b.projects.number(c.Project), b.files.number(file)
	for i := range c.Members {
		m := &c.Members[i]
		this := member{project, in, b.kinds.number(m.Kind)}
		h := b.hash(m)
		g := b.groups[h]
		if g == nil {
			first, ok := b.alone[h]
			if !ok {
				b.alone[h] = this
				continue
			}
			delete(b.alone, h)
			g = b.newGroup(first)
			b.groups[h] = g
		}
		g.add(this)
	}
}

func (b *Batch) newGroup(first member) *group {
	g := &group{projects: roaring.New(), files: roaring.New(), kinds: roaring.New()}
	g.firstProjects = sync.OnceValue(func() []string { return b.projects.first(g.projects) })
	g.firstFiles = sync.OnceValue(func() []string { return b.files.first(g.files) })
	g.add(first)
	return g
}

func (g *group) add(m member) {
	g.count++
	g.projects.Add(uint32(m.project))
	g.files.Add(uint32(m.file))
	g.kinds.Add(uint32(m.kind))
}

// mostOthers is how many other projects, or files, a finding names.
const mostOthers = 5

// first returns names by their numbers, sorted, as many as a finding may have to
// name when its own is among them.
func (n *names) first(numbers *roaring.Bitmap) []string {
	list := make([]string, 0, numbers.GetCardinality())
	for _, i := range numbers.ToArray() {
		list = append(list, n.list[i])
	}
	slices.Sort(list)
	return slices.Clone(list[:min(mostOthers+1, len(list))])
}

// Findings returns what the batch rules find in a form of a file, when all are
// added. It may be called from several goroutines.
func (b *Batch) Findings(file string, c Compared) []Finding {
	r := &runner{set: b.set, env: make(map[string]any, 64), findings: slices.Clone(c.Failed)}
	for i := range c.Members {
		m := &c.Members[i]
		rule := b.set.batchRule(m.Rule)
		if rule != nil {
			b.check(r, rule, b.groups[b.hash(m)], file, c, m)
		}
	}
	return r.findings
}

func (s *Set) batchRule(id string) *compiled {
	for _, r := range s.scopes[ScopeBatch] {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// check runs a rule for one member of a group, nil where it is alone.
func (b *Batch) check(r *runner, rule *compiled, g *group, file string, c Compared, m *Member) {
	count, projects, kinds, others, files := 1, 1, 1, "", ""
	if m.Kind == "" {
		kinds = 0
	}
	if g != nil {
		count, projects = g.count, int(g.projects.GetCardinality())
		others, files = without(c.Project, g.firstProjects(), projects), without(file, g.firstFiles(), int(g.files.GetCardinality()))
		kinds = int(g.kinds.GetCardinality())
		if no, ok := b.kinds.numbers[""]; ok && g.kinds.Contains(uint32(no)) {
			kinds--
		}
	}
	r.params(r.set.params, c.Department, m.Level1)
	r.env["数量"], r.env["项目数"], r.env["种类"] = count, projects, kinds
	r.env["键"], r.env["类"], r.env["其他"], r.env["其他文件"] = m.Key, m.Kind, others, files
	if r.comesTo(rule, rule.assert, no) {
		r.find(rule, m.Field, &sheet.Text{Cell: sheet.Cell{Ref: m.Cell, Typed: m.Value}})
	}
}

// without names the first of several names but for one of them.
func without(own string, first []string, all int) string {
	list := slices.DeleteFunc(slices.Clone(first), func(name string) bool { return name == own })
	text := strings.Join(list[:min(mostOthers, len(list))], "、")
	if all-1 > mostOthers {
		return fmt.Sprintf("%s等 %d 个", text, all-1)
	}
	return text
}
