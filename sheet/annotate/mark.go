package annotate

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

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

// sheetEdit is a worksheet that is being changed.
type sheetEdit struct {
	*opc.Document
	book   *book
	sheet  sheetPart
	data   opc.Element // sheetData
	merges map[place]xlsx.Range
	size   sizes
}

// boxRows is more rows than the box of a comment is high.
const boxRows = 500

// place is a cell's row and column, from 1.
type place struct{ row, col int }

func placeOf(ref string) place {
	r, _ := xlsx.ParseRange(ref)
	return place{r.FirstRow, r.FirstCol}
}

// openSheet opens a sheet to change its rows down to one, and cells in which something
// stands. Rows below of which nobody wants to see a cell may stay where they are.
func (b *book) openSheet(s sheetPart, until int, wanted func(style int) bool) (*sheetEdit, error) {
	last := 0
	d, err := b.DocumentUntil(s.part, opc.Spreadsheet, "sheetData", func(row *opc.Scanner) (kept bool, err error) {
		last++
		if n, err := row.Attr("r"); err == nil {
			if n, err := strconv.Atoi(n); err == nil {
				last = n
			}
		}
		kept = last <= until+boxRows
		err = row.Children(func() error {
			style, err := row.Attr("s")
			n, _ := strconv.Atoi(style) // the first is meant where it is none
			kept = kept || style != "" && wanted(n)
			if err != nil || kept || row.Empty() {
				return err
			}
			return row.Children(func() error { kept = true; return nil })
		})
		return kept, err
	})
	if err != nil {
		return nil, err
	}
	ed := &sheetEdit{Document: d, book: b, sheet: s, merges: map[place]xlsx.Range{}, size: newSizes()}
	b.protection[s.name] = ""
	for c := range d.Root.Children() {
		switch c.Name() {
		case "sheetData":
			ed.data = c
		case "sheetProtection":
			b.protection[s.name] = c.Fragment()
		case "sheetFormatPr":
			ed.size.defaults(c)
		case "cols":
			ed.size.columns(c)
		case "mergeCells":
			for m := range c.Children() {
				if r, ok := xlsx.ParseArea(m.Attr("ref")); ok {
					ed.merges[place{r.FirstRow, r.FirstCol}] = r
				}
			}
		}
	}
	if !ed.data.Exists() {
		return nil, errDamaged
	}
	return ed, nil
}

// walk calls cell for each cell of the rows named, of all rows for nil, and puts
// what missing returns in the places that have no cell; style is the one that an
// empty cell has there.
func (s *sheetEdit) walk(rows func(n int) bool, places []place, cell func(at place, c opc.Element), missing func(at place, style int) string) {
	w := cellWalk{s, slices.SortedFunc(slices.Values(places), comparePlaces), cell, missing}
	last := 0
	for row := range s.data.Children() {
		if row.Name() != "row" {
			continue
		}
		last = row.Int("r", last+1)
		if text := w.rows(last); text != "" {
			s.Before(row, text)
		}
		s.size.row(last, row)
		if rows == nil || rows(last) {
			w.row(last, row)
		}
	}
	if text := w.rows(math.MaxInt); text != "" {
		s.Append(s.data, text)
	}
}

func comparePlaces(a, b place) int { return cmp.Or(a.row-b.row, a.col-b.col) }

// cellWalk is one walk over the cells.
type cellWalk struct {
	*sheetEdit
	left    []place // in order, those that the walk has not come to
	cell    func(at place, c opc.Element)
	missing func(at place, style int) string
}

// rows returns new rows for the places that are left above a row.
func (w *cellWalk) rows(before int) opc.Fragment {
	var text opc.Fragment
	for len(w.left) > 0 && w.left[0].row < before {
		row := w.left[0].row
		text += fragment(`<row r="%d">`, row) + w.cells(place{row, math.MaxInt}, -1) + "</row>"
	}
	return text
}

// cells returns new cells for the places that are left before one in its row.
func (w *cellWalk) cells(before place, rowStyle int) opc.Fragment {
	var text opc.Fragment
	for len(w.left) > 0 && w.left[0].row == before.row && w.left[0].col < before.col {
		style := rowStyle
		if style < 0 {
			style = w.size.style(w.left[0].col)
		}
		text += opc.Fragment(w.missing(w.left[0], style))
		w.left = w.left[1:]
	}
	return text
}

// row walks over the cells of a row.
func (w *cellWalk) row(n int, row opc.Element) {
	rowStyle := -1
	if opc.IsTrue(row.Attr("customFormat")) {
		rowStyle = row.Int("s", 0)
	}
	inserted, at := false, place{n, 0}
	for c := range row.Children() {
		if c.Name() != "c" {
			continue
		}
		at.col++
		if ref := c.Attr("r"); ref != "" {
			at = placeOf(ref)
		}
		if text := w.cells(at, rowStyle); text != "" {
			w.Before(c, text)
			inserted = true
		}
		if len(w.left) > 0 && w.left[0] == at {
			w.left = w.left[1:]
		}
		w.cell(at, c)
	}
	if text := w.cells(place{n, math.MaxInt}, rowStyle); text != "" {
		w.Append(row, text)
		inserted = true
	}
	if inserted { // it is a hint, which no longer fits
		w.SetAttr(row, "spans", "")
	}
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

// nobody wants to see a cell for its style.
func nobody(int) bool { return false }

// mark takes our fills off the cells, and lays new ones over those named.
func (s *sheetEdit) mark(fills map[string]Severity, old, now *record) {
	m := &marker{sheetEdit: s, old: old, now: now, areas: map[int][]area{}, marked: s.book.isMarked(old)}
	places := map[place]Severity{}
	for ref, severity := range fills {
		at := placeOf(ref)
		r, merged := s.merges[at]
		if !merged {
			r = xlsx.Range{FirstRow: at.row, FirstCol: at.col, LastRow: at.row, LastCol: at.col}
		}
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
	s.walk(rows, slices.Collect(maps.Keys(places)), m.cell, func(at place, style int) string {
		ref := xlsx.Ref(at.row, at.col)
		return emptyCell(ref, m.style(ref, style, places[at]))
	})
}

// cell takes a mark off a cell and puts the new one on.
func (m *marker) cell(at place, c opc.Element) {
	was := c.Int("s", 0)
	ref := xlsx.Ref(at.row, at.col)
	style := m.original(ref, was)
	for _, a := range slices.Concat(m.tall, m.areas[at.row]) {
		if a.Contains(at.row, at.col) {
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
	f, ok := m.old.fills[cellKey{m.sheet.name, ref}]
	if !ok || !isFill(f) { // moved since: what was below is not known
		f = cellFill{`<fill><patternFill patternType="none"/></fill>`, ""}
	}
	return m.book.styles.withFill(style, f)
}

// style returns a style with a mark over it, and notes what is below.
func (m *marker) style(ref string, style int, s Severity) int {
	m.now.addFill(cellKey{m.sheet.name, ref}, m.book.styles.fillOf(style))
	return m.book.styles.withFill(style, markFill(s))
}
