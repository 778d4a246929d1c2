package returns

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func day(d int) time.Time { return time.Date(2026, 3, d, 8, 0, 0, 0, time.UTC) }

func settle(listed []Identity, all []Return) Result {
	return Settle(listed, len(all), func(i int) Return { return all[i] })
}

func TestSettle(t *testing.T) {
	road := Identity{2025, "道路养护", "", "交通局", "养护中心"}
	without := func(change func(*Identity)) Identity {
		x := road
		change(&x)
		return x
	}
	listed := []Identity{road, {2025, "绿化", "", "园林局", ""}}
	for _, tt := range []struct {
		name   string
		listed []Identity
		all    []Return
		want   string // a standing of each, "-" where it counts; then the number of the project in the list
	}{
		{"each once", listed, []Return{{Identity: road, File: "a"}, {Identity: listed[1], File: "b"}}, "-0 -1"},
		{"the mark of a round", listed, []Return{{Identity: road, File: "b"}, {Identity: road, File: "a", Round: 1}}, "前一轮0 -0"},
		{"the mark against the time", listed, []Return{{Identity: road, File: "b", Modified: day(9)}, {Identity: road, File: "a", Round: 1, Modified: day(3)}}, "前一轮0 -0"},
		{"a third round", nil, []Return{{Identity: road, File: "a", Round: 1}, {Identity: road, File: "b", Round: 2}, {Identity: road, File: "c"}}, "前一轮-1 --1 前一轮-1"},
		{"the copy that was sent back", listed, []Return{{Identity: road, File: "a"}, {Identity: road, File: "b", Round: 1, Untouched: true, Modified: day(9)}}, "-0 前一轮0"},
		{"the copy that was sent back, and a form without marks", listed, []Return{
			{Identity: road, File: "a", Modified: day(1)}, {Identity: road, File: "b", Round: 1, Untouched: true, Modified: day(2)}, {Identity: road, File: "c", Modified: day(5)},
		}, "重复报送0 前一轮0 -0"},
		{"the time of the file", nil, []Return{{Identity: road, File: "b", Modified: day(2)}, {Identity: road, File: "a", Modified: day(3)}}, "重复报送-1 --1"},
		{"nothing to tell them by", nil, []Return{{Identity: road, File: "b"}, {Identity: road, File: "a"}}, "--1 重复报送-1"},
		{"as somebody says", listed, []Return{{Identity: road, File: "b", Preferred: true}, {Identity: road, File: "a", Round: 1}}, "-0 前一轮0"},
		{"a year that is left out", nil, []Return{{Identity: road, File: "a"}, {Identity: without(func(x *Identity) { x.Year = 0 }), File: "b", Round: 1}}, "前一轮-1 --1"},
		{"an implementer that is left out", nil, []Return{{Identity: road, File: "a"}, {Identity: without(func(x *Identity) { x.Implementer = "" }), File: "b", Round: 1}}, "前一轮-1 --1"},
		{"of two offices", nil, []Return{
			{Identity: road, File: "a"}, {Identity: without(func(x *Identity) { x.Implementer = "二中心" }), File: "b"}, {Identity: without(func(x *Identity) { x.Implementer = "" }), File: "c"},
		}, "--1 --1 --1"},
		{"nothing but the name", nil, []Return{{Identity: road, File: "a"}, {Identity: Identity{Name: "道路养护"}, File: "b"}}, "--1 --1"},
		{"no name", nil, []Return{{File: "a"}, {File: "b"}}, "--1 --1"},
		{"last year's", listed, []Return{{Identity: road, File: "a"}, {Identity: without(func(x *Identity) { x.Year = 2024 }), File: "b"}}, "-0 其他年度-1"},
		{"off the list", listed, []Return{{Identity: Identity{2025, "绿化经费", "", "园林局", ""}, File: "a"}, {Identity: Identity{2025, "路灯", "", "城管局", ""}, File: "b"}}, "名单外-1 名单外-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := settle(tt.listed, tt.all)
			var got []string
			for i := range tt.all {
				s := r.Standings[i].String()
				if s == "" {
					s = "-"
				}
				if (r.Reasons[i] == "") != (r.Standings[i] == Counts) {
					t.Errorf("%s: %q", s, r.Reasons[i])
				}
				n := "-1"
				if r.Listed[i] >= 0 {
					n = string(rune('0' + r.Listed[i]))
				}
				got = append(got, s+n)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Of each project one counts, in whatever order they came.
func TestSettleOrder(t *testing.T) {
	road := Identity{2025, "道路养护", "", "交通局", "养护中心"}
	all := []Return{{Identity: road, File: "a"}, {Identity: road, File: "b", Round: 2, Modified: day(1)}, {Identity: road, File: "c", Round: 2, Modified: day(2)}, {Identity: road, File: "d", Round: 1}}
	for shift := range all {
		turned := append(append([]Return{}, all[shift:]...), all[:shift]...)
		r := settle(nil, turned)
		for i, x := range turned {
			if (r.Standings[i] == Counts) != (x.File == "c") {
				t.Errorf("from %d: %s is %v", shift, x.File, r.Standings[i])
			}
		}
	}
}

func TestMissing(t *testing.T) {
	listed := []Identity{{2025, "城市绿化", "", "园林局", ""}}
	r := settle(listed, []Return{{Identity: Identity{2025, "城市绿化项目经费", "", "园林局", ""}, File: "a"}})
	want := "；是否为名单以外报送的“城市绿化项目经费”（名称只差末尾几个字）？"
	if r.Missing[0] != want || r.Returned[0] {
		t.Errorf("%q, want %q", r.Missing[0], want)
	}
	if want := "不在名单中；是否为名单中没有报送的“城市绿化”（名称只差末尾几个字）？"; r.Reasons[0] != want {
		t.Errorf("%q, want %q", r.Reasons[0], want)
	}
}
