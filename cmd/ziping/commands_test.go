package main

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// commands are those that scripts have beside testscript's own.
var commands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"setcell": setCell, "archive": archive, "mode": mode,
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
