package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"ziping/sheet/xlsx"
)

var (
	errNotFile = errors.New("不是普通文件")
	errGrowing = errors.New("正在被其他程序写入，请稍后再试")
)

// Read reads a whole file that is not too large to be one of ours.
func Read(name string) ([]byte, error) { return ReadWithin(name, xlsx.Limits{}) }

// ReadWithin is Read with other limits than the default ones.
func ReadWithin(name string, limits xlsx.Limits) ([]byte, error) {
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

// Wrap puts the name of a file before an error, or before each of several.
func Wrap(file string, err error) error {
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return fmt.Errorf("%s：%w", file, err)
	}
	var errs []error
	for _, e := range list.Unwrap() {
		errs = append(errs, fmt.Errorf("%s：%w", file, e))
	}
	return errors.Join(errs...)
}

// Same reports whether two names are of one file.
func Same(a, b string) bool {
	ia, err := os.Stat(a)
	if err != nil {
		return false
	}
	ib, err := os.Stat(b)
	return err == nil && os.SameFile(ia, ib)
}
