package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
)

func readCommand() *cli.Command {
	return &cli.Command{
		Name:               "read",
		Usage:              "读出填好的自评表 · read completed forms",
		UsageText:          "ziping read [选项] 工作簿.xlsx|文件夹...",
		CustomHelpTemplate: commandHelp,
		OnUsageError:       usageError,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "json", Usage: "输出格式 json、jsonl、toml 或 csv · format of the output"},
		},
		Action: runRead,
	}
}

// reading is what came out of one workbook.
type reading struct {
	file  string
	found []sheet.Found
	err   error
}

func runRead(c *cli.Context) error {
	out, err := newTableWriter(c.String("format"), c.App.Writer)
	if err != nil {
		return err
	}
	if c.NArg() == 0 {
		return errors.New("请写明要读的工作簿或文件夹")
	}
	files, errs := expand(c.Args().Slice(), ".xlsx", ".xlsm")
	code := exitOK
	for _, e := range errs {
		code = exitFailed
		fmt.Fprintf(c.App.ErrWriter, "ziping: %v\n", e.err)
	}
	var failed error
	inOrder(len(files), func(i int) reading { return readWorkbook(files[i], sheet.Options{}) }, func(_ int, r reading) {
		if r.err != nil {
			code = exitFailed
			fmt.Fprintf(c.App.ErrWriter, "ziping: %v\n", r.err)
		}
		for _, f := range r.found {
			for path, v := range f.Table.All() {
				if at := v.At(); at.Problem != "" {
					code = max(code, exitFindings)
					fmt.Fprintf(c.App.ErrWriter, "%s：%s!%s：%s：%s\n", r.file, f.Sheet, at.Ref, path, at.Problem)
				}
			}
			failed = errors.Join(failed, out.write(r.file, f))
		}
	})
	if err := errors.Join(failed, out.close()); err != nil {
		return err
	}
	return exit(code)
}

// readWorkbook reads the forms of a workbook.
func readWorkbook(file string, o sheet.Options) reading {
	data, err := readFile(file)
	if err != nil {
		return reading{file, nil, sheet.Explain(err)}
	}
	found, err := sheet.ReadWith(data, o)
	if err != nil {
		err = inFile(file, err)
	}
	return reading{file, found, err}
}

// cellText is a text as CSV may hold it: a spreadsheet that opens the file must
// not run it as a formula.
func cellText(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
