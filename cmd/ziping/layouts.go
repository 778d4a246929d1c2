package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/issue"
	"ziping/template"
)

func layoutsCommand() *cli.Command {
	return &cli.Command{
		Name:      "layouts",
		Usage:     "内置的版式 · the layouts that are built in",
		UsageText: "ziping layouts list | show 名称 | lint 文件",
		Subcommands: []*cli.Command{
			subcommand("list", "列出版式 · list them", "ziping layouts list", listLayouts),
			subcommand("show", "打印版式文件，可另存后修改 · print a layout file, to copy and change", "ziping layouts show [-o 文件] 名称", showing("ziping layouts show 名称", template.Source), textOutputFlags()...),
			subcommand("lint", "检查版式文件：画出、填样例、读回 · check a layout file: draw it, fill it, read it back", "ziping layouts lint 文件", lintLayout),
		},
	}
}

func listLayouts(c *cli.Context) error {
	for _, name := range template.Names() {
		l, err := template.Load(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.App.Writer, "%-10s %s\n", l.Name, l.Title)
	}
	return nil
}

func lintLayout(c *cli.Context) error {
	if c.NArg() != 1 {
		return errors.New("用法：ziping layouts lint 文件")
	}
	l, err := issue.Layout(c.Args().First())
	if err != nil {
		return pictured(err)
	}
	_, err = fmt.Fprintf(c.App.Writer, "%s：没有问题，画的是表样 %s，填入样例后全部读得回来\n", c.Args().First(), l.Drawn().Name)
	return err
}
