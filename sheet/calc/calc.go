// Package calc calculates the formulas of a workbook as Excel does, exactly or
// not at all.
//
// It knows the operators, and the functions that forms use. Blanks, texts, error
// values, comparisons across types, merged cells and rounding are Excel's. What it
// does not know for certain (another function, another workbook, an array
// formula, a text that a program takes for a date, an order that depends on the
// language of a program) is an error, never a guess. So is a formula that depends
// on itself, and one that takes too much: steps, depth and lengths are bounded
// whatever a workbook holds.
//
// A difference of two numbers that agree to 15 digits is 0, and numbers are
// compared to 15 digits, as Excel does where that is all of a formula.
package calc

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"ziping/sheet/xlsx"
)

// ValueKind is what a value is.
type ValueKind uint8

// Blank is the kind of an empty cell.
const (
	Blank ValueKind = iota
	Number
	Text
	Bool
	Error
)

// String returns the kind's name.
func (k ValueKind) String() string {
	return [...]string{"Blank", "Number", "Text", "Bool", "Error"}[k]
}

// Value is what a cell holds or a formula comes to. An empty text is a value.
type Value struct {
	Kind   ValueKind
	Number float64 // of a Number; 1 or 0 of a Bool
	Text   string  // of a Text; #DIV/0! and the like of an Error
}

// Agrees reports whether a stored value is what a formula comes to, but for the
// last digits. Of two error values any will do: programs differ. LibreOffice stores what
// is true in a cell with a number format as 1.
func (v Value) Agrees(result Value) bool {
	if v.Kind == Number && result.Kind == Number {
		return math.Abs(v.Number-result.Number) <= 1e-9*max(1, math.Abs(result.Number))
	}
	if v.Kind == Number && result.Kind == Bool {
		return v.Number == result.Number
	}
	return v == result || v.Kind == Error && result.Kind == Error
}

// Cell is a cell of a workbook: a value, or a formula without its =, whose cached
// value is of no interest.
type Cell struct {
	Value   Value
	Formula string
	Down    int  // the formula is written as it stands so many rows above
	Array   bool // the formula gives values to several cells, or is not known
}

// Workbook is what formulas are calculated in.
type Workbook interface {
	// Sheet returns the sheet of a name, whatever the case of its letters. It is
	// called once for each.
	Sheet(name string) (Sheet, error)
	// Date1904 reports whether dates count from 1904.
	Date1904() bool
}

// Sheet is a sheet of a Workbook.
type Sheet interface {
	// Size returns the last row and the last column outside of which all cells are
	// blank.
	Size() (rows, cols int)
	// Cell returns what stands in a cell, counted from 1. The cells that a merged
	// area covers hold what they hold, as in Excel: mostly nothing.
	Cell(row, col int) Cell
	// Hidden reports whether a row is not seen.
	Hidden(row int) bool
}

// What calculating may take.
const (
	mostSteps   = 5_000_000 // of one workbook, each of which takes a tenth of a microsecond
	mostInArray = 20_000    // values of an array
	deepest     = 10_000    // steps that wait for one another
	longest     = 8192      // bytes of a formula, as in Excel
	longestText = 32767     // UTF-16 units of a text, as in Excel
)

// Calculator calculates the formulas of one workbook. Each cell is calculated
// once. It is not safe for concurrent use.
type Calculator struct {
	// Like is what is known of workbooks of the same kind; nil where there are none.
	Like *Likeness

	workbook Workbook
	sheets   map[string]*sheet
	named    map[string]*sheet // these, by their names as they are written
	left     int               // steps
	depth    int
	err      error // why a formula is not calculated, on the way up
	*scratch       // while something is calculated
	known
}

// New returns a calculator.
func New(w Workbook) *Calculator {
	return &Calculator{workbook: w, sheets: map[string]*sheet{}, left: mostSteps}
}

// sheet is a sheet with the values that its formulas came to.
type sheet struct {
	Sheet
	name       string
	rows, cols int
	done       results
	shared
}

type position struct{ row, col int }

// results are what formulas came to, by their cells: of a small sheet row by row.
type results struct {
	near       []*result
	rows, cols int // of near
	far        map[position]*result
}

// mostNear is how many cells a small sheet has.
const mostNear = 1 << 14

func (r *results) get(row, col int) *result {
	if row <= r.rows && col <= r.cols && row > 0 && col > 0 {
		return r.near[(row-1)*r.cols+col-1]
	}
	return r.far[position{row, col}]
}

func (r *results) put(row, col int, x *result) {
	switch {
	case row <= r.rows && col <= r.cols && row > 0 && col > 0:
		r.near[(row-1)*r.cols+col-1] = x
	case r.far == nil:
		r.far = map[position]*result{{row, col}: x}
	default:
		r.far[position{row, col}] = x
	}
}

// result is what a formula came to. While it is calculated it has neither.
type result struct {
	value    Value
	err      error
	known    bool
	subtotal bool // a SUBTOTAL is in the formula
}

// failure is the panic by which an evaluation ends; calculate recovers it.
type failure struct{}

// Value returns the value of a cell. It is an error where the formula is not
// calculated.
func (c *Calculator) Value(name string, row, col int) (Value, error) {
	return c.calculate(name, func(s *sheet) Value { return c.cell(s, row, col) })
}

