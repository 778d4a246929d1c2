package sheet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// WriteFile writes a file whole or not at all. An existing file is replaced only
// with force.
func WriteFile(name string, data []byte, force bool) error {
	f, err := Create(name, force)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Commit()
}

// File is a file that appears whole or not at all: it is written beside its
// place, and Commit renames it into it.
type File struct {
	*os.File
	name  string // of its place
	force bool
}

// Create begins a file. An existing one is replaced only with force.
func Create(name string, force bool) (*File, error) {
	if _, err := os.Lstat(name); err == nil && !force {
		return nil, &fs.PathError{Op: "write", Path: name, Err: fs.ErrExist}
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".ziping-*.tmp")
	f := &File{tmp, name, force}
	switch {
	case errors.Is(err, fs.ErrNotExist): // the directory, not the file
		return nil, &fs.PathError{Op: "write", Path: filepath.Dir(name), Err: fs.ErrNotExist}
	case err != nil:
		return nil, f.named(err)
	}
	return f, nil
}

// named puts the file's own name into an error of the one beside its place.
func (f *File) named(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return &fs.PathError{Op: path.Op, Path: f.name, Err: path.Err}
	case errors.As(err, &link):
		return &fs.PathError{Op: link.Op, Path: f.name, Err: link.Err}
	}
	return err
}

// Write implements io.Writer.
func (f *File) Write(b []byte) (int, error) {
	n, err := f.File.Write(b)
	return n, f.named(err)
}

// Close takes away what was not committed.
func (f *File) Close() error {
	closed := f.File.Close()
	if errors.Is(closed, os.ErrClosed) {
		closed = nil
	}
	return errors.Join(closed, ignoreMissing(os.Remove(f.File.Name())))
}

// Commit puts the file into its place.
func (f *File) Commit() error {
	tmp := f.File.Name()
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.File.Close()); err != nil {
		return f.named(err)
	}
	if !f.force {
		// Link fails where the name was taken meanwhile; rename would replace it.
		err := os.Link(tmp, f.name)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return f.named(err)
		}
	} // else, or on a file system without links:
	return f.named(os.Rename(tmp, f.name))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Explain says in a clerk's words why a file could not be read or written.
func Explain(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	var name string
	var cause error
	switch {
	case errors.As(err, &path):
		name, cause = path.Path, path.Err
	case errors.As(err, &link):
		name, cause = link.New, link.Err
	default:
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s：没有这个文件或文件夹", name)
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s：文件已存在，没有改动；要覆盖请加 --force", name)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s：没有读写权限", name)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%s：磁盘已满，没有写出", name)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s：这里是只读的，没有写出", name)
	case errors.Is(err, syscall.EISDIR):
		return fmt.Errorf("%s：这是文件夹，应为文件", name)
	case errors.Is(err, syscall.ELOOP):
		return fmt.Errorf("%s：这个链接又指回自己", name)
	}
	return fmt.Errorf("%s：%w", name, cause)
}
