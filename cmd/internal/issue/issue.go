// Package issue is the work behind template: it draws a locked workbook for each
// project of lists and project files. It knows no command line.
package issue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules/live"
	"ziping/sheet"
	"ziping/template"
	"ziping/template/list"
)

// Batch draws the workbooks of many projects. Its functions are called from one
// goroutine.
type Batch struct {
	Drawer   *template.Drawer
	Live     *live.Translator // of the rules that are seen while one fills in; nil leaves them out
	Layout   *template.Layout // which it draws
	Dir      string           // to write to
	Force    bool             // replace files that exist
	Inputs   *files.Inputs    // nothing takes the place of one; the projects are added
	Progress run.Progress
	Problem  func(err error)   // of a project that gets no workbook; its error names the file
	Notice   func(text string) // something that ought to be known
	Wrote    func(file string) // told of each workbook and list

	list    string        // the name of the list of what is issued
	drawing chan struct{} // one for each that is being drawn, at most as many as cores: the others wait for the disk, with little in memory
}

// ErrSome says that Problem was told of at least one file.
var ErrSome = errors.New("有文件没有处理")

// task is one project on its way into a workbook.
type task struct {
	file   string       // the project file or list
	table  *sheet.Table // as it is drawn; nil where it is read again from a project file
	out    string       // below the directory
	err    error
	listed *sheet.Table // of a project list: with what the layout has no cell for
	left   bool         // it was issued before, as it is now
}

// Run draws the workbooks of the projects that the arguments name: project files,
// lists, directories; a blank one where there are none.
func (b *Batch) Run(ctx context.Context, args []string) error {
	projects, failed, err := b.load(ctx, args)
	if err != nil {
		return err
	}
	return b.draw(ctx, projects, failed)
}

// RunLists draws the workbooks of project lists that have been read. Where
// something is wrong with them nothing is written.
func (b *Batch) RunLists(ctx context.Context, lists []list.File) error {
	listed, err := list.Read(lists)
	if err != nil {
		return err
	}
	projects, err := b.place(listed, template.NewFileNames())
	if err != nil {
		return err
	}
	return b.draw(ctx, projects, false)
}

// draw draws the workbooks of projects; failed says that Problem was told of some
// already.
func (b *Batch) draw(ctx context.Context, projects []task, failed bool) error {
	if err := files.CheckKey(b.Drawer.Key); err != nil {
		return err
	}
	if err := b.refuse(projects); err != nil {
		return err
	}
	if err := os.MkdirAll(b.Dir, 0o777); err != nil {
		return err
	}
	var issued []list.Issued
	left := 0
	b.drawing = make(chan struct{}, runtime.GOMAXPROCS(0))
	interrupted := run.Each(ctx, b.Progress, "生成", len(projects), func(i int) error { return b.write(&projects[i]) }, func(i int, err error) error {
		if err != nil {
			failed = true
			b.Problem(err)
			return nil
		}
		if projects[i].left {
			left++
			return nil
		}
		b.Wrote(filepath.Join(b.Dir, projects[i].out))
		if projects[i].listed != nil {
			issued = append(issued, list.Issued{Table: projects[i].listed, File: projects[i].out})
		}
		return nil
	})
	if left > 0 {
		b.Notice(fmt.Sprintf("%d 个项目已经发放过，没有变化，原来的工作簿没有改动", left))
	}
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
func (b *Batch) refuse(projects []task) error {
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
func (b *Batch) write(p *task) error {
	if p.err != nil {
		return p.err
	}
	data, err := b.drawn(p)
	if err != nil {
		return err
	}
	out := filepath.Join(b.Dir, p.out)
	if p.listed != nil && !b.Force {
		p.left, err = before(out, data)
		if p.left || err != nil {
			return files.Explain(err)
		}
	}
	if p.listed != nil {
		if err := os.MkdirAll(filepath.Dir(out), 0o777); err != nil {
			return files.Explain(err)
		}
	}
	return files.Explain(files.Write(out, data, b.Force))
}

// drawn draws the workbook of a project, when it is its turn.
func (b *Batch) drawn(p *task) ([]byte, error) {
	b.drawing <- struct{}{}
	defer func() { <-b.drawing }()
	table := p.table
	if table == nil {
		var err error
		table, err = files.Table(p.file, b.Layout.Drawn())
		if err != nil {
			return nil, err
		}
	}
	data, err := b.workbook(table)
	if err != nil {
		return nil, files.Wrap(p.file, err)
	}
	return data, nil
}

// workbook draws a workbook, with its sheet 填报检查.
func (b *Batch) workbook(t *sheet.Table) ([]byte, error) {
	if b.Live == nil {
		return b.Drawer.Draw(t)
	}
	return b.Drawer.DrawChecked(t, checks(b.Live))
}

// load reads the project lists and the project files, and names their workbooks.
// A mistake in a list is an error, so that nothing is written; one in a project
// file is of that file only.
func (b *Batch) load(ctx context.Context, args []string) (projects []task, failed bool, err error) {
	names := template.NewFileNames()
	if len(args) == 0 {
		return []task{{file: "空白自评表", table: new(sheet.Table), out: names.For("空白自评表") + ".xlsx"}}, false, nil
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
	err = run.InOrder(ctx, len(tables), func(i int) task {
		t, err := files.Table(tables[i], b.Layout.Drawn())
		return task{file: tables[i], table: t, err: err}
	}, func(i int, p task) error {
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
	src, err := files.ReadText(name)
	if err != nil {
		return nil, err
	}
	l, err := template.Parse(name, src)
	if err != nil {
		return nil, err
	}
	return l, l.ReadBack() // what can't be read back is not issued
}
