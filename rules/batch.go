package rules

import (
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"ziping/rules/eval"
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
	Members    Members   `json:"members,omitempty"`
	Failed     []Finding `json:"failed,omitempty"` // rules that could not be run
}

// Members are what a form is compared by, as a row of it is.
type Members []Member

// UnmarshalJSONFrom makes room for as many as most forms have. It implements
// json.UnmarshalerFrom of github.com/go-json-experiment/json.
func (m *Members) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	const usual = 16
	list := make([]Member, 0, usual)
	err := jsonv2.UnmarshalDecode(d, &list)
	*m = list
	return err
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

// compared returns what the batch rules compare the form by, which everywhere has collected.
func (r *runner) compared() Compared {
	t := r.table
	return Compared{t.Project.Value, t.Department.Value, r.subject.year, append([]Member(nil), r.members...), r.unrun}
}

// collect adds what the form, or a row of it, is a member of.
func (r *runner) collect(each Scope, p site) {
	if !r.comparing {
		return
	}
	findings, failures := r.findings, r.failures
	r.findings, r.failures = r.unrun, nil
	for _, rule := range r.scopes[ScopeBatch] {
		if Scope(rule.Each.Value) != each {
			continue
		}
		if m := r.member(rule, p); m.Key != "" {
			r.members = append(r.members, m)
		}
	}
	r.unrun, r.findings, r.failures = r.findings, findings, failures
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
			m.Number = new(eval.ToNumber(v))
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
	s, known, err := r.shown(p)
	if err != nil {
		r.failed(rule, err)
	}
	if !known {
		return ""
	}
	return s
}

// Batch runs the batch rules over all forms of a run: Add each, then ask for
// the findings of each. What it finds does not depend on their order, and it
// keeps little of each: nothing but numbers for a key that only one member has.
type Batch struct {
	set      *Set
	seed     maphash.Seed
	forms    []placed           // by number
	alone    map[uint64]lone    // by a hash of rule and key: those that no other has
	numbers  map[uint64]float64 // likewise, of those that have one
	groups   map[uint64]*group  // likewise, of two or more
	projects names
	files    names
	kinds    names
}

// placed is where a form stands: numbers of its project and its file.
type placed struct{ project, file int32 }

// lone is what is kept of a member that is alone.
type lone struct {
	form int32 // its number
	said int32 // the number of its kind, and behind that, in two bits, of its share
}

// member is what is known of a member: numbers, of names too.
type member struct {
	placed
	kind   int32
	share  answer
	number float64 // NaN where there is none
}

// names gives each text a number.
type names struct {
	seed    maphash.Seed
	numbers map[uint64]int32 // by a hash of the text
	list    []string
}

func newNames() names { return names{seed: maphash.MakeSeed(), numbers: map[uint64]int32{}} }

// number returns the number of a text, which is kept.
func (n *names) number(s string) int32 {
	i, h := n.known(s)
	if i < 0 {
		i = int32(len(n.list))
		n.numbers[h] = i
		n.list = append(n.list, s)
	}
	return i
}

// known returns the number of a text, -1 where it has none, and its hash.
func (n *names) known(s string) (number int32, hash uint64) {
	hash = maphash.String(n.seed, s)
	number, ok := n.numbers[hash]
	if !ok {
		number = -1
	}
	return number, hash
}

// NewBatch begins a run.
func (s *Set) NewBatch() *Batch {
	b := &Batch{
		set: s, seed: maphash.MakeSeed(), alone: map[uint64]lone{}, numbers: map[uint64]float64{}, groups: map[uint64]*group{},
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
	form := int32(len(b.forms))
	b.forms = append(b.forms, placed{b.projects.number(c.Project), b.files.number(file)})
	for i := range c.Members {
		m := &c.Members[i]
		h := b.hash(m)
		g := b.groups[h]
		if g == nil {
			first, ok := b.alone[h]
			if !ok {
				b.keep(h, form, m)
				continue
			}
			g = &group{batch: b}
			g.add(b.kept(h, first))
			b.groups[h] = g
			delete(b.alone, h)
			delete(b.numbers, h)
		}
		g.add(b.member(m, b.forms[form]))
	}
}

// keep keeps a member that is alone.
func (b *Batch) keep(hash uint64, form int32, m *Member) {
	x := b.member(m, b.forms[form])
	b.alone[hash] = lone{form, x.kind<<2 | int32(x.share)}
	if m.Number != nil {
		b.numbers[hash] = x.number
	}
}

// kept returns a member that was alone.
func (b *Batch) kept(hash uint64, l lone) member {
	number, ok := b.numbers[hash]
	if !ok {
		number = math.NaN()
	}
	return member{b.forms[l.form], l.said >> 2, answer(l.said & 3), number}
}

func (b *Batch) member(m *Member, in placed) member {
	x := member{placed: in, number: math.NaN()}
	if m.Kind != "" {
		x.kind, _ = b.kinds.known(m.Kind)
		if x.kind < 0 {
			x.kind = b.kinds.number(strings.Clone(m.Kind))
		}
	}
	if m.Number != nil {
		x.number = *m.Number
	}
	if m.Share != nil {
		x.share = map[bool]answer{true: yes, false: no}[*m.Share]
	}
	return x
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
		g = &group{batch: b}
		g.add(b.member(m, placed{}))
	}
	b.compare(r, m, g)
	others := func() {
		projects, files := "", ""
		if g.count > 1 {
			projects = without(c.Project, g.firstProjects(), g.projects.len())
			files = without(file, g.firstFiles(), g.files.len())
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
func (b *Batch) compare(r *runner, m *Member, g *group) {
	r.name("数量", int(g.count))
	r.name("项目数", g.projects.len())
	r.name("种类", g.kinds.len())
	r.name("类数量", 0)
	if m.Kind != "" {
		kind, _ := b.kinds.known(m.Kind)
		r.name("类数量", g.kinds.count(kind))
	}
	r.name("最多类", nil)
	r.name("最多类数量", 0)
	if most := g.mostKind(); most != noKind {
		r.name("最多类", b.kinds.list[most])
		r.name("最多类数量", g.kinds.count(most))
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
