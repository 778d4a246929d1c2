package issue

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/template"
)

// name names the workbooks of project files. Those whose names are plain to see are not
// read before they are drawn, unless two of them have one name: then it counts which of
// them can be read.
func (b *Batch) name(ctx context.Context, tables []string, names *template.FileNames) (projects []task, err error) {
	projects, err = b.projects(ctx, tables, plainName)
	if err == nil && meet(projects, names.Clone()) {
		projects, err = b.projects(ctx, tables, func(string) string { return "" })
	}
	for i := range projects {
		if p := &projects[i]; p.err == nil {
			p.out = names.For(p.name) + ".xlsx"
		}
	}
	return projects, err
}

// meet reports whether some of the projects would have one name, or one that is taken.
func meet(projects []task, names *template.FileNames) bool {
	for i := range projects {
		if projects[i].err != nil {
			continue
		}
		if names.Taken(projects[i].name) {
			return true
		}
		names.For(projects[i].name)
	}
	return false
}

// projects returns the projects of project files with their names; plain returns that of
// one, "" where the file has to be read for it.
func (b *Batch) projects(ctx context.Context, tables []string, plain func(file string) string) (projects []task, err error) {
	err = run.InOrder(ctx, len(tables), func(i int) task {
		p := task{file: tables[i], name: plain(tables[i])}
		if p.name != "" {
			return p
		}
		var t *sheet.Table
		t, p.err = files.Table(p.file, b.Layout.Drawn())
		if p.err == nil { // thousands of the others would fill the memory
			p.name = strings.Clone(t.Project.Value)
		}
		if p.name == "" {
			p.name = strings.TrimSuffix(filepath.Base(p.file), filepath.Ext(p.file))
		}
		return p
	}, func(_ int, p task) error {
		projects = append(projects, p)
		return nil
	})
	return projects, err
}

// plainNames are names of projects as most files have them: in a line of the beginning.
var plainNames = regexp.MustCompile(`^(?:"\pL+" = (?:[0-9]+|"[^"\\\pC]*")\r?\n)*"` + sheet.LabelProject + `" = "([^"\\\pC]+)"\r?\n`)

// plainName returns the name of the project of a project file where it is plain to see.
func plainName(file string) string {
	if filepath.Ext(file) != ".toml" {
		return ""
	}
	src, err := files.ReadText(file)
	if err != nil {
		return ""
	}
	found := plainNames.FindSubmatch(src)
	if found == nil || quantity.Blank(string(found[1])) {
		return ""
	}
	return string(found[1])
}
