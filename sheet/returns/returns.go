package returns

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Return is a form that came back.
type Return struct {
	Identity
	File      string
	Round     int       // how often its workbook had been sent back when it came, as its marks say
	Untouched bool      // nobody has changed the workbook since it was sent back: it is the copy itself
	Preferred bool      // somebody said that it counts
	Modified  time.Time // when the file was written; zero where that is not known
}

// round is the round of what stands in a form: the copy that nobody has changed says
// what came in the round before.
func (r *Return) round() int {
	if r.Untouched {
		return r.Round - 1
	}
	return r.Round
}

// Standing says whether a form counts.
type Standing int8

// The standings. All but Counts are listed and not summed up.
const (
	Counts    Standing = iota
	Earlier            // a later round of the project is there
	Repeated           // another form of the same round counts: it is newer by its file, or nobody knows
	NotListed          // the list does not have the project
	OtherYear          // the list has it in another year
)

var standingNames = [...]string{"", "前一轮", "重复报送", "名单外", "其他年度"}

// String returns the word for the standing, "" where the form counts.
func (s Standing) String() string { return standingNames[s] }

// Result says of each return and of each listed project what it comes to.
type Result struct {
	Standings []Standing
	Reasons   map[int]string // why a return does not count
	Listed    []int32        // by return: the listed project that it is, -1 for none
	Returned  []bool         // by listed project
	Missing   []string       // by listed project that nobody returned: who may be meant
}

// Certain reports whether a return is one that the marks, or a person, put behind
// another of its project.
func (r *Result) Certain(i int) bool { return r.Standings[i] == Earlier }

// Settle says which returns count. listed are the projects that are expected, nil
// where there is no list. The returns are asked for one by one, and not kept: there may
// be very many.
func Settle(listed []Identity, n int, all func(i int) Return) Result {
	r := Result{make([]Standing, n), map[int]string{}, make([]int32, n), make([]bool, len(listed)), make([]string, len(listed))}
	returned := func(i int) identity { return identity(all(i).Folded()) }
	for i := range r.Listed {
		r.Listed[i] = -1
	}
	if listed != nil {
		r.settleListed(listed, n, all, foldedAll(listed), returned)
	}
	for _, group := range r.groups(all, returned) {
		r.settleGroup(group, all)
	}
	return r
}

// settleListed compares the returns with the list.
func (r *Result) settleListed(listed []Identity, n int, all func(i int) Return, expected []identity, returned func(i int) identity) {
	m := match(expected, n, returned)
	r.Listed, r.Returned = m.listed, m.returned
	byName := index(expected)
	for i := range n {
		if m.listed[i] >= 0 {
			continue
		}
		r.Standings[i], r.Reasons[i] = NotListed, "不在名单中"
		came := returned(i)
		if years := otherYears(&came, expected, byName); len(years) > 0 {
			r.Standings[i], r.Reasons[i] = OtherYear, fmt.Sprintf("名单中的这个项目是 %s 年度", strings.Join(years, "、"))
			continue
		}
		for _, l := range m.ofReturned[i] {
			r.Reasons[i] += fmt.Sprintf("；是否为名单中没有报送的“%s”（%s）？", listed[l].Name, came.near(&expected[l]))
		}
	}
	for l := range listed {
		for _, i := range m.ofListed[l] {
			came := returned(i)
			r.Missing[l] += fmt.Sprintf("；是否为名单以外报送的“%s”（%s）？", all(i).Name, expected[l].near(&came))
		}
	}
}

// otherYears returns the years in which the list has a project, but for its year
// alike.
func otherYears(a *identity, listed []identity, byName map[string][]int) []string {
	var years []string
	for _, l := range byName[a.Name] {
		b := listed[l]
		if b.Year == 0 || a.Year == 0 || a.Name == "" {
			continue
		}
		b.Year = a.Year
		if a.same(&b) {
			years = append(years, fmt.Sprint(listed[l].Year))
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// groups returns the returns of each project of which there are several: those of one
// listed project; without a list, those that may be one.
func (r *Result) groups(all func(i int) Return, returned func(i int) identity) [][]int {
	var groups [][]int
	ofListed := map[int32]int{} // the group of a listed project
	var left []int
	for i := range r.Listed {
		l := r.Listed[i]
		g, known := ofListed[l]
		switch {
		case l >= 0 && known:
			groups[g] = append(groups[g], i)
		case l >= 0:
			ofListed[l] = len(groups)
			groups = append(groups, []int{i})
		case r.Standings[i] == Counts:
			left = append(left, i)
		}
	}
	left = namesakes(left, func(i int) string { return Folded(all(i).Name) })
	groups = append(groups, projects(returned, left)...)
	return slices.DeleteFunc(groups, func(g []int) bool { return len(g) < 2 })
}

// settleGroup says which of the returns of one project counts.
func (r *Result) settleGroup(group []int, all func(i int) Return) {
	best, counts := group[0], all(group[0])
	for _, i := range group[1:] {
		if x := all(i); x.compare(&counts) > 0 {
			best, counts = i, x
		}
	}
	for _, i := range group {
		if i != best {
			x := all(i)
			r.Standings[i], r.Reasons[i] = x.behind(&counts)
		}
	}
}

// compare puts the returns of one project in order, the one that counts last.
func (r *Return) compare(o *Return) int {
	return cmp.Or(
		compareBool(r.Preferred, o.Preferred),
		cmp.Compare(r.round(), o.round()),
		compareBool(!r.Untouched, !o.Untouched),
		r.Modified.Compare(o.Modified),
		cmp.Compare(r.File, o.File),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// behind says why a return does not count where another of its project does.
func (r *Return) behind(o *Return) (Standing, string) {
	switch {
	case o.Preferred && !r.Preferred:
		return Earlier, fmt.Sprintf("指定以 %s 为准", o.File)
	case o.round() > r.round():
		return Earlier, fmt.Sprintf("已有退回 %d 次后重新报送的 %s", o.round(), o.File)
	case r.Untouched && !o.Untouched:
		return Earlier, fmt.Sprintf("这是退回时的批注副本，没有改动过，报送的是 %s", o.File)
	case r.Modified.Equal(o.Modified):
		return Repeated, fmt.Sprintf("同一项目报送了不止一份，看不出先后，取文件名在后的 %s；如应以这一份为准，请另行指定（命令用 --prefer，页面上点“计入”）", o.File)
	}
	return Repeated, fmt.Sprintf("同一项目报送了不止一份，按文件的修改时间取后一份 %s；如应以这一份为准，请另行指定（命令用 --prefer，页面上点“计入”）", o.File)
}
