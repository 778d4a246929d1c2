package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Folder is a directory for temporary files that only its owner may look into. It
// goes with Close; what a kill leaves of it goes with the next NewFolder.
type Folder struct {
	Path string
	lock *os.File // held as long as the folder is used
}

// The names of folders, and of what holds them.
const (
	folderPrefix = "ziping-serve-"
	folderLock   = "in-use"
)

// NewFolder makes a folder where temporary files are kept, and takes away those
// that no process uses any more.
func NewFolder() (*Folder, error) {
	sweepFolders(os.TempDir())
	path, err := os.MkdirTemp("", folderPrefix)
	if err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, folderLock), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	hold(lock)
	return &Folder{path, lock}, nil
}

// Close takes the folder away with all that is in it.
func (f *Folder) Close() error {
	return errors.Join(f.lock.Close(), os.RemoveAll(f.Path))
}

// sweepFolders takes away the folders in a directory that no process uses. One
// without a lock may be about to get it: it goes when it is old.
func sweepFolders(dir string) {
	found, _ := filepath.Glob(filepath.Join(dir, folderPrefix+"*"))
	for _, path := range found {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() {
			continue
		}
		lock := filepath.Join(path, folderLock)
		_, err = os.Lstat(lock)
		if errors.Is(err, fs.ErrNotExist) && time.Since(info.ModTime()) > stale || err == nil && !isHeld(lock) {
			_ = os.RemoveAll(path) // what can't be taken away is left
		}
	}
}
