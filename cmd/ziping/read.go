package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/export"
	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/sheet/visible"
)

func readCommand() *cli.Command {
	return &cli.Command{
		Name:      "read",
		Usage:     "读出填好的自评表 · read completed forms",
		UsageText: "ziping read [选项] 工作簿.xlsx|文件夹...",
		Flags: slices.Concat([]cli.Flag{
			&cli.StringFlag{Name: "format", Value: "json", Usage: "输出格式 " + strings.Join(export.Formats, "、") + " · `FORMAT` of the output"},
		}, textOutputFlags(), readingFlags()),
		Action: runRead,
	}
}

func runRead(c *cli.Context) error {
	found, format, out, err := readingTo(c, export.Formats)
	if err != nil {
		return err
	}
	defer out.Close()
	o, err := opener(c)
	if err != nil {
		return err
	}
	w, err := export.New(format, out, o.Named()...)
	if err != nil {
		return err
	}
	r := reading{c, out, w, 0, exitOK}
	for _, e := range found.Errors {
		r.fail(e.Err)
	}
	if text := found.Notice(); text != "" {
		tellNotice(c, text)
	}
	err = run.Each(c.Context, run.Bar(c.App.ErrWriter), "读", len(found.Files),
		func(i int) review.Reading { return o.Read(c.Context, found.Files[i]) },
		func(_ int, x review.Reading) error { return r.add(x) })
	if err != nil {
		return err
	}
	if r.workbooks == 0 && len(found.Errors) == 0 {
		r.fail(found.None("工作簿"))
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return err
	}
	if r.code == exitOK {
		return nil
	}
	return r.code
}

// reading is a run of read.
type reading struct {
	c         *cli.Context
	out       *files.Output
	w         export.Writer
	workbooks int
	code      exitError
}

// add writes what came out of a workbook.
func (r *reading) add(x review.Reading) error {
	if x.Err == review.ErrOurList {
		return nil
	}
	r.workbooks++
	if x.Err != nil {
		r.fail(x.Err)
	}
	if x.Secret {
		if err := r.out.Private(); err != nil {
			return err
		}
	}
	for _, f := range x.Found {
		for _, p := range f.Table.Problems() {
			r.code = max(r.code, exitFindings)
			fmt.Fprintln(r.c.App.ErrWriter, visible.Line(fmt.Sprintf("%s：%s!%s：%s：%s", x.File, f.Sheet, p.Cell, p.Field, p.Message)))
		}
		if err := r.w.Write(x.File, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) fail(err error) {
	r.code = exitFailed
	tellProblem(r.c, err)
}
