package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// The limit stands at the usual amount, and rises where more is in use: a
// collector that never finds anything to free would take half of the time.
func TestCollectLate(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	percent := debug.SetGCPercent(100)
	defer func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(math.MaxInt64) }()
	limit := func() int64 { return debug.SetMemoryLimit(-1) }
	debug.SetMemoryLimit(math.MaxInt64)
	collectLate()
	if got := limit(); got != usual {
		t.Fatalf("the limit is %d", got)
	}
	used := make([]*[1 << 20]byte, 3*usual>>20)
	for i := range used {
		used[i] = new([1 << 20]byte)
	}
	want := int64(3 * usual * 3 / 2)
	for begun := time.Now(); limit() < want && time.Since(begun) < 10*time.Second; {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := limit(); got < want {
		t.Errorf("the limit is %d with %d in use", got, len(used)<<20)
	}
	runtime.KeepAlive(used)
}
