package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/opc"
)

// file is a part of a hand-made package.
type file struct{ name, content string }

// The parts of the smallest workbook.
const (
	mainNS   = ` xmlns="` + opc.SpreadsheetURI + `"`
	relsNS   = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	mcNS     = `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
	officeNS = opc.OfficeURI
	rootRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relType  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	bookRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relType + `worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relType + `sharedStrings" Target="sharedStrings.xml"/>` +
		`<Relationship Id="rId3" Type="` + relType + `styles" Target="styles.xml"/></Relationships>`
	stylesXML = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>`
	sstXML    = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>甲</t></si></sst>`
)

// smallest returns the parts of a workbook with one sheet. Each of parts
// replaces the one of its name, is left out if it is empty, or is added.
func smallest(sheet string, parts ...file) []file {
	files := []file{
		{"_rels/.rels", rootRels},
		{"xl/workbook.xml", bookXML},
		{"xl/_rels/workbook.xml.rels", bookRels},
		{"xl/sharedStrings.xml", sstXML},
		{"xl/styles.xml", stylesXML},
		{"xl/worksheets/sheet1.xml", sheet},
	}
	for _, p := range parts {
		found := false
		for i := range files {
			if files[i].name == p.name {
				files[i], found = p, true
			}
		}
		if !found {
			files = append(files, p)
		}
	}
	var kept []file
	for _, f := range files {
		if f.content != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// pack makes a zip archive.
func pack(t testing.TB, files []file) []byte { return packWith(t, zip.Deflate, files) }

// store makes one without compression.
func store(t testing.TB, files []file) []byte { return packWith(t, zip.Store, files) }

func packWith(t testing.TB, method uint16, files []file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// worksheet puts rows into a sheet.
func worksheet(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// formats makes a styles part of which style i has the number format codes[i].
func formats(codes ...string) file {
	var fmts, xfs strings.Builder
	escape := strings.NewReplacer(`&`, "&amp;", `"`, "&quot;", "<", "&lt;")
	for i, code := range codes {
		fmt.Fprintf(&fmts, `<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, escape.Replace(code))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, 200+i)
	}
	return file{"xl/styles.xml", `<styleSheet` + mainNS + `><numFmts>` + fmts.String() + `</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>` +
		`<cellXfs>` + xfs.String() + `</cellXfs><dxfs><dxf><numFmt numFmtId="200" formatCode="0%"/></dxf></dxfs></styleSheet>`}
}

// readFirst reads the first sheet of a workbook.
func readFirst(data []byte, limits Limits) (*Grid, error) {
	w, err := OpenLimits(data, limits)
	if err != nil {
		return nil, err
	}
	return w.Grid(0)
}

// mustRead is readFirst for workbooks that are right.
func mustRead(t testing.TB, data []byte) *Grid {
	t.Helper()
	g, err := readFirst(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// excelizeBytes saves a workbook.
func excelizeBytes(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
