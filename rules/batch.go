package rules

import (
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Compared is what the batch rules compare a form by with the others of a run.
// It stands for the form where the form itself is not kept: in another process,
// or until all files are read.
type Compared struct {
	Project    string    `json:"project"`
	Department string    `json:"department"`
	Year       string    `json:"year,omitempty"`
	Members    []Member  `json:"members,omitempty"`
	Failed     []Finding `json:"failed,omitempty"` // rules that could not be run
}

// Member is a form, or a row of one, as a member of those that a rule compares.
type Member struct {
	Rule   string         `json:"rule"`
	Key    string         `json:"key"` // what the members of a group have in common
	Kind   string         `json:"kind,omitempty"`
	Number *float64       `json:"number,omitempty"` // what is summed up and averaged
	Share  *bool          `json:"share,omitempty"`  // whether it counts for the share
	Own    map[string]Own `json:"own,omitempty"`    // by the names that the rule's texts use
	Levels *[3]string     `json:"levels,omitempty"` // 一级指标, 二级指标, 三级指标, where a param differs by them
	Cell   string         `json:"cell,omitempty"`
	Field  sheet.Path     `json:"field"`
	Value  string         `json:"value,omitempty"` // as typed
}

// Own is a field of a member: a text or a number, nil where it is not there.
type Own struct {
	Value any    `json:"value"`
	Typed string `json:"typed,omitempty"`
}

// compare returns what the batch rules compare the form by.
func (r *runner) compare() Compared {
	t, list := r.table, r.scopes[ScopeBatch]
	c := Compared{Project: t.Project.Value, Department: t.Department.Value, Year: r.subject.year}
	r.findings = nil
	members := func(each Scope, p site) {
		for _, rule := range list {
			if Scope(rule.Each.Value) != each {
				continue
			}
			if m := r.member(rule, p); m.Key != "" {
				c.Members = append(c.Members, m)
			}
		}
	}
	members(ScopeSheet, site{part: t})
	for _, each := range []Scope{ScopeFund, ScopeIndicator} {
		if slices.ContainsFunc(list, func(c *compiled) bool { return Scope(c.Each.Value) == each }) {
			r.eachRow(each, func(p site) { members(each, p) })
		}
	}
	c.Failed = r.findings
	return c
}

// member returns a member; one with an empty key belongs to no group.
func (r *runner) member(rule *compiled, p site) (m Member) {
	if rule.when != nil && !r.comesTo(rule, rule.when, yes) {
		return m
	}
	m.Key = r.text(rule, rule.key)
	if m.Key == "" {
		return m
	}
	m.Rule, m.Kind = rule.ID, r.text(rule, rule.kind)
	if rule.value != nil {
		if v, err := r.run(rule.value); err != nil {
			r.failed(rule, err)
		} else if v != nil {
			m.Number = new(number(v))
		}
	}
	if rule.share != nil {
		switch a, err := r.answer(rule.share); {
		case err != nil:
			r.failed(rule, err)
		case a != unknown:
			m.Share = new(a == yes)
		}
	}
	path, v := r.blamed(rule, p)
	m.Field, m.Cell, m.Value = path, v.At().Ref, sheet.AsTyped(v)
	m.Own = r.own(rule)
	if x, ok := p.part.(*sheet.Indicator); ok && len(r.set.varying) > 0 {
		m.Levels = &[3]string{x.Level1.Value, x.Level2.Value, x.Level3.Value}
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

// member is what is kept of a member that is alone: numbers, of names too.
type member struct {
	project, file, kind int32
	share               answer
	number              float64 // NaN where there is none
}

// group is what has the same key under the same rule.
type group struct {
	sums
	projects, files *roaring.Bitmap
	firstProjects   func() []string
	firstFiles      func() []string
	mostKind        func() int32 // the kind of most members
}

// sums are what the members of a group come to together.
type sums struct {
	count int           // members
	kinds map[int32]int // members of each kind

	numbers       int // members with a number
	sum, min, max float64
	shares, asked int // members that count for the share, of how many that are known to or not to
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
	n.numbers[s] = i
	n.list = append(n.list, s)
	return i
}

// NewBatch begins a run.
func (s *Set) NewBatch() *Batch {
	b := &Batch{
		set: s, seed: maphash.MakeSeed(), alone: map[uint64]member{}, groups: map[uint64]*group{},
		projects: newNames(), files: newNames(), kinds: newNames(),
	}
	b.kinds.number("") // noKind
	return b
}

// noKind is the number of the kind of a member that has none.
const noKind = 0

// key is what tells groups apart.
type key struct{ rule, key string }

func (b *Batch) hash(m *Member) uint64 { return maphash.Comparable(b.seed, key{m.Rule, m.Key}) }

// Add adds a form, which stands in a file; "" for none. The names of the file and of the
// project are kept. It is not for several goroutines.
func (b *Batch) Add(file string, c Compared) {
	project, in := b.projects.number(c.Project), b.files.number(file)
	for i := range c.Members {
		m := &c.Members[i]
		this := b.member(m, project, in)
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

func (b *Batch) member(m *Member, project, file int32) member {
	kept := member{project: project, file: file, number: math.NaN()}
	if m.Kind != "" {
		kind, ok := b.kinds.numbers[m.Kind]
		if !ok {
			kind = b.kinds.number(strings.Clone(m.Kind))
		}
		kept.kind = kind
	}
	if m.Number != nil {
		kept.number = *m.Number
	}
	if m.Share != nil {
		kept.share = map[bool]answer{true: yes, false: no}[*m.Share]
	}
	return kept
}

func (b *Batch) newGroup(first member) *group {
	g := &group{projects: roaring.New(), files: roaring.New()}
	g.firstProjects = sync.OnceValue(func() []string { return b.projects.first(g.projects) })
	g.firstFiles = sync.OnceValue(func() []string { return b.files.first(g.files) })
	g.mostKind = sync.OnceValue(func() int32 { return b.mostKind(g.kinds) })
	g.add(first)
	return g
}

func (g *group) add(m member) {
	g.projects.Add(uint32(m.project))
	g.files.Add(uint32(m.file))
	g.sums.add(m)
}

func (g *sums) add(m member) {
	g.count++
	if m.kind != noKind {
		if g.kinds == nil {
			g.kinds = map[int32]int{}
		}
		g.kinds[m.kind]++
	}
	if v := m.number; !math.IsNaN(v) {
		if g.numbers++; g.numbers == 1 {
			g.min, g.max = v, v
		}
		g.sum, g.min, g.max = g.sum+v, min(g.min, v), max(g.max, v)
	}
	if m.share != unknown {
		g.asked++
	}
	if m.share == yes {
		g.shares++
	}
}

// mostKind returns the kind that has the most members, of several the first by name;
// noKind where there are none.
func (b *Batch) mostKind(kinds map[int32]int) int32 {
	most := int32(noKind)
	for kind, n := range kinds {
		if n > kinds[most] || n == kinds[most] && b.kinds.list[kind] < b.kinds.list[most] {
			most = kind
		}
	}
	return most
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
	r := b.set.runner()
	defer r.end()
	r.table, r.findings = noForm, slices.Clone(c.Failed)
	scopes := b.set.scopesFor(c.Department)
	for i := range c.Members {
		m := &c.Members[i]
		for _, rule := range scopes[ScopeBatch] {
			if rule.ID == m.Rule {
				b.check(r, rule, file, c, m)
			}
		}
	}
	return r.findings
}

// noForm is the form of a member, which is not kept.
var noForm = new(sheet.Table)

// check runs a rule for one member of a group.
func (b *Batch) check(r *runner, rule *compiled, file string, c Compared, m *Member) {
	g := b.groups[b.hash(m)]
	r.params(r.set.differing, m.subject(c))
	r.remember(m.Own)
	r.name("键", m.Key)
	r.name("类", m.Kind)
	r.name("值", nil)
	if m.Number != nil {
		r.name("值", *m.Number)
	}
	if g == nil {
		var alone sums
		alone.add(b.member(m, b.projects.numbers[c.Project], b.files.numbers[file]))
		b.compare(r, m, &alone, 1, b.mostKind(alone.kinds))
	} else {
		b.compare(r, m, &g.sums, int(g.projects.GetCardinality()), g.mostKind())
	}
	others := func() {
		projects, files := "", ""
		if g != nil {
			projects = without(c.Project, g.firstProjects(), int(g.projects.GetCardinality()))
			files = without(file, g.firstFiles(), int(g.files.GetCardinality()))
		}
		r.name("其他", projects)
		r.name("其他文件", files)
	}
	asked := rule.assert.load()
	if slices.ContainsFunc(slices.Concat(asked.needs, asked.asks), func(n need) bool { return n.member == "" && strings.HasPrefix(n.field, "其他") }) {
		others()
	}
	if r.comesTo(rule, rule.assert, no) {
		others()
		r.report(rule, m.Field, &sheet.Text{Cell: sheet.Cell{Ref: m.Cell, Typed: m.Value}})
	}
}

// compare puts what a group comes to into the environment of one of its members.
func (b *Batch) compare(r *runner, m *Member, g *sums, projects int, most int32) {
	r.name("数量", g.count)
	r.name("项目数", projects)
	r.name("种类", len(g.kinds))
	r.name("类数量", 0)
	if m.Kind != "" {
		r.name("类数量", g.kinds[b.kinds.numbers[m.Kind]])
	}
	r.name("最多类", nil)
	r.name("最多类数量", 0)
	if most != noKind {
		r.name("最多类", b.kinds.list[most])
		r.name("最多类数量", g.kinds[most])
	}
	for _, name := range []string{"组合计", "组平均", "组最大", "组最小", "组占比"} {
		r.name(name, nil)
	}
	if g.numbers > 0 {
		r.name("组合计", quantity.Round(g.sum, 9)) // in whatever order they were added
		r.name("组平均", quantity.Round(g.sum/float64(g.numbers), 9))
		r.name("组最大", g.max)
		r.name("组最小", g.min)
	}
	if g.asked > 0 {
		r.name("组占比", float64(g.shares)/float64(g.asked))
	}
}

// subject returns what params may depend on.
func (m *Member) subject(c Compared) subject {
	s := subject{year: c.Year, department: c.Department, project: c.Project}
	if m.Levels != nil {
		s.level1, s.level2, s.level3 = m.Levels[0], m.Levels[1], m.Levels[2]
	}
	return s
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
