package quantity

import (
	"math"
	"testing"
)

func TestParseWithoutYear(t *testing.T) {
	testQuantities(t, func(s string) Quantity { return ParseTarget(s, 0) }, []quantityTest{
		{"12月底前", days("0000-12-21", "0000-12-31")},
		{"年底前", days("0000-12-01", "0000-12-31")},
		{"2月", days("0000-02-01", "0000-02-29")},
		{"2021年12月底前", days("2021-12-21", "2021-12-31")},
		{"次年3月底前", qualitative},
		{"2021.12", number(None, 2021.12, "")},
		{"20211231", number(None, 20211231, "")},
		{"2021.12前", before(days("2021-12-01", "2021-12-31"))},
	})
	for _, year := range []int{-1, 1, 21, 99999, math.MaxInt, math.MinInt} {
		if got := ParseTarget("12月", year).To.Year(); got != 0 {
			t.Errorf("year %d gives %d", year, got)
		}
	}
}

// A dot between numbers is a date only in the form's own years.
func TestParseDotted(t *testing.T) {
	testQuantities(t, target2021, []quantityTest{
		{"2021.12万元", scaled(1e4, number(None, 20211200, "元"))},
		{"1998.12", number(None, 1998.12, "")},
		{"2021.13", number(None, 2021.13, "")},
		{"12.31", number(None, 12.31, "")},
		{"2022.3", days("2022-03-01", "2022-03-31")},
	})
}
