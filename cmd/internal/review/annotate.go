package review

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/rules/report"
	"ziping/rules/sendback"
	"ziping/sheet/annotate"
	"ziping/sheet/convert"
	"ziping/sheet/returns"
	"ziping/template"
)

// Copies say how annotated copies are written: in a directory for each 主管部门, with
// a notice to it, and beside them the list of what is sent back.
type Copies struct {
	Dir       string // for them
	Correct   bool   // put right what follows from other cells
	All       bool   // also of workbooks of which there is nothing to say
	Force     bool   // replace files that exist
	Date, Due string // when it is sent back, and to come again: 2026-03-01; empty where nobody says
	Letter    *sendback.Letter
	Inputs    *files.Inputs     // nothing takes the place of one
	Wrote     func(file string) // told of each copy; not nil
}

// copying is a workbook on its way to its department.
type copying struct {
	book       int              // of the review
	department string           // as the form writes it
	name       string           // of the copy, below the directory
	first      returns.Identity // that of its first form
}

// copied is a workbook of which a copy was written.
type copied struct {
	reviewed
	entry   *sendback.Entry // nil where there is nothing to send back
	written bool
}

// Annotate writes an annotated copy of each workbook that could be read and that has
// something to be said of it. Of a form that counts no more there is none.
func (k *Review) Annotate(ctx context.Context, o Copies) error {
	top := template.NewFileNames()
	list := top.For(sendback.ListSheet)
	for !o.Force && files.Exists(filepath.Join(o.Dir, list+".xlsx")) { // the clerk has written into it
		list = top.For(sendback.ListSheet)
	}
	list = filepath.Join(o.Dir, list+".xlsx")
	copies := k.copies(top)
	if err := k.standing.err; err != nil {
		return err
	}
	refused := []error{o.Inputs.Refuse(list)}
	for _, c := range copies {
		refused = append(refused, o.Inputs.Refuse(filepath.Join(o.Dir, c.name)))
	}
	if err := errors.Join(refused...); err != nil {
		return err
	}
	var entries []sendback.Entry
	clean := 0
	err := run.Each(ctx, k.o.Progress, "批注", len(copies), func(i int) copied {
		f, err := k.file(copies[i].book)
		c := copied{reviewed: reviewed{f, err}}
		if err == nil && f.Err == nil && (o.All || hasFindings(f)) {
			c.entry, c.err = k.writeCopy(ctx, o, f, copies[i])
			c.written = c.err == nil
		}
		return c
	}, func(i int, r copied) error {
		k.count(r.File)
		switch {
		case r.err != nil:
			k.problem(r.err)
		case r.written:
			o.Wrote(filepath.Join(o.Dir, copies[i].name))
		case r.Err == nil:
			clean++
		}
		if r.entry != nil {
			entries = append(entries, *r.entry)
		}
		return nil
	})
	if clean > 0 {
		k.notice("%d 个工作簿没有问题，没有写批注副本（要写请加 --all）", clean)
	}
	if len(entries) == 0 || err != nil {
		return err
	}
	return k.writePapers(o, list, entries)
}

func hasFindings(f report.File) bool {
	return slices.ContainsFunc(f.Tables, func(t report.Table) bool { return len(t.Findings) > 0 })
}

// copies names the copies, in the order of the run.
func (k *Review) copies(top *template.FileNames) []copying {
	folders := files.NewFolders(top)
	var list []copying
	for i, b := range k.sources {
		department, superseded := "", true
		forms := k.standing.of(i).identities
		for j, x := range forms {
			department = cmp.Or(department, x.Department)
			superseded = superseded && k.standing.result.Certain(int(k.standing.first[i])+j)
		}
		if superseded { // or has no forms
			continue
		}
		department = strings.Join(strings.Fields(department), " ")
		stem, ext := copyStem(b.file.Name)
		list = append(list, copying{i, department, folders.Stem(department, stem) + returns.CopySuffix + ext, forms[0]})
	}
	return list
}

// copyStem returns the name of a file's copy without its suffix, and its ending. The
// copy of a copy that has come back has the same name again; that of any other
// workbook ends in .xlsx, which it becomes.
func copyStem(file string) (stem, ext string) {
	ext = filepath.Ext(file)
	stem = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ext), returns.CopySuffix)
	if strings.ToLower(ext) != ".xlsm" {
		ext = ".xlsx"
	}
	return stem, ext
}

