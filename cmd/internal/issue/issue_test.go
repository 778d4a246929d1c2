package issue

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ziping/cmd/internal/files"
	"ziping/sheet/read"
	"ziping/template"
)

// A thousand projects of a list, many of them of one name but for what no file
// may be called, each get a workbook of their own that reads back as they are.
func TestThousandProjects(t *testing.T) {
	n := 1000
	if !thorough() {
		n = 150
	}
	dir := t.TempDir()
	names := []string{"培训", "培 训", "a/b", "A:B", "con", "Con.", "项目…", strings.Repeat("很长的项目名称", 20)}
	var list strings.Builder
	list.WriteString("年度,主管部门,实施单位,项目名称\n")
	want := map[string]bool{}
	for i := range n {
		project := names[i%len(names)]
		department, implementer := fmt.Sprintf("部门%d", i%7), fmt.Sprintf("单位%d", i)
		want[project+"\n"+department+"\n"+implementer] = true
		fmt.Fprintf(&list, "2021,%s,%s,%s\n", department, implementer, project)
	}
	file, out := filepath.Join(dir, "清单.csv"), filepath.Join(dir, "out")
	if err := os.WriteFile(file, []byte(list.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	layout, err := Layout("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	drawer, err := template.NewDrawer(layout, "")
	if err != nil {
		t.Fatal(err)
	}
	batch := Batch{Drawer: drawer, Layout: layout, Dir: out, Inputs: new(files.Inputs), Notice: func(string) {}, Wrote: func(string) {}, Problem: func(err error) { t.Error(err) }}
	if err := batch.Run(t.Context(), []string{file}); err != nil {
		t.Fatal(err)
	}
	found := files.Find([]string{out}, ".xlsx")
	issued := slices.DeleteFunc(found.Names(), files.IsOurs)
	if len(issued) != n || len(found.Errors) > 0 {
		t.Fatalf("%d workbooks, %v", len(issued), found.Errors)
	}
	seen := map[string]bool{}
	for _, f := range issued {
		if key := strings.ToLower(f); seen[key] {
			t.Errorf("%s: two by this name", f)
		} else {
			seen[key] = true
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		found, err := read.Forms(b)
		if err != nil || len(found) != 1 {
			t.Fatal(f, err)
		}
		form := found[0].Table
		key := form.Project.Value + "\n" + form.Department.Value + "\n" + form.Implementer.Value
		if !want[key] {
			t.Errorf("%s holds %q", f, key)
		}
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("%d projects were not issued", len(want))
	}
}

// thorough reports whether the tests may take minutes, as in .ci/run.
func thorough() bool { return os.Getenv("ZIPING_THOROUGH") != "" }

// TestNames: a project file that can't be read takes no name from another, also where the
// names are plain to see.
func TestNames(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"1.toml": "\"年度\" = 2024\n\"项目名称\" = \"甲\"\n\"没有\" = 1\n",
		"2.toml": "\"年度\" = 2024\n\"项目名称\" = \"甲\"\n",
		"3.toml": "\"项目名称\" = \"甲\"\r\n\"年度\" = 2024\r\n",
		"4.toml": "\"年度\" = 2024\n\"项目名称\" = '乙'\n",
		"5.toml": "\"年度\" = 2024\n\"项目名称\" = \"—\"\n",
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	layout, err := template.Load("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	drawer, err := template.NewDrawer(layout, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, some := range [][]string{{"1", "2", "3", "4", "5"}, {"1", "4"}} {
		var problems, wrote []string
		b := Batch{Drawer: drawer, Layout: layout, Dir: filepath.Join(out, some[1]), Inputs: new(files.Inputs),
			Problem: func(err error) { problems = append(problems, err.Error()) }, Notice: func(string) {},
			Wrote: func(file string) { wrote = append(wrote, filepath.Base(file)) }}
		var names []string
		for _, f := range some {
			names = append(names, filepath.Join(in, f+".toml"))
		}
		err = b.Run(t.Context(), names)
		want := []string{"甲.xlsx", "甲(2).xlsx", "乙.xlsx", "5.xlsx"}
		if len(some) == 2 {
			want = want[2:3]
		}
		if err != ErrSome || len(problems) != 1 || !slices.Equal(wrote, want) {
			t.Error(err, problems, wrote)
		}
	}
}
