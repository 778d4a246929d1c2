// Package issue is the work behind template: it draws a locked workbook for each
// project of lists and project files. It knows no command line.
package issue

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/sheet"
	"ziping/template"
)

// Batch draws the workbooks of many projects. Its functions are called from one
// goroutine.
type Batch struct {
	Drawer   *template.Drawer
	Layout   *template.Layout // which it draws
	Dir      string           // to write to
	Force    bool             // replace files that exist
	Progress run.Progress
	Problem  func(err error)   // of a project that gets no workbook; its error names the file
	Notice   func(text string) // something that ought to be known
	Wrote    func(file string) // told of each workbook and list
}

// ErrSome says that Problem was told of at least one file.
var ErrSome = errors.New("有文件没有处理")

// project is one project on its way into a workbook.
type project struct {
	file   string       // the project file or list
	table  *sheet.Table // as it is drawn; nil where it is read again from a project file
	out    string       // below the directory
	err    error
	listed *sheet.Table // of a project list: with what the layout has no cell for
}

// Run draws the workbooks of the projects that the arguments name: project files,
// lists, directories; a blank one where there are none.
func (b *Batch) Run(ctx context.Context, args []string) error {
	projects, failed, err := b.load(ctx, args)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(b.Dir, 0o755); err != nil {
		return err
	}
	var issued []template.Issued
	interrupted := run.Each(ctx, b.Progress, "生成", len(projects), func(i int) error { return b.write(&projects[i]) }, func(i int, err error) error {
		if err != nil {
			failed = true
			b.Problem(err)
			return nil
		}
		b.Wrote(filepath.Join(b.Dir, projects[i].out))
		if projects[i].listed != nil {
			issued = append(issued, template.Issued{Table: projects[i].listed, File: projects[i].out})
		}
		return nil
	})
	if len(issued) > 0 {
		if err := b.writeIssued(issued); err != nil {
			return err
		}
	}
	if interrupted != nil {
		return interrupted
	}
	if failed {
		return ErrSome
	}
	return nil
}

// write draws and writes one workbook.
func (b *Batch) write(p *project) error {
	if p.err != nil {
		return p.err
	}
	table := p.table
	if table == nil {
		var err error
		table, err = files.Table(p.file)
		if err != nil {
			return err
		}
	}
	data, err := b.Drawer.Draw(table)
	if err != nil {
		return files.Wrap(p.file, err)
	}
	out := filepath.Join(b.Dir, p.out)
	if p.listed != nil {
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return sheet.Explain(err)
		}
	}
	return sheet.Explain(sheet.WriteFile(out, data, b.Force))
}

// load reads the project lists and the project files, and names their workbooks.
// A mistake in a list is an error, so that nothing is written; one in a project
// file is of that file only.
func (b *Batch) load(ctx context.Context, args []string) (projects []project, failed bool, err error) {
	names := template.NewFileNames()
	if len(args) == 0 {
		return []project{{file: "空白自评表", table: new(sheet.Table), out: names.For("空白自评表") + ".xlsx"}}, false, nil
	}
	found, errs := files.Find(args, ".toml", ".json", ".csv", ".xlsx", ".xlsm")
	for _, e := range errs {
		b.Problem(e.Err)
	}
	lists := slices.DeleteFunc(slices.Clone(found), func(f string) bool {
		return template.IsTable(f) || !slices.Contains(args, f) && files.IsOurs(f)
	})
	found = slices.DeleteFunc(found, func(f string) bool { return !template.IsTable(f) })
	if len(lists) > 0 {
		if len(errs) > 0 {
			return nil, false, ErrSome
		}
		projects, err = b.loadLists(lists, names)
		if err != nil {
			return nil, false, err
		}
	}
	err = run.InOrder(ctx, len(found), func(i int) project {
		t, err := files.Table(found[i])
		return project{file: found[i], table: t, err: err}
	}, func(i int, p project) error {
		if p.err == nil {
			name := p.table.Project.Value
			if name == "" {
				name = strings.TrimSuffix(filepath.Base(p.file), filepath.Ext(p.file))
			}
			p.out = names.For(strings.Clone(name)) + ".xlsx"
		}
		p.table = nil // thousands of them would fill the memory
		projects = append(projects, p)
		return nil
	})
	return projects, len(errs) > 0, err
}

// Layout reads a layout: one of the built-in ones by its name, or a file.
func Layout(name string) (*template.Layout, error) {
	if filepath.Ext(name) != ".toml" {
		return template.Load(name)
	}
	src, err := files.Read(name)
	if err != nil {
		return nil, err
	}
	return template.Parse(name, src)
}
