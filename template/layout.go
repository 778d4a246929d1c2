package template

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// Layout is an official form: what is printed where, which cells the department
// fills in, and how the others follow. The files in layouts/ say it all; see
// layouts/shanghai.toml for the meaning of the keys.
type Layout struct {
	Name      string             `toml:"name,required"`
	Extends   strict.At[string]  `toml:"extends"`
	Title     string             `toml:"title"`
	Version   int                `toml:"version,required"`
	Sheet     string             `toml:"sheet"`
	Columns   []float64          `toml:"columns"` // widths in characters
	Default   map[string]string  `toml:"default"` // values of the form where the project file gives none
	Page      Page               `toml:"page"`
	Style     map[string]Style   `toml:"style"`
	Row       []Row              `toml:"row"`
	Blank     []Blank            `toml:"blank"`
	Weights   map[string]float64 `toml:"weights"` // 分值 of a level 1 where its rows have none
	Highlight []Highlight        `toml:"highlight"`
	Input     map[string]Input   `toml:"input"`

	strict.Position `toml:"-"`
}

// Page is the print setup. Margins are in inches.
type Page struct {
	Paper       string  `toml:"paper"`
	Orientation string  `toml:"orientation"`
	Center      bool    `toml:"center"`
	Margins     Margins `toml:"margins"`
	Footer      string  `toml:"footer"`

	strict.Position `toml:"-"`
}

// Margins of a page, in inches.
type Margins struct {
	Top    float64 `toml:"top"`
	Bottom float64 `toml:"bottom"`
	Left   float64 `toml:"left"`
	Right  float64 `toml:"right"`
	Header float64 `toml:"header"`
	Footer float64 `toml:"footer"`
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
	Border     *bool    `toml:"border"`
	Format     *string  `toml:"format"` // a number format of Excel

	strict.Position `toml:"-"`
}

