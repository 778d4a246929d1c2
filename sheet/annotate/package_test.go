package annotate

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// odd is a package as some program may write it: odd, but legal.
type odd struct {
	*rand.Rand
	files  map[string]string // by name
	types  map[string]string // of the contents
	strict bool
}

// one returns one of several.
func (o *odd) one(choices ...string) string { return choices[o.IntN(len(choices))] }

func (o *odd) chance(of int) bool { return o.IntN(of) == 0 }

// namespace returns the URI of a vocabulary: main or relationships.
func (o *odd) namespace(transitional, strict string) string {
	if o.strict {
		return strict
	}
	return transitional
}

func (o *odd) main() string   { return o.namespace(opc.SpreadsheetURI, opc.StrictSpreadsheetURI) }
func (o *odd) office() string { return o.namespace(opc.OfficeURI, opc.StrictOfficeURI) }

// add adds a part under one of several names, written in one of many ways.
func (o *odd) add(contentType, content string, names ...string) (name string) {
	name = o.one(names...)
	o.types[name] = contentType
	o.files[name] = o.write(content)
	return name
}

var elementName = regexp.MustCompile(`<(/?)(\w+)([\s/>])`)

// write writes XML whose names have no prefix. Main is its vocabulary; r: stands
// for relationships.
func (o *odd) write(content string) string {
	content = o.wrap(content)
	ns := fmt.Sprintf(` xmlns:%s="%s" xmlns:%s="urn:z" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="z"`, "r", o.office(), "z")
	if prefix := o.one("", "", "x:", "r2:"); prefix != "" {
		content = elementName.ReplaceAllString(content, "<${1}"+prefix+"${2}${3}")
		ns += ` xmlns:` + strings.TrimSuffix(prefix, ":") + `="` + o.main() + `"`
	} else {
		ns += ` xmlns="` + o.main() + `"`
	}
	root := strings.IndexAny(content, " />")
	content = content[:root] + ns + content[root:]
	content = o.one("", "\uFEFF") + o.one("", opc.XMLHead, "<?xml version='1.0'?><!-- <c/> -->") + content + o.one("", "\n", "<!-- </c> -->")
	if o.chance(6) {
		content = strings.TrimPrefix(content, "\uFEFF")
		content = strings.ReplaceAll(content, `encoding="UTF-8"`, `encoding="UTF-16"`)
		content, _ = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(content)
	}
	return content
}

var lone = regexp.MustCompile(`<(pageMargins|sheetFormatPr|calcPr|legacyDrawing)[^>]*/>`)

// wrap puts what stands alone into alternatives, beside what only others read.
func (o *odd) wrap(content string) string {
	return lone.ReplaceAllStringFunc(content, func(e string) string {
		none := strings.Replace(e, ` r:id="rId2"`, "", 1)
		switch o.IntN(4) {
		case 0:
			return `<mc:AlternateContent><mc:Choice Requires="z">` + none + `</mc:Choice><mc:Choice Requires="r">` + e + `</mc:Choice><mc:Fallback>` + none + `</mc:Fallback></mc:AlternateContent>`
		case 1:
			return `<mc:AlternateContent><mc:Choice Requires="z">` + none + `</mc:Choice><mc:Fallback>` + e + `</mc:Fallback></mc:AlternateContent>`
		case 2:
			return "<z:" + none[1:] + e
		}
		return e
	})
}

