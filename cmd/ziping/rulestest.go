package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/review"
	"ziping/rules"
)

func testRulesCommand() *cli.Command {
	return &cli.Command{
		Name:      "test",
		Usage:     "运行规则文件中的例子；给出工作簿时，统计每条规则的适用情况 · run a rule file's examples; over workbooks, count what becomes of each rule",
		UsageText: "ziping rules test [--rules 文件] [工作簿.xlsx|文件夹...]",
		Flags:     append([]cli.Flag{rulesFlag(), openKeyFlag()}, reviewingFlags()...), Action: testRules,
	}
}

func testRules(c *cli.Context) error {
	set, err := review.LoadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	w := c.App.Writer
	n, wrong := set.Test()
	for _, x := range wrong {
		fmt.Fprintln(w, x.Error())
	}
	switch {
	case n == 0:
		fmt.Fprintln(w, "规则文件中没有例子（[[example]]）")
	case len(wrong) == 0:
		fmt.Fprintf(w, "例子 %d 个，都与规则相符\n", n)
	default:
		fmt.Fprintf(w, "例子 %d 个，有 %d 处与规则不符\n", n, len(wrong))
	}
	if c.NArg() > 0 || c.Path("files-from") != "" {
		if err := tally(c, set); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return exitError(exitFindings)
	}
	return nil
}

// tally prints what becomes of each rule over the workbooks that the arguments name.
func tally(c *cli.Context, set *rules.Set) error {
	o, err := reviewOptions(c, set)
	if err != nil {
		return err
	}
	found, err := workbooks(c)
	if err != nil {
		return err
	}
	t, forms, err := review.Tally(c.Context, o, found)
	if err != nil {
		return err
	}
	if forms == 0 {
		return errors.New("没有读到自评表，无法统计")
	}
	return printTally(c.App.Writer, t, forms)
}

func printTally(w io.Writer, t *rules.Tally, forms int) error {
	counts, err := t.Counts()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n共 %d 张表。各规则的次数：\n    通过   不通过  不适用  不知道  规则\n", forms)
	var never, broken []string
	for _, x := range counts {
		fmt.Fprintf(w, "%8d %8d %7d %7d  %s%s\n", x.Held, x.Failed, x.Silent, x.Unknown, x.Rule.ID, example(x))
		if x.Applied() == 0 && x.Own && x.Rule.Scope != rules.ScopeValue && x.Rule.Scope != rules.ScopeNotice {
			never = append(never, x.Rule.ID)
		}
		if x.Error != "" {
			broken = append(broken, fmt.Sprintf("规则“%s”有时无法执行：%s", x.Rule.ID, x.Error))
		}
	}
	for _, text := range broken {
		fmt.Fprintln(w, text)
	}
	if len(never) > 0 {
		fmt.Fprintf(w, "从未适用的规则（条件可能写错了）：%s\n", strings.Join(never, "、"))
	}
	if names := t.Unmatched(); len(names) > 0 {
		fmt.Fprintf(w, "没有一张表是：%s\n", strings.Join(names, "；"))
	}
	return nil
}

// example names a place in which a rule failed, else one in which it was unknown.
func example(x *rules.Count) string {
	switch {
	case x.Failed > 0:
		return "  不通过如 " + spot(x.FirstFailed)
	case x.Unknown > 0:
		return "  不知道如 " + spot(x.FirstUnknown)
	}
	return ""
}

func spot(s rules.Spot) string {
	return strings.Join(strings.Fields(s.File+" "+s.Cell+" "+s.Field.String()), " ")
}
