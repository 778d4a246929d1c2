// Package livecheck is the sheet 填报检查 of a workbook that is issued: it tells the
// department while it fills in the form what is still wrong. It is made of formulas
// only. What they say comes from the rules; this package puts them into the workbook,
// and knows the sheet again when the workbook comes back.
package livecheck

import (
	"cmp"
	"slices"
	"strings"

	"ziping/sheet/calc"
	"ziping/sheet/xlsx"
)

// Name is that of the sheet.
const Name = "填报检查"

// Row stands in a formula for the row of its cell: what several rows say alike is
// written once.
const Row = "\x01"

// firstColumn stands in a formula for the first column out of sight, the next character
// for the next: what they are called is known when all are there.
const firstColumn = '\U000F0000'

// Sheet is the sheet of forms of one shape: its formulas, which they share, and where
// the constants stand that are each form's own.
type Sheet struct {
	Form  string // the name of the sheet that the form is on
	Lines int    // how many checks it lists

	rows    [][]placed
	lines   []Check
	columns []int // out of sight, in the order in which they were added
	last    int   // column
	groups  []group
	shown   int // cells with a formula that are seen
	first   first
}

// placed is a cell in its column.
type placed struct {
	col int
	Cell
	group int // which of the groups its formula is of
	shown int // its number among the formulas that are seen
}

// Cell is a cell of the sheet: a formula, or else a constant.
type Cell struct {
	Formula string // without =, with Row for its row
	Value   calc.Value
	Own     int // of a constant that is each form's own, its number, counted from 1
	style   style
}

// Text and Number make constants.
func Text(s string) Cell { return Cell{Value: calc.Value{Kind: calc.Text, Text: s}} }

// Number is Text for a number.
func Number(v float64) Cell { return Cell{Value: calc.Value{Kind: calc.Number, Number: v}} }

// Formula makes a formula.
func Formula(f string) Cell { return Cell{Formula: f} }

// set puts a cell into the sheet.
func (s *Sheet) set(row, col int, c Cell) {
	for len(s.rows) <= row {
		s.rows = append(s.rows, nil)
	}
	s.rows[row] = append(s.rows[row], placed{col: col, Cell: c})
}

// at returns a cell, nil where there is none. The sheet is arranged.
func (s *Sheet) at(row, col int) *placed {
	if row >= len(s.rows) {
		return nil
	}
	i, ok := slices.BinarySearchFunc(s.rows[row], col, func(p placed, col int) int { return p.col - col })
	if !ok {
		return nil
	}
	return &s.rows[row][i]
}

// First is the row in which the checks begin.
const First = 5

// Add adds a column of cells out of sight, one in each of the rows, and returns what
// stands for its letters.
func (s *Sheet) Add(rows []int, cells []Cell) string {
	name := s.Next()
	s.columns = append(s.columns, len(s.columns))
	for i, c := range cells {
		s.set(rows[i], hidden(len(s.columns)-1), c)
	}
	return name
}

// Next returns what stands for the letters of the column that Add adds next.
func (s *Sheet) Next() string { return string(firstColumn + rune(len(s.columns))) }

// hidden is the number of a column while its letters are not known.
func hidden(i int) int { return lastSeen + 1 + i }

// arrange gives the columns out of sight their letters, the most used the shortest, and
// sorts the cells of each row.
func (s *Sheet) arrange() {
	uses := make([]int, len(s.columns))
	named := map[string]string{}
	for _, row := range s.rows {
		for i := range row {
			f := row[i].Formula
			if _, ok := named[f]; ok {
				continue
			}
			named[f] = ""
			for _, r := range f {
				if i := int(r - firstColumn); i >= 0 && i < len(uses) {
					uses[i]++
				}
			}
		}
	}
	order := slices.Clone(s.columns)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(uses[b], uses[a]) })
	for i, column := range order {
		s.columns[column] = hidden(i)
	}
	s.last = hidden(len(s.columns) - 1)
	for f := range named {
		named[f] = s.named(f)
	}
	for row := range s.rows {
		for i := range s.rows[row] {
			c := &s.rows[row][i]
			c.Formula = named[c.Formula]
			if c.col > lastSeen {
				c.col = s.columns[c.col-lastSeen-1]
			}
		}
		slices.SortFunc(s.rows[row], func(a, b placed) int { return a.col - b.col })
	}
	s.share()
}

// named returns a formula with the letters of the columns.
func (s *Sheet) named(formula string) string {
	var b strings.Builder
	from := 0
	for i, r := range formula {
		if n := int(r - firstColumn); n >= 0 && n < len(s.columns) {
			b.WriteString(formula[from:i])
			b.WriteString(letters(s.columns[n]))
			from = i + len(string(r))
		}
	}
	if from == 0 {
		return formula
	}
	b.WriteString(formula[from:])
	return b.String()
}

// group is cells below each other with one formula, which is written in the first.
type group struct {
	formula     string // of the first
	col         int
	first, last int // rows
	id          int // of a formula that is shared
}

// share finds the groups.
func (s *Sheet) share() {
	open := map[int]int{} // groups by column
	wanted := map[int]string{}
	id := 0
	for row, cells := range s.rows {
		for i := range cells {
			c := &cells[i]
			if c.Formula == "" {
				continue
			}
			n, ok := open[c.col]
			if !ok || s.groups[n].last != row-1 || wanted[c.col] != c.Formula || !strings.Contains(c.Formula, Row) {
				n = len(s.groups)
				s.groups = append(s.groups, group{formula: strings.ReplaceAll(c.Formula, Row, number(row)), col: c.col, first: row})
				open[c.col], wanted[c.col] = n, c.Formula
			}
			s.groups[n].last = row
			c.group = n
			if c.col <= lastSeen {
				c.shown = s.shown
				s.shown++
			}
		}
	}
	for i := range s.groups {
		if g := &s.groups[i]; g.first < g.last {
			g.id = id
			id++
		}
	}
}

// letters returns the name of a column.
func letters(col int) string { return strings.TrimRight(xlsx.Ref(1, col), "1") }
