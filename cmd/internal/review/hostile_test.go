package review

import (
	"bytes"
	"encoding/json"
	"os"
	"runtime"
	"testing"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/issued"
	"ziping/sheet/read"
)

// most a broken workbook of a few kilobytes may cost, in bytes allocated.
const mostMemory = 64 << 20

// attempt does with a workbook all that the commands do, and returns what was
// read of it, nil where it could not be read.
func attempt(t *testing.T, set *rules.Set, data []byte, what string, at int) []sheet.Found {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("%s at %d: panic: %v", what, at, p)
		}
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	found, err := read.Forms(data)
	if err == nil {
		var notes []annotate.Table
		for _, f := range found {
			table := annotate.Table{Sheet: f.Sheet}
			for _, x := range set.Check(f.Table) {
				table.Notes = append(table.Notes, annotate.Note{Cell: x.Cell, Rule: x.Rule, Message: x.Message})
			}
			notes = append(notes, table)
		}
		_, _, _ = annotate.Annotate(data, notes, annotate.Sending{}, issued.Options{}.Limits) // an error is as good as a copy
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > mostMemory {
		t.Errorf("%s at %d: allocated %d bytes", what, at, n)
	}
	if err != nil {
		return nil
	}
	return found
}

// Every byte of a workbook is changed, one at a time, and it is cut off at every
// length; a quick run takes a sample. Nothing falls over, and what is read in
// spite of it, because the damage lies where no value does, is right.
func TestDamaged(t *testing.T) {
	original, err := os.ReadFile("../../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	set := defaultRules(t)
	step := 1
	if !thorough() {
		step = 17
	}
	want := tables(t, attempt(t, set, original, "unchanged", 0))
	read, n := 0, 0
	for i := 0; i < len(original); i += step {
		for _, flip := range []byte{0xff, 1 << (i % 8)} {
			damaged := bytes.Clone(original)
			damaged[i] ^= flip
			n++
			if found := attempt(t, set, damaged, "changed", i); found != nil {
				read++
				if got := tables(t, found); got != want {
					t.Errorf("changed at %d (%#x): read as %s", i, flip, got)
				}
			}
		}
		if attempt(t, set, original[:i], "cut off", i) != nil {
			t.Errorf("read what was cut off at %d of %d", i, len(original))
		}
	}
	if read == 0 || read == n {
		t.Errorf("%d of %d damaged workbooks could be read: that can't be right", read, n)
	}
	t.Logf("%d of %d damaged workbooks could be read, with all values as they were", read, n)
}

// tables returns the values of forms as JSON.
func tables(t *testing.T, found []sheet.Found) string {
	t.Helper()
	b, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// thorough reports whether the tests may take minutes, as in .ci/run.
func thorough() bool { return os.Getenv("ZIPING_THOROUGH") != "" }
