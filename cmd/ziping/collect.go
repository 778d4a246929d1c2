package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/rules/report"
)

func collectCommand() *cli.Command {
	return &cli.Command{
		Name:               "collect",
		Usage:              "把交回的自评表汇总成一个工作簿 · sum up returned forms in one workbook",
		UsageText:          "ziping collect [选项] -o 汇总.xlsx 工作簿.xlsx|文件夹...\n   ziping collect --from-jsonl [选项] -o 汇总.xlsx 审核结果.jsonl...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: append([]cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.GenericFlag{Name: "projects", Value: new(paths), Usage: "应报送的项目：项目文件或项目名单，可多次 · the projects that are expected, in `FILE`; may be repeated"},
			&cli.BoolFlag{Name: "from-jsonl", Usage: "汇总 check --format jsonl 分批审核的结果，不再读工作簿；- 为标准输入 · sum up what check --format jsonl wrote; - is stdin", DisableDefaultText: true},
			outputFlag("汇总写入的工作簿 · `FILE` to write"),
			forceFlag(),
		}, readingFlags()...),
		Action: runCollect,
	}
}

// paths are the values of a flag that may be repeated. Unlike those of cli they
// may have commas in them.
type paths []string

// Set implements cli.Generic.
func (p *paths) Set(s string) error {
	*p = append(*p, s)
	return nil
}

func (p *paths) String() string { return strings.Join(*p, " ") }

func runCollect(c *cli.Context) error {
	out, err := openSummary(c)
	if err != nil {
		return err
	}
	defer out.Close()
	set, err := review.LoadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	projects, err := review.Expected(*c.Generic("projects").(*paths))
	if err != nil {
		return pictured(err)
	}
	o, err := reviewOptions(c, set)
	if err != nil {
		return err
	}
	o.Forms = true
	k := review.New(o)
	defer k.Close()
	over := runOver
	if c.Bool("from-jsonl") {
		over = runParts
	}
	if err := over(c, k); err != nil {
		return err
	}
	s, err := k.Collect(c.Context, projects, filepath.Dir(c.Path("output")), out)
	if err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, told(s)+"；已写入 "+c.Path("output"))
	return exitBy(k)
}

// openSummary begins the summary, before thousands of workbooks are read for
// nothing.
func openSummary(c *cli.Context) (*files.Output, error) {
	name := c.Path("output")
	switch {
	case name == "":
		return nil, errors.New("请用 -o 指定汇总写入的工作簿")
	case !strings.EqualFold(filepath.Ext(name), ".xlsx"):
		return nil, fmt.Errorf("%s：汇总是 .xlsx 工作簿，请以 .xlsx 结尾", name)
	}
	return files.Open(nil, name, c.Bool("force"))
}

// runParts takes the parts that the arguments name.
func runParts(c *cli.Context, k *review.Review) error {
	args := c.Args().Slice()
	switch {
	case c.Path("files-from") != "":
		return errors.New("--files-from 是工作簿的名单，不与 --from-jsonl 同用")
	case len(args) == 0:
		return errors.New("请写明审核结果文件（check --format jsonl 的输出）")
	}
	return k.RunParts(c.Context, args, c.App.Reader)
}

// told says in a line what a summary shows.
func told(s report.WorkbookSummary) string {
	text := fmt.Sprintf("共 %d 个项目、%d 个部门：通过 %d、退回 %d", s.Projects, s.Departments, s.Passed, s.SentBack)
	for _, n := range []struct {
		what string
		n    int
	}{{"未报送", s.NotReturned}, {"名单外", s.NotListed}, {"重复报送", s.Duplicate}, {"读不出", s.Unreadable}} {
		if n.n > 0 {
			text += fmt.Sprintf("；%s %d", n.what, n.n)
		}
	}
	return text
}
