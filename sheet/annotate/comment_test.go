package annotate

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// Too many comments, and a part too large to be changed, are errors that name
// their limit.
func TestEditLimits(t *testing.T) {
	for name, data := range workbooks(t) {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		sheet := f.GetSheetName(0)
		for _, ref := range []string{"A1", "B2", "C3"} {
			if err := f.AddComment(sheet, excelize.Comment{Cell: ref, Text: "甲"}); err != nil {
				t.Fatal(err)
			}
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		note := []Table{{Sheet: sheet, Notes: []Note{{Cell: "D6", Message: "甲"}}}}
		for want, limits := range map[string]xlsx.Limits{"": {Comments: 20, Limits: opc.Limits{EditSize: 1 << 20}}, "comments": {Comments: 2}, "edit-size": {Limits: opc.Limits{EditSize: 2000}}} {
			_, _, err := Annotate(b.Bytes(), note, Sending{Came: "x", Values: "x"}, limits)
			var limit *xlsx.LimitError
			if errors.As(err, &limit); want == "" && err != nil || want != "" && (limit == nil || limit.Name != want) {
				t.Errorf("%s: %v, want the limit %q", name, err, want)
			}
		}
	}
}

// What the department writes around our part of a comment stays, however often
// the comment is written anew.
func TestTheirRuns(t *testing.T) {
	now := &record{confirmed: true}
	for _, text := range []string{"已核对", "已核对\n", "\n已核对\n\n"} {
		runs := []run{{"", text}}
		for range 3 {
			runs = append(append(runs, run{plainRun, "\n"}), now.runsOf([]Note{{Message: "有误"}})...)
			var ours bool
			if runs, ours = theirRuns(runs, now.wrote); !ours || textOf(runs) != text {
				t.Fatalf("%q has become %q (ours: %t)", text, textOf(runs), ours)
			}
		}
	}
	runs, ours := theirRuns(append(now.runsOf([]Note{{Message: "有误"}}), run{"", "\n已改正"}), now.wrote)
	if !ours || textOf(runs) != "已改正" {
		t.Errorf("an answer below ours has become %q (ours: %t)", textOf(runs), ours)
	}
	if runs, ours := theirRuns(now.runsOf(nil), now.wrote); !ours || len(runs) != 0 {
		t.Errorf("of a comment of ours alone %q is left (ours: %t)", textOf(runs), ours)
	}
}