// relate adds the relationships of a part: targets by type.
func (o *odd) relate(from string, targets ...[2]string) {
	var list []string
	for i, t := range targets {
		target := "/" + t[1]
		if o.chance(2) {
			target = strings.Repeat("../", strings.Count(path.Dir(from)+"/", "/")*min(1, len(path.Dir(from))-1)) + t[1]
		}
		if dir := path.Dir(from) + "/"; strings.HasPrefix(t[1], dir) && o.chance(2) {
			target = o.one("", "./") + strings.TrimPrefix(t[1], dir)
		}
		if from == "" && o.chance(2) {
			target = t[1]
		}
		list = append(list, fmt.Sprintf(`<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, t[0], strings.ReplaceAll(target, " ", "%20")))
		if o.chance(3) {
			list = append(list, fmt.Sprintf(`<Relationship Target="none.xml" Id="z%d" Type="urn:z/%s"/>`, i+1, path.Base(t[0])))
		}
	}
	o.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	dir, base := path.Split(from)
	name := dir + "_rels/" + base + ".rels"
	o.types[name] = "application/vnd.openxmlformats-package.relationships+xml"
	o.files[name] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(list, "") + `</Relationships>`
}

// declare writes the types of the contents, by ending or by name.
func (o *odd) declare() {
	byEnding := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(o.types)) {
		if o.chance(3) {
			byEnding[path.Ext(name)[1:]] = o.types[name]
		}
	}
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`)
	for _, ext := range slices.Sorted(maps.Keys(byEnding)) {
		fmt.Fprintf(&b, `<Default Extension="%s" ContentType="%s"/>`, o.one(ext, strings.ToUpper(ext)), byEnding[ext])
	}
	for _, name := range slices.Sorted(maps.Keys(o.types)) {
		if byEnding[path.Ext(name)[1:]] != o.types[name] {
			fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, name, o.types[name])
		}
	}
	o.files["[Content_Types].xml"] = b.String() + `</Types>`
}

// archive packs the parts in one of many ways.
func (o *odd) archive(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	names := slices.Sorted(maps.Keys(o.files))
	o.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		create, head, size := w.CreateHeader, &zip.FileHeader{Name: name, Method: uint16(8 * o.IntN(2))}, uint64(len(o.files[name]))
		if o.chance(2) { // with its size before it
			create, head = w.CreateRaw, &zip.FileHeader{Name: name, CRC32: crc32.ChecksumIEEE([]byte(o.files[name])), UncompressedSize64: size, CompressedSize64: size}
		}
		part, err := create(head)
		if err == nil {
			_, err = io.WriteString(part, o.files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const mediaMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

// newOdd returns a workbook with a sheet of a few cells, where B2 may have a
// comment.
func newOdd(t *testing.T, seed uint64) ([]byte, *odd) {
	t.Helper()
	o := &odd{Rand: rand.New(rand.NewPCG(seed, 7)), files: map[string]string{}, types: map[string]string{}}
	o.strict = o.chance(5)
	style := ""
	workbook := [][2]string{{o.office() + "/worksheet", ""}}
	if !o.chance(4) {
		style = ` s="1"`
		part := o.add(edit.MediaXL+"styles+xml", o.one(
			`<styleSheet><fonts count="1"><font><sz val="9"/></font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill></fills>`+
				`<borders count="1"><border/></borders><cellXfs count="2"><xf/><xf fillId="1" applyFill="1"><alignment wrapText="1"/></xf></cellXfs></styleSheet>`,
			`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="2"/></cellXfs><extLst><ext uri="u"><z:a/></ext></extLst></styleSheet>`,
		), "xl/styles.xml", "styles.xml", "xl/a b/s.xml")
		workbook = append(workbook, [2]string{o.office() + "/styles", part})
	}
	cell := o.one(`<c r="A2"`+style+`><v>20</v></c><c r="B2"`+style+` t="inlineStr"><is><t>甲</t></is></c>`, `<z:c r="A2"><z:v>1</z:v></z:c><c r="A2"`+style+`><v>20</v></c>`, `<c r="A2"><v>20</v></c><c r="C2"/>`)
	sheet := `<worksheet><sheetFormatPr defaultRowHeight="14"/><sheetData><row r="1"/><row r="2" spans="1:2">` + cell + `</row><row r="9"><c><v>1</v></c></row></sheetData><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>`
	var pointers [][2]string
	if o.chance(2) {
		sheet += `<legacyDrawing r:id="rId2"/>`
		comments := o.add(edit.MediaXL+"comments+xml", `<comments>`+o.one(`<authors><author>张三</author></authors>`, `<authors/>`, ``)+
			`<commentList><comment ref="B2" authorId="0"><text>`+o.one(`<t>请核对</t>`, `<r><rPr><b/></rPr><t>请核对</t></r>`)+`</text></comment></commentList></comments>`,
			"xl/comments1.xml", "xl/worksheets/comments.xml", "c.xml")
		shape := o.one("shape", "rect", "roundrect", "oval")
		quote := o.one(`"`, `'`)
		drawing := `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:` + shape + ` id="_x0000_s1025"><v:textbox><div>a<br>b</div></v:textbox>` +
			`<x:ClientData ObjectType="Note"><x:Anchor>2, 15, 1, 10, 4, 15, 5, 4</x:Anchor><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:` + shape + `></xml>`
		drawing = o.one(strings.ReplaceAll(drawing, `"`, quote), strings.ReplaceAll(drawing, `"`, quote), ``, `<xml xmlns:v="urn:schemas-microsoft-com:vml"/>`)
		part := o.one("xl/drawings/vmlDrawing1.vml", "xl/v.vml")
		o.types[part], o.files[part] = mediaVML, drawing
		pointers = [][2]string{{o.office() + "/comments", comments}, {o.office() + "/vmlDrawing", part}}
	}
	workbook[0][1] = o.add(edit.MediaXL+"worksheet+xml", sheet+`</worksheet>`, "xl/worksheets/sheet1.xml", "sheet.xml", "xl/表 1.xml")
	if pointers != nil {
		o.relate(workbook[0][1], pointers...)
	}
	book := o.add(mediaMain, `<workbook><sheets><z:sheet name="no" r:id="rId1"/><sheet z:id="no" name="表" sheetId="1" r:id="rId1"/></sheets>`+o.one("", `<calcPr calcId="1"/>`)+`</workbook>`,
		"xl/workbook.xml", "book.xml", "a/b/w.xml")
	o.relate(book, workbook...)
	o.relate("", [2]string{o.office() + "/officeDocument", book})
	o.add("application/octet-stream", `<theirs/>`, "customXml/item1.bin", "xl/media/x.bin")
	o.declare()
	return o.archive(t), o
}

// However a package is made, annotating keeps all of its parts, leaves one that is
// as good as it was, and does the same when it is done again.
func TestOddPackages(t *testing.T) {
	notes := []Table{{Sheet: "表", Project: "甲", Notes: []Note{
		{Cell: "A2", Rule: "a", Message: "有误", Suggest: "1"}, {Cell: "B2", Rule: "b", Message: "有误"}, {Cell: "D7", Rule: "c", Message: "有误"},
	}}}
	seeds := uint64(100)
	if testing.Short() {
		seeds = 30
	}
	for seed := range seeds {
		data, o := newOdd(t, seed)
		once, _, err := Annotate(data, notes, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		before, after := sheettest.Parts(t, data), sheettest.Parts(t, once)
		for name, content := range before {
			switch now, ok := after[name]; {
			case !ok:
				t.Errorf("%d: %s is gone", seed, name)
			case now != content && strings.HasSuffix(name, ".bin"):
				t.Errorf("%d: %s has changed", seed, name)
			}
		}
		checkPackage(t, seed, once)
		if diff := cmp.Diff(grids(t, data, 1), grids(t, once, 1)); diff != "" {
			t.Errorf("%d: (-original +copy)\n%s", seed, diff)
		}
		checkSaid(t, seed, once, o, notes[0].Notes)
		twice, _, err := Annotate(once, notes, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		if diff := cmp.Diff(after, sheettest.Parts(t, twice)); diff != "" {
			t.Errorf("%d: annotated twice (-once +twice)\n%s", seed, diff)
		}
		none := []Table{{Sheet: "表"}}
		clean, _, err := Annotate(once, none, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
		if err != nil {
			t.Fatalf("%d: %v", seed, err)
		}
		checkPackage(t, seed, clean)
		checkSaid(t, seed, clean, o, nil)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// checkSaid wants the department's comment, and a comment and a box for each note.
func checkSaid(t *testing.T, seed uint64, data []byte, o *odd, notes []Note) {
	t.Helper()
	b, err := openBook(data, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ed, err := b.openSheet(b.Sheets[0], 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ed.openComments()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for e := range c.list.Children() {
		texts[e.Attr("ref")] = textOf(runs(e.Child("text")))
	}
	d, err := ed.openDrawing(new(record), new(record))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, n := range notes {
		want[n.Cell] = true
		if !strings.Contains(texts[n.Cell], n.Message) {
			t.Errorf("%d: the comment of %s is %q", seed, n.Cell, texts[n.Cell])
		}
		if d.boxAt(n.Cell) == nil {
			t.Errorf("%d: %s has no box", seed, n.Cell)
		}
	}
	for name := range o.files {
		if strings.HasSuffix(name, ".vml") {
			want["B2"] = true
			if !strings.Contains(texts["B2"], "请核对") {
				t.Errorf("%d: the department's comment is %q", seed, texts["B2"])
			}
		}
	}
	if len(texts) != len(want) {
		t.Errorf("%d: comments are %v", seed, texts)
	}
	boxes := 0
	for e := range d.Root.Children() {
		if e.Space == opc.VML && !e.Is(opc.VML, "shapetype") {
			boxes++
		}
	}
	if boxes != d.others+len(d.boxes) || d.others > 0 {
		t.Errorf("%d: %d boxes of %d cells", seed, boxes, len(d.boxes))
	}
}

// grids returns the cells of a workbook's first sheets.
func grids(t *testing.T, data []byte, n int) [][]xlsx.Cell {
	t.Helper()
	w, err := xlsx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	var list [][]xlsx.Cell
	for i := range n {
		g, err := w.Grid(i)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, g.Cells())
	}
	return list
}

// checkPackage checks what every program wants of a package: a type for every
// part, a part for every relationship, parts that are well-formed, and sizes that
// stand before them.
func checkPackage(t *testing.T, seed uint64, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.Flags&8 != 0 {
			t.Errorf("%d: the size of %s stands behind it", seed, f.Name)
		}
	}
	p, err := opc.Open(bytes.NewReader(data), int64(len(data)), opc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	types, err := p.Document("[Content_Types].xml", opc.Types)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]int{}
	for e := range types.Root.Children() {
		declared[e.Name()+" "+strings.ToLower(e.Attr("Extension")+e.Attr("PartName"))]++
	}
	for key, n := range declared {
		if n > 1 {
			t.Errorf("%d: %s is declared %d times", seed, key, n)
		}
	}
	for name, content := range sheettest.Parts(t, data) {
		if name == "[Content_Types].xml" {
			continue
		}
		if declared["Default "+strings.ToLower(path.Ext(name)[1:])]+declared["Override /"+strings.ToLower(name)] == 0 {
			t.Errorf("%d: %s has no type", seed, name)
		}
		if ext := path.Ext(name); ext == ".xml" || ext == ".rels" {
			wellFormed(t, seed, name, content)
		}
		if dir, base := path.Split(name); strings.HasSuffix(dir, "_rels/") {
			from := strings.TrimSuffix(dir, "_rels/") + strings.TrimSuffix(base, ".rels")
			list, err := p.Relationships(from)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				if r.Type == opc.TypeComments && strings.Contains(content, `Target="/`+r.Target) {
					t.Errorf("%d: %s points to %s from the root", seed, from, r.Target)
				}
				if !strings.HasPrefix(r.Type, "urn:") && !p.Has(r.Target) {
					t.Errorf("%d: %s points to %s, which is not there", seed, from, r.Target)
				}
			}
		}
	}
}

func wellFormed(t *testing.T, seed uint64, name, content string) {
	t.Helper()
	if strings.HasPrefix(content, "\xFF\xFE") {
		content, _ = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().String(content)
		content = strings.ReplaceAll(content, "UTF-16", "UTF-8")
	}
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%d: %s: %v\n%s", seed, name, err, content)
			return
		}
	}
}

// Comments that no program writes, without authors, a list or a name, end in a copy or in
// an error.
func TestOddComments(t *testing.T) {
	notes := []Table{{Sheet: "Sheet1", Project: "甲", Notes: []Note{{Cell: "H13", Rule: "a", Message: "有误"}}}}
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	for comments, whole := range map[string]bool{
		`<><commentList/></>`: false, ``: false, `<comments ` + space + `>`: false, `<x/>`: false, `<comments/>`: false,
		`<comments ` + space + `/>`:                                                                                 false,
		`<comments ` + space + `><commentList/></comments>`:                                                         true,
		`<comments ` + space + `><authors/></comments>`:                                                             false,
		`<comments ` + space + `><commentList/><authors/></comments>`:                                               true,
		`<comments ` + space + `><commentList><comment ref="H13" authorId="7"/><comment/></commentList></comments>`: true,
	} {
		parts := sheettest.Parts(t, data)
		parts["xl/comments1.xml"] = comments
		parts["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>`
		parts["[Content_Types].xml"] = strings.Replace(parts["[Content_Types].xml"], `</Types>`, `<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>`, 1)
		out, _, err := Annotate(sheettest.Archive(t, parts), notes, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
		if (err == nil) != whole {
			t.Errorf("%q: %v", comments, err)
		}
		if err == nil && !strings.Contains(sheettest.Parts(t, out)["xl/comments1.xml"], "有误") {
			t.Errorf("%q: %s", comments, sheettest.Parts(t, out)["xl/comments1.xml"])
		}
	}
}
