package sheet

import (
	"fmt"
	"testing"
)

func TestSumRanges(t *testing.T) {
	for formula, want := range map[string]string{
		"SUM(D7:D9)":                      "[D7:D9]",
		"ROUND(I6+SUM(H13:H20,H6),2)":     "[H13:H20 H6]",
		"sum( $D$7 : D9 )":                "[D7:D9]",
		"SUM(D7,绩效表!D8)":                  "[D7 D8]",
		"SUM(附表!D7:D9)":                   "[]",
		"SUM(D7:附表!D9)":                   "[]",
		"E7+E8":                           "[]",
		"SUM(E7+E8,E9)":                   "[E9]",
		"SUM(ROUND(E7,2),E8)":             "[E8]",
		"IF(SUM(E7:E9)=0,E10,SUM(F7:F9))": "[E7:E9 F7:F9]",
		"SUM(":                            "[]", "SUM(E7": "[]", "SUM(E7:": "[]", ")E7)": "[]", "": "[]", "SUM(E7:)": "[]",
	} {
		if got := fmt.Sprint(SumRanges(formula, "绩效表")); got != want {
			t.Errorf("%s sums %s, want %s", formula, got, want)
		}
	}
}
