package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/sheet"
)

// Workbooks is what the names of workbooks end in that are read of a directory. A
// file that is named itself may end in anything.
var Workbooks = []string{".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"}

// Error is why a file or directory could not be read.
type Error struct {
	File string
	Err  error // names the file
}

// Find returns the files that the arguments name: a file itself, and of a
// directory every file below it that ends as asked, in the order of their
// names. Excel's lock files (~$) and hidden files are left out. A link to a
// file is that file; one to a directory below the named one may lead round in a
// circle, and is an error.
func Find(args []string, ends ...string) (files []string, errs []Error) {
	fail := func(file string, err error) { errs = append(errs, Error{file, sheet.Explain(err)}) }
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
		root := arg
		if target, err := filepath.EvalSymlinks(arg); err == nil {
			root = target
		}
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			shown := filepath.Join(arg, strings.TrimPrefix(path, root))
			if err != nil {
				fail(shown, err)
				return nil
			}
			return visit(shown, d, path == root, ends, &files, fail)
		})
	}
	return files, errs
}

// visit adds what stands in a directory to the files, if it is one of them.
func visit(path string, d fs.DirEntry, root bool, ends []string, files *[]string, fail func(string, error)) error {
	name, mode := d.Name(), d.Type()
	hidden := strings.HasPrefix(name, ".")
	if d.IsDir() {
		if hidden && !root {
			return fs.SkipDir
		}
		return nil
	}
	if mode&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		switch {
		case err != nil: // it leads nowhere, or in a circle
			mode = 0
		case info.IsDir():
			fail(path, errors.New(path+"：这是指向另一个文件夹的链接，没有进入；如要处理，请在命令中写明那个文件夹"))
			return nil
		default:
			mode = info.Mode().Type()
		}
	}
	if !hidden && !strings.HasPrefix(name, "~$") && mode.IsRegular() && slices.Contains(ends, strings.ToLower(filepath.Ext(name))) {
		*files = append(*files, path)
	}
	return nil
}
