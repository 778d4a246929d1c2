package annotate

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"ziping/sheet/xlsx"
)

// drawing is the VML part with the boxes of a sheet's comments. It is edited as
// text: what old programs put there need not be well-formed.
type drawing struct {
	sheet    *sheetEdit
	part     string // empty where the sheet has none
	pieces   []piece
	boxes    map[place]int // the first shape of each cell among the pieces
	lastID   int           // the highest number of a shape
	typed    bool          // the part has the type of our boxes
	declared bool          // its root declares our prefixes
	old, now *record
}

// piece is one shape of a drawing, or what stands before, between or after them.
type piece struct {
	text  string
	shape bool
	cell  place // whose comment is in the shape; of other shapes none
}

const (
	emptyDrawing = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>`
	shapeType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
		`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`
	shape = `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:%.0fpt;height:%.0fpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
		`<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>` +
		`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>` +
		`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`
)

var (
	anchorTag = regexp.MustCompile(`<(?:\w+:)?Anchor>([^<]*)</(?:\w+:)?Anchor>`)
	dataTag   = regexp.MustCompile(`<((?:\w+:)?)ClientData\b[^>]*[^/]>`)
	shapeName = regexp.MustCompile(`_x0000_s(\d+)"`)
	idMap     = regexp.MustCompile(`idmap[^>]*data="(\d+)`)
	vmlPrefix = regexp.MustCompile(`xmlns:(?:v="urn:schemas-microsoft-com:vml"|o="urn:schemas-microsoft-com:office:office"|x="urn:schemas-microsoft-com:office:excel")`)
)

// vmlNames declares the prefixes of our shapes where the part's root does not.
const vmlNames = ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"`

// openDrawing reads the boxes of a sheet.
func (s *sheetEdit) openDrawing(old, now *record) (*drawing, error) {
	d := &drawing{sheet: s, boxes: map[place]int{}, old: old, now: now}
	if e, ok := s.child(s.root, "legacyDrawing"); ok {
		rels, err := s.book.relations(s.sheet.part)
		if err != nil {
			return nil, err
		}
		for _, r := range rels {
			if r.id == e.relID(s.src) {
				d.part = r.target
			}
		}
	}
	src := fmt.Appendf(nil, emptyDrawing, s.book.drawings()+1)
	if d.part != "" {
		var err error
		if src, err = s.book.get(d.part); err != nil {
			return nil, err
		}
	}
	d.read(src)
	return d, nil
}

// read takes the part apart.
func (d *drawing) read(src []byte) {
	if e, _, ok := root(src); ok {
		d.declared = len(vmlPrefix.FindAll(src[e.start:e.open], 3)) == 3
	}
	d.typed = bytes.Contains(src, []byte(`id="_x0000_t202"`))
	block := 1
	if m := idMap.FindSubmatch(src); m != nil {
		block = number(string(m[1]))
	}
	d.lastID = shapesInBlock * block
	for _, m := range shapeName.FindAllSubmatch(src, -1) {
		d.lastID = max(d.lastID, number(string(m[1])))
	}
	done, start := 0, -1
	var at place
	for pos := 0; ; {
		t, ok := nextTag(src, pos)
		if !ok {
			break
		}
		pos = t.end
		switch name := local(string(t.name)); {
		case name == "shape" && !t.closing && !t.single:
			start, at = t.start, place{}
		case name == "shape" && t.closing && start >= 0:
			if at.row == 0 || at.col == 0 {
				at = place{}
			}
			d.pieces = append(d.pieces, piece{text: string(src[done:start])}, piece{string(src[start:t.end]), true, at})
			d.box(at, len(d.pieces)-1)
			done, start = t.end, -1
		case name == "Row" && !t.closing:
			at.row = following(src, t.end) + 1
		case name == "Column" && !t.closing:
			at.col = following(src, t.end) + 1
		}
	}
	d.pieces = append(d.pieces, piece{text: string(src[done:])})
}

// following returns the number that stands after a tag, -1 where none does.
func following(src []byte, at int) int {
	text, _, _ := bytes.Cut(src[at:min(len(src), at+20)], []byte("<"))
	if n, err := strconv.Atoi(string(bytes.TrimSpace(text))); err == nil {
		return n
	}
	return -1
}

// drawings counts the VML parts: each has a block of numbers for its shapes.
func (b *book) drawings() int {
	n := 0
	for key := range b.names {
		if strings.HasSuffix(key, ".vml") {
			n++
		}
	}
	return n
}

// find returns the box of a cell's comment, nil where it has none.
func (d *drawing) find(ref string) *piece {
	if i, ok := d.boxes[placeOf(ref)]; ok {
		return &d.pieces[i]
	}
	return nil
}

// box notes that a piece is the box of a cell's comment.
func (d *drawing) box(at place, i int) {
	if _, ok := d.boxes[at]; !ok {
		d.boxes[at] = i
	}
}

// remove takes a box away.
func (d *drawing) remove(ref string) {
	if p := d.find(ref); p != nil {
		*p = piece{}
		delete(d.boxes, placeOf(ref))
	}
}

// restore gives the department's box the size that it had.
func (d *drawing) restore(ref string) {
	if anchor, ok := d.old.boxes[cellKey{d.sheet.sheet.name, ref}]; ok {
		d.anchor(ref, anchor)
	}
}

