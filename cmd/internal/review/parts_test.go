package review

import (
	"io"
	"path/filepath"
	"strings"
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
		k.parts = parts{[]string{"a.jsonl"}, []partLine{{0, 0, 1}}}
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
		if err := k.settle(); err != nil {
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

// A line of which only a part of its form is damaged is named when it is summed up.
func TestDamagedForm(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	whole := `{"file":"a.xlsx","tables":[{"项目名称":"甲","sheet":"表","总分":null,"findings":[],"table":{"项目名称":"甲"},"compared":{"project":"甲","department":""}}],"error":null}`
	damaged := strings.NewReplacer("a.xlsx", "b.xlsx", `"table":{`, `"table":{"绩效指标":[{"得分":"甲"}],`).Replace(whole)
	k := New(Options{Rules: set, Forms: true})
	defer k.Close()
	lines := whole + "\n" + damaged + "\n" + `{"summary":{"files":2}}` + "\n"
	if err := k.RunParts(t.Context(), []string{"-"}, strings.NewReader(lines)); err != nil {
		t.Fatal(err)
	}
	_, err = k.Collect(t.Context(), Summing{}, io.Discard)
	if err == nil || !strings.HasPrefix(err.Error(), "-:2: 这一行已损坏") {
		t.Errorf("%v", err)
	}
}
