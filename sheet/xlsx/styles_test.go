package xlsx

import "testing"

func TestStyles(t *testing.T) {
	sheet := worksheet(`<row r="1"><c s="0"><v>0.5</v></c><c s="1"><v>44561</v></c><c s="2"><v>182</v></c><c s="3"><v>0.5</v></c>` +
		`<c s="99"><v>0.5</v></c><c s="x"><v>0.5</v></c><c><v>0.5</v></c><c s="0" t="str"><v>半</v></c><c s="0"><f>A1</f></c><c s="1" t="b"><v>1</v></c></row>`)
	g := mustRead(t, pack(t, smallest(sheet, formats(`0.0%`, `yyyy-mm-dd`, `0"场"`, `General`))))
	want := []struct {
		text    string
		percent bool
	}{
		{"50.0%", true}, {"2021年12月31日", false}, {"182场", false}, {"0.5", false},
		{"0.5", false}, {"50.0%", true}, {"50.0%", true}, // no style and no such style are not the same
		{"半", true}, {"", true}, {"TRUE", false},
	}
	for i, c := range g.Cells() {
		if c.Text != want[i].text || c.Percent != want[i].percent {
			t.Errorf("%s: %q, %t, want %q, %t", Ref(c.Row, c.Col), c.Text, c.Percent, want[i].text, want[i].percent)
		}
	}
	if len(g.Cells()) != len(want) {
		t.Errorf("%d cells", len(g.Cells()))
	}
}

// Number formats may stand behind the cell formats, be missing, or redefine a
// built-in one.
func TestStylesOutOfOrder(t *testing.T) {
	sheet := worksheet(`<row><c s="0"><v>0.5</v></c><c s="1"><v>0.5</v></c><c s="2"><v>0.5</v></c><c s="3"><v>0.5</v></c><c s="4"><v>0.5</v></c></row>`)
	part := file{"xl/styles.xml", `<styleSheet` + mainNS + `><cellXfs><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="10"/><xf/><xf numFmtId="x"/></cellXfs>` +
		`<numFmts><numFmt numFmtId="200" formatCode="0%"/><numFmt numFmtId="10" formatCode="0.0&quot;成&quot;"/><numFmt formatCode="0%"/></numFmts></styleSheet>`}
	g := mustRead(t, pack(t, smallest(sheet, part)))
	want := []string{"50%", "0.5", "0.5成", "0.5", "0.5"}
	for i, c := range g.Cells() {
		if c.Text != want[i] {
			t.Errorf("%s: %q, want %q", Ref(c.Row, c.Col), c.Text, want[i])
		}
	}
}

func TestNoStyles(t *testing.T) {
	g := mustRead(t, pack(t, smallest(worksheet(`<row><c s="3"><v>0.5</v></c></row>`),
		file{"xl/styles.xml", ""}, file{"xl/_rels/workbook.xml.rels", `<Relationships` + relsNS + `><Relationship Id="rId1" Type="` + relType + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`})))
	if c := g.Cells()[0]; c.Text != "0.5" {
		t.Errorf("%q", c.Text)
	}
}

func TestDate1904(t *testing.T) {
	sheet := worksheet(`<row><c s="0"><v>43099</v></c><c t="d"><v>2021-12-31</v></c></row>`)
	for pr, want := range map[string]string{
		`<workbookPr date1904="1"/>`:     "2021年12月31日",
		`<workbookPr date1904="true"/>`:  "2021年12月31日",
		`<workbookPr date1904="0"/>`:     "2017年12月30日",
		`<workbookPr date1904="false"/>`: "2017年12月30日",
		``:                               "2017年12月30日",
	} {
		book := file{"xl/workbook.xml", `<workbook` + mainNS + ` xmlns:r="` + officeNS + `">` + pr + `<sheets><sheet name="表" r:id="rId1"/></sheets></workbook>`}
		g := mustRead(t, pack(t, smallest(sheet, formats(`yyyy-mm-dd`), book)))
		if got := g.Cells()[0].Text; got != want {
			t.Errorf("%s: %s, want %s", pr, got, want)
		}
		if got := g.Cells()[1].Text; got != "2021年12月31日" {
			t.Errorf("%s: ISO date %s", pr, got)
		}
	}
}
