package cmd_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
)

// What .github/promises.toml lists stands in the README, and is held by tests that exist.
func TestPromises(t *testing.T) {
	var promises map[string][]string
	sheettest.TOML(t, "../.github/promises.toml", &promises)
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(readme)), " ")
	tests := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	err = filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := os.ReadFile(path)
		for _, m := range declared.FindAllSubmatch(src, -1) {
			tests[string(m[1])] = true
		}
		return err
	})
	if err != nil || len(promises) == 0 {
		t.Fatal(err, len(promises))
	}
	for sentence, by := range promises {
		if !strings.Contains(text, sentence) {
			t.Errorf("the README does not say %q", sentence)
		}
		if len(by) == 0 {
			t.Errorf("%q: no test holds it", sentence)
		}
		for _, name := range by {
			if !tests[name] {
				t.Errorf("%q: there is no test %s", sentence, name)
			}
		}
	}
}
