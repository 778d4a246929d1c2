package edit

import (
	"fmt"
	"slices"
	"strconv"

	"ziping/sheet/opc"
)

// growing are the lists of styles that we add to.
var growing = []string{"fonts", "fills", "borders", "cellXfs", "dxfs"}

// Styles is the part of styles. Its lists only ever grow at their end, so that the
// indexes of what stands there already stay as they are.
type Styles struct {
	*opc.Document
	book  *Book
	part  string
	lists map[string]*styleList
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
func openStyles(b *Book) (*Styles, error) {
	part, err := b.Related(b.Part, opc.TypeStyles)
	if err != nil {
		return nil, err
	}
	if part == "" {
		part = "xl/styles.xml"
		if b.Has(part) {
			part = b.Free("xl/styles%d.xml")
		}
		if _, err := b.AddPart(b.Part, opc.TypeStyles, part, MediaXL+"styles+xml", fmt.Appendf(nil, opc.XMLHead+`<styleSheet xmlns="%s"/>`, b.Main)); err != nil {
			return nil, err
		}
	}
	s := &Styles{book: b, part: part, lists: map[string]*styleList{}}
	s.Document, err = b.completeStyles(part)
	if err != nil {
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
func (b *Book) completeStyles(part string) (*opc.Document, error) {
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

// Add returns the index of a style in a list, at the end of which it is put
// unless the list has it.
func (s *Styles) Add(list string, item opc.Fragment) int {
	l := s.lists[list]
	if l == nil {
		l = &styleList{index: map[opc.Fragment]int{}}
		s.lists[list] = l
	}
	if i, ok := l.index[item]; ok {
		return i
	}
	l.append(item)
	return len(l.items) - 1
}

// Has reports whether a list has a style.
func (s *Styles) Has(list string, item opc.Fragment) bool {
	_, ok := s.lists[list].index[item]
	return ok
}

func (l *styleList) append(item opc.Fragment) {
	if _, ok := l.index[item]; !ok {
		l.index[item] = len(l.items)
	}
	l.items = append(l.items, item)
}

// Save writes the lists that have grown.
func (s *Styles) Save() error {
	for _, name := range growing {
		l := s.lists[name]
		if l == nil || len(l.items) == l.old {
			continue
		}
		if !l.at.Exists() {
			all := fragmentf(`<%s count="%d">`, name, len(l.items))
			for _, item := range l.items {
				all += item
			}
			s.Put(s.Root, stylesOrder, name, all+"</"+opc.Fragment(name)+">")
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

// Xf returns a cell style; an index that is none means the first.
func (s *Styles) Xf(style int) opc.Fragment { return s.Item("cellXfs", style) }

// Item returns a style of a list; an index that is none means the first.
func (s *Styles) Item(list string, i int) opc.Fragment {
	items := s.lists[list].items
	if i < 0 || i >= len(items) {
		i = 0
	}
	return items[i]
}
