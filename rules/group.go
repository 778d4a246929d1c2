package rules

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ziping/sheet/spill"
)

// member is what is known of a member of a group.
type member struct {
	key
	project    string
	form       int // its number
	fileNumber int
	file       string
	kind       string
	share      bool
	asked      bool // it is known whether it counts for the share
	number     float64
	hasNumber  bool
}

// fields has a visitor go through all fields: those of a project of a group then have
// records that stand together in their order.
func (m *member) fields(v spill.Visitor) {
	v.Text(&m.rule)
	v.Text(&m.key.key)
	v.Text(&m.project)
	v.Number(&m.form)
	v.Number(&m.fileNumber)
	v.Text(&m.file)
	v.Text(&m.kind)
	v.Truth(&m.share)
	v.Truth(&m.asked)
	v.Amount(&m.number)
	v.Truth(&m.hasNumber)
}

// memberOf returns a member of a form.
func memberOf(m *Member, c Compared, file string) member {
	x := member{key: key{m.Rule, m.Key}, project: c.Project, file: file, kind: m.Kind}
	if m.Number != nil && !math.IsNaN(*m.Number) {
		x.number, x.hasNumber = *m.Number, true
	}
	if m.Share != nil {
		x.share, x.asked = *m.Share, true
	}
	return x
}

// group is what the members that have the same key under the same rule come to.
type group struct {
	key
	count           int // members
	numbers         int // members with a number
	shares, asked   int // members that count for the share, of how many that are known to or not to
	sum, min, max   float64
	projects, files names
	kinds           []ofKind // in the order of their names
}

// ofKind is how many members are of a kind.
type ofKind struct {
	kind    string
	members int
}

// fields has a visitor go through all fields.
func (g *group) fields(v spill.Visitor) {
	v.Text(&g.rule)
	v.Text(&g.key.key)
	for _, n := range []*int{&g.count, &g.numbers, &g.shares, &g.asked} {
		v.Number(n)
	}
	for _, x := range []*float64{&g.sum, &g.min, &g.max} {
		v.Amount(x)
	}
	for _, x := range []*names{&g.projects, &g.files} {
		v.Number(&x.n)
		spill.List(v, &x.first, v.Text)
	}
	spill.List(v, &g.kinds, func(k *ofKind) {
		v.Text(&k.kind)
		v.Number(&k.members)
	})
}

// ofKind returns how many members are of a kind.
func (g *group) ofKind(kind string) int {
	i, ok := slices.BinarySearchFunc(g.kinds, kind, func(k ofKind, kind string) int { return cmp.Compare(k.kind, kind) })
	if !ok {
		return 0
	}
	return g.kinds[i].members
}

// mostKind returns the kind that has the most members, of several the first by name;
// none where there are no kinds.
func (g *group) mostKind() (most ofKind) {
	for _, k := range g.kinds {
		if k.members > most.members {
			most = k
		}
	}
	return most
}

// mostOthers is how many other projects, or files, a finding names.
const mostOthers = 5

// names are the names of projects, or of files: how many, and the first of them, one more
// than a finding names.
type names struct {
	n     int
	first []string
}

// see takes a name in that may be one of the first.
func (x *names) see(name string) {
	i, found := slices.BinarySearch(x.first, name)
	if found || i > mostOthers {
		return
	}
	x.first = slices.Insert(x.first, i, name)
	x.first = x.first[:min(len(x.first), mostOthers+1)]
}

// without names the first but for one of them.
func (x *names) without(own string) string {
	list := slices.DeleteFunc(slices.Clone(x.first), func(name string) bool { return name == own })
	text := strings.Join(list[:min(mostOthers, len(list))], "、")
	if x.n-1 > mostOthers {
		return fmt.Sprintf("%s等 %d 个", text, x.n-1)
	}
	return text
}

// grouping is a group on its way.
type grouping struct {
	group
	project string // of the last member
	inFiles numbers
	ofKinds map[string]int
}

// add adds a member, after those of the projects before its own.
func (g *grouping) add(m *member) {
	if g.count == 0 || m.project != g.project {
		g.project = m.project
		g.projects.n++
		g.projects.see(m.project)
	}
	g.inFiles.add(m.fileNumber)
	g.files.see(m.file)
	g.count++
	if m.kind != "" {
		if g.ofKinds == nil {
			g.ofKinds = map[string]int{}
		}
		g.ofKinds[m.kind]++
	}
	if v := m.number; m.hasNumber {
		if g.numbers++; g.numbers == 1 {
			g.min, g.max = v, v
		}
		g.sum, g.min, g.max = g.sum+v, min(g.min, v), max(g.max, v)
	}
	if m.asked {
		g.asked++
	}
	if m.share {
		g.shares++
	}
}

// done returns the group, when all members are there.
func (g *grouping) done() *group {
	g.files.n = len(g.files.first)
	if g.files.n > mostOthers { // else all are among the first
		g.files.n = g.inFiles.len()
	}
	for kind, members := range g.ofKinds {
		g.kinds = append(g.kinds, ofKind{kind, members})
	}
	slices.SortFunc(g.kinds, func(a, b ofKind) int { return cmp.Compare(a.kind, b.kind) })
	return &g.group
}

// numbers is a set of numbers of files.
type numbers struct {
	few  []uint32
	many *roaring.Bitmap // all of them, where they are not few
}

func (s *numbers) add(number int) {
	n := uint32(number)
	switch {
	case s.many != nil:
		s.many.Add(n)
	case slices.Contains(s.few, n):
	case len(s.few) < few:
		s.few = append(s.few, n)
	default:
		s.many = roaring.BitmapOf(append(s.few, n)...)
		s.few = nil
	}
}

func (s *numbers) len() int {
	if s.many != nil {
		return int(s.many.GetCardinality())
	}
	return len(s.few)
}

// groups are those of two or more members.
type groups struct {
	text  spill.Text
	index []grouped

	mu    sync.Mutex
	large map[int64]*group // some of those that many members ask for, by where they begin
}

// grouped is where a group stands: they are in the order of the hashes of their keys, of
// which several may be the same.
type grouped struct {
	hash uint64
	end  int64
}

// add adds a group behind those whose hashes are not greater.
func (s *groups) add(hash uint64, g *group) error {
	w := spill.Writer{Record: s.text.Tail}
	g.fields(&w)
	s.text.Tail = w.Record
	s.index = append(s.index, grouped{hash, s.text.Len()})
	return s.text.Spill()
}

// find returns the group of a key; nil where there is none. It may be called from several
// goroutines when all are added.
func (s *groups) find(k key, hash uint64) (*group, error) {
	first := sort.Search(len(s.index), func(i int) bool { return s.index[i].hash >= hash })
	for i := first; i < len(s.index) && s.index[i].hash == hash; i++ {
		g, err := s.at(i)
		if err != nil || g.key == k {
			return g, err
		}
	}
	return nil, nil
}

const (
	few       = 16  // members, or files, of a group
	mostLarge = 256 // groups that are kept
)

func (s *groups) at(i int) (*group, error) {
	begin := int64(0)
	if i > 0 {
		begin = s.index[i-1].end
	}
	s.mu.Lock()
	g := s.large[begin]
	s.mu.Unlock()
	if g != nil {
		return g, nil
	}
	record, _, err := s.text.Between(begin, s.index[i].end, nil)
	if err != nil {
		return nil, err
	}
	g = new(group)
	g.fields(spill.NewReader(record))
	if g.count > few {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.large == nil || len(s.large) == mostLarge {
			s.large = map[int64]*group{}
		}
		s.large[begin] = g
	}
	return g, nil
}
