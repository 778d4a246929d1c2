// Package cmd_test holds the house to its plan: which package may import which.
package cmd_test

import (
	"os/exec"
	"strings"
	"testing"
)

// floors are the packages of the house, each above what it may import. Those of
// one floor do not import one another.
var floors = []string{
	"sheet/quantity sheet/strict sheet/visible sheet/opc sheet/libreoffice",
	"sheet/xlsx sheet/sheettest",
	"sheet",
	"sheet/calc sheet/book sheet/convert",
	"sheet/issued",
	"sheet/read",
	"sheet/fill",
	"sheet/annotate",
	"template rules",
	"template/list template/formtest rules/report",
	"rules/summary",
	"cmd/internal/files cmd/internal/run cmd/internal/campaign",
	"cmd/internal/issue cmd/internal/export cmd/internal/review",
	"cmd/ziping/serve",
	"cmd/ziping cmd/campaign",
	"cmd examples",
}

// template and rules do not know each other, on no floor.
func strangers(a, b string) bool {
	wing := func(p string) string { wing, _, _ := strings.Cut(p, "/"); return wing }
	return wing(a) == "template" && wing(b) == "rules" || wing(a) == "rules" && wing(b) == "template"
}

func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "ziping/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	floor := map[string]int{}
	for i, packages := range floors {
		for p := range strings.FieldsSeq(packages) {
			floor[p] = i
		}
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		for i, name := range names {
			names[i], _ = strings.CutPrefix(name, "ziping/")
		}
		from := names[0]
		if _, ok := floor[from]; !ok {
			t.Errorf("%s has no floor: where in the house does it stand?", from)
		}
		for _, to := range names[1:] {
			at, ours := floor[to]
			if !ours {
				continue
			}
			seen++
			if at >= floor[from] || strangers(from, to) {
				t.Errorf("%s imports %s, which does not stand below it", from, to)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d imports were seen", seen)
	}
}
