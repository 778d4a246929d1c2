package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
	"ziping/sheet/convert"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
)

// workbookEnds is what the names of workbooks end in that are read of a
// directory. A file that is named itself may end in anything.
var workbookEnds = []string{".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"}

// readingFlags are the flags of every command that reads workbooks.
func readingFlags() []cli.Flag {
	return []cli.Flag{
		filesFromFlag(), openPasswordFlag(),
		&cli.StringSliceFlag{Name: "limit", Usage: "提高读取上限，如 cells=2000000，可多次；名称有 " + strings.Join(xlsx.LimitNames(), "、") + " · raise a limit of reading, `NAME=N`; may be repeated"},
	}
}

func openPasswordFlag() cli.Flag {
	return &cli.PathFlag{Name: "open-password-file", Usage: "打开密码所在的文件，一行一个，逐个尝试 · `FILE` of passwords, one a line, for encrypted workbooks"}
}

// opener opens workbooks, also those that are stored in another format or
// encrypted.
type opener struct {
	ctx       context.Context
	named     []string // the arguments of the command
	passwords []string
	options   issued.Options
}

// errOurList is the error of a workbook below a directory that is a list or a
// summary of ours. Nobody needs to hear of it.
var errOurList = errors.New("这是 ziping 的清单或汇总，不是自评表")

func newOpener(c *cli.Context) (opener, error) {
	o := opener{ctx: c.Context, named: c.Args().Slice()}
	passwords, err := readPasswords(c.Path("open-password-file"))
	if err != nil {
		return o, err
	}
	o.passwords = passwords
	if o.options, err = readOptions(c); err != nil {
		return o, err
	}
	o.options.Limits, err = readLimits(c.StringSlice("limit"))
	return o, err
}

// readPasswords reads the passwords of encrypted workbooks.
func readPasswords(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}
	data, err := readFile(file)
	if err != nil {
		return nil, err
	}
	passwords := strings.FieldsFunc(convert.Decode(data), func(r rune) bool { return r == '\r' || r == '\n' })
	if len(passwords) == 0 {
		return nil, fmt.Errorf("%s：密码文件是空的，应每行写一个密码", file)
	}
	return passwords, nil
}

// readLimits reads limits as cells=2000000.
func readLimits(list []string) (limits xlsx.Limits, err error) {
	for _, text := range list {
		name, value, _ := strings.Cut(text, "=")
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 {
			return limits, fmt.Errorf("--limit 应写成 名称=数，如 cells=2000000；这里是“%s”", text)
		}
		if !limits.Set(name, n) {
			return limits, fmt.Errorf("没有“%s”这个上限，应为 %s 之一", name, strings.Join(xlsx.LimitNames(), "、"))
		}
	}
	return limits, nil
}

// forms opens a workbook and reads its forms. Errors name the file.
func (o opener) forms(file string) (w convert.Workbook, found []sheet.Found, err error) {
	defer guard(file, &err)
	data, err := readWithin(file, o.options.Limits)
	if err != nil {
		return w, nil, raisable(sheet.Explain(err))
	}
	if w, err = convert.Convert(o.ctx, data, o.passwords); err == nil {
		found, err = read.FormsWith(w.Data, o.options)
	}
	switch {
	case err == nil:
		return w, found, nil
	case errors.Is(err, read.ErrNoForm) && isOurList(file):
		if err = errOurList; !slices.Contains(o.named, file) {
			return w, nil, err
		}
	}
	return w, found, inFile(file, raisable(err))
}

// raisable says how to raise the limit that a workbook is beyond, if it is one.
func raisable(err error) error {
	var limit *xlsx.LimitError
	if errors.As(err, &limit) && limit.Name != "" {
		return fmt.Errorf("%w；确需读取时可加 --limit %s=更大的数", err, limit.Name)
	}
	return err
}

// read is forms for who needs no more of the workbook.
func (o opener) read(file string) reading {
	_, found, err := o.forms(file)
	return reading{file, found, err}
}

// guard makes a defect of ours that a file brings to light an error of that
// file: it must not stop the others.
func guard(file string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s：处理这个文件时程序出错，请把它连同这一行交给维护者：%v", file, p)
	}
}
