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
	"ziping/sheet/xlsx"
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

// unmerged are the forms that can't be told without merged areas: what is merged there
// says how rows belong together.
var unmerged = map[string]string{
	"execution-as-an-indicator":   "its levels have the same name",
	"funds-in-pairs-with-parts":   "its amounts stand beside each other",
	"money-below-heads-by-halves": "its points are those of several rows",
	"points-of-a-level":           "its points are those of several rows",
}

// A form reads the same where each cell of its merged areas has what stood in them, as
// programs write web pages and documents into sheets.
func TestKindsUnmerged(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d forms, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			if why := unmerged[name]; why != "" {
				t.Skip(why)
			}
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			form, want, _ := strings.Cut(string(src), "----\n")
			if diff := cmp.Diff(want, kindHolds(t, repeatedCells(t, form))); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

// Names and labels are the same with full-width digits and brackets, and the title with
// blanks between its letters.
func TestKindsFullWidth(t *testing.T) {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", "(", "（", ")", "）")
	for _, name := range []string{"details-and-unused-rows", "department-parts-of-sources", "sections-with-pairs", "transfer-with-management"} {
		t.Run(name, func(t *testing.T) {
			src, err := os.ReadFile("testdata/kinds/" + name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			form, want, _ := strings.Cut(string(src), "----\n")
			var b strings.Builder
			for line := range strings.Lines(form) {
				at, text, _ := strings.Cut(line, " ")
				if strings.Contains(text, "自评表") {
					text = strings.Join(strings.Split(text, ""), " ")
				}
				b.WriteString(at + " " + wide.Replace(text))
			}
			if diff := cmp.Diff(narrow(want), narrow(kindHolds(t, b.String()))); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

// narrow makes digits and brackets those of ASCII.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '０' <= r && r <= '９', r == '（', r == '）':
			return r - '０' + '0'
		}
		return r
	}, s)
}

// repeatedCells writes what stands in merged areas into each of their cells.
func repeatedCells(t *testing.T, form string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(form) {
		at, text, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		area, ok := xlsx.ParseArea(at)
		if !ok {
			t.Fatalf("%q is no area", at)
		}
		for row := area.FirstRow; row <= area.LastRow && text != ""; row++ {
			for col := area.FirstCol; col <= area.LastCol; col++ {
				b.WriteString(xlsx.Ref(row, col) + " " + text + "\n")
			}
		}
	}
	return b.String()
}