// writeCopy writes the copy of a workbook, and returns what is to be noted of it.
func (k *Review) writeCopy(ctx context.Context, o Copies, f report.File, c copying) (entry *sendback.Entry, err error) {
	defer guard(f.Name, &err)
	b := k.sources[c.book]
	original, err := k.o.Opener.forms(ctx, b.file)
	if err != nil {
		return nil, err
	}
	if original.digest != b.digest {
		return nil, fmt.Errorf("%s：文件在审核时被改动了，请重新运行", f.Name)
	}
	for _, found := range original.found {
		k.o.Projects.compare(found.Table)
	}
	r := workbook{set: k.o.Rules, options: k.o.Opener.options(), projects: k.o.Projects, data: original.Data, found: original.found, tables: f.Tables}
	sending := annotate.Sending{Date: o.Date, Came: sayingOf(r.found), Key: k.o.Opener.Key}
	if o.Correct {
		if err := r.correct(); err != nil {
			return nil, files.Wrap(f.Name, raisable(err))
		}
	}
	sending.Values = sayingOf(r.found)
	annotated, sent, err := annotate.Annotate(r.data, r.notes(), sending, r.options.Limits)
	if err != nil {
		return nil, files.Wrap(f.Name, raisable(err))
	}
	if original.Password != "" { // what was secret stays so
		annotated, err = convert.Encrypt(annotated, original.Password)
		if err != nil {
			return nil, files.Wrap(f.Name, err)
		}
	}
	out := filepath.Join(o.Dir, c.name)
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return nil, files.Explain(err)
	}
	if o.Force && k.answered(ctx, out) {
		return nil, fmt.Errorf("%s：没有覆盖：这份副本退回后，部门已经改过或者答复过；请把它也拿来审核，或者换一个文件夹", out)
	}
	if err := files.Write(out, annotated, o.Force); err != nil {
		return nil, files.Explain(err)
	}
	return k.entry(o, r.tables, c, sent), nil
}

// answered reports whether a file is a copy that somebody has changed, or answered in,
// since it was sent back: nothing takes its place.
func (k *Review) answered(ctx context.Context, file string) bool {
	if !files.Exists(file) {
		return false
	}
	r := k.o.Opener.Read(ctx, files.At(file))
	return r.Err == nil && r.Marks.Round > 0 && !r.Marks.Untouched(sayingOf(r.Found))
}

// entry is what the list of what is sent back says of a workbook, nil where there is
// nothing to put right or to explain.
func (k *Review) entry(o Copies, tables []report.Table, c copying, sent annotate.Sent) *sendback.Entry {
	e := sendback.Entry{Identity: c.first, Round: sent.Round, Date: sent.Date, Due: o.Due, File: filepath.ToSlash(c.name)}
	for _, t := range tables {
		for _, f := range t.Findings {
			switch f.Severity {
			case rules.Error:
				e.Errors++
			case rules.Warning:
				e.Warnings++
			}
		}
	}
	if e.Errors+e.Warnings == 0 {
		return nil
	}
	return &e
}

// writePapers writes the list of what is sent back, and a notice for each department.
func (k *Review) writePapers(o Copies, list string, entries []sendback.Entry) error {
	slices.SortStableFunc(entries, func(a, b sendback.Entry) int { return strings.Compare(a.Department, b.Department) })
	data, err := sendback.DrawList(entries)
	if err != nil {
		return err
	}
	if err := files.Write(list, data, o.Force); err != nil {
		return files.Explain(err)
	}
	o.Wrote(list)
	of := map[string][]sendback.Entry{}
	var departments []string
	for _, e := range entries {
		name := returns.Folded(e.Department)
		if of[name] == nil {
			departments = append(departments, name)
		}
		of[name] = append(of[name], e)
	}
	for _, name := range departments {
		if name == "" { // nobody to write to
			continue
		}
		data, err := cmp.Or(o.Letter, sendback.DefaultLetter()).Draw(of[name][0].Department, of[name])
		if err != nil {
			return err
		}
		if err := k.writeLetter(o, filepath.Join(o.Dir, filepath.Dir(filepath.FromSlash(of[name][0].File))), data); err != nil {
			return err
		}
	}
	return nil
}

// writeLetter writes the notice to a department into its directory.
func (k *Review) writeLetter(o Copies, dir string, data []byte) error {
	names := template.NewFileNames()
	out := ""
	for out == "" || !o.Force && files.Exists(out) {
		out = filepath.Join(dir, names.For("通知")+".xlsx")
	}
	if err := o.Inputs.Refuse(out); err != nil {
		return err
	}
	if err := files.Write(out, data, o.Force); err != nil {
		return files.Explain(err)
	}
	o.Wrote(out)
	return nil
}
