package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"ziping/rules"
	"ziping/rules/report"
)

// checking is one run over workbooks. Some rules compare the forms of all of
// them, so it goes over them twice: run reads and checks each, and writes down
// what it found; file gives it back, with what only all of them together show.
type checking struct {
	c      *cli.Context
	open   opener
	set    *rules.Set
	least  rules.Severity
	forms  bool      // keep the forms too, for reports that show them
	stderr io.Writer // for files that can't be read; nil where the report shows them
	batch  *rules.Batch
	names  []string       // of the workbooks, as they are opened
	index  map[string]int // of the names, in one spelling
	spool  spool          // what was found in them
	code   int
}

func newChecking(c *cli.Context, set *rules.Set) (*checking, error) {
	o, err := newOpener(c)
	return &checking{c: c, open: o, set: set, least: rules.Info, batch: set.NewBatch(), stderr: c.App.ErrWriter, index: map[string]int{}}, err
}

// close gives back what the run has taken.
func (k *checking) close() { k.spool.close() }

// checked is a workbook on its way into the spool.
type checked struct {
	report.File
	path string // by which it was opened; empty where another run did that
	line []byte
	err  error
}

// run checks the workbooks that the arguments name.
func (k *checking) run() error {
	files, errs, err := workbooks(k.c)
	if err != nil {
		return err
	}
	for _, e := range errs {
		if err := k.add(pack(report.File{Name: e.file, Err: e.err})); err != nil {
			return err
		}
	}
	return each(k.c, "审核", len(files), func(i int) checked { return k.check(files[i]) },
		func(_ int, r checked) error { return k.add(r) })
}

// check reads and checks one workbook.
func (k *checking) check(name string) checked {
	r := k.open.read(name)
	f := report.File{Name: name, Err: r.err, Tables: make([]report.Table, len(r.found))}
	for i, found := range r.found {
		findings, compared := k.set.CheckAndCompare(found.Table)
		t := report.Table{Project: found.Table.Project.Value, Sheet: found.Sheet, Compared: &compared, Findings: findings}
		if score := found.Table.Total.Score; score.Known {
			t.SetTotal(new(score.Value))
		}
		if k.forms {
			t.Form = found.Table
		}
		f.Tables[i] = t
	}
	if shown := printable(name); shown != name && f.Err != errOurList {
		f = renamed(f, shown)
	}
	c := pack(f)
	c.path = name
	return c
}

func pack(f report.File) checked {
	line, err := report.Line(f)
	return checked{File: f, line: line, err: err}
}

// renamed is what was found in a file, under another name.
func renamed(f report.File, name string) report.File {
	if f.Err != nil {
		f.Err = errors.New(strings.ReplaceAll(f.Err.Error(), f.Name, name))
	}
	f.Name = name
	return f
}

// printable is the name of a file as reports can hold it: archives from Windows
// that were unpacked elsewhere leave names in GBK.
func printable(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	return strings.Trim(strconv.QuoteToGraphic(name), `"`)
}

// add writes down what was found in a workbook. One that is named twice counts
// once.
func (k *checking) add(r checked) error {
	if r.err != nil {
		return r.err
	}
	if r.Err == errOurList {
		return nil
	}
	place := absolute(r.Name)
	if i, ok := k.index[place]; ok {
		return k.again(i, r)
	}
	k.index[place] = len(k.names)
	if r.Err != nil {
		k.code = exitFailed
		if k.stderr != nil {
			fmt.Fprintf(k.stderr, "ziping: %v\n", r.Err)
		}
	}
	k.names = append(k.names, cmp.Or(r.path, r.Name))
	for _, t := range r.Tables {
		k.batch.Add(r.Name, *t.Compared)
	}
	return k.spool.add(r.line)
}

// again tells that a workbook was named a second time. Two results of one
// workbook can't both be right.
func (k *checking) again(i int, r checked) error {
	first, err := k.spool.record(i)
	if err != nil {
		return err
	}
	line := r.line
	if name := printable(k.names[i]); name != r.Name { // another spelling
		line = pack(renamed(r.File, name)).line
	}
	if !bytes.Equal(first, line) {
		return fmt.Errorf("%s：这个文件的审核结果有两份，而且不一样；请只留一份，或重新审核", r.Name)
	}
	fmt.Fprintf(k.c.App.ErrWriter, "注意：%s 出现了不止一次，只计一次\n", r.Name)
	return nil
}

// file returns a workbook with all its findings, but for those that are less
// grave than asked for. It may be called from several goroutines.
func (k *checking) file(i int) (report.File, error) {
	line, err := k.spool.record(i)
	if err != nil {
		return report.File{}, err
	}
	f, err := report.ParseLine(line)
	for i := range f.Tables {
		t := &f.Tables[i]
		t.Findings = rules.Sorted(append(t.Findings, k.batch.Findings(f.Name, *t.Compared)...))
		t.Findings = slices.DeleteFunc(t.Findings, func(f rules.Finding) bool { return !f.Severity.AtLeast(k.least) })
	}
	return f, err
}

// reviewed is a workbook with all its findings, or why there is no result of it.
type reviewed struct {
	report.File
	err error
}

// report writes what was found.
func (k *checking) report(w report.Writer) error {
	done := 0
	err := inOrder(k.c.Context, len(k.names), func(i int) reviewed {
		f, err := k.file(i)
		return reviewed{f, err}
	}, func(_ int, r reviewed) error {
		if r.err != nil {
			return r.err
		}
		k.count(r.File)
		done++
		return w.Write(r.File)
	})
	switch {
	case err == nil:
		return w.Close()
	case err == k.c.Context.Err() && k.c.Path("output") == "":
		return fmt.Errorf("已中断：结果只写出 %d / %d 个工作簿，不完整", done, len(k.names))
	}
	return err
}

// count notes errors for the exit code.
func (k *checking) count(f report.File) {
	for _, t := range f.Tables {
		for _, x := range t.Findings {
			if x.Severity == rules.Error {
				k.code = max(k.code, exitFindings)
			}
		}
	}
}
