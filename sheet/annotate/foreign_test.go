package annotate

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ziping/sheet"
	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// foreign returns workbooks that other programs have made: see testdata/foreign.
func foreign(t testing.TB) map[string][]byte { return files(t, "testdata/foreign/*.xls?", 9) }

// foreignNotes has something to say about every form: on a cell with a comment
// and a fill, on a merged one, on one without a style, on one that is not there,
// on the form as a whole.
func foreignNotes(found []sheet.Found) []Table {
	var tables []Table
	for _, f := range found {
		t := Table{Sheet: f.Sheet, Project: f.Table.Project.Value}
		row := edit.PlaceOf(f.Table.Indicators[0].Score.Ref).Row
		cells := []string{"", f.Table.Project.Ref, f.Table.Funds[0].Rate.Ref, fmt.Sprintf("H%d", row), fmt.Sprintf("H%d", row),
			fmt.Sprintf("I%d", row+1), fmt.Sprintf("N%d", row)}
		if len(found) == 1 {
			cells = append(cells, "C60")
		}
		for i, cell := range cells {
			t.Notes = append(t.Notes, Note{Severity: Severity(i % 3), Cell: cell, Rule: fmt.Sprint("rule-", i), Field: "得分", Message: "有误 & <不符>", Value: "18", Suggest: "9.1", Basis: "财预〔2020〕10号"})
		}
		tables = append(tables, t)
	}
	return tables
}

// What a department's workbook holds is there in the copy: parts that we have
// nothing to do with byte for byte, the others with our additions and no other
// change.
func TestForeign(t *testing.T) {
	for name, b := range foreign(t) {
		t.Run(name, func(t *testing.T) {
			found := readTables(t, b)
			tables := foreignNotes(found)
			once := annotated(t, b, tables)
			if diff := cmp.Diff(found, readTables(t, once)); diff != "" {
				t.Errorf("reads (-original +copy):\n%s", diff)
			}
			if diff := cmp.Diff(sheettest.Parts(t, once), sheettest.Parts(t, annotated(t, once, tables))); diff != "" {
				t.Errorf("annotated twice (-once +twice):\n%s", diff)
			}
			compareParts(t, sheettest.Parts(t, b), sheettest.Parts(t, once))
			for _, table := range tables {
				for _, n := range table.Notes {
					checkMark(t, once, table.Sheet, n)
				}
			}
			for i := range tables {
				tables[i].Notes = nil
			}
			clean := annotated(t, once, tables)
			compareParts(t, sheettest.Parts(t, b), sheettest.Parts(t, clean))
			if diff := cmp.Diff(seen(t, b), seen(t, clean)); diff != "" {
				t.Errorf("put right (-original +copy):\n%s", diff)
			}
		})
	}
}

// Excel opens the copy without offering to repair it, where it would not have
// repaired the original.
func TestForeignSchema(t *testing.T) {
	checker := os.Getenv("ZIPING_CHECK_OOXML")
	if checker == "" {
		t.Skip("ZIPING_CHECK_OOXML names no checker: the schemas are not tested")
	}
	python := sheettest.Python(t, "lxml")
	dir := t.TempDir()
	problems := func(name string, b []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(python, checker, file).CombinedOutput()
		if err == nil {
			return ""
		}
		return string(out)
	}
	clean := 0
	for name, b := range foreign(t) {
		if problems(name, b) != "" {
			continue // strict.xlsx: the checker has only the other schemas
		}
		clean++
		tables := foreignNotes(readTables(t, b))
		once := annotated(t, b, tables)
		if p := problems(name, once); p != "" {
			t.Errorf("%s: the copy is faulty:\n%s", name, p)
		}
		for i := range tables {
			tables[i].Notes = nil
		}
		if p := problems(name, annotated(t, once, tables)); p != "" {
			t.Errorf("%s: the clean copy is faulty:\n%s", name, p)
		}
	}
	if clean < 8 {
		t.Errorf("only %d originals are clean", clean)
	}
}

