package annotate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet/opc"
)

// growing are the lists of styles that we add to.
var growing = []string{"fonts", "fills", "borders", "cellXfs"}

// stylesheet is the part of styles. Its lists only ever grow at their end, so
// that the indexes of what stands there already stay as they are.
type stylesheet struct {
	*opc.Document
	book  *book
	part  string
	lists map[string]*styleList

	fills  map[int]cellFill    // of styles, once they were asked for
	filled map[filledStyle]int // styles with a fill, once they were made
}

// filledStyle is a style that is to have another fill.
type filledStyle struct {
	style int
	cellFill
}

// styleList is one list of styles.
type styleList struct {
	at    opc.Element
	items []opc.Fragment
	index map[opc.Fragment]int // of the first item that is written so
	old   int                  // how many of them were there
}

// stylesOrder is the order of the part as the schema has it.
var stylesOrder = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}

// firstStyles are the lists of a part that has none: what Excel means by no style.
var firstStyles = []struct {
	list string
	opc.Fragment
}{
	{"fonts", `<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>`},
	{"fills", `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`},
	{"borders", `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`},
	{"cellXfs", `<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellXfs>`},
}

// openStyles reads the part of styles; one that is missing is added.
func openStyles(b *book) (*stylesheet, error) {
	part, err := b.related(b.part, opc.TypeStyles)
	if err != nil {
		return nil, err
	}
	if part == "" {
		if part = "xl/styles.xml"; b.Has(part) {
			part = b.Free("xl/styles%d.xml")
		}
		if _, err := b.addPart(b.part, opc.TypeStyles, part, mediaXL+"styles+xml", fmt.Appendf(nil, opc.XMLHead+`<styleSheet xmlns="%s"/>`, b.main)); err != nil {
			return nil, err
		}
	}
	s := &stylesheet{book: b, part: part, lists: map[string]*styleList{}, fills: map[int]cellFill{}, filled: map[filledStyle]int{}}
	if s.Document, err = b.completeStyles(part); err != nil {
		return nil, err
	}
	for c := range s.Root.Children() {
		if !slices.Contains(growing, c.Name()) {
			continue
		}
		l := &styleList{at: c, index: map[opc.Fragment]int{}}
		for item := range c.Children() {
			l.append(item.Fragment())
		}
		l.old = len(l.items)
		s.lists[c.Name()] = l
	}
	return s, nil
}

// completeStyles returns a part with all the lists that we add to.
func (b *book) completeStyles(part string) (*opc.Document, error) {
	d, err := b.Document(part, opc.Spreadsheet)
	if err != nil {
		return nil, err
	}
	for _, first := range firstStyles {
		empty := true
		for range d.Root.Child(first.list).Children() {
			empty = false
		}
		if empty {
			d.Put(d.Root, stylesOrder, first.list, first.Fragment)
		}
	}
	if !d.Changed() {
		return d, nil
	}
	if err := b.Save(part, d); err != nil {
		return nil, err
	}
	return b.Document(part, opc.Spreadsheet)
}

// add returns the index of a style in a list, at the end of which it is put
// unless the list has it.
func (s *stylesheet) add(list string, item opc.Fragment) int {
	l := s.lists[list]
	if i, ok := l.index[item]; ok {
		return i
	}
	l.append(item)
	return len(l.items) - 1
}

func (s *stylesheet) has(list string, item opc.Fragment) bool {
	_, ok := s.lists[list].index[item]
	return ok
}

func (l *styleList) append(item opc.Fragment) {
	if _, ok := l.index[item]; !ok {
		l.index[item] = len(l.items)
	}
	l.items = append(l.items, item)
}

// save writes the lists that have grown.
func (s *stylesheet) save() error {
	for _, name := range growing {
		l := s.lists[name]
		if len(l.items) == l.old {
			continue
		}
		if l.at.Attr("count") != "" {
			s.SetAttr(l.at, "count", strconv.Itoa(len(l.items)))
		}
		for _, item := range l.items[l.old:] {
			s.Append(l.at, item)
		}
	}
	if !s.Changed() {
		return nil
	}
	return s.book.Save(s.part, s.Document)
}

// cellFill is the fill of a cell style: the fill as it is written, and whether
// the style says that it applies ("", "0" or "1").
type cellFill struct {
	fill  opc.Fragment
	apply string
}

// xf returns a cell style; an index that is none means the first.
func (s *stylesheet) xf(style int) opc.Fragment {
	items := s.lists["cellXfs"].items
	if style < 0 || style >= len(items) {
		style = 0
	}
	return items[style]
}

// fillOf returns the fill of a cell style.
func (s *stylesheet) fillOf(style int) cellFill {
	if f, known := s.fills[style]; known {
		return f
	}
	xf := s.xf(style)
	fills := s.lists["fills"].items
	id, err := strconv.Atoi(xf.Attr("fillId"))
	if err != nil || id < 0 || id >= len(fills) {
		id = 0
	}
	s.fills[style] = cellFill{fills[id], xf.Attr("applyFill")}
	return s.fills[style]
}

// withFill returns the cell style that differs from another in its fill only.
func (s *stylesheet) withFill(style int, f cellFill) int {
	key := filledStyle{style, f}
	filled, known := s.filled[key]
	if !known {
		filled = s.fill(style, f)
		s.filled[key] = filled
	}
	return filled
}

func (s *stylesheet) fill(style int, f cellFill) int {
	xf := s.xf(style).With("applyFill", f.apply)
	id := s.add("fills", f.fill)
	if plain := xf.With("fillId", ""); id == 0 && s.has("cellXfs", plain) {
		return s.add("cellXfs", plain) // the first is meant where none is named
	}
	return s.add("cellXfs", xf.With("fillId", strconv.Itoa(id)))
}

// A mark's colours are ones that no palette has: a cell that has one was
// marked by us. Programs write them as they like, but keep the digits.
// Copies of before must be recognised: who changes a colour leaves the former one in
// formerColors, and puts a copy of before into testdata/copies.
var markColors = [...]string{Error: "FFFFC9CB", Warning: "FFFFE9A9", Info: "FFCFE3F9", corrected: "FFCDEBC7"}

// formerColors are those of marks of earlier builds.
var formerColors []string

// markFill is the fill of a mark.
func markFill(s Severity) cellFill {
	return cellFill{fragment(`<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/></patternFill></fill>`, markColors[s]), "1"}
}

// isMark reports whether a fill is one of ours, whoever has written it.
func isMark(f cellFill) bool {
	d, err := opc.Parse([]byte(f.fill), opc.NoSpace)
	if err != nil {
		return false
	}
	color := strings.ToUpper(d.Root.Child("patternFill").Child("fgColor").Attr("rgb"))
	return slices.ContainsFunc(slices.Concat(markColors[:], formerColors), func(c string) bool { return strings.HasSuffix(color, c[2:]) })
}

// isFill reports whether a fill that a record has is one: anybody may have written it.
func isFill(f cellFill) bool {
	d, err := opc.Parse([]byte(f.fill), opc.NoSpace)
	return err == nil && d.Root.Name() == "fill" && slices.Contains([]string{"", "0", "1", "false", "true"}, f.apply)
}
