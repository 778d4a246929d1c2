package review

import (
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ziping/rules/report"
	"ziping/sheet/returns"
)

// Heads come back with all their fields, and forms with those of their workbooks.
func TestHeads(t *testing.T) {
	road := returns.Identity{Year: 2025, Name: "道路养护", Code: "12", Department: "交通局", Implementer: "养护中心"}
	green := returns.Identity{Name: "绿化"}
	modified := time.Date(2026, 3, 1, 8, 0, 0, 120e6, time.FixedZone("", 8*60*60))
	want := []head{
		{name: "a.xlsx"},
		{name: "b.xlsx", back: report.Return{Round: 2, Sent: "2026-03-01", Untouched: true, Modified: modified}, preferred: true, identities: []returns.Identity{road, green}},
		{name: "c.xlsx"},
		{name: "d.xlsx", identities: []returns.Identity{green}},
	}
	var s heads
	defer s.spool.Close()
	for _, h := range want {
		if err := s.add(h); err != nil {
			t.Fatal(err)
		}
	}
	for i, w := range want {
		h := s.of(i)
		if h.name != w.name || h.preferred != w.preferred || !cmp.Equal(h.back, w.back) || len(h.identities) != len(w.identities) {
			t.Errorf("%+v, want %+v", h, w)
		}
	}
	for i, w := range []returns.Return{
		{Identity: road, File: "b.xlsx", Round: 2, Untouched: true, Modified: modified, Preferred: true},
		{Identity: green, File: "b.xlsx", Round: 2, Untouched: true, Modified: modified, Preferred: true},
		{Identity: green, File: "d.xlsx"},
	} {
		if r, _ := s.form(i); !cmp.Equal(r, w) || s.err != nil {
			t.Errorf("%d: %+v, want %+v (%v)", i, r, w, s.err)
		}
	}
}

// Of every record it is known where its line stands.
func TestWhereLinesStand(t *testing.T) {
	p := parts{names: []string{"a", "b"}}
	want := []string{"a:1: EOF", "a:2: EOF", "a:4: EOF", "b:5: EOF", "b:6: EOF"} // at a:3 is an end
	for _, at := range []partLine{{0, 0, 1}, {1, 0, 2}, {2, 0, 4}, {3, 1, 5}, {4, 1, 6}} {
		p.add(at)
	}
	for i, w := range want {
		if got := p.wrong(i, io.EOF).Error(); got != w {
			t.Errorf("%q, want %q", got, w)
		}
	}
	if len(p.at) != 3 {
		t.Errorf("%v", p.at)
	}
}
