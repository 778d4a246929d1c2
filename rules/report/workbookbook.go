package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// book is a workbook of lists on its way: each of its pages is streamed, so that
// memory holds no more than the rows that wait to be written.
type book struct {
	f      *excelize.File
	styles map[look]int
}

// bookFont is what Excel and WPS have everywhere in China.
const bookFont = "宋体"

// newBook begins a workbook with these sheets. Whatever goes over all sheets is
// done now, while they are empty: excelize would read them back from where they
// were streamed to.
func newBook(sheets ...string) (*book, error) {
	b := &book{excelize.NewFile(), map[look]int{}}
	for i, name := range sheets {
		var err error
		if i == 0 {
			err = b.f.SetSheetName("Sheet1", name)
		} else {
			_, err = b.f.NewSheet(name)
		}
		if err != nil {
			return b, err
		}
	}
	b.f.SetActiveSheet(0)
	return b, errors.Join(b.f.SetDefaultFont(bookFont), sheet.MarkList(b.f))
}

// bytes returns the workbook: what is the same is the same bytes.
func (b *book) bytes() ([]byte, error) {
	types := b.f.ContentTypes.Defaults // excelize adds to them in the order of a map
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newSortedZip(w) })
	all, err := b.f.WriteToBuffer()
	return all.Bytes(), err
}

// look is how a cell looks.
type look struct {
	align       string // center where empty
	format      string // of numbers
	color, fill string
	size        float64 // 10 where 0
	bold        bool
	link        bool
	bare        bool // without lines around it
}

// The looks of what stands in the lists.
var (
	titleLook  = look{align: "left", size: 16, bold: true, bare: true}
	noteLook   = look{align: "left", color: "595959", bare: true}
	headLook   = look{bold: true, fill: "DDEBF7"}
	centerLook = look{}
	textLook   = look{align: "left"}
	linkLook   = look{align: "left", color: "0563C1", link: true}
	countLook  = look{align: "right", format: "#,##0"}
	moneyLook  = look{align: "right", format: "#,##0.00"}
	scoreLook  = look{align: "right", format: "0.00"}
	rateLook   = look{align: "right", format: "0.00%"}
)

// total is the look of a total in a column of that look.
func (l look) total() look {
	l.bold, l.fill = true, "F2F2F2"
	return l
}

// inColor is the look in another colour.
func (l look) inColor(color string) look {
	l.color, l.bold = color, true
	return l
}

// style returns the style of cells that look so.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	id, err := b.f.NewStyle(l.style())
	b.styles[l] = id
	return id, err
}

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: bookFont, Size: 10, Bold: l.bold, Color: l.color},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: !l.bare},
	}
	if l.align != "" {
		s.Alignment.Horizontal = l.align
	}
	if l.size != 0 {
		s.Font.Size = l.size
	}
	if l.link {
		s.Font.Underline = "single"
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.fill != "" {
		s.Fill = solid(l.fill)
	}
	if !l.bare {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: "BFBFBF"})
		}
	}
	return s
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// column is one column of a list.
type column struct {
	name  string
	width float64 // in characters
	look  look
}

// Where things stand on a page.
const (
	headRow  = 3 // below a title and a line of totals or a note
	firstRow = headRow + 1
)

// Heights in points.
const (
	rowHeight  = 16.5
	lineHeight = 13.0
	tallest    = 409.0 // that Excel knows
)

// listPage is one list: a title, a line of totals or a note, the head, the rows.
type listPage struct {
	*book
	name    string
	columns []column
	out     *excelize.StreamWriter
	row     int // the last
}

// sheet begins a sheet, for A4 across and as wide as the paper.
func (b *book) sheet(name string) (*excelize.StreamWriter, error) {
	if _, err := b.f.NewSheet(name); err != nil { // nothing where it is there
		return nil, err
	}
	const a4 = 9
	margin, narrow := 0.4, 0.3 // inches
	for _, err := range []error{
		b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true), DefaultRowHeight: new(rowHeight), CustomHeight: new(true)}),
		b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: new(a4), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0)}),
		b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
			Left: &margin, Right: &margin, Top: new(0.5), Bottom: new(0.6), Header: &narrow, Footer: &narrow, Horizontally: new(true),
		}),
		b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C&A　第 &P 页，共 &N 页"}),
	} {
		if err != nil {
			return nil, err
		}
	}
	return b.f.NewStreamWriter(name)
}

