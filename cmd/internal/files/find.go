package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Workbooks is what the names of files end in that are read as workbooks below a
// directory, and as archives of them. A file that is named itself may end in
// anything.
var Workbooks = []string{".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", archiveEnd}

// Found is what arguments name.
type Found struct {
	Args    []string
	Files   []File
	Errors  []Error
	Skipped []string // files that do not end as asked
}

// Names returns the names of the files.
func (f Found) Names() []string {
	names := make([]string, len(f.Files))
	for i, file := range f.Files {
		names[i] = file.Name
	}
	return names
}

// Below returns what was found with names as seen from a directory, in which all of
// it must be.
func (f Found) Below(dir string) Found {
	prefix := filepath.Clean(dir) + string(filepath.Separator)
	below := func(text string) string { return strings.ReplaceAll(text, prefix, "") }
	seen := Found{Args: make([]string, len(f.Args)), Files: slices.Clone(f.Files), Skipped: make([]string, len(f.Skipped))}
	for i, arg := range f.Args {
		seen.Args[i] = below(arg)
	}
	for i := range seen.Files {
		seen.Files[i].Name = below(seen.Files[i].Name)
	}
	for _, e := range f.Errors {
		seen.Errors = append(seen.Errors, Error{below(e.File), renamed{below(e.Err.Error()), e.Err}})
	}
	for i, name := range f.Skipped {
		seen.Skipped[i] = below(name)
	}
	return seen
}

// renamed is an error with other names of files in its text.
type renamed struct {
	text string
	error
}

func (r renamed) Error() string { return r.text }
func (r renamed) Unwrap() error { return r.error }

// Notice says which files nobody looked at; it is empty where there are none.
func (f Found) Notice() string {
	const most = 5
	if len(f.Skipped) == 0 {
		return ""
	}
	names := strings.Join(f.Skipped[:min(most, len(f.Skipped))], "、")
	if len(f.Skipped) > most {
		names += " 等"
	}
	return fmt.Sprintf("另有 %d 个文件没有看：%s", len(f.Skipped), names)
}

// None is the error of arguments that name nothing of a kind.
func (f Found) None(kind string) error {
	return fmt.Errorf("%s：没有找到%s", strings.Join(f.Args, "、"), kind)
}

// Error is why a file or directory could not be read.
type Error struct {
	File string
	Err  error // names the file
}

// Find returns the files that the arguments name: a file itself, and of a
// directory or, where those are asked for, an archive every file below it that
// ends as asked, in the order of their names. What a shell makes of * and ?
// is done here for that of Windows, which leaves it to programs. Excel's lock
// files (~$) and hidden files are left out. A link to a file is that file; one to
// a directory below the named one may lead round in a circle, and is an error.
func Find(args []string, ends ...string) Found {
	s := search{ends: ends, Found: Found{Args: args}}
	for _, arg := range args {
		if arg == "" { // of a variable of a script, most often
			s.fail("“”", errors.New("“”：这里的文件名是空的"))
			continue
		}
		names, err := Expand(arg)
		if err != nil {
			s.fail(arg, err)
		}
		for _, name := range names {
			s.add(name, name == arg)
		}
	}
	return s.Found
}

// search is a Find on its way.
type search struct {
	Found
	ends []string
}

func (s *search) fail(file string, err error) {
	s.Errors = append(s.Errors, Error{file, Explain(err)})
}

// Expand returns the names that a pattern stands for; of a name, itself.
func Expand(arg string) ([]string, error) {
	if _, err := os.Lstat(arg); err == nil || !strings.ContainsAny(filepath.Base(arg), "*?") {
		return []string{arg}, nil
	}
	names, err := filepath.Glob(arg)
	names = slices.DeleteFunc(names, func(name string) bool { return isHidden(filepath.Base(name)) })
	if err != nil || len(names) == 0 {
		return nil, errors.New(arg + "：没有名称与此相符的文件或文件夹")
	}
	return names, nil
}

// add adds what a name stands for. One that a person wrote is taken for what it
// is meant to be, whatever it ends in.
func (s *search) add(name string, written bool) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		s.fail(name, err)
	case info.IsDir():
		s.walk(name)
	case s.isArchive(name) && info.Mode().IsRegular():
		s.unpack(name, written)
	case strings.HasPrefix(filepath.Base(name), lockFile): // a shell made it of *
		s.Skipped = append(s.Skipped, name)
	case written:
		s.Files = append(s.Files, File{Name: name, path: name, Named: true})
	default:
		s.take(name)
	}
}

// walk adds what stands below a directory.
func (s *search) walk(dir string) {
	root := dir
	if target, err := filepath.EvalSymlinks(dir); err == nil {
		root = target
	}
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		shown := filepath.Join(dir, strings.TrimPrefix(path, root))
		if err != nil {
			s.fail(shown, err)
			return nil
		}
		return s.visit(shown, d, path == root)
	})
}

// visit adds what stands in a directory to the files, if it is one of them.
func (s *search) visit(path string, d fs.DirEntry, root bool) error {
	mode := d.Type()
	hidden := isHidden(d.Name())
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
			s.fail(path, errors.New(path+"：这是指向另一个文件夹的链接，没有进入；如要处理，请在命令中写明那个文件夹"))
			return nil
		default:
			mode = info.Mode().Type()
		}
	}
	if hidden || !mode.IsRegular() {
		return nil
	}
	if s.isArchive(path) {
		s.unpack(path, false)
	} else {
		s.take(path)
	}
	return nil
}

// take adds a file that ends as asked to the files, another one to what is
// skipped.
func (s *search) take(name string) {
	if s.wants(name) {
		s.Files = append(s.Files, File{Name: name, path: name})
	} else {
		s.Skipped = append(s.Skipped, name)
	}
}

// wants reports whether a file ends as asked.
func (s *search) wants(name string) bool {
	return slices.Contains(s.ends, strings.ToLower(filepath.Ext(name)))
}

// isArchive reports whether a file is an archive that is to be opened.
func (s *search) isArchive(name string) bool {
	return IsArchive(name) && s.wants(name)
}

// lockFile is what the names of the files begin with by which Excel and WPS tell
// others that a workbook is open.
const lockFile = "~$"

// isHidden reports whether the user does not see a file of this base name, or
// did not put it there: Excel's lock files, what systems keep of a directory.
func isHidden(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, lockFile) ||
		strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}
