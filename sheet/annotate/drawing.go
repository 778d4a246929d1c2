package annotate

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
)

// drawing is the VML part with the boxes of a sheet's comments.
type drawing struct {
	*opc.Document
	sheet    *sheetEdit
	part     string // empty where the sheet has none
	boxes    map[edit.Place]*box
	list     []*box // in order
	others   int    // shapes that are no boxes
	lastID   int    // the highest number of a shape
	typed    bool   // the part has the type of our boxes
	old, now *record
}

// box is the shape in which the comment of a cell is shown, whatever its outline.
type box struct {
	shape, data opc.Element // the shape and its ClientData, where the part has it
	id          int
	anchor      string // where it stands; empty where it has no place, as openpyxl writes it
	moved       bool
	drawn       opc.Fragment // what stands in its place; of a new one, what it is
	gone        bool
}

const (
	emptyDrawing = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>`
	shapeType = `<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
		`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	shape = `<v:shape%s id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:%.0fpt;height:%.0fpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>` +
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`
)

// vmlNames are the prefixes of our shapes.
var vmlNames = []struct{ prefix, uri string }{{"v", opc.VMLURI}, {"o", opc.VMLOfficeURI}, {"x", opc.VMLExcelURI}}

// openDrawing reads the boxes of a sheet.
func (s *sheetEdit) openDrawing(old, now *record) (*drawing, error) {
	d := &drawing{sheet: s, boxes: map[edit.Place]*box{}, old: old, now: now}
	if e := s.Root.Child("legacyDrawing"); e.Exists() {
		rels, err := s.book.Relationships(s.sheet.Part)
		if err != nil {
			return nil, err
		}
		byID, err := rels.ByID()
		if err != nil {
			return nil, err
		}
		d.part = byID[e.AttrIn(opc.Office, "id")].Target
	}
	var err error
	d.Document, err = d.open()
	if err != nil {
		return nil, err
	}
	d.read()
	return d, nil
}

// open returns the part; an empty one in the place of what is none.
func (d *drawing) open() (*opc.Document, error) {
	if d.part != "" {
		content, err := d.sheet.book.Content(d.part)
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(content)) > 0 {
			return d.sheet.book.LooseDocument(d.part)
		}
	}
	return opc.Parse(fmt.Appendf(nil, emptyDrawing, d.sheet.book.Count(".vml")+1), opc.NoSpace)
}

// read finds the boxes of the part.
func (d *drawing) read() {
	block := 1
	for e := range d.Root.Children() {
		switch {
		case e.Is(opc.VMLOffice, "shapelayout"):
			block = max(block, number(e.Child("idmap").Attr("data")))
		case e.Is(opc.VML, "shapetype"):
			d.typed = d.typed || e.Attr("id") == "_x0000_t202"
		case e.Space == opc.VML:
			d.shape(e)
		}
	}
	d.lastID = max(d.lastID, shapesInBlock*block)
}

// shape reads one shape of the part.
func (d *drawing) shape(e opc.Element) {
	b := &box{shape: e, id: shapeID(e)}
	d.lastID = max(d.lastID, b.id)
	for c := range e.Children() {
		if c.Is(opc.VMLExcel, "ClientData") && c.Attr("ObjectType") == "Note" {
			b.data = c
		}
	}
	at := edit.Place{Row: valueOf(b.data, "Row") + 1, Col: valueOf(b.data, "Column") + 1}
	if _, taken := d.boxes[at]; taken || at.Row == 0 || at.Col == 0 {
		d.others++
		return
	}
	b.anchor = b.data.Child("Anchor").Text()
	d.boxes[at] = b
	d.list = append(d.list, b)
}

// valueOf returns the number in a child of a shape's ClientData, -1 for none.
func valueOf(data opc.Element, name string) int {
	if n, err := strconv.Atoi(strings.TrimSpace(data.Child(name).Text())); err == nil {
		return n
	}
	return -1
}

// shapesInBlock is how many numbers of shapes a block has.
const shapesInBlock = 1024

// shapeID returns the number of a shape, 0 where it has none.
func shapeID(e opc.Element) int {
	for _, id := range []string{e.Attr("id"), e.AttrIn(opc.VMLOffice, "spid")} {
		if digits, ok := strings.CutPrefix(id, "_x0000_s"); ok {
			return number(digits)
		}
	}
	return 0
}

// number reads the digits that a text begins with; 0 for none, and for too many.
func number(s string) int {
	n, _ := strconv.Atoi(s[:len(s)-len(strings.TrimLeft(s, "0123456789"))])
	return n
}

// boxAt returns the box of a cell's comment, nil where it has none.
func (d *drawing) boxAt(ref string) *box { return d.boxes[edit.PlaceOf(ref)] }

