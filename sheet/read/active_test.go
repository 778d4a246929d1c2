package read

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
	"ziping/sheet/sheettest"
)

func TestOutside(t *testing.T) {
	for formula, want := range map[string]bool{
		"": false, "SUM(G13:G17)": false, `IF(A1="[待定]|","",1)`: false,
		"[1]Sheet1!A1": true, "'[去年.xlsx]Sheet1'!A1+1": true, "cmd|'/c calc'!A0": true, `IF(A1="x",[1]甲!B2,0)`: true,
	} {
		if got := outside(formula); got != want {
			t.Errorf("outside(%q) = %t", formula, got)
		}
	}
}

// What is active in a workbook is noticed on its form, and not followed: the
// values are those that the workbook holds.
func TestNoticeActive(t *testing.T) {
	const rel = `<Relationship Id="rId%" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	data := changed(t, "../../examples/returned/未来公园展厅运营经费.xlsx", map[string]func(string) string{
		"xl/_rels/workbook.xml.rels": func(s string) string {
			return strings.Replace(s, "</Relationships>", `<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>`+
				strings.ReplaceAll(rel, "%", "91")+`externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>`, 1)
		},
		"xl/externalLinks/externalLink1.xml": func(string) string {
			return `<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>`
		},
		"xl/worksheets/sheet1.xml": func(s string) string {
			return strings.Replace(s, `<c r="D6" s="1"><v>`, `<c r="D6" s="1"><f>[1]Sheet1!A1</f><v>`, 1)
		},
	})
	found, err := Forms(data)
	if err != nil {
		t.Fatal(err)
	}
	var got []sheet.Notice
	for _, n := range found[0].Table.Notices {
		switch n.Kind {
		case sheet.NoticeMacros, sheet.NoticeDDE, sheet.NoticeLink, sheet.NoticeOutside:
			got = append(got, n)
		}
	}
	want := []sheet.Notice{
		{Kind: sheet.NoticeMacros},
		{Kind: sheet.NoticeDDE, Now: "cmd|/c calc"},
		{Kind: sheet.NoticeOutside, Cell: "D6", Field: sheet.ParsePath("项目资金[年度资金总额].年初预算数"), Now: "=[1]Sheet1!A1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if v := found[0].Table.Fund("年度资金总额").InitialBudget.Value; v != 1121.92 {
		t.Errorf("年初预算数 is %v", v)
	}
}

// changed returns a workbook with some parts changed, or added.
func changed(t *testing.T, file string, change map[string]func(string) string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := sheettest.Parts(t, data)
	for name, c := range change {
		before := parts[name]
		if parts[name] = c(before); parts[name] == before {
			t.Fatalf("%s is unchanged:\n%.3000s", name, before)
		}
	}
	return sheettest.Archive(t, parts)
}
