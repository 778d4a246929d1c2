package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/review"
	"ziping/rules"
	"ziping/rules/live"
	"ziping/sheet"
)

func rulesCommand() *cli.Command {
	return &cli.Command{
		Name:      "rules",
		Usage:     "审核规则 · the rules",
		UsageText: "ziping rules list | show 规则 | lint 文件 | test [文件...] | docs -o 文件 | default | vocabulary",
		Subcommands: []*cli.Command{
			subcommand("list", "列出规则 · list the rules", "ziping rules list [--rules 文件]", listRules, rulesFlag(), formFlag()),
			subcommand("show", "说明一条规则，附正反例 · explain a rule, with examples", "ziping rules show [--rules 文件] 规则", showRule, rulesFlag(), formFlag()),
			subcommand("lint", "检查规则文件 · check a rule file", "ziping rules lint [--form 表样文件] 文件", lintRules, formFlag()),
			testRulesCommand(),
			docsRulesCommand(),
			subcommand("default", "打印内置规则，可另存后修改 · print the default rules, to copy and change", "ziping rules default [-o 文件]", printDefault, textOutputFlags()...),
			subcommand("vocabulary", "规则中可用的项目和函数 · the fields and functions that a rule may use", "ziping rules vocabulary [--form 表样文件]", printVocabulary, formFlag()),
		},
	}
}

// loadRules reads the rules that the flags name.
func loadRules(c *cli.Context) (*rules.Set, error) {
	forms, err := review.LoadForms(c.StringSlice("form"))
	if err != nil {
		return nil, err
	}
	return review.LoadRules(c.Path("rules"), forms...)
}

func listRules(c *cli.Context) error {
	forms, err := review.LoadForms(c.StringSlice("form"))
	if err != nil {
		return pictured(err)
	}
	set, err := review.LoadRules(c.Path("rules"), forms...)
	if err != nil {
		return pictured(err)
	}
	seen := live.Seen(set, append(sheet.Forms(), forms...))
	widest := 0
	for _, r := range set.Rules() {
		widest = max(widest, len(r.ID))
	}
	for _, r := range set.Rules() {
		mark := ""
		if seen[r.ID] {
			mark = "（填报时可见）"
		}
		if _, err := fmt.Fprintf(c.App.Writer, "%-*s  %s  %-9s  %s%s\n", widest, r.ID, r.Severity.Label(), r.Scope, r.Title, mark); err != nil {
			return err
		}
	}
	fmt.Fprintln(c.App.Writer, "\n参数")
	params := set.Params()
	for _, name := range slices.Sorted(maps.Keys(params)) {
		fmt.Fprintf(c.App.Writer, "  %s = %s  %s\n", name, strings.Join(params[name].Values(), "；"), params[name].Description)
	}
	return nil
}

func showRule(c *cli.Context) error {
	if c.NArg() != 1 {
		return errors.New("用法：ziping rules show 规则（ziping rules list 列出全部规则）")
	}
	set, err := loadRules(c)
	if err != nil {
		return pictured(err)
	}
	id := c.Args().First()
	set, err = review.Select(set, []string{id}, nil)
	if err != nil {
		return err
	}
	r := set.Rules()[0]
	w := c.App.Writer
	fmt.Fprintf(w, "%s  %s\n%s\n", r.ID, r.Severity.Label(), r.Title)
	if r.Explain != "" {
		fmt.Fprintln(w, r.Explain)
	}
	for _, line := range [][2]string{
		{"范围", string(r.Scope)}, {"适用", r.When.Value}, {"分组", r.Key.Value}, {"种类", r.Kind.Value}, {"条件", r.Assert.Value},
		{"指向", r.At.Value}, {"提示", r.Message.Value}, {"应为", r.Suggest.Value}, {"依据", r.Basis},
	} {
		if line[1] != "" {
			fmt.Fprintf(w, "%s：%s\n", line[0], line[1])
		}
	}
	showExamples(w, set, id)
	return nil
}

func lintRules(c *cli.Context) error {
	if c.NArg() != 1 {
		return errors.New("用法：ziping rules lint 文件")
	}
	forms, err := review.LoadForms(c.StringSlice("form"))
	if err != nil {
		return pictured(err)
	}
	set, err := review.LoadRules(c.Args().First(), forms...)
	if err != nil {
		return pictured(err)
	}
	for _, note := range set.Notes() {
		tellNotice(c, note.Error())
	}
	if silent := set.Lint(); len(silent) > 0 {
		return pictured(silent)
	}
	if _, wrong := set.Test(); len(wrong) > 0 {
		errs := make([]error, len(wrong))
		for i, w := range wrong {
			errs[i] = w
		}
		return errors.Join(errs...)
	}
	_, err = fmt.Fprintf(c.App.Writer, "%s：没有问题，共 %d 条规则\n", c.Args().First(), len(set.Rules()))
	return err
}

func printDefault(c *cli.Context) error {
	return writeOut(c, inputs(c), func(w io.Writer) error {
		_, err := w.Write(rules.DefaultSource())
		return err
	})
}

func printVocabulary(c *cli.Context) error {
	forms, err := review.LoadForms(c.StringSlice("form"))
	if err != nil {
		return pictured(err)
	}
	w := c.App.Writer
	scope := "-"
	for _, word := range rules.Vocabulary(forms...) {
		if word.Scope != scope {
			scope = word.Scope
			fmt.Fprintf(w, "%s\n", strings.TrimSpace("项目 "+scope))
		}
		fmt.Fprintf(w, "  %s  %s  %s例：%s\n", word.Name, word.Type, sentence(word.Doc), word.Example)
	}
	for _, part := range []struct {
		title     string
		functions []rules.Function
	}{{"函数", rules.Functions}, {"运算", rules.Operators}, {"表达式语言自带的函数", rules.Builtins}} {
		fmt.Fprintln(w, part.title)
		for _, f := range part.functions {
			fmt.Fprintf(w, "  %s  %s  %s例：%s\n", f.Usage, f.Type, sentence(f.Doc), f.Example)
		}
	}
	return nil
}

// sentence ends a text, if there is one.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}

// showExamples shows a form that the rule finds and one that it passes: what is
// changed in a form that is right.
func showExamples(w io.Writer, set *rules.Set, id string) {
	fails, passes, ok := set.ExampleFor(id)
	if !ok {
		return
	}
	for _, e := range []struct {
		title string
		rules.Example
	}{{"反例", fails}, {"正例", passes}} {
		fmt.Fprintln(w, strings.TrimSuffix(e.title+"："+e.Note, "："))
		for _, change := range e.Changes {
			fmt.Fprintf(w, "  %s\n", change)
		}
		if e.Message != "" {
			fmt.Fprintf(w, "  → %s\n", e.Message)
		}
	}
}
