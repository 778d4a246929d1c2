package quantity

import (
	"slices"
	"strings"
)

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
	shift := 0
	if rest != "" {
		u, percent := units(), false
		switch shift, percent = u.Percent[rest]; {
		case percent:
			rest = "%"
		case !slices.Contains(u.Words.Plain, rest):
			return 0, "", false
		}
	}
	if yuan {
		if rest != "" && rest != "元" {
			return 0, "", false
		}
		rest = "元"
	}
	if value, ok = d.shift(shift).float(); !ok {
		return 0, "", false
	}
	return value, rest, true
}
