package list

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"ziping/sheet"
	"ziping/sheet/sheettest"
)

// described is what lists come to, in words: mistakes, or projects and notices.
func described(list List, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintln(&b, err)
		return b.String()
	}
	for _, p := range list.Projects {
		fmt.Fprintln(&b, strings.TrimRight(p.Place(&p.Table.Project), "： :"))
		for path, v := range p.Table.All() {
			if v.Any() != nil && path.Label != "资金来源" {
				fmt.Fprintf(&b, "  %s = %s\n", path, strings.ReplaceAll(sheet.Show(v), "\n", "⏎"))
			}
		}
	}
	for _, n := range list.Notices {
		fmt.Fprintln(&b, "注意：", n)
	}
	return b.String()
}

// What stands in testdata/*.txtar: the files of one list, and under "want"
// what they come to.
func TestRead(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var files []File
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
				} else {
					files = append(files, File{Name: f.Name, Data: f.Data})
				}
			}
			got := described(Read(files))
			if *sheettest.Update {
				if want < 0 {
					a.Files, want = append(a.Files, txtar.File{Name: "want"}), len(a.Files)
				}
				a.Files[want].Data = []byte(got)
				write(t, name, txtar.Format(a))
			}
			if want < 0 {
				t.Fatal("no want")
			}
			if diff := cmp.Diff(string(a.Files[want].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Workbooks that openpyxl and LibreOffice saved, by testdata/make.py, and
// what they come to.
func TestReadWorkbooks(t *testing.T) {
	books, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(books) == 0 {
		t.Fatal("no workbooks", err)
	}
	for _, name := range books {
		t.Run(filepath.Base(name), func(t *testing.T) {
			got := described(Read([]File{{Name: filepath.Base(name), Data: readFile(t, name)}}))
			sheettest.Golden(t, strings.TrimSuffix(name, ".xlsx")+".golden", got)
		})
	}
}

// The example is read as it is, without a word, and both projects are complete.
func TestExample(t *testing.T) {
	b, err := Example()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Read([]File{{Name: "样例.xlsx", Data: b}})
	if err != nil || len(list.Notices) > 0 || len(list.Projects) != 2 {
		t.Fatalf("%d projects, %q, %v", len(list.Projects), list.Notices, err)
	}
	d := drawer(t, "shanghai", "")
	for _, p := range list.Projects {
		if len(p.Indicators) != 5 {
			t.Errorf("%s: %d indicators", p.Table.Project.Value, len(p.Indicators))
		}
		if _, without, err := d.Fit(p.Table); err != nil || without != nil {
			t.Errorf("%s: %v %v", p.Table.Project.Value, without, err)
		}
	}
}

// FuzzRead: whatever the bytes, a list is read or refused, and what is read can
// be drawn or is refused.
func FuzzRead(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range cases {
		if a, err := txtar.ParseFile(name); err == nil {
			for _, file := range a.Files {
				f.Add(file.Data, false)
			}
		}
	}
	books, _ := filepath.Glob("testdata/*.xlsx")
	for _, name := range books {
		if b, err := os.ReadFile(name); err == nil {
			f.Add(b, true)
		}
	}
	d := drawer(f, "shanghai", "")
	f.Fuzz(func(t *testing.T, data []byte, book bool) {
		name := "f.csv"
		if book {
			name = "f.xlsx"
		}
		before := bytes.Clone(data)
		list, err := Read([]File{{Name: name, Data: data}})
		if !bytes.Equal(data, before) {
			t.Fatal("the file has changed")
		}
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("an error without a word")
			}
			return
		}
		if len(list.Projects) == 0 {
			t.Error("neither projects nor an error")
		}
		for _, p := range list.Projects[:min(3, len(list.Projects))] {
			if p.Table.Project.Value == "" {
				t.Errorf("a project without a name: %v", p.Place(&p.Table.Project))
			}
			if fitted, _, err := d.Fit(p.Table); err == nil && len(fitted.Indicators) < 50 {
				if _, err := d.Draw(fitted); err != nil {
					t.Errorf("fits and can't be drawn: %v", err)
				}
			}
		}
	})
}
