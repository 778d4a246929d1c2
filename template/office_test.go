package template

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
)

// These tests take other programs. Where one is missing they are skipped, but
// for a run that has set ZIPING_OFFICE=1: there it must not be.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("ZIPING_OFFICE") != "" {
		t.Fatalf("%s is not installed, and ZIPING_OFFICE wants it", what)
	}
	t.Skipf("%s is not installed: not tested", what)
}

func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, name)
	}
	return path
}

// python returns a Python that has a module.
func python(t *testing.T, module string) string {
	t.Helper()
	for _, name := range []string{"/usr/bin/python3", "python3", "python"} {
		if exec.Command(name, "-c", "import "+module).Run() == nil {
			return name
		}
	}
	missing(t, "Python with "+module)
	return ""
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// recalculate makes LibreOffice calculate every formula when it opens a file.
const recalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// office is a LibreOffice with a profile of its own.
type office struct{ soffice, profile string }

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{program(t, "soffice"), t.TempDir()}
	if err := os.MkdirAll(filepath.Join(o.profile, "user"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(o.profile, "user", "registrymodifications.xcu"), []byte(recalculate))
	return o
}

// convert converts files, and returns the directory of the results.
func (o office) convert(t *testing.T, to string, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + o.profile, "--headless", "--convert-to", to, "--outdir", dir}
	output(t, o.soffice, append(args, files...)...)
	return dir
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) []byte {
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
			p, err := sheet.Unmarshal(file, read(t, file))
			if err != nil {
				t.Fatal(err)
			}
			b, err := d.Draw(p)
			add(nameOf(file), b, err)
		}
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 2))
			data := completed(r, layout)
			known := issued(r, data)
			known.Goal.Expected = data.Goal.Expected
			if seed == 2 {
				known.Goal.Expected = sheet.T(strings.Repeat("长长的目标，", 500))
				data.Goal.Expected = known.Goal.Expected
			}
			blank, err := d.Draw(known)
			add("blank-"+string('0'+rune(seed)), blank, err)
			filled, err := sheet.Fill(blank, data)
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
	o := newOffice(t)
	dir := t.TempDir()
	ours := workbooks(t)
	var files []string
	for _, name := range keys(ours) {
		file := filepath.Join(dir, name)
		write(t, file, ours[name])
		files = append(files, file)
	}
	saved := o.convert(t, "xlsx:Calc MS Excel 2007 XML", files...)
	pdf := o.convert(t, "pdf", files...)
	pdfinfo := program(t, "pdfinfo")
	for _, name := range keys(ours) {
		t.Run(name, func(t *testing.T) {
			again := read(t, filepath.Join(saved, name))
			expr, cached := formulas(t, ours[name])
			exprAgain, calculated := formulas(t, again)
			if len(expr) < 7 {
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
			info := output(t, pdfinfo, filepath.Join(pdf, strings.TrimSuffix(name, ".xlsx")+".pdf"))
			if !strings.Contains(info, "A4") {
				t.Errorf("not printed on A4:\n%s", info)
			}
		})
	}
}

func readOne(t *testing.T, b []byte) string {
	t.Helper()
	found, err := sheet.Read(b)
	if err != nil || len(found) != 1 {
		t.Fatalf("%d forms, %v", len(found), err)
	}
	checkCells(t, found[0].Table)
	return encode(t, found[0].Table)
}

// A department's script fills in a template with openpyxl: it reads back equal,
// although openpyxl leaves no values for the formulas. Before, openpyxl sees
// every cached value as a number.
func TestOpenpyxl(t *testing.T) {
	py := python(t, "openpyxl")
	for _, layout := range Names() {
		d := drawer(t, layout, "")
		for seed := range uint64(3) {
			r := rand.New(rand.NewPCG(seed, 3))
			data := completed(r, layout)
			for _, v := range data.All() {
				if text, ok := v.(*sheet.Text); ok { // openpyxl loses the escape of an escape
					text.Value = strings.ReplaceAll(text.Value, "_x000D_", "")
				}
			}
			blank, err := d.Draw(issued(r, data))
			if err != nil {
				t.Fatal(err)
			}
			filled, err := sheet.Fill(blank, data)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			in, out, cells := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out.xlsx"), filepath.Join(dir, "cells.json")
			write(t, in, blank)
			write(t, cells, inputs(t, blank, filled))
			var seen map[string]any
			if err := json.Unmarshal([]byte(output(t, py, "testdata/fill.py", in, out, cells)), &seen); err != nil {
				t.Fatal(err)
			}
			if len(seen) < 7 {
				t.Errorf("openpyxl sees only %d formulas", len(seen))
			}
			for ref, v := range seen {
				if _, ok := v.(float64); !ok {
					t.Errorf("openpyxl sees %#v in %s, want a number", v, ref)
				}
			}
			if diff := cmp.Diff(encode(t, data), readOne(t, read(t, out))); diff != "" {
				t.Errorf("%s seed %d (-filled in +read):\n%s", layout, seed, diff)
			}
		}
	}
}

// inputs returns what Fill wrote into the unlocked cells, as JSON by cell.
func inputs(t *testing.T, blank, filled []byte) []byte {
	t.Helper()
	found, err := sheet.Read(filled)
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
	output(t, python(t, "lxml"), args...)
}
