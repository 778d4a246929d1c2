package report

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The script of a report is made of all modules, each after what it imports, and
// imports nothing itself.
func TestScript(t *testing.T) {
	names, err := fs.Glob(PageFiles(), "*.js")
	if err != nil {
		t.Fatal(err)
	}
	if want := slices.Sorted(slices.Values(scriptModules)); !slices.Equal(names, want) {
		t.Errorf("the modules are %q, the script is made of %q", names, want)
	}
	for i, name := range scriptModules {
		for line := range strings.Lines(htmlAsset(name)) {
			_, from, isImport := strings.Cut(strings.TrimSpace(line), " from './")
			if isImport && !slices.Contains(scriptModules[:i], strings.TrimSuffix(from, "';")) {
				t.Errorf("%s comes before what it imports: %s", name, line)
			}
		}
	}
	for line := range strings.Lines(script()) {
		if strings.HasPrefix(line, "import") || strings.HasPrefix(line, "export") {
			t.Errorf("left in the script: %s", line)
		}
	}
}

// A page gets the same of a report as a report that is a file holds.
func TestPageData(t *testing.T) {
	for _, r := range reports {
		t.Run(r.name, func(t *testing.T) {
			var b bytes.Buffer
			w := NewPageData(&b, Options{Rules: testRules})
			for _, f := range r.files {
				if err := w.Write(f); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			file := parsePage(t, render(t, "html", Options{Rules: testRules}, r.files))
			d := json.NewDecoder(&b)
			var terms htmlTerms
			decodeNext(t, d, &terms)
			var files []htmlFile
			for d.More() {
				files = append(files, htmlFile{})
				decodeNext(t, d, &files[len(files)-1])
			}
			if diff := cmp.Diff([]any{file.terms[0], file.files}, []any{terms, files}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func decodeNext(t *testing.T, d *json.Decoder, v any) {
	t.Helper()
	if err := d.Decode(v); err != nil {
		t.Fatal(err)
	}
}

// What the page's markup names, the modules find.
func TestPageMarkup(t *testing.T) {
	text := PageMarkup()
	for _, name := range scriptModules {
		if name == "file.js" {
			continue // it has a page of its own
		}
		_, rest, found := strings.Cut(htmlAsset(name), "byId('")
		for ; found; _, rest, found = strings.Cut(rest, "byId('") {
			id, after, _ := strings.Cut(rest, "'")
			if strings.HasPrefix(after, ")") && !strings.Contains(text, `id="`+id+`"`) {
				t.Errorf("%s looks for #%s", path.Base(name), id)
			}
		}
	}
}
