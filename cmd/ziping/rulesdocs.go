package main

import (
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/review"
	"ziping/rules/handbook"
)

func docsRulesCommand() *cli.Command {
	return &cli.Command{
		Name:      "docs",
		Usage:     "把规则写成给人看的手册，可附在通知后 · write the rules as a book for people",
		UsageText: "ziping rules docs [--rules 文件] -o 规则.html|规则.md",
		Flags: []cli.Flag{
			rulesFlag(),
			outputFlag("手册写入的文件，以 .html 或 .md 结尾 · `FILE` to write, .html or .md"),
			forceFlag(),
		},
		Action: docsRules,
	}
}

func docsRules(c *cli.Context) error {
	name := c.Path("output")
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")
	if format == "htm" {
		format = "html"
	}
	if format != "html" && format != "md" {
		return errors.New("请用 -o 指定手册写入的文件，以 .html 或 .md 结尾")
	}
	set, err := review.LoadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	return writeOut(c, inputs(c), func(w io.Writer) error { return handbook.Write(w, format, set) })
}
