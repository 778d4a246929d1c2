package template

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/read"
	"ziping/template/formtest"
)

// changed returns a workbook with one cell of the form changed.
func changed(t *testing.T, d *Drawer, b []byte, ref string, change func(f *excelize.File, name string) error) []byte {
	t.Helper()
	f := open(t, b)
	if err := change(f, d.layout.Sheet); err != nil {
		t.Fatal(ref, err)
	}
	w, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

// mutation is a change of one cell that is to be noticed.
type mutation struct {
	kind   sheet.NoticeKind // "" where Cell.Derived tells
	change func(f *excelize.File, name string) error
}

func mutate(r *rand.Rand, b *box) mutation {
	ref := b.ref()
	set := func(v any) func(*excelize.File, string) error {
		return func(f *excelize.File, name string) error { return f.SetCellValue(name, ref, v) }
	}
	if b.kind == derived {
		if r.IntN(2) == 0 {
			return mutation{"", set(1)}
		}
		return mutation{sheet.NoticeFormula, func(f *excelize.File, name string) error { return f.SetCellFormula(name, ref, b.expr+"+0") }}
	}
	kind := sheet.NoticeLocked
	switch b.field {
	case "项目名称":
		kind = sheet.NoticeProject
	case "年度":
		kind = sheet.NoticeYear
	}
	if r.IntN(4) == 0 {
		return mutation{sheet.NoticeLocked, set("")}
	}
	if v, ok := b.value.(float64); ok {
		return mutation{kind, set(v + 1)}
	}
	return mutation{kind, set(b.value.(string) + "改")}
}

// In what ziping draws and fills nothing is noticed. Whatever single cell of it
// is changed then, that and nothing else is.
func TestSingleChange(t *testing.T) {
	n := 12
	if testing.Short() {
		n = 4
	}
	for _, layout := range Names() {
		d := drawer(t, layout, "")
		for seed := range n {
			r := rand.New(rand.NewPCG(uint64(seed), 5))
			data := formtest.Completed(r, layout)
			known := formtest.Issued(r, data)
			if seed%3 == 0 {
				known = &sheet.Table{MoneyUnit: data.MoneyUnit}
			}
			name := fmt.Sprintf("%s seed %d", layout, seed)
			blank, filled := drawFilled(t, d, name, known, data)
			for _, b := range [][]byte{blank, filled} {
				if found, err := read.Forms(b); err != nil || len(found[0].Table.Notices) > 0 {
					t.Fatalf("%s: %+v, %v", name, found[0].Table.Notices, err)
				}
			}
			p, err := newPlan(d.layout, known)
			if err != nil {
				t.Fatal(err)
			}
			for range 8 {
				b := p.boxes[r.IntN(len(p.boxes))]
				if b.kind == input || b.kind != derived && (b.value == nil || b.value == "") {
					continue
				}
				m := mutate(r, b)
				found, err := read.Forms(changed(t, d, filled, b.ref(), m.change))
				if errors.Is(err, read.ErrNoForm) && b.kind == label {
					continue
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				checkNotice(t, fmt.Sprintf("%s, %s %q", name, b.ref(), b.value), found[0].Table, b, m.kind)
			}
		}
	}
}

// checkNotice wants one notice, of the box, or the word that its formula is gone.
func checkNotice(t *testing.T, name string, table *sheet.Table, b *box, kind sheet.NoticeKind) {
	t.Helper()
	if kind == "" {
		for _, v := range table.All() {
			if at := v.At(); at.Ref == b.ref() && at.Derived && at.Formula == "" && !slices.ContainsFunc(table.Notices, func(n sheet.Notice) bool { return n.Kind != sheet.NoticeOutdated }) {
				return
			}
		}
		t.Errorf("%s: the formula is not missed, %+v", name, table.Notices)
		return
	}
	table.Notices = slices.DeleteFunc(table.Notices, func(n sheet.Notice) bool {
		return n.Kind == sheet.NoticeColumn || n.Kind == sheet.NoticeOutdated // a label that is none any more; a change from which a formula follows
	})
	if len(table.Notices) != 1 || table.Notices[0].Kind != kind || table.Notices[0].Cell != b.ref() {
		t.Errorf("%s: %+v, want %s", name, table.Notices, kind)
	}
}
