package template

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/fill"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/template/formtest"
)

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// workbooks draws and fills what the tests hand to other programs: the example
// projects in every layout, blank and completed, long texts among them.
func workbooks(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, layout := range Names() {
		d := drawer(t, layout, "秘密")
		add := func(name string, b []byte, err error) {
			if err != nil {
				t.Fatalf("%s %s: %v", layout, name, err)
			}
			files[layout+"-"+name+".xlsx"] = b
		}
		examples, err := filepath.Glob("../examples/projects/*.toml")
		if err != nil || len(examples) == 0 {
			t.Fatalf("no example projects (%v)", err)
		}
		for _, file := range examples {
			p, err := sheet.Unmarshal(file, readFile(t, file))
			if err != nil {
				t.Fatal(err)
			}
			if layout == "department" || layout == "transfer" {
				p = formtest.ProjectOf(layout)
			}
			b, err := d.Draw(p)
			add(nameOf(file), b, err)
		}
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 2))
			data := formtest.Completed(r, layout)
			known := formtest.Issued(r, data)
			known.Goal.Expected = data.Goal.Expected
			if seed == 2 {
				known.Goal.Expected = sheet.T(strings.Repeat("长长的目标，", 500))
				data.Goal.Expected = known.Goal.Expected
			}
			blank, err := d.Draw(known)
			add("blank-"+string('0'+rune(seed)), blank, err)
			filled, err := fill.Fill(blank, data)
			add("filled-"+string('0'+rune(seed)), filled, err)
		}
	}
	return files
}

// formulas returns the formulas of a workbook's first sheet and the values that
// it holds for them.
func formulas(t *testing.T, b []byte) (expr map[string]string, values map[string]string) {
	t.Helper()
	f := open(t, b)
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	expr, values = map[string]string{}, map[string]string{}
	for r := range rows {
		for c := range 9 {
			ref, _ := excelize.CoordinatesToCellName(c+1, r+1)
			formula, err := f.GetCellFormula(name, ref)
			if err != nil {
				t.Fatal(err)
			}
			if formula == "" {
				continue
			}
			v, err := f.GetCellValue(name, ref, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			expr[ref], values[ref] = strings.ReplaceAll(formula, " ", ""), v
		}
	}
	return expr, values
}

// LibreOffice opens our workbooks, calculates them and saves them: the values
// are those that we cached, and what it saves is still our form.
func TestLibreOffice(t *testing.T) {
	o := sheettest.New(t)
	dir := t.TempDir()
	ours := workbooks(t)
	var files []string
	for _, name := range keys(ours) {
		file := filepath.Join(dir, name)
		write(t, file, ours[name])
		files = append(files, file)
	}
	saved := o.Convert(t, sheettest.XLSX, files...)
	pdf := o.Convert(t, "pdf", files...)
	pdfinfo := sheettest.Program(t, "pdfinfo")
	for _, name := range keys(ours) {
		t.Run(name, func(t *testing.T) {
			again := readFile(t, filepath.Join(saved, name))
			expr, cached := formulas(t, ours[name])
			exprAgain, calculated := formulas(t, again)
			if len(expr) < 6 {
				t.Errorf("only %d formulas", len(expr))
			}
			if diff := cmp.Diff(expr, exprAgain); diff != "" {
				t.Errorf("formulas (-ours +saved):\n%s", diff)
			}
			if diff := cmp.Diff(cached, calculated); diff != "" {
				t.Errorf("values (-cached by us +calculated by LibreOffice):\n%s", diff)
			}
			if diff := cmp.Diff(readOne(t, ours[name]), readOne(t, again)); diff != "" {
				t.Errorf("reads (-ours +saved):\n%s", diff)
			}
			// LibreOffice 7.4 does not know the protection of the structure.
			f := open(t, again)
			if err := f.UnprotectSheet(f.GetSheetName(0), "wrong"); err == nil {
				t.Error("the sheet is no longer protected with its password")
			}
			info := sheettest.Output(t, pdfinfo, filepath.Join(pdf, strings.TrimSuffix(name, ".xlsx")+".pdf"))
			if !strings.Contains(info, "A4") {
				t.Errorf("not printed on A4:\n%s", info)
			}
		})
	}
}

func readOne(t *testing.T, b []byte) string {
	t.Helper()
	found, err := read.Forms(b)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d forms, %v", len(found), err)
	}
	checkCells(t, found[0].Table)
	if n := found[0].Table.Notices; len(n) > 0 {
		t.Errorf("noticed: %+v", n)
	}
	return encode(t, found[0].Table)
}

// A department's script fills in a template with openpyxl: it reads back equal,
// although openpyxl leaves no values for the formulas. Before, openpyxl sees
// every cached value as a number.
func TestOpenpyxl(t *testing.T) {
	py := sheettest.Python(t, "openpyxl")
	for _, layout := range Names() {
		d := drawer(t, layout, "")
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 3))
			data := formtest.Completed(r, layout)
			for _, v := range data.All() {
				if text, ok := v.(*sheet.Text); ok { // openpyxl loses the escape of an escape
					text.Value = strings.ReplaceAll(text.Value, "_x000D_", "")
				}
			}
			blank, err := d.Draw(formtest.Issued(r, data))
			if err != nil {
				t.Fatal(err)
			}
			filled, err := fill.Fill(blank, data)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			in, out, cells := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out.xlsx"), filepath.Join(dir, "cells.json")
			write(t, in, blank)
			write(t, cells, inputs(t, blank, filled))
			var seen map[string]any
			if err := json.Unmarshal([]byte(sheettest.Output(t, py, "testdata/fill.py", in, out, cells)), &seen); err != nil {
				t.Fatal(err)
			}
			if len(seen) < 6 {
				t.Errorf("openpyxl sees only %d formulas", len(seen))
			}
			for ref, v := range seen {
				if _, ok := v.(float64); !ok {
					t.Errorf("openpyxl sees %#v in %s, want a number", v, ref)
				}
			}
			if diff := cmp.Diff(encode(t, data), readOne(t, readFile(t, out))); diff != "" {
				t.Errorf("%s seed %d (-filled in +read):\n%s", layout, seed, diff)
			}
		}
	}
}

// inputs returns what Fill wrote into the unlocked cells, as JSON by cell.
func inputs(t *testing.T, blank, filled []byte) []byte {
	t.Helper()
	found, err := read.Forms(filled)
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, blank)
	values := map[string]any{}
	for _, v := range found[0].Table.All() {
		if v.Any() == nil {
			continue
		}
		id, err := f.GetCellStyle(found[0].Sheet, v.At().Ref)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if !style.Protection.Locked {
			values[v.At().Ref] = v.Any()
		}
	}
	if len(values) < 5 {
		t.Fatalf("only %d input cells are filled", len(values))
	}
	b, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Excel would open every workbook that we write without offering to repair it.
// ZIPING_CHECK_OOXML names a program that knows.
func TestSchema(t *testing.T) {
	checker := os.Getenv("ZIPING_CHECK_OOXML")
	if checker == "" {
		t.Skip("ZIPING_CHECK_OOXML names no checker: the schemas are not tested")
	}
	dir := t.TempDir()
	args := []string{checker}
	for name, b := range workbooks(t) {
		file := filepath.Join(dir, name)
		write(t, file, b)
		args = append(args, file)
	}
	sheettest.Output(t, sheettest.Python(t, "lxml"), args...)
}
