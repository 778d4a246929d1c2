// Package list reads project lists, as offices keep them, and draws those that
// ziping makes: the example of one, and what was issued.
package list

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// File is a project file or a project list: its name and what is in it.
type File struct {
	Name string
	Data []byte
}

// Project is one project that is to be evaluated, and where it was listed. Every
// value of the table keeps its cell, or its line and column.
type Project struct {
	*sheet.Table
	File  string
	Sheet string // of a workbook
}

// Place names the place of one of the project's values as errors do.
func (p *Project) Place(v sheet.Value) string { return place(p.File, p.Sheet, *v.At()) }

// List is what project files and lists come to.
type List struct {
	Projects []Project // in the order of the files
	Notices  []string  // what a clerk should know, though it is no mistake
}

// IsTable reports whether a project file holds one project under its labels, in
// TOML or JSON, and is no list.
func IsTable(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".toml" || ext == ".json"
}

// Read reads the projects of any mix of files: .toml and .json with one
// project each, .xlsx and .csv lists with a row a project and, on another sheet
// or in another file, a row an indicator. Every mistake in them is reported at
// once, with its cell or its line: the error joins one for each. The projects are
// not to be used then.
func Read(files []File) (List, error) {
	r := reader{}
	for _, f := range files {
		if !IsTable(f.Name) {
			r.file(f)
			continue
		}
		t, err := sheet.Unmarshal(f.Name, f.Data)
		var mistakes strict.Errors
		switch {
		case errors.As(err, &mistakes):
			r.errs = append(r.errs, mistakes.Unwrap()...)
		case err != nil:
			r.fail(err)
		default:
			r.list.Projects = append(r.list.Projects, Project{Table: t, File: f.Name})
		}
	}
	r.join()
	return r.list, errors.Join(inListOrder(r.errs)...)
}

// inListOrder sorts the mistakes of each sheet from the top; what comes out only
// when all is read does not stand apart.
func inListOrder(errs []error) []error {
	type key struct{ file, sheet string }
	sheets := map[key]int{}
	place := func(err error) (sheet, row, col int) {
		var k key
		switch e := err.(type) {
		case *problem:
			k = key{e.File, e.Sheet}
			if area, ok := xlsx.ParseRange(e.Cell.Ref); ok {
				row, col = area.FirstRow, area.FirstCol
			} else {
				row, col = e.Cell.Pos.Line, e.Cell.Pos.Column
			}
		case *strict.Error:
			k, row, col = key{file: e.File}, e.Line, e.Column
		}
		if _, ok := sheets[k]; !ok {
			sheets[k] = len(sheets)
		}
		return sheets[k], row, col
	}
	for _, err := range errs {
		place(err)
	}
	slices.SortStableFunc(errs, func(a, b error) int {
		sheetA, rowA, colA := place(a)
		sheetB, rowB, colB := place(b)
		return cmp.Or(sheetA-sheetB, rowA-rowB, colA-colB)
	})
	return errs
}

// reader reads project lists.
type reader struct {
	list       List
	listed     []*listed    // the projects of lists
	indicators []*indicator // of lists, still without their projects
	unknown    []unknownColumn
	errs       []error
}

// listed is a project of a list.
type listed struct {
	Project
	page *source
}

func (r *reader) fail(err error) { r.errs = append(r.errs, err) }

func (r *reader) notice(err error) { r.list.Notices = append(r.list.Notices, err.Error()) }

// file reads one list.
func (r *reader) file(f File) {
	list, err := pages(f)
	if err != nil {
		r.fail(err)
		return
	}
	found, before := false, len(r.listed)+len(r.indicators)+len(r.errs)
	forms := formSheets(f)
	for i := range list {
		p := &list[i]
		at, ok := headerIn(p)
		if !ok || forms[p.sheet] {
			continue
		}
		h := r.readHeader(p, at)
		found = true
		r.unknownColumns()
		r.rows(h)
	}
	if found {
		if len(r.listed)+len(r.indicators)+len(r.errs) == before {
			r.fail(&problem{File: f.Name, Message: "列名下面没有填写任何项目"})
		}
		return
	}
	if len(forms) > 0 {
		r.fail(&problem{File: f.Name, Message: "这是自评表，不是项目清单"})
	} else {
		r.fail(&problem{File: f.Name, Message: "没有找到项目清单：应有一行列名，如“项目名称”“主管部门”（用 ziping template --list-example 可得到一份样例）"})
	}
}

// formSheets returns the names of the sheets of a workbook that hold a form.
func formSheets(f File) map[string]bool {
	limits := xlsx.DefaultLimits()
	limits.Cells = maxCells
	found, err := read.FormsWith(f.Data, issued.Options{Limits: limits})
	if err != nil {
		return nil
	}
	names := map[string]bool{}
	for _, form := range found {
		names[form.Sheet] = true
	}
	return names
}

// some shortens a list of names for a message.
func some(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s 等", strings.Join(names[:most], "、"))
}
