package livecheck

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// inliner takes out what nothing asks for, which is left over of rules that are not
// translated, and puts what a column says into the only formula that asks for it: a cell
// in each row takes more room than the formula itself.
type inliner struct {
	*Sheet
	cells []map[int]*placed // of each column of the sheet behind, by row
	users []map[int]int     // how often each column is named in the formulas of another one, or -1 for the sheet itself
}

func (s *Sheet) inline() {
	in := inliner{s, s.byColumn(), make([]map[int]int, len(s.columns))}
	for i := range in.users {
		in.users[i] = map[int]int{}
	}
	for c := range in.cells {
		in.name(c, formulasOf(in.cells[c]), 1)
	}
	seen := map[string]bool{}
	for _, cells := range s.front.rows {
		for i := range cells {
			if f := cells[i].Formula; !seen[f] {
				seen[f] = true
				in.name(-1, []string{f}, 1)
			}
		}
	}
	for again := true; again; {
		again = false
		for c := range s.columns {
			if len(in.cells[c]) > 0 && !slices.Contains(s.states, c) && in.spare(c) {
				again = true
			}
		}
	}
	for row := range s.back.rows {
		s.back.rows[row] = slices.DeleteFunc(s.back.rows[row], func(x placed) bool { return len(in.cells[x.col-1]) == 0 })
	}
	s.dropOwn()
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

// formulasOf returns the formulas of cells that differ.
func formulasOf(cells map[int]*placed) []string {
	var list []string
	for _, x := range cells {
		if x.Formula != "" && !slices.Contains(list, x.Formula) {
			list = append(list, x.Formula)
		}
	}
	return list
}

// name notes which columns the formulas of one name, with -1 that they no longer do.
func (in *inliner) name(by int, formulas []string, times int) {
	for _, f := range formulas {
		for _, r := range f {
			if c := int(r - firstColumn); c >= 0 && c < len(in.users) {
				in.users[c][by] += times
				if in.users[c][by] == 0 {
					delete(in.users[c], by)
				}
			}
		}
	}
}

// spare takes a column out where that can be done.
func (in *inliner) spare(c int) bool {
	formulas := formulasOf(in.cells[c])
	if len(in.users[c]) == 0 {
		in.name(c, formulas, -1)
		in.cells[c] = nil
		return true
	}
	for by, times := range in.users[c] {
		if len(in.users[c]) > 1 || times > 1 || by < 0 || by == c || len(formulas) != 1 || !in.put(c, by, formulas[0]) {
			return false
		}
		in.name(c, formulas, -1)
		in.name(by, formulas, 1)
	}
	in.users[c], in.cells[c] = map[int]int{}, nil
	return true
}

// put puts the formula of the cells of a column into the formula that names it in the
// cells of another one, where that is one formula in all of the same rows.
func (in *inliner) put(c, by int, inner string) bool {
	from, into := in.cells[c], in.cells[by]
	formula := ""
	for _, x := range into {
		if strings.Contains(x.Formula, nameOf(c)) {
			formula = x.Formula
		}
	}
	reference := "$" + nameOf(c) + Row
	if strings.Contains(formula, reference) {
		for row, x := range into {
			if x.Formula == formula && from[row] == nil {
				return false
			}
		}
	} else {
		for row := range from {
			reference = "$" + nameOf(c) + "$" + number(row)
		}
		if len(from) != 1 || strings.Contains(inner, Row) {
			return false
		}
	}
	before, after, named := strings.Cut(formula, reference)
	if !named || after != "" && after[0] >= '0' && after[0] <= '9' || inArray(before) {
		return false
	}
	for _, x := range from {
		if x.Formula == "" {
			return false
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
	return true
}

// dropOwn takes out the constants on the sheet itself that nothing asks for.
func (s *Sheet) dropOwn() {
	asked, seen := map[string]bool{}, map[string]bool{}
	for _, grid := range []*grid{&s.front, &s.back} {
		for _, cells := range grid.rows {
			for i := range cells {
				f := cells[i].Formula
				if seen[f] {
					continue
				}
				seen[f] = true
				for _, rest := range strings.Split(f, Own+"$")[1:] {
					asked[rest[:len(rest)-len(strings.TrimLeft(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]] = true
				}
			}
		}
	}
	s.asked = map[int]bool{}
	for row := range s.front.rows {
		s.front.rows[row] = slices.DeleteFunc(s.front.rows[row], func(x placed) bool {
			gone := x.col > lastSeen && !asked[letters(x.col)]
			s.asked[x.Own] = s.asked[x.Own] || !gone
			return gone
		})
	}
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
