package returns

import (
	"slices"
	"strings"
	"unicode"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Identity is what a project is known by, as it is written. What is not written is
// empty.
type Identity struct {
	Year                                int
	Name, Code, Department, Implementer string
}

// Of returns what the project of a form, or of a list, is known by.
func Of(t *sheet.Table) Identity {
	return Identity{
		int(t.Year.Value), strings.Clone(t.Project.Value), strings.Clone(t.Code.Value), strings.Clone(t.Department.Value), strings.Clone(t.Implementer.Value),
	}
}

// Folded is the identity without what people do not tell apart in names.
func (x Identity) Folded() Identity {
	return Identity{x.Year, Folded(x.Name), Folded(x.Code), Folded(x.Department), Folded(x.Implementer)}
}

// Resembles reports whether two folded identities are of one project, though one of them
// may lack something, or have had a wrong year or code. Where neither has a name, they
// are of one unit: files of one name are then of one project.
func (x Identity) Resembles(o Identity) bool {
	same := func(a, b string) bool { return a == b || a == "" || b == "" }
	if x.Name == "" && (x.Department == "" || x.Implementer == "" || x.Department != o.Department || x.Implementer != o.Implementer) {
		return false
	}
	return x.Name == o.Name && same(x.Department, o.Department) && same(x.Implementer, o.Implementer)
}

// identity is an Identity, folded for comparing.
type identity Identity

func foldedAll(list []Identity) []identity {
	all := make([]identity, len(list))
	for i, x := range list {
		all[i] = identity(x.Folded())
	}
	return all
}

// Folded takes out of a name what people do not tell apart: blanks, the width and
// the case of letters, the forms of brackets and quotation marks.
func Folded(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case strings.ContainsRune("“”‘’「」『』'", r):
			return '"'
		case r == '〔' || r == '［' || r == '【':
			return '['
		case r == '〕' || r == '］' || r == '】':
			return ']'
		}
		return unicode.ToLower(r)
	}, quantity.Normalize(s))
}

// same reports whether two projects are one: they have the same name, and what
// else both state is the same.
func (a *identity) same(b *identity) bool {
	return a.Name == b.Name && a.Name != "" && a.difference(b) == ""
}

// difference names the first thing besides the name in which both differ.
func (a *identity) difference(b *identity) string {
	differ := func(a, b string) bool { return a != "" && b != "" && a != b }
	switch {
	case a.Year != 0 && b.Year != 0 && a.Year != b.Year:
		return sheet.LabelYear
	case differ(a.Department, b.Department):
		return sheet.LabelDepartment
	case differ(a.Implementer, b.Implementer):
		return sheet.LabelImplementer
	case differ(a.Code, b.Code):
		return sheet.LabelCode
	}
	return ""
}

// near says why two projects that are not the same may be meant to be, "" where
// nothing speaks for it.
func (a *identity) near(b *identity) string {
	switch {
	case a.Name == "" || b.Name == "":
		return ""
	case a.Name == b.Name && a.difference(b) == "":
		return "名称相同，分不清是几个同名项目中的哪一个"
	case a.Name == b.Name:
		return "名称相同，" + a.difference(b) + "不同"
	case a.Code != "" && a.Code == b.Code:
		return "项目编码相同，名称不同"
	case oneApart([]rune(a.Name), []rune(b.Name)):
		return "名称只差一个字"
	case core(a.Name) == core(b.Name):
		return "名称只差末尾几个字"
	}
	return ""
}

// oneApart reports whether one character too many, too few, another, or two that
// changed places, is all that tells two names apart.
func oneApart(a, b []rune) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	swapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return len(a) <= 1 && len(b) <= 1 || swapped
}

// matches says which listed projects the returned ones are; of the others, who may be
// whom.
type matches struct {
	listed     []int32       // by returned project: the listed one, -1 for none
	returned   []bool        // by listed project: whether it has its counterpart
	ofListed   map[int][]int // by listed project: the returned ones that are near
	ofReturned map[int][]int
}

// mostNear is how many near names are shown for one project.
const mostNear = 3

// match compares the projects that are expected with the n that came.
func match(listed []identity, n int, returned func(i int) identity) matches {
	m := matches{make([]int32, n), make([]bool, len(listed)), map[int][]int{}, map[int][]int{}}
	byName := index(listed)
	for r := range n {
		m.listed[r] = -1
		came := returned(r)
		for _, l := range came.among(listed, byName[came.Name]) {
			m.listed[r], m.returned[l] = int32(l), true
		}
	}
	m.near(listed, returned)
	return m
}

// index returns projects by their names.
func index(list []identity) map[string][]int {
	byName := map[string][]int{}
	for i := range list {
		byName[list[i].Name] = append(byName[list[i].Name], i)
	}
	return byName
}

// among returns which of some listed projects a returned one is. Where it does not
// say enough to tell which of several, it is none of them.
func (a *identity) among(listed []identity, candidates []int) []int {
	var same, equal []int
	for _, l := range candidates {
		if b := &listed[l]; a.same(b) {
			same = append(same, l)
			if *a == *b {
				equal = append(equal, l)
			}
		}
	}
	switch {
	case len(equal) > 0:
		return equal
	case slices.ContainsFunc(same, func(l int) bool { return listed[l] != listed[same[0]] }):
		return nil
	}
	return same
}

// near finds near names among those that have no counterpart.
func (m *matches) near(listed []identity, returned func(i int) identity) {
	index := map[string][]int{}
	for l := range listed {
		if !m.returned[l] {
			for _, k := range nearKeys(&listed[l]) {
				index[k] = append(index[k], l)
			}
		}
	}
	if len(index) == 0 {
		return
	}
	for r := range m.listed {
		if m.listed[r] < 0 {
			m.nearest(listed, returned(r), r, index)
		}
	}
}

// nearest finds the listed projects that are near a returned one.
func (m *matches) nearest(listed []identity, came identity, r int, index map[string][]int) {
	for _, k := range nearKeys(&came) {
		for _, l := range index[k] {
			if len(m.ofReturned[r]) == mostNear {
				return
			}
			if len(m.ofListed[l]) < mostNear && !slices.Contains(m.ofReturned[r], l) && listed[l].near(&came) != "" {
				m.ofReturned[r], m.ofListed[l] = append(m.ofReturned[r], l), append(m.ofListed[l], r)
			}
		}
	}
}

// longestNear is the longest name of which near ones are looked for.
const longestNear = 100

// nearKeys returns texts of which two projects that are near have one in common:
// two names with one character of difference are the same without it.
func nearKeys(p *identity) []string {
	keys := []string{p.Name, "\x01" + core(p.Name)}
	if p.Code != "" {
		keys = append(keys, "\x00"+p.Code)
	}
	runes := []rune(p.Name)
	if len(runes) < 2 || len(runes) > longestNear {
		return keys
	}
	for i := range runes {
		keys = append(keys, string(runes[:i])+string(runes[i+1:]))
	}
	return keys
}

// List finds projects among those that are expected. It may be used from several
// goroutines.
type List struct {
	folded []identity
	byName map[string][]int
}

// NewList returns the list of some projects.
func NewList(names []Identity) *List {
	folded := foldedAll(names)
	return &List{folded, index(folded)}
}

// Index returns which of the projects one is, -1 where it is none, or does not say
// enough to tell which of several.
func (l *List) Index(x Identity) int {
	a := identity(x.Folded())
	if found := a.among(l.folded, l.byName[a.Name]); len(found) > 0 && a.Name != "" {
		return found[0]
	}
	return -1
}
