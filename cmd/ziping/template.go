package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
	"ziping/sheet/convert"
	"ziping/template"
	"ziping/template/list"
)

func templateCommand() *cli.Command {
	return &cli.Command{
		Name:               "template",
		Usage:              "生成锁定的空白自评表 · draw locked blank workbooks",
		UsageText:          "ziping template [选项] -o 文件夹 [项目清单.xlsx|.csv|项目文件.toml|.json|文件夹]...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "layout", Value: "shanghai", Usage: "版式名称或版式文件 · `NAME` or file of a layout"},
			&cli.StringFlag{Name: "password-file", Usage: "保护密码所在的文件，或用环境变量 ZIPING_PASSWORD · `FILE` that holds the password; or set ZIPING_PASSWORD"},
			keyFlag("密钥所在的文件，发出记录用它防伪；审核时要用同一个 · `FILE` that holds a key to seal the records with; check needs the same"),
			outputFlag("输出文件夹 · `DIR` to write to"),
			&cli.PathFlag{Name: "list-example", Usage: "写出一份项目清单样例，供填写 · write an example of a project list to `FILE`, to fill in"},
			forceFlag(),
		},
		Action: runTemplate,
	}
}

func outputFlag(usage string) cli.Flag {
	return &cli.PathFlag{Name: "output", Aliases: []string{"o"}, Usage: usage}
}

func forceFlag() cli.Flag {
	return &cli.BoolFlag{Name: "force", Usage: "覆盖已有的文件 · replace files that exist", DisableDefaultText: true}
}

func runTemplate(c *cli.Context) error {
	if file := c.Path("list-example"); file != "" {
		return writeListExample(c, file)
	}
	dir := c.Path("output")
	if dir == "" {
		return errors.New("请用 -o 指定输出文件夹")
	}
	layout, err := loadLayout(c.String("layout"))
	if err != nil {
		return err
	}
	password, err := readPassword(c.Path("password-file"))
	if err != nil {
		return err
	}
	drawer, err := template.NewDrawer(layout, password)
	if err != nil {
		return err
	}
	if drawer.Key, err = readKey(c.Path("key-file")); err != nil {
		return err
	}
	if password == "" {
		fmt.Fprintln(c.App.ErrWriter, "注意：没有设置密码，任何人都可以撤销工作表保护（用 --password-file 或 ZIPING_PASSWORD 设置）")
	}
	b := batch{c: c, drawer: drawer, layout: layout, dir: dir}
	return b.run()
}

func loadLayout(name string) (*template.Layout, error) {
	if filepath.Ext(name) != ".toml" {
		return template.Load(name)
	}
	src, err := readFile(name)
	if err != nil {
		return nil, err
	}
	return template.Parse(name, src)
}

// passwordVariable is the environment variable that may hold the password.
const passwordVariable = "ZIPING_PASSWORD"

// readPassword reads the password from a file, or from the environment: on a
// command line other users of the machine could see it.
func readPassword(file string) (string, error) {
	if file == "" {
		return os.Getenv(passwordVariable), nil
	}
	b, err := readFile(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(convert.Decode(b), "\n") // a byte order mark is no part of it
	password := strings.TrimSuffix(line, "\r")
	if password == "" {
		return "", fmt.Errorf("%s：密码文件是空的，应在第一行写明密码", file)
	}
	return password, nil
}

// batch draws the templates of many projects.
type batch struct {
	c      *cli.Context
	drawer *template.Drawer
	layout *template.Layout
	dir    string
}

// issue is one project on its way into a workbook.
type issue struct {
	file   string       // the project file or list
	table  *sheet.Table // as it is drawn; nil where it is read again from a project file
	out    string       // below the directory
	err    error
	listed *sheet.Table // of a project list: with what the layout has no cell for
}

func (b *batch) run() error {
	issues, failed, err := b.load()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	var issued []list.Issued
	interrupted := each(b.c, "生成", len(issues), func(i int) error { return b.write(&issues[i]) }, func(i int, err error) error {
		if err != nil {
			failed = true
			fmt.Fprintf(b.c.App.ErrWriter, "ziping: %v\n", err)
			return nil
		}
		fmt.Fprintln(b.c.App.Writer, filepath.Join(b.dir, issues[i].out))
		if issues[i].listed != nil {
			issued = append(issued, list.Issued{Table: issues[i].listed, File: issues[i].out})
		}
		return nil
	})
	if len(issued) > 0 {
		if err := b.writeIssued(issued); err != nil {
			return err
		}
	}
	if interrupted != nil {
		return interrupted
	}
	if failed {
		return exitError(exitFailed)
	}
	return nil
}

// write draws and writes one workbook.
func (b *batch) write(is *issue) error {
	if is.err != nil {
		return is.err
	}
	table := is.table
	if table == nil {
		var err error
		if table, err = readTable(is.file); err != nil {
			return err
		}
	}
	data, err := b.drawer.Draw(table)
	if err != nil {
		return inFile(is.file, err)
	}
	out := filepath.Join(b.dir, is.out)
	if is.listed != nil {
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return sheet.Explain(err)
		}
	}
	return sheet.Explain(sheet.WriteFile(out, data, b.c.Bool("force")))
}

// load reads the project lists and the project files, and names their workbooks.
// A mistake in a list is an error, so that nothing is written; one in a project
// file is of that file only.
func (b *batch) load() (issues []issue, failed bool, err error) {
	names := template.NewFileNames()
	if b.c.NArg() == 0 {
		return []issue{{file: "空白自评表", table: new(sheet.Table), out: names.For("空白自评表") + ".xlsx"}}, false, nil
	}
	files, errs := expand(b.c.Args().Slice(), ".toml", ".json", ".csv", ".xlsx", ".xlsm")
	for _, e := range errs {
		fmt.Fprintf(b.c.App.ErrWriter, "ziping: %v\n", e.err)
	}
	named := b.c.Args().Slice()
	lists := slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		return list.IsTable(f) || !slices.Contains(named, f) && isOurList(f)
	})
	files = slices.DeleteFunc(files, func(f string) bool { return !list.IsTable(f) })
	if len(lists) > 0 {
		if len(errs) > 0 {
			return nil, false, exitError(exitFailed)
		}
		if issues, err = b.loadLists(lists, names); err != nil {
			return nil, false, err
		}
	}
	err = inOrder(b.c.Context, len(files), func(i int) issue {
		t, err := readTable(files[i])
		return issue{file: files[i], table: t, err: err}
	}, func(i int, is issue) error {
		if is.err == nil {
			name := is.table.Project.Value
			if name == "" {
				name = strings.TrimSuffix(filepath.Base(is.file), filepath.Ext(is.file))
			}
			is.out = names.For(strings.Clone(name)) + ".xlsx"
		}
		is.table = nil // thousands of them would fill the memory
		issues = append(issues, is)
		return nil
	})
	return issues, len(errs) > 0, err
}

// readTable reads a data or project file.
func readTable(file string) (*sheet.Table, error) {
	if ext := strings.ToLower(filepath.Ext(file)); ext != ".toml" && ext != ".json" {
		return nil, fmt.Errorf("%s：应为 .toml 或 .json 文件", file)
	}
	src, err := readFile(file)
	if err != nil {
		return nil, sheet.Explain(err)
	}
	return sheet.Unmarshal(file, src)
}
