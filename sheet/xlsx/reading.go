package xlsx

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"ziping/sheet/quantity"
)

// reading is the number that a person reads in what a format shows.
type reading struct {
	start, end int     // where it stands in the text
	value      float64 // without its sign
	step       float64 // what its last digit counts
	factor     float64 // of the unit behind it, 0.01 of a percent sign
}

// units are the words that multiply the number before them, by their powers of ten.
var units = sync.OnceValue(quantity.Multipliers)

// readNumber reads the first number of a text that shows v. A word behind it may be
// a unit or just a word: it is taken for what brings the number nearest to v.
func readNumber(text string, v float64) (r reading, ok bool) {
	const digits = "0123456789"
	r.start = strings.IndexAny(text, digits)
	if r.start < 0 {
		return r, false
	}
	r.end = len(text) - len(strings.TrimLeft(text[r.start:], digits+".,．"))
	for r.end > r.start && strings.IndexByte(digits, text[r.end-1]) < 0 {
		r.end-- // a full stop, or half of one
	}
	number := strings.NewReplacer(",", "", "．", ".").Replace(text[r.start:r.end])
	var err error
	r.value, err = strconv.ParseFloat(number, 64)
	if err != nil {
		return r, false
	}
	_, frac, _ := strings.Cut(number, ".")
	r.step, r.factor = math.Pow10(-len(frac)), 1
	behind := strings.TrimLeft(text[r.end:], " ")
	for word, power := range units() {
		if factor := math.Pow10(power); strings.HasPrefix(behind, word) && math.Abs(r.value*factor-math.Abs(v)) < r.off(v) {
			r.factor = factor
		}
	}
	return r, true
}

// off returns how far the number is from v, whatever their signs.
func (r reading) off(v float64) float64 { return math.Abs(r.value*r.factor - math.Abs(v)) }

// misstates reports whether a section that moves the point shows another number than
// v: 1050 as 10.50, 800000 as 800.00, but not 123456 as 12.3万.
func (s *section) misstates(v float64, abs bool) bool {
	if !s.moves {
		return false
	}
	r, ok := readNumber(s.formatted(v, abs), v)
	return !ok || r.off(v) > r.step*r.factor
}

// Rounding is a number of which a person does not see all digits that are stored.
type Rounding struct{ Shown, Stored string }

// rounding returns what a person sees of v, and the same with all its digits, where
// the format rounds it; nil where it does not, or where v is no plain number there.
func (f *format) rounding(v float64) *Rounding {
	s, abs := f.section(v)
	if !s.rounds(v) {
		return nil
	}
	shown := s.formatted(v, abs)
	r, ok := readNumber(shown, v)
	if !ok || r.off(v) <= 1e-9*math.Abs(v) || r.off(v) > r.step*r.factor {
		return nil
	}
	return &Rounding{Shown: shown, Stored: shown[:r.start] + new(texts).general(math.Abs(v)/r.factor) + shown[r.end:]}
}

// rounds reports whether v has more digits than the section has places for.
func (s *section) rounds(v float64) bool {
	if s.kind == asDate || s.belies || !s.hasDigits() || hasToken(s.tokens, 'E') || hasToken(s.tokens, '/') {
		return false
	}
	_, _, thousands := s.layout()
	if v == math.Trunc(v) && thousands == 0 {
		return false
	}
	d := toDecimal(v)
	d.shift(2*s.percent - 3*thousands)
	return d.n-d.exp > s.maxFrac
}

// hasDigits reports whether the section has places for single digits.
func (s *section) hasDigits() bool {
	return hasToken(s.tokens, '0') || hasToken(s.tokens, '#') || hasToken(s.tokens, '?')
}
