package report

import (
	"strings"
	"testing"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/visible"
)

func TestSays(t *testing.T) {
	tests := []struct {
		message, text string
		want          bool
	}{
		{"应为 9.1，填报为 18", "9.1", true},
		{"应为 9.1，填报为 18", "18", true},
		{"应为 9.1，填报为 18", "9", false},
		{"应为 9.1，填报为 18", "8", false},
		{"99 分", "9", false},
		{"199 和 9", "9", true},
		{"98.1%", "98.1", false},
		{"应为 98.10%。", "98.1%", true},
		{"应为 1,121.9 万元", "1121.90", true},
		{"应为万元", "万元", true},
		{"应为元", "万元", false},
		{"仍扣 1 分", "10", false},
		{"", "9", false},
	}
	for _, tt := range tests {
		if got := says(tt.message, tt.text); got != tt.want {
			t.Errorf("says(%q, %q) = %v", tt.message, tt.text, got)
		}
	}
}

func TestSuggestion(t *testing.T) {
	tests := []struct {
		field   string
		suggest any
		want    string
	}{
		{"总分.得分", 88.09, "88.09"},
		{"项目资金[年度资金总额].执行率", 0.981, "98.1%"},
		{"执行率", 1.0, "100%"},
		{"金额单位", "万元", "万元"},
		{"年度", 2021, "2021"},
		{"总分.得分", nil, ""},
	}
	for _, tt := range tests {
		if got := Suggestion(rules.Finding{Field: sheet.ParsePath(tt.field), Suggest: tt.suggest}); got != tt.want {
			t.Errorf("%s: %v is shown as %q, want %q", tt.field, tt.suggest, got, tt.want)
		}
	}
}

// The messages of a table begin in one column, whatever stands before them.
func TestTextAligns(t *testing.T) {
	for _, color := range []bool{false, true} {
		out := render(t, "text", Options{Color: color}, reports[2].files[:1])
		at := map[int]bool{}
		for line := range strings.Lines(out) {
			for _, f := range []rules.Finding{proportionFinding, measureFinding, pointOffFinding} {
				if before, _, is := strings.Cut(line, f.Message); is {
					at[columns(withoutColor(before))] = true
				}
			}
		}
		if len(at) != 1 {
			t.Errorf("messages begin at columns %v:\n%s", at, out)
		}
	}
}

func withoutColor(s string) string {
	for _, code := range []string{bold, dim, red, green, yellow, cyan, "0"} {
		s = strings.ReplaceAll(s, "\x1b["+code+"m", "")
	}
	return s
}

// No text of a form reaches a terminal as a command to it.
func TestTextIsPlain(t *testing.T) {
	for _, r := range reports {
		out := render(t, "text", Options{}, r.files)
		for line := range strings.SplitSeq(out, "\n") {
			if line != visible.Line(line) {
				t.Errorf("%s: %q", r.name, line)
			}
		}
	}
}
