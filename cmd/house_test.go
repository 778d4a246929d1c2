// Package cmd_test holds the house to its plan: which package may import which.
package cmd_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// floors are the packages of the house, each above what it may import. Those of
// one floor do not import one another.
var floors = []string{
	"sheet/memo sheet/rawjson",
	"sheet/quantity sheet/strict sheet/visible sheet/opc sheet/libreoffice",
	"sheet/xlsx sheet/sheettest",
	"sheet",
	"sheet/calc sheet/book sheet/convert sheet/returns",
	"sheet/edit",
	"sheet/livecheck",
	"sheet/issued",
	"sheet/read",
	"sheet/fill",
	"sheet/annotate",
	"rules/syntax rules/mistake rules/change",
	"rules/eval",
	"template rules",
	"template/list template/formtest rules/report rules/handbook rules/sendback rules/live",
	"rules/summary",
	"cmd/internal/files cmd/internal/run cmd/internal/campaign",
	"cmd/internal/issue cmd/internal/export cmd/internal/review",
	"cmd/ziping/serve",
	"cmd/ziping cmd/campaign cmd/release",
	"cmd examples",
}

// template and rules do not know each other, on no floor.
func strangers(a, b string) bool {
	wing := func(p string) string { wing, _, _ := strings.Cut(p, "/"); return wing }
	return wing(a) == "template" && wing(b) == "rules" || wing(a) == "rules" && wing(b) == "template"
}

// TestImports reads the files itself, so that the result of the test is kept only
// as long as they stay as they are.
func TestImports(t *testing.T) {
	floor := map[string]int{}
	for i, packages := range floors {
		for p := range strings.FieldsSeq(packages) {
			floor[p] = i
		}
	}
	seen := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch base := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (base == "testdata" || base != ".." && strings.HasPrefix(base, ".")):
			return fs.SkipDir
		case filepath.Ext(base) != ".go":
			return nil
		}
		from := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(name), ".."+string(filepath.Separator)))
		if _, ok := floor[from]; !ok {
			t.Errorf("%s has no floor: where in the house does %s stand?", from, name)
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			to, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "ziping/")
			if !ours {
				continue
			}
			seen++
			if at, ok := floor[to]; !ok || at >= floor[from] || strangers(from, to) {
				t.Errorf("%s imports %s, which does not stand below %s", name, to, from)
			}
		}
		return nil
	})
	if err != nil || seen < 50 {
		t.Errorf("%d imports were seen; %v", seen, err)
	}
}
