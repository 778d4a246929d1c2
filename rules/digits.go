package rules

import (
	"math"
	"strconv"
	"strings"

	"ziping/sheet/quantity"
)

// written is a number as it is written: its value, how many decimals stand there, and
// how much the last digit is worth.
type written struct {
	value, unit float64
	places      int
}

// withoutCommas takes out what groups digits.
func withoutCommas(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), "，", "")
}

// writtenIn returns the number that a text is.
func writtenIn(text string) (n written, ok bool) {
	v, unit, ok := quantity.ParseNumber(text)
	number, places := firstNumber(withoutCommas(folded(text)))
	if !ok || number == "" {
		return n, false
	}
	plain, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return n, false
	}
	n = written{value: v, unit: math.Pow10(-places), places: places}
	switch {
	case plain != 0:
		n.unit *= math.Abs(v) / plain // of 98.11% it is a hundredth of that
	case unit == "%":
		n.unit /= 100
	}
	return n, true
}

// firstNumber returns the first number of a text without its sign, "" for none, and how
// many decimals it has.
func firstNumber(text string) (number string, places int) {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	whole := len(text) - len(strings.TrimLeft(text, "0123456789"))
	if rest, ok := strings.CutPrefix(text[whole:], "."); ok {
		places = len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if places > 0 {
			return text[:whole+1+places], places
		}
	}
	return text[:whole], 0
}

// agrees reports whether a number is the one that is written, to the digits that are.
func (n written) agrees(v float64) bool {
	const most = 2 // what is more must be a percentage
	if n.value > most && math.Abs(v) <= most {
		n.value, n.unit = n.value/100, n.unit/100
	}
	return quantity.Round(math.Abs(n.value-v)-n.unit/2, 12) <= 0
}
