package sheet

import (
	"cmp"
	"fmt"

	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// Table is one self-evaluation form. What the form leaves empty is the zero
// value. The toml tags are the printed labels; they are the keys of data files
// in TOML and JSON, the names in rules, and the headers of CSV.
type Table struct {
	Year        Number      `toml:"年度"`
	Project     Text        `toml:"项目名称"`
	Code        Text        `toml:"项目编码"`
	Department  Text        `toml:"主管部门"`
	Implementer Text        `toml:"实施单位"`
	Leader      Text        `toml:"项目负责人"`
	Phone       Text        `toml:"联系电话"`
	MoneyUnit   Text        `toml:"金额单位"` // 元 or 万元: the unit of every amount in Funds
	Funds       []Fund      `toml:"项目资金"`
	Goal        Goal        `toml:"年度总体目标"`
	Indicators  []Indicator `toml:"绩效指标"`
	Total       Total       `toml:"总分"`
	Lists       []List      `toml:"-"` // of the form's own
	Own         `toml:"-"`

	// Elsewhere is the points that the form gives outside of Funds and Indicators, which
	// its Total has too: for 资金管理情况, for the goals, what is added or taken off below.
	Elsewhere Total `toml:"-"`

	Form    *Form    `toml:"-"` // its kind; nil where that is not known
	Absent  Absent   `toml:"-"` // what the form prints no label for
	Notices []Notice `toml:"-"` // what was noticed about the workbook
	Blank   bool     `toml:"-"` // by its record the workbook was issued without a project
}

// Fund is one row of 项目资金: the project's whole money or one source of it.
// Amounts are in the table's MoneyUnit.
type Fund struct {
	Source        Text   `toml:"资金来源,required"`
	InitialBudget Number `toml:"年初预算数"`
	Budget        Number `toml:"全年预算数"` // as adjusted during the year
	Executed      Number `toml:"全年执行数"`
	Weight        Number `toml:"分值"`
	Rate          Rate   `toml:"执行率"`
	Score         Number `toml:"得分"`
	Own           `toml:"-"`

	// Part tells that the money is part of a source above it, whose amounts have it too.
	Part bool `toml:"-"`
}

// Goal is 年度总体目标.
type Goal struct {
	Expected Text `toml:"预期目标"`
	Actual   Text `toml:"实际完成情况"`
}

// Indicator is one row of 绩效指标.
type Indicator struct {
	Level1    Text   `toml:"一级指标"`
	Level2    Text   `toml:"二级指标"`
	Level3    Text   `toml:"三级指标"`
	Target    Text   `toml:"年度指标值"` // as written; ParseTarget gives its meaning
	Actual    Text   `toml:"实际完成值"` // as written; ParseActual gives its meaning
	Weight    Number `toml:"分值"`
	Score     Number `toml:"得分"`
	Deviation Text   `toml:"偏差原因分析及改进措施"`

	// Together tells that the points of the row and of others are given once: in the
	// first of them, for all indicators of a level, or in the row above of which it is
	// a detail (其中：…).
	Together bool `toml:"-"`
	Own      `toml:"-"`
}

// Total is the line 总分.
type Total struct {
	Weight Number `toml:"分值"`
	Score  Number `toml:"得分"`
	Own    `toml:"-"`
}

// WholeFund is the 资金来源 of the row of all the money; the others are its parts.
const WholeFund = "年度资金总额"

// Fund returns the row of a 资金来源, an empty one where there is none.
func (t *Table) Fund(source string) *Fund {
	for i := range t.Funds {
		if t.Funds[i].Source.Value == source {
			return &t.Funds[i]
		}
	}
	x := t.NewFund()
	return &x
}

// Found is one form that stands in a workbook.
type Found struct {
	Sheet string `json:"sheet"`
	Table *Table `json:"table"`
}

// Cell is where a value stands: in a workbook or in a data file.
type Cell struct {
	Ref     string // top left cell, "G13"
	Typed   string // the text that a person sees there
	Formula string // without the leading =
	Problem string // why Typed could not be read, for clerks; empty when it could
	Derived bool   // a formula stood there when the form was issued
	Input   bool   // it was issued to be filled in
	Fixed   bool   // a locked text or number stood there when the form was issued
	Absent  bool   // the form has no cell for it, though others of its column have

	// Unsettled tells that a formula made the value of others that say something else
	// than it takes: nothing follows from it.
	Unsettled bool

	Issued string // the formula that is Derived, without the leading =, where it is gone and what it refers to is not
	Counts string // what was issued in the cell and is judged by, where something else stands there now

	Pos strict.Position // in a data file
}

// SetPosition tells where the value stands in a data file.
func (c *Cell) SetPosition(p strict.Position) { c.Pos = p }

// At returns the cell. It lets code reach a value's cell whatever its type.
func (c *Cell) At() *Cell { return c }

// A Value is one field of a form: *Text, *Number or *Rate.
type Value interface {
	At() *Cell
	// Any returns a string or a float64, or nil where the field is empty.
	Any() any
	// Filled reports whether the field is not empty.
	Filled() bool
	// Equal reports whether the other value, of the same type, says the same,
	// wherever the two stand.
	Equal(Value) bool
	// SetScalar takes the value of a data file.
	SetScalar(v any) error
}

// Text is a text as written.
type Text struct {
	Value string
	Cell

	Rounding *Rounding // of a number that its cell's format rounds; nil for any other
}

// Rounding is a number in words as it is shown, rounded, and with all the digits that
// are stored. Which of the two is Value depends on the format.
type Rounding struct{ Shown, Stored string }

// Judged returns the text that rules judge by.
func (t *Text) Judged() string { return cmp.Or(t.Counts, t.Value) }

// Judged returns the number that rules judge by, and whether there is one.
func (n *Number) Judged() (v float64, known bool) {
	if n.Counts != "" {
		if issued, _, ok := quantity.ParseNumber(n.Counts); ok {
			return issued, true
		}
	}
	return n.Value, n.Known && !n.Unsettled
}

// Judged returns what rules judge by of a value, a *string or a *float64; nil where there
// is nothing.
func Judged(v Value) any {
	switch v := v.(type) {
	case *Number:
		switch n, known := v.Judged(); {
		case !known:
			return nil
		case n != v.Value:
			return new(n)
		}
		return &v.Value
	case *Rate:
		return Judged(&v.Number)
	case *Text:
		switch {
		case v.Judged() == "" || v.Unsettled:
			return nil
		case v.Counts != "":
			return &v.Counts
		}
		return &v.Value
	}
	return v.Any()
}

// Number is an amount, a weight, a score or a year.
type Number struct {
	Value float64
	Known bool // false where the form is empty, or could not be understood
	Cell
}

// Rate is 执行率: a fraction, 0.9811 for 98.11%.
type Rate struct{ Number }

// T makes a text of a data file.
func T(s string) Text { return Text{Value: s} }

// N makes a number of a data file.
func N(v float64) Number { return Number{Value: v, Known: true} }

// Filled implements Value.
func (t *Text) Filled() bool { return t.Value != "" }

// Filled implements Value.
func (n *Number) Filled() bool { return n.Known }

// Any implements Value.
func (t *Text) Any() any {
	if !t.Filled() {
		return nil
	}
	return t.Value
}

// Any implements Value.
func (n *Number) Any() any {
	if !n.Known {
		return nil
	}
	return n.Value
}

// Equal implements Value.
func (t *Text) Equal(v Value) bool {
	o, ok := v.(*Text)
	return ok && t.Value == o.Value
}

// Equal implements Value. Two amounts are equal when their 15 significant
// digits are: more than that no spreadsheet keeps.
func (n *Number) Equal(v Value) bool {
	o, ok := v.(*Number)
	return ok && n.Known == o.Known && quantity.FormatNumber(n.Value) == quantity.FormatNumber(o.Value)
}

// Equal implements Value.
func (r *Rate) Equal(v Value) bool {
	o, ok := v.(*Rate)
	return ok && r.Number.Equal(&o.Number)
}

// SetScalar implements Value.
func (t *Text) SetScalar(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("应为文字，请加英文双引号：\"%v\"", v)
	}
	s = normalLines.Replace(s)
	if err := CheckText(s); err != nil {
		return err
	}
	if quantity.Blank(s) {
		s = ""
	}
	t.Value = s
	return nil
}

// SetScalar implements Value.
func (n *Number) SetScalar(v any) error {
	switch v := v.(type) {
	case float64:
		n.Value = v
	case int64:
		n.Value = float64(v)
	default:
		return fmt.Errorf("应为数字，不带引号；这里是%s", describe(v))
	}
	n.Known = true
	return nil
}

func describe(v any) string {
	switch v := v.(type) {
	case string:
		return fmt.Sprintf("文字 %q", v)
	case bool:
		return fmt.Sprintf("是非值 %t", v)
	}
	return fmt.Sprint(v)
}
