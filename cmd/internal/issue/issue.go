// Package issue is the work behind template: it draws a locked workbook for each
// project of lists and project files. It knows no command line.
package issue

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/sheet"
	"ziping/template"
	"ziping/template/list"
)

// Batch draws the workbooks of many projects. Its functions are called from one
// goroutine.
type Batch struct {
	Drawer   *template.Drawer
	Layout   *template.Layout // which it draws
	Dir      string           // to write to
	Force    bool             // replace files that exist
	Inputs   *files.Inputs    // nothing takes the place of one; the projects are added
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
	if err := b.refuse(projects); err != nil {
		return err
	}
	if err := os.MkdirAll(b.Dir, 0o755); err != nil {
		return err
	}
	var issued []list.Issued
	interrupted := run.Each(ctx, b.Progress, "生成", len(projects), func(i int) error { return b.write(&projects[i]) }, func(i int, err error) error {
		if err != nil {
			failed = true
			b.Problem(err)
			return nil
		}
		b.Wrote(filepath.Join(b.Dir, projects[i].out))
		if projects[i].listed != nil {
			issued = append(issued, list.Issued{Table: projects[i].listed, File: projects[i].out})
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

// refuse returns an error for each workbook, and the list, that would take the
// place of an input.
func (b *Batch) refuse(projects []project) error {
	var errs []error
	listed := false
	for i := range projects {
		if projects[i].err == nil {
			errs = append(errs, b.Inputs.Refuse(filepath.Join(b.Dir, projects[i].out)))
		}
		listed = listed || projects[i].listed != nil
	}
	if listed {
		errs = append(errs, b.Inputs.Refuse(b.issuedFile()))
	}
	return errors.Join(errs...)
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
			return files.Explain(err)
		}
	}
	return files.Explain(files.Write(out, data, b.Force))
}

// load reads the project lists and the project files, and names their workbooks.
// A mistake in a list is an error, so that nothing is written; one in a project
// file is of that file only.
func (b *Batch) load(ctx context.Context, args []string) (projects []project, failed bool, err error) {
	names := template.NewFileNames()
	if len(args) == 0 {
		return []project{{file: "空白自评表", table: new(sheet.Table), out: names.For("空白自评表") + ".xlsx"}}, false, nil
	}
	found := files.Find(args, ".toml", ".json", ".csv", ".xlsx", ".xlsm")
	b.Inputs.AddReturns(found)
	for _, e := range found.Errors {
		b.Problem(e.Err)
	}
	if text := found.Notice(); text != "" {
		b.Notice(text)
	}
	var lists, tables []string
	for _, f := range found.Files {
		if list.IsTable(f.Name) {
			tables = append(tables, f.Name)
		} else if f.Named || !files.IsOurs(f.Name) {
			lists = append(lists, f.Name)
		}
	}
	failed = len(found.Errors) > 0
	if len(lists)+len(tables) == 0 && !failed {
		return nil, false, found.None("项目文件")
	}
	if len(lists) > 0 {
		if failed {
			return nil, false, ErrSome
		}
		projects, err = b.loadLists(lists, names)
		if err != nil {
			return nil, false, err
		}
	}
	err = run.InOrder(ctx, len(tables), func(i int) project {
		t, err := files.Table(tables[i])
		return project{file: tables[i], table: t, err: err}
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
	return projects, failed, err
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
