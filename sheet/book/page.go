package book

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// Column is one column of a list.
type Column struct {
	Name  string
	Width float64 // in characters
	Look  Look
	Head  Look // of its name; HeadLook where none
}

// Where things stand in a list.
const (
	HeadRow  = 3 // below a title and a line of totals or a note
	FirstRow = HeadRow + 1
)

// MaxRows is how many rows a sheet has.
const MaxRows = 1 << 20

// List says what a list is.
type List struct {
	Sheet, Title string
	Above        []any // what stands between its title and its head
	Columns      []Column
	Frozen       string // the last column that stays in sight, "" for none
}

// ListWriter is a list on its way: a title, a line of totals or a note, the head, the
// rows.
type ListWriter struct {
	*Sheet
	columns []Column
	row     int // the last
}

// NewList begins a list. Close it.
func (b *Book) NewList(l List) *ListWriter {
	p := &ListWriter{Sheet: b.Sheet(l.Sheet), columns: l.Columns}
	head := make([]any, len(l.Columns))
	frozen := 0
	for i, c := range l.Columns {
		p.Width(i+1, c.Width)
		if c.Head == (Look{}) {
			c.Head = HeadLook
		}
		head[i] = Shown{c.Head, c.Name}
		if c.Name == l.Frozen {
			frozen = i + 1
		}
	}
	p.freeze(frozen)
	p.define("_xlnm.Print_Titles", fmt.Sprintf("$%d:$%d", HeadRow, HeadRow))
	p.write(28, []any{Shown{TitleLook, l.Title}})
	p.write(20, l.Above)
	p.write(32, head)
	return p
}

// freeze keeps the head in sight, and so many columns, and puts the cursor on the
// first row.
func (p *ListWriter) freeze(columns int) {
	if p.err != nil {
		return
	}
	panes := excelize.Panes{Freeze: true, XSplit: columns, YSplit: HeadRow, TopLeftCell: xlsx.Ref(FirstRow, columns+1), ActivePane: "bottomLeft"}
	if columns > 0 {
		panes.ActivePane = "bottomRight"
		for _, pane := range []string{"topRight", "bottomLeft"} {
			panes.Selection = append(panes.Selection, excelize.Selection{Pane: pane})
		}
	}
	panes.Selection = append(panes.Selection, excelize.Selection{Pane: panes.ActivePane, ActiveCell: panes.TopLeftCell, SQRef: panes.TopLeftCell})
	p.try(p.out.SetPanes(&panes))
}

// Add writes a row, as tall as its texts need: not every program looks after that
// when it opens a workbook. What is left out at the end is empty.
func (p *ListWriter) Add(values ...any) {
	height := rowHeight
	for i, v := range values {
		if text := textOf(v); text != "" {
			c := p.columns[i]
			height = max(height, xlsx.TextHeight(text, c.Look.size(), c.Width))
		}
	}
	row := make([]any, len(p.columns))
	copy(row, values)
	p.write(min(xlsx.MaxRowHeight, height), row)
}

func (p *ListWriter) write(height float64, values []any) {
	p.row++
	if p.row > MaxRows {
		p.try(fmt.Errorf("工作表“%s”要写的超过 Excel 一张工作表的 %d 行，请分成几批做", p.name, MaxRows))
	}
	if p.err != nil {
		return
	}
	p.rows.begin(p.row, height)
	for i, v := range values {
		s, ok := v.(Shown)
		if !ok {
			s = Shown{p.columns[i].Look, v}
		}
		p.rows.cell(p.row, i+1, p.cell(s.Look, s.Value))
	}
	p.try(p.rows.end())
}

// LastRow is the row that was written last.
func (p *ListWriter) LastRow() int { return p.row }

// Cells returns the cells of a column's rows, as formulas name them.
func (p *ListWriter) Cells(name string) string { return Cells(p.name, p.columns, name, p.row) }

// Validate says what may be typed into the rows of a column.
func (p *ListWriter) Validate(name string, v *excelize.DataValidation) {
	if p.err != nil {
		return
	}
	at := Letter(Index(p.columns, name) + 1)
	v.Sqref = fmt.Sprintf("%s%d:%s%d", at, FirstRow, at, max(p.row, FirstRow))
	p.try(p.f.AddDataValidation(p.name, v))
}

// Close ends the list, whose rows can be filtered from then on.
func (p *ListWriter) Close() {
	if p.err == nil {
		p.try(p.f.AutoFilter(p.name, fmt.Sprintf("A%d:%s", HeadRow, xlsx.Ref(max(p.row, FirstRow), len(p.columns))), nil))
	}
	p.Sheet.Close()
}

// Cells returns the cells of a column of a list whose last row is known.
func Cells(sheet string, columns []Column, name string, last int) string {
	at := Letter(Index(columns, name) + 1)
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, at, FirstRow, at, max(last, FirstRow))
}

// Index returns which of the columns has the name.
func Index(columns []Column, name string) int {
	for i, c := range columns {
		if c.Name == name {
			return i
		}
	}
	panic("no column " + name)
}
