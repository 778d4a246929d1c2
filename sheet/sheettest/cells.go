// Package sheettest has what the tests of several packages share: workbooks made
// of lines, golden files, and the spreadsheet programs of other people.
package sheettest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Cells makes a workbook of one sheet from lines "B3:D4 text"; "=…" is a
// formula, "#…" a number.
func Cells(t testing.TB, lines string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	Place(t, f, "Sheet1", lines)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Place writes such lines into a sheet.
func Place(t testing.TB, f *excelize.File, name, lines string) {
	t.Helper()
	for line := range strings.Lines(lines) {
		at, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		if at == "" {
			continue
		}
		first, last, merged := strings.Cut(at, ":")
		var err error
		text = strings.ReplaceAll(text, `\n`, "\n")
		if number, ok := strings.CutPrefix(text, "#"); ok {
			var v float64
			if _, err := fmt.Sscan(number, &v); err != nil {
				t.Fatal(err)
			}
			err = f.SetCellValue(name, first, v)
		} else if formula, ok := strings.CutPrefix(text, "="); ok {
			err = f.SetCellFormula(name, first, formula)
		} else {
			err = f.SetCellStr(name, first, text)
		}
		if err == nil && merged {
			err = f.MergeCell(name, first, last)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
