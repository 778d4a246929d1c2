package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
)

func readCommand() *cli.Command {
	return &cli.Command{
		Name:               "read",
		Usage:              "读出填好的自评表 · read completed forms",
		UsageText:          "ziping read [选项] 工作簿.xlsx|文件夹...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "json", Usage: "输出格式 json、jsonl、toml 或 csv · format of the output"},
			filesFromFlag(),
		},
		Action: runRead,
	}
}

// reading is what came out of one workbook.
type reading struct {
	file  string
	found []sheet.Found
	err   error
}

func runRead(c *cli.Context) error {
	out, err := newTableWriter(c.String("format"), c.App.Writer)
	if err != nil {
		return err
	}
	files, errs, err := workbooks(c)
	if err != nil {
		return err
	}
	code := exitOK
	for _, e := range errs {
		code = exitFailed
		fmt.Fprintf(c.App.ErrWriter, "ziping: %v\n", e.err)
	}
	err = each(c, "读", len(files), func(i int) reading { return readWorkbook(files[i], sheet.Options{}) }, func(_ int, r reading) error {
		if r.err != nil {
			code = exitFailed
			fmt.Fprintf(c.App.ErrWriter, "ziping: %v\n", r.err)
		}
		for _, f := range r.found {
			for _, p := range f.Table.Problems() {
				code = max(code, exitFindings)
				fmt.Fprintf(c.App.ErrWriter, "%s：%s!%s：%s：%s\n", r.file, f.Sheet, p.Cell, p.Field, p.Message)
			}
			if err := out.write(r.file, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := out.close(); err != nil {
		return err
	}
	return exit(code)
}

// readWorkbook reads the forms of a workbook.
func readWorkbook(file string, o sheet.Options) (r reading) {
	r.file = file
	defer guard(file, &r.err)
	data, err := readFile(file)
	if err != nil {
		r.err = sheet.Explain(err)
		return r
	}
	if r.found, err = sheet.ReadWith(data, o); err != nil {
		r.err = inFile(file, err)
	}
	return r
}

// guard makes a defect of ours that a file brings to light an error of that
// file: it must not stop the others.
func guard(file string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s：处理这个文件时程序出错，请把它连同这一行交给维护者：%v", file, p)
	}
}