// page begins a list. above is what stands between its title and its head.
func (b *book) page(name, title string, columns []column, above ...any) (*listPage, error) {
	out, err := b.sheet(name)
	if err != nil {
		return nil, err
	}
	p := &listPage{book: b, name: name, columns: columns, out: out}
	for i, c := range columns {
		if err := out.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = shown{headLook, c.name}
	}
	for _, err := range []error{
		out.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: xlsx.Ref(firstRow, 1), ActivePane: "bottomLeft"}),
		b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", name, headRow, headRow)}),
		p.write(28, shown{titleLook, title}),
		p.write(20, above...),
		p.write(32, head...),
	} {
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// What may stand in a cell besides texts, numbers and nil.
type (
	// shown is a value in another look than its column's.
	shown struct {
		look  look
		value any
	}
	// formula has its value with it, for programs that do not calculate.
	formula struct {
		text  string
		value any // a number or a text
	}
	// link is a text that opens a file.
	link struct{ target, text string }
)

// add writes a row, as tall as its texts need: not every program looks after that
// when it opens a workbook.
func (p *listPage) add(values ...any) error {
	lines := 1
	for i, v := range values {
		if s, ok := v.(shown); ok {
			v = s.value
		}
		if l, ok := v.(link); ok {
			v = l.shown()
		}
		if s, ok := v.(string); ok {
			lines = max(lines, linesOf(s, p.columns[i].width))
		}
	}
	return p.write(min(tallest, rowHeight+float64(lines-1)*lineHeight), values...)
}

// linesOf returns how many lines a text takes in a column.
func linesOf(s string, width float64) int {
	lines := 0
	for line := range strings.SplitSeq(s, "\n") {
		lines += max(1, int(math.Ceil(float64(columns(line))/(width-1))))
	}
	return lines
}

func (p *listPage) write(height float64, values ...any) error {
	cells := make([]any, len(values))
	for i, v := range values {
		l := p.columns[i].look
		if s, ok := v.(shown); ok {
			l, v = s.look, s.value
		}
		c, err := p.cell(l, v)
		if err != nil {
			return err
		}
		cells[i] = c
	}
	p.row++
	return p.out.SetRow(xlsx.Ref(p.row, 1), cells, excelize.RowOpts{Height: height})
}

// cell returns a cell. A text is one whatever it looks like: only a formula is
// written as a formula.
func (b *book) cell(l look, v any) (c excelize.Cell, err error) {
	switch v := v.(type) {
	case formula:
		c.Formula, c.Value = v.text, v.value
	case link:
		c.Value = v.shown()
		if c.Formula = v.formula(); c.Formula == "" {
			l.link, l.color = false, ""
		}
	case string:
		c.Value = cellText(v)
	default:
		c.Value = v
	}
	switch v := c.Value.(type) {
	case float64:
		c.Value = nil
		if !math.IsNaN(v) {
			c.Value = quantity.Round(v, 15) // the digits that a spreadsheet keeps
		}
	case string:
		if v == "" && c.Formula == "" {
			c.Value = nil
		}
	}
	c.StyleID, err = b.style(l)
	return c, err
}

// cells returns the cells of a column's rows, as formulas name them.
func (p *listPage) cells(name string) string { return cells(p.name, p.columns, name, p.row) }

// cells returns the cells of a column of a list whose last row is known.
func cells(page string, columns []column, name string, last int) string {
	at := letter(indexOf(columns, name) + 1)
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", page, at, firstRow, at, max(last, firstRow))
}

func indexOf(columns []column, name string) int {
	for i, c := range columns {
		if c.name == name {
			return i
		}
	}
	panic("no column " + name)
}

// letter names a column as Excel does.
func letter(col int) string {
	name, _ := excelize.ColumnNumberToName(col) // fails beyond 16,384 columns
	return name
}

// close ends a list, whose rows can be filtered from then on.
func (p *listPage) close() error {
	if err := p.f.AutoFilter(p.name, fmt.Sprintf("A%d:%s", headRow, xlsx.Ref(max(p.row, firstRow), len(p.columns))), nil); err != nil {
		return err
	}
	return p.out.Flush()
}
