package main

import (
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

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
