package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/strict"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "按规则审核填好的自评表 · check completed forms against the rules",
		UsageText: "ziping check [选项] 工作簿.xlsx|文件夹...",
		Flags: append([]cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.StringFlag{Name: "format", Value: "text", Usage: "输出格式 " + strings.Join(report.Formats(), "、") + " · `FORMAT` of the report"},
			outputFlag("报告写入的文件，默认输出到屏幕；格式从名称看出 · `FILE` to write the report to; its name tells the format"),
			forceFlag(),
			&cli.StringFlag{Name: "severity", Value: string(rules.Info), Usage: "只报告不低于这一级别的问题：错误、疑点、提示（error、warning、info） · report nothing less grave than `LEVEL`"},
			&cli.StringSliceFlag{Name: "rule", Usage: "只用这条规则，可多次 · only the rule `ID`; may be repeated"},
			&cli.StringSliceFlag{Name: "exclude-rule", Usage: "不用这条规则，可多次 · not the rule `ID`; may be repeated"},
		}, reviewingFlags()...),
		Action: runCheck,
	}
}

func runCheck(c *cli.Context) error {
	set, err := loadRules(c)
	if err != nil {
		return pictured(err)
	}
	set, err = review.Select(set, c.StringSlice("rule"), c.StringSlice("exclude-rule"))
	if err != nil {
		return err
	}
	least, err := severity(c.String("severity"))
	if err != nil {
		return err
	}
	found, format, out, err := readingTo(c, report.Formats())
	if err != nil {
		return err
	}
	defer out.Close()
	toScreen := c.Path("output") == ""
	color := toScreen && run.IsTerminal(c.App.Writer) && os.Getenv("NO_COLOR") == ""
	w, err := report.New(format, out, report.Options{Color: color, Rules: set.Rules(), Version: version()})
	if err != nil {
		return err
	}
	o, err := reviewOptions(c, set)
	if err != nil {
		return err
	}
	o.Least, o.Forms, o.Reported = least, report.ShowsForms(format), toScreen && format == "text"
	k := review.New(o)
	defer k.Close()
	if err := k.Run(c.Context, found); err != nil {
		return err
	}
	if k.Private() {
		if err := out.Private(); err != nil {
			return err
		}
	}
	if done, err := k.Report(c.Context, w); errors.Is(err, context.Canceled) && toScreen {
		return fmt.Errorf("已中断：结果只写出 %d / %d 个工作簿，不完整", done, k.Len())
	} else if err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return err
	}
	return exitBy(k)
}

// severity returns the severity with a name, its Chinese one or that of rule files.
func severity(name string) (rules.Severity, error) {
	for _, s := range rules.Severities {
		if name == string(s) || name == s.Label() {
			return s, nil
		}
	}
	return "", fmt.Errorf("没有“%s”这一级别，--severity 应为 错误、疑点 或 提示（error、warning、info）", name)
}

// pictured shows the mistakes of a file with their lines and a caret.
func pictured(err error) error {
	var list strict.Errors
	if !errors.As(err, &list) {
		return err
	}
	var pictures []string
	for _, e := range list {
		pictures = append(pictures, strings.ReplaceAll(e.Picture(), "\t", "    "))
	}
	return errors.New(strings.Join(pictures, "\n"))
}
