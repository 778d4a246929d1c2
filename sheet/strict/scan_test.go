package strict

import (
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

// FuzzTOML checks that no input makes Unmarshal panic, and that the scanner sees
// in a text what the toml package sees in it.
func FuzzTOML(f *testing.F) {
	for _, src := range tomlSeeds {
		f.Add(src)
	}
	for _, src := range tomlSuite(f) {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		var value any
		_ = Unmarshal("a.toml", []byte(src), &value)
		_ = Unmarshal("a.toml", []byte(src), &project{})
		checkAgreement(t, src)
	})
}

// TestScannerAgrees checks the same with the test suite of the TOML project.
func TestScannerAgrees(t *testing.T) {
	suite := tomlSuite(t)
	if len(suite) == 0 {
		t.Skip("the source of the toml package is not here")
	}
	for name, src := range suite {
		t.Run(name, func(t *testing.T) { checkAgreement(t, src) })
	}
}

// tomlSuite returns the files of the test suite, by name, if the source of the
// toml package is here.
func tomlSuite(tb testing.TB) map[string]string {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/BurntSushi/toml").Output()
	if err != nil {
		return nil
	}
	suite := os.DirFS(filepath.Join(strings.TrimSpace(string(dir)), "internal", "toml-test", "tests"))
	files := map[string]string{}
	for _, pattern := range []string{"*/*.toml", "*/*/*.toml", "*/*/*/*.toml"} {
		names, err := fs.Glob(suite, pattern)
		if err != nil {
			tb.Fatal(err)
		}
		for _, name := range names {
			src, err := fs.ReadFile(suite, name)
			if err != nil {
				tb.Fatal(err)
			}
			files[name] = string(src)
		}
	}
	return files
}

var tomlSeeds = []string{
	"", "a = 1", "a.b.c = 1\na.b.d = 2\n[x]\na.b = 3", "[a.b]\nc = 1\n[a]\nd = 2",
	"[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\nd = 2\n[[a]]\nb = 2\n[[a.c]]\nd = 3\n[a.e]\nf = 1",
	`"年度" = 2021` + "\r\n" + `["年度总体目标"]` + "\r\n" + `"预期目标" = '文字' # 注释`,
	"a = [1, [2, 3], # c\n {b = 1, c.d = 2}, 'x', \"y]\", '''z\n]''', ]\n[b] # ]",
	"a = {b = {c = [1]}, \"d e\" = 2}\na.f = 3",
	`"a\"b\\c\u5e74\U00005e74\x41\e" = "\"]"` + "\n'c\\' = 2",
	"a = \"\"\"b\\\"\"\"\"\"\"\"\nc = '''''d'''''\n", "a = 1979-05-27 07:32:00Z \nb = 07:32:00\nc = +1_000.5e-3\nd = inf",
	"\"\" = 1\n[a.\"\".b]\nc = []\nd = {}", "a = { # c\n b = 1,\n c = 2,\n}",
	"[[a]]\n[[a]]\n[a.b]\n[[c.d]]\n[c]\ne = 1\n[c.f]",
	"年度 ＝ “２０２１”\n【【项目资金】】\n得分：98%", "a = [[[[", "a = \"b”", "\xef\xbb\xbfa = 1", "a\x00b", "a = \x80",
}

func checkAgreement(t *testing.T, src string) {
	t.Helper()
	r := &report{}
	if !r.decode([]byte(src)) {
		return
	}
	root, ok := scanTOML(r)
	if !ok {
		return
	}
	var values map[string]any
	if _, err := toml.Decode(r.text, &values); err != nil {
		return
	}
	for _, e := range r.errs {
		// The toml package overlooks some names that are defined twice.
		if !strings.Contains(e.Message, "重复") && !strings.Contains(e.Message, "[ ]") {
			t.Fatalf("the scanner found a mistake in valid TOML: %v", e)
		}
	}
	if len(r.errs) > 0 {
		return
	}
	decoded := map[string]any{}
	decodedPaths(decoded, "", values)
	scanned := map[string]*origin{}
	scannedPaths(scanned, "", root)
	want, got := slices.Sorted(maps.Keys(decoded)), slices.Sorted(maps.Keys(scanned))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("paths (-toml +scanner):\n%s", diff)
	}
	for path, p := range scanned {
		checkPlace(t, r.text, path, p, decoded[path])
	}
}

// checkPlace checks that the text at a place is the key and the value.
func checkPlace(t *testing.T, src, path string, p *origin, value any) {
	t.Helper()
	if p.key != (Position{}) && !isKeyOf(textAt(src, p.key), path) {
		t.Errorf("%s: key at %v: %.20q", path, p.key, textAt(src, p.key))
	}
	text := textAt(src, p.value)
	switch p.form {
	case leaf:
		var again map[string]any
		if _, err := toml.Decode("a = "+p.raw, &again); err != nil || !same(value, again["a"]) {
			t.Errorf("%s: raw %q is %v, want %v (%v)", path, p.raw, again["a"], value, err)
		}
		if !strings.HasPrefix(text, p.raw) {
			t.Errorf("%s: value at %v: %.20q, want %q", path, p.value, text, p.raw)
		}
	case inline:
		if !strings.HasPrefix(text, "{") {
			t.Errorf("%s: inline table at %v: %.20q", path, p.value, text)
		}
	case array, headers:
		if !strings.HasPrefix(text, "[") {
			t.Errorf("%s: list at %v: %.20q", path, p.value, text)
		}
	}
}

// isKeyOf reports whether a text starts with the last key of a path.
func isKeyOf(text, path string) bool {
	s := scanner{report: &report{text: text}, where: newCursor(text)}
	k, ok := s.key()
	return ok && strings.HasSuffix(path, fmt.Sprintf("/%q", k.name))
}

// textAt returns the text from a position on.
func textAt(src string, at Position) string {
	lines := strings.SplitAfter(src, "\n")
	runes := []rune(lines[at.Line-1])
	return string(runes[at.Column-1:]) + strings.Join(lines[at.Line:], "")
}

func same(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case time.Time:
		b, ok := b.(time.Time)
		return ok && a.Equal(b)
	}
	return reflect.DeepEqual(a, b)
}

func decodedPaths(paths map[string]any, path string, value any) {
	paths[path] = value
	switch value := value.(type) {
	case map[string]any:
		for key, child := range value {
			decodedPaths(paths, fmt.Sprintf("%s/%q", path, key), child)
		}
	case []map[string]any:
		for i, child := range value {
			decodedPaths(paths, fmt.Sprintf("%s[%d]", path, i), child)
		}
	case []any:
		for i, child := range value {
			decodedPaths(paths, fmt.Sprintf("%s[%d]", path, i), child)
		}
	}
}

func scannedPaths(paths map[string]*origin, path string, p *origin) {
	paths[path] = p
	for key, child := range p.keys {
		scannedPaths(paths, fmt.Sprintf("%s/%q", path, key), child)
	}
	for i, child := range p.items {
		scannedPaths(paths, fmt.Sprintf("%s[%d]", path, i), child)
	}
}
