package issue_test

import (
	"testing"

	"ziping/cmd/internal/issue"
	"ziping/rules"
	"ziping/rules/live"
)

// BenchmarkWithChecks adds 填报检查 to a form of twelve indicators.
func BenchmarkWithChecks(b *testing.B) {
	set, err := rules.Default()
	if err != nil {
		b.Fatal(err)
	}
	translator := live.New(set)
	drawn, err := drawerOf(b, "shanghai").DrawChecked(project("shanghai"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := issue.WithChecks(translator, drawn); err != nil {
			b.Fatal(err)
		}
	}
}
