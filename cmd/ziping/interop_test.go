package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/sheettest"
	"ziping/template"
	"ziping/template/formtest"
)

const (
	password = "秘密"
	key      = "0123456789abcdef"
)

// output is a workbook that ziping has written. Its file has a plain name: Java
// can't open others where the locale is C.
type output struct{ kind, file string }

// written makes every kind of workbook that ziping writes, as a person does, in
// the working directory.
func written(t *testing.T) (list []output) {
	t.Helper()
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
	must(t, err)
	foreign, err := filepath.Abs(filepath.Join("..", "..", "sheet", "annotate", "testdata", "foreign", "libreoffice.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	commented := mustRead(t, foreign)
	manyReturned(t, 2)
	must(t, os.WriteFile("password", []byte(password), 0o600))
	must(t, os.WriteFile("key", []byte(key), 0o600))
	must(t, os.MkdirAll("commented", 0o755))
	must(t, os.WriteFile("commented/有批注.xlsx", commented, 0o644))
	add := func(kind, pattern string) {
		t.Helper()
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %s (%v)", kind, pattern, err)
		}
		for i, file := range files {
			name := kind
			if len(files) > 1 {
				name += " " + strconv.Itoa(i+1)
			}
			list = append(list, output{name, file})
		}
	}
	example := func(name string) string { return filepath.Join(examples, name) }
	for _, layout := range template.Names() {
		blank, filled := issueFilled(t, layout)
		add("模板 "+layout, blank)
		add("填好的表 "+layout, filled)
	}
	ziping(t, exitFindings, "annotate", "--key-file", "key", "--due", "2022-03-15", "-o", "copies", "returned")
	add("批注副本", "copies/*/*批注.xlsx")
	add("通知", "copies/*/通知.xlsx")
	add("退回清单", "copies/退回清单.xlsx")
	ziping(t, exitFindings, "annotate", "--correct", "-o", "corrected", "returned")
	add("批注副本 --correct", "corrected/*/*批注.xlsx")
	ziping(t, exitFindings, "annotate", "-o", "once-more", "copies")
	add("再次批注", "once-more/*/*批注.xlsx")
	ziping(t, exitFindings, "annotate", "--correct", "-o", "both", "commented")
	add("批注副本 部门有批注", "both/*/*批注.xlsx")
	ziping(t, exitOK, "template", "--password-file", "password", "--key-file", "key", "-o", "park", example("projects/未来公园展厅运营经费.toml"))
	ziping(t, exitOK, "fill", "-o", "park.xlsx", "park/未来公园展厅运营经费.xlsx", example("data/未来公园展厅运营经费.toml"))
	ziping(t, exitFindings, "annotate", "--key-file", "key", "-o", "issued-copies", "park.xlsx")
	add("批注副本 下发的表", "issued-copies/*/*批注.xlsx")
	ziping(t, exitOK, "template", "--list-example", "清单样例.xlsx")
	add("清单样例", "清单样例.xlsx")
	ziping(t, exitOK, "template", "--password-file", "password", "--key-file", "key", "-o", "round", "清单样例.xlsx")
	add("发放清单", "round/发放清单.xlsx")
	add("发放的表", "round/*/*.xlsx")
	ziping(t, exitFindings, "collect", "-o", "汇总.xlsx", "returned")
	add("汇总", "汇总.xlsx")
	must(t, os.Mkdir("plain", 0o755))
	for i := range list {
		file := filepath.Join("plain", strconv.Itoa(i)+".xlsx")
		must(t, os.WriteFile(file, mustRead(t, list[i].file), 0o644))
		list[i].file = file
	}
	return list
}

// issueFilled issues a form in a layout and fills it in, and returns both workbooks.
func issueFilled(t *testing.T, layout string) (blank, filled string) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	data := formtest.Completed(r, layout)
	for _, v := range data.All() {
		if text, ok := v.(*sheet.Text); ok { // openpyxl and exceljs lose the escape of an escape
			text.Value = strings.ReplaceAll(text.Value, "_x000D_", "")
		}
	}
	known := formtest.Issued(r, data)
	known.Year = data.Year
	for file, table := range map[string]*sheet.Table{layout + ".toml": known, layout + "-data.toml": data} {
		b, err := table.MarshalTOML()
		must(t, err)
		must(t, os.WriteFile(file, b, 0o644))
	}
	dir := filepath.Join("issued", layout)
	ziping(t, exitOK, "template", "--layout", layout, "--password-file", "password", "--key-file", "key", "-o", dir, layout+".toml")
	named, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err != nil || len(named) != 1 {
		t.Fatal(named, err)
	}
	blank, filled = "blank-"+layout+".xlsx", "filled-"+layout+".xlsx"
	must(t, os.Rename(named[0], blank))
	ziping(t, exitOK, "fill", "-o", filled, blank, layout+"-data.toml")
	return blank, filled
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestInterop opens every kind of workbook that ziping writes in every program
// that others open it with, and sends issued forms around through those that
// save. What comes of it is printed as a table.
func TestInterop(t *testing.T) {
	if !sheettest.Wanted() {
		t.Skip("other programs take their time: ZIPING_OFFICE=1 tests with them")
	}
	interop, err := filepath.Abs(filepath.Join("testdata", "interop"))
	must(t, err)
	fillPy, err := filepath.Abs(filepath.Join("..", "..", "template", "testdata", "fill.py"))
	must(t, err)
	var examples []string
	for _, dir := range []string{"returned", "list"} {
		files, err := filepath.Glob(filepath.Join("..", "..", "examples", dir, "*.xlsx"))
		if err != nil || len(files) == 0 {
			t.Fatal("no examples", err)
		}
		for _, file := range files {
			file, err := filepath.Abs(file)
			must(t, err)
			examples = append(examples, file)
		}
	}
	list := written(t)
	t.Run("examples", func(t *testing.T) { // as departments and offices have sent them
		for file, why := range validator(t)(examples) {
			t.Errorf("%s: %s", file, why)
		}
	})
	var files []string
	for _, o := range list {
		files = append(files, o.file)
	}
	var heads []string
	cells := map[string][]string{} // by file
	enter := func(head string, wrong map[string]string) {
		heads = append(heads, head)
		for _, o := range list {
			cell := "ok"
			if why, asked := wrong[o.file]; !asked && wrong == nil {
				cell = "?"
			} else if why != "" {
				cell = "WRONG"
				t.Errorf("%s: %s (%s): %.1500s", head, o.kind, o.file, why)
			}
			cells[o.file] = append(cells[o.file], cell)
		}
	}
	for _, p := range otherPrograms(interop) {
		var wrong map[string]string
		t.Run(p.name, func(t *testing.T) { wrong = p.new(t)(files) })
		enter(p.name, wrong)
	}
	for _, f := range fillers(interop, fillPy) {
		back := map[string]string{}
		t.Run("filled by "+f.name, func(t *testing.T) {
			fill := f.new(t)
			for _, layout := range template.Names() {
				back[layout] = roundTrip(t, layout, fill)
			}
		})
		heads = append(heads, "填写 "+f.name)
		for _, o := range list {
			cell := "–"
			if layout, ok := strings.CutPrefix(o.kind, "模板 "); ok {
				switch why, done := back[layout]; {
				case !done:
					cell = "?"
				case why == "":
					cell = "ok"
				default:
					cell = "WRONG"
					t.Errorf("filled by %s: %s: %s", f.name, layout, why)
				}
			}
			cells[o.file] = append(cells[o.file], cell)
		}
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 1, ' ', tabwriter.Debug)
	fmt.Fprintln(w, "\t", strings.Join(heads, "\t "), "\t")
	for _, o := range list {
		fmt.Fprintln(w, o.kind, "\t", strings.Join(cells[o.file], "\t "), "\t")
	}
	must(t, w.Flush())
	t.Log("programs × outputs; – is not asked, ? was not finished. The copy of an encrypted workbook is encrypted too, which these programs don't open: it is left out, see testdata/script/convert.txtar.\n" + table.String())
}

// roundTrip has an issued form filled in by another program, and says what is
// read or found otherwise than where ziping itself has filled it in.
func roundTrip(t *testing.T, layout string, fill func(in, out, cells string)) string {
	t.Helper()
	blank, filled := "blank-"+layout+".xlsx", "filled-"+layout+".xlsx"
	back, cells := filepath.Join(t.TempDir(), filled), filepath.Join(t.TempDir(), "cells.json")
	b, err := json.Marshal(typedInto(t, blank, filled))
	must(t, err)
	must(t, os.WriteFile(cells, b, 0o644))
	fill(blank, back, cells)
	if want, got := ziping(t, exitOK, "read", "--format", "toml", filled), ziping(t, exitOK, "read", "--format", "toml", back); !bytes.Equal(want, got) {
		return fmt.Sprintf("reads\n%s\nwant\n%s", got, want)
	}
	want, got := findings(t, filled), findings(t, back)
	const outdated = "formula-outdated"
	hints := 0
	got = slices.DeleteFunc(got, func(f string) bool {
		hint := strings.HasPrefix(f, outdated)
		if hint {
			hints++
		}
		return hint
	})
	if hints > 1 || !slices.Equal(want, got) {
		return fmt.Sprintf("%d times %s, and found\n%s\nwant\n%s", hints, outdated, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return ""
}

// typedInto returns what was typed into a form: the cells that are no formula and
// hold something else than when it was issued.
func typedInto(t *testing.T, blank, filled string) map[string]any {
	t.Helper()
	before, err := excelize.OpenFile(blank)
	must(t, err)
	defer before.Close()
	after, err := excelize.OpenFile(filled)
	must(t, err)
	defer after.Close()
	name := after.GetSheetName(0)
	raw := excelize.Options{RawCellValue: true}
	rows, err := after.GetRows(name, raw)
	must(t, err)
	cells := map[string]any{}
	for r, row := range rows {
		for c, v := range row {
			ref, err := excelize.CoordinatesToCellName(c+1, r+1)
			must(t, err)
			formula, err := after.GetCellFormula(name, ref)
			must(t, err)
			old, err := before.GetCellValue(name, ref, raw)
			must(t, err)
			kind, err := after.GetCellType(name, ref)
			must(t, err)
			if v == "" || formula != "" || v == old { // "": the rest of a merged cell
				continue
			}
			cells[ref] = v
			if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
				n, err := strconv.ParseFloat(v, 64)
				must(t, err)
				cells[ref] = n
			}
		}
	}
	if len(cells) < 5 {
		t.Fatalf("%s: only %v were typed", filled, cells)
	}
	return cells
}

// findings returns what check says of a workbook, but for its name.
func findings(t *testing.T, file string) (list []string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := runLine([]string{"ziping", "check", "--key-file", "key", "--format", "jsonl", file}, &stdout, &stderr); code > exitFindings {
		t.Fatal(stderr.String())
	}
	var line struct {
		Tables []struct {
			Findings []struct{ Rule, Cell, Field, Message string }
		}
	}
	must(t, json.NewDecoder(&stdout).Decode(&line)) // the last line counts
	if len(line.Tables) != 1 {
		t.Fatalf("%s: check sees %d forms", file, len(line.Tables))
	}
	for _, f := range line.Tables[0].Findings {
		list = append(list, strings.Join([]string{f.Rule, f.Cell, f.Field, f.Message}, " "))
	}
	return list
}
