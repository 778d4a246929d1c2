package quantity

import (
	"strconv"
	"strings"
)

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
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	if err != nil {
		short = v
	}
	if short == 0 {
		return "0" // not -0
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}
