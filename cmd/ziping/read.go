package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/export"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
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

func runRead(c *cli.Context) error {
	out, err := export.New(c.String("format"), c.App.Writer)
	if err != nil {
		return err
	}
	names, unread, err := workbooks(c)
	if err != nil {
		return err
	}
	o, err := opener(c)
	if err != nil {
		return err
	}
	code := exitError(exitOK)
	for _, e := range unread {
		code = exitFailed
		tellProblem(c, e.Err)
	}
	err = run.Each(c.Context, run.Bar(c.App.ErrWriter), "读", len(names), func(i int) review.Reading { return o.Read(c.Context, names[i]) }, func(_ int, r review.Reading) error {
		if r.Err == review.ErrOurList {
			return nil
		}
		if r.Err != nil {
			code = exitFailed
			tellProblem(c, r.Err)
		}
		for _, f := range r.Found {
			for _, p := range f.Table.Problems() {
				code = max(code, exitFindings)
				fmt.Fprintf(c.App.ErrWriter, "%s：%s!%s：%s：%s\n", r.File, f.Sheet, p.Cell, p.Field, p.Message)
			}
			if err := out.Write(r.File, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	if code == exitOK {
		return nil
	}
	return code
}
