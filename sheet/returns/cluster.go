package returns

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// mostAlike is how many unlike statements of one name are compared with one another.
const mostAlike = 200

// cluster is returns of what may be one project.
type cluster struct {
	identity // what they state together
	members  []int
}

// projects puts those returns together that may be of one project: they have one
// name, at least one of them says of whom, and nothing that two state differs. One
// that may be of several projects is of none of them.
func projects(returned func(i int) identity, which []int) [][]int {
	type bucket struct {
		alike map[identity]int
		list  []cluster
	}
	byName := map[string]*bucket{}
	var order []*bucket
	for _, i := range which {
		x := returned(i)
		b := byName[x.Name]
		if b == nil {
			b = &bucket{alike: map[identity]int{}}
			byName[x.Name] = b
			order = append(order, b)
		}
		c, ok := b.alike[x]
		if !ok {
			c = len(b.list)
			b.alike[x] = c
			b.list = append(b.list, cluster{identity: x})
		}
		b.list[c].members = append(b.list[c].members, i)
	}
	var groups [][]int
	for _, b := range order {
		for _, c := range joined(b.list) {
			slices.Sort(c.members)
			groups = append(groups, c.members)
		}
	}
	return groups
}

// namesakes returns those of some returns whose name others have too: nearly all have one
// of their own, and of these nothing is kept but a number.
func namesakes(which []int, name func(i int) string) (list []int) {
	seed := maphash.MakeSeed()
	names := make([]uint64, len(which))
	for n, i := range which {
		if folded := name(i); folded != "" {
			names[n] = maphash.String(seed, folded)
		}
	}
	sorted := slices.Sorted(slices.Values(names))
	for n, i := range which {
		first, _ := slices.BinarySearch(sorted, names[n])
		if names[n] != 0 && first+1 < len(sorted) && sorted[first+1] == names[n] {
			list = append(list, i)
		}
	}
	return list
}

// joined puts a cluster that states less into the only one that states more of the same
// project: 甲项目 (乙局) into 甲项目 (乙局, 编码 12).
func joined(list []cluster) []cluster {
	if len(list) > mostAlike {
		return list
	}
	slices.SortFunc(list, func(a, b cluster) int { // whatever the order in which they came
		return cmp.Or(cmp.Compare(b.stated(), a.stated()), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Department, b.Department), cmp.Compare(a.Implementer, b.Implementer))
	})
	var all []cluster
	for _, c := range list {
		var fit []int
		for i := range all {
			if all[i].same(&c.identity) && all[i].shares(&c.identity) {
				fit = append(fit, i)
			}
		}
		if len(fit) != 1 {
			all = append(all, c)
			continue
		}
		into := &all[fit[0]]
		into.identity = into.with(&c.identity)
		into.members = append(into.members, c.members...)
	}
	return all
}

// stated returns how much is stated of a project besides its name.
func (a *identity) stated() int {
	n := 0
	for _, stated := range []bool{a.Year != 0, a.Code != "", a.Department != "", a.Implementer != ""} {
		if stated {
			n++
		}
	}
	return n
}

// shares reports whether two projects state the same of whose they are.
func (a *identity) shares(b *identity) bool {
	return a.Implementer != "" && a.Implementer == b.Implementer || a.Department != "" && a.Department == b.Department || a.Code != "" && a.Code == b.Code
}

// with is what two state together.
func (a *identity) with(b *identity) identity {
	return identity{
		cmp.Or(a.Year, b.Year), a.Name, cmp.Or(a.Code, b.Code), cmp.Or(a.Department, b.Department), cmp.Or(a.Implementer, b.Implementer),
	}
}
