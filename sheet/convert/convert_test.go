package convert

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"ziping/sheet/libreoffice"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

const returned = "../../examples/returned/"

// examples are the names of the published tables.
var examples = []string{"未来公园展厅运营经费", "科创中心建设工作经费"}

func readFile(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// form returns what stands in a workbook's forms, and in which cells.
func form(t testing.TB, data []byte) string {
	t.Helper()
	found, err := read.Forms(data)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range found {
		values, err := json.MarshalIndent(f.Table, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n", values)
		for path, v := range f.Table.All() {
			fmt.Fprintln(&b, path, v.At().Ref, v.At().Problem)
		}
	}
	return b.String()
}

// converted converts a file and returns its forms.
func converted(t testing.TB, data []byte) string {
	t.Helper()
	w, err := Convert(t.Context(), data, nil, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return form(t, w.Data)
}

// What LibreOffice and others store in other formats reads as the original,
// also where all come at once, and one that can't be opened harms no other.
func TestFormats(t *testing.T) {
	o := sheettest.New(t)
	sheettest.NoRemains(t)
	type file struct {
		name       string
		data       []byte
		want, form string
		err        error
	}
	files := []file{{name: "encrypted.xls", data: readFile(t, "testdata/encrypted.xls")}}
	for _, to := range []string{"xls:MS Excel 97", "ods", "fods", "html:HTML (StarCalc)"} {
		dir := o.Convert(t, to, returned+examples[0]+".xlsx", returned+examples[1]+".xlsx")
		end, _, _ := strings.Cut(to, ":")
		for _, name := range examples {
			files = append(files, file{name: name + "." + end, data: readFile(t, filepath.Join(dir, name+"."+end)), want: form(t, readFile(t, returned+name+".xlsx"))})
		}
	}
	for _, name := range examples {
		original := readFile(t, returned+name+".xlsx")
		files = append(files, file{name: name + ".xml", data: []byte(spreadsheetML(t, original)), want: form(t, original)})
	}
	var wait sync.WaitGroup
	for i := range files {
		f := &files[i]
		wait.Go(func() {
			var w Workbook
			if w, f.err = Convert(t.Context(), f.data, nil, xlsx.Limits{}); f.err == nil {
				f.form = form(t, w.Data)
			}
		})
	}
	wait.Wait()
	for _, f := range files {
		switch {
		case f.want == "":
			if f.err == nil || !strings.Contains(f.err.Error(), "这是设了打开密码的 .xls 工作簿，无法读取；") {
				t.Errorf("%s: %v", f.name, f.err)
			}
		case f.err != nil:
			t.Errorf("%s: %v", f.name, f.err)
		case f.form != f.want:
			t.Errorf("%s: %s", f.name, cmp.Diff(f.want, f.form))
		}
	}
}

// A workbook is left as it is, as is what is none at all.
func TestLeft(t *testing.T) {
	original := readFile(t, returned+examples[0]+".xlsx")
	w, err := Convert(t.Context(), original, nil, xlsx.Limits{})
	if err != nil || &w.Data[0] != &original[0] {
		t.Errorf("not as it was (%v)", err)
	}
	for _, data := range []string{"", "%PDF-1.7", "\x00\x01", "<svg/>", "PK\x03\x04"} {
		if w, err := Convert(t.Context(), []byte(data), nil, xlsx.Limits{}); err == nil && string(w.Data) != data {
			t.Errorf("%q became %q", data, w.Data)
		}
	}
}

// rows returns the texts of a workbook's first sheet.
func rows(t testing.TB, data []byte) (*xlsx.Grid, [][]string) {
	t.Helper()
	w, err := xlsx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	g, err := w.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	var list [][]string
	for _, c := range g.Cells() {
		for len(list) < c.Row {
			list = append(list, nil)
		}
		for len(list[c.Row-1]) < c.Col {
			list[c.Row-1] = append(list[c.Row-1], "")
		}
		list[c.Row-1][c.Col-1] = c.Text
	}
	return g, list
}

// spreadsheetML stores the first sheet as Excel 2003 does in XML.
func spreadsheetML(t testing.TB, data []byte) string {
	t.Helper()
	g, _ := rows(t, data)
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>` +
		`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
		`<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="Sheet1"><Table>`)
	row := 0
	for _, c := range g.Cells() {
		if c.Row != row {
			if row > 0 {
				b.WriteString("</Row>")
			}
			row = c.Row
			fmt.Fprintf(&b, `<Row ss:Index="%d">`, row)
		}
		fmt.Fprintf(&b, `<Cell ss:Index="%d"`, c.Col)
		if m, ok := g.Merge(c.Row, c.Col); ok {
			fmt.Fprintf(&b, ` ss:MergeAcross="%d" ss:MergeDown="%d"`, m.LastCol-m.FirstCol, m.LastRow-m.FirstRow)
		}
		if c.Percent {
			b.WriteString(` ss:StyleID="p"`)
		}
		if c.Kind == xlsx.Number {
			fmt.Fprintf(&b, `><Data ss:Type="Number">%v</Data></Cell>`, c.Value)
		} else {
			fmt.Fprintf(&b, `><Data ss:Type="String">%s</Data></Cell>`, html.EscapeString(c.Text))
		}
	}
	b.WriteString("</Row></Table></Worksheet></Workbook>")
	return b.String()
}

// A text keeps each value as it is typed, in whatever encoding Excel and WPS
// write it.
func TestText(t *testing.T) {
	for _, name := range examples {
		original := readFile(t, returned+name+".xlsx")
		_, list := rows(t, original)
		want := unmerged(form(t, original))
		for _, tt := range []struct {
			name      string
			encoding  encoding.Encoding
			separator string
		}{
			{"UTF-8", unicode.UTF8, ","},
			{"UTF-8 with mark", unicode.UTF8BOM, ";"},
			{"GBK", simplifiedchinese.GBK, ","},
			{"GB18030", simplifiedchinese.GB18030, "\t"},
			{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "\t"},
			{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), ","},
		} {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				var b strings.Builder
				for _, row := range list {
					for i, s := range row {
						if i > 0 {
							b.WriteString(tt.separator)
						}
						if strings.ContainsAny(s, tt.separator+"\"\n") {
							s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
						}
						b.WriteString(s)
					}
					b.WriteString("\r\n")
				}
				data, err := tt.encoding.NewEncoder().Bytes([]byte(b.String()))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, unmerged(converted(t, data))); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// unmerged leaves out in which cells the names of levels stand: a text knows
// nothing of merged cells.
func unmerged(form string) string {
	return regexp.MustCompile(`(?m)^.*[一二]级指标 \w+ $`).ReplaceAllString(form, "")
}

// Cells stand where they stood, and hold what was typed.
func TestCells(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"text", "甲,乙\n\n\r\n1-2,=400 场,\"丙\r\n丁\"\n\n戊,", "A1=甲 B1=乙 A4=1-2 B4==400 场 C4=丙\n丁 A6=戊 "},
		{"numbers", "1,-2.50,007,1e5,1234567890123456789,98.11%,+1,.5,--1\n", "A1=1 B1=-2.5 C1=007 D1=1e5 E1=1234567890123456789 F1=98.11% G1=+1 H1=.5 I1=--1 "},
		{"lines of a Mac", "1,甲\r\r\"乙\r\"\"丙\"\",丁\",a\"b\r2,\"\"\r", "A1=1 B1=甲 A3=乙\n\"丙\",丁 B3=a\"b A4=2 "},
		{"UTF-16 without a mark", "1\x00,\x00\x32\x75\r\x00\n\x00\x00\x4e,\x00,\x002\x00", "A1=1 B1=甲 A2=一 C2=2 "},
		{"UTF-16 without a mark, the other way", "\x001\x00,\x75\x32\x00\r\x00\n\x4e\x00\x00,\x00,\x002", "A1=1 B1=甲 A2=一 C2=2 "},
		{"odd quotes", "a \"b\" c,\"d\" e,\"f\n", "A1=a \"b\" c B1=d\" e,\"f\n "},
		{"spans", "<table><tr><td rowspan=2>甲<td colspan=2>乙</tr><tr><td>丙<td>=1+1</table>", "A1=甲 B1=乙 B2=丙 C2==1+1 A1:A2 B1:C1 "},
		{"page", "\n<!DOCTYPE html><html><style>td{}</style><script>document.write('<td>no')</script>out<table>\n<tr><th> 甲\n 乙 <br/> 丙&lt;&nbsp;<!-- no --></th></tr>\n<tr></tr><tr><td><b>1</b>2</td></tr></table><table><tr><td>x</table>", "A1=甲 乙 \n丙<\u00a0 A3=12 A4=x "},
		{"crossing spans", "<table><tr><td>1<td rowspan=3>2<tr><td colspan=9>3<td>4<tr><td rowspan=0 colspan=-1>5</table>", "A1=1 B1=2 A2=3 C2=4 A3=5 B1:B3 "},
		{"nested", "<table><tr><td>a<table><tr><td>b</table>c<td>d</table>", "A1=a A2=b A3=d "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := Convert(t.Context(), []byte(tt.data), nil, xlsx.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			g, _ := rows(t, w.Data)
			got := ""
			for _, c := range g.Cells() {
				got += xlsx.Ref(c.Row, c.Col) + "=" + c.Text + " "
				if c.HasFormula {
					t.Error("a formula")
				}
			}
			for _, c := range g.Cells() {
				if m, ok := g.Merge(c.Row, c.Col); ok {
					got += xlsx.Ref(m.FirstRow, m.FirstCol) + ":" + xlsx.Ref(m.LastRow, m.LastCol) + " "
				}
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"rows", strings.Repeat("a,b\n", maxRows+1), "超过 100000 行"},
		{"blank rows", "a,b" + strings.Repeat("\n", maxRows+2), "超过 100000 行"},
		{"columns", strings.Repeat("a,", maxColumns+1), "超过 1000 列"},
		{"cells", strings.Repeat(strings.Repeat(",", 500)+"\n", maxCells/500+1), "超过 1000000 个单元格"},
		{"cells of a line", strings.Repeat(",", maxCells+1), "超过 1000000 个单元格"},
		{"cells of a page", "<table>" + strings.Repeat("<tr><td colspan=1000>", 1001), "超过 1000000 个单元格"},
		{"text", strings.Repeat("a,", maxText/2+1), "文本超过 16 MB"},
		{"page", "<table>" + strings.Repeat(" ", maxText), "文本超过 16 MB"},
		{"spans", "<table><tr>" + strings.Repeat("<td colspan=999999999 rowspan=999999999>", 9), "超过 1000 列"},
		{"rows of a page", "<table>" + strings.Repeat("<tr>", maxRows+2), "超过 100000 行"},
	} {
		if _, err := Convert(t.Context(), []byte(tt.data), nil, xlsx.Limits{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// An .xls that is not whole is refused, where LibreOffice would read a part.
func TestBrokenXLS(t *testing.T) {
	o := sheettest.New(t)
	data := readFile(t, filepath.Join(o.Convert(t, "xls:MS Excel 97", returned+examples[0]+".xlsx"), examples[0]+".xls"))
	if _, err := checkXLS(data); err != nil {
		t.Fatal(err)
	}
	for n := range len(data) {
		if encrypted, err := checkXLS(data[:n]); err == nil && n < len(data)-512 || encrypted {
			t.Fatalf("%d bytes of %d: no error", n, len(data))
		}
	}
	if _, err := Convert(t.Context(), data[:len(data)/2], nil, xlsx.Limits{}); err == nil || !strings.Contains(err.Error(), "文件") {
		t.Error(err)
	}
}

func TestBrokenXML(t *testing.T) {
	const start = `<?xml version="1.0" encoding="GB2312"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`
	if err := checkXML([]byte(start + "\xcf\xee</Workbook>")); err != nil {
		t.Error(err)
	}
	for _, data := range []string{start, start + "</Work", start + "</Workbook><", start + "&x;</Workbook>", "<!DOCTYPE a><Workbook/>", "<a><b></a></b>"} {
		if err := checkXML([]byte(data)); err != errBroken {
			t.Errorf("%s: %v", data, err)
		}
	}
}

// Without LibreOffice the error says what to do instead.
func TestMissing(t *testing.T) {
	sheettest.NoRemains(t)
	t.Setenv(libreoffice.Variable, filepath.Join(t.TempDir(), "nothing"))
	_, err := Convert(t.Context(), []byte(`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), nil, xlsx.Limits{})
	if !errors.Is(err, libreoffice.ErrMissing) && (err == nil || !strings.Contains(err.Error(), "另存为 .xlsx；安装 LibreOffice 后可以直接读取")) {
		t.Error(err)
	}
	if _, err := Convert(t.Context(), []byte("项目名称,得分\n"), nil, xlsx.Limits{}); err != nil {
		t.Errorf("a text needs none: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	sheettest.New(t)
	sheettest.NoRemains(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Convert(ctx, []byte(`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`), nil, xlsx.Limits{})
	if err == nil || err.Error() != "已中断" {
		t.Error(err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("甲,\"乙\n丙\"\t;\r\n"))
	f.Add([]byte("<table><tr><td rowspan=2 colspan=3>甲<br>&amp;"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, convert := range []func([]byte) ([]byte, error){fromHTML, fromText} {
			b, err := convert(data)
			if err != nil {
				continue
			}
			w, err := xlsx.Open(b)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Grid(0); err != nil {
				t.Fatal(err)
			}
		}
	})
}
