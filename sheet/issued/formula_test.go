package issued

import "testing"

// Two spellings of a formula, and what is another one.
func TestSameFormula(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"SUM(D7:D9)", "SUM(D7:D9)", true},
		{"SUM(D7:D9)", "=sum( $D$7 : d9 )", true},
		{"IF(E6=0,0,ROUND(F6/E6,4))", "IF(E6=0, 0, ROUND(F6 / E6, 4))", true},
		{"CONCAT(A1)", "_xlfn.CONCAT(A1)", true},
		{"A1*0.50", "A1*0.5", true},
		{"A1", "绩效表!A1", true},
		{"A1", "'绩效表'!$A$1", true},
		{`IF(A1="a b","",1)`, `IF(A1="a b","",1)`, true},
		{`A1&"a"`, `A1&"A"`, false},
		{`A1&"a b"`, `A1&"ab"`, false},
		{"A1", "附表!A1", false},
		{"SUM(D7:D9)", "SUM(D7,D8,D9)", false},
		{"SUM(D7:D9)", "SUM(D7:D8)", false},
		{"SUM(D7:D9)", "SUM(D7:E9)", false},
		{"A1*0.5", "A1*0.6", false},
		{"A1+B1", "A1-B1", false},
		{"A1", "A1+0", false},
		{"A1", "", false},
		{`"`, `"`, true},
		{"'", "'x", false},
	} {
		c := comparison{issued: &issue{sheet: "绩效表"}, sheet: "绩效表"}
		if got := c.sameFormula(tt.a, tt.b); got != tt.same {
			t.Errorf("%s and %s: %v", tt.a, tt.b, got)
		}
	}
}

// Rows 7 to 9 were issued; a row was put in above row 8, and row 9 taken out.
func TestReferencesFollowRows(t *testing.T) {
	c := comparison{issued: &issue{}, rows: rowMap{to: map[int]int{6: 6, 7: 7, 8: 9, 10: 10}, issued: []int{6, 7, 8, 10}}}
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"D8", "D9", true}, {"D8", "D8", false}, {"D7", "D7", true}, {"D9", "D9", false},
		{"SUM(D7:D8)", "SUM(D7:D9)", true},
		{"SUM(D7:D9)", "SUM(D7:D9)", true}, // its last row is gone
		{"SUM(D8:D10)", "SUM(D9:D10)", true},
		{"SUM(D8:D10)", "SUM(D8:D10)", true}, // the new row is taken in
		{"SUM(D7:D7)", "SUM(D7:D8)", true},
		{"SUM(D7:D7)", "SUM(D7:D9)", false},
		{"SUM(D8:D10)", "SUM(D7:D10)", false},
	} {
		if got := c.sameFormula(tt.a, tt.b); got != tt.same {
			t.Errorf("%s and %s: %v", tt.a, tt.b, got)
		}
	}
}
