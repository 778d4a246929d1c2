package annotate

import (
	"cmp"
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
	src      string
	old, now *record
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
	anyShape  = regexp.MustCompile(`(?s)<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>`)
	shapeRow  = regexp.MustCompile(`<(?:\w+:)?Row>\s*(\d+)\s*<`)
	shapeCol  = regexp.MustCompile(`<(?:\w+:)?Column>\s*(\d+)\s*<`)
	anchorTag = regexp.MustCompile(`<(?:\w+:)?Anchor>([^<]*)</(?:\w+:)?Anchor>`)
	dataTag   = regexp.MustCompile(`<((?:\w+:)?)ClientData\b[^>]*[^/]>`)
	shapeName = regexp.MustCompile(`_x0000_s(\d+)"`)
	vmlPrefix = regexp.MustCompile(`xmlns:(?:v="urn:schemas-microsoft-com:vml"|o="urn:schemas-microsoft-com:office:office"|x="urn:schemas-microsoft-com:office:excel")`)
)

// vmlNames declares the prefixes of our shapes where the part's root does not.
const vmlNames = ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"`

// openDrawing reads the boxes of a sheet.
func (s *sheetEdit) openDrawing(old, now *record) (*drawing, error) {
	d := &drawing{sheet: s, old: old, now: now}
	if e, ok := child(s.src, s.root, "legacyDrawing"); ok {
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
	if d.part == "" {
		d.src = fmt.Sprintf(emptyDrawing, s.book.drawings()+1)
		return d, nil
	}
	src, err := s.book.get(d.part)
	d.src = string(src)
	return d, err
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

// find returns where the box of a cell's comment stands.
func (d *drawing) find(ref string) (start, end int, ok bool) {
	at := placeOf(ref)
	for _, m := range anyShape.FindAllStringIndex(d.src, -1) {
		text := d.src[m[0]:m[1]]
		row, col := shapeRow.FindStringSubmatch(text), shapeCol.FindStringSubmatch(text)
		if row != nil && col != nil && row[1] == strconv.Itoa(at.row-1) && col[1] == strconv.Itoa(at.col-1) {
			return m[0], m[1], true
		}
	}
	return 0, 0, false
}

// remove takes a box away.
func (d *drawing) remove(ref string) {
	if start, end, ok := d.find(ref); ok {
		d.src = d.src[:start] + d.src[end:]
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
	start, end, ok := d.find(ref)
	if !ok {
		return "", false
	}
	box := d.src[start:end]
	data := dataTag.FindStringSubmatchIndex(box)
	if data == nil {
		return "", false
	}
	from, till := data[1], data[1]
	if m := anchorTag.FindStringSubmatchIndex(box); m != nil {
		was = box[m[2]:m[3]]
		from, till = m[0], m[1]
	}
	if to != "" {
		to = prefixed("<Anchor>"+to+"</Anchor>", box[data[2]:data[3]])
	}
	d.src = d.src[:start] + box[:from] + to + box[till:] + d.src[end:]
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
	ref := xlsx.Ref(at.row, at.col)
	start, end, ok := d.find(ref)
	id := d.nextID()
	if ok {
		id = cmp.Or(shapeID(d.src[start:end]), id)
	} else if start = strings.LastIndex(d.src, "</"); start < 0 {
		return // not a drawing
	} else {
		end = start
	}
	text := fmt.Sprintf(shape, id, boxWidth()*0.75, height*0.75, id%shapesInBlock, anchor, at.row-1, at.col-1)
	if !strings.Contains(d.src, `id="_x0000_t202"`) {
		text = shapeType + text
	}
	if e, _, ok := root([]byte(d.src)); !ok || len(vmlPrefix.FindAllString(d.src[e.start:e.open], 3)) < 3 {
		text = strings.NewReplacer("<v:shape ", "<v:shape"+vmlNames+" ", "<v:shapetype ", "<v:shapetype"+vmlNames+" ").Replace(text)
	}
	d.src = d.src[:start] + text + d.src[end:]
}

// shapesInBlock is how many numbers of shapes a block has.
const shapesInBlock = 1024

// nextID returns a number that no shape has.
func (d *drawing) nextID() int {
	last := shapesInBlock * d.block()
	for _, m := range shapeName.FindAllStringSubmatch(d.src, -1) {
		last = max(last, number(m[1]))
	}
	return last + 1
}

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

var idMap = regexp.MustCompile(`idmap[^>]*data="(\d+)`)

// block is the part's number of the block of its shapes' numbers.
func (d *drawing) block() int {
	if m := idMap.FindStringSubmatch(d.src); m != nil {
		return number(m[1])
	}
	return 1
}

// save writes the boxes, or takes a part away in which there is nothing left.
func (d *drawing) save() error {
	s := d.sheet
	filled := anyShape.MatchString(d.src)
	switch {
	case d.part != "" && filled:
		s.book.set(d.part, []byte(d.src))
		return nil
	case d.part != "":
		return d.drop()
	case !filled:
		return nil
	}
	name := s.book.free("xl/drawings/vmlDrawing%d.vml")
	s.book.set(name, []byte(d.src))
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
	e, _ := child(s.src, s.root, "legacyDrawing")
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
