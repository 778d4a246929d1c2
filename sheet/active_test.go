package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
	data := changed(t, "../examples/returned/未来公园展厅运营经费.xlsx", map[string]func(string) string{
		"xl/_rels/workbook.xml.rels": func(s string) string {
			return strings.Replace(s, "</Relationships>", strings.ReplaceAll(rel, "%", "90")+`vbaProject" Target="vbaProject.bin"/>`+
				strings.ReplaceAll(rel, "%", "91")+`externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>`, 1)
		},
		"xl/externalLinks/externalLink1.xml": func(string) string {
			return `<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>`
		},
		"xl/worksheets/sheet1.xml": func(s string) string {
			return strings.Replace(s, `<c r="D6" s="1"><v>`, `<c r="D6" s="1"><f>[1]Sheet1!A1</f><v>`, 1)
		},
	})
	found, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	var got []Notice
	for _, n := range found[0].Table.Notices {
		switch n.Kind {
		case NoticeMacros, NoticeDDE, NoticeLink, NoticeOutside:
			got = append(got, n)
		}
	}
	want := []Notice{
		{Kind: NoticeMacros},
		{Kind: NoticeDDE, Now: "cmd|/c calc"},
		{Kind: NoticeOutside, Cell: "D6", Field: "项目资金[年度资金总额].年初预算数", Now: "=[1]Sheet1!A1"},
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
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	write := func(name, content string) {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	done := map[string]bool{}
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if c := change[f.Name]; c != nil {
			done[f.Name] = true
			if text = c(text); text == string(content) {
				t.Fatalf("%s is unchanged:\n%.3000s", f.Name, text)
			}
		}
		write(f.Name, text)
	}
	for name, c := range change {
		if !done[name] {
			write(name, c(""))
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
