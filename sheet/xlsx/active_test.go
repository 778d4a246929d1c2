package xlsx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/opc"
)

func TestActive(t *testing.T) {
	book := func(relations string, parts ...file) []byte {
		rels := bookRels[:len(bookRels)-len(`</Relationships>`)] + relations + `</Relationships>`
		return pack(t, smallest(worksheet(`<row><c><v>1</v></c></row>`), append(parts, file{"xl/_rels/workbook.xml.rels", rels})...))
	}
	typed := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + kind + `" Target="` + target + `"/>`
	}
	link := func(id, kind, target string) string { return typed(id, relType+kind, target) }
	outside := func(target string) string {
		return `<Relationships` + relsNS + `><Relationship Id="rId1" Type="` + relType + `externalLinkPath" Target="` + target + `" TargetMode="External"/></Relationships>`
	}
	for _, tt := range []struct {
		name string
		data []byte
		want Active
	}{
		{"nothing", book(""), Active{}},
		{"macros", book(typed("rId7", opc.TypeMacros, "vbaProject.bin"), file{"xl/vbaProject.bin", "\xd0\xcf"}), Active{Macros: true}},
		{"macros of Excel 4", book(typed("rId7", opc.TypeMacroSheet, "macrosheets/sheet1.xml")), Active{Macros: true}},
		{"another workbook", book(link("rId7", "externalLink", "externalLinks/externalLink1.xml"),
			file{"xl/externalLinks/externalLink1.xml", `<externalLink` + mainNS + `><externalBook/></externalLink>`},
			file{"xl/externalLinks/_rels/externalLink1.xml.rels", outside("file:///C:/去年.xlsx")}), Active{Links: []string{"file:///C:/去年.xlsx"}}},
		{"DDE", book(link("rId7", "externalLink", "externalLinks/externalLink1.xml"),
			file{"xl/externalLinks/externalLink1.xml", `<externalLink` + mainNS + `><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>`}), Active{DDE: []string{"cmd|/c calc"}}},
		{"a link that is broken", book(link("rId7", "externalLink", "externalLinks/externalLink1.xml")), Active{Links: []string{"externalLink1.xml"}}},
		{"a connection", book(link("rId7", "connections", "connections.xml")), Active{Links: []string{"connections.xml"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := Open(tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, w.Active()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if g, err := w.Grid(0); err != nil || len(g.Cells()) != 1 {
				t.Errorf("%v", err)
			}
		})
	}
}

// A large part that many links lead to is read once.
func TestManyLinks(t *testing.T) {
	rels := strings.Replace(bookRels, `</Relationships>`,
		strings.Repeat(`<Relationship Id="x" Type="`+relType+`externalLink" Target="Links/x.xml"/>`, 5000)+`</Relationships>`, 1)
	w, err := Open(pack(t, smallest(worksheet(``), file{"xl/_rels/workbook.xml.rels", rels},
		file{"xl/links/x.xml", `<externalLink` + mainNS + `><ddeLink ddeService="a" ddeTopic="b"/>` + strings.Repeat(" ", 1<<20) + `</externalLink>`})))
	if err != nil {
		t.Fatal(err)
	}
	if a := w.Active(); len(a.DDE) != 1 || len(a.Links) != 0 {
		t.Errorf("%d, %d", len(a.DDE), len(a.Links))
	}
}
