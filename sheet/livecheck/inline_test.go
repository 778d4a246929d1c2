package livecheck

import (
	"strings"
	"testing"
)

// TestInline: what one formula asks for stands in it, what none asks for nowhere; what is
// calculated as an array, or asked for twice, stays a cell.
func TestInline(t *testing.T) {
	s := &Sheet{Form: "表"}
	rows := []int{7, 8}
	add := func(formula string) string { return s.Add(rows, []Cell{Formula(formula), Formula(formula)}) }
	add("LEN(表!A" + Row + ")") // nothing asks for it
	once := add("LEN(表!B" + Row + ")+1")
	call := add("LEN(表!C" + Row + ")")
	twice := add("LEN(表!D" + Row + ")")
	array := add("LEN(表!E" + Row + ")")
	area := add("LEN(表!F" + Row + ")")
	text := add(`"x$` + once + Row + `"`) // no name: but it is never told from one
	states := s.Add(rows, []Cell{Formula("0"), Formula("0")})
	formula := "IF($" + once + Row + "*$" + call + Row + ">$" + twice + Row + ",$" + twice + Row + ",SUMPRODUCT(--ISNUMBER(FIND({1;2},$" + array + Row + "))))+SUM($" + area + "$7:$" + area + "$8)"
	for i := range s.back.rows[7:9] {
		cells := s.back.rows[7+i]
		cells[len(cells)-1].Formula = formula
	}
	_ = text
	s.List([]Check{{ID: "x", Title: "题", Grade: Wrong, States: "$" + states + "$7:$" + states + "$8", Rows: rows, Cells: []string{"A7", "A8"}, Places: Locations{Column: "A"}, Say: func(_, title string) string { return title }}})
	var left []string
	for _, x := range s.back.rows[7] {
		left = append(left, strings.ReplaceAll(s.back.groups[x.group].formula, "表!", ""))
	}
	for _, want := range []string{"LEN(D7)", "LEN(E7)", "LEN(F7)"} {
		if !strings.Contains(strings.Join(left, "\n"), "\n"+want) && left[0] != want {
			t.Errorf("%s is no cell of its own: %q", want, left)
		}
	}
	state := left[len(left)-1]
	if !strings.Contains(state, "IF((LEN(B7)+1)*LEN(C7)>") || len(left) != 4 {
		t.Errorf("%q", left)
	}
}

// TestDepth: brackets in texts and names of sheets are none.
func TestDepth(t *testing.T) {
	for formula, want := range map[string]int{"1": 0, "A(B(1),2)": 2, `A("((")`: 1, "'(表'!A1": 0, "(1)+(2)": 1} {
		if got := depth(formula); got != want {
			t.Errorf("%s: %d, want %d", formula, got, want)
		}
	}
	for formula, want := range map[string]string{"LEN(A1)": "LEN(A1)", "LEN(A1)+LEN(A2)": "(LEN(A1)+LEN(A2))", "(A1)": "(A1)", "A1": "(A1)", `IF(A1,")",1)`: `IF(A1,")",1)`} {
		if got := operand(formula); got != want {
			t.Errorf("%s: %s, want %s", formula, got, want)
		}
	}
}
