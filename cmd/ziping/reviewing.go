package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/sheet/xlsx"
)

// readingFlags are the flags of every command that reads workbooks.
func readingFlags() []cli.Flag {
	return []cli.Flag{
		&cli.PathFlag{Name: "files-from", Usage: "从文件读入工作簿名单，一行一个或以 NUL 分隔；- 为标准输入 · read the names of files from `FILE`; - is stdin"},
		&cli.PathFlag{Name: "open-password-file", Usage: "打开密码所在的文件，一行一个，逐个尝试 · `FILE` of passwords, one a line, for encrypted workbooks"},
		&cli.StringSliceFlag{Name: "limit", Usage: "提高读取上限，如 cells=2000000，可多次；名称有 " + strings.Join(xlsx.LimitNames(), "、") + " · raise a limit of reading, `NAME=N`; may be repeated"},
	}
}

// openKeyFlag is the flag of commands that compare with the record of what was
// issued.
func openKeyFlag() cli.Flag {
	return keyFlag("发出时所用密钥的文件，用来核对发出记录的防伪码 · `FILE` that holds the key which the records were sealed with")
}

func rulesFlag() cli.Flag {
	return &cli.PathFlag{Name: "rules", Usage: "规则文件，默认用内置规则 · rule `FILE`; the default rules if none"}
}

// workbooks returns the workbooks that a command's arguments name, and the list
// of --files-from.
func workbooks(c *cli.Context) (found files.Found, err error) {
	args := c.Args().Slice()
	if from := c.Path("files-from"); from != "" {
		listed, err := files.Names(c.App.Reader, from)
		if err != nil {
			return found, err
		}
		args = append(args, listed...)
	} else if len(args) == 0 {
		return found, errors.New("请写明工作簿或文件夹")
	}
	return files.Find(args, files.Workbooks...), nil
}

// opener returns what opens the workbooks, as the flags say.
func opener(c *cli.Context) (o review.Opener, err error) {
	files.SweepTemp()
	o.Passwords, err = files.Passwords(c.Path("open-password-file"))
	if err != nil {
		return o, err
	}
	o.Key, err = files.Key(c.Path("key-file"))
	if err != nil {
		return o, err
	}
	o.Limits, err = readLimits(c.StringSlice("limit"))
	return o, err
}

// readLimits reads limits as cells=2000000.
func readLimits(list []string) (limits xlsx.Limits, err error) {
	for _, text := range list {
		name, value, _ := strings.Cut(text, "=")
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 {
			return limits, fmt.Errorf("--limit 应写成 名称=数，如 cells=2000000；这里是“%s”", text)
		}
		if !limits.Set(name, n) {
			return limits, fmt.Errorf("没有“%s”这个上限，应为 %s 之一", name, strings.Join(xlsx.LimitNames(), "、"))
		}
	}
	return limits, nil
}

// reviewOptions are those of a review by the rules, as the flags say.
func reviewOptions(c *cli.Context, set *rules.Set) (review.Options, error) {
	o, err := opener(c)
	return review.Options{
		Rules: set, Opener: o, Progress: run.Bar(c.App.ErrWriter),
		Problem: func(err error) { tellProblem(c, err) },
		Notice:  func(text string) { tellNotice(c, text) },
	}, err
}

// exitBy ends a command as its review came out.
func exitBy(k *review.Review) error {
	switch k.Outcome() {
	case review.Failed:
		return exitError(exitFailed)
	case review.Wrong:
		return exitError(exitFindings)
	}
	return nil
}

func tellProblem(c *cli.Context, err error) { fmt.Fprintf(c.App.ErrWriter, "ziping: %v\n", err) }

func tellNotice(c *cli.Context, text string) { fmt.Fprintf(c.App.ErrWriter, "注意：%s\n", text) }
