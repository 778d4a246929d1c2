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
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "format", Value: "json", Usage: "输出格式 json、jsonl、toml 或 csv · `FORMAT` of the output"},
		}, readingFlags()...),
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
	o, err := newOpener(c)
	if err != nil {
		return err
	}
	code := exitOK
	for _, e := range errs {
		code = exitFailed
		fmt.Fprintf(c.App.ErrWriter, "ziping: %v\n", e.err)
	}
	err = each(c, "读", len(files), func(i int) reading { return o.read(files[i]) }, func(_ int, r reading) error {
		if r.err == errOurList {
			return nil
		}
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
