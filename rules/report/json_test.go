package report

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/rules"
)

// The JSON report is what it promises, whatever the files are; the lines of JSON
// are its elements.
func TestJSON(t *testing.T) {
	for _, r := range reports {
		var got struct {
			Files   []map[string]any
			Summary map[string]int
		}
		whole := render(t, "json", Options{}, r.files)
		if err := json.Unmarshal([]byte(whole), &got); err != nil {
			t.Fatalf("%s: %v", r.name, err)
		}
		if got.Files == nil || got.Summary["files"] != len(r.files) {
			t.Errorf("%s: files are %v, summary %v", r.name, got.Files, got.Summary)
		}
		if strings.Contains(whole, `\u003c`) {
			t.Errorf("%s: < is escaped", r.name)
		}
		var lines []map[string]any
		for line := range strings.Lines(render(t, "jsonl", Options{}, r.files)) {
			var v map[string]any
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatalf("%s: %v", r.name, err)
			}
			lines = append(lines, v)
		}
		last := len(lines) - 1
		if end, ok := lines[last]["summary"].(map[string]any); !ok || end["files"] != float64(len(r.files)) {
			t.Errorf("%s: the lines end with %v", r.name, lines[last])
		}
		if lines = lines[:last]; len(lines) > 0 && !cmp.Equal(got.Files, lines) {
			t.Errorf("%s: json and jsonl differ:\n%s", r.name, cmp.Diff(got.Files, lines))
		}
	}
}

// What can't be written spoils nothing of what has been.
func TestJSONWithoutNumber(t *testing.T) {
	for _, format := range []string{"json", "sarif"} {
		var b strings.Builder
		w, err := New(format, &b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		bad := rateFinding
		bad.Suggest = math.NaN()
		for _, f := range []File{
			{Name: "a.xlsx", Tables: []Table{{Findings: []rules.Finding{rateFinding, bad}}}},
			{Name: "b.xlsx", Tables: []Table{{Findings: []rules.Finding{rateFinding}}}},
		} {
			if err := w.Write(f); (err != nil) != (f.Name == "a.xlsx") {
				t.Errorf("%s: %s: %v", format, f.Name, err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !json.Valid([]byte(b.String())) {
			t.Errorf("%s is not valid:\n%s", format, b.String())
		}
	}
}
