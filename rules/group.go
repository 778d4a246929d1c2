package rules

import (
	"iter"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// group is what has the same key under the same rule.
type group struct {
	sums
	batch           *Batch
	projects, files numbers
	large           *large // nil while it has few members
}

// sums are what the members of a group come to together.
type sums struct {
	count         int32 // members
	numbers       int32 // members with a number
	shares, asked int32 // members that count for the share, of how many that are known to or not to
	sum, min, max float64
	kinds         kinds
}

// large is what is worked out once of a group that many members ask for.
type large struct {
	projects, files func() []string
	kind            func() int32
}

// few is how many members a group has that is kept, and asked, as a list.
const few = 16

func (g *group) add(m member) {
	g.projects.add(m.project)
	g.files.add(m.file)
	g.sums.add(m)
	if g.count > few && g.large == nil {
		b := g.batch
		g.large = &large{
			projects: sync.OnceValue(func() []string { return g.projects.first(b.projects.list) }),
			files:    sync.OnceValue(func() []string { return g.files.first(b.files.list) }),
			kind:     sync.OnceValue(func() int32 { return g.kinds.most(b.kinds.list) }),
		}
	}
}

func (g *sums) add(m member) {
	g.count++
	if m.kind != noKind {
		g.kinds.add(m.kind)
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

// firstProjects returns the first projects by name, as many as a finding may have to name
// when its own is among them.
func (g *group) firstProjects() []string {
	if g.large != nil {
		return g.large.projects()
	}
	return g.projects.first(g.batch.projects.list)
}

// firstFiles is firstProjects for the files.
func (g *group) firstFiles() []string {
	if g.large != nil {
		return g.large.files()
	}
	return g.files.first(g.batch.files.list)
}

// mostKind returns the kind that has the most members, of several the first by name;
// noKind where there are none.
func (g *group) mostKind() int32 {
	if g.large != nil {
		return g.large.kind()
	}
	return g.kinds.most(g.batch.kinds.list)
}

// numbers is a set of numbers of names.
type numbers struct {
	few  []int32
	many *roaring.Bitmap // all of them, where they are not few
}

func (s *numbers) add(n int32) {
	switch {
	case s.many != nil:
		s.many.Add(uint32(n))
	case slices.Contains(s.few, n):
	case len(s.few) < few:
		s.few = append(s.few, n)
	default:
		many := roaring.BitmapOf(uint32(n))
		for _, x := range s.few {
			many.Add(uint32(x))
		}
		s.few, s.many = nil, many
	}
}

func (s *numbers) len() int {
	if s.many != nil {
		return int(s.many.GetCardinality())
	}
	return len(s.few)
}

func (s *numbers) all() iter.Seq[int32] {
	if s.many == nil {
		return slices.Values(s.few)
	}
	return func(yield func(int32) bool) {
		s.many.Iterate(func(n uint32) bool { return yield(int32(n)) })
	}
}

// mostOthers is how many other projects, or files, a finding names.
const mostOthers = 5

// first returns the first of the names by their order, one more than a finding names.
func (s *numbers) first(names []string) []string {
	list := make([]string, 0, s.len())
	for n := range s.all() {
		list = append(list, names[n])
	}
	slices.Sort(list)
	return slices.Clone(list[:min(mostOthers+1, len(list))])
}

// kinds counts the members of each kind.
type kinds struct {
	few  []ofKind
	many map[int32]int32 // of all of them, where they are not few
}

type ofKind struct{ kind, members int32 }

func (k *kinds) add(kind int32) {
	if k.many != nil {
		k.many[kind]++
		return
	}
	i := slices.IndexFunc(k.few, func(o ofKind) bool { return o.kind == kind })
	switch {
	case i >= 0:
		k.few[i].members++
	case len(k.few) < few:
		k.few = append(k.few, ofKind{kind, 1})
	default:
		many := maps.Collect(k.all())
		many[kind]++
		k.few, k.many = nil, many
	}
}

func (k *kinds) len() int { return len(k.few) + len(k.many) }

// all yields the kinds with their members.
func (k *kinds) all() iter.Seq2[int32, int32] {
	if k.many != nil {
		return maps.All(k.many)
	}
	return func(yield func(int32, int32) bool) {
		for _, o := range k.few {
			if !yield(o.kind, o.members) {
				return
			}
		}
	}
}

func (k *kinds) count(kind int32) int {
	for _, o := range k.few {
		if o.kind == kind {
			return int(o.members)
		}
	}
	return int(k.many[kind])
}

// most returns the kind with the most members, see group.mostKind.
func (k *kinds) most(names []string) int32 {
	most, members := int32(noKind), int32(0)
	for kind, n := range k.all() {
		if n > members || n == members && names[kind] < names[most] {
			most, members = kind, n
		}
	}
	return most
}