// anchor moves a box and returns where it was. Empty is a box without a place,
// as openpyxl writes it: Excel draws it in its own size.
func (d *drawing) anchor(ref, to string) (was string, ok bool) {
	p := d.find(ref)
	if p == nil {
		return "", false
	}
	data := dataTag.FindStringSubmatchIndex(p.text)
	if data == nil {
		return "", false
	}
	from, till := data[1], data[1]
	if m := anchorTag.FindStringSubmatchIndex(p.text); m != nil {
		was = p.text[m[2]:m[3]]
		from, till = m[0], m[1]
	}
	if to != "" {
		to = prefixed("<Anchor>"+to+"</Anchor>", p.text[data[2]:data[3]])
	}
	p.text = p.text[:from] + to + p.text[till:]
	return was, true
}

// fit makes the box of a comment as large as its text. A box of ours is drawn
// anew; of the department's it is noted how large it was.
func (d *drawing) fit(ref, text string, theirs bool) {
	height := boxHeight(text)
	anchor := d.sheet.anchor(placeOf(ref), boxWidth(), height)
	if theirs {
		if was, ok := d.anchor(ref, anchor); ok {
			d.now.addBox(cellKey{d.sheet.sheet.name, ref}, was)
			return
		}
	}
	d.draw(placeOf(ref), anchor, height)
}

// draw draws our box, in place of the one that the cell has.
func (d *drawing) draw(at place, anchor string, height float64) {
	p := d.find(xlsx.Ref(at.row, at.col))
	id := 0
	if p != nil {
		id = shapeID(p.text)
	} else if p = d.room(); p == nil {
		return // not a drawing
	}
	if id == 0 {
		d.lastID++
		id = d.lastID
	}
	text := fmt.Sprintf(shape, id, boxWidth()*0.75, height*0.75, id%shapesInBlock, anchor, at.row-1, at.col-1)
	if !d.typed {
		text = shapeType + text
		d.typed = true
	}
	if !d.declared {
		text = strings.NewReplacer("<v:shape ", "<v:shape"+vmlNames+" ", "<v:shapetype ", "<v:shapetype"+vmlNames+" ").Replace(text)
	}
	*p = piece{text, true, at}
	d.box(at, len(d.pieces)-2) // where room has made it
}

// room makes room for a shape after the last one.
func (d *drawing) room() *piece {
	last := d.pieces[len(d.pieces)-1].text
	end := strings.LastIndex(last, "</")
	if end < 0 {
		return nil
	}
	d.pieces[len(d.pieces)-1].text = last[:end]
	d.pieces = append(d.pieces, piece{}, piece{text: last[end:]})
	return &d.pieces[len(d.pieces)-2]
}

// shapesInBlock is how many numbers of shapes a block has.
const shapesInBlock = 1024

// shapeID returns the number of a box, 0 where it has none.
func shapeID(box string) int {
	if m := shapeName.FindStringSubmatch(box); m != nil {
		return number(m[1])
	}
	return 0
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // 0 for one that is too large
	return n
}

// save writes the boxes, or takes a part away in which there is nothing left.
func (d *drawing) save() error {
	s := d.sheet
	texts := make([]string, len(d.pieces))
	filled := false
	for i, p := range d.pieces {
		texts[i] = p.text
		filled = filled || p.shape
	}
	src := []byte(strings.Join(texts, ""))
	switch {
	case d.part != "" && filled:
		s.book.set(d.part, src)
		return nil
	case d.part != "":
		return d.drop()
	case !filled:
		return nil
	}
	name := s.book.free("xl/drawings/vmlDrawing%d.vml")
	s.book.set(name, src)
	if err := s.book.declare(name, mediaVML, true); err != nil {
		return err
	}
	id, err := s.book.relate(s.sheet.part, s.book.rel+"/vmlDrawing", name)
	if err != nil {
		return err
	}
	s.put(s.root, worksheetOrder, "legacyDrawing", prefixed(fmt.Sprintf(`<legacyDrawing xmlns:r="%s" r:id="%s"/>`, s.book.rel, id), s.prefix))
	return nil
}

// drop removes the part and the pointers to it.
func (d *drawing) drop() error {
	s := d.sheet
	e, _ := s.child(s.root, "legacyDrawing")
	s.replace(e.start, e.end, "")
	s.book.remove(d.part)
	if err := s.book.undeclare(d.part); err != nil {
		return err
	}
	return s.book.unrelate(s.sheet.part, d.part)
}

// anchor returns where the box of a cell's comment stands: the columns and rows
// of its corners, from 0, each with the pixels into it.
func (s *sheetEdit) anchor(at place, width, height float64) string {
	last := at.col
	if r, ok := s.merges[at]; ok {
		last = r.LastCol
	}
	left, dx := walk(last+1, boxGap, s.size.colWidth)
	right, dx2 := walk(last+1, boxGap+width, s.size.colWidth)
	bottom, dy2 := walk(at.row, height+2, s.size.rowHeight)
	return fmt.Sprintf("%d, %.0f, %d, 2, %d, %.0f, %d, %.0f", left, dx, at.row-1, right, dx2, bottom, dy2)
}
