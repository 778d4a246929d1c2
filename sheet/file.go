package sheet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// WriteFile writes a file whole or not at all: beside its place, then renamed
// into it. An existing file is replaced only with force.
func WriteFile(name string, data []byte, force bool) (err error) {
	if _, err := os.Lstat(name); err == nil && !force {
		return &fs.PathError{Op: "write", Path: name, Err: fs.ErrExist}
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".ziping-*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(tmp.Name())))
		}
	}()
	if _, err = tmp.Write(data); err != nil {
		tmp.Close()
		return err
	}
	if err = errors.Join(tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if force {
		return os.Rename(tmp.Name(), name)
	}
	// Link fails where the name was taken meanwhile; rename would replace it.
	if err = os.Link(tmp.Name(), name); err == nil {
		return os.Remove(tmp.Name())
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(tmp.Name(), name) // a file system without links
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
	case errors.Is(err, syscall.ELOOP):
		return fmt.Errorf("%s：这个链接又指回自己", name)
	}
	return fmt.Errorf("%s：%w", name, cause)
}
