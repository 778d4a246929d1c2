package issue

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/template"
	"ziping/template/list"
)

// issuedList is the name of the list of what was issued.
const issuedList = "发放清单"

// loadLists reads project lists, and gives each project a workbook in the
// directory of its 主管部门.
func (b *Batch) loadLists(lists []string, names *template.FileNames) ([]project, error) {
	list, err := files.Projects(lists)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(b.issuedFile()); err == nil && !b.Force {
		return nil, &fs.PathError{Op: "write", Path: b.issuedFile(), Err: fs.ErrExist}
	}
	names.For(issuedList)
	dirs := departments{names: template.NewFileNames(), of: map[string]department{}}
	var issues []project
	var errs []error
	var without []string
	for i := range list.Projects {
		p := &list.Projects[i]
		t, w, err := b.Drawer.Fit(p.Table)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s%w", p.Place(&p.Table.Project), err))
			continue
		}
		without = append(without, w...)
		out := dirs.file(p.Department.Value, p.Table.Project.Value, names)
		issues = append(issues, project{file: p.File, table: t, out: out, listed: p.Table})
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	for _, n := range list.Notices {
		b.Notice(n)
	}
	if slices.Sort(without); len(without) > 0 {
		b.Notice(fmt.Sprintf("版式 %s 没有%s的单元格，只写入%s，不印在表上", b.Layout.Name, strings.Join(slices.Compact(without), "、"), issuedList))
	}
	return issues, nil
}

// departments gives each 主管部门 a directory of its own.
type departments struct {
	names *template.FileNames
	of    map[string]department
}

type department struct {
	dir   string
	names *template.FileNames
}

// file names the workbook of a project; that of one without a 主管部门 stands
// beside the directories.
func (d *departments) file(name, project string, top *template.FileNames) string {
	if name == "" {
		return top.For(project) + ".xlsx"
	}
	dep, ok := d.of[name]
	if !ok {
		dir := d.names.For(name)
		if strings.EqualFold(filepath.Ext(dir), ".xlsx") {
			dir = d.names.For(dir + "_") // no workbook beside it, nor the list, has its name
		}
		dep = department{dir, template.NewFileNames()}
		d.of[name] = dep
	}
	return filepath.Join(dep.dir, dep.names.For(project)+".xlsx")
}

func (b *Batch) issuedFile() string { return filepath.Join(b.Dir, issuedList+".xlsx") }

// writeIssued writes the list of what was issued.
func (b *Batch) writeIssued(issued []list.Issued) error {
	data, err := list.DrawIssued(b.Layout, issued)
	if err != nil {
		return err
	}
	if err := files.Write(b.issuedFile(), data, b.Force); err != nil {
		return err
	}
	b.Wrote(b.issuedFile())
	return nil
}
