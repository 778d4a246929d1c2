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
	"runtime"
	"strings"
	"time"

	"ziping/sheet/xlsx"
)

// File is a file that was found.
type File struct {
	Name  string    // by which people know it: in an archive, that of the archive and its own
	Named bool      // a person named the file itself, not a directory that it is in
	path  string    // of the file, or of its archive
	entry *zip.File // nil where it is in no archive
}

// At returns a file by its name.
func At(name string) File { return File{Name: name, Named: true, path: name} }

var (
	errNotFile = errors.New("不是普通文件")
	errNoText  = errors.New("不是文本文件")
	errGrowing = errors.New("正在被其他程序写入，请稍后再试")
)

// Read reads the whole file, which must not be larger than the limits allow.
// Errors name it.
func (f File) Read(limits xlsx.Limits) ([]byte, error) {
	if f.entry == nil {
		data, err := readWithin(f.path, limits)
		if path := new(fs.PathError); errors.As(err, &path) {
			err = &fs.PathError{Op: path.Op, Path: f.Name, Err: path.Err}
		}
		return data, err
	}
	data, err := readEntry(f.entry, limits)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: f.Name, Err: err}
	}
	return data, nil
}

// Modified is when the file was written, in milliseconds, for a browser says no more;
// in an archive, when it was packed. It is zero where that is not known.
func (f File) Modified() time.Time {
	if f.entry != nil {
		return f.entry.Modified
	}
	info, err := os.Stat(f.path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime().Truncate(time.Millisecond)
}

// Read reads a whole file that is not too large to be one of ours.
func Read(name string) ([]byte, error) { return readWithin(name, xlsx.Limits{}) }

// ReadText reads a whole file that a person wrote as a text.
func ReadText(name string) ([]byte, error) {
	b, err := Read(name)
	if err == nil && isDocument(b) {
		err = &fs.PathError{Op: "read", Path: name, Err: errNoText}
	}
	return b, err
}

// isDocument reports whether a file is a workbook or another document, where a
// text was expected.
func isDocument(b []byte) bool {
	for _, begin := range []string{"PK\x03\x04", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "%PDF-"} {
		if bytes.HasPrefix(b, []byte(begin)) {
			return true
		}
	}
	return false
}

func readWithin(name string, limits xlsx.Limits) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errFolder}
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
	data, n := make([]byte, info.Size()+1), 0
	for err == nil && int64(n) != info.Size() && n < len(data) { // mostly once
		var more int
		more, err = f.Read(data[n:])
		n += more
	}
	if int64(n) > info.Size() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errGrowing}
	}
	if err == io.EOF {
		err = nil
	}
	return data[:n], err
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

// Absolutes returns Absolute for many files: where we are is asked once.
func Absolutes() func(file string) string {
	here, err := os.Getwd()
	if err != nil || runtime.GOOS == "windows" { // there each drive has a place of its own
		return Absolute
	}
	return func(file string) string {
		if filepath.IsAbs(file) {
			return filepath.Clean(file)
		}
		return filepath.Join(here, file)
	}
}
