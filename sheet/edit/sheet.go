package edit

import (
	"strconv"

	"ziping/sheet/opc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Sheet is a worksheet that is being changed.
type Sheet struct {
	*opc.Document
	Merges     map[Place]xlsx.Range // by their first cells
	Sizes      Sizes
	Protection opc.Fragment // empty where it is not protected

	part string
	data opc.Element // sheetData
}

// Place is a cell's row and column, from 1.
type Place struct{ Row, Col int }

// PlaceOf returns the place of a cell, or of the first of an area.
func PlaceOf(ref string) Place {
	r, _ := xlsx.ParseRange(ref)
	return Place{r.FirstRow, r.FirstCol}
}

// below is how many rows below those that are to be changed are seen.
const below = 500

// Sheet opens a sheet to change its rows down to one, and cells in which something
// stands. Rows below of which nobody wants to see a cell for its style may stay where
// they are; nil wants none.
func (b *Book) Sheet(part string, until int, wanted func(style int) bool) (*Sheet, error) {
	last := 0
	d, err := b.DocumentUntil(part, opc.Spreadsheet, "sheetData", func(row *opc.Scanner) (kept bool, err error) {
		last++
		if n, err := row.Attr("r"); err == nil {
			if n, err := strconv.Atoi(n); err == nil {
				last = n
			}
		}
		kept = last <= until+below
		err = row.Children(func() error {
			style, err := row.Attr("s")
			n, _ := strconv.Atoi(style) // the first is meant where it is none
			kept = kept || style != "" && wanted != nil && wanted(n)
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
	s := &Sheet{Document: d, Merges: map[Place]xlsx.Range{}, Sizes: newSizes(), part: part}
	for c := range d.Root.Children() {
		switch c.Name() {
		case "sheetData":
			s.data = c
		case "sheetProtection":
			s.Protection = c.Fragment()
		case "sheetFormatPr":
			s.Sizes.defaults(c)
		case "cols":
			s.Sizes.columns(c)
		case "mergeCells":
			for m := range c.Children() {
				if r, ok := xlsx.ParseArea(m.Attr("ref")); ok {
					s.Merges[Place{r.FirstRow, r.FirstCol}] = r
				}
			}
		}
	}
	if !s.data.Exists() {
		return nil, ErrDamaged
	}
	return s, nil
}

// Area returns the cells that the cell at a place covers.
func (s *Sheet) Area(at Place) xlsx.Range {
	if r, ok := s.Merges[at]; ok {
		return r
	}
	return xlsx.Range{FirstRow: at.Row, FirstCol: at.Col, LastRow: at.Row, LastCol: at.Col}
}

// SaveSheet puts a changed sheet into its place.
func (b *Book) SaveSheet(s *Sheet) error { return b.Save(s.part, s.Document) }

// TextCell returns a cell that holds a text, a text whatever it looks like.
func TextCell(ref string, style int, text string) string {
	return `<c r="` + ref + `" s="` + strconv.Itoa(style) + `" t="inlineStr"><is><t xml:space="preserve">` + opc.Escape(xlsx.Escape(text)) + `</t></is></c>`
}

// NumberCell returns a cell that holds a number.
func NumberCell(ref string, style int, v float64) string {
	return `<c r="` + ref + `" s="` + strconv.Itoa(style) + `"><v>` + quantity.FormatNumber(v) + `</v></c>`
}

// EmptyCell returns a cell that holds nothing.
func EmptyCell(ref string, style int) string {
	return `<c r="` + ref + `" s="` + strconv.Itoa(style) + `"/>`
}
