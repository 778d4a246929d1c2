package xlsx

import (
	"runtime"
	"testing"
	"time"
)

// A million styled empty rows cost little time and next to no memory.
func TestBloat(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows take a second to make")
	}
	data := bloated(t, 0)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	g := mustRead(t, data)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if len(g.Cells()) != 1 || g.Cells()[0].Text != "甲" {
		t.Error(g.Cells())
	}
	if took > 5*time.Second { // 0.4 s here; the bound is for slow and busy machines
		t.Errorf("took %v", took)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
		t.Errorf("allocated %d bytes", n)
	}
}
