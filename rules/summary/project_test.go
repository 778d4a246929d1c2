package summary

import (
	"fmt"
	"slices"
	"testing"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

func TestAmount(t *testing.T) {
	for _, c := range []struct {
		value float64
		unit  string
		want  string
	}{
		{1234567.89, "元", "123.456789"}, {0.01, "元", "0.000001"}, {1121.92, "万元", "1121.92"}, {1.5, "千元", "0.15"},
		{0.123456, "亿元", "1234.56"}, {5, "", "NaN"}, {5, "美元", "NaN"},
	} {
		got := amount(sheet.N(c.value), c.unit)
		text := quantity.FormatNumber(got)
		if got != got {
			text = "NaN"
		}
		if text != c.want {
			t.Errorf("%g %s is %s 万元, want %s", c.value, c.unit, text, c.want)
		}
	}
}

// The columns for level 1 do not depend on the order of the forms, and are not
// without end.
func TestLevels(t *testing.T) {
	names := []string{"满意度指标", "自设乙", "产出指标", "", "效益指标", "自设甲", "自设甲", "成本指标"}
	for i := range 20 {
		names = append(names, fmt.Sprintf("其他%02d", i))
	}
	shownNames := func(names []string) (own []string, others int) {
		l := levels{numbers: map[string]int{}}
		for _, n := range names {
			l.number(n)
		}
		numbers, rest := l.shown()
		for _, i := range numbers {
			own = append(own, l.list[i])
		}
		return own, len(rest)
	}
	want := []string{"成本指标", "产出指标", "效益指标", "满意度指标", "自设甲", "其他00", "其他01", "其他02", "其他03", "其他04"}
	for range 2 {
		if own, others := shownNames(names); !slices.Equal(own, want) || others != 17 {
			t.Errorf("%v and %d others", own, others)
		}
		slices.Reverse(names)
	}
}
