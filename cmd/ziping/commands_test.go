package main

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"ziping/sheet/book"
	"ziping/sheet/calc"
	"ziping/sheet/xlsx"
)

// commands are those that scripts have beside testscript's own.
var commands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"setcell": setCell, "typed": typed, "cells": cells, "archive": archive, "mode": mode,
}

// setCell is the script command “setcell FILE SHEET CELL VALUE”: it types into a
// workbook as a department does that has taken off the protection. A value that
// begins with = is a formula; with - the sheet is deleted.
func setCell(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: setcell file sheet cell value")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	name, ref, value := args[1], args[2], args[3]
	n, err := strconv.ParseFloat(value, 64)
	switch {
	case ref == "-":
		err = f.DeleteSheet(name)
	case err == nil:
		err = f.SetCellValue(name, ref, n)
	case value != "" && value[0] == '=':
		err = f.SetCellFormula(name, ref, value[1:])
	default:
		err = f.SetCellStr(name, ref, value)
	}
	ts.Check(err)
	ts.Check(f.Save())
}

// typed is the script command “typed FILE CELL=VALUE...”: it types into the form of a
// workbook, whose formulas follow, as in a spreadsheet program; no value empties a cell.
func typed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: typed file cell=value...")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	name := f.GetSheetName(0)
	for _, arg := range args[1:] {
		ref, value, _ := strings.Cut(arg, "=")
		if sheet, cell, other := strings.Cut(ref, "!"); other {
			ts.Check(f.SetCellStr(sheet, cell, value))
			continue
		}
		if n, err := strconv.ParseFloat(value, 64); err == nil {
			ts.Check(f.SetCellValue(name, ref, n))
		} else if value == "" {
			ts.Check(f.SetCellValue(name, ref, nil))
		} else {
			ts.Check(f.SetCellStr(name, ref, value))
		}
	}
	var formulas []string
	rows, err := f.GetRows(name)
	ts.Check(err)
	for r := range len(rows) + 1 {
		for c := 1; c <= 9; c++ {
			ref := xlsx.Ref(r+1, c)
			if formula, err := f.GetCellFormula(name, ref); err == nil && formula != "" {
				formulas = append(formulas, ref)
			}
		}
	}
	values, err := calc.Numbers(f, name, formulas)
	ts.Check(err)
	b, err := book.Bytes(f, values, nil)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// cells is the script command “cells FILE SHEET COLUMN...”: it prints what stands in
// columns of a list of ours, by their heads, with | between them; above them their
// totals.
func cells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: cells file sheet column...")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(args[1], excelize.Options{RawCellValue: true})
	ts.Check(err)
	for n, row := range rows {
		note := n == book.HeadRow-2 && len(row) == 1
		if n < book.HeadRow-2 || n == book.HeadRow-1 || note {
			continue
		}
		var line []string
		for _, name := range args[2:] {
			col := slices.Index(rows[book.HeadRow-1], name)
			if col < 0 {
				ts.Fatalf("no column %s in %q", name, rows[book.HeadRow-1])
			}
			text := ""
			if col < len(row) {
				text = row[col]
			}
			line = append(line, text)
		}
		fmt.Fprintln(ts.Stdout(), strings.Join(line, " | "))
	}
}

// archive is the script command “archive FILE DIR”: it packs a directory as Windows
// does, with names in GBK.
func archive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: archive file dir")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer file.Close()
	z := zip.NewWriter(file)
	root := ts.MkAbs(args[1])
	ts.Check(filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		ts.Check(err)
		name, err = simplifiedchinese.GBK.NewEncoder().String(filepath.ToSlash(name))
		ts.Check(err)
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, NonUTF8: true, Method: zip.Deflate})
		ts.Check(err)
		b, err := os.ReadFile(path)
		ts.Check(err)
		_, err = w.Write(b)
		return err
	}))
	ts.Check(z.Close())
}

// mode is the script command “mode FILE PERMISSIONS”, such as 600.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: mode file permissions")
	}
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%o", info.Mode().Perm()); (got == args[1]) == neg {
		ts.Fatalf("%s has mode %s", args[0], got)
	}
}
