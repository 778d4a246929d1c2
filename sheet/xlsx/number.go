package xlsx

import (
	"math"
	"strconv"
)

// maxDigits is how many significant digits Excel shows of a number.
const maxDigits = 15

// decimal is a number as Excel shows it: rounded to 15 significant digits,
// 0.d1d2d3… × 10^exp, without trailing zeros. Zero has no digits.
type decimal struct {
	neg    bool
	digits [maxDigits]byte
	n      int // how many digits
	exp    int
}

// toDecimal rounds a finite number.
func toDecimal(v float64) decimal {
	if v == 0 {
		return decimal{}
	}
	d := decimal{neg: v < 0, n: maxDigits}
	var buf [32]byte
	b := strconv.AppendFloat(buf[:0], math.Abs(v), 'e', maxDigits-1, 64) // d.dddddddddddddde±dd
	d.digits[0] = b[0]
	copy(d.digits[1:], b[2:])
	d.exp, _ = strconv.Atoi(string(b[maxDigits+2:]))
	d.exp++
	d.trim()
	return d
}

// trim drops trailing zeros.
func (d *decimal) trim() {
	for d.n > 0 && d.digits[d.n-1] == '0' {
		d.n--
	}
	if d.n == 0 {
		*d = decimal{}
	}
}

// shift multiplies by 10^n.
func (d *decimal) shift(n int) {
	if d.n > 0 {
		d.exp += n
	}
}

// round rounds to so many decimal places, half away from zero.
func (d *decimal) round(places int) {
	keep := d.exp + places
	switch {
	case keep >= d.n:
		return
	case keep < 0:
		*d = decimal{}
		return
	}
	up := d.digits[keep] >= '5'
	d.n = keep
	for up && d.n > 0 && d.digits[d.n-1] == '9' {
		d.n--
	}
	switch {
	case up && d.n > 0:
		d.digits[d.n-1]++
	case up:
		d.digits[0], d.n = '1', 1
		d.exp++
	default:
		d.trim()
	}
}

// digit returns the digit that counts 10^place.
func (d *decimal) digit(place int) byte {
	if i := d.exp - 1 - place; i >= 0 && i < d.n {
		return d.digits[i]
	}
	return '0'
}

// appendFixed writes the number with at least minFrac decimal places.
func (d *decimal) appendFixed(b []byte, minFrac int) []byte {
	if d.neg {
		b = append(b, '-')
	}
	for place := max(d.exp, 1) - 1; place >= 0; place-- {
		b = append(b, d.digit(place))
	}
	places := max(d.n-d.exp, minFrac)
	if places > 0 {
		b = append(b, '.')
	}
	for place := range places {
		b = append(b, d.digit(-1-place))
	}
	return b
}

// appendScientific writes the number as 1.5E+20. Its exponent has two digits
// or more: other numbers are not written so.
func (d *decimal) appendScientific(b []byte) []byte {
	if d.neg {
		b = append(b, '-')
	}
	b = append(b, d.digits[0])
	if d.n > 1 {
		b = append(append(b, '.'), d.digits[1:d.n]...)
	}
	exp, sign := d.exp-1, byte('+')
	if exp < 0 {
		exp, sign = -exp, '-'
	}
	return strconv.AppendInt(append(b, 'E', sign), int64(exp), 10)
}

// appendGeneral writes a number as in the formula bar: 1121.92, 0.1, and
// 1E+20 only from there on (and 1E-10 down from there).
func appendGeneral(b []byte, v float64) []byte {
	d := toDecimal(v)
	if d.exp > 20 || d.exp < -8 {
		return d.appendScientific(b)
	}
	return d.appendFixed(b, 0)
}

// general is appendGeneral as a text.
func (k *texts) general(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 100 { // strconv has these ready
		return strconv.FormatInt(int64(v), 10)
	}
	var buf [32]byte
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return k.keep(strconv.AppendInt(buf[:0], int64(v), 10))
	}
	return k.keep(appendGeneral(buf[:0], v))
}

// parseNumber reads the value of a number cell: a finite decimal number, not
// the hexadecimal ones and names that Go reads too.
func parseNumber(b []byte) (float64, bool) {
	if len(b) == 0 {
		return 0, false
	}
	for _, c := range b {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil
}