// checkMark wants a note in the comment of its cell, below what stood there,
// and a box for it.
func checkMark(t *testing.T, copied []byte, sheetName string, n Note) {
	t.Helper()
	if n.Cell == "" {
		return
	}
	b, err := openBook(copied, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ed, err := b.openSheet(edit.SheetPart{Name: sheetName, Part: b.SheetPart(sheetName), IsWorksheet: true}, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	part, err := b.Related(ed.sheet.Part, opc.TypeComments)
	if err != nil {
		t.Fatal(err)
	}
	src, err := b.Content(part)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, c := range find(parse(t, string(src)), "comment") {
		if attr(c, "ref") == n.Cell {
			text = c.text()
		}
	}
	if !strings.Contains(text, "【"+n.Severity.String()+"】"+n.Message) {
		t.Errorf("the comment of %s is %q", n.Cell, text)
	}
	d, err := ed.openDrawing(new(record), new(record))
	if err != nil {
		t.Fatal(err)
	}
	if d.boxAt(n.Cell) == nil {
		t.Errorf("the comment of %s has no box", n.Cell)
	}
	ed.Walk(nil, nil, func(at edit.Place, c opc.Element) {
		if at == edit.PlaceOf(n.Cell) && !isMark(b.styles.fillOf(c.Int("s", 0))) {
			t.Errorf("%s is not coloured", n.Cell)
		}
	}, nil)
}

// seen returns the fill and the comment of every cell of a workbook.
func seen(t *testing.T, data []byte) map[string]string {
	t.Helper()
	b, err := openBook(data, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, s := range b.Sheets {
		if s.Name == opinionSheet || s.Name == recordSheet || !s.IsWorksheet {
			continue
		}
		ed, err := b.openSheet(s, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		ed.Walk(nil, nil, func(at edit.Place, c opc.Element) {
			if f := b.styles.fillOf(c.Int("s", 0)); !strings.Contains(string(f.fill), `"none"`) && f.fill != "<fill><patternFill/></fill>" {
				list[fmt.Sprint(s.Name, at)] = string(f.fill)
			}
		}, nil)
		part, err := b.Related(s.Part, opc.TypeComments)
		if err != nil {
			t.Fatal(err)
		}
		if part == "" {
			continue
		}
		src, err := b.Content(part)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range find(parse(t, string(src)), "comment") {
			list[s.Name+" comment "+attr(c, "ref")] = c.text()
		}
	}
	return list
}

// compareParts compares the packages of a workbook and its copy.
func compareParts(t *testing.T, before, after map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(before)) {
		now, ok := after[name]
		switch {
		case !ok:
			t.Errorf("%s is gone", name)
		case now == before[name]:
		case ours(name) == nil:
			t.Errorf("%s has changed", name)
		default:
			c := comparison{part: name, added: ours(name)}
			c.element(parse(t, before[name]), parse(t, now), "")
			for _, fault := range c.faults {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

// ours returns the elements that we may add to a part, nil where it is none of
// ours to touch.
func ours(part string) []string {
	switch {
	case part == "[Content_Types].xml":
		return []string{"Default", "Override"}
	case strings.HasSuffix(part, ".rels"):
		return []string{"Relationship"}
	case part == "xl/workbook.xml":
		return []string{"sheet", "definedNames", "definedName"}
	case part == "xl/styles.xml":
		return []string{"font", "fill", "border", "xf"}
	case strings.HasPrefix(part, "xl/worksheets/"):
		return []string{"row", "c", "legacyDrawing"}
	case strings.Contains(part, "comments") && strings.HasSuffix(part, ".xml"):
		return []string{"author", "comment"}
	case strings.HasSuffix(part, ".vml"):
		return []string{"shapetype", "shape", "Anchor"}
	}
	return nil
}

// comparison compares a part with what has become of it.
type comparison struct {
	part   string
	added  []string
	faults []string
}

func (c *comparison) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// element wants all that a has in b, in its order, and nothing else but what
// we may add.
func (c *comparison) element(a, b *node, path string) {
	path += "/" + a.name.Local
	if a.name != b.name {
		c.fault("%s has become %s", path, b.name.Local)
		return
	}
	c.attributes(a, b, path)
	switch a.name.Local {
	case "text": // of a comment: what was there, and then ours
		if !strings.HasPrefix(b.text(), a.text()) {
			c.fault("%s: %q has become %q", path, a.text(), b.text())
		}
		was, is := find(a, "rPr"), find(b, "rPr")
		if diff := cmp.Diff(was, is[:min(len(was), len(is))], cmp.AllowUnexported(node{}), cmpopts.EquateEmpty()); diff != "" {
			c.fault("%s: formats (-original +copy):\n%s", path, diff)
		}
		return
	case "Anchor": // of a comment that has grown
		return
	}
	if strings.TrimSpace(a.chars) != strings.TrimSpace(b.chars) {
		c.fault("%s: %q has become %q", path, a.chars, b.chars)
	}
	at := 0
	for _, child := range a.children {
		for at < len(b.children) && c.isAddition(child, b.children[at]) {
			at++
		}
		if at == len(b.children) {
			c.fault("%s/%s %v is gone", path, child.name.Local, child.attrs)
			return
		}
		c.element(child, b.children[at], path)
		at++
	}
	for _, extra := range b.children[at:] {
		if !slices.Contains(c.added, extra.name.Local) {
			c.fault("%s/%s %v is new", path, extra.name.Local, extra.attrs)
		}
	}
}

// isAddition reports whether b stands before what a has become.
func (c *comparison) isAddition(a, b *node) bool {
	if !slices.Contains(c.added, b.name.Local) {
		return false
	}
	for _, key := range []string{"r", "ref", "id", "Id", "PartName"} {
		if attr(a, key) != attr(b, key) {
			return true
		}
	}
	return a.name != b.name
}

func (c *comparison) attributes(a, b *node, path string) {
	mayChange := map[string]bool{}
	switch a.name.Local {
	case "c":
		mayChange["s"] = true
	case "fonts", "fills", "borders", "cellXfs":
		mayChange["count"] = true
	case "row":
		mayChange["spans"] = true
	}
	if a.name.Local == "Relationship" && strings.HasSuffix(attr(a, "Target"), strings.TrimLeft(attr(b, "Target"), "./")) {
		mayChange["Target"] = true // of a pointer that has become a relative one
	}
	before, after := map[string]string{}, map[string]string{}
	for _, side := range []struct {
		n *node
		m map[string]string
	}{{a, before}, {b, after}} {
		for _, at := range side.n.attrs {
			if !mayChange[at.Name.Local] {
				side.m[at.Name.Space+" "+at.Name.Local] = at.Value
			}
		}
	}
	if diff := cmp.Diff(before, after); diff != "" {
		c.fault("%s (-original +copy):\n%s", path, diff)
	}
}

// node is an element of a part.
type node struct {
	name     xml.Name
	attrs    []xml.Attr
	chars    string
	children []*node
}

func parse(t *testing.T, part string) *node {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(part))
	d.Strict = false
	stack := []*node{{}}
	for {
		token, err := d.Token()
		if token == nil {
			if len(stack) != 1 || len(stack[0].children) != 1 {
				t.Fatalf("not well-formed (%v): %.200s", err, part)
			}
			return stack[0].children[0]
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name, attrs: slices.Clone(token.Attr)}
			top.children = append(top.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.chars += string(bytes.Clone(token))
		}
	}
}

// text returns all text in the element.
func (n *node) text() string {
	if n.name.Local == "t" {
		return n.chars
	}
	text := ""
	for _, c := range n.children {
		text += c.text()
	}
	return text
}

func attr(n *node, name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// find returns the elements of a name in a part.
func find(n *node, name string) []*node {
	var list []*node
	if n.name.Local == name {
		list = append(list, n)
	}
	for _, c := range n.children {
		list = append(list, find(c, name)...)
	}
	return list
}
