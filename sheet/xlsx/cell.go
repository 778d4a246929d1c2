package xlsx

import (
	"bytes"

	"ziping/sheet/opc"
)

// CellKind is what a cell holds.
type CellKind uint8

// Empty is the kind of formulas only that were never calculated.
const (
	Empty CellKind = iota
	Number
	String
	Bool
	Error
)

// String returns the kind's name.
func (k CellKind) String() string {
	return [...]string{"Empty", "Number", "String", "Bool", "Error"}[k]
}

// Cell is a cell with a value, a formula, or both.
type Cell struct {
	Row, Col int // from 1

	Kind       CellKind
	HasFormula bool
	Percent    bool // the number format is a percentage, whatever the kind
	Unlocked   bool // it may be changed also where the sheet is protected
	Mask       Mask // why a person sees something else than the value, or nothing

	// Text is what a person sees. A string is as stored, its line breaks \n. A
	// number is plain, 1121.92, rounded to 15 digits but neither to the places
	// of its format nor with separators, and shown even where its format hides
	// it; but a percentage is 98.11% with the places of its format, a date
	// 2021年12月31日, a time 15:04, and a number whose format adds words or
	// divides it by thousands is as the format says: 182场. Digits of the format's
	// own are no part of it: see Mask.
	Text  string
	Value float64 // of a Number; 1 or 0 of a Bool

	// Formula is without the leading =. A shared formula is as it reads in the
	// cell. One that nobody knows is "", and HasFormula is true.
	Formula string

	// Rounding is the digits of a Number that its format rounds away; nil where it
	// has none.
	Rounding *Rounding

	Shown string // what its formats show where there is a Mask
}

// rawCell is a cell as it stands in the sheet, before shared strings and
// styles are looked up.
type rawCell struct {
	row, col  int
	kind      string // t
	style     int32
	value     []byte // v
	hasValue  bool
	inline    string // is
	runs      []run  // of it
	hasInline bool
	formula   string
	hasF      bool
	f         formulaCell
}

// The kinds of cells in a sheet's XML.
const (
	rawNumber = "n"
	rawShared = "s"
	rawString = "str"
	rawInline = "inlineStr"
	rawBool   = "b"
	rawError  = "e"
	rawDate   = "d"
)

// rawKind reads the attribute t; what is unknown reads as a number, and as
// text where it is none.
func rawKind(b []byte) string {
	switch string(b) {
	case rawShared:
		return rawShared
	case rawString:
		return rawString
	case rawInline:
		return rawInline
	case rawBool:
		return rawBool
	case rawError:
		return rawError
	case rawDate:
		return rawDate
	}
	return rawNumber
}

// empty reports whether the cell is only styled.
func (c *rawCell) empty() bool {
	if c.kind == rawInline {
		return !c.hasF && c.inline == ""
	}
	return !c.hasF && len(c.value) == 0
}

// pending says how to complete a cell once the whole sheet is read, so that
// shared strings and styles are read only if some cell needs them.
type pending struct {
	style  int32
	shared bool  // Value is the index of a shared string
	date   bool  // Text is an ISO date
	runs   []run // of an inline text with letters of several colours
}

// cell makes the cell but for what pending says.
func (c *rawCell) cell(k *texts) (Cell, pending) {
	cell := Cell{Row: c.row, Col: c.col, Formula: c.formula, HasFormula: c.hasF}
	todo := pending{style: c.style, runs: c.runs}
	value := c.value
	if c.kind != rawString {
		value = bytes.TrimSpace(value)
	}
	switch c.kind {
	case rawInline:
		if c.hasInline {
			cell.Kind, cell.Text = String, c.inline
		}
		return cell, todo
	case rawString:
		if c.hasValue {
			cell.Kind, cell.Text = String, k.plain(value)
		}
		return cell, todo
	case rawShared:
		if len(value) > 0 {
			n, ok := parseIndex(value)
			if !ok {
				n = -1 // no string has it
			}
			cell.Kind, cell.Value = String, float64(n)
			todo.shared = true
		}
		return cell, todo
	case rawDate:
		todo.date = true
	case rawBool:
		if text := string(value); text == "0" || text == "1" || text == "true" || text == "false" {
			cell.setBool(opc.IsTrue(text))
			return cell, todo
		}
	case rawError:
		if len(value) > 0 {
			cell.Kind, cell.Text = Error, k.plain(value)
		}
		return cell, todo
	case rawNumber:
		if v, ok := parseNumber(value); ok {
			cell.Kind, cell.Value = Number, v
			return cell, todo
		}
	}
	if len(value) > 0 {
		cell.Kind, cell.Text = String, k.plain(value)
	}
	return cell, todo
}

func (c *Cell) setBool(v bool) {
	c.Kind, c.Text = Bool, "FALSE"
	if v {
		c.Text, c.Value = "TRUE", 1
	}
}

// setNumber gives a number the text that a person sees.
func (c *Cell) setNumber(f *format, date1904 bool, k *texts) {
	c.Text, c.Rounding = f.number(c.Value, date1904, k), f.rounding(c.Value)
}

// setDate gives a cell that holds an ISO date the number that it would be
// otherwise. What is no date stays text.
func (c *Cell) setDate(f *format, date1904 bool) {
	v, fields, ok := parseISO(c.Text, date1904)
	if !ok {
		return
	}
	c.Kind, c.Value = Number, v
	if s, _ := f.section(v); s.kind == asDate {
		fields = s.fields
	}
	if text, ok := dateText(v, fields, date1904); ok {
		c.Text = text
	}
}
