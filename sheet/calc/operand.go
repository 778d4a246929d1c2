package calc

import "ziping/sheet/xlsx"

// operand is what a part of a formula comes to: a value, a reference, or an array.
type operand struct {
	value Value
	area  *sheetRange
	array *array
}

// sheetRange is an area of a sheet.
type sheetRange struct {
	*sheet
	xlsx.Range
}

// sheetRange returns an area of a sheet.
func (c *Calculator) sheetRange(s *sheet, r xlsx.Range) *sheetRange {
	return c.areas.one(sheetRange{s, r})
}

// array is a table of values that are in no sheet.
type array struct {
	rows, cols int
	values     []Value // row by row
}

func scalar(v Value) operand { return operand{value: v} }

// at returns the value in a row and a column, counted from 0. What has one row or
// column has it as often as needed.
func (a *array) at(row, col int) Value {
	if a.rows == 1 {
		row = 0
	}
	if a.cols == 1 {
		col = 0
	}
	if row >= a.rows || col >= a.cols {
		return errNA
	}
	return a.values[row*a.cols+col]
}

// newArray returns an array of blanks.
func (c *Calculator) newArray(rows, cols int) *array {
	if rows > mostInArray || cols > mostInArray || rows*cols > mostInArray {
		c.fail("公式引用的单元格太多")
	}
	c.take(rows * cols)
	return c.arrays.one(array{rows, cols, c.values.take(rows * cols)})
}

// evaluation is the evaluation of one cell's formula.
type evaluation struct {
	*Calculator
	sheet    *sheet
	row, col int
	down     int  // rows below the one that the formula is written for
	subtotal bool // SUBTOTAL was called
}

func (p *sheetRange) height() int { return p.LastRow - p.FirstRow + 1 }
func (p *sheetRange) width() int  { return p.LastCol - p.FirstCol + 1 }

// used returns how many rows and columns of the area may hold something.
func (p *sheetRange) used() (rows, cols int) {
	return max(0, min(p.LastRow, p.sheet.rows)-p.FirstRow+1), max(0, min(p.LastCol, p.sheet.cols)-p.FirstCol+1)
}

// filled calls f for each cell of an area that is not blank.
func (c *Calculator) filled(p *sheetRange, f func(row, col int, v Value, r *result)) {
	rows, cols := p.used()
	for i := range rows {
		for j := range cols {
			if v, r := c.look(p.sheet, p.FirstRow+i, p.FirstCol+j); v.Kind != Blank {
				f(p.FirstRow+i, p.FirstCol+j, v, r)
			}
		}
	}
}

// cellOf returns a cell of an area, counted from 0.
func (c *Calculator) cellOf(p *sheetRange, row, col int) Value {
	return c.cell(p.sheet, p.FirstRow+row, p.FirstCol+col)
}

// all returns an operand that is not a reference: the values of the area, or its
// only one.
func (c *Calculator) all(o operand) operand {
	p := o.area
	if p == nil {
		return o
	}
	if p.height() == 1 && p.width() == 1 {
		return scalar(c.cellOf(p, 0, 0))
	}
	a := c.newArray(p.height(), p.width())
	for i := range a.rows {
		for j := range a.cols {
			a.values[i*a.cols+j] = c.cellOf(p, i, j)
		}
	}
	return operand{array: a}
}

// single returns an operand that is not a reference, where one value is wanted: of
// an area the cell in the formula's row or column.
func (e *evaluation) single(o operand) operand {
	p := o.area
	if p == nil {
		return o
	}
	row, col := p.FirstRow, p.FirstCol
	switch {
	case p.height() == 1 && p.width() == 1:
		return scalar(e.cell(p.sheet, row, col))
	case p.width() == 1 && p.FirstRow <= e.row && e.row <= p.LastRow:
		return scalar(e.cell(p.sheet, e.row, col))
	case p.height() == 1 && p.FirstCol <= e.col && e.col <= p.LastCol:
		return scalar(e.cell(p.sheet, row, e.col))
	}
	return scalar(errValue)
}

// plain returns an operand that is not a reference.
func (e *evaluation) plain(o operand, all bool) operand {
	if all {
		return e.all(o)
	}
	return e.single(o)
}

// scalar returns the one value that an operand gives to a cell.
func (e *evaluation) scalar(o operand) Value {
	o = e.single(o)
	if o.array != nil {
		return o.array.values[0]
	}
	return o.value
}

// shape returns the rows and columns of an operand.
func (o operand) shape() (rows, cols int) {
	switch {
	case o.area != nil:
		return o.area.height(), o.area.width()
	case o.array != nil:
		return o.array.rows, o.array.cols
	}
	return 1, 1
}

// at returns a value of an operand, counted from 0.
func (c *Calculator) at(o operand, row, col int) Value {
	switch {
	case o.area != nil:
		return c.cellOf(o.area, row, col)
	case o.array != nil:
		return o.array.at(row, col)
	}
	return o.value
}

// element returns a value of an operand that is not a reference, counted from 0.
func (o *operand) element(row, col int) Value {
	if o.array != nil {
		return o.array.at(row, col)
	}
	return o.value
}

// combine calls f for each value of those operands that are arrays, the others
// staying as they are.
func (c *Calculator) combine(args []operand, f func(args []operand) Value) operand {
	rows, cols := 1, 1
	some := false
	for _, a := range args {
		if a.array != nil {
			some = true
			rows, cols = max(rows, a.array.rows), max(cols, a.array.cols)
		}
	}
	if !some {
		return scalar(f(args))
	}
	result := c.newArray(rows, cols)
	one := c.operands.take(len(args))
	for i := range rows {
		for j := range cols {
			copy(one, args)
			for k, a := range args {
				if a.array != nil {
					one[k] = scalar(a.array.at(i, j))
				}
			}
			result.values[i*cols+j] = f(one)
		}
	}
	return operand{array: result}
}
