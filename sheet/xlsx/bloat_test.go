package xlsx

import (
	"runtime"
	"testing"
	"time"
)

// Styled empty rows and cells cost little time and no memory. BenchmarkBloat
// has as many of them as a sheet can hold.
func TestBloat(t *testing.T) {
	data := bloated(t, 100_000, 2)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	g := mustRead(t, data)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if len(g.Cells()) != 1 || g.Cells()[0].Text != "甲" {
		t.Error(g.Cells())
	}
	if took > 20*time.Second { // 60 ms on an idle machine
		t.Errorf("took %v", took)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
		t.Errorf("allocated %d bytes", n)
	}
}
