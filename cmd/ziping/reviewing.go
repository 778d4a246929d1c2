package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/sheet/visible"
	"ziping/sheet/xlsx"
)

// readingFlags are the flags of every command that reads workbooks.
func readingFlags() []cli.Flag {
	return []cli.Flag{
		&cli.PathFlag{Name: "files-from", Usage: "从文件读入工作簿名单，一行一个或以 NUL 分隔；- 为标准输入 · read the names of files from `FILE`; - is stdin"},
		&cli.PathFlag{Name: "open-password-file", Usage: "打开密码所在的文件，一行一个，逐个尝试 · `FILE` of passwords, one a line, for encrypted workbooks"},
		formFlag(),
		&cli.StringSliceFlag{Name: "limit", Usage: "提高读取上限，如 cells=2000000，可多次；名称有 " + strings.Join(xlsx.LimitNames(), "、") + " · raise a limit of reading, `NAME=N`; may be repeated"},
	}
}

// reviewingFlags are the flags of every command that checks workbooks, besides those
// that stand first in its help.
func reviewingFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.GenericFlag{Name: "projects", Value: new(paths), Usage: "应报送的项目：项目名单或项目文件，可多次；金额、指标值、分值与它核对，规则中写作 名单 · the projects that are expected and compared with, in `FILE`; may be repeated"},
		&cli.GenericFlag{Name: "prefer", Value: new(paths), Usage: "同一项目报送了几次的，以这个文件、文件夹中的为准，可多次 · of several forms of a project, those in `FILE|DIR` count; may be repeated"},
		&cli.GenericFlag{Name: "last-year", Value: new(paths), Usage: "上年的表：ziping read --format jsonl 的输出，规则中写作 上年，可多次 · `FILE` of the year before, for rules; may be repeated"},
	}, readingFlags()...)
}

// pathsOf returns the values of a flag that may be repeated.
func pathsOf(c *cli.Context, flag string) []string {
	if p, ok := c.Generic(flag).(*paths); ok {
		return *p
	}
	return nil
}

// projectLists returns the files with the projects that are expected.
func projectLists(c *cli.Context) files.Found {
	return files.Find(pathsOf(c, "projects"), ".toml", ".json", ".csv", ".xlsx", ".xlsm")
}

// formFlag is the flag of commands that read forms.
func formFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "form", Usage: "本单位自己的表样文件，可多次；ziping 下发的工作簿自带表样，不用写 · `FILE` of a form of your own; may be repeated"}
}

// openKeyFlag is the flag of commands that compare with the record of what was
// issued.
func openKeyFlag() cli.Flag {
	return keyFlag("下发时所用密钥的文件，用来核对下发记录的防伪码 · `FILE` that holds the key which the records were sealed with")
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
		if len(args) == 0 {
			return files.Found{Args: []string{"名单 " + from}}, nil
		}
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
	o.Forms, err = review.LoadForms(c.StringSlice("form"))
	if err != nil {
		return o, pictured(err)
	}
	o.Limits, err = review.ParseLimits(c.StringSlice("limit"))
	return o, err
}

// reviewOptions are those of a review by the rules, as the flags say.
func reviewOptions(c *cli.Context, set *rules.Set) (review.Options, error) {
	o := review.Options{
		Rules: set, Progress: run.Bar(c.App.ErrWriter),
		Problem: func(err error) { tellProblem(c, err) },
		Notice:  func(text string) { tellNotice(c, text) },
	}
	for _, silent := range set.Lint() {
		tellNotice(c, silent.Error())
	}
	var err error
	o.Opener, err = opener(c)
	if err != nil {
		return o, err
	}
	o.Previous, err = review.Previous(pathsOf(c, "last-year"))
	if err != nil {
		return o, pictured(err)
	}
	o.Projects, err = review.LoadProjects(projectLists(c), set)
	if err != nil {
		return o, pictured(err)
	}
	o.Prefer = pathsOf(c, "prefer")
	return o, nil
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

func tellProblem(c *cli.Context, err error) {
	fmt.Fprintln(c.App.ErrWriter, "ziping: "+visible.Lines(err.Error()))
}

func tellNotice(c *cli.Context, text string) {
	fmt.Fprintln(c.App.ErrWriter, "注意："+visible.Lines(text))
}
