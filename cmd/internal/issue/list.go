package issue

import (
	"errors"
	"fmt"
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
func (b *Batch) loadLists(lists []string, names *template.FileNames) ([]task, error) {
	listed, err := files.Projects(lists)
	if err != nil {
		return nil, err
	}
	return b.place(listed, names)
}

// place gives the projects of lists their workbooks.
func (b *Batch) place(listed list.List, names *template.FileNames) ([]task, error) {
	b.list = names.For(issuedList)
	for !b.Force && files.Exists(b.issuedFile()) { // the clerk has written into it
		b.list = names.For(issuedList)
	}
	folders := files.NewFolders(names)
	var issues []task
	var errs []error
	var without []string
	for i := range listed.Projects {
		p := &listed.Projects[i]
		t, w, err := b.Drawer.Fit(p.Table)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s%w", p.Place(&p.Table.Project), err))
			continue
		}
		without = append(without, w...)
		out := folders.Stem(p.Department.Value, p.Table.Project.Value) + ".xlsx"
		issues = append(issues, task{file: p.File, table: t, out: out, listed: p.Table})
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	for _, n := range listed.Notices {
		b.Notice(n)
	}
	if slices.Sort(without); len(without) > 0 {
		b.Notice(fmt.Sprintf("版式 %s 没有%s的单元格，只写入%s，不印在表上", b.Layout.Name, strings.Join(slices.Compact(without), "、"), issuedList))
	}
	return issues, nil
}

func (b *Batch) issuedFile() string { return filepath.Join(b.Dir, b.list+".xlsx") }

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
