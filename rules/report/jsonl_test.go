package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/rules"
	"ziping/sheet"
)

// A line gives back the file that it was made of, with the forms.
func TestLine(t *testing.T) {
	form := &sheet.Table{
		Year: sheet.N(2021), Project: sheet.T("展厅 <b>\u2028\n"),
		Funds:      []sheet.Fund{{Source: sheet.T("年度资金总额"), Budget: sheet.N(-0.5), Rate: sheet.Rate{Number: sheet.N(0.9988)}}},
		Indicators: []sheet.Indicator{{}, {Level3: sheet.T("场次"), Score: sheet.N(18)}},
	}
	form.Indicators[0].Score.Cell = sheet.Cell{Ref: "H13", Typed: "十八", Problem: "应为数字，填报为“十八”"}
	form.Funds[0].Executed = sheet.Number{Value: 1121.92, Known: true, Cell: sheet.Cell{Typed: "1,121.92"}}
	form.Absent = sheet.AbsentOf([]string{"绩效指标.得分", "实施单位"})
	compared := &rules.Compared{Project: "展厅", Members: []rules.Member{{Rule: "r", Key: "k", Field: sheet.ParsePath("项目名称")}}}
	files := []File{{Name: "a.xlsx", Tables: []Table{{Project: "展厅", Form: form, Compared: compared}}}}
	for _, r := range reports {
		files = append(files, r.files...)
	}
	for _, f := range files {
		f.Tables = slices.Clone(f.Tables)
		for i := range f.Tables { // whether a form counts is settled anew
			f.Tables[i].Standing, f.Tables[i].Reason = "", ""
		}
		line, err := Line(f)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseLine(line)
		if err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		again, err := Line(back)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.ReplaceAll(string(line), `\ufffd`, "\ufffd"), string(again)); diff != "" {
			t.Errorf("%s (-first +second):\n%s", f.Name, diff)
		}
		for i, table := range f.Tables {
			if table.Form != nil {
				if diff := cmp.Diff(table.Form.Problems(), back.Tables[i].Form.Problems()); diff != "" {
					t.Errorf("%s: problems (-want +got):\n%s", f.Name, diff)
				}
				if diff := cmp.Diff(table.Form.Absent, back.Tables[i].Form.Absent); diff != "" {
					t.Errorf("%s: absent (-want +got):\n%s", f.Name, diff)
				}
				if got := back.Tables[i].Form.Funds[0].Executed.Typed; got != "1,121.92" {
					t.Errorf("typed as %q", got)
				}
			}
		}
	}
}

func TestParseLineRefuses(t *testing.T) {
	for _, line := range []string{"", "{", "[]", "{}", `{"file":"a"}`, `{"file":1,"tables":[]}`, `{"file":"a","tables":[{"table":{"年度":"x"}}]}`, `{"file":"a","tables":[{"table":{"绩效指标":{}}}]}`} {
		if f, err := ParseLine([]byte(line)); err == nil {
			t.Errorf("%s: read as %v", line, f)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	for _, r := range reports {
		for _, file := range r.files {
			line, err := Line(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(line)
		}
	}
	f.Add([]byte(`{"file":"a","tables":[{"table":{"项目资金":[{"资金来源":"甲"},{}]},"problems":[{"field":"总分.得分"}],"compared":{}}]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		file, err := ParseLine(line)
		if err != nil {
			return
		}
		if _, err := Line(file); err != nil {
			t.Fatal(err)
		}
	})
}
