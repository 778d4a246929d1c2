package spill

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type record struct {
	Texts  []string
	Number int
	Amount float64
	Truths [2]bool
}

func (r *record) fields(v Visitor) {
	List(v, &r.Texts, v.Text)
	v.Number(&r.Number)
	v.Amount(&r.Amount)
	for i := range r.Truths {
		v.Truth(&r.Truths[i])
	}
}

// Fields come back as they were written.
func TestFields(t *testing.T) {
	for _, want := range []record{
		{Texts: []string{}}, {[]string{"", "甲\x00乙", "丙"}, -1 << 40, math.Inf(-1), [2]bool{true, false}},
	} {
		var w Writer
		want.fields(&w)
		got := record{Texts: []string{"to be forgotten"}}
		got.fields(NewReader(w.Record))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
