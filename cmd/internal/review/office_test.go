package review

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
)

// returned are workbooks as departments return them: two of ours, and some that
// other programs have made.
func returned(t *testing.T) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	for _, pattern := range []string{"../../../examples/returned/*.xlsx", "../../../sheet/annotate/testdata/foreign/[o-w]*.xlsx"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s (%v)", pattern, err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			list[filepath.Base(file)] = b
		}
	}
	return list
}

var (
	annotations = regexp.MustCompile(`(?s)<office:annotation .*?</office:annotation>`)
	tags        = regexp.MustCompile(`<[^>]*>`)
)

// LibreOffice opens the copies, shows every note as a comment of its cell, and
// prints them on A4.
func TestCopiesInLibreOffice(t *testing.T) {
	o := sheettest.New(t)
	pdfinfo := sheettest.Program(t, "pdfinfo")
	dir := t.TempDir()
	var files []string
	cells := map[string]int{}
	for name, b := range returned(t) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, copyOf(t, b, false), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		seen := map[string]bool{}
		for _, table := range reviewOf(t, b).notes() {
			for _, n := range table.Notes {
				if n.Cell != "" {
					seen[table.Sheet+n.Cell] = true
				}
			}
		}
		cells[strings.TrimSuffix(name, ".xlsx")] = len(seen)
	}
	ods, pdf := o.Convert(t, "ods", files...), o.Convert(t, "pdf", files...)
	for name, want := range cells {
		r, err := zip.OpenReader(filepath.Join(ods, name+".ods"))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		f, err := r.Open("content.xml")
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, a := range annotations.FindAllString(string(content), -1) {
			if text := tags.ReplaceAllString(a, ""); strings.Contains(text, "审核意见（ziping）") && strings.Contains(text, "以上为审核意见") {
				got++
			}
		}
		if got != want || want == 0 {
			t.Errorf("%s: LibreOffice shows %d comments of ours, want %d", name, got, want)
		}
		if info := sheettest.Output(t, pdfinfo, filepath.Join(pdf, name+".pdf")); !strings.Contains(info, "A4") {
			t.Errorf("%s is not printed on A4:\n%s", name, info)
		}
	}
}

// A department puts everything right in its copy, with openpyxl and then in
// LibreOffice: no finding is left, and the next copy says so.
func TestWayBack(t *testing.T) {
	python := sheettest.Python(t, "openpyxl")
	o := sheettest.New(t)
	data := published(t, nil)
	copied := copyOf(t, data, false)
	right := map[string]any{}
	table := reviewOf(t, data).found[0].Table
	right[table.Funds[0].Rate.Ref] = 0.981
	for _, x := range table.Indicators {
		right[x.Actual.Ref] = strings.TrimLeft(x.Actual.Value, "≥")
	}
	cells, err := json.Marshal(right)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	in, out, values := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out.xlsx"), filepath.Join(dir, "cells.json")
	for file, b := range map[string][]byte{in: copied, values: cells} {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sheettest.Output(t, python, "../../../template/testdata/fill.py", in, out, values)
	for _, file := range []string{out, filepath.Join(o.Convert(t, sheettest.XLSX, out), "out.xlsx")} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := reviewOf(t, b)
		if list := r.tables[0].Findings; len(list) > 0 {
			t.Errorf("%s: %d findings are left: %+v", file, len(list), list)
		}
		clean := copyOf(t, b, false)
		if verdict := opinion(t, clean, "A2"); verdict != "审核结论：通过。未发现问题。" {
			t.Errorf("the verdict is %q", verdict)
		}
		for _, part := range sheettest.Parts(t, clean) {
			if strings.Contains(part, "──── 审核意见") {
				t.Errorf("a comment of ours is left: %.300s", part)
			}
		}
		if left := marked(t, clean); len(left) > 0 {
			t.Errorf("still coloured: %v", left)
		}
	}
}
