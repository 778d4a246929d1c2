package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range []string{"隐藏", "深藏", "a&b <'c'>", "图"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	chart := &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "Sheet1!$A$1", Values: "Sheet1!$B$1:$B$2"}}}
	for _, err := range []error{
		f.SetSheetVisible("隐藏", false),
		f.SetSheetVisible("深藏", false, true),
		f.MoveSheet("图", "Sheet1"),
		f.AddChartSheet("图表", chart),
		f.SetCellValue("图", "B2", "这里"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := Open(excelizeBytes(t, f))
	if err != nil {
		t.Fatal(err)
	}
	want := []Sheet{{"图", Visible}, {"Sheet1", Visible}, {"隐藏", Hidden}, {"深藏", VeryHidden}, {"a&b <'c'>", Visible}}
	if diff := cmp.Diff(want, w.Sheets()); diff != "" {
		t.Error(diff)
	}
	g, err := w.Grid(0)
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := g.At(2, 2); !ok || c.Text != "这里" {
		t.Errorf("%+v", c)
	}
}

// Parts are found by their relationships, however those are written.
func TestRelationships(t *testing.T) {
	const strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
	root := func(typ, target string) file {
		return file{"_rels/.rels", `<Relationships` + relsNS + `><Relationship Id="a" Type="` + relType + `metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="b" Type="` + typ + `" Target="` + target + `"/></Relationships>`}
	}
	rels := func(name, typ, sheet, sst string) file {
		return file{name, `<Relationships` + relsNS + `><Relationship Id="x1" Type="` + typ + `sharedStrings" Target="` + sst + `"/><Relationship Id="x2" Type="` + relType + `hyperlink" TargetMode="External" Target="http://x"/><Relationship Id="rId1" Type="` + typ + `worksheet" Target="` + sheet + `"/></Relationships>`}
	}
	sheet := worksheet(`<row><c t="s"><v>0</v></c></row>`)
	for name, files := range map[string][]file{
		"relative": {root(relType+"officeDocument", "a/b/book.xml"), {"a/b/book.xml", bookXML}, rels("a/b/_rels/book.xml.rels", relType, "../s.xml", "../../t.xml"), {"a/s.xml", sheet}, {"t.xml", sstXML}},
		"absolute": {root(relType+"officeDocument", "/a/book.xml"), {"a/book.xml", bookXML}, rels("a/_rels/book.xml.rels", relType, "/s.xml", "/a/t.xml"), {"s.xml", sheet}, {"a/t.xml", sstXML}},
		"strict":   {root(strict+"officeDocument", "xl/book.xml"), {"xl/book.xml", bookXML}, rels("xl/_rels/book.xml.rels", strict, "s.xml", "t.xml"), {"xl/s.xml", sheet}, {"xl/t.xml", sstXML}},
		"at root":  {root(relType+"officeDocument", "book.xml"), {"book.xml", bookXML}, rels("_rels/book.xml.rels", relType, "s.xml", "t.xml"), {"s.xml", sheet}, {"t.xml", sstXML}},
		"case":     {root(relType+"officeDocument", "XL/Book.xml"), {"xl/book.XML", bookXML}, rels("xl/_RELS/book.xml.rels", relType, "S.xml", "T.xml"), {"xl/s.xml", sheet}, {"xl/t.xml", sstXML}},
		"slashes":  {root(relType+"officeDocument", `xl\book.xml`), {`xl\book.xml`, bookXML}, rels(`xl\_rels\book.xml.rels`, relType, `w\s.xml`, `.\t.xml`), {`xl\w\s.xml`, sheet}, {`xl\t.xml`, sstXML}},
		"escapes":  {root(relType+"officeDocument", "xl/%E8%A1%A8.xml"), {"xl/表.xml", bookXML}, rels("xl/_rels/表.xml.rels", relType, "a%20b.xml", "t.xml"), {"xl/a b.xml", sheet}, {"xl/t.xml", sstXML}},
		"outside":  {root(relType+"officeDocument", "../../book.xml"), {"book.xml", bookXML}, rels("_rels/book.xml.rels", relType, "../s.xml", "./t.xml"), {"s.xml", sheet}, {"t.xml", sstXML}},
	} {
		t.Run(name, func(t *testing.T) {
			g := mustRead(t, pack(t, files))
			if len(g.Cells()) != 1 || g.Cells()[0].Text != "甲" {
				t.Error(g.Cells())
			}
		})
	}
}

// What is only named like a part of ours, or like a pointer to one, is passed over.
func TestOthersNames(t *testing.T) {
	other := `<Relationship Id="z" Type="urn:z/officeDocument" Target="no.xml"/>`
	root := file{"_rels/.rels", strings.Replace(rootRels, `<Relationship `, other+`<Relationship `, 1)}
	rels := file{"xl/_rels/workbook.xml.rels", strings.Replace(bookRels, `<Relationship `, `<Relationship Id="z" Type="urn:z/worksheet" Target="no.xml"/><Relationship `, 1)}
	book := file{"xl/workbook.xml", strings.Replace(bookXML, `<sheet name`, `<sheet name="模块" sheetId="7" r:id=""/><sheet name="无"/><sheet name="他" r:id="z"/><sheet xmlns:z="urn:z" z:id="z" name`, 1)}
	w, err := Open(pack(t, smallest(worksheet(`<row><c><v>1</v></c></row>`), root, rels, book)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Sheet{{"表", Visible}}, w.Sheets()); diff != "" {
		t.Error(diff)
	}
	if g, err := w.Grid(0); err != nil || len(g.Cells()) != 1 {
		t.Error(err)
	}
}

// Where two parts claim to be the one, programs differ in which they take.
func TestTwoParts(t *testing.T) {
	for name, tt := range map[string]struct {
		part file
		want string
	}{
		"workbooks": {file{"_rels/.rels", strings.Replace(rootRels, `</Rel`, `<Relationship Id="b" Type="`+relType+`officeDocument" Target="b.xml"/></Rel`, 1)}, "两个部件都是“officeDocument”"},
		"styles":    {file{"xl/_rels/workbook.xml.rels", strings.Replace(bookRels, `</Rel`, `<Relationship Id="b" Type="`+relType+`styles" Target="b.xml"/></Rel`, 1)}, "两个部件都是“styles”"},
		"ids":       {file{"xl/_rels/workbook.xml.rels", strings.Replace(bookRels, `</Rel`, `<Relationship Id="rId1" Type="`+relType+`worksheet" Target="b.xml"/></Rel`, 1)}, "关系 rId1 重复"},
	} {
		if _, err := readFirst(pack(t, smallest(worksheet(`<row><c><v>1</v></c></row>`), tt.part)), Limits{}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// The names of prefixes are free, the attribute id has one.
func TestPrefixes(t *testing.T) {
	book := file{"xl/workbook.xml", `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:id="u" xmlns:rel="http://purl.oclc.org/ooxml/officeDocument/relationships">` +
		`<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x:sheets><x:sheet name="no" rel:id="rId1"/></x:sheets></mc:Choice></mc:AlternateContent>` +
		`<x:sheets><x:sheet name="表" id="rId3" xmlns:id="v" sheetId="1" rel:id="rId1"/></x:sheets></x:workbook>`}
	g := mustRead(t, pack(t, smallest(`<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`, book)))
	if len(g.Cells()) != 1 {
		t.Error(g.Cells())
	}
}

func TestOpenRefuses(t *testing.T) {
	good := pack(t, smallest(worksheet(``)))
	compound := func(name string) string {
		return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504) + string(wide(name))
	}
	packed := func(files ...file) string { return string(pack(t, files)) }
	changed := func(name, content string) string {
		return string(pack(t, smallest(worksheet(``), file{name, content})))
	}
	for _, tt := range []struct{ name, data, want string }{
		{"nothing", "", "文件是空的"},
		{"text", "项目名称,得分\n", "这是文本文件，不是 .xlsx 工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx"},
		{"page", "\xEF\xBB\xBF \n<html>", "这是网页或 XML 文件"},
		{"PDF", "%PDF-1.7", "这是 PDF 文件"},
		{"encrypted", compound("EncryptedPackage"), "工作簿设了打开密码，无法读取；请在 Excel 或 WPS 中去掉打开密码后保存"},
		{"xls", compound("Workbook"), "这是旧格式的 .xls 工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx"},
		{"older xls", compound("Book"), "这是旧格式的 .xls 工作簿"},
		{"doc", compound("WordDocument"), "这是旧格式的 Office 文件"},
		{"cut", string(good[:len(good)/2]), "文件不完整或已损坏"},
		{"cut at the end", string(good[:len(good)-1]), "文件不完整或已损坏"},
		{"start only", "PK\x03\x04", "文件不完整或已损坏"},
		{"empty zip", packed(), "这是 ZIP 压缩包，不是 .xlsx 工作簿"},
		{"zip", packed(file{"表.xlsx", "x"}), "如果工作簿在压缩包里，请先解压"},
		{"ods", packed(file{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, file{"content.xml", "<x/>"}), "OpenDocument"},
		{"other package", packed(file{"_rels/.rels", `<Relationships` + relsNS + `/>`}), "这是 ZIP 压缩包"},
		{"xlsb", changed("_rels/.rels", strings.Replace(rootRels, "workbook.xml", "workbook.bin", 1)), "这是二进制工作簿（.xlsb）"},
		{"docx", changed("xl/workbook.xml", `<w:document xmlns:w="u"/>`), "这是 Word 文档"},
		{"pptx", changed("xl/workbook.xml", `<p:presentation xmlns:p="u"/>`), "这是演示文稿"},
		{"other document", changed("xl/workbook.xml", `<x/>`), "这不是 .xlsx 工作簿"},
		{"no workbook part", changed("xl/workbook.xml", ""), "xl/workbook.xml：工作簿中没有这个部件，文件已损坏"},
		{"no relations", changed("xl/_rels/workbook.xml.rels", ""), "工作表“表”没有内容"},
		{"relation missing", changed("xl/_rels/workbook.xml.rels", `<Relationships`+relsNS+`/>`), "工作表“表”没有内容"},
		{"no sheets", changed("xl/workbook.xml", `<workbook`+mainNS+`><sheets/></workbook>`), "工作簿中没有工作表"},
		{"two sheets of one part", changed("xl/workbook.xml", `<workbook`+mainNS+` xmlns:r="`+officeNS+`"><sheets><sheet name="甲" r:id="rId1"/><sheet name="乙" r:id="rId1"/></sheets></workbook>`), "工作表“甲”和“乙”指向同一个部件"},
		{"DTD", changed("xl/workbook.xml", `<!DOCTYPE workbook [<!ENTITY x "y">]><workbook`+mainNS+`/>`), "xl/workbook.xml：第 1 字节处有 DOCTYPE 声明"},
		{"DTD in relations", changed("_rels/.rels", `<!DOCTYPE x><x/>`), "_rels/.rels：第 1 字节处有 DOCTYPE 声明"},
		{"broken XML", changed("xl/workbook.xml", `<workbook`+mainNS+`><sheets></workbook>`), "应为结束标记 </sheets>，实为 </workbook>"},
		{"part twice", packed(append(smallest(worksheet(``)), file{"XL/workbook.xml", bookXML})...), "两个同名的部件"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open([]byte(tt.data))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// Texts of attributes are checked as those of cells are.
func TestOpenRefusesAttributes(t *testing.T) {
	for _, f := range []file{
		{"_rels/.rels", "<Relationships" + relsNS + "><Relationship Id='\xFF'/></Relationships>"},
		{"xl/workbook.xml", "<workbook" + mainNS + "><sheets><sheet name='\xFF'/></sheets></workbook>"},
		{"xl/workbook.xml", "<workbook" + mainNS + "><sheets><sheet name='a' state='\xFF'/></sheets></workbook>"},
		{"xl/workbook.xml", "<workbook" + mainNS + " xmlns:r='" + officeNS + "'><sheets><sheet name='a' r:id='\x01'/></sheets></workbook>"},
		{"xl/workbook.xml", "<workbook" + mainNS + "><workbookPr date1904='\x01'/></workbook>"},
		{"xl/styles.xml", "<styleSheet" + mainNS + "><numFmts><numFmt numFmtId='\x01'/></numFmts></styleSheet>"},
		{"xl/styles.xml", "<styleSheet" + mainNS + "><numFmts><numFmt numFmtId='1' formatCode='\x01'/></numFmts></styleSheet>"},
		{"xl/styles.xml", "<styleSheet" + mainNS + "><cellXfs><xf numFmtId='\x01'/></cellXfs></styleSheet>"},
		{"xl/worksheets/sheet1.xml", "<worksheet" + mainNS + "><sheetProtection sheet='\x01'/></worksheet>"},
		{"xl/worksheets/sheet1.xml", "<worksheet" + mainNS + "><mergeCells><mergeCell ref='\x01'/></mergeCells></worksheet>"},
	} {
		_, err := readFirst(pack(t, smallest(worksheet(`<row><c><v>1</v></c></row>`), f)), Limits{})
		if err == nil || !strings.Contains(err.Error(), f.name+"：第 ") {
			t.Errorf("%s: %v", f.content, err)
		}
	}
}

func TestOpenEncrypted(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: "1234"}); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(b.Bytes()); err == nil || !strings.Contains(err.Error(), "去掉打开密码") {
		t.Error(err)
	}
}

// A sheet whose part is missing does not keep the others from being read.
func TestSheetWithoutPart(t *testing.T) {
	w, err := Open(pack(t, smallest("")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Grid(0); err == nil || err.Error() != "工作表“表”无法读取：xl/worksheets/sheet1.xml：工作簿中没有这个部件，文件已损坏" {
		t.Error(err)
	}
}

// damage changes what the zip archive says of the sheet's part: in its
// directory, or the bytes themselves.
func damage(t *testing.T, change func(directory, content []byte)) []byte {
	t.Helper()
	const name = "xl/worksheets/sheet1.xml"
	data := pack(t, smallest(worksheet(strings.Repeat(`<row><c><v>1</v></c></row>`, 100))))
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	entry := bytes.LastIndex(data, []byte(name)) - 46
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		offset, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		change(data[entry:], data[offset:offset+int64(f.CompressedSize64)])
	}
	return data
}

func TestDamagedParts(t *testing.T) {
	le := binary.LittleEndian
	for _, tt := range []struct {
		name   string
		change func(directory, content []byte)
		want   string
	}{
		{"checksum", func(d, _ []byte) { d[16]++ }, "内容与校验码不符，文件已损坏"},
		{"content", func(_, c []byte) { copy(c, bytes.Repeat([]byte{0xFF}, len(c))) }, "压缩数据已损坏"},
		{"too little", func(d, _ []byte) { le.PutUint32(d[24:], le.Uint32(d[24:])+1) }, "内容不完整"},
		{"too much", func(d, _ []byte) { le.PutUint32(d[24:], 10) }, "压缩数据已损坏"},
		{"cut", func(d, _ []byte) { le.PutUint32(d[20:], le.Uint32(d[20:])/2) }, "内容不完整"},
		{"method", func(d, _ []byte) { le.PutUint16(d[10:], 99) }, "压缩方法不受支持"},
		{"encrypted", func(d, _ []byte) { d[8] |= 1 }, "部件已加密"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := readFirst(damage(t, tt.change), Limits{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

// What is truncated or changed anywhere gives a workbook or an error.
func TestDamagedAnywhere(t *testing.T) {
	data := pack(t, smallest(worksheet(`<row><c t="s"><v>0</v></c></row>`)))
	for i := range data {
		readFirst(data[:i], Limits{})
		for _, c := range []byte{0, 0xFF, data[i] ^ 1} {
			changed := bytes.Clone(data)
			changed[i] = c
			readFirst(changed, Limits{})
		}
	}
}

func TestConcurrentGrids(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range []string{"Sheet1", "二", "三"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue(name, "A1", "在"+name); err != nil {
			t.Fatal(err)
		}
	}
	w, err := Open(excelizeBytes(t, f))
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 30 {
		wait.Go(func() {
			g, err := w.Grid(i % 3)
			if err != nil {
				t.Error(err)
				return
			}
			if c, _ := g.At(1, 1); c.Text != "在"+w.Sheets()[i%3].Name {
				t.Errorf("%+v", c)
			}
		})
	}
	wait.Wait()
}
