// Package livecheck is the sheet 填报检查 of a workbook that is issued: it tells the
// department while it fills in the form what is still wrong. It is made of formulas
// only. What they say comes from the rules; this package puts them into the workbook,
// and knows the sheet again when the workbook comes back.
package livecheck

import (
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

// Sheet is the sheet as it is made: cells by row, and which form they are about.
type Sheet struct {
	Form  string // the name of the sheet that the form is on
	Lines int    // how many checks it lists

	rows  [][]placed
	lines []line
	last  int // column
}

// placed is a cell in its column.
type placed struct {
	col int
	Cell
}

// Cell is a cell of the sheet: a formula, or else a constant.
type Cell struct {
	Formula string // without =, with Row for its row
	Value   calc.Value
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
	s.rows[row] = append(s.rows[row], placed{col, c})
	s.last = max(s.last, col)
}

// arrange sorts the cells of each row.
func (s *Sheet) arrange() {
	for _, row := range s.rows {
		slices.SortFunc(row, func(a, b placed) int { return a.col - b.col })
	}
}

// at returns a cell, nil where there is none. The sheet is arranged.
func (s *Sheet) at(row, col int) *Cell {
	if row >= len(s.rows) {
		return nil
	}
	i, ok := slices.BinarySearchFunc(s.rows[row], col, func(p placed, col int) int { return p.col - col })
	if !ok {
		return nil
	}
	return &s.rows[row][i].Cell
}

// First is the row in which the checks begin.
const First = 5

// Add adds a column of cells out of sight, one in each of the rows, and returns its
// letters.
func (s *Sheet) Add(rows []int, cells []Cell) string {
	col := s.next()
	for i, c := range cells {
		s.set(rows[i], col, c)
	}
	s.last = max(s.last, col)
	return letters(col)
}

func (s *Sheet) next() int { return max(s.last, lastSeen) + 1 }

// Next returns the letters of the column that Add adds next.
func (s *Sheet) Next() string { return letters(s.next()) }

// letters returns the name of a column.
func letters(col int) string { return strings.TrimRight(xlsx.Ref(1, col), "1") }
