package issue_test

import (
	"testing"

	"ziping/rules/live"
	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
)

// BenchmarkShape makes the checks of a form of a shape that was not there before.
func BenchmarkShape(b *testing.B) {
	set := defaults(b)
	data, err := drawerOf(b, "shanghai").Draw(new(sheet.Table))
	if err != nil {
		b.Fatal(err)
	}
	wb, err := xlsx.Open(data)
	if err != nil {
		b.Fatal(err)
	}
	found, err := read.WithBlanks(wb, issued.Options{})
	if err != nil || len(found) != 1 {
		b.Fatal(len(found), err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := live.New(set).Sheet(calc.NewGrids(wb), found[0].Table, found[0].Sheet); err != nil {
			b.Fatal(err)
		}
	}
}
