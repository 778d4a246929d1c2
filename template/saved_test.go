package template

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/template/formtest"
)

// saver is another program that opens a workbook and saves it.
type saver func(t *testing.T, in string) (out string)

func savers() map[string]func(t *testing.T) saver {
	return map[string]func(t *testing.T) saver{
		"LibreOffice": func(t *testing.T) saver {
			o := sheettest.New(t)
			return func(t *testing.T, in string) string {
				return filepath.Join(o.Convert(t, sheettest.XLSX, in), filepath.Base(in))
			}
		},
		"openpyxl": func(t *testing.T) saver {
			py := sheettest.Python(t, "openpyxl")
			return func(t *testing.T, in string) string {
				out := filepath.Join(t.TempDir(), "out.xlsx")
				sheettest.Output(t, py, "testdata/resave.py", in, out)
				return out
			}
		},
		"exceljs": func(t *testing.T) saver {
			node := sheettest.Node(t, "exceljs")
			return func(t *testing.T, in string) string {
				out := filepath.Join(t.TempDir(), "out.xlsx")
				sheettest.Output(t, node, "testdata/resave.js", in, out)
				return out
			}
		},
	}
}

// Another program saves a sealed workbook: nothing is noticed of that, and all
// of what is changed afterwards.
func TestSavedByOthers(t *testing.T) {
	const key = "0123456789abcdef"
	for name, open := range savers() {
		t.Run(name, func(t *testing.T) {
			save := open(t)
			for _, layout := range Names() {
				r := rand.New(rand.NewPCG(7, 7))
				data := formtest.Completed(r, layout)
				for _, v := range data.All() {
					if text, ok := v.(*sheet.Text); ok { // openpyxl and exceljs lose the escape of an escape
						text.Value = strings.ReplaceAll(text.Value, "_x000D_", "")
					}
				}
				known := formtest.Issued(r, data)
				known.Year = data.Year
				d := drawer(t, layout, "秘密")
				d.Key = []byte(key)
				_, filled := drawFilled(t, d, name+" "+layout, known, data)
				in := filepath.Join(t.TempDir(), "in.xlsx")
				write(t, in, filled)
				saved := readFile(t, save(t, in))
				checkKinds(t, name+" "+layout+" saved", saved, key)
				checkKinds(t, name+" "+layout+" with another key", saved, key+"x", sheet.NoticeForged)
				ref := refOf(t, d, known, "绩效指标.三级指标")
				checkKinds(t, name+" "+layout+" changed", changed(t, d, saved, ref, func(f *excelize.File, name string) error {
					return f.SetCellValue(name, ref, "别的")
				}), key, sheet.NoticeLocked)
				ref = refOf(t, d, known, "总分.得分")
				checkKinds(t, name+" "+layout+" formula changed", changed(t, d, saved, ref, func(f *excelize.File, name string) error {
					return f.SetCellFormula(name, ref, "1+1")
				}), key, sheet.NoticeFormula)
				checkKinds(t, name+" "+layout+" without its record", changed(t, d, saved, "", func(f *excelize.File, _ string) error {
					return f.DeleteSheet(issued.RecordSheet)
				}), key, sheet.NoticeRecordGone)
			}
		})
	}
}

// What a department does with openpyxl is noticed, and nothing else.
func TestTampered(t *testing.T) {
	py := sheettest.Python(t, "openpyxl")
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out.xlsx")
	b, err := drawer(t, "shanghai", "秘密").Draw(project())
	if err != nil {
		t.Fatal(err)
	}
	write(t, in, b)
	sheettest.Output(t, py, "testdata/tamper.py", in, out)
	found, err := read.Forms(readFile(t, out))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	want := []sheet.Notice{
		{Kind: sheet.NoticeProtection},
		{Kind: sheet.NoticeFormula, Field: sheet.ParsePath("项目资金[年度资金总额].全年预算数"), Cell: "E6", Issued: "=SUM(E7:E9)", Now: "=SUM(E7,E8,E9)"},
		{Kind: sheet.NoticeLocked, Field: sheet.ParsePath("绩效指标[1].分值"), Cell: "G13", Issued: "18", Now: "30"},
		{Kind: sheet.NoticeRemoved, Cell: "B16", Issued: "第 16 行：效益指标、社会效益指标、计划参展商总数、≥50 家、18"},
	}
	if diff := cmp.Diff(want, found[0].Table.Notices); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if at := found[0].Table.Total.Score.At(); !at.Derived || at.Formula != "" {
		t.Errorf("the formula of 总分 is not missed: %+v", at)
	}
}

// refOf returns the first cell of a field in a drawn form.
func refOf(t *testing.T, d *Drawer, known *sheet.Table, field string) string {
	t.Helper()
	p, err := newPlan(d.layout, known)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range p.boxes {
		if b.field == field {
			return b.ref()
		}
	}
	t.Fatal("no cell for ", field)
	return ""
}

// checkKinds wants what is noticed about a workbook.
func checkKinds(t *testing.T, name string, b []byte, key string, kinds ...sheet.NoticeKind) {
	t.Helper()
	found, err := read.FormsWith(b, issued.Options{Key: []byte(key)})
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d forms, %v", name, len(found), err)
	}
	notices := slices.DeleteFunc(found[0].Table.Notices, func(n sheet.Notice) bool {
		// excelize writes sheet="true", which exceljs does not understand: what it
		// saves is protected no more. And what a test changes, nobody calculates.
		return strings.HasPrefix(name, "exceljs") && n.Kind == sheet.NoticeProtection || n.Kind == sheet.NoticeOutdated
	})
	ok := len(notices) == len(kinds)
	for i := range kinds {
		ok = ok && notices[i].Kind == kinds[i]
	}
	if !ok {
		t.Errorf("%s: noticed %+v, want %s", name, notices, kinds)
	}
}
