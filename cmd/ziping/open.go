package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/urfave/cli/v2"

	"ziping/sheet"
	"ziping/sheet/convert"
)

// workbookEnds is what the names of workbooks end in that are read of a
// directory. A file that is named itself may end in anything.
var workbookEnds = []string{".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"}

func openPasswordFlag() cli.Flag {
	return &cli.PathFlag{Name: "open-password-file", Usage: "打开密码所在的文件，一行一个，逐个尝试 · file of passwords, one a line, for encrypted workbooks"}
}

// opener opens workbooks, also those that are stored in another format or
// encrypted.
type opener struct{ passwords []string }

func newOpener(c *cli.Context) (opener, error) {
	file := c.Path("open-password-file")
	if file == "" {
		return opener{}, nil
	}
	data, err := readFile(file)
	if err != nil {
		return opener{}, err
	}
	text, err := convert.Decode(data)
	if err != nil {
		return opener{}, inFile(file, err)
	}
	var o opener
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
func (o opener) forms(file string) (convert.Workbook, []sheet.Found, error) {
	data, err := readFile(file)
	if err != nil {
		return convert.Workbook{}, nil, sheet.Explain(err)
	}
	w, err := convert.Convert(untilInterrupted(), data, o.passwords)
	if err != nil {
		return w, nil, inFile(file, err)
	}
	found, err := sheet.Read(w.Data)
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

// untilInterrupted returns a context that ends when the user ends the program,
// which then waits until nothing is left of a conversion.
var untilInterrupted = sync.OnceValue(func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupted
		cancel()
		convert.Idle()
		os.Exit(exitFailed)
	}()
	return ctx
})
