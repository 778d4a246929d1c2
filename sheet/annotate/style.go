package annotate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// growing are the lists of styles that we add to.
var growing = []string{"fonts", "fills", "borders", "cellXfs"}

// stylesheet is the part of styles. Its lists only ever grow at their end, so
// that the indexes of what stands there already stay as they are.
type stylesheet struct {
	book   *book
	part   string
	src    []byte
	prefix string
	lists  map[string]*styleList
}

// styleList is one list of styles, each as it is written.
type styleList struct {
	at    element
	items []string
	index map[string]int // of the first item that is written so
	old   int            // how many of them were there
}

// emptyStyles is the part of a workbook that has none.
const emptyStyles = `<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`

func openStyles(b *book) (*stylesheet, error) {
	part, err := b.related(b.part, "styles")
	if err != nil {
		return nil, err
	}
	if part == "" {
		part = b.free("xl/ziping%d.styles.xml")
		if _, err := b.addPart(b.part, "styles", part, mediaXL+"styles+xml", fmt.Appendf(nil, xmlHead+emptyStyles, b.main)); err != nil {
			return nil, err
		}
	}
	s := &stylesheet{book: b, part: part, lists: map[string]*styleList{}}
	if s.src, err = b.get(part); err != nil {
		return nil, err
	}
	e, prefix, ok := root(s.src)
	if !ok {
		return nil, errDamaged
	}
	s.prefix = prefix
	for c := range inside(s.src, e) {
		if !slices.Contains(growing, c.name) {
			continue
		}
		l := &styleList{at: c, index: map[string]int{}}
		for item := range inside(s.src, c) {
			l.append(item.raw(s.src))
		}
		l.old = len(l.items)
		s.lists[c.name] = l
	}
	for _, name := range growing {
		if l := s.lists[name]; l == nil || l.old == 0 {
			return nil, fmt.Errorf("工作簿的样式表没有 %s，请在 Excel 或 WPS 中打开并保存一次", name)
		}
	}
	return s, nil
}

// add returns the index of a style in a list, at the end of which it is put
// unless the list has it.
func (s *stylesheet) add(list, item string) int {
	l := s.lists[list]
	if i, ok := l.index[item]; ok {
		return i
	}
	l.append(item)
	return len(l.items) - 1
}

func (l *styleList) append(item string) {
	if _, ok := l.index[item]; !ok {
		l.index[item] = len(l.items)
	}
	l.items = append(l.items, item)
}

// new is add for a style of ours.
func (s *stylesheet) new(list, item string) int { return s.add(list, prefixed(item, s.prefix)) }

// save writes the lists that have grown.
func (s *stylesheet) save() {
	ed := edits{src: s.src}
	for _, name := range growing {
		l := s.lists[name]
		if len(l.items) == l.old {
			continue
		}
		start := string(s.src[l.at.start:l.at.open])
		if l.at.attr(s.src, "count") != "" {
			ed.replace(l.at.start, l.at.open, setAttr(start, "count", strconv.Itoa(len(l.items))))
		}
		ed.insert(l.at.close, strings.Join(l.items[l.old:], ""))
	}
	if len(ed.list) > 0 {
		s.book.set(s.part, ed.apply())
	}
}

// cellFill is the fill of a cell style: the fill as it is written, and whether
// the style says that it applies ("", "0" or "1").
type cellFill struct{ fill, apply string }

// xf returns a cell style; an index that is none means the first.
func (s *stylesheet) xf(style int) string {
	items := s.lists["cellXfs"].items
	if style < 0 || style >= len(items) {
		style = 0
	}
	return items[style]
}

// fillOf returns the fill of a cell style.
func (s *stylesheet) fillOf(style int) cellFill {
	xf := []byte(s.xf(style))
	e, _, _ := root(xf)
	fills := s.lists["fills"].items
	id := e.number(xf, "fillId", 0)
	if id < 0 || id >= len(fills) {
		id = 0
	}
	return cellFill{unprefixed(fills[id], s.prefix), e.attr(xf, "applyFill")}
}

// withFill returns the cell style that differs from another in its fill only.
func (s *stylesheet) withFill(style int, f cellFill) int {
	xf := s.xf(style)
	e, _, _ := root([]byte(xf))
	start := setAttr(xf[:e.open], "fillId", strconv.Itoa(s.new("fills", f.fill)))
	return s.add("cellXfs", setAttr(start, "applyFill", f.apply)+xf[e.open:])
}

// A mark's colours are ones that no palette has: a cell that has one was
// marked by us. Programs write them as they like, but keep the digits.
var markColors = [...]string{Error: "FFFFC9CB", Warning: "FFFFE9A9", Info: "FFCFE3F9", corrected: "FFCDEBC7"}

// markFill is the fill of a mark.
func markFill(s Severity) cellFill {
	return cellFill{fmt.Sprintf(`<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/></patternFill></fill>`, markColors[s]), "1"}
}

// isMark reports whether a fill is one of ours, whoever has written it.
func isMark(f cellFill) bool {
	for _, c := range markColors {
		if _, after, ok := strings.Cut(f.fill, "fgColor"); ok && strings.Contains(strings.ToUpper(after), c[2:]+`"`) {
			return true
		}
	}
	return false
}
