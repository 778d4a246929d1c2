package livecheck

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// use is where a column of the sheet behind is named.
type use struct {
	times   int
	by      int    // the column whose cells name it, -1 for one of the sheet itself
	formula string // of these
}

// inline takes out what nothing asks for, which is left over of rules that are not
// translated, and puts what a column says into the only formula that asks for it: a cell
// in each row takes more room than the formula itself.
func (s *Sheet) inline() {
	for done := true; done; {
		done = false
		cells, uses := s.byColumn(), s.uses()
		for i := range s.columns {
			u := uses[i]
			if u.times > 1 || slices.Contains(s.states, i) || len(cells[i]) == 0 {
				continue
			}
			gone := u.times == 0
			if gone {
				s.drop(i)
			} else if u.by >= 0 {
				gone = s.put(i, cells[i], cells[u.by], u.formula)
			}
			if gone {
				done = true
				cells, uses = s.byColumn(), s.uses()
			}
		}
	}
	s.dropOwn()
}

// drop takes a column of the sheet behind out.
func (s *Sheet) drop(c int) {
	for row := range s.back.rows {
		s.back.rows[row] = slices.DeleteFunc(s.back.rows[row], func(x placed) bool { return x.col == c+1 })
	}
}

// dropOwn takes out the constants on the sheet itself that nothing asks for.
func (s *Sheet) dropOwn() {
	asked := map[string]bool{}
	for _, grid := range []*grid{&s.front, &s.back} {
		for _, cells := range grid.rows {
			for i := range cells {
				for _, rest := range strings.Split(cells[i].Formula, Own+"$")[1:] {
					asked[rest[:len(rest)-len(strings.TrimLeft(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]] = true
				}
			}
		}
	}
	for row := range s.front.rows {
		s.front.rows[row] = slices.DeleteFunc(s.front.rows[row], func(x placed) bool { return x.col > lastSeen && !asked[letters(x.col)] })
	}
}

// byColumn returns the cells of each column of the sheet behind, by their rows.
func (s *Sheet) byColumn() []map[int]*placed {
	list := make([]map[int]*placed, len(s.columns))
	for i := range list {
		list[i] = map[int]*placed{}
	}
	for row, cells := range s.back.rows {
		for i := range cells {
			list[cells[i].col-1][row] = &cells[i]
		}
	}
	return list
}

// uses returns where the columns are named, in formulas that differ.
func (s *Sheet) uses() []use {
	list := make([]use, len(s.columns))
	type place struct {
		by      int
		formula string
	}
	seen := map[place]bool{}
	for g, grid := range []*grid{&s.front, &s.back} {
		for _, cells := range grid.rows {
			for i := range cells {
				at := place{-1, cells[i].Formula}
				if g == 1 {
					at.by = cells[i].col - 1
				}
				if at.formula == "" || seen[at] {
					continue
				}
				seen[at] = true
				for _, r := range at.formula {
					if c := int(r - firstColumn); c >= 0 && c < len(list) {
						list[c].times++
						list[c].by, list[c].formula = at.by, at.formula
					}
				}
			}
		}
	}
	return list
}

// put puts the formula of the cells of a column into the formula that names it in the
// cells of another one, where that is one formula in all of the same rows.
func (s *Sheet) put(c int, from, into map[int]*placed, formula string) bool {
	name, inner := "$"+nameOf(c), ""
	for _, x := range from {
		if x.Formula == "" || inner != "" && x.Formula != inner {
			return false
		}
		inner = x.Formula
	}
	reference := name + Row
	for row := range from {
		if len(from) == 1 && !strings.Contains(formula, reference) {
			reference = name + "$" + number(row)
		}
		if x := into[row]; reference == name+Row && (x == nil || x.Formula != formula) {
			return false
		}
	}
	before, after, named := strings.Cut(formula, reference)
	if !named || after != "" && after[0] >= '0' && after[0] <= '9' || strings.Contains(inner, Row) && reference != name+Row || inArray(before) {
		return false
	}
	if reference == name+Row {
		for row, x := range into {
			if x.Formula == formula && from[row] == nil {
				return false
			}
		}
	}
	whole := before + operand(inner) + after
	if utf8.RuneCountInString(whole) > longest || depth(whole) > deepest {
		return false
	}
	for _, x := range into {
		if x.Formula == formula {
			x.Formula = whole
		}
	}
	s.drop(c)
	return true
}

// longest is how long a formula may be in characters, and deepest how deep it may be
// nested, each with room to Excel's bound.
const (
	longest = 7500
	deepest = 60
)

// operand is a formula as a part of another one.
func operand(formula string) string {
	name, inside, called := strings.Cut(formula, "(")
	if called && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && strings.HasSuffix(inside, ")") {
		open, whole := 1, true
		walk(inside, func(i int, c byte) {
			if c == '(' {
				open++
			} else if open--; open == 0 && i < len(inside)-1 {
				whole = false
			}
		})
		if whole {
			return formula
		}
	}
	return "(" + formula + ")"
}

// depth is how deep a formula's brackets are nested.
func depth(formula string) int {
	now, most := 0, 0
	walk(formula, func(_ int, c byte) {
		if c == ')' {
			now--
			return
		}
		now++
		most = max(most, now)
	})
	return most
}

// inArray reports whether what follows the beginning of a formula is an argument of
// SUMPRODUCT, which calculates all in it as arrays.
func inArray(before string) bool {
	var open []bool
	walk(before, func(i int, c byte) {
		if c == ')' {
			open = open[:len(open)-1]
			return
		}
		open = append(open, strings.HasSuffix(before[:i], "SUMPRODUCT"))
	})
	return slices.Contains(open, true)
}

// walk calls bracket for each bracket of a formula that stands in no text.
func walk(formula string, bracket func(i int, c byte)) {
	text := byte(0)
	for i := range len(formula) {
		switch c := formula[i]; {
		case text != 0:
			if c == text {
				text = 0
			}
		case c == '"' || c == '\'':
			text = c
		case c == '(' || c == ')':
			bracket(i, c)
		}
	}
}
