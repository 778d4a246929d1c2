package rules

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
)

var update = flag.Bool("update", false, "write the golden files")

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
		forms, err := sheet.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range forms {
			fmt.Fprintln(&got, form.Table.Project.Value)
			for _, f := range set.CheckAll([]*sheet.Table{form.Table})[0] {
				fmt.Fprintf(&got, "\t%s %s %s: %s; suggest %v\n", f.Cell, f.Severity, f.Rule, f.Message, f.Suggest)
			}
		}
	}
	const golden = "testdata/published.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
}