// Number returns the value of a cell, which must be a number.
func (c *Calculator) Number(sheet, ref string) (float64, error) {
	at, ok := xlsx.ParseRange(ref)
	if !ok {
		return 0, fmt.Errorf("无法识别单元格 %s", ref)
	}
	v, err := c.Value(sheet, at.FirstRow, at.FirstCol)
	switch {
	case err == nil && v.Kind == Error:
		err = fmt.Errorf("结果是错误值 %s", v.Text)
	case err == nil && v.Kind != Number:
		err = fmt.Errorf("得出的不是数字：%q", v.Text)
	}
	if err != nil {
		return 0, fmt.Errorf("工作表“%s”单元格 %s 的公式无法计算：%w", sheet, ref, err)
	}
	return v.Number, nil
}

// Try returns what a formula would come to if it stood in a cell.
func (c *Calculator) Try(name string, row, col int, formula string) (Value, error) {
	kept := c.sheets
	like := c.Like
	c.Like, c.sheets = nil, map[string]*sheet{} // what was calculated may depend on the cell
	for key, s := range kept {
		c.sheets[key] = &sheet{Sheet: s.Sheet, name: s.name, rows: s.rows, cols: s.cols}
	}
	c.named = nil
	defer func() { c.Like, c.sheets, c.named = like, kept, nil }()
	return c.calculate(name, func(s *sheet) Value {
		r := &result{}
		s.done.put(row, col, r)
		s.rows, s.cols = max(s.rows, row), max(s.cols, col)
		return c.formula(s, row, col, Cell{Formula: formula}, r)
	})
}

func (c *Calculator) calculate(name string, value func(*sheet) Value) (v Value, err error) {
	c.depth = 0
	c.scratch = scratches.Get().(*scratch)
	defer func() {
		c.scratch.release(scratch{})
		scratches.Put(c.scratch)
		if p := recover(); p != nil {
			if _, ok := p.(failure); !ok {
				panic(p)
			}
			v, err = Value{}, c.err
			c.forget()
		}
	}()
	return value(c.sheet(name)), nil
}

// fail ends the evaluation.
func (c *Calculator) fail(format string, args ...any) {
	c.stop(fmt.Errorf(format, args...))
}

func (c *Calculator) stop(err error) {
	c.err = err
	panic(failure{})
}

var (
	errTooMuch = errors.New("工作簿中要计算的公式太多")
	errArray   = errors.New("是数组公式，这里不计算")
)

// take takes steps.
func (c *Calculator) take(steps int) {
	c.left -= steps
	if c.left < 0 {
		c.stop(errTooMuch)
	}
}

// sheet returns a sheet by its name.
func (c *Calculator) sheet(name string) *sheet {
	if s, ok := c.named[name]; ok {
		return s
	}
	s := c.folded(name)
	if c.named == nil {
		c.named = map[string]*sheet{}
	}
	c.named[name] = s
	return s
}

func (c *Calculator) folded(name string) *sheet {
	key := fold(name)
	if s, ok := c.sheets[key]; ok {
		return s
	}
	found, err := c.workbook.Sheet(name)
	if err != nil {
		c.stop(err)
	}
	s := &sheet{Sheet: found, name: name}
	s.rows, s.cols = found.Size()
	near := s.cols > 0 && s.rows <= mostNear/s.cols
	switch {
	case near && c.joins(s, key):
	case near:
		s.done = results{near: make([]*result, s.rows*s.cols), rows: s.rows, cols: s.cols}
	}
	c.sheets[key] = s
	return s
}

// cell returns the value of a cell, calculated if it has a formula.
func (c *Calculator) cell(s *sheet, row, col int) Value {
	v, _ := c.look(s, row, col)
	return v
}

// look is cell that also returns what is known of the cell's formula, nil where it
// has none.
func (c *Calculator) look(s *sheet, row, col int) (Value, *result) {
	c.take(1)
	if row > s.rows || col > s.cols {
		return Value{}, nil
	}
	if c.Like != nil {
		return c.lookAlike(s, row, col)
	}
	return c.valueAt(s, row, col)
}

func (c *Calculator) valueAt(s *sheet, row, col int) (Value, *result) {
	r := s.done.get(row, col)
	if r == nil {
		cell := s.Cell(row, col)
		if cell.Formula == "" && !cell.Array {
			return cell.Value, nil
		}
		r = &result{}
		s.done.put(row, col, r)
		if cell.Array {
			r.err = errArray
		} else {
			return c.formula(s, row, col, cell, r), r
		}
	}
	switch {
	case r.err != nil:
		c.stop(r.err)
	case !r.known:
		c.circle(row, col)
	}
	return r.value, r
}

func (c *Calculator) circle(row, col int) {
	c.fail("公式循环引用了单元格 %s", xlsx.Ref(row, col))
}

// formula calculates the formula of a cell.
func (c *Calculator) formula(s *sheet, row, col int, cell Cell, r *result) Value {
	defer func() {
		if !r.known {
			r.err = c.err // for whoever asks next
		}
	}()
	c.deeper()
	root, err := parsed(cell.Formula)
	if err != nil {
		c.stop(err)
	}
	c.take(len(cell.Formula) / 16)
	since := *c.scratch
	e := c.steps.one(evaluation{Calculator: c, sheet: s, row: row, col: col, down: cell.Down})
	v := e.scalar(root.eval(e, false))
	if v.Kind == Blank {
		v = number(0)
	}
	if v.Kind == Text && strings.ContainsFunc(v.Text, isHalf) {
		c.fail("结果在 Excel 算作两个字的字中间截断，这里不计算")
	}
	r.value, r.known, r.subtotal = v, true, e.subtotal
	c.release(since)
	c.depth--
	return v
}
