package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/rules/summary"
)

func collectCommand() *cli.Command {
	return &cli.Command{
		Name:      "collect",
		Usage:     "把交回的自评表汇总成一个工作簿 · sum up returned forms in one workbook",
		UsageText: "ziping collect [选项] -o 汇总.xlsx 工作簿.xlsx|文件夹...\n   ziping collect --from-jsonl [选项] -o 汇总.xlsx 审核结果.jsonl...",
		Flags: append([]cli.Flag{
			rulesFlag(),
			openKeyFlag(),
			&cli.GenericFlag{Name: "previous", Value: new(paths), Usage: "上一次的汇总、退回清单，其中的退回登记接着记，可多次 · `FILE` of the summary before, or of what was sent back, whose register goes on; may be repeated"},
			&cli.BoolFlag{Name: "from-jsonl", Usage: "汇总 check --format jsonl 分批审核的结果，不再读工作簿；- 为标准输入 · sum up what check --format jsonl wrote; - is stdin", DisableDefaultText: true},
			outputFlag("汇总写入的工作簿 · `FILE` to write"),
			forceFlag(),
		}, reviewingFlags()...),
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
	set, err := loadRules(c)
	if err != nil {
		return pictured(err)
	}
	returned, err := returnsOf(c)
	if err != nil {
		return err
	}
	in := inputs(c)
	if c.Bool("from-jsonl") {
		in.Add(returned.Args...)
	}
	in.AddReturns(returned)
	out, err := openSummary(c, in)
	if err != nil {
		return err
	}
	defer out.Close()
	o, err := reviewOptions(c, set)
	if err != nil {
		return err
	}
	register, err := review.Register(pathsOf(c, "previous"))
	if err != nil {
		return err
	}
	o.Forms = true
	k := review.New(o)
	defer k.Close()
	if c.Bool("from-jsonl") {
		err = k.RunParts(c.Context, returned.Args, c.App.Reader)
	} else {
		err = k.Run(c.Context, returned)
	}
	if err != nil {
		return err
	}
	if k.Private() {
		if err := out.Private(); err != nil {
			return err
		}
	}
	s, err := k.Collect(c.Context, review.Summing{Dir: filepath.Dir(c.Path("output")), Register: register}, out)
	if err != nil {
		return err
	}
	if s.Projects == 0 && len(s.Absent) == 0 { // a folder that was named wrongly costs nobody the summary of yesterday
		return fmt.Errorf("没有可以汇总的表，%s 没有写", c.Path("output"))
	}
	if err := out.Commit(); err != nil {
		return err
	}
	fmt.Fprintln(c.App.Writer, told(s)+"；已写入 "+c.Path("output"))
	return exitBy(k)
}

// returnsOf returns the workbooks that came back; of parts only their names.
func returnsOf(c *cli.Context) (found files.Found, err error) {
	switch {
	case !c.Bool("from-jsonl"):
		return workbooks(c)
	case c.Path("files-from") != "":
		return found, errors.New("--files-from 是工作簿的名单，不与 --from-jsonl 同用")
	case c.NArg() == 0:
		return found, errors.New("请写明审核结果文件（check --format jsonl 的输出）")
	}
	for _, arg := range c.Args().Slice() {
		parts, err := files.Expand(arg)
		if err != nil {
			return found, err
		}
		found.Args = append(found.Args, parts...)
	}
	return found, nil
}

// openSummary begins the summary, before thousands of workbooks are read for
// nothing.
func openSummary(c *cli.Context, in *files.Inputs) (*files.Output, error) {
	name := c.Path("output")
	switch {
	case name == "":
		return nil, errors.New("请用 -o 指定汇总写入的工作簿")
	case !strings.EqualFold(filepath.Ext(name), ".xlsx"):
		return nil, fmt.Errorf("%s：汇总是 .xlsx 工作簿，请以 .xlsx 结尾", name)
	}
	return openOutput(c, in)
}

// told says in a line what a summary shows.
func told(s summary.Counts) string {
	text := fmt.Sprintf("共 %d 个项目、%d 个部门：通过 %d、退回 %d", s.Projects, s.Departments, s.Passed, s.SentBack)
	if s.Doubtful > 0 {
		text += fmt.Sprintf("；金额待核实 %d（没有计入合计）", s.Doubtful)
	}
	counts := map[string]int{}
	var order []string
	for _, a := range s.Absent {
		if counts[a.What]++; counts[a.What] == 1 {
			order = append(order, a.What)
		}
	}
	for _, what := range order {
		text += fmt.Sprintf("；%s %d", what, counts[what])
	}
	return text
}
