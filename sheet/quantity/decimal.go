package quantity

import (
	"strconv"
)

// decimal is a number as it is typed, mant × 10^exp. Keeping the power of ten apart
// lets "98.11%" become the float64 nearest to 0.9811, not 98.11 divided by 100, and
// tells how precisely the number was given.
type decimal struct {
	neg  bool
	mant uint64
	exp  int
}

// What is beyond these is no number. Nothing on a form comes near; with them no
// ratio overflows.
const smallest, largest = 1e-30, 1e30

// fullMantissa is where a decimal stops taking digits: with 18 of them it has more
// than a float64 can hold.
const fullMantissa = 1e17

func (d decimal) shift(n int) decimal {
	d.exp += n
	return d
}

var powersOfTen = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
	1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// float returns the float64 nearest to d. ok is false when d is out of all
// proportion.
func (d decimal) float() (f float64, ok bool) {
	if d.mant == 0 {
		return 0, true
	}
	const exact = 1 << 53 // up to here a mantissa is a float64 without loss, and so is a power of ten up to 10^22
	switch {
	case d.mant < exact && 0 <= d.exp && d.exp < len(powersOfTen):
		f = float64(d.mant) * powersOfTen[d.exp]
	case d.mant < exact && d.exp < 0 && -d.exp < len(powersOfTen):
		f = float64(d.mant) / powersOfTen[-d.exp]
	default:
		var buf [32]byte
		b := strconv.AppendUint(buf[:0], d.mant, 10)
		b = strconv.AppendInt(append(b, 'e'), int64(d.exp), 10)
		f, _ = strconv.ParseFloat(string(b), 64) // an overflow gives ±Inf, refused below
	}
	if f > largest || f < smallest {
		return 0, false
	}
	if d.neg {
		f = -f
	}
	return f, true
}

// step returns one unit of the last significant digit: 100 for 4200, 0.01 for 95%.
// It is 0 for zero.
func (d decimal) step() float64 {
	if d.mant == 0 {
		return 0
	}
	for d.mant%10 == 0 {
		d.mant /= 10
		d.exp++
	}
	f, _ := decimal{mant: 1, exp: d.exp}.float()
	return f
}

// scanDecimal reads a number in Arabic digits from the start of a normalized,
// compact text: a sign, digits that may be grouped in threes by commas or blanks, a
// fraction, a power of ten.
func scanDecimal(s string) (d decimal, rest string, ok bool) {
	rest = s
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		d.neg = rest[0] == '-'
		rest = rest[1:]
	}
	whole := groupedDigits(rest)
	for i := range whole {
		if IsDigit(rest[i]) {
			d.push(rest[i], false)
		}
	}
	rest = rest[whole:]
	ok = whole > 0
	if len(rest) > 1 && rest[0] == '.' && IsDigit(rest[1]) {
		ok = true
		for rest = rest[1:]; rest != "" && IsDigit(rest[0]); rest = rest[1:] {
			d.push(rest[0], true)
		}
	}
	if !ok {
		return decimal{}, s, false
	}
	power, rest := scanPower(rest)
	d.exp += power
	return d, rest, true
}

// push appends a digit to d.
func (d *decimal) push(digit byte, fraction bool) {
	if d.mant >= fullMantissa {
		if !fraction {
			d.exp++
		}
		return
	}
	d.mant = d.mant*10 + uint64(digit-'0')
	if fraction {
		d.exp--
	}
}

// groupedDigits returns the length of the whole part that opens s: 7 for
// "215,457.6". A separator counts only when every group after it has exactly three
// digits and all separators are the same.
func groupedDigits(s string) int {
	n := digitRun(s)
	if n == 0 || n > 3 || s[0] == '0' || n == len(s) {
		return n
	}
	sep := s[n]
	if sep != ',' && sep != ' ' {
		return n
	}
	for n < len(s) && s[n] == sep && digitRun(s[n+1:min(n+5, len(s))]) == 3 {
		n += 4
	}
	return n
}

// digitRun counts the ASCII digits that open s.
func digitRun(s string) int {
	n := 0
	for n < len(s) && IsDigit(s[n]) {
		n++
	}
	return n
}

// scanPower reads a power of ten as a spreadsheet writes it, E+3.
func scanPower(s string) (power int, rest string) {
	if len(s) < 2 || s[0] != 'e' && s[0] != 'E' {
		return 0, s
	}
	t, sign := s[1:], 1
	switch t[0] {
	case '+':
		t = t[1:]
	case '-':
		t, sign = t[1:], -1
	}
	n := digitRun(t)
	if n == 0 || n > 3 {
		return 0, s
	}
	power, _ = strconv.Atoi(t[:n])
	return sign * power, t[n:]
}
