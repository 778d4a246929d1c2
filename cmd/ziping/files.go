package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/sheet"
)

// fileError is why a file or directory could not be read.
type fileError struct {
	file string
	err  error
}

// expand returns the files that the arguments name: a file itself, and of a
// directory every file below it that ends as asked, in the order of their
// names. Excel's lock files (~$), hidden files and our own lists are left out.
func expand(args []string, ends ...string) (files []string, errs []fileError) {
	fail := func(file string, err error) { errs = append(errs, fileError{file, sheet.Explain(err)}) }
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			fail(arg, err)
			continue
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				fail(path, err)
				return nil
			}
			name := d.Name()
			if hidden := strings.HasPrefix(name, "."); hidden && d.IsDir() && path != arg {
				return fs.SkipDir
			} else if !hidden && !strings.HasPrefix(name, "~$") && d.Type().IsRegular() &&
				slices.Contains(ends, strings.ToLower(filepath.Ext(name))) && !isOurList(path) {
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			fail(arg, err)
		}
	}
	return files, errs
}

// maxFile is the largest file that is read, in bytes.
const maxFile = 256 << 20

var (
	errNotFile  = errors.New("不是普通文件")
	errTooLarge = errors.New("文件超过 256 MB，不像是自评表")
)

// readFile reads a whole file that is not too large to be one of ours.
func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNotFile}
	case info.Size() > maxFile:
		return nil, &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
	}
	return os.ReadFile(name)
}

// inFile puts the name of a file before an error, or before each of several.
func inFile(file string, err error) error {
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
