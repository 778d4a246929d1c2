package template

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// Layout is how a form is drawn: what is printed where, which cells the department
// fills in, and how the others follow. The files in layouts/ say it all; see
// layouts/shanghai.toml for the meaning of the keys.
type Layout struct {
	Name      string             `toml:"name,required"`
	Extends   strict.At[string]  `toml:"extends"`
	Form      strict.At[string]  `toml:"form"` // the form that is drawn; that of the title where nothing is said
	Title     string             `toml:"title"`
	Version   int                `toml:"version,required"`
	Sheet     string             `toml:"sheet"`
	Checks    *bool              `toml:"checks"`  // false leaves out the sheet 填报检查
	Columns   []float64          `toml:"columns"` // widths in characters
	Default   map[string]string  `toml:"default"` // values of the form where the project file gives none
	Page      PageSetup          `toml:"page"`
	Style     map[string]Style   `toml:"style"`
	Row       []Row              `toml:"row"`
	Edit      []Edit             `toml:"edit"` // of the rows of the layout that is extended
	Blank     []Blank            `toml:"blank"`
	Weights   map[string]float64 `toml:"weights"` // 分值 of a level 1 where its rows have none
	Highlight []Highlight        `toml:"highlight"`
	Input     map[string]Input   `toml:"input"`

	strict.Position `toml:"-"`

	file    string // for errors
	form    *sheet.Form
	builtIn bool
}

// PageSetup is the print setup. What it does not say is as in the layout that is extended.
type PageSetup struct {
	Paper       *string `toml:"paper"`
	Orientation *string `toml:"orientation"`
	Center      *bool   `toml:"center"`
	Margins     Margins `toml:"margins"`
	Footer      *string `toml:"footer"`

	strict.Position `toml:"-"`
}

// Margins of a page, in inches.
type Margins struct {
	Top    *float64 `toml:"top"`
	Bottom *float64 `toml:"bottom"`
	Left   *float64 `toml:"left"`
	Right  *float64 `toml:"right"`
	Header *float64 `toml:"header"`
	Footer *float64 `toml:"footer"`
}

// Style is how a cell looks. What it does not say is as in the style "base".
type Style struct {
	Font       *string  `toml:"font"`
	Size       *float64 `toml:"size"` // points
	Bold       *bool    `toml:"bold"`
	Color      *string  `toml:"color"` // RRGGBB
	Fill       *string  `toml:"fill"`  // RRGGBB
	Horizontal *string  `toml:"horizontal"`
	Vertical   *string  `toml:"vertical"`
	Wrap       *bool    `toml:"wrap"`
	Shrink     *bool    `toml:"shrink"` // to the width of the cell; not where it wraps
	Border     *Border  `toml:"border"`
	Format     *string  `toml:"format"` // a number format of Excel

	strict.Position `toml:"-"`
}

// Row is one row of the form. With Each it is drawn once for each 绩效指标, or each
// row of a list of the form's own; with Fund it holds that 资金来源; with List and Item
// the row of a list of the form's own whose first field says so.
type Row struct {
	Height float64 `toml:"height,required"` // points, at least
	Each   string  `toml:"each"`
	Blank  int     `toml:"blank"` // with Each, of a list: how many rows are drawn where the project file gives none
	Fund   string  `toml:"fund"`
	List   string  `toml:"list"`
	Item   string  `toml:"item"`
	Cells  []Cell  `toml:"cells,required"`

	strict.Position `toml:"-"`
}

// Edit changes one row of the layout that is extended: it puts a row after or before
// another, or in place of it, or takes it out. A row is known by a text, a field or a
// 资金来源 of it.
type Edit struct {
	After   strict.At[string] `toml:"after"`
	Before  strict.At[string] `toml:"before"`
	Replace strict.At[string] `toml:"replace"`
	Remove  strict.At[string] `toml:"remove"`
	Height  float64           `toml:"height"`
	Each    string            `toml:"each"`
	Blank   int               `toml:"blank"`
	Fund    string            `toml:"fund"`
	List    string            `toml:"list"`
	Item    string            `toml:"item"`
	Cells   []Cell            `toml:"cells"`

	strict.Position `toml:"-"`
}

