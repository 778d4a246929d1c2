// Package cmd_test holds the house to its plan: which package may import which.
package cmd_test

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// floors are the packages of the house, each above what it may import. Those of
// one floor do not import one another.
var floors = []string{
	"sheet/memo sheet/rawjson sheet/spill sheet/strict",
	"sheet/quantity sheet/visible sheet/opc sheet/libreoffice",
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

// TestMap holds what CONTRIBUTING.md names to what there is: every file and test that it
// names, and every package among its rooms.
func TestMap(t *testing.T) {
	page, err := os.ReadFile("../.github/CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, packages := map[string]bool{}, map[string]bool{}
	err = filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch base := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && (base == "testdata" || base != ".." && strings.HasPrefix(base, ".")):
			return fs.SkipDir
		case strings.HasSuffix(base, "_test.go"):
			src, err := os.ReadFile(name)
			for _, m := range testFunction.FindAllSubmatch(src, -1) {
				tests[string(m[1])] = true
			}
			return err
		case strings.HasSuffix(base, ".go"):
			packages[filepath.ToSlash(strings.TrimPrefix(filepath.Dir(name), ".."+string(filepath.Separator)))] = true
		}
		return nil
	})
	if err != nil || len(packages) < 20 || len(tests) < 100 {
		t.Fatalf("%d packages, %d tests: %v", len(packages), len(tests), err)
	}
	for _, m := range quotedWord.FindAllSubmatch(page, -1) {
		word := string(m[1])
		top, _, below := strings.Cut(word, "/")
		if _, err := os.Stat(filepath.Join("..", top)); below && err == nil {
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(word))); err != nil {
				t.Errorf("there is no %s", word)
			}
		}
		if testName.MatchString(word) && !tests[word] {
			t.Errorf("there is no test %s", word)
		}
	}
	rooms, _, _ := strings.Cut(string(page), "## One way through")
	for p := range packages {
		if _, last, _ := strings.Cut(p, "cmd/internal/"); !strings.Contains(rooms, "`"+p+"`") && !strings.Contains(rooms, "`"+last+"`") {
			t.Errorf("the rooms lack %s", p)
		}
	}
}

var (
	testFunction = regexp.MustCompile(`(?m)^func (Test\w+)`)
	quotedWord   = regexp.MustCompile("`([^`\n]+)`")
	testName     = regexp.MustCompile(`^Test\w+$`)
)

// TestSizes holds files and packages to a size that one can see at once.
func TestSizes(t *testing.T) {
	const mostLines, mostFiles = 450, 30
	files := map[string]int{}
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testdata") {
			return err
		}
		files[filepath.Dir(name)]++
		src, err := os.ReadFile(name)
		if n := bytes.Count(src, []byte("\n")); n > mostLines {
			t.Errorf("%s has %d lines", name, n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	for dir, n := range files {
		if n > mostFiles {
			t.Errorf("%s has %d files", dir, n)
		}
	}
}