// Row is one row of the form. With Each it is drawn once for each 绩效指标, with
// Fund it holds that 资金来源.
type Row struct {
	Height float64 `toml:"height,required"` // points, at least
	Each   string  `toml:"each"`
	Fund   string  `toml:"fund"`
	Cells  []Cell  `toml:"cells,required"`

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

	first, last int // columns, from 1
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

//go:embed layouts/*.toml
var layoutFiles embed.FS

const layoutDir = "layouts"

// Names returns the names of the layouts that are built in.
func Names() []string {
	var names []string
	files, _ := fs.Glob(layoutFiles, layoutDir+"/*.toml")
	for _, f := range files {
		if l, err := builtin(nameOf(f)); err == nil && len(l.Row) > 0 {
			names = append(names, l.Name)
		}
	}
	return names
}

func nameOf(file string) string { return strings.TrimSuffix(path.Base(file), ".toml") }

// Source returns the file of a built-in layout.
func Source(name string) ([]byte, error) {
	src, err := layoutFiles.ReadFile(path.Join(layoutDir, name+".toml"))
	if err != nil {
		msg := fmt.Sprintf("没有名为“%s”的版式", name)
		if s := strict.Suggest(name, Names()); s != "" {
			msg += fmt.Sprintf("，是否应为“%s”？", s)
		}
		return nil, fmt.Errorf("%s（内置版式：%s）", msg, strings.Join(Names(), "、"))
	}
	return src, nil
}

// Load returns a built-in layout.
func Load(name string) (*Layout, error) {
	l, err := builtin(name)
	if err != nil {
		return nil, err
	}
	return l, l.check(name + ".toml")
}

func builtin(name string) (*Layout, error) {
	src, err := Source(name)
	if err != nil {
		return nil, err
	}
	return decode(name+".toml", src, 0)
}

// Parse reads a layout of the user's own. file is for errors.
func Parse(file string, src []byte) (*Layout, error) {
	l, err := decode(file, src, 0)
	if err != nil {
		return nil, err
	}
	return l, l.check(file)
}

// maxExtends bounds a chain of layouts, and with it a circle.
const maxExtends = 8

// decode decodes a layout and lays it over the one that it extends.
func decode(file string, src []byte, depth int) (*Layout, error) {
	l := new(Layout)
	if err := strict.Unmarshal(file, src, l); err != nil || l.Extends.Value == "" {
		return l, err
	}
	base, err := Source(l.Extends.Value)
	if err == nil && depth == maxExtends {
		err = errors.New("extends 循环引用")
	}
	if err != nil {
		return nil, strict.Errorf(file, src, l.Extends.Pos, "%s", err)
	}
	parent, err := decode(l.Extends.Value+".toml", base, depth+1)
	if err != nil {
		return nil, err
	}
	l.inherit(parent)
	return l, nil
}

// inherit takes from a parent what the layout does not say itself: whole lists,
// the entries of tables, and what a style leaves open. A mistake in what is
// taken is one of the line that takes it.
func (l *Layout) inherit(parent *Layout) {
	at := l.Extends.Pos
	if l.Title == "" {
		l.Title = parent.Title
	}
	if l.Sheet == "" {
		l.Sheet = parent.Sheet
	}
	if l.Page == (Page{}) {
		l.Page = parent.Page
		l.Page.Position = at
	}
	if l.Columns == nil {
		l.Columns = parent.Columns
	}
	if l.Blank == nil {
		l.Blank = parent.Blank
	}
	if l.Row == nil {
		l.Row = parent.Row
		for i := range l.Row {
			l.Row[i].Position = at
			for j := range l.Row[i].Cells {
				l.Row[i].Cells[j].Position = at
			}
		}
	}
	if l.Highlight == nil {
		l.Highlight = parent.Highlight
		for i := range l.Highlight {
			l.Highlight[i].Position = at
		}
	}
	l.Default = inherit(l.Default, parent.Default, nil)
	l.Weights = inherit(l.Weights, parent.Weights, nil)
	l.Input = inherit(l.Input, parent.Input, func(in Input, own *Input) Input {
		if own != nil {
			return *own
		}
		in.Position = at
		return in
	})
	l.Style = inherit(l.Style, parent.Style, func(s Style, own *Style) Style {
		s.Position = at
		if own != nil {
			s.lay(*own)
			s.Position = own.Position
		}
		return s
	})
}

// inherit returns the entries of both tables, an entry of the parent as take has
// it beside the layout's own.
func inherit[V any](own, parent map[string]V, take func(parent V, own *V) V) map[string]V {
	m := maps.Clone(own)
	if m == nil {
		m = map[string]V{}
	}
	for name, v := range parent {
		mine, ok := own[name]
		switch {
		case !ok && take == nil:
			m[name] = v
		case !ok:
			m[name] = take(v, nil)
		case take != nil:
			m[name] = take(v, &mine)
		}
	}
	return m
}

// parts gives each block of the form the struct whose fields stand there.
var parts = map[string]func() any{
	"":       func() any { return new(sheet.Table) },
	"项目资金":   func() any { return new(sheet.Fund) },
	"年度总体目标": func() any { return new(sheet.Goal) },
	"绩效指标":   func() any { return new(sheet.Indicator) },
	"总分":     func() any { return new(sheet.Total) },
}

// block returns the block in which the unqualified fields of a row stand.
func (r *Row) block() string {
	switch {
	case r.Each != "":
		return r.Each
	case r.Fund != "":
		return "项目资金"
	}
	return ""
}

// field returns the full name of a cell's field: 绩效指标.得分, 项目名称.
func (r *Row) field(c *Cell) string {
	if b := r.block(); b != "" && !strings.Contains(c.Field, ".") {
		return b + "." + c.Field
	}
	return c.Field
}

// cutField splits the full name of a field.
func cutField(name string) (block, label string) {
	if block, label, ok := strings.Cut(name, "."); ok {
		return block, label
	}
	return "", name
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
