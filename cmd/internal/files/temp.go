package files

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// createTemp creates a file with a name of ours in a directory, and holds it until
// it is closed.
func createTemp(dir, prefix string, perm fs.FileMode) (*os.File, error) {
	for {
		name := filepath.Join(dir, prefix+strconv.FormatUint(rand.Uint64(), 10)+".tmp")
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			hold(f)
		}
		return f, err
	}
}

// ours are the names of our temporary files, and of the directories in which
// documents are converted.
var ours = regexp.MustCompile(`^(\.?ziping-[0-9]+\.tmp|ziping-(office|convert)-[0-9]+)$`)

// stale is how old a temporary file is of which no run can be in need, if nothing
// holds it.
const stale = 24 * time.Hour

// swept are the directories that this process has swept.
var swept sync.Map

// SweepTemp takes away what runs that were killed have left in the directory for
// temporary files.
func SweepTemp() { sweepOnce(os.TempDir()) }

// sweepOnce sweeps a directory, if this process has not done so.
func sweepOnce(dir string) {
	if _, done := swept.LoadOrStore(dir, true); !done {
		sweep(dir, time.Now().Add(-stale))
	}
}

// sweep takes away our temporary files that were last written before a time, and
// that no process holds. What can't be taken away is left.
func sweep(dir string, before time.Time) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !ours.MatchString(e.Name()) {
			continue
		}
		name := filepath.Join(dir, e.Name())
		if e.IsDir() && newest(name).Before(before) {
			_ = os.RemoveAll(name)
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && info.ModTime().Before(before) && !isHeld(name) {
			_ = os.Remove(name)
		}
	}
}

// newest is when something in a directory was last written. One whose content
// can't be seen is in use.
func newest(dir string) time.Time {
	var last time.Time
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil {
			var info fs.FileInfo
			info, err = d.Info()
			if err == nil && info.ModTime().After(last) {
				last = info.ModTime()
			}
		}
		if err != nil {
			last = time.Now()
		}
		return nil
	})
	return last
}
