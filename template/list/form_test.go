package list

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
)

// A form in the workbook of a list is left out without a word, blank or with a
// project, before the list or behind it.
func TestListBesideForm(t *testing.T) {
	for name, table := range map[string]*sheet.Table{"blank": new(sheet.Table), "of a project": project()} {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprint(name, first), func(t *testing.T) {
				form, err := drawer(t, "shanghai", "").Draw(table)
				if err != nil {
					t.Fatal(err)
				}
				f := open(t, form)
				try := func(err error) {
					t.Helper()
					if err != nil {
						t.Fatal(err)
					}
				}
				_, err = f.NewSheet("项目清单")
				try(err)
				for i, row := range [][]any{{"年度", "项目名称", "主管部门", "全年预算数(万元)", "三级指标"}, {2021, "甲", "卫", 1, "一"}} {
					try(f.SetSheetRow("项目清单", fmt.Sprintf("A%d", i+1), &row))
				}
				if first {
					try(f.MoveSheet("项目清单", f.GetSheetList()[0]))
				}
				list, err := Read([]File{{Name: "f.xlsx", Data: saved(t, f)}})
				try(err)
				if len(list.Projects) != 1 || len(list.Notices) > 0 {
					t.Errorf("%d projects, %q", len(list.Projects), list.Notices)
				}
			})
		}
	}
}

// saved returns the bytes of a workbook.
func saved(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A message keeps to one line where a heading does not.
func TestProblemLines(t *testing.T) {
	list, err := Read([]File{{Name: "f.csv", Data: []byte("项目名称,主管部门,年度,\"经办\r\n处室\"\n甲,卫,2021,\n")}})
	want := "f.csv:1:14: 不认识“经办处室”这一列，没有用到"
	if err != nil || list.Notices[0] != want {
		t.Errorf("%q, want %q (%v)", list.Notices, want, err)
	}
}
