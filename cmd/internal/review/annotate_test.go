package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ziping/cmd/internal/files"
)

// What a department saves while its form is reviewed is not annotated with what was
// found before, nor is a copy written over it.
func TestAnnotateChangedFile(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	one, two := filepath.Join(dir, "1.xlsx"), filepath.Join(dir, "2.xlsx")
	for _, file := range []string{one, two} {
		if err := os.WriteFile(file, published(t, nil), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	k := reviewing(t, dir)
	var problems, wrote []string
	first := "" // the copy, in the directory of its 主管部门
	k.o.Problem = func(err error) { problems = append(problems, err.Error()) }
	if err := os.WriteFile(one, published(t, map[string]any{"总分.得分": 99}), 0o644); err != nil {
		t.Fatal(err)
	}
	o := Copies{Dir: out, Inputs: new(files.Inputs), Wrote: func(file string) {
		if wrote = append(wrote, filepath.Base(file)); len(wrote) == 1 {
			first = file
		}
	}}
	if err := k.Annotate(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if len(problems) != 1 || problems[0] != one+"：文件在审核时被改动了，请重新运行" || strings.Join(wrote, " ") != "2批注.xlsx 退回清单.xlsx 通知.xlsx" {
		t.Errorf("problems %q, wrote %q", problems, wrote)
	}
	if k.Outcome() != Failed {
		t.Errorf("the outcome is %d", k.Outcome())
	}
	o.Inputs.Add(first)
	o.Force = true
	if err := k.Annotate(t.Context(), o); err == nil || !strings.Contains(err.Error(), "这是要读取的文件") {
		t.Errorf("a copy took the place of an input: %v", err)
	}
}
