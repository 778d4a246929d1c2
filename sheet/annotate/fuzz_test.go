package annotate

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// What was annotated can be read again, whatever the workbook's bytes are.
func FuzzAnnotate(f *testing.F) {
	for _, pattern := range []string{"../../examples/returned/*.xlsx", "../read/testdata/foreign/*.xlsx"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(annotates)
}

// FuzzAnnotatePart has the parts of a workbook that only Annotate reads.
func FuzzAnnotatePart(f *testing.F) {
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		f.Fatal(err)
	}
	wb, err := xlsx.Open(data)
	if err != nil {
		f.Fatal(err)
	}
	note := []Table{{Sheet: wb.Sheets()[0].Name, Notes: []Note{{Cell: "D6", Rule: "r", Message: "甲"}, {Cell: "K40", Rule: "s", Message: "乙"}}}}
	annotated, _, err := Annotate(data, note, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
	if err != nil {
		f.Fatal(err)
	}
	parts := []string{"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/worksheets/_rels/sheet1.xml.rels"}
	for i, name := range parts {
		p, err := opc.Open(bytes.NewReader(annotated), int64(len(annotated)), opc.Limits{})
		if err != nil {
			f.Fatal(err)
		}
		src, err := p.Content(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), src)
	}
	f.Fuzz(func(t *testing.T, i byte, src []byte) {
		p, err := opc.Open(bytes.NewReader(annotated), int64(len(annotated)), opc.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		p.Set(parts[int(i)%len(parts)], src)
		data, err := p.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		annotates(t, data)
	})
}

func annotates(t *testing.T, data []byte) {
	wb, err := xlsx.Open(data)
	if err != nil {
		return
	}
	name := wb.Sheets()[0].Name
	out, _, err := Annotate(data, []Table{{Sheet: name, Project: "甲", Notes: []Note{{Cell: "D6", Rule: "r", Message: "甲", Suggest: "1"}, {Cell: "A1", Rule: "s", Message: "乙"}}}}, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
	if err != nil {
		return
	}
	r, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	changed, err := opc.Open(bytes.NewReader(data), int64(len(data)), opc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range r.File { // those that were copied are as good as they were
		if changed.Has(file.Name) {
			continue
		}
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			t.Errorf("%s: %v", file.Name, err)
		}
		content.Close()
	}
	_, _ = Correct(data, []Correction{{Sheet: name, Cell: "D6", Value: 1}}, xlsx.Limits{})
}
