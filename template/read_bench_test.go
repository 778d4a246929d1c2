package template

import (
	"testing"

	"ziping/sheet"
)

// BenchmarkRead reads a workbook that ziping has drawn, with its record.
func BenchmarkRead(b *testing.B) {
	data, err := drawer(b, "shanghai", "").Draw(project())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sheet.Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
