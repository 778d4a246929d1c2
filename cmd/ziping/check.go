package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/strict"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:               "check",
		Usage:              "按规则审核填好的自评表 · check completed forms against the rules",
		UsageText:          "ziping check [选项] 工作簿.xlsx|文件夹...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: []cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.StringFlag{Name: "format", Value: "text", Usage: "输出格式 " + strings.Join(report.Formats(), "、") + " · format of the report"},
			&cli.PathFlag{Name: "output", Aliases: []string{"o"}, Usage: "报告写入的文件，默认输出到屏幕 · file to write the report to"},
			forceFlag(),
			&cli.StringFlag{Name: "severity", Value: string(rules.Info), Usage: "只报告不低于这一级别的问题 error、warning、info · report nothing less grave"},
			&cli.StringSliceFlag{Name: "rule", Usage: "只用这条规则，可多次 · only this rule; may be repeated"},
			&cli.StringSliceFlag{Name: "exclude-rule", Usage: "不用这条规则，可多次 · not this rule; may be repeated"},
		},
		Action: runCheck,
	}
}

func rulesFlag() cli.Flag {
	return &cli.PathFlag{Name: "rules", Usage: "规则文件，默认用内置规则 · rule file; the default rules if none"}
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
	if c.NArg() == 0 {
		return errors.New("请写明要审核的工作簿或文件夹")
	}
	var buffer bytes.Buffer // a report in a file appears whole or not at all
	var out io.Writer = c.App.Writer
	if c.Path("output") != "" {
		out = &buffer
	}
	w, err := report.New(c.String("format"), out, report.Options{Color: isTerminal(out), Rules: set.Rules(), Version: version()})
	if err != nil {
		return err
	}
	o, err := readOptions(c)
	if err != nil {
		return err
	}
	k := checking{set: set, options: o, least: least, batch: set.NewBatch()}
	if c.Path("output") != "" || c.String("format") != "text" {
		k.stderr = c.App.ErrWriter // where the report is read by a program
	}
	if err := k.run(c.Args().Slice(), w); err != nil {
		return err
	}
	if file := c.Path("output"); file != "" {
		if err := sheet.WriteFile(file, buffer.Bytes(), c.Bool("force")); err != nil {
			return err
		}
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

// checking is one run of check.
type checking struct {
	set     *rules.Set
	options sheet.Options
	least   rules.Severity
	batch   *rules.Batch
	files   []report.File
	owner   []*report.Table // by the numbers that the batch knows the tables by
	code    int

	stderr io.Writer // for files that can't be read; nil where the report shows them
}

// checked is what came out of one workbook.
type checked struct {
	reading
	findings [][]rules.Finding
}

// run checks the files, then what only all of them together show, and reports.
func (k *checking) run(args []string, w report.Writer) error {
	files, errs := expand(args, ".xlsx", ".xlsm")
	for _, e := range errs {
		k.add(checked{reading: reading{file: e.file, err: e.err}})
	}
	inOrder(len(files), func(i int) checked {
		r := checked{reading: readWorkbook(files[i], k.options)}
		for _, f := range r.found {
			r.findings = append(r.findings, k.set.Check(f.Table))
		}
		return r
	}, func(_ int, r checked) { k.add(r) })
	for n, found := range k.batch.Findings() {
		k.owner[n].Findings = rules.Sorted(append(k.owner[n].Findings, found...))
	}
	for i := range k.files {
		f := &k.files[i]
		for j := range f.Tables {
			k.filter(&f.Tables[j])
		}
		if err := w.Write(*f); err != nil {
			return err
		}
	}
	return w.Close()
}

// add keeps the findings of a workbook until all are read.
func (k *checking) add(r checked) {
	f := report.File{Name: r.file, Err: r.err, Tables: make([]report.Table, len(r.found))}
	if r.err != nil {
		k.code = exitFailed
		if k.stderr != nil {
			fmt.Fprintf(k.stderr, "ziping: %v\n", r.err)
		}
	}
	for i, found := range r.found {
		t := &f.Tables[i]
		*t = report.Table{Project: found.Table.Project.Value, Sheet: found.Sheet, Form: found.Table, Findings: r.findings[i]}
		if score := found.Table.Total.Score; score.Known {
			t.Total, t.Grade = new(score.Value), sheet.Grade(score.Value)
		}
		k.batch.Add(len(k.owner), found.Table)
		k.owner = append(k.owner, t)
	}
	k.files = append(k.files, f)
}

// filter leaves out what is less grave than asked for, and notes errors for the
// exit code.
func (k *checking) filter(t *report.Table) {
	t.Findings = slices.DeleteFunc(t.Findings, func(f rules.Finding) bool { return !f.Severity.AtLeast(k.least) })
	for _, f := range t.Findings {
		if f.Severity == rules.Error {
			k.code = max(k.code, exitFindings)
		}
	}
}

// isTerminal reports whether colours can be seen on w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
