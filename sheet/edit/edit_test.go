package edit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/opc"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

const (
	sheetOne  = "xl/worksheets/sheet1.xml"
	relations = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// workbook returns a workbook of one sheet.
func workbook(t *testing.T, sheet string) []byte {
	t.Helper()
	return sheettest.Archive(t, map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="` + relations + `"><Relationship Id="rId1" Type="` + opc.TypeWorkbook + `" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="` + opc.SpreadsheetURI + `" xmlns:r="` + opc.OfficeURI + `"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + relations + `"><Relationship Id="rId1" Type="` + opc.TypeWorksheet + `" Target="worksheets/sheet1.xml"/></Relationships>`,
		sheetOne:                     `<worksheet xmlns="` + opc.SpreadsheetURI + `"><cols><col min="3" max="3" width="20" style="7"/></cols><sheetData>` + sheet + `</sheetData><mergeCells><mergeCell ref="B2:C3"/></mergeCells></worksheet>`,
	})
}

// Cells are seen where they stand, and put in where there are none, in their order and
// in the style of their row or column.
func TestWalk(t *testing.T) {
	b, err := Open(workbook(t, `<row r="2" spans="2:2"><c r="B2" s="1"><v>1</v></c></row><row s="4" customFormat="1" ht="30"><c s="2"/><c/></row>`), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Sheet(b.SheetPart("表"), 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	places := []Place{PlaceOf("E3"), PlaceOf("A2"), PlaceOf("C1"), PlaceOf("B2"), PlaceOf("C5"), PlaceOf("A5")}
	s.Walk(nil, places, func(at Place, c opc.Element) {
		seen = append(seen, xlsx.Ref(at.Row, at.Col))
		if at == PlaceOf("B2") {
			s.Replace(c, opc.Fragment(NumberCell("B2", c.Int("s", 0), 2.5)))
		}
	}, func(at Place, style int) string { return EmptyCell(xlsx.Ref(at.Row, at.Col), style) })
	if diff := cmp.Diff([]string{"B2", "A3", "B3"}, seen); diff != "" {
		t.Errorf("cells (-want +seen):\n%s", diff)
	}
	if a := s.Area(PlaceOf("B2")); a.String() != "B2:C3" || s.Area(PlaceOf("A1")).String() != "A1" {
		t.Errorf("areas %s, %s", a, s.Area(PlaceOf("A1")))
	}
	if w, h := s.Sizes.Width(3), s.Sizes.Height(3); w != 20 || h != 30 {
		t.Errorf("column C is %g wide, row 3 %g high", w, h)
	}
	if err := b.SaveSheet(s); err != nil {
		t.Fatal(err)
	}
	got := saved(t, b)[sheetOne]
	want := `<sheetData><row r="1"><c r="C1" s="7"/></row><row r="2"><c r="A2" s="0"/><c r="B2" s="1"><v>2.5</v></c></row>` +
		`<row s="4" customFormat="1" ht="30"><c s="2"/><c/><c r="E3" s="4"/></row><row r="5"><c r="A5" s="0"/><c r="C5" s="7"/></row></sheetData>`
	if !strings.Contains(got, want) {
		t.Errorf("%s\nwant in it\n%s", got, want)
	}
}

func saved(t *testing.T, b *Book) map[string]string {
	t.Helper()
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return sheettest.Parts(t, data)
}

// Styles are added at the end, each once, to a workbook that may have none.
func TestStyles(t *testing.T) {
	b, err := Open(workbook(t, ""), xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s := b.Styles
	font := s.Add("fonts", `<font><sz val="8"/></font>`)
	if again := s.Add("fonts", `<font><sz val="8"/></font>`); font != 1 || again != font {
		t.Errorf("fonts %d and %d, want 1 twice", font, again)
	}
	xf := s.Add("cellXfs", s.Xf(99).With("fontId", fmt.Sprint(font)))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	styles := saved(t, b)["xl/styles.xml"]
	if want := `<xf numFmtId="0" fontId="1" fillId="0" borderId="0"/></cellXfs>`; xf != 1 || !strings.Contains(styles, want) || !strings.Contains(styles, `<fonts count="2">`) {
		t.Errorf("style %d in %s", xf, styles)
	}
}
