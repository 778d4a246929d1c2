package sheet

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRows(t *testing.T) {
	f, err := LoadForm("department")
	if err != nil {
		t.Fatal(err)
	}
	form := NewTable(f)
	if rows := form.Rows(); rows != nil {
		t.Errorf("rows of a form without cells are %q", rows)
	}
	form.Department.Ref, form.Implementer.Ref = "B3", "AA3"
	form.Funds = []Fund{form.NewFund(), form.NewFund()}
	form.Funds[0].Source, form.Funds[0].Executed.Ref, form.Funds[0].Budget.Ref = T("年度资金总额[1]"), "C9", "D9"
	form.Funds[1].Executed.Ref = "C10"
	form.Lists[0].Add()
	form.Lists[0].Rows[0].Own[0].Value.At().Ref = "B5"
	form.Total.Score.Ref = "H20"
	want := [][]string{{"主管部门", "实施单位"}, {"年度主要任务.任务名称"}, {"项目资金.全年执行数", "项目资金.全年预算数"}, {"总分.得分"}}
	if diff := cmp.Diff(want, form.Rows()); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// A form in JSON is what it prints, and no table is read by it.
func TestFormJSON(t *testing.T) {
	for _, f := range Forms() {
		b, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		got := new(Form)
		if err := json.Unmarshal(b, got); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if string(again) != string(b) {
			t.Errorf("%s becomes %s", b, again)
		}
		if f.OfDepartment() != got.OfDepartment() || f.Printed("主管部门") != got.Printed("主管部门") || f.Title != got.Title {
			t.Errorf("%s prints something else: %s", f.Name, b)
		}
		if diff := cmp.Diff(NewTable(f).OwnLabels(), NewTable(got).OwnLabels()); diff != "" {
			t.Errorf("own labels of %s (-want +got):\n%s", f.Name, diff)
		}
	}
}
