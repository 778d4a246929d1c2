package issue_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/cmd/internal/issue"
	"ziping/rules"
	"ziping/rules/live"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
	"ziping/template"
	"ziping/template/formtest"
)

func defaults(t testing.TB) *rules.Set {
	t.Helper()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func drawerOf(t testing.TB, name string) *template.Drawer {
	t.Helper()
	layout, err := template.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := template.NewDrawer(layout, "")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// checked draws a form with its checks.
func checked(t *testing.T, set *rules.Set, d *template.Drawer, project *sheet.Table) []byte {
	t.Helper()
	data, err := d.DrawChecked(project, issue.Checks(live.New(set)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// project is a form as it is issued.
func project(layout string) *sheet.Table {
	r := rand.New(rand.NewPCG(5, 3))
	t := formtest.Completed(r, layout)
	blankOut(r, t)
	return t
}

// TestWayBack reads workbooks with 填报检查 as those without, whatever became of it.
func TestWayBack(t *testing.T) {
	set, d := defaults(t), drawerOf(t, "shanghai")
	form := project("shanghai")
	plain, err := d.Draw(form)
	if err != nil {
		t.Fatal(err)
	}
	fill := func(f *excelize.File) error {
		return errors.Join(f.SetCellValue("绩效自评表", "F7", 100), f.SetCellStr("绩效自评表", "F13", "182场"), f.SetCellValue("绩效自评表", "H13", 3))
	}
	found := func(data []byte) []rules.Finding {
		forms, err := read.Forms(data)
		if err != nil || len(forms) != 1 {
			t.Fatalf("%d forms, %v", len(forms), err)
		}
		return set.Check(forms[0].Table)
	}
	want := found(sheettest.Edited(t, plain, fill))
	if len(want) < 5 {
		t.Fatalf("only %d findings to compare", len(want))
	}
	gone := func(list []rules.Finding) (rest []rules.Finding, n int) {
		for _, f := range list {
			if f.Rule == "checks-removed" {
				n++
				continue
			}
			rest = append(rest, f)
		}
		return rest, n
	}
	with := checked(t, set, d, form)
	for _, test := range []struct {
		name   string
		change func(f *excelize.File) error
		gone   int
	}{
		{"as it is", func(*excelize.File) error { return nil }, 0},
		{"deleted", func(f *excelize.File) error { return f.DeleteSheet(livecheck.Name) }, 1},
		{"deleted behind", func(f *excelize.File) error { return f.DeleteSheet("_ziping_checks") }, 1},
		{"renamed", func(f *excelize.File) error { return f.SetSheetName(livecheck.Name, "旧表") }, 1},
		{"broken", func(f *excelize.File) error {
			return errors.Join(f.SetCellFormula("_ziping_checks", "F5", "1/0"), f.SetCellStr(livecheck.Name, "B6", "绩效指标"))
		}, 0},
		{"typed over", func(f *excelize.File) error { return f.SetCellStr(livecheck.Name, "A2", "项目名称") }, 1},
		{"count typed over", func(f *excelize.File) error { return f.SetCellStr("绩效自评表", "K1", "可以报送") }, 1},
	} {
		list, n := gone(found(sheettest.Edited(t, with, func(f *excelize.File) error { return errors.Join(fill(f), test.change(f)) })))
		if diff := cmp.Diff(want, list); diff != "" || n != test.gone {
			t.Errorf("%s: checks-removed %d times, want %d; findings (-without, +with):\n%s", test.name, n, test.gone, diff)
		}
	}
}

// TestFormInItsPlace: a form on a sheet that was given the name is not lost.
func TestFormInItsPlace(t *testing.T) {
	with := checked(t, defaults(t), drawerOf(t, "shanghai"), project("shanghai"))
	data := sheettest.Edited(t, with, func(f *excelize.File) error {
		return errors.Join(f.DeleteSheet(livecheck.Name), f.SetSheetName("绩效自评表", livecheck.Name))
	})
	if forms, err := read.Forms(data); err != nil || len(forms) != 1 {
		t.Errorf("%d forms, %v", len(forms), err)
	}
}

// TestAnnotated leaves the sheet as it is, byte for byte.
func TestAnnotated(t *testing.T) {
	with := checked(t, defaults(t), drawerOf(t, "shanghai"), project("shanghai"))
	notes := []annotate.Note{{Cell: "H13", Rule: "score-range", Message: "得分应在 0 与分值之间"}}
	annotated, _, err := annotate.Annotate(with, []annotate.Table{{Sheet: "绩效自评表", Notes: notes}}, annotate.Sending{}, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	part := func(data []byte) string { return sheettest.Parts(t, data)["xl/worksheets/sheet3.xml"] }
	// LibreOffice makes of very hidden hidden, which a department would see in a list.
	seen := sheettest.Edited(t, with, func(f *excelize.File) error { return f.SetSheetVisible(livecheck.Behind, false) })
	again, _, err := annotate.Annotate(seen, []annotate.Table{{Sheet: "绩效自评表", Notes: notes}}, annotate.Sending{}, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	wb, err := xlsx.Open(again)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range wb.Sheets() {
		if s.Name == livecheck.Behind && s.State != xlsx.VeryHidden {
			t.Errorf("%s is %v", s.Name, s.State)
		}
	}
	if before := part(with); !strings.Contains(before, livecheck.Name) || before != part(annotated) {
		t.Error("填报检查 was changed")
	}
}

// TestCached: what does not calculate shows what the sheet says.
func TestCached(t *testing.T) {
	for _, layout := range template.Names() {
		with := checked(t, defaults(t), drawerOf(t, layout), project(layout))
		f, err := excelize.OpenReader(bytes.NewReader(with))
		if err != nil {
			t.Fatal(err)
		}
		says, err := f.GetCellValue(livecheck.Name, "A2")
		if err != nil || !strings.HasPrefix(says, "还有 0 处未通过 · ") || !strings.HasSuffix(says, " 处未填写") {
			t.Errorf("%s: %q, %v", layout, says, err)
		}
		if mark, err := f.GetCellValue(livecheck.Name, "A5"); mark != "待填" || err != nil {
			t.Errorf("%s: %q, %v", layout, mark, err)
		}
		f.Close()
	}
}

// TestOwnRule: a rule of an office's own is seen too, and what it says.
func TestOwnRule(t *testing.T) {
	const own = `
extends = "default"
[[rule]]
id = "own-deviation"
title = "得分不到分值一半须说明"
scope = "indicator"
when = "得分 < 分值 / 2"
assert = "字数(原文(偏差原因分析及改进措施)) >= 4"
at = "偏差原因分析及改进措施"
severity = "error"
message = "得分 {得分} 不到分值 {分值} 的一半"
basis = "本单位规定"
`
	set, err := rules.Parse("own.toml", []byte(own))
	if err != nil {
		t.Fatal(err)
	}
	with := checked(t, set, drawerOf(t, "shanghai"), project("shanghai"))
	filled := sheettest.Edited(t, with, func(f *excelize.File) error { return f.SetCellValue("绩效自评表", "H13", 0.1) })
	c, err := calc.Open(filled, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for row := livecheck.First; ; row++ {
		var seen [4]string
		for i := range seen {
			v, err := c.Value(livecheck.Name, row, i+1)
			if err != nil {
				t.Fatal(err)
			}
			seen[i] = v.Text
		}
		switch {
		case seen[0] == "":
			t.Fatal("the rule is not there")
		case seen[1] != "得分不到分值一半须说明":
		case seen[0] != "✗" || seen[2] != "I13" || !strings.HasPrefix(seen[3], "得分 0.1 不到分值 "):
			t.Errorf("%q", seen)
			fallthrough
		default:
			return
		}
	}
}

// TestPlain: where there is nothing to check a workbook is what it is without the sheet.
func TestPlain(t *testing.T) {
	d, form := drawerOf(t, "shanghai"), project("shanghai")
	plain, err := d.Draw(form)
	if err != nil {
		t.Fatal(err)
	}
	none := func(*xlsx.Workbook, calc.Workbook) (*livecheck.Drawn, error) { return nil, nil }
	without, err := d.DrawChecked(form, none)
	if err != nil {
		t.Fatal(err)
	}
	a, b := sheettest.Parts(t, plain), sheettest.Parts(t, without)
	for name, part := range a {
		if part != b[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// TestShapes: a form gets the same workbook, whatever forms came before it.
func TestShapes(t *testing.T) {
	set := defaults(t)
	known := live.New(set)
	for _, layout := range template.Names() {
		d := drawerOf(t, layout)
		for seed := range uint64(8) {
			r := rand.New(rand.NewPCG(seed, 23))
			form := formtest.Completed(r, layout)
			if blankOut(r, form); seed == 0 {
				form = new(sheet.Table)
			}
			var drawn [2][]byte
			for i, translator := range []*live.Translator{known, live.New(set)} {
				var err error
				if drawn[i], err = d.DrawChecked(form, issue.Checks(translator)); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(sheettest.Parts(t, drawn[1]), sheettest.Parts(t, drawn[0])); diff != "" {
				t.Errorf("%s, %d (-by itself, +after others):\n%s", layout, seed, diff[:min(len(diff), 3000)])
			}
		}
	}
}
