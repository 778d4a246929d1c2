package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func create(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// An input is known by whatever name, also after it was saved anew meanwhile.
func TestInputs(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	form := create(t, in("甲/form.xlsx"), "1")
	create(t, in("甲/other.xlsx"), "1")
	saved := create(t, in("甲/saved.xlsx"), "1")
	for _, err := range []error{os.Symlink(in("甲"), in("link")), os.Symlink(form, in("link.xlsx")), os.Link(form, in("hard.xlsx"))} {
		if err != nil {
			t.Skip(err)
		}
	}
	inputs := new(Inputs)
	inputs.Add("", "-", form, saved, in("gone.csv"))
	if err := os.Remove(saved); err != nil {
		t.Fatal(err)
	}
	create(t, saved, "another text")
	for name, want := range map[string]bool{
		form: true, in("甲/../甲/form.xlsx"): true, in("link/form.xlsx"): true, in("link.xlsx"): true, in("hard.xlsx"): true,
		in("甲/FORM.xlsx"): true, saved: true, in("gone.csv"): true, in("Gone.CSV"): true, in("link/Form.XLSX"): true,
		in("甲/other.xlsx"): false, in("甲/new.xlsx"): false, in("乙/form.xlsx"): false, in("甲"): false,
	} {
		if err := inputs.Refuse(name); (err != nil) != want {
			t.Errorf("%s: %v", name, err)
		} else if err != nil && !strings.Contains(err.Error(), name+"：") {
			t.Errorf("%s is not named: %v", name, err)
		}
	}
	if err := new(Inputs).Refuse(form); err != nil {
		t.Error(err)
	}
}

// What runs that were killed have left goes, and nothing else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	before := time.Now().Add(-time.Hour)
	old := before.Add(-time.Hour)
	held, err := createTemp(dir, ".ziping-", 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	stays := []string{filepath.Base(held.Name())}
	add := func(name string, when time.Time, stay bool) {
		file := create(t, filepath.Join(dir, name), "x")
		for ; file != dir; file = filepath.Dir(file) {
			if err := os.Chtimes(file, when, when); err != nil {
				t.Fatal(err)
			}
		}
		if stay {
			top, _, _ := strings.Cut(name, "/")
			stays = append(stays, top)
		}
	}
	add(".ziping-1.tmp", old, false)
	add("ziping-22.tmp", old, false)
	add("ziping-convert-3/a.xls", old, false)
	add("ziping-office-4/user/x", old, false)
	add(".ziping-5.tmp", time.Now(), true)
	add("ziping-convert-6/a.xls", time.Now(), true)
	add("ziping-notes.tmp", old, true)
	add(".ziping-1.tmp.xlsx", old, true)
	add("ziping-office-x/a", old, true)
	if err := os.Chtimes(held.Name(), old, old); err != nil {
		t.Fatal(err)
	}
	sweep(dir, before)
	left := map[string]bool{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		left[e.Name()] = true
	}
	for _, name := range stays {
		if !left[name] {
			t.Errorf("%s was taken away", name)
		}
		delete(left, name)
	}
	if len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
