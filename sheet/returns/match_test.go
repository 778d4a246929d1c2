package returns

import (
	"fmt"
	"slices"
	"testing"
)

func TestFolded(t *testing.T) {
	for _, same := range [][]string{
		{"某项目（二期）", "某项目(二期)", " 某项目 （二期） ", "某项目\n（二期)"},
		{"Ａ区１号", "a区1号"},
		{"“智慧”工程", "\"智慧\"工程", "「智慧」工程"},
		{"〔2021〕号", "[2021]号", "【2021】号"},
	} {
		for _, s := range same[1:] {
			if Folded(s) != Folded(same[0]) {
				t.Errorf("%q and %q differ: %q, %q", s, same[0], Folded(s), Folded(same[0]))
			}
		}
	}
	if Folded("一期") == Folded("二期") {
		t.Error("一期 and 二期 are the same")
	}
}

func TestOneApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"道路维护", "道路维修", true}, {"道路维护", "道路维护费", true}, {"道路维护费", "道路护费", true}, {"道路维护", "道维路护", true},
		{"道路维护", "道路", false}, {"道路维护", "护道路维", false}, {"道路维护", "桥梁维修", false}, {"甲", "乙", true},
	} {
		if got := oneApart([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%s, %s: %t", c.a, c.b, got)
		}
		if got := oneApart([]rune(c.b), []rune(c.a)); got != c.want {
			t.Errorf("%s, %s: %t", c.b, c.a, got)
		}
	}
}

func TestMatch(t *testing.T) {
	id := func(year int, name, department, implementer, code string) identity {
		return identity(Identity{year, name, code, department, implementer}.Folded())
	}
	listed := []identity{
		id(2021, "道路维护", "交通局", "", ""),
		id(2021, "学校食堂", "教育局", "一中", ""),
		id(2021, "学校食堂", "教育局", "二中", ""),
		id(0, "图书购置", "", "", "A1"),
		id(2021, "绿化", "园林局", "", "B7"),
		id(2021, "", "园林局", "", ""),
	}
	returned := []identity{
		id(2021, "道路 维护", "交通局", "养护处", ""), // the list does not say who
		id(2021, "学校食堂", "教育局", "一中", ""),
		id(2020, "道路维护", "交通局", "", ""),     // another year
		id(2021, "图书购量", "文化局", "", ""),     // one character
		id(2021, "全市绿化提升", "园林局", "", "B7"), // the same code
		id(2021, "", "园林局", "", ""),
	}
	m := match(listed, len(returned), at(returned))
	if want := []bool{true, true, false, false, false, false}; !slices.Equal(m.returned, want) {
		t.Errorf("returned: %v", m.returned)
	}
	if want := []int32{0, 1, -1, -1, -1, -1}; !slices.Equal(m.listed, want) {
		t.Errorf("listed: %v", m.listed)
	}
	if got := fmt.Sprint(m.ofListed); got != "map[3:[3] 4:[4]]" {
		t.Errorf("near the listed: %s", got)
	}
	if got := fmt.Sprint(m.ofReturned); got != "map[3:[3] 4:[4]]" {
		t.Errorf("near the returned: %s", got)
	}
	// Which of three offices it is, the one that came does not say; then one that does.
	offices := []identity{id(2021, "办公经费", "甲局", "", ""), id(2021, "办公经费", "乙局", "", ""), id(2021, "办公经费", "丙局", "", "")}
	m = match(offices, 2, at([]identity{id(2021, "办公经费", "", "", ""), id(2021, "办公经费", "乙局", "", "")}))
	if got := fmt.Sprint(m.returned, m.listed, m.ofReturned); got != "[false true false] [-1 1] map[0:[0 2]]" {
		t.Errorf("of several offices: %s", got)
	}
	if got, want := offices[0].near(&identity{Name: "办公经费"}), "名称相同，分不清是几个同名项目中的哪一个"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, c := range []struct {
		l, r int
		want string
	}{{0, 2, "名称相同，年度不同"}, {2, 1, "名称相同，实施单位不同"}, {3, 3, "名称只差一个字"}, {4, 4, "项目编码相同，名称不同"}, {0, 1, ""}} {
		if got := listed[c.l].near(&returned[c.r]); got != c.want {
			t.Errorf("%s and %s: %q, want %q", listed[c.l].Name, returned[c.r].Name, got, c.want)
		}
	}
}

// Ten thousand names that are all missing and ten thousand others are compared
// without waiting.
func BenchmarkMatch(b *testing.B) {
	var listed, returned []identity
	for i := range 10000 {
		listed = append(listed, identity(Identity{Name: fmt.Sprintf("项目%05d的维护经费", i)}.Folded()))
		returned = append(returned, identity(Identity{Name: fmt.Sprintf("项目%05d改造和维修经费", i)}.Folded()))
	}
	for b.Loop() {
		match(listed, len(returned), at(returned))
	}
}

func at(list []identity) func(i int) identity { return func(i int) identity { return list[i] } }
