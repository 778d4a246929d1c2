package xlsx

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"ziping/sheet/opc"
)

// fuzzLimits keep an input from being slow only because it is large.
var fuzzLimits = Limits{Limits: opc.Limits{PartSize: 1 << 20, TotalSize: 4 << 20, StringLen: 1 << 12}}

// FuzzOpen reads any bytes as a workbook.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"openpyxl.xlsx", "libreoffice.xlsx"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, make := range []func(testing.TB, []file) []byte{pack, store} {
		f.Add(make(f, smallest(worksheet(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))))
	}
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := OpenLimits(data, fuzzLimits)
		if err != nil {
			return
		}
		for i := range w.Sheets() {
			if g, err := w.Grid(i); err == nil {
				checkGrid(t, g)
			}
		}
	})
}

// FuzzSheet reads any text as a sheet, with any shared strings and styles.
func FuzzSheet(f *testing.F) {
	add := func(sheet string, styles file) { f.Add(sheet, sstXML, styles.content) }
	add(worksheet(`<row r="3"><c r="B3" s="1" t="s"><v>0</v></c><c s="0"><f>A1</f><v>0.5</v></c></row><row><c t="d"><v>2021-12-31</v></c></row>`), formats(`0.00%`, `yyyy-mm-dd`))
	add(worksheet(`<row r="1"><c r="A1" s="1" t="inlineStr"><is><r><t>a_x000D_&#x4E2D;</t></r><rPh/></is></c><c t="b"><v>1</v></c></row>`)+`<!-- x -->`, formats(`0!.0,"万"`, `[>=1]0"场";0`))
	add(`<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetProtection sheet="1"/><x:mergeCells><x:mergeCell ref="A1:C3"/><x:mergeCell ref="B2:D4"/></x:mergeCells><![CDATA[]]></x:worksheet>`, formats())
	f.Fuzz(func(t *testing.T, sheet, sst, styles string) {
		data := store(t, smallest(sheet, file{"xl/sharedStrings.xml", sst}, file{"xl/styles.xml", styles}))
		g, err := readFirst(data, fuzzLimits)
		if err != nil {
			if !utf8.ValidString(err.Error()) || len(err.Error()) > 1000 {
				t.Errorf("error %q", err)
			}
			return
		}
		checkGrid(t, g)
	})
}

// checkGrid checks what holds of any grid.
func checkGrid(t *testing.T, g *Grid) {
	t.Helper()
	for i, c := range g.Cells() {
		if c.Row < 1 || c.Row > maxRow || c.Col < 1 || c.Col > maxCol {
			t.Fatalf("%+v lies outside", c)
		}
		if i > 0 && byPosition(g.Cells()[i-1], c) >= 0 {
			t.Fatalf("%+v is out of order", c)
		}
		if got, ok := g.At(c.Row, c.Col); !ok || got != c && got.Value == got.Value {
			t.Fatalf("At(%d, %d) = %+v, want %+v", c.Row, c.Col, got, c)
		}
		if r, ok := g.Merge(c.Row, c.Col); ok && !r.Contains(c.Row, c.Col) {
			t.Fatalf("Merge(%d, %d) = %v", c.Row, c.Col, r)
		}
		checkCell(t, c)
	}
}

func checkCell(t *testing.T, c Cell) {
	t.Helper()
	if !utf8.ValidString(c.Text) || !utf8.ValidString(c.Formula) {
		t.Errorf("%+v is not UTF-8", c)
	}
	if c.Text == "" && !c.HasFormula || c.Kind == Empty && c.Text != "" || c.Kind == Number && c.Text == "" || c.Value-c.Value != 0 {
		t.Errorf("%+v makes no sense", c)
	}
	if row, col, ok := parseRef([]byte(Ref(c.Row, c.Col))); !ok || row != c.Row || col != c.Col {
		t.Errorf("%s is not %+v", Ref(c.Row, c.Col), c)
	}
}
