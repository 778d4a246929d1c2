package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/template/list"
)

// Table reads a data or project file.
func Table(file string) (*sheet.Table, error) {
	if ext := strings.ToLower(filepath.Ext(file)); ext != ".toml" && ext != ".json" {
		return nil, fmt.Errorf("%s：应为 .toml 或 .json 文件", file)
	}
	src, err := Read(file)
	if err != nil {
		return nil, Explain(err)
	}
	return sheet.Unmarshal(file, src)
}

// Projects reads project files and lists. Everything that is wrong with them
// is in the error.
func Projects(files []string) (list.List, error) {
	var contents []list.File
	var errs []error
	for _, name := range files {
		data, err := Read(name)
		if err != nil {
			errs = append(errs, Explain(err))
			continue
		}
		contents = append(contents, list.File{Name: name, Data: data})
	}
	if len(errs) > 0 {
		return list.List{}, errors.Join(errs...)
	}
	return list.Read(contents)
}

// IsOurs reports whether a file is one of our lists or summaries. What can't
// be opened is said where it is read.
func IsOurs(file string) bool {
	if ext := strings.ToLower(filepath.Ext(file)); ext != ".xlsx" && ext != ".xlsm" {
		return false
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && book.Marked(f, info.Size())
}
