package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/issue"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/rules/live"
	"ziping/template"
	"ziping/template/list"
)

func templateCommand() *cli.Command {
	return &cli.Command{
		Name:      "template",
		Usage:     "生成锁定的空白自评表 · draw locked blank workbooks",
		UsageText: "ziping template [选项] -o 文件夹 [项目清单.xlsx|.csv|项目文件.toml|.json|文件夹]...",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "layout", Value: "shanghai", Usage: "版式名称或版式文件 · `NAME` or file of a layout"},
			&cli.StringFlag{Name: "password-file", Usage: "保护密码所在的文件，或用环境变量 ZIPING_PASSWORD · `FILE` that holds the password; or set ZIPING_PASSWORD"},
			keyFlag("密钥所在的文件，下发记录用它防伪；审核时要用同一个 · `FILE` that holds a key to seal the records with; check needs the same"),
			&cli.PathFlag{Name: "rules", Usage: "规则文件，“填报检查”表按它检查；不给时用默认规则 · `FILE` of the rules that the sheet 填报检查 goes by"},
			&cli.BoolFlag{Name: "no-live-check", Usage: "不加“填报检查”表 · leave out the sheet 填报检查"},
			outputFlag("输出文件夹 · `DIR` to write to"),
			&cli.PathFlag{Name: "list-example", Usage: "写出一份项目清单样例，供填写 · write an example of a project list to `FILE`, to fill in"},
			forceFlag(),
		},
		Action: runTemplate,
	}
}

func keyFlag(usage string) cli.Flag { return &cli.PathFlag{Name: "key-file", Usage: usage} }

func runTemplate(c *cli.Context) error {
	if file := c.Path("list-example"); file != "" {
		return writeListExample(c, file)
	}
	dir := c.Path("output")
	if dir == "" {
		return errors.New("请用 -o 指定输出文件夹")
	}
	layout, err := issue.Layout(c.String("layout"))
	if err != nil {
		return err
	}
	password, err := files.Password(c.Path("password-file"))
	if err != nil {
		return err
	}
	drawer, err := template.NewDrawer(layout, password)
	if err != nil {
		return err
	}
	drawer.Key, err = files.Key(c.Path("key-file"))
	if err != nil {
		return err
	}
	checks, err := liveChecks(c, layout)
	if err != nil {
		return err
	}
	if password == "" {
		tellNotice(c, "没有设置密码，任何人都可以撤销工作表保护（用 --password-file 或 ZIPING_PASSWORD 设置）")
	}
	b := issue.Batch{
		Drawer: drawer, Live: checks, Layout: layout, Dir: dir, Force: c.Bool("force"), Inputs: inputs(c), Progress: run.Bar(c.App.ErrWriter),
		Problem: func(err error) { tellProblem(c, err) },
		Notice:  func(text string) { tellNotice(c, text) },
		Wrote:   func(file string) { fmt.Fprintln(c.App.Writer, file) },
	}
	if err := b.Run(c.Context, c.Args().Slice()); err != issue.ErrSome {
		return err
	}
	return exitError(exitFailed)
}

// liveChecks returns the rules that are seen while one fills in the forms, nil where they
// are not wanted.
func liveChecks(c *cli.Context, layout *template.Layout) (*live.Translator, error) {
	if c.Bool("no-live-check") || !layout.WantsChecks() {
		return nil, nil
	}
	set, err := review.LoadRules(c.Path("rules"))
	if err != nil {
		return nil, err
	}
	return live.New(set), nil
}

// writeListExample writes a project list to fill in.
func writeListExample(c *cli.Context, file string) error {
	if c.NArg() > 0 || c.Path("output") != "" {
		return errors.New("--list-example 只写出样例，不与项目文件或 -o 同用")
	}
	if ext := filepath.Ext(file); !strings.EqualFold(ext, ".xlsx") {
		return fmt.Errorf("%s：样例是 .xlsx 工作簿，请以 .xlsx 结尾", file)
	}
	if err := inputs(c).Refuse(file); err != nil {
		return err
	}
	data, err := list.Example()
	if err != nil {
		return err
	}
	if err := files.Write(file, data, c.Bool("force")); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, file)
	return nil
}
