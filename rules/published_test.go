package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ziping/sheet"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
)

// TestPublished compares what the default rules find in the two published tables
// with what a careful reviewer finds.
func TestPublished(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../examples/returned/*.xlsx")
	if err != nil || len(names) != 2 {
		t.Fatal(names, err)
	}
	var got strings.Builder
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		forms, err := read.Forms(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms {
			fmt.Fprintln(&got, form.Table.Project.Value)
			for _, f := range set.checkAll([]*sheet.Table{form.Table})[0] {
				fmt.Fprintf(&got, "\t%s %s %s: %s; suggest %v\n", f.Cell, f.Severity, f.Rule, f.Message, f.Suggest)
			}
		}
	}
	sheettest.Golden(t, "testdata/published.golden", got.String())
}
