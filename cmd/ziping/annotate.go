package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/review"
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
	set, err := review.LoadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	o, err := reviewOptions(c, set)
	if err != nil {
		return err
	}
	found, err := workbooks(c)
	if err != nil {
		return err
	}
	in := inputs(c)
	in.AddReturns(found)
	k := review.New(o)
	defer k.Close()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := k.Run(c.Context, found); err != nil {
		return err
	}
	err = k.Annotate(c.Context, review.Copies{
		Dir: dir, Correct: c.Bool("correct"), Force: c.Bool("force"), Inputs: in,
		Wrote: func(file string) { fmt.Fprintln(c.App.Writer, file) },
	})
	if err != nil {
		return err
	}
	return exitBy(k)
}
