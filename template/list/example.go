package list

import (
	_ "embed"
	"strings"
	"sync"

	"ziping/sheet/strict"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/book"
)

//go:embed example.toml
var exampleTOML string

// example is what example.toml has.
var example = sync.OnceValue(func() (e struct {
	Lists []exampleList `toml:"list"`
	Notes []struct {
		About, Text string
	} `toml:"note"`
}) {
	strict.BuiltIn("template/list/example.toml", exampleTOML, &e)
	return e
})

type exampleList struct {
	Name, Title, Note string
	Columns           []exampleColumn `toml:"column"`
	Example           struct{ Rows [][]any }
}

type exampleColumn struct {
	Name   string
	Width  float64
	Look   string
	Prompt string
	Must   bool
	OneOf  []string `toml:"one_of"`
}

// exampleRows is how many rows of the example are prepared for filling in.
const exampleRows = 200

// The looks of cells that are typed into. A text stays one, whatever is typed.
var (
	typedLook = book.Look{Align: "left", Format: "@"}
	moneyLook = book.Look{Align: "right", Format: "#,##0.00####"}
	mustLook  = book.Look{Bold: true, Fill: "FFE699"}
)

var exampleLooks = map[string]book.Look{"center": book.CenterLook, "text": typedLook, "money": moneyLook}

const noteSheet = "说明"

// Example draws a project list with two projects, to be filled in: sheets 项目,
// 指标 and 说明. Read reads it as it is.
func Example() ([]byte, error) {
	var names []string
	for _, l := range example().Lists {
		names = append(names, l.Name)
	}
	b := book.New(book.Properties{Title: "项目清单"}, append(names, noteSheet)...)
	defer b.Close()
	for _, l := range example().Lists {
		l.draw(b)
	}
	explain(b)
	return b.Bytes()
}

func (l *exampleList) draw(b *book.Book) {
	var columns []book.Column
	for _, c := range l.Columns {
		column := book.Column{Name: c.Name, Width: c.Width, Look: exampleLooks[c.Look]}
		if c.Must {
			column.Head = mustLook
		}
		columns = append(columns, column)
	}
	p := b.NewList(book.List{Sheet: l.Name, Title: l.Title, Columns: columns, Above: []any{book.Shown{Look: book.NoteLook, Value: l.Note}}})
	for _, row := range l.Example.Rows {
		p.Add(row...)
	}
	for p.LastRow() < book.HeadRow+exampleRows {
		p.Add()
	}
	for _, c := range l.Columns {
		p.Validate(c.Name, c.validation())
	}
	p.Close()
}

// validation says at each cell of a column what belongs there.
func (c *exampleColumn) validation() *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.SetInput(c.Name, c.Prompt)
	switch {
	case len(c.OneOf) > 0:
		v.Type, v.Formula1 = "list", `"`+strings.Join(c.OneOf, ",")+`"`
		v.SetError(excelize.DataValidationErrorStyleWarning, c.Name, "一般为"+strings.Join(c.OneOf, "、")+"。确定要填写别的内容吗？")
	case c.Look == "money":
		v.Type, v.Operator, v.Formula1 = "decimal", "greaterThanOrEqual", "0"
		v.SetError(excelize.DataValidationErrorStyleStop, c.Name, "应为不小于 0 的数字。")
	}
	return v
}

// explain adds the sheet 说明.
func explain(b *book.Book) {
	p := b.NewList(book.List{Sheet: noteSheet, Title: "怎样填写项目清单", Columns: []book.Column{
		{Name: "工作表", Width: 10}, {Name: "列", Width: 22, Look: book.TextLook}, {Name: "填写什么", Width: 88, Look: book.TextLook},
	}})
	for _, l := range example().Lists {
		for _, c := range l.Columns {
			p.Add(l.Name, c.Name, c.Prompt)
		}
	}
	for _, n := range example().Notes {
		p.Add(noteSheet, n.About, n.Text)
	}
	p.Close()
}
