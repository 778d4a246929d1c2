// Peers are other programs to measure ziping beside: they read the cells of the workbooks
// that stdin names, one a line. It is a module of its own: the program needs none of them.
//
//	peers excelize|xlsxreader < NAMES
//	peers browser REPORT.html
package main

import (
	"bufio"
	"fmt"
	"os"

	"github.com/thedatashed/xlsxreader"
	"github.com/xuri/excelize/v2"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "browser" {
		return browse(args[1])
	}
	read := map[string]func(name string) (cells int, err error){"excelize": withExcelize, "xlsxreader": withXlsxreader}[args[0]]
	if read == nil {
		return fmt.Errorf("no peer is called %s", args[0])
	}
	cells := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		n, err := read(lines.Text())
		if err != nil {
			return fmt.Errorf("%s: %w", lines.Text(), err)
		}
		cells += n
	}
	fmt.Println(cells, "cells")
	return lines.Err()
}

func withExcelize(name string) (cells int, err error) {
	f, err := excelize.OpenFile(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return 0, err
		}
		for _, row := range rows {
			cells += len(row)
		}
	}
	return cells, nil
}

func withXlsxreader(name string) (cells int, err error) {
	f, err := xlsxreader.OpenFile(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for _, sheet := range f.Sheets {
		for row := range f.ReadRows(sheet) {
			if row.Error != nil {
				return 0, row.Error
			}
			cells += len(row.Cells)
		}
	}
	return cells, nil
}
