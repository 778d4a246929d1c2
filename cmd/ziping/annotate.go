package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/rules/sendback"
)

func annotateCommand() *cli.Command {
	return &cli.Command{
		Name:      "annotate",
		Usage:     "把审核意见批注在副本上，退回部门改正 · annotate copies of completed forms with what is wrong in them",
		UsageText: "ziping annotate [选项] -o 文件夹 工作簿.xlsx|文件夹...",
		Flags: append([]cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.BoolFlag{Name: "correct", Usage: "把由其他单元格算出的错误数值改为应有的数值 · put right what follows from other cells", DisableDefaultText: true},
			&cli.BoolFlag{Name: "all", Usage: "没有问题的也写副本 · copies also of forms in which nothing is wrong", DisableDefaultText: true},
			&cli.StringFlag{Name: "date", Usage: "退回日期，如 2026-03-01，默认今天 · `DAY` of sending back; today if none"},
			&cli.StringFlag{Name: "due", Usage: "重新报送的限期，写在退回清单和通知上 · `DAY` until which forms are to come again"},
			&cli.PathFlag{Name: "notice", Usage: "通知的文字，默认用内置的 · `FILE` with the text of the notices"},
			&cli.PathFlag{Name: "notice-example", Usage: "写出内置的通知文字，供修改 · write the usual text of the notices to `FILE`, to be changed"},
			outputFlag("副本写入的文件夹 · `DIR` to write the copies to"),
			forceFlag(),
		}, reviewingFlags()...),
		Action: runAnnotate,
	}
}

func runAnnotate(c *cli.Context) error {
	if file := c.Path("notice-example"); file != "" {
		return writeNoticeExample(c, file)
	}
	dir := c.Path("output")
	if dir == "" {
		return errors.New("请用 -o 指定副本写入的文件夹")
	}
	set, err := loadRules(c)
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
	letter, err := readLetter(c.Path("notice"))
	if err != nil {
		return pictured(err)
	}
	date, err := day(c, "date", time.Now().Format(time.DateOnly))
	if err != nil {
		return err
	}
	due, err := day(c, "due", "")
	if err != nil {
		return err
	}
	in := inputs(c)
	in.AddReturns(found)
	k := review.New(o)
	defer k.Close()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := k.Run(c.Context, found); err != nil {
		return err
	}
	err = k.Annotate(c.Context, review.Copies{
		Dir: dir, Correct: c.Bool("correct"), All: c.Bool("all"), Force: c.Bool("force"), Date: date, Due: due, Letter: letter, Inputs: in,
		Wrote: func(file string) { fmt.Fprintln(c.App.Writer, file) },
	})
	if err != nil {
		return err
	}
	return exitBy(k)
}

// day returns the day that a flag names.
func day(c *cli.Context, flag, otherwise string) (string, error) {
	text := c.String(flag)
	if text == "" {
		return otherwise, nil
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", fmt.Errorf("--%s 应写成 2026-03-01 这样的日期；这里是“%s”", flag, text)
	}
	return text, nil
}

// readLetter reads the text of the notices; the usual one without a file.
func readLetter(file string) (*sendback.Letter, error) {
	if file == "" {
		return sendback.DefaultLetter(), nil
	}
	src, err := files.ReadText(file)
	if err != nil {
		return nil, files.Explain(err)
	}
	return sendback.ParseLetter(file, src)
}

// writeNoticeExample writes the usual text of the notices, to be changed.
func writeNoticeExample(c *cli.Context, file string) error {
	if c.NArg() > 0 || c.Path("output") != "" {
		return errors.New("--notice-example 只写出通知的文字，不与工作簿或 -o 同用")
	}
	if err := inputs(c).Refuse(file); err != nil {
		return err
	}
	if err := files.Write(file, sendback.LetterSource(), c.Bool("force")); err != nil {
		return files.Explain(err)
	}
	fmt.Fprintln(c.App.Writer, file)
	return nil
}
