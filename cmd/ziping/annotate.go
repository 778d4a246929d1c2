package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/template"
)

func annotateCommand() *cli.Command {
	return &cli.Command{
		Name:               "annotate",
		Usage:              "把审核意见批注在副本上，退回部门改正 · annotate copies of completed forms with what is wrong in them",
		UsageText:          "ziping annotate [选项] -o 文件夹 工作簿.xlsx|文件夹...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: []cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.BoolFlag{Name: "correct", Usage: "把由其他单元格算出的错误数值改为应有的数值 · put right what follows from other cells", DisableDefaultText: true},
			outputFlag("副本写入的文件夹 · directory to write the copies to"),
			forceFlag(),
		},
		Action: runAnnotate,
	}
}

func runAnnotate(c *cli.Context) error {
	dir := c.Path("output")
	if dir == "" {
		return errors.New("请用 -o 指定副本写入的文件夹")
	}
	if c.NArg() == 0 {
		return errors.New("请写明要批注的工作簿或文件夹")
	}
	set, err := loadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	o, err := readOptions(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	k := checking{set: set, options: o, least: rules.Info, batch: set.NewBatch(), stderr: c.App.ErrWriter}
	w := &copies{c: c, set: set, options: o, dir: dir, names: template.NewFileNames()}
	if err := k.run(c.Args().Slice(), w); err != nil {
		return err
	}
	code := k.code
	if w.failed {
		code = exitFailed
	}
	return exit(code)
}

// copies writes the annotated copies. It takes the findings as a report does.
type copies struct {
	c       *cli.Context
	set     *rules.Set
	options sheet.Options
	dir     string
	names   *template.FileNames
	list    []annotated
	failed  bool
}

// annotated is one workbook on its way into a copy.
type annotated struct {
	file report.File
	out  string
}

// Write implements report.Writer.
func (w *copies) Write(f report.File) error {
	if f.Err == nil {
		w.list = append(w.list, annotated{f, filepath.Join(w.dir, w.name(f.Name))})
	}
	return nil
}

// copySuffix is what the name of a copy ends in.
const copySuffix = "批注"

// name returns the name of a file's copy. That of a copy which has come back is
// the same again.
func (w *copies) name(file string) string {
	ext := filepath.Ext(file)
	stem := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ext), copySuffix)
	return w.names.For(stem) + copySuffix + ext
}

// Close implements report.Writer: all findings are known.
func (w *copies) Close() error {
	inOrder(len(w.list), func(i int) error { return w.write(w.list[i]) }, func(i int, err error) {
		if err != nil {
			w.failed = true
			fmt.Fprintf(w.c.App.ErrWriter, "ziping: %v\n", err)
			return
		}
		fmt.Fprintln(w.c.App.Writer, w.list[i].out)
	})
	return nil
}

// write writes one copy.
func (w *copies) write(a annotated) error {
	if sameFile(a.file.Name, a.out) {
		return fmt.Errorf("%s：副本会覆盖原文件，请用 -o 另选一个文件夹", a.file.Name)
	}
	data, err := readFile(a.file.Name)
	if err != nil {
		return sheet.Explain(err)
	}
	found, err := sheet.ReadWith(data, w.options)
	if err != nil {
		return inFile(a.file.Name, err)
	}
	if len(found) != len(a.file.Tables) {
		return fmt.Errorf("%s：文件在审核时被改动了，请重新运行", a.file.Name)
	}
	r := review{set: w.set, options: w.options, data: data, found: found, tables: a.file.Tables}
	if w.c.Bool("correct") {
		if err := r.correct(); err != nil {
			return inFile(a.file.Name, err)
		}
	}
	annotated, err := annotate.Annotate(r.data, r.notes())
	if err != nil {
		return inFile(a.file.Name, err)
	}
	return sheet.Explain(sheet.WriteFile(a.out, annotated, w.c.Bool("force")))
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
