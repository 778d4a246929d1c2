// Package book writes workbooks that are lists: what was issued, the example of a
// project list, the summary. They look alike, print alike, are known as ours, and
// what is the same is the same bytes. Its Bytes makes of any workbook of excelize
// one that every program opens.
package book

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// Book is a workbook of lists on its way: its sheets are streamed, so that memory
// holds no more than the rows that wait to be written. The first error stays, and
// nothing is done after it.
type Book struct {
	f      *excelize.File
	styles map[Look]int
	rows   map[string]*rows // by sheet
	err    error
}

// New begins a workbook with these sheets. Whatever goes over all sheets is done
// now, while they are empty: excelize would read them back from where they were
// streamed to. Close it.
func New(p Properties, sheets ...string) *Book {
	b := &Book{f: excelize.NewFile(), styles: map[Look]int{}, rows: map[string]*rows{}}
	b.try(b.f.SetSheetName(b.f.GetSheetName(0), sheets[0]))
	for _, name := range sheets[1:] {
		_, err := b.f.NewSheet(name)
		b.try(err)
	}
	b.f.SetActiveSheet(0)
	b.try(b.f.SetDefaultFont(Font))
	b.Describe(p)
	return b
}

// Describe sets what the workbook says of itself.
func (b *Book) Describe(p Properties) { p.Set(b.f) }

// mark marks the workbook as one of our own: see Marked.
func (b *Book) Mark() { b.try(mark(b.f)) }

// Before puts a sheet before another one.
func (b *Book) Before(name, other string) {
	if b.err == nil {
		b.try(b.f.MoveSheet(name, other))
	}
}

// Err returns the first error.
func (b *Book) Err() error { return b.err }

// Close gives back what the workbook has taken.
func (b *Book) Close() error {
	for _, r := range b.rows {
		r.Close()
	}
	return b.f.Close()
}

// Bytes returns the workbook, when all its sheets are closed.
func (b *Book) Bytes() ([]byte, error) {
	var all bytes.Buffer
	err := b.Write(&all)
	return all.Bytes(), err
}

// Write writes the workbook, when all its sheets are closed.
func (b *Book) Write(w io.Writer) error {
	if b.err != nil {
		return b.err
	}
	return write(w, b.f, changes{rows: b.parts()})
}

// parts returns the rows by the parts of their sheets.
func (b *Book) parts() map[string]*rows {
	parts := map[string]*rows{}
	for id, name := range b.f.GetSheetMap() {
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", id)] = b.rows[name]
	}
	return parts
}

func (b *Book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// style returns the style of cells that look so.
func (b *Book) style(l Look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	id, err := b.f.NewStyle(l.style())
	b.try(err)
	b.styles[l] = id
	return id
}

// Sheet is a sheet that is written row by row, for A4 across and as wide as the
// paper.
type Sheet struct {
	*Book
	name string
	out  *excelize.StreamWriter // of all but the rows
	rows *rows
}

// rowHeight is that of a row of one line, in points.
const rowHeight = 16.5

const a4 = 9

// Sheet begins a sheet. Close it.
func (b *Book) Sheet(name string) *Sheet {
	s := &Sheet{Book: b, name: name, rows: new(rows)}
	b.rows[name] = s.rows
	if b.err != nil {
		return s
	}
	if at, _ := b.f.GetSheetIndex(name); at < 0 {
		_, err := b.f.NewSheet(name)
		b.try(err)
	}
	narrow := 0.3 // inches
	b.try(b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true), DefaultRowHeight: new(rowHeight), CustomHeight: new(true)}))
	b.try(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: new(a4), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0)}))
	b.try(b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: new(0.4), Right: new(0.4), Top: new(0.5), Bottom: new(0.6), Header: &narrow, Footer: &narrow, Horizontally: new(true),
	}))
	b.try(b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C&A　第 &P 页，共 &N 页"}))
	b.try(IgnoreErrors(b.f, name))
	var err error
	s.out, err = b.f.NewStreamWriter(name)
	b.try(err)
	return s
}

// Width sets the width of a column, in characters, before the first row.
func (s *Sheet) Width(col int, characters float64) {
	if s.err == nil {
		s.try(s.out.SetColWidth(col, col, characters))
	}
}

// Row writes cells of a row from a column on, where one is given. Height is in
// points, 0 for what is usual.
func (s *Sheet) Row(row, col int, height float64, cells ...*Shown) {
	if s.err != nil {
		return
	}
	s.rows.begin(row, height)
	for i, c := range cells {
		if c != nil {
			s.rows.cell(row, col+i, s.cell(c.Look, c.Value))
		}
	}
	s.try(s.rows.end())
}

// Wide writes a cell over the columns of a row, from the first to the last.
func (s *Sheet) Wide(row, last int, height float64, cell Shown) {
	cells := make([]*Shown, last)
	for i := range cells {
		cells[i] = &Shown{Look: cell.Look}
	}
	cells[0] = &cell
	s.Row(row, 1, height, cells...)
	if s.err == nil {
		s.try(s.out.MergeCell(xlsx.Ref(row, 1), xlsx.Ref(row, last)))
	}
}

// Portrait prints the sheet upright.
func (s *Sheet) Portrait() {
	if s.err == nil {
		s.try(s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Orientation: new("portrait")}))
	}
}

// Chart draws a chart whose upper left corner stands in a cell.
func (s *Sheet) Chart(ref string, c *excelize.Chart) {
	if s.err == nil {
		s.try(s.f.AddChart(s.name, ref, c))
	}
}

// OnePage prints what stands to the left of a column and above a row, on one page.
func (s *Sheet) OnePage(row, col int) {
	s.define("_xlnm.Print_Area", fmt.Sprintf("$A$1:$%s$%d", Letter(col), row))
	s.try(s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{FitToHeight: new(1)}))
}

func (s *Sheet) define(name, cells string) {
	s.try(s.f.SetDefinedName(&excelize.DefinedName{Name: name, Scope: s.name, RefersTo: fmt.Sprintf("'%s'!%s", s.name, cells)}))
}

// Close ends the sheet.
func (s *Sheet) Close() {
	if s.err == nil {
		s.try(s.out.Flush())
	}
}

// Letter names a column as Excel does.
func Letter(col int) string {
	name, _ := excelize.ColumnNumberToName(col) // fails beyond 16,384 columns
	return name
}
