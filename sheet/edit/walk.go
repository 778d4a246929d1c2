package edit

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"ziping/sheet/opc"
)

// Rows yields the rows that are there, by their numbers.
func (s *Sheet) Rows() iter.Seq2[int, opc.Element] {
	return func(yield func(int, opc.Element) bool) {
		last := 0
		for row := range s.data.Children() {
			if row.Name() != "row" {
				continue
			}
			last = row.Int("r", last+1)
			s.Sizes.row(last, row)
			if !yield(last, row) {
				return
			}
		}
	}
}

// Walk calls cell for each cell of the rows named, of all rows for nil, and puts
// what missing returns in the places that have no cell; style is the one that an
// empty cell has there.
func (s *Sheet) Walk(rows func(n int) bool, places []Place, cell func(at Place, c opc.Element), missing func(at Place, style int) string) {
	w := cellWalk{s, slices.SortedFunc(slices.Values(places), ComparePlaces), cell, missing}
	for n, row := range s.Rows() {
		if text := w.rows(n); text != "" {
			s.Before(row, text)
		}
		if rows == nil || rows(n) {
			w.row(n, row)
		}
	}
	if text := w.rows(math.MaxInt); text != "" {
		s.Append(s.data, text)
	}
}

// ComparePlaces orders places by rows, then columns.
func ComparePlaces(a, b Place) int { return cmp.Or(a.Row-b.Row, a.Col-b.Col) }

// cellWalk is one walk over the cells.
type cellWalk struct {
	*Sheet
	left    []Place // in order, those that the walk has not come to
	cell    func(at Place, c opc.Element)
	missing func(at Place, style int) string
}

// rows returns new rows for the places that are left above a row.
func (w *cellWalk) rows(before int) opc.Fragment {
	var text opc.Fragment
	for len(w.left) > 0 && w.left[0].Row < before {
		row := w.left[0].Row
		text += opc.Fragment(fmt.Sprintf(`<row r="%d">`, row)) + w.cells(Place{row, math.MaxInt}, -1) + "</row>"
	}
	return text
}

// cells returns new cells for the places that are left before one in its row.
func (w *cellWalk) cells(before Place, rowStyle int) opc.Fragment {
	var text opc.Fragment
	for len(w.left) > 0 && w.left[0].Row == before.Row && w.left[0].Col < before.Col {
		style := rowStyle
		if style < 0 {
			style = w.Sizes.style(w.left[0].Col)
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
	inserted, at := false, Place{n, 0}
	for c := range row.Children() {
		if c.Name() != "c" {
			continue
		}
		at.Col++
		if ref := c.Attr("r"); ref != "" {
			at = PlaceOf(ref)
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
	if text := w.cells(Place{n, math.MaxInt}, rowStyle); text != "" {
		w.Append(row, text)
		inserted = true
	}
	if inserted { // it is a hint, which no longer fits
		w.SetAttr(row, "spans", "")
	}
}