// Cell is one cell of a row, merged over its columns and rows.
type Cell struct {
	At      string   `toml:"at,required"` // columns: "B" or "B:D"
	Rows    int      `toml:"rows"`
	Text    string   `toml:"text"`
	Field   string   `toml:"field"`
	Formula string   `toml:"formula"`
	Hide    string   `toml:"hide"`
	Default *float64 `toml:"default"`
	Style   string   `toml:"style,required"`
	Merge   bool     `toml:"merge"`  // over the rows below that say the same
	Weight  bool     `toml:"weight"` // print the 分值 of those rows with it

	strict.Position `toml:"-"`

	first, last int    // columns, from 1
	name        string // of the field, in full
}

// Blank is a group of rows in a form that is issued without its indicators.
type Blank struct {
	Level1 string `toml:"一级指标"`
	Level2 string `toml:"二级指标"`
	Rows   int    `toml:"rows,required"`
}

// Highlight lays a style over the cells of a field while a condition holds.
type Highlight struct {
	Field string `toml:"field,required"`
	When  string `toml:"when,required"`
	Style string `toml:"style,required"`

	strict.Position `toml:"-"`
}

// Input is what may be typed into the input cells of a field.
type Input struct {
	Type   string `toml:"type,required"` // text, decimal or whole
	Min    string `toml:"min"`           // a number or an expression; for text, of its length
	Max    string `toml:"max"`
	Prompt string `toml:"prompt,required"`
	Error  string `toml:"error,required"`

	strict.Position `toml:"-"`
}

// WantsChecks reports whether workbooks get the sheet 填报检查.
func (l *Layout) WantsChecks() bool { return l.Checks == nil || *l.Checks }

// block returns the block in which the unqualified fields of a row stand.
func (r *Row) block() string {
	switch {
	case r.Fund != "":
		return sheet.LabelFunds
	}
	return cmp.Or(r.Each, r.List)
}

// field returns the full name of a cell's field: 绩效指标.得分, 项目名称.
func (r *Row) field(c *Cell) string {
	if b := r.block(); b != "" && !strings.Contains(c.Field, ".") {
		return b + "." + c.Field
	}
	return c.Field
}

// columnRange parses "B" and "B:D".
func columnRange(at string) (first, last int, ok bool) {
	a, b, two := strings.Cut(at, ":")
	if !two {
		b = a
	}
	first, err1 := excelize.ColumnNameToNumber(a)
	last, err2 := excelize.ColumnNameToNumber(b)
	return first, last, err1 == nil && err2 == nil && last >= first
}

// part returns a part of the form without any value, whose fields stand in a block;
// nil where there is no such block.
func (l *Layout) part(block string) any {
	t := sheet.NewTable(l.form)
	switch block {
	case "":
		return t
	case sheet.LabelFunds:
		return new(t.NewFund())
	case sheet.LabelGoal:
		return &t.Goal
	case sheet.LabelIndicators:
		return new(t.NewIndicator())
	case sheet.LabelTotal:
		return &t.Total
	}
	if list := t.List(block); list != nil {
		return list.Add()
	}
	return nil
}

// fieldExists reports whether the form has a field, named in full.
func (l *Layout) fieldExists(name string) bool {
	path := sheet.ParsePath(name)
	part := l.part(path.Part)
	return part != nil && sheet.Lookup(part, path.Label) != nil
}

// fieldNames lists the fields of the form, named in full.
func (l *Layout) fieldNames() []string {
	var names []string
	blocks := []string{"", sheet.LabelFunds, sheet.LabelGoal, sheet.LabelIndicators, sheet.LabelTotal}
	for _, list := range l.form.Lists {
		blocks = append(blocks, list.Name)
	}
	for _, block := range blocks {
		for f := range sheet.Fields(l.part(block)) {
			names = append(names, strings.TrimPrefix(block+"."+f.Label, "."))
		}
	}
	return names
}

// Border is the sides of a cell that have a line.
type Border struct{ Left, Right, Top, Bottom bool }

// SetScalar takes the border from a layout: true, false, or the names of sides.
func (b *Border) SetScalar(v any) error {
	*b = Border{}
	switch v := v.(type) {
	case bool:
		*b = Border{v, v, v, v}
		return nil
	case string:
		sides := map[string]*bool{"left": &b.Left, "right": &b.Right, "top": &b.Top, "bottom": &b.Bottom}
		for _, name := range strings.Fields(v) {
			if sides[name] == nil {
				return fmt.Errorf("应为 true（四边）、false（无），或 left、right、top、bottom 中的几边，如 \"bottom\"（只有下划线）；这里是“%s”", v)
			}
			*sides[name] = true
		}
		return nil
	}
	return fmt.Errorf("应为 true（四边）、false（无），或几边的名称，如 \"bottom\"；这里是 %v", v)
}
