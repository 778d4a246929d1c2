package review

import (
	"path/filepath"
	"testing"

	"ziping/rules"
	"ziping/rules/report"
)

// Whatever stands in a part, it is refused with a reason, or the summary of it can
// be written.
func FuzzPart(f *testing.F) {
	set, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "examples", "returned", "*.xlsx"))
	if err != nil {
		f.Fatal(err)
	}
	k := New(Options{Rules: set, Forms: true})
	for _, file := range files {
		f.Add(k.check(f.Context(), file).line)
	}
	f.Add([]byte(`{"file":"a","tables":[],"error":"b"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		k := New(Options{Rules: set})
		defer k.Close()
		part, err := k.parsePart(line)
		if err != nil {
			return
		}
		if err := k.add(pack(part)); err != nil {
			t.Fatal(err)
		}
		all, err := k.file(0)
		if err != nil {
			t.Fatal(err)
		}
		w, err := report.NewWorkbook(report.WorkbookOptions{Rules: set.Rules()})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		if err := w.Add(all); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Bytes(); err != nil {
			t.Fatal(err)
		}
	})
}
