package quantity

import "strings"

// plainUnits are the units an amount, a weight, a score or a rate may carry, with
// the power of ten that they stand for.
var plainUnits = []struct {
	written, unit string
	shift         int
}{
	{"", "", 0},
	{"%", "%", -2},
	{"‰", "%", -3},
	{"分", "分", 0},
	{"元", "元", 0},
	{"万元", "万元", 0},
	{"亿元", "亿元", 0},
}

// rejoin takes out the line breaks that a narrow cell makes in a number at its point
// or comma: "1,500.⏎00" is 1500. Between two digits a break stays: those may be two
// numbers.
func rejoin(s string) string {
	for i := strings.IndexByte(s, '\n'); i > 0; {
		if !strings.ContainsAny(s[i-1:i]+s[i+1:i+2], ".,") {
			return s
		}
		s = s[:i] + s[i+1:]
		i = strings.IndexByte(s, '\n')
	}
	return s
}

// ParseNumber reads an amount, a weight, a score or a rate as people type it:
// "215,457.6", "９８．１１％", "1.2E+3", "-5", "1 234.5", "10.00 分", "¥1,234.50".
//
// unit is "", "%", "分", "元", "万元" or "亿元". A percentage is a fraction already
// (98.11% is 0.9811); an amount is not multiplied (90万元 is 90 with the unit
// 万元), because the form states its own 金额单位. ok is false for anything else.
func ParseNumber(text string) (value float64, unit string, ok bool) {
	s := rejoin(compact(Normalize(text)))
	s, yuan := strings.CutPrefix(s, "¥")
	d, rest, ok := scanDecimal(s)
	if !ok {
		return 0, "", false
	}
	for _, u := range plainUnits {
		if rest != u.written {
			continue
		}
		unit = u.unit
		if yuan {
			if unit != "" && unit != "元" {
				return 0, "", false
			}
			unit = "元"
		}
		value, ok = d.shift(u.shift).float()
		if !ok {
			return 0, "", false
		}
		return value, unit, true
	}
	return 0, "", false
}
