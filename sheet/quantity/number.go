package quantity

import (
	"slices"
	"strconv"
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
		shift, percent = u.Percent[rest]
		switch {
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
	value, ok = d.shift(shift).float()
	if !ok {
		return 0, "", false
	}
	return value, rest, true
}

// Round rounds to a number of decimal places (0 to 15) as Excel's ROUND does:
// half away from zero, on the 15 significant digits that a spreadsheet keeps, so
// that 9.985 is 9.99 although no float64 is. LibreOffice was seen to differ only
// in the last of 14 digits of a result, 3426165523.8525.
func Round(v float64, places int) float64 {
	s := FormatNumber(v)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if len(fraction) <= places {
		return mustParse(sign + s)
	}
	digits := []byte("0" + whole + fraction[:places])
	if fraction[places] >= '5' {
		i := len(digits) - 1
		for ; digits[i] == '9'; i-- {
			digits[i] = '0'
		}
		digits[i]++
	}
	point := len(digits) - places
	return mustParse(sign + string(digits[:point]) + "." + string(digits[point:]) + "0")
}

// mustParse parses what FormatNumber wrote; zero has no sign.
func mustParse(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v == 0 {
		return 0
	}
	return v
}

// FormatNumber writes a number as a spreadsheet keeps it: at most 15
// significant digits, no exponent, no trailing zeros.
func FormatNumber(v float64) string {
	var b [32]byte
	return string(AppendNumber(b[:0], v))
}

// AppendNumber is FormatNumber behind some bytes.
func AppendNumber(b []byte, v float64) []byte {
	if v == 0 {
		return append(b, '0') // not -0
	}
	before := len(b)
	b = strconv.AppendFloat(b, v, 'f', -1, 64)
	if len(b)-before <= 15 { // no more digits than that
		return b
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	if err != nil {
		short = v
	}
	return strconv.AppendFloat(b[:before], short, 'f', -1, 64)
}
