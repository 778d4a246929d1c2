package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/template"
	"ziping/template/list"
)

// writeListExample writes a project list to fill in.
func writeListExample(c *cli.Context, file string) error {
	if c.NArg() > 0 || c.Path("output") != "" {
		return errors.New("--list-example 只写出样例，不与项目文件或 -o 同用")
	}
	if ext := filepath.Ext(file); !strings.EqualFold(ext, ".xlsx") {
		return fmt.Errorf("%s：样例是 .xlsx 工作簿，请以 .xlsx 结尾", file)
	}
	data, err := list.Example()
	if err != nil {
		return err
	}
	if err := sheet.WriteFile(file, data, c.Bool("force")); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, file)
	return nil
}

// readProjects reads project files and lists. Everything that is wrong with them
// is in the error.
func readProjects(files []string) (list.List, error) {
	var contents []list.File
	var errs []error
	for _, name := range files {
		data, err := readFile(name)
		if err != nil {
			errs = append(errs, sheet.Explain(err))
			continue
		}
		contents = append(contents, list.File{Name: name, Data: data})
	}
	if len(errs) > 0 {
		return list.List{}, errors.Join(errs...)
	}
	return list.Read(contents)
}

// issuedList is the name of the list of what was issued.
const issuedList = "发放清单"

// loadLists reads project lists, and gives each project a workbook in the
// directory of its 主管部门.
func (b *batch) loadLists(files []string, names *template.FileNames) ([]issue, error) {
	list, err := readProjects(files)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(b.issuedFile()); err == nil && !b.c.Bool("force") {
		return nil, &fs.PathError{Op: "write", Path: b.issuedFile(), Err: fs.ErrExist}
	}
	names.For(issuedList)
	dirs := departments{names: template.NewFileNames(), of: map[string]department{}}
	var issues []issue
	var errs []error
	var without []string
	for i := range list.Projects {
		p := &list.Projects[i]
		t, w, err := b.drawer.Fit(p.Table)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s%w", p.Place(&p.Table.Project), err))
			continue
		}
		without = append(without, w...)
		out := dirs.file(p.Department.Value, p.Table.Project.Value, names)
		issues = append(issues, issue{file: p.File, table: t, out: out, listed: p.Table})
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	for _, n := range list.Notices {
		fmt.Fprintf(b.c.App.ErrWriter, "注意：%s\n", n)
	}
	if slices.Sort(without); len(without) > 0 {
		fmt.Fprintf(b.c.App.ErrWriter, "注意：版式 %s 没有%s的单元格，只写入%s，不印在表上\n", b.layout.Name, strings.Join(slices.Compact(without), "、"), issuedList)
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

func (b *batch) issuedFile() string { return filepath.Join(b.dir, issuedList+".xlsx") }

// writeIssued writes the list of what was issued.
func (b *batch) writeIssued(issued []list.Issued) error {
	data, err := list.DrawIssued(b.layout, issued)
	if err != nil {
		return err
	}
	if err := sheet.WriteFile(b.issuedFile(), data, b.c.Bool("force")); err != nil {
		return err
	}
	fmt.Fprintln(b.c.App.Writer, b.issuedFile())
	return nil
}

// isOurList reports whether a file is one of our lists or summaries. What can't
// be opened is said where it is read.
func isOurList(file string) bool {
	if ext := strings.ToLower(filepath.Ext(file)); ext != ".xlsx" && ext != ".xlsm" {
		return false
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && book.Marked(f, info.Size())
}
