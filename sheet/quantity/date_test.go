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

func TestNoSuchDay(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"2025-08-32", "2025-08-32"}, {"2025/13/05", "2025/13/05"}, {"2025.11.31", "2025.11.31"}, {"2025年13月", "2025年13月"}, {"２０２５年２月２９日", "2025年2月29日"},
		{"6月31日前完成", "6月31日"}, {"已于4月31号验收", "4月31号"}, {"2月29日", "2月29日"}, {"2025年0月5日", "2025年0月5日"},
		{"2025-08-31", ""}, {"2024年2月29日", ""}, {"2025年12月", ""}, {"6月30日", ""}, {"2025-2026学年", ""}, {"18月龄", ""}, {"2025年36月龄牛", ""},
		{"13月", ""}, {"京财〔2025〕13号", ""}, {"010-2025-1332", ""}, {"2025-13-40-1", ""}, {"192.2025.13.40", ""}, {"", ""}, {"\xff月32日", ""},
	} {
		if got := NoSuchDay(tt.text, 2025); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := NoSuchDay("2月29日", 0); got != "" {
		t.Errorf("without a year: %q", got)
	}
}
