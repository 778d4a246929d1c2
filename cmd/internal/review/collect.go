package review

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules/summary"
	"ziping/sheet"
	"ziping/template/list"
)

// Collect writes the summary of all workbooks, in the order of their names: then
// it does not matter in what order they came. Their names are linked as seen from
// dir; the projects are those that are expected, nil where that is not known. The
// review can't be used after it.
func (k *Review) Collect(ctx context.Context, projects []*sheet.Table, dir string, out io.Writer) (s summary.Counts, err error) {
	w := summary.New(summary.Options{Rules: k.o.Rules.Rules(), Projects: projects, Link: linkFrom(dir)})
	defer w.Close()
	order := make([]int, len(k.books))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := k.books[a].file.Name, k.books[b].file.Name
		return cmp.Or(cmp.Compare(filepath.Clean(x), filepath.Clean(y)), cmp.Compare(x, y))
	})
	err = run.Each(ctx, k.o.Progress, "汇总", len(order), func(i int) reviewed {
		f, err := k.file(order[i])
		return reviewed{f, err}
	}, func(_ int, r reviewed) error {
		if r.err != nil {
			return r.err
		}
		k.count(r.File)
		return w.Add(r.File)
	})
	if err != nil {
		return s, err
	}
	k.batch, k.index, k.books = nil, nil, nil // memory for the sheets
	b, s, err := w.Bytes()
	if err != nil {
		return s, err
	}
	_, err = out.Write(b)
	return s, err
}

// Expected reads the projects that are expected; nil where there is no list.
// What a list leaves to be filled in does not matter here.
func Expected(found files.Found) ([]*sheet.Table, error) {
	if len(found.Args) == 0 {
		return nil, nil
	}
	var errs []error
	for _, e := range found.Errors {
		errs = append(errs, e.Err)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	// Project files one by one: thousands of them would fill the memory. Of each
	// project only its names are kept.
	var projects []*sheet.Table
	taken := map[[5]string]bool{} // what stands in two lists is one project
	take := func(t *sheet.Table) {
		names := namesOf(t)
		key := [...]string{sheet.Show(&names.Year), names.Project.Value, names.Code.Value, names.Department.Value, names.Implementer.Value}
		if key[1] != "" && !taken[key] { // a blank form is no project
			taken[key] = true
			projects = append(projects, names)
		}
	}
	var lists []string
	for _, file := range found.Names() {
		if !list.IsTable(file) {
			lists = append(lists, file)
			continue
		}
		t, err := files.Table(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		take(t)
	}
	listed, err := files.Projects(lists)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	for _, p := range listed.Projects {
		take(p.Table)
	}
	if len(projects) == 0 {
		return nil, found.None("项目文件")
	}
	return projects, nil
}

// namesOf returns what tells a project from others.
func namesOf(t *sheet.Table) *sheet.Table {
	names := &sheet.Table{Year: sheet.Number{Value: t.Year.Value, Known: t.Year.Known}}
	for _, v := range []struct{ to, from *sheet.Text }{
		{&names.Project, &t.Project}, {&names.Code, &t.Code}, {&names.Department, &t.Department}, {&names.Implementer, &t.Implementer},
	} {
		v.to.Value = strings.Clone(v.from.Value)
	}
	return names
}

// linkFrom returns how files are linked in a workbook that stands in dir.
func linkFrom(dir string) func(file string) string {
	return func(file string) string {
		file = files.Container(file)
		rel, err := filepath.Rel(dir, file)
		if err != nil { // one of both is absolute, or on another disk
			rel = files.Absolute(file)
			if r, err := filepath.Rel(files.Absolute(dir), rel); err == nil {
				rel = r
			}
		}
		return filepath.ToSlash(rel)
	}
}
