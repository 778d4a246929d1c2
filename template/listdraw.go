package template

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// listColumn is a column of a list that we draw.
type listColumn struct {
	name   string
	width  float64 // in characters
	style  string  // of listStyles
	prompt string  // what to fill in, shown at the cells
	list   []string
}

// listStyles are the styles of our lists, by what they are for.
var listStyles = map[string]func(*excelize.Style){
	"title": func(s *excelize.Style) {
		s.Font.Size, s.Font.Bold, s.Border = 16, true, nil
	},
	"note":   func(s *excelize.Style) { s.Border, s.Alignment.Horizontal = nil, "left" },
	"head":   func(s *excelize.Style) { s.Font.Bold = true; s.Fill = solid("DDEBF7") },
	"must":   func(s *excelize.Style) { s.Font.Bold = true; s.Fill = solid("FFF2CC") },
	"text":   func(s *excelize.Style) { s.Alignment.Horizontal, s.NumFmt = "left", textFormat },
	"center": func(*excelize.Style) {},
	"money":  func(s *excelize.Style) { s.Alignment.Horizontal, s.CustomNumFmt = "right", new("#,##0.00####") },
	"link": func(s *excelize.Style) {
		s.Alignment.Horizontal, s.Font.Color, s.Font.Underline = "left", "0563C1", "single"
	},
}

const (
	textFormat = 49 // @
	listFont   = "宋体"
	listSize   = 10.0
)

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// listBook is a workbook of lists on its way. The first error stays.
type listBook struct {
	f      *excelize.File
	styles map[string]int
	err    error
}

func newListBook() *listBook {
	b := &listBook{f: excelize.NewFile(), styles: map[string]int{}}
	b.try(b.f.SetDefaultFont(listFont))
	for _, name := range keys(listStyles) {
		s := &excelize.Style{
			Font:      &excelize.Font{Family: listFont, Size: listSize},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		}
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: "BFBFBF"})
		}
		listStyles[name](s)
		id, err := b.f.NewStyle(s)
		b.try(err)
		b.styles[name] = id
	}
	return b
}

func (b *listBook) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// bytes returns the workbook.
func (b *listBook) bytes() ([]byte, error) {
	defer b.f.Close()
	if b.err != nil {
		return nil, b.err
	}
	return sheet.Bytes(b.f, nil)
}

// listSheet is one sheet of a list.
type listSheet struct {
	*listBook
	name    string
	columns []listColumn
	head    int // its row
	row     int // the last one
}

// sheet adds a sheet with a title, notes and the head of a list. must are the
// columns that have to be filled in.
func (b *listBook) sheet(name, title string, notes []string, columns []listColumn, must ...string) *listSheet {
	s := &listSheet{listBook: b, name: name, columns: columns}
	if first := b.f.GetSheetName(0); len(b.f.GetSheetList()) == 1 && first == "Sheet1" {
		b.try(b.f.SetSheetName(first, name))
	} else {
		_, err := b.f.NewSheet(name)
		b.try(err)
	}
	for i, c := range columns {
		b.try(b.f.SetColWidth(name, columnName(i+1), columnName(i+1), c.width))
	}
	s.wide(title, "title", 30)
	for _, n := range notes {
		s.wide(n, "note", 18)
	}
	s.row++
	s.head = s.row
	for i, c := range columns {
		style := "head"
		if slices.Contains(must, c.name) {
			style = "must"
		}
		s.text(i+1, style, c.name)
	}
	b.try(b.f.SetRowHeight(name, s.head, 32))
	b.try(b.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: s.head, TopLeftCell: xlsx.Ref(s.head+1, 1), ActivePane: "bottomLeft"}))
	return s
}

// wide writes a line over all columns.
func (s *listSheet) wide(text, style string, height float64) {
	s.row++
	last := xlsx.Ref(s.row, len(s.columns))
	s.text(1, style, text)
	s.try(s.f.MergeCell(s.name, xlsx.Ref(s.row, 1), last))
	s.try(s.f.SetCellStyle(s.name, xlsx.Ref(s.row, 1), last, s.styles[style]))
	s.try(s.f.SetRowHeight(s.name, s.row, height))
}

// text writes a cell of the last row.
func (s *listSheet) text(col int, style, text string) {
	ref := xlsx.Ref(s.row, col)
	s.try(s.f.SetCellStyle(s.name, ref, ref, s.styles[style]))
	if text != "" {
		s.try(sheet.SetText(s.f, s.name, ref, text))
	}
}

// add writes a row: texts, numbers, or nil.
func (s *listSheet) add(values ...any) {
	s.row++
	height := 20.0
	for i, c := range s.columns {
		switch v := values[i].(type) {
		case float64:
			s.text(i+1, c.style, "")
			s.try(s.f.SetCellFloat(s.name, xlsx.Ref(s.row, i+1), v, -1, 64))
		case string:
			s.text(i+1, c.style, v)
			height = max(height, xlsx.TextHeight(v, listSize, c.width))
		default:
			s.text(i+1, c.style, "")
		}
	}
	s.try(s.f.SetRowHeight(s.name, s.row, min(height, xlsx.MaxRowHeight)))
}

// page sets up the print: A4 landscape, as wide as the paper, the head on every
// page.
func (s *listSheet) page() {
	s.try(s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	s.try(s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: new(paperSizes["A4"]), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0),
	}))
	s.try(s.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: new(0.4), Right: new(0.4), Top: new(0.6), Bottom: new(0.6), Header: new(0.3), Footer: new(0.3), Horizontally: new(true),
	}))
	s.try(s.f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}))
	s.try(s.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, s.head, s.head),
	}))
}

// finish lets the rows be filtered, and sets up the print: the filter would take
// the fitting to the page away.
func (s *listSheet) finish() {
	s.try(s.f.AutoFilter(s.name, xlsx.Ref(s.head, 1)+":"+xlsx.Ref(max(s.row, s.head+1), len(s.columns)), nil))
	s.page()
}
