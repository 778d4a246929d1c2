package campaign

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// text is all that is written of a campaign, but for the workbooks' shape.
func text(t *testing.T, o Options) (string, []Fault) {
	t.Helper()
	c := newCampaign(o)
	var b strings.Builder
	files := map[string]bool{}
	for range o.Projects {
		p := c.next()
		for _, name := range p.returned {
			if files[name] {
				t.Fatalf("%s is there twice", name)
			}
			files[name] = true
			b.WriteString(name + "\n")
		}
		for _, part := range []interface{ MarshalTOML() ([]byte, error) }{p.issued, p.completed} {
			toml, err := part.MarshalTOML()
			if err != nil {
				t.Fatal(err)
			}
			b.Write(toml)
		}
	}
	return b.String(), c.faults
}

// A seed makes one campaign, and another seed another.
func TestSeed(t *testing.T) {
	o := Options{Projects: 300, Seed: 1, Faulty: 0.25}
	a, faults := text(t, o)
	b, again := text(t, o)
	if a != b || !cmp.Equal(faults, again) {
		t.Error("the same seed makes another campaign")
	}
	o.Seed = 2
	if c, _ := text(t, o); c == a {
		t.Error("another seed makes the same campaign")
	}
	o.Faulty = 0
	if _, faults := text(t, o); faults != nil {
		t.Errorf("a campaign without faults has %d", len(faults))
	}
}

// However many projects there are, each has a name and explanations of its own.
func TestNamesForAll(t *testing.T) {
	c := newCampaign(Options{Seed: 1})
	for range 50000 {
		new(madeForm{rand: c.rand, taken: &c.taken}).head()
	}
	if n := len(c.taken.projects); n != 50000 {
		t.Errorf("%d names", n)
	}
	r := newForm(c.rand, &c.taken).rows[0]
	known := len(c.taken.explanations)
	for range 3000 {
		r.form.unique(r, []string{"{m}月起参与单位退出{k}家"})
	}
	if n := len(c.taken.explanations) - known; n != 3000 {
		t.Errorf("%d explanations", n)
	}
}
