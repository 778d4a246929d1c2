package annotate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"ziping/sheet/xlsx"
)

// worksheetOrder is the order of a worksheet's parts as the schema has it.
var worksheetOrder = []string{"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
	"sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews",
	"mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
	"pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
	"drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
	"tableParts", "extLst"}

// sheetEdit is a worksheet that is being changed.
type sheetEdit struct {
	edits
	book   *book
	sheet  sheetPart
	root   element
	prefix string
	data   element // sheetData
	merges map[place]xlsx.Range
	size   sizes
}

// place is a cell's row and column, from 1.
type place struct{ row, col int }

func placeOf(ref string) place {
	r, _ := xlsx.ParseRange(ref)
	return place{r.FirstRow, r.FirstCol}
}

func (b *book) openSheet(s sheetPart) (*sheetEdit, error) {
	src, err := b.get(s.part)
	if err != nil {
		return nil, err
	}
	ed := &sheetEdit{edits: edits{src: src}, book: b, sheet: s, merges: map[place]xlsx.Range{}}
	var ok bool
	if ed.root, ed.prefix, ok = root(src); !ok {
		return nil, errDamaged
	}
	ed.size = newSizes()
	for c := range inside(src, ed.root) {
		switch c.name {
		case "sheetData":
			ed.data = c
		case "sheetFormatPr":
			ed.size.defaults(src, c)
		case "cols":
			ed.size.columns(src, c)
		case "mergeCells":
			for m := range inside(src, c) {
				if r, ok := xlsx.ParseRange(m.attr(src, "ref")); ok {
					ed.merges[place{r.FirstRow, r.FirstCol}] = r
				}
			}
		}
	}
	if ed.data.end == 0 {
		return nil, errDamaged
	}
	return ed, nil
}

// marker lays fills over the cells of a sheet.
type marker struct {
	*sheetEdit
	old, now *record
	areas    map[int][]area // by row
	missing  map[place]Severity
	marked   map[int]bool // cell styles that are ours
}

// area is what is to be marked as a whole.
type area struct {
	xlsx.Range
	severity Severity
}

// mark takes our fills off the cells, and lays new ones over those named.
func (s *sheetEdit) mark(fills map[string]Severity, old, now *record) {
	m := &marker{s, old, now, map[int][]area{}, map[place]Severity{}, map[int]bool{}}
	for ref, severity := range fills {
		at := placeOf(ref)
		r, merged := s.merges[at]
		if !merged {
			r = xlsx.Range{FirstRow: at.row, FirstCol: at.col, LastRow: at.row, LastCol: at.col}
		}
		for row := r.FirstRow; row <= r.LastRow; row++ {
			m.areas[row] = append(m.areas[row], area{r, severity})
		}
		m.missing[at] = severity
	}
	last := 0
	for row := range inside(s.src, s.data) {
		n := row.number(s.src, "r", last+1)
		m.rowsBefore(last, n, row.start)
		m.row(n, row)
		last = n
	}
	var b []byte
	for _, row := range m.rowsLeft(last, 1<<30) {
		b = append(b, m.newRow(row)...)
	}
	if len(b) > 0 {
		s.last(s.data, string(b))
	}
}

// rowsLeft returns the rows between two in which cells are missing.
func (m *marker) rowsLeft(after, before int) []int {
	rows := map[int]bool{}
	for at := range m.missing {
		if at.row > after && at.row < before {
			rows[at.row] = true
		}
	}
	return slices.Sorted(maps.Keys(rows))
}

func (m *marker) rowsBefore(last, n, at int) {
	for _, row := range m.rowsLeft(last, n) {
		m.insert(at, m.newRow(row))
	}
}

// newRow returns a row for the missing cells of it.
func (m *marker) newRow(row int) string {
	return prefixed(fmt.Sprintf(`<row r="%d">%s</row>`, row, m.cellsLeft(row, 0, 1<<30, -1)), m.prefix)
}

// cellsLeft returns the missing cells of a row between two columns.
func (m *marker) cellsLeft(row, after, before, rowStyle int) string {
	var cols []int
	for at := range m.missing {
		if at.row == row && at.col > after && at.col < before {
			cols = append(cols, at.col)
		}
	}
	slices.Sort(cols)
	text := ""
	for _, col := range cols {
		style := rowStyle
		if style < 0 {
			style = m.size.style(col)
		}
		ref := xlsx.Ref(row, col)
		text += fmt.Sprintf(`<c r="%s" s="%d"/>`, ref, m.style(ref, style, m.missing[place{row, col}]))
		delete(m.missing, place{row, col})
	}
	return text
}

// row marks the cells of a row.
func (m *marker) row(n int, row element) {
	rowStyle := -1
	if row.attr(m.src, "customFormat") == "1" || row.attr(m.src, "customFormat") == "true" {
		rowStyle = row.number(m.src, "s", 0)
	}
	m.size.row(m.src, n, row)
	inserted, last := false, 0
	add := func(before int, put func(text string)) {
		if text := m.cellsLeft(n, last, before, rowStyle); text != "" {
			put(prefixed(text, m.prefix))
			inserted = true
		}
	}
	for c := range inside(m.src, row) {
		at := place{n, last + 1}
		if ref := c.attr(m.src, "r"); ref != "" {
			at = placeOf(ref)
		}
		add(at.col, func(text string) { m.insert(c.start, text) })
		m.cell(at, c)
		last = at.col
	}
	add(1<<30, func(text string) { m.last(row, text) })
	if start := string(m.src[row.start:row.open]); inserted && !row.empty() && row.attr(m.src, "spans") != "" {
		m.replace(row.start, row.open, setAttr(start, "spans", "")) // a hint that no longer fits
	}
}

// cell takes a mark off a cell and puts the new one on.
func (m *marker) cell(at place, c element) {
	was := c.number(m.src, "s", 0)
	ref := xlsx.Ref(at.row, at.col)
	style := m.original(ref, was)
	for _, a := range m.areas[at.row] {
		if a.Contains(at.row, at.col) {
			style = m.style(ref, style, a.severity)
			delete(m.missing, at)
			break
		}
	}
	if style != was {
		m.replace(c.start, c.open, setAttr(string(m.src[c.start:c.open]), "s", strconv.Itoa(style)))
	}
}

// original returns the style of a cell without our mark.
func (m *marker) original(ref string, style int) int {
	if m.old.opinion == "" {
		return style // never annotated
	}
	ours, ok := m.marked[style]
	if !ok {
		ours = isMark(m.book.styles.fillOf(style))
		m.marked[style] = ours
	}
	if !ours {
		return style
	}
	f, ok := m.old.fills[cellKey{m.sheet.name, ref}]
	if !ok { // moved since: what was below is not known
		f = cellFill{`<fill><patternFill patternType="none"/></fill>`, ""}
	}
	return m.book.styles.withFill(style, f)
}

// style returns a style with a mark over it, and notes what is below.
func (m *marker) style(ref string, style int, s Severity) int {
	m.now.addFill(cellKey{m.sheet.name, ref}, m.book.styles.fillOf(style))
	return m.book.styles.withFill(style, markFill(s))
}
