package main

import (
	"bytes"
	"fmt"
	"os"
	"time"
)

// peakMemory returns the most memory that a program holds until it ends, in
// KiB. What the system says of it after its end would include the memory of the
// test, from which it was forked.
func peakMemory(pid int) int64 {
	var peak int64
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return peak
		}
		_, line, ok := bytes.Cut(status, []byte("VmHWM:"))
		if !ok {
			return peak // it has ended
		}
		_, _ = fmt.Sscan(string(line), &peak)
		time.Sleep(5 * time.Millisecond)
	}
}
