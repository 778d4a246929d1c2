package annotate

import (
	"maps"
	"slices"
	"strconv"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// worksheetOrder is the order of a worksheet's parts as the schema has it.
var worksheetOrder = []string{"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
	"sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews",
	"mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
	"pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
	"drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
	"tableParts", "extLst"}

// sheetEdit is a worksheet that is being annotated.
type sheetEdit struct {
	*edit.Sheet
	book  *book
	sheet edit.SheetPart
}

// openSheet opens a sheet to change its rows down to one: see edit.Book.Sheet.
func (b *book) openSheet(s edit.SheetPart, until int, wanted func(style int) bool) (*sheetEdit, error) {
	sheet, err := b.Sheet(s.Part, until, wanted)
	if err != nil {
		return nil, err
	}
	b.protection[s.Name] = sheet.Protection
	return &sheetEdit{sheet, b, s}, nil
}

// marker lays fills over the cells of a sheet.
type marker struct {
	*sheetEdit
	old, now *record
	areas    map[int][]area // by row
	tall     []area         // those of more rows than a form has
	marked   func(style int) bool
}

// mostRows is more rows than a form has.
const mostRows = 1000

// area is what is to be marked as a whole.
type area struct {
	xlsx.Range
	severity Severity
}

// isMarked reports whether a style is one of our marks, which the workbook may have from
// before.
func (b *book) isMarked(old *record) func(style int) bool {
	known := map[int]bool{}
	return func(style int) bool {
		ours, ok := known[style]
		if !ok {
			ours = old.opinion != "" && isMark(b.styles.fillOf(style))
			known[style] = ours
		}
		return ours
	}
}

// mark takes our fills off the cells, and lays new ones over those named.
func (s *sheetEdit) mark(fills map[string]Severity, old, now *record) {
	m := &marker{sheetEdit: s, old: old, now: now, areas: map[int][]area{}, marked: s.book.isMarked(old)}
	places := map[edit.Place]Severity{}
	for _, ref := range slices.Sorted(maps.Keys(fills)) { // of merged areas that overlap the first is marked
		severity := fills[ref]
		at := edit.PlaceOf(ref)
		r := s.Area(at)
		places[at] = severity
		if r.LastRow-r.FirstRow > mostRows {
			m.tall = append(m.tall, area{r, severity})
			continue
		}
		for row := r.FirstRow; row <= r.LastRow; row++ {
			m.areas[row] = append(m.areas[row], area{r, severity})
		}
	}
	// Of a sheet that has no marks yet, only the rows with something to mark.
	rows := func(n int) bool { return old.opinion != "" || m.areas[n] != nil || m.tall != nil }
	s.Walk(rows, slices.Collect(maps.Keys(places)), m.cell, func(at edit.Place, style int) string {
		ref := xlsx.Ref(at.Row, at.Col)
		return edit.EmptyCell(ref, m.style(ref, style, places[at]))
	})
}

// cell takes a mark off a cell and puts the new one on.
func (m *marker) cell(at edit.Place, c opc.Element) {
	was := c.Int("s", 0)
	ref := xlsx.Ref(at.Row, at.Col)
	style := m.original(ref, was)
	for _, a := range slices.Concat(m.tall, m.areas[at.Row]) {
		if a.Contains(at.Row, at.Col) {
			style = m.style(ref, style, a.severity)
			break
		}
	}
	if style != was {
		m.SetAttr(c, "s", strconv.Itoa(style))
	}
}

// original returns the style of a cell without our mark.
func (m *marker) original(ref string, style int) int {
	if !m.marked(style) {
		return style
	}
	f, ok := m.old.fills[cellKey{m.sheet.Name, ref}]
	if !ok || !isFill(f) { // moved since: what was below is not known
		f = cellFill{`<fill><patternFill patternType="none"/></fill>`, ""}
	}
	return m.book.styles.withFill(style, f)
}

// style returns a style with a mark over it, and notes what is below.
func (m *marker) style(ref string, style int, s Severity) int {
	m.now.addFill(cellKey{m.sheet.Name, ref}, m.book.styles.fillOf(style))
	return m.book.styles.withFill(style, markFill(s))
}
