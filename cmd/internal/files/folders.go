package files

import (
	"path/filepath"
	"strings"

	"ziping/sheet/quantity"
	"ziping/template"
)

// Folders names files in a directory for each 主管部门.
type Folders struct {
	top, names *template.FileNames
	of         map[string]folder
}

type folder struct {
	dir   string
	names *template.FileNames
}

// NewFolders returns folders; top names what stands beside them.
func NewFolders(top *template.FileNames) *Folders {
	return &Folders{top, template.NewFileNames(), map[string]folder{}}
}

// Stem names a file of a department, without its ending; that of none stands beside
// the folders.
func (f *Folders) Stem(department, name string) string {
	if department == "" {
		return f.top.For(name)
	}
	key := quantity.FoldSpace(department)
	of, ok := f.of[key]
	if !ok {
		dir := f.names.For(department)
		if strings.EqualFold(filepath.Ext(dir), ".xlsx") {
			dir = f.names.For(dir + "_") // no workbook beside it, nor the list, has its name
		}
		of = folder{dir, template.NewFileNames()}
		f.of[key] = of
	}
	return filepath.Join(of.dir, of.names.For(name))
}

// Exists reports whether there is a file of the name.
func Exists(name string) bool { return replaceable(name, false) != nil }
