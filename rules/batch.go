package rules

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"ziping/rules/eval"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/spill"
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
// the findings of each. What it finds does not depend on their order. Members are put in
// order in a temporary file, and so is what groups come to: in memory it keeps only where
// those of two or more members stand. Close it.
type Batch struct {
	set     *Set
	seed    maphash.Seed
	forms   int
	file    string // that was added last
	files   int
	left    roaring.Bitmap // forms that are left out
	members spill.Sorter
	record  spill.Writer
	settle  func() error // once
	groups  groups
}

// NewBatch begins a run.
func (s *Set) NewBatch() *Batch {
	b := &Batch{set: s, seed: maphash.MakeSeed()}
	b.settle = sync.OnceValue(b.group)
	return b
}

// Close gives back what the batch has taken.
func (b *Batch) Close() {
	b.members.Close()
	b.groups.text.Close()
	b.groups.index, b.groups.large = nil, nil
}

// key is what tells groups apart.
type key struct{ rule, key string }

// hash is that of its key, of which several keys may have the same.
func (m *Member) hash(seed maphash.Seed) uint64 {
	return maphash.Comparable(seed, key{m.Rule, m.Key})
}

// Add adds a form, which stands in a file; "" for none. The forms of a file come one
// after another. It is not for several goroutines.
func (b *Batch) Add(file string, c Compared) error {
	if b.forms == 0 || file != b.file {
		b.file = strings.Clone(file)
		b.files++
	}
	for i := range c.Members {
		m := &c.Members[i]
		x := memberOf(m, c, file)
		x.form, x.fileNumber = b.forms, b.files
		b.record.Record = binary.BigEndian.AppendUint64(b.record.Record[:0], m.hash(b.seed))
		x.fields(&b.record)
		if err := b.members.Add(b.record.Record); err != nil {
			return err
		}
	}
	b.forms++
	return nil
}

// Leave leaves a form out again, by its number in the order in which they were added,
// before anything was asked.
func (b *Batch) Leave(form int) { b.left.Add(uint32(form)) }

// group makes the groups.
func (b *Batch) group() error {
	defer b.members.Close()
	var g *grouping // nil before the first
	var hash uint64 // of its key
	end := func() error {
		if g == nil || g.count < 2 {
			return nil
		}
		return b.groups.add(hash, g.done())
	}
	for record, err := range b.members.All() {
		if err != nil {
			return err
		}
		var m member
		m.fields(spill.NewReader(record[hashLength:]))
		if b.left.Contains(uint32(m.form)) {
			continue
		}
		if g == nil || g.key != m.key {
			if err := end(); err != nil {
				return err
			}
			g, hash = &grouping{group: group{key: m.key}}, binary.BigEndian.Uint64(record)
		}
		g.add(&m)
	}
	return end()
}

const hashLength = 8

// Findings returns what the batch rules find in a form of a file, when all are
// added. It may be called from several goroutines.
func (b *Batch) Findings(file string, c Compared) ([]Finding, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	r := b.set.runner()
	defer r.end()
	r.table, r.findings = noForm, slices.Clone(c.Failed)
	scopes := b.set.scopesFor(c.Department)
	for i := range c.Members {
		m := &c.Members[i]
		g, err := b.groups.find(key{m.Rule, m.Key}, m.hash(b.seed))
		if err != nil {
			return nil, err
		}
		if g == nil { // it is alone
			var alone grouping
			x := memberOf(m, c, file)
			alone.add(&x)
			g = alone.done()
		}
		for _, rule := range scopes[ScopeBatch] {
			if rule.ID == m.Rule {
				g.check(r, rule, file, c, m)
			}
		}
	}
	return r.findings, nil
}

// noForm is the form of a member, which is not kept.
var noForm = new(sheet.Table)

// check runs a rule for one member of a group.
func (g *group) check(r *runner, rule *compiled, file string, c Compared, m *Member) {
	r.params(r.set.differing, m.subject(c))
	r.remember(m.Own)
	r.name("键", m.Key)
	r.name("类", m.Kind)
	r.name("值", nil)
	if m.Number != nil {
		r.name("值", *m.Number)
	}
	g.compare(r, m)
	others := func() {
		r.name("其他", g.projects.without(c.Project))
		r.name("其他文件", g.files.without(file))
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
func (g *group) compare(r *runner, m *Member) {
	r.name("数量", g.count)
	r.name("项目数", g.projects.n)
	r.name("种类", len(g.kinds))
	r.name("类数量", g.ofKind(m.Kind))
	r.name("最多类", nil)
	r.name("最多类数量", 0)
	if most := g.mostKind(); most.members > 0 {
		r.name("最多类", most.kind)
		r.name("最多类数量", most.members)
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
