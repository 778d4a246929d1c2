package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/rules/summary"
	"ziping/sheet"
	"ziping/template/list"
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
	defer out.close()
	set, err := loadRules(c.Path("rules"))
	if err != nil {
		return pictured(err)
	}
	projects, err := loadProjects(*c.Generic("projects").(*paths))
	if err != nil {
		return pictured(err)
	}
	k, err := newChecking(c, set)
	if err != nil {
		return err
	}
	defer k.close()
	k.forms = true
	if c.Bool("from-jsonl") {
		err = k.fromParts()
	} else {
		err = k.run()
	}
	if err != nil {
		return err
	}
	w := summary.New(summary.Options{Rules: set.Rules(), Projects: projects, Link: linkFrom(filepath.Dir(c.Path("output")))})
	defer w.Close()
	if err := k.collect(w, out); err != nil {
		return err
	}
	return exit(k.code)
}

// openSummary begins the summary, before thousands of workbooks are read for
// nothing.
func openSummary(c *cli.Context) (*output, error) {
	name := c.Path("output")
	switch {
	case name == "":
		return nil, errors.New("请用 -o 指定汇总写入的工作簿")
	case !strings.EqualFold(filepath.Ext(name), ".xlsx"):
		return nil, fmt.Errorf("%s：汇总是 .xlsx 工作簿，请以 .xlsx 结尾", name)
	}
	return openOutput(nil, name, c.Bool("force"))
}

// fromParts takes the parts that the arguments name.
func (k *checking) fromParts() error {
	args := k.c.Args().Slice()
	switch {
	case k.c.Path("files-from") != "":
		return errors.New("--files-from 是工作簿的名单，不与 --from-jsonl 同用")
	case len(args) == 0:
		return errors.New("请写明审核结果文件（check --format jsonl 的输出）")
	}
	return k.runParts(args)
}

// loadProjects reads the projects that are expected; nil where there is no list.
// What a list leaves to be filled in does not matter here.
func loadProjects(names []string) ([]*sheet.Table, error) {
	if len(names) == 0 {
		return nil, nil
	}
	files, failed := expand(names, ".toml", ".json", ".csv", ".xlsx", ".xlsm")
	var errs []error
	for _, e := range failed {
		errs = append(errs, e.err)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	// Project files one by one: thousands of them would fill the memory. Of each
	// project only its names are kept.
	var projects []*sheet.Table
	taken := map[[5]string]bool{} // what stands in two lists is one project
	take := func(t *sheet.Table) {
		names := namesOf(t)
		key := [...]string{sheet.Show(&names.Year), names.Project.Value, names.Code.Value, names.Department.Value, names.Implementer.Value}
		if key[1] != "" && !taken[key] { // a blank form is no project
			taken[key] = true
			projects = append(projects, names)
		}
	}
	var lists []string
	for _, file := range files {
		if !list.IsTable(file) {
			lists = append(lists, file)
			continue
		}
		t, err := readTable(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		take(t)
	}
	listed, err := readProjects(lists)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	for _, p := range listed.Projects {
		take(p.Table)
	}
	if len(projects) == 0 {
		return nil, fmt.Errorf("%s：没有找到项目文件", strings.Join(names, "、"))
	}
	return projects, nil
}

// namesOf returns what tells a project from others.
func namesOf(t *sheet.Table) *sheet.Table {
	names := &sheet.Table{Year: sheet.Number{Value: t.Year.Value, Known: t.Year.Known}}
	for _, v := range []struct{ to, from *sheet.Text }{
		{&names.Project, &t.Project}, {&names.Code, &t.Code}, {&names.Department, &t.Department}, {&names.Implementer, &t.Implementer},
	} {
		v.to.Value = strings.Clone(v.from.Value)
	}
	return names
}

// linkFrom returns how files are linked in a workbook that stands in dir.
func linkFrom(dir string) func(file string) string {
	return func(file string) string {
		rel, err := filepath.Rel(dir, file)
		if err != nil { // one of both is absolute, or on another disk
			rel = absolute(file)
			if r, err := filepath.Rel(absolute(dir), rel); err == nil {
				rel = r
			}
		}
		return filepath.ToSlash(rel)
	}
}

func absolute(file string) string {
	abs, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	return abs
}

// collect writes the summary of all workbooks, in the order of their names: then
// it does not matter in what order they came.
func (k *checking) collect(w *summary.Workbook, out *output) error {
	order := make([]int, len(k.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(filepath.Clean(k.names[a]), filepath.Clean(k.names[b])), cmp.Compare(k.names[a], k.names[b]))
	})
	err := each(k.c, "汇总", len(order), func(i int) reviewed {
		f, err := k.file(order[i])
		return reviewed{f, err}
	}, func(_ int, r reviewed) error {
		if r.err != nil {
			return r.err
		}
		k.count(r.File)
		return w.Add(r.File)
	})
	if err != nil {
		return err
	}
	k.batch, k.index, k.names = nil, nil, nil // memory for the sheets
	b, s, err := w.Bytes()
	if err != nil {
		return err
	}
	if _, err := out.Write(b); err != nil {
		return err
	}
	if err := out.commit(); err != nil {
		return err
	}
	fmt.Fprintln(k.c.App.Writer, told(s)+"；已写入 "+k.c.Path("output"))
	return nil
}

// told says in a line what a summary shows.
func told(s summary.Counts) string {
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
