package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/strict"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:               "check",
		Usage:              "按规则审核填好的自评表 · check completed forms against the rules",
		UsageText:          "ziping check [选项] 工作簿.xlsx|文件夹...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: append([]cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.StringFlag{Name: "format", Value: "text", Usage: "输出格式 " + strings.Join(report.Formats(), "、") + " · `FORMAT` of the report"},
			&cli.PathFlag{Name: "output", Aliases: []string{"o"}, Usage: "报告写入的文件，默认输出到屏幕 · `FILE` to write the report to"},
			forceFlag(),
			&cli.StringFlag{Name: "severity", Value: string(rules.Info), Usage: "只报告不低于这一级别的问题 error、warning、info · report nothing less grave than `LEVEL`"},
			&cli.StringSliceFlag{Name: "rule", Usage: "只用这条规则，可多次 · only the rule `ID`; may be repeated"},
			&cli.StringSliceFlag{Name: "exclude-rule", Usage: "不用这条规则，可多次 · not the rule `ID`; may be repeated"},
		}, readingFlags()...),
		Action: runCheck,
	}
}

func rulesFlag() cli.Flag {
	return &cli.PathFlag{Name: "rules", Usage: "规则文件，默认用内置规则 · rule `FILE`; the default rules if none"}
}

// loadRules reads a rule file, the default rules if there is none. Its mistakes
// come with their lines.
func loadRules(file string) (*rules.Set, error) {
	if file == "" {
		return rules.Default()
	}
	src, err := readFile(file)
	if err != nil {
		return nil, err
	}
	return rules.Parse(file, src)
}

func runCheck(c *cli.Context) error {
	set, err := loadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	if set, err = selected(set, c.StringSlice("rule"), c.StringSlice("exclude-rule")); err != nil {
		return err
	}
	least := rules.Severity(c.String("severity"))
	if !slices.Contains(rules.Severities, least) {
		return fmt.Errorf("没有“%s”这一级别，--severity 应为 error、warning 或 info", least)
	}
	out, err := openOutput(c.App.Writer, c.Path("output"), c.Bool("force"))
	if err != nil {
		return err
	}
	defer out.close()
	w, err := report.New(c.String("format"), out, report.Options{Color: isColored(out.Writer), Rules: set.Rules(), Version: version()})
	if err != nil {
		return err
	}
	k, err := newChecking(c, set)
	if err != nil {
		return err
	}
	defer k.close()
	k.least, k.forms = least, report.ShowsForms(c.String("format"))
	if c.Path("output") == "" && c.String("format") == "text" {
		k.stderr = nil // the report says it
	}
	if err := k.run(); err != nil {
		return err
	}
	if err := k.report(w); err != nil {
		return err
	}
	if err := out.commit(); err != nil {
		return err
	}
	return exit(k.code)
}

// pictured shows the mistakes of a file with their lines and a caret.
func pictured(err error) error {
	var list strict.Errors
	if !errors.As(err, &list) {
		return err
	}
	var pictures []string
	for _, e := range list {
		pictures = append(pictures, e.Picture())
	}
	return errors.New(strings.Join(pictures, "\n"))
}

// selected returns the rules that are asked for.
func selected(set *rules.Set, only, not []string) (*rules.Set, error) {
	known := map[string]bool{}
	var ids []string
	for _, r := range set.Rules() {
		known[r.ID] = true
		ids = append(ids, r.ID)
	}
	for _, id := range slices.Concat(only, not) {
		if known[id] {
			continue
		}
		msg := fmt.Sprintf("没有“%s”这条规则", id)
		if near := strict.Suggest(id, ids); near != "" {
			msg += fmt.Sprintf("，是否应为“%s”？", near)
		}
		return nil, errors.New(msg + "（ziping rules list 列出全部规则）")
	}
	return set.Select(func(r *rules.Rule) bool {
		return (len(only) == 0 || slices.Contains(only, r.ID)) && !slices.Contains(not, r.ID)
	}), nil
}
