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

// Behind is the name of the very hidden sheet of the formulas that it shows the results
// of, and Own is how they refer to the constants of a form, which are out of sight on the
// sheet itself: so all forms of a shape have the sheet behind in common.
const (
	Behind = "_ziping_checks"
	Own    = Name + "!"
)

// IsOurs reports whether a sheet is one of these two by its name.
func IsOurs(name string) bool { return name == Name || name == Behind }

// Row stands in a formula for the row of its cell, Above for the one above it, and column
// for the column: what several cells say alike is written once.
const (
	Row    = "\x01"
	Above  = "\x03"
	column = "\x02"
)

// at is a formula as it stands in a cell.
func at(formula string, row, col int) string {
	for _, x := range [...]struct {
		mark string
		is   func() string
	}{{Row, func() string { return number(row) }}, {Above, func() string { return number(row - 1) }}, {column, func() string { return letters(col) }}} {
		if strings.Contains(formula, x.mark) {
			formula = strings.ReplaceAll(formula, x.mark, x.is())
		}
	}
	return formula
}

// firstColumn stands in a formula for the first column of the sheet behind, the next
// character for the next: what they are called is known when all are there.
const firstColumn = '\U000F0000'

// Sheet is the sheet of forms of one shape: its formulas, which they share, and where
// the constants stand that are each form's own.
type Sheet struct {
	Form  string // the name of the sheet that the form is on
	Lines int    // how many checks it lists

	front, back grid
	lines       []Check
	columns     []int         // of the sheet behind, in the order in which they were added
	states      []int         // those of the states, which stand side by side behind all others
	shown       int           // cells with a formula that are seen
	asked       map[int]bool  // constants that are each form's own, once all is arranged
	blanks      blanks        // of the form
	like        calc.Likeness // of the forms
	packed      packed
}

// grid is one of the two sheets: its cells by row.
type grid struct {
	rows   [][]placed
	last   int // column
	groups []group
	places [][]int16 // of the cells in their rows, by column, counted from 1; once they are arranged
}

// placed is a cell in its column.
type placed struct {
	col int
	Cell
	group int    // which of the groups its formula is of
	text  string // the formula as it stands in the cell, where columns share it
	shown int    // its number among the formulas that are seen
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

// set puts a cell into a sheet.
func (g *grid) set(row, col int, c Cell) {
	for len(g.rows) <= row {
		g.rows = append(g.rows, nil)
	}
	g.rows[row] = append(g.rows[row], placed{col: col, Cell: c})
	g.last = max(g.last, col)
}

// at returns a cell, nil where there is none. The sheet is arranged.
func (g *grid) at(row, col int) *placed {
	if row >= len(g.places) || col >= len(g.places[row]) || g.places[row][col] == 0 {
		return nil
	}
	return &g.rows[row][g.places[row][col]-1]
}

// First is the row in which the checks begin.
const First = 5

// Add adds a column of cells to the sheet behind, one in each of the rows, and returns
// what stands for its letters.
func (s *Sheet) Add(rows []int, cells []Cell) string {
	name := s.Next()
	s.columns = append(s.columns, len(s.columns))
	for i, c := range cells {
		s.back.set(rows[i], len(s.columns), c)
	}
	return name
}

// Asks reports whether a formula asks for a constant that is each form's own.
func (s *Sheet) Asks(own int) bool { return s.asked[own] }

// Next returns what stands for the letters of the column that Add adds next.
func (s *Sheet) Next() string { return nameOf(len(s.columns)) }

// nameOf stands for the letters of a column, and stateColumn is the one of which the
// cells are.
func nameOf(column int) string { return string(firstColumn + rune(column)) }

func stateColumn(cells string) int {
	for _, r := range cells {
		if r >= firstColumn {
			return int(r - firstColumn)
		}
	}
	return 0
}

// AddOwn adds a column of constants, each form's own or not, out of sight on the sheet
// itself, and returns its letters.
func (s *Sheet) AddOwn(rows []int, cells []Cell) string {
	col := max(s.front.last, lastSeen) + 1
	for i, c := range cells {
		s.front.set(rows[i], col, c)
	}
	return letters(col)
}

// arrange gives the columns of the sheet behind their letters, the most used the
// shortest, and sorts the cells of each row.
func (s *Sheet) arrange() {
	s.inline()
	uses := make([]int, len(s.columns))
	named := map[string]string{}
	for _, g := range []*grid{&s.front, &s.back} {
		for _, row := range g.rows {
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
	}
	for c, cells := range s.byColumn() {
		if len(cells) == 0 {
			uses[c] = -2
		}
	}
	for _, c := range s.states {
		uses[c] = -1
	}
	order := slices.Clone(s.columns)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(uses[b], uses[a]) })
	for i, c := range order {
		s.columns[c] = i + 1
	}
	for f := range named {
		named[f] = s.named(f)
	}
	for _, g := range []*grid{&s.front, &s.back} {
		for row := range g.rows {
			for i := range g.rows[row] {
				c := &g.rows[row][i]
				c.Formula = named[c.Formula]
				if g == &s.back {
					c.col = s.columns[c.col-1]
				} else if c.Formula != "" {
					c.shown = s.shown
					s.shown++
				}
			}
			slices.SortFunc(g.rows[row], func(a, b placed) int { return a.col - b.col })
			g.rows[row] = slices.Clone(g.rows[row]) // in no more room than they take
		}
		g.share()
	}
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

// group is cells below each other, or side by side, with one formula, which is written in
// the first.
type group struct {
	written      string // with what stands for the row and the column
	formula      string // of the first
	col, lastCol int
	first, last  int // rows
	id           int // of a formula that is shared
}

func (g *group) shared() bool { return g.first < g.last || g.col < g.lastCol }

// share finds the groups.
func (g *grid) share() {
	open := map[int]int{} // groups by column
	for row, cells := range g.rows {
		beside := -1 // the group of the cell to the left
		for i := range cells {
			c := &cells[i]
			if c.Formula == "" {
				beside = -1
				continue
			}
			across := strings.Contains(c.Formula, column)
			n, ok := open[c.col]
			if across {
				n, ok = beside, beside >= 0 && g.groups[beside].lastCol == c.col-1
				c.text = at(c.Formula, row, c.col)
			} else {
				ok = ok && g.groups[n].last == row-1
			}
			if !ok || g.groups[n].written != c.Formula {
				n = len(g.groups)
				g.groups = append(g.groups, group{written: c.Formula, formula: at(c.Formula, row, c.col), col: c.col, lastCol: c.col, first: row})
				open[c.col] = n
			}
			g.groups[n].last, g.groups[n].lastCol = row, c.col
			c.group = n
			beside = -1
			if across {
				beside = n
			}
		}
	}
	g.places = make([][]int16, len(g.rows))
	for row, cells := range g.rows {
		if len(cells) == 0 {
			continue
		}
		g.places[row] = make([]int16, cells[len(cells)-1].col+1)
		for i := range cells {
			g.places[row][cells[i].col] = int16(i + 1)
		}
	}
	id := 0
	for i := range g.groups {
		if x := &g.groups[i]; x.shared() {
			x.id = id
			id++
		}
	}
}

// letters returns the name of a column.
func letters(col int) string { return strings.TrimRight(xlsx.Ref(1, col), "1") }
