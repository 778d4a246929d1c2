package calc

import (
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// A workbook is calculated alike while it is being made and when it was read.
func TestWorkbooks(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	_, err := f.NewSheet("数 据")
	err = errors.Join(err, f.SetCellValue("Sheet1", "A1", 18), f.SetCellValue("Sheet1", "A2", 20), f.MergeCell("Sheet1", "A2", "A4"), f.SetCellStr("Sheet1", "A5", "7"),
		f.SetCellBool("Sheet1", "A6", true), f.SetCellValue("数 据", "B2", 0.5), f.SetRowVisible("Sheet1", 1, false))
	formulas := []struct {
		formula string
		want    string // an error where it has letters
	}{
		{"SUM(A1:A5)", "38"}, {"SUM(A1:A2)+A5", "45"}, {"A3+1", "1"}, {"COUNT(A1:A6)", "2"}, {"COUNTA(A1:A6)", "4"}, {"A1*'数 据'!B2", "9"}, {"A6+1", "2"}, {"B1+B2", "83"}, {"SUBTOTAL(109,A1:A2)", "20"},
		{"A5", "不是数字"}, {"A1/0", "#DIV/0!"}, {"没有!A1", "没有"}, {"NOW()", "NOW"},
	}
	for i, tt := range formulas {
		err = errors.Join(err, f.SetCellFormula("Sheet1", xlsx.Ref(i+1, 2), tt.formula))
	}
	b, werr := f.WriteToBuffer()
	if err := errors.Join(err, werr); err != nil {
		t.Fatal(err)
	}
	read, err := Open(b.Bytes(), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i, tt := range formulas {
		ref := xlsx.Ref(i+1, 2)
		made, err := Numbers(f, "Sheet1", []string{ref})
		v, rerr := read.Number("Sheet1", ref)
		for _, got := range []struct {
			v   float64
			err error
		}{{made[ref], err}, {v, rerr}} {
			if got.err == nil && shown(number(got.v)) != tt.want || got.err != nil && !strings.Contains(got.err.Error(), tt.want) {
				t.Errorf("%s is %v, %v; want %s", tt.formula, got.v, got.err, tt.want)
			}
		}
	}
	if _, err := read.Number("Sheet1", "?"); err == nil {
		t.Error("? is a cell")
	}
	if _, err := Open(nil, xlsx.Limits{}); err == nil {
		t.Error("nothing is a workbook")
	}
}

func TestAgrees(t *testing.T) {
	for _, tt := range []struct {
		stored, result Value
		want           bool
	}{
		{number(6.000000000000001), number(6), true}, {number(0.9811), number(0.98104), false}, {text("a"), text("a"), true}, {text(""), number(0), false},
		{errNA, errValue, true}, {number(1), errValue, false}, {boolean(true), number(1), false}, {number(1), boolean(true), true}, {number(0), boolean(true), false}, {Value{}, text(""), false},
	} {
		if tt.stored.Agrees(tt.result) != tt.want {
			t.Errorf("%v and %v: %t", tt.stored, tt.result, !tt.want)
		}
	}
}
