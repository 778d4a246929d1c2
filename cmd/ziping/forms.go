package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/review"
	"ziping/sheet"
)

func formsCommand() *cli.Command {
	return &cli.Command{
		Name:      "forms",
		Usage:     "表样：各种自评表的栏目和叫法 · the kinds of forms, their labels and fields",
		UsageText: "ziping forms list | show 名称 | lint 文件",
		Subcommands: []*cli.Command{
			subcommand("list", "列出内置的表样 · list those that are built in", "ziping forms list", listForms),
			subcommand("show", "打印表样文件，可仿照它写自己的 · print a form file, to write one of your own like it", "ziping forms show [-o 文件] 名称", showing("ziping forms show 名称（ziping forms list 列出全部表样）", sheet.FormSource), textOutputFlags()...),
			subcommand("lint", "检查表样文件 · check a form file", "ziping forms lint 文件", lintForm),
		},
	}
}

func listForms(c *cli.Context) error {
	for _, f := range sheet.Forms() {
		if _, err := fmt.Fprintf(c.App.Writer, "%-10s %s\n", f.Name, f.Title); err != nil {
			return err
		}
	}
	return nil
}

func lintForm(c *cli.Context) error {
	if c.NArg() != 1 {
		return errors.New("用法：ziping forms lint 文件")
	}
	forms, err := review.LoadForms(c.Args().Slice())
	if err != nil {
		return pictured(err)
	}
	f := forms[len(forms)-1]
	fields, lists := len(f.Fields), len(f.Lists)
	if base := sheet.FormNamed(f.Base, sheet.Forms()); base != nil && base.Name != f.Name {
		fields, lists = fields-len(base.Fields), lists-len(base.Lists)
	}
	_, err = fmt.Fprintf(c.App.Writer, "%s：没有问题，表样 %s 有自己的栏目 %d 个、清单 %d 个\n", c.Args().First(), f.Name, fields, lists)
	return err
}
