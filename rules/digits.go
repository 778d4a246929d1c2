package rules

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ziping/sheet/quantity"
)

// written is a number as it is written: its value, how many decimals stand there, and
// how much the last digit is worth.
type written struct {
	value, unit float64
	places      int
}

var digits = regexp.MustCompile(`[0-9]+(?:\.([0-9]+))?`)

// writtenIn returns the number that a text is.
func writtenIn(text string) (n written, ok bool) {
	v, unit, ok := quantity.ParseNumber(text)
	m := digits.FindStringSubmatch(strings.NewReplacer(",", "", "，", "").Replace(norm.NFKC.String(text)))
	if !ok || m == nil {
		return n, false
	}
	plain, err := strconv.ParseFloat(m[0], 64)
	if err != nil {
		return n, false
	}
	n = written{value: v, unit: math.Pow10(-len(m[1])), places: len(m[1])}
	switch {
	case plain != 0:
		n.unit *= math.Abs(v) / plain // of 98.11% it is a hundredth of that
	case unit == "%":
		n.unit /= 100
	}
	return n, true
}

// agrees reports whether a number is the one that is written, to the digits that are.
func (n written) agrees(v float64) bool {
	const most = 2 // what is more must be a percentage
	if n.value > most && math.Abs(v) <= most {
		n.value, n.unit = n.value/100, n.unit/100
	}
	return quantity.Round(math.Abs(n.value-v)-n.unit/2, 12) <= 0
}