// remove takes a box away.
func (d *drawing) remove(ref string) {
	if b := d.boxAt(ref); b != nil {
		b.gone = true
		delete(d.boxes, edit.PlaceOf(ref))
	}
}

// restore gives the department's box the size that it had.
func (d *drawing) restore(ref string) {
	if anchor, ok := d.old.boxes[cellKey{d.sheet.sheet.Name, ref}]; ok {
		if b := d.boxAt(ref); b != nil {
			b.move(anchor)
		}
	}
}

func (b *box) move(anchor string) {
	b.moved = b.moved || anchor != b.anchor
	b.anchor = anchor
}

// fit makes the box of a comment as large as its text. A box of ours is drawn
// anew; of the department's it is noted how large it was.
func (d *drawing) fit(ref, text string, theirs bool) {
	height := boxHeight(text)
	anchor := d.sheet.anchor(edit.PlaceOf(ref), boxWidth(), height)
	b := d.boxAt(ref)
	if theirs && b != nil {
		d.now.addBox(cellKey{d.sheet.sheet.Name, ref}, b.anchor)
		b.move(anchor)
		return
	}
	if theirs { // which had none
		d.now.addBox(cellKey{d.sheet.sheet.Name, ref}, anchor)
	}
	d.draw(edit.PlaceOf(ref), anchor, height)
}

// draw draws our box, in place of the one that the cell has.
func (d *drawing) draw(at edit.Place, anchor string, height float64) {
	b := d.boxes[at]
	if b == nil {
		b = new(box)
		d.boxes[at] = b
		d.list = append(d.list, b)
	}
	if b.id == 0 {
		d.lastID++
		b.id = d.lastID
	}
	names := ""
	for _, n := range vmlNames {
		if !d.Root.Declares(n.prefix, n.uri) {
			names += fmt.Sprintf(` xmlns:%s="%s"`, n.prefix, n.uri)
		}
	}
	if !d.typed {
		b.drawn = fragment(shapeType, names)
		d.typed = true
	}
	b.drawn += fragment(shape, names, b.id, boxWidth()*0.75, height*0.75, b.id%shapesInBlock, anchor, at.Row-1, at.Col-1)
}

// save writes the boxes, or takes a part away in which there is nothing left.
func (d *drawing) save() error {
	left := d.others
	for _, b := range d.list {
		if !b.gone {
			left++
		}
		d.change(b)
	}
	s := d.sheet
	switch {
	case d.part != "" && left > 0:
		return s.book.Save(d.part, d.Document)
	case d.part != "":
		s.Remove(s.Root.Child("legacyDrawing"))
		return s.book.Drop(s.sheet.Part, d.part)
	case left == 0:
		return nil
	}
	content, err := d.Bytes()
	if err != nil {
		return err
	}
	id, err := s.book.AddPart(s.sheet.Part, opc.TypeVMLDrawing, s.book.Free("xl/drawings/vmlDrawing%d.vml"), mediaVML, content)
	if err != nil {
		return err
	}
	s.Put(s.Root, worksheetOrder, "legacyDrawing", fragment(`<legacyDrawing xmlns:r="%s" r:id="%s"/>`, s.book.Rel, id))
	return nil
}

// change writes what has become of a box.
func (d *drawing) change(b *box) {
	anchor := b.data.Child("Anchor")
	switch name := b.data.Prefix() + "Anchor"; {
	case b.gone && b.shape.Exists():
		d.Remove(b.shape)
	case b.gone:
		return
	case b.drawn != "" && b.shape.Exists():
		d.Replace(b.shape, b.drawn)
	case b.drawn != "":
		d.Append(d.Root, b.drawn)
	case !b.moved:
		return
	case b.anchor == "" && anchor.Exists():
		d.Remove(anchor)
	case anchor.Exists():
		d.Replace(anchor, fragment("<%s>%s</%[1]s>", name, opc.Escape(b.anchor)))
	default:
		d.Append(b.data, fragment("<%s>%s</%[1]s>", name, opc.Escape(b.anchor)))
	}
}

// anchor returns where the box of a cell's comment stands: the columns and rows
// of its corners, from 0, each with the pixels into it.
func (s *sheetEdit) anchor(at edit.Place, width, height float64) string {
	last := at.Col
	if r, ok := s.Merges[at]; ok {
		last = r.LastCol
	}
	left, dx := walk(last+1, boxGap, s.colWidth)
	right, dx2 := walk(last+1, boxGap+width, s.colWidth)
	bottom, dy2 := walk(at.Row, height+2, s.rowHeight)
	return fmt.Sprintf("%d, %.0f, %d, 2, %d, %.0f, %d, %.0f", left, dx, at.Row-1, right, dx2, bottom, dy2)
}
