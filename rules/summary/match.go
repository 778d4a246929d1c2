package summary

import (
	"slices"
	"strings"
	"unicode"

	"ziping/sheet/quantity"
)

// identity is what a project is known by, folded for comparing.
type identity struct {
	shown identityText // as written

	year                                int
	name, code, department, implementer string
}

type identityText struct {
	year                                int
	name, code, department, implementer string
}

func (t identityText) identity() identity {
	return identity{t, t.year, folded(t.name), folded(t.code), folded(t.department), folded(t.implementer)}
}

// folded takes out of a name what people do not tell apart: blanks, the width and
// the case of letters, the forms of brackets and quotation marks.
func folded(s string) string {
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
	return a.name == b.name && a.name != "" && a.difference(b) == ""
}

// equal reports whether two projects state the same of all.
func (a *identity) equal(b *identity) bool {
	x, y := *a, *b
	x.shown, y.shown = identityText{}, identityText{}
	return x == y
}

// difference names the first thing besides the name in which both differ.
func (a *identity) difference(b *identity) string {
	differ := func(a, b string) bool { return a != "" && b != "" && a != b }
	switch {
	case a.year != 0 && b.year != 0 && a.year != b.year:
		return "年度"
	case differ(a.department, b.department):
		return "主管部门"
	case differ(a.implementer, b.implementer):
		return "实施单位"
	case differ(a.code, b.code):
		return "项目编码"
	}
	return ""
}

// near says why two projects that are not the same may be meant to be, "" where
// nothing speaks for it.
func (a *identity) near(b *identity) string {
	switch {
	case a.name == "" || b.name == "":
		return ""
	case a.name == b.name && a.difference(b) == "":
		return "名称相同，分不清是几个同名项目中的哪一个"
	case a.name == b.name:
		return "名称相同，" + a.difference(b) + "不同"
	case a.code != "" && a.code == b.code:
		return "项目编码相同，名称不同"
	case oneApart([]rune(a.name), []rune(b.name)):
		return "名称只差一个字"
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

// matches says which listed projects were returned, and which returned ones were
// listed; of the others, who may be whom.
type matches struct {
	returned, listed []bool  // by project: whether it has its counterpart
	ofListed         [][]int // by listed project: the returned ones that are near
	ofReturned       [][]int
}

// mostNear is how many near names are shown for one project.
const mostNear = 3

// match compares the projects that are expected with those that came.
func match(listed, returned []identity) matches {
	m := matches{make([]bool, len(listed)), make([]bool, len(returned)), make([][]int, len(listed)), make([][]int, len(returned))}
	byName := map[string][]int{}
	for l := range listed {
		byName[listed[l].name] = append(byName[listed[l].name], l)
	}
	for r := range returned {
		for _, l := range returned[r].among(listed, byName[returned[r].name]) {
			m.returned[l], m.listed[r] = true, true
		}
	}
	m.near(listed, returned)
	return m
}

// among returns which of some listed projects a returned one is. Where it does not
// say enough to tell which of several, it is none of them.
func (a *identity) among(listed []identity, candidates []int) []int {
	var same, equal []int
	for _, l := range candidates {
		if b := &listed[l]; a.same(b) {
			same = append(same, l)
			if a.equal(b) {
				equal = append(equal, l)
			}
		}
	}
	switch {
	case len(equal) > 0:
		return equal
	case slices.ContainsFunc(same, func(l int) bool { return !listed[l].equal(&listed[same[0]]) }):
		return nil
	}
	return same
}

// near finds near names among those that have no counterpart.
func (m *matches) near(listed, returned []identity) {
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
	for r := range returned {
		if m.listed[r] {
			continue
		}
		m.nearest(listed, returned, r, index)
	}
}

// nearest finds the listed projects that are near a returned one.
func (m *matches) nearest(listed, returned []identity, r int, index map[string][]int) {
	for _, k := range nearKeys(&returned[r]) {
		for _, l := range index[k] {
			if len(m.ofReturned[r]) == mostNear {
				return
			}
			if len(m.ofListed[l]) < mostNear && !slices.Contains(m.ofReturned[r], l) && listed[l].near(&returned[r]) != "" {
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
	keys := []string{p.name}
	if p.code != "" {
		keys = append(keys, "\x00"+p.code)
	}
	runes := []rune(p.name)
	if len(runes) < 2 || len(runes) > longestNear {
		return keys
	}
	for i := range runes {
		keys = append(keys, string(runes[:i])+string(runes[i+1:]))
	}
	return keys
}
