package xlsx

import (
	"runtime"
	"testing"
)

// Styled empty rows and cells cost no memory. BenchmarkBloat says what time; it
// has as many of them as a sheet can hold.
func TestBloat(t *testing.T) {
	data := bloated(t, 100_000, 2)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	g := mustRead(t, data)
	runtime.ReadMemStats(&after)
	if len(g.Cells()) != 1 || g.Cells()[0].Text != "甲" {
		t.Error(g.Cells())
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("allocated %d bytes", n)
	}
}
