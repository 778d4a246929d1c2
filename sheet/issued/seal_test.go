package issued_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/sheettest"
)

// takeRecord puts the record of a workbook into another one.
func takeRecord(t *testing.T, from, to []byte, cells ...string) []byte {
	t.Helper()
	texts := map[string]string{}
	sheettest.Edited(t, from, func(f *excelize.File) (err error) {
		for _, ref := range cells {
			if texts[ref], err = f.GetCellValue(issued.RecordSheet, ref); err != nil {
				return err
			}
		}
		return nil
	})
	return sheettest.Edited(t, to, func(f *excelize.File) error {
		for ref, text := range texts {
			if err := f.SetCellStr(issued.RecordSheet, ref, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// forge changes a weight in the form and in the record alike.
func forge(f *excelize.File) error {
	text, err := f.GetCellValue(issued.RecordSheet, "A1")
	if err != nil {
		return err
	}
	return errorsOf(f.SetCellStr(issued.RecordSheet, "A1", strings.Replace(text, `"G14":18`, `"G14":30`, 1)), set("G14", 30)(f))
}

func TestSeal(t *testing.T) {
	const key, other = "0123456789abcdef", "0123456789abcdeg"
	p := project()
	p.Project, p.Year = sheet.T("接待经费"), sheet.N(2020)
	mine, others, plain := issue(t, "shanghai", project(), key), issue(t, "shanghai", p, key), issue(t, "shanghai", project(), "")
	forged := sheettest.Edited(t, mine, forge)
	weight := `锁定内容改动 G14 绩效指标[2].分值："18"→"30"`
	project, year := `项目不同 B3 项目名称："接待经费"→"展厅运营经费"`, `年度不同 A2 年度："2020"→"2021"`
	for _, tt := range []struct {
		name string
		b    []byte
		key  string
		want []string
	}{
		{"sealed", mine, key, nil},
		{"sealed, and edited", sheettest.Edited(t, mine, set("G14", 30)), key, []string{weight}},
		{"sealed, without a key", mine, "", nil},
		{"sealed with another key", mine, other, []string{`防伪码不符 ：""→""`}},
		{"not sealed", plain, key, []string{`记录无防伪码 ：""→""`}},
		{"forged", forged, key, []string{`防伪码不符 ：""→""`}},
		{"forged, without a key", forged, "", nil}, // as the README says
		{"forged, and the seal taken away", sheettest.Edited(t, forged, func(f *excelize.File) error { return f.SetCellStr(issued.RecordSheet, "B1", "") }), key, []string{`记录无防伪码 ：""→""`}},
		{"the seal of another record", takeRecord(t, others, mine, "B1"), key, []string{`防伪码不符 ：""→""`}},
		{"another project's record with its seal", takeRecord(t, others, mine, "A1", "B1"), key, []string{project, year}},
		{"the record removed", sheettest.Edited(t, mine, func(f *excelize.File) error { return f.DeleteSheet(issued.RecordSheet) }), key, []string{`记录缺失 ：""→""`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := issued.Options{}
			if tt.key != "" {
				o.Key = []byte(tt.key)
			}
			if diff := cmp.Diff(tt.want, noticed(t, tt.b, o)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
