package files

import (
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// beyond is a place in a file that no content reaches: a lock of Windows keeps
// others from what it covers.
var beyond = windows.Overlapped{OffsetHigh: math.MaxInt32}

// hold marks a file as in use until it is closed, also by a kill.
func hold(f *os.File) {
	place := beyond
	_ = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place) // some file systems can't
}

// isHeld reports whether a process uses a file.
func isHeld(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return true
	}
	defer f.Close()
	place := beyond
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place) != nil
}
