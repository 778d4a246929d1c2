package review

import (
	"io"
	"path/filepath"
	"testing"

	"ziping/cmd/internal/files"
	"ziping/rules"
	"ziping/rules/summary"
)

// Whatever stands in a part, it is refused with a reason, or the summary of it can
// be written.
func FuzzPart(f *testing.F) {
	set, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	k := New(Options{Rules: set, Forms: true})
	for _, found := range files.Find([]string{filepath.Join("..", "..", "..", "examples", "returned")}, files.Workbooks...).Files {
		f.Add(k.check(f.Context(), found).line)
	}
	f.Add([]byte(`{"file":"a","tables":[],"error":"b"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		k := New(Options{Rules: set})
		defer k.Close()
		k.parts = parts{[]string{"a.jsonl"}, []partLine{{0, 1}}}
		if err := k.spool.Add(line); err != nil {
			t.Fatal(err)
		}
		part := k.partOf(0)
		if part.err != nil {
			return
		}
		if err := k.add(part); err != nil {
			t.Fatal(err)
		}
		if err := k.settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, err := k.file(0)
		if err != nil { // in a part of the form
			return
		}
		w := summary.New(summary.Options{Rules: set.Rules()})
		defer w.Close()
		if err := w.Add(all); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(io.Discard); err != nil {
			t.Fatal(err)
		}
	})
}
