package sheettest

import (
	"os"
	"testing"
)

// NoRemains gives a test an empty directory for temporary files, and checks that
// nothing is left in it in the end.
func NoRemains(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir) // of Windows
	t.Cleanup(func() {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v (%v)", left, err)
		}
	})
}
