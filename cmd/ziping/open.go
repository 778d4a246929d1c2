package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
	"ziping/sheet/convert"
)

// workbookEnds is what the names of workbooks end in that are read of a
// directory. A file that is named itself may end in anything.
var workbookEnds = []string{".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"}

// readingFlags are the flags of every command that reads workbooks.
func readingFlags() []cli.Flag {
	return []cli.Flag{filesFromFlag(), openPasswordFlag()}
}

func openPasswordFlag() cli.Flag {
	return &cli.PathFlag{Name: "open-password-file", Usage: "打开密码所在的文件，一行一个，逐个尝试 · file of passwords, one a line, for encrypted workbooks"}
}

// opener opens workbooks, also those that are stored in another format or
// encrypted.
type opener struct {
	ctx       context.Context
	passwords []string
}

func newOpener(c *cli.Context) (opener, error) {
	o := opener{ctx: c.Context}
	file := c.Path("open-password-file")
	if file == "" {
		return o, nil
	}
	data, err := readFile(file)
	if err != nil {
		return o, err
	}
	text, err := convert.Decode(data)
	if err != nil {
		return o, inFile(file, err)
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			o.passwords = append(o.passwords, line)
		}
	}
	if o.passwords == nil {
		return o, fmt.Errorf("%s：密码文件是空的，应每行写一个密码", file)
	}
	return o, nil
}

// forms opens a workbook and reads its forms. Errors name the file.
func (o opener) forms(file string) (w convert.Workbook, found []sheet.Found, err error) {
	defer guard(file, &err)
	data, err := readFile(file)
	if err != nil {
		return w, nil, sheet.Explain(err)
	}
	if w, err = convert.Convert(o.ctx, data, o.passwords); err == nil {
		found, err = sheet.Read(w.Data)
	}
	if err != nil {
		err = inFile(file, err)
	}
	return w, found, err
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
