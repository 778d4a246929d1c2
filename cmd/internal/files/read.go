package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ziping/sheet/xlsx"
)

// File is a file that was found.
type File struct {
	Name  string    // by which people know it: in an archive, that of the archive and its own
	Named bool      // a person named the file itself, not a directory that it is in
	path  string    // of the file, or of its archive
	entry *zip.File // nil where it is in no archive
}

var (
	errNotFile = errors.New("不是普通文件")
	errGrowing = errors.New("正在被其他程序写入，请稍后再试")
)

// Read reads the whole file, which must not be larger than the limits allow.
// Errors name it.
func (f File) Read(limits xlsx.Limits) ([]byte, error) {
	if f.entry == nil {
		return readWithin(f.path, limits)
	}
	data, err := readEntry(f.entry, limits)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: f.Name, Err: err}
	}
	return data, nil
}

// Read reads a whole file that is not too large to be one of ours.
func Read(name string) ([]byte, error) { return readWithin(name, xlsx.Limits{}) }

func readWithin(name string, limits xlsx.Limits) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNotFile}
	}
	if err := limits.CheckSize(info.Size()); err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	_, err = data.ReadFrom(io.LimitReader(f, info.Size()+1))
	if err == nil && int64(data.Len()) > info.Size() {
		err = &fs.PathError{Op: "read", Path: name, Err: errGrowing}
	}
	return data.Bytes(), err
}

// Wrap puts the name of a file before an error, or before each of several, where
// it does not stand there yet.
func Wrap(file string, err error) error {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		var errs []error
		for _, e := range list.Unwrap() {
			errs = append(errs, Wrap(file, e))
		}
		return errors.Join(errs...)
	}
	if text := err.Error(); strings.HasPrefix(text, file+"：") || strings.HasPrefix(text, file+":") {
		return err
	}
	return fmt.Errorf("%s：%w", file, err)
}

// Absolute returns the absolute name of a file; where that is not known, the name.
func Absolute(file string) string {
	abs, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	return abs
}
