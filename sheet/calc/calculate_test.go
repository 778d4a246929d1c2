package calc

import "testing"

func TestCutRound(t *testing.T) {
	for _, tt := range []struct {
		formula, exact string
		places         int
	}{
		{"ROUND(A1,2)", "(A1)", 2},
		{"ROUND(A1+SUM(B1:C1),2)", "(A1+SUM(B1:C1))", 2},
		{"IF(B1=0,0,ROUND(A1/B1,4))", "IF(B1=0,0,(A1/B1))", 4},
		{"ROUND(MAX(0,MIN(1,A1/B1))*C1, 2 )", "(MAX(0,MIN(1,A1/B1))*C1)", 2},
		{"ROUND(A1+ROUND(B1,1),2)", "(A1+ROUND(B1,1))", 2},
		{"ROUND(A1,2)+1", "", 0}, {"SUM(A1:A3)", "", 0}, {"ROUND(A1,B1)", "", 0}, {"ROUND(A1", "", 0}, {"ROUND(A1,-1)", "", 0},
		{"ROUND(A1,1)+ROUND(B1,2)", "", 0}, {"A1+ROUND(B1,2)", "", 0}, {"IF(B1=0,C1,ROUND(A1,2))", "", 0}, {"IF(B1=0,0,1)+ROUND(A1,2)", "", 0},
	} {
		exact, places, ok := cutRound(tt.formula)
		if exact != tt.exact || places != tt.places || ok != (tt.exact != "") {
			t.Errorf("cutRound(%q) = %q, %d, %t; want %q, %d", tt.formula, exact, places, ok, tt.exact, tt.places)
		}
	}
}
