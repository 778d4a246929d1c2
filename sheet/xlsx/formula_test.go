package xlsx

import "testing"

// What a formula says in another cell.
func TestShiftFormula(t *testing.T) {
	for _, tt := range []struct {
		formula     string
		down, right int
		want        string
	}{
		{"SUM(A1:B2)*$C$3", 2, 1, "SUM(B3:C4)*$C$3"},
		{"A$1+$A1", 1, 1, "B$1+$A2"},
		{`IF(A1="A1",'A1 表'!A1,LOG10(A1))`, 1, 0, `IF(A2="A1",'A1 表'!A2,LOG10(A2))`},
		{"SUM(A:A,1:2,$B:B)", 1, 1, "SUM(B:B,2:3,$B:C)"},
		{"总额+a1", 1, 0, "总额+A2"},
		{"=SUM( $A$1 : b2 )", 1, 1, "=SUM( $A$1:C3 )"},
		{"A2", -2, 0, ""}, {"A1", 0, -1, ""}, {`"a`, 1, 1, ""}, {"XFD1", 0, 1, ""},
	} {
		got, ok := ShiftFormula(tt.formula, tt.down, tt.right)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("ShiftFormula(%s, %d, %d) = %s, %t", tt.formula, tt.down, tt.right, got, ok)
		}
	}
}
