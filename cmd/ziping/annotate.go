package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/convert"
	"ziping/template"
)

func annotateCommand() *cli.Command {
	return &cli.Command{
		Name:               "annotate",
		Usage:              "把审核意见批注在副本上，退回部门改正 · annotate copies of completed forms with what is wrong in them",
		UsageText:          "ziping annotate [选项] -o 文件夹 工作簿.xlsx|文件夹...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: append([]cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.BoolFlag{Name: "correct", Usage: "把由其他单元格算出的错误数值改为应有的数值 · put right what follows from other cells", DisableDefaultText: true},
			outputFlag("副本写入的文件夹 · `DIR` to write the copies to"),
			forceFlag(),
		}, readingFlags()...),
		Action: runAnnotate,
	}
}

func runAnnotate(c *cli.Context) error {
	dir := c.Path("output")
	if dir == "" {
		return errors.New("请用 -o 指定副本写入的文件夹")
	}
	set, err := loadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	k, err := newChecking(c, set)
	if err != nil {
		return err
	}
	defer k.close()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := k.run(); err != nil {
		return err
	}
	w := &copies{checking: k, dir: dir}
	return w.run()
}

// copies writes the annotated copies.
type copies struct {
	*checking
	dir string
}

// run writes a copy of each workbook that could be read.
func (w *copies) run() error {
	names := w.outputs()
	err := each(w.c, "批注", len(names), func(i int) reviewed {
		f, err := w.file(i)
		if err == nil && f.Err == nil {
			err = w.write(f, w.names[i], names[i])
		}
		return reviewed{f, err}
	}, func(i int, r reviewed) error {
		w.count(r.File)
		switch {
		case r.err != nil:
			w.code = exitFailed
			fmt.Fprintf(w.stderr, "ziping: %v\n", r.err)
		case r.Err == nil:
			fmt.Fprintln(w.c.App.Writer, names[i])
		}
		return nil
	})
	if err != nil {
		return err
	}
	return exit(w.code)
}

// outputs returns the names of the copies, in the order of the run.
func (w *copies) outputs() []string {
	taken := template.NewFileNames()
	names := make([]string, len(w.names))
	for i, name := range w.names {
		names[i] = filepath.Join(w.dir, copyName(taken, name))
	}
	return names
}

// copySuffix is what the name of a copy ends in.
const copySuffix = "批注"

// copyName returns the name of a file's copy. That of a copy which has come back
// is the same again; that of any other workbook ends in .xlsx, which it becomes.
func copyName(taken *template.FileNames, file string) string {
	ext := filepath.Ext(file)
	stem := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ext), copySuffix)
	if strings.ToLower(ext) != ".xlsm" {
		ext = ".xlsx"
	}
	return taken.For(stem) + copySuffix + ext
}

// write writes the copy of a workbook, which is the file.
func (w *copies) write(f report.File, file, out string) (err error) {
	defer guard(f.Name, &err)
	if sameFile(file, out) {
		return fmt.Errorf("%s：副本会覆盖原文件，请用 -o 另选一个文件夹", f.Name)
	}
	original, found, err := w.open.forms(file)
	if err != nil {
		return err
	}
	if len(found) != len(f.Tables) {
		return fmt.Errorf("%s：文件在审核时被改动了，请重新运行", f.Name)
	}
	r := review{set: w.set, options: w.open.options, data: original.Data, found: found, tables: f.Tables}
	if w.c.Bool("correct") {
		if err := r.correct(); err != nil {
			return inFile(f.Name, raisable(err))
		}
	}
	annotated, err := annotate.Annotate(r.data, r.notes(), r.options.Limits)
	if err != nil {
		return inFile(f.Name, raisable(err))
	}
	if original.Password != "" { // what was secret stays so
		if annotated, err = convert.Encrypt(annotated, original.Password); err != nil {
			return inFile(f.Name, err)
		}
	}
	return sheet.Explain(sheet.WriteFile(out, annotated, w.c.Bool("force")))
}

// sameFile reports whether two names are of one file.
func sameFile(a, b string) bool {
	ia, err := os.Stat(a)
	if err != nil {
		return false
	}
	ib, err := os.Stat(b)
	return err == nil && os.SameFile(ia, ib)
}
