package read

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
	"ziping/sheet/sheettest"
)

// Forms as offices print them, one kind a file: the lines of sheettest.Cells, a line
// ----, and what a right reading gives.
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d forms, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			form, want, _ := strings.Cut(string(src), "----\n")
			got := kindHolds(t, form)
			if *sheettest.Update {
				if err := os.WriteFile(file, []byte(form+"----\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

// kindHolds reads a form and writes down all that is known of it.
func kindHolds(t *testing.T, form string) string {
	t.Helper()
	found, err := Forms(sheettest.Cells(t, form))
	if err != nil {
		if !errors.Is(err, ErrNoForm) {
			t.Fatal(err)
		}
		return err.Error() + "\n"
	}
	var b strings.Builder
	for _, f := range found {
		table := f.Table
		b.WriteString(strings.Join(asWritten(table), "\n") + "\n" + problems(table))
		for i := range table.Funds {
			if table.Funds[i].Part {
				b.WriteString("part of a source: " + table.Funds[i].Source.Value + "\n")
			}
		}
		for i := range table.Indicators {
			if table.Indicators[i].Together {
				b.WriteString("points together: " + table.Indicators[i].Level3.Value + "\n")
			}
		}
		if e := table.Elsewhere; e.Weight.Known || e.Score.Known {
			b.WriteString("points elsewhere: " + sheet.Show(&e.Weight) + ", " + sheet.Show(&e.Score) + "\n")
		}
		for _, n := range table.Notices {
			b.WriteString(strings.TrimSpace("noticed "+string(n.Kind)+" "+n.Cell) + ": " + strings.TrimPrefix(n.Issued+" → "+n.Now, " → ") + "\n")
		}
	}
	return b.String()
}
