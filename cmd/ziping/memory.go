package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// usual is how much memory the program takes before any of it is worth
// collecting, in bytes.
const usual = 64 << 20

// room is how much more than what is in use it takes where that is much, in bytes. Half of
// it goes to the runtime: pieces of memory in which little stands, and what it knows of them.
const room = 40 << 20

// collectLate has garbage collected only when memory comes to the usual amount,
// however little of it is in use: a run over thousands of workbooks keeps a few
// megabytes, and would collect them hundreds of times. Where less than the room is
// left of it, the limit rises to what is in use and the room, or half more where that
// is more: a collector needs room to be worth its time.
// GOGC and GOMEMLIMIT have their way.
func collectLate() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(-1)
		limitMemory(0)
	}
}

// limitMemory sets the limit, and again after each collection.
func limitMemory(int) {
	used := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(used)
	live := int64(used[0].Value.Uint64() + used[1].Value.Uint64())
	debug.SetMemoryLimit(max(usual, live+max(room, live/2)))
	type sentinel struct{ *sentinel } // a pointer, lest it be allocated together with others
	runtime.AddCleanup(new(sentinel), limitMemory, 0)
}
