package xlsx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// format is a number format, as far as it matters to a reader of the form: one
// or more sections, each for some of the numbers.
type format struct {
	sections []section
	given    bool          // the sections say for which numbers they are
	text     []formatToken // how texts are shown; nil for as they are
}

// section is the part of a format that shows some of the numbers.
type section struct {
	kind    sectionKind
	cond    condition
	percent int        // how often % stands in it
	minFrac int        // decimal places always shown
	maxFrac int        // decimal places shown at most
	fields  dateFields // kind asDate
	digits  bool       // literals have digits
	belies  bool       // which read as digits of the number
	moves   bool       // the point stands elsewhere than in the number
	tokens  []formatToken
}

// sectionKind is how a section's numbers are shown here.
type sectionKind uint8

const (
	asGeneral sectionKind = iota // plainly, as in the formula bar: also 0.00, #,##0 and accounting formats
	asPercent                    // 98.11%
	asDate                       // 2021年12月31日
	asText                       // as the format says: it has words that belong to the number, 0"场", or scales it, 0.00,
)

// general is the format of cells that have none.
var general = &format{sections: []section{{tokens: []formatToken{{generalToken, ""}}}}}

// maxFormatLen is four times what Excel takes: longer ones are ignored.
const maxFormatLen = 1024

// parseFormat reads a format code. It takes any: what it does not understand
// is shown plainly.
func parseFormat(code string) *format {
	if code == "" || len(code) > maxFormatLen || !utf8.ValidString(code) {
		return general
	}
	f := new(format)
	for i, tokens := range splitFormat(code) {
		if isText := hasToken(tokens, '@'); isText || i == 3 {
			if len(tokens) != 1 || !isText {
				f.text = append([]formatToken{}, tokens...)
			}
			if i > 0 {
				break
			}
		}
		s := newSection(tokens)
		f.given = f.given || s.cond.op != ""
		f.sections = append(f.sections, s)
	}
	return f
}

// section returns the section that shows v; if none does, the plain one.
func (f *format) section(v float64) (s *section, abs bool) {
	if f.given {
		for i := range f.sections {
			if f.sections[i].cond.holds(v) {
				return &f.sections[i], false
			}
		}
		return &general.sections[0], false
	}
	switch n := len(f.sections); {
	case n > 1 && v < 0:
		return &f.sections[1], true
	case n > 2 && v == 0:
		return &f.sections[2], false
	}
	return &f.sections[0], false
}

// percent reports whether the format shows percentages.
func (f *format) percent() bool {
	for i := range f.sections {
		if f.sections[i].percent > 0 {
			return true
		}
	}
	return false
}

// number shows a number.
func (f *format) number(v float64, date1904 bool, k *texts) string {
	s, abs := f.section(v)
	switch s.kind {
	case asPercent:
		return s.percentText(v, k)
	case asDate:
		if text, ok := dateText(v, s.fields, date1904); ok {
			return text
		}
	case asText:
		if s.belies || s.misstates(v, abs) {
			break // they are no digits of the number
		}
		if text := s.formatted(v, abs); text != "" {
			return text
		} // #,, shows nothing of 1000, and yet a number stands there
	}
	return k.general(v)
}

// percentText shows 0.9811 as 98.11%.
func (s *section) percentText(v float64, k *texts) string {
	d := toDecimal(v)
	d.shift(2)
	d.round(s.maxFrac)
	var buf [32]byte
	return k.keep(append(d.appendFixed(buf[:0], s.minFrac), '%'))
}

// condition is [>=100] in front of a section; without an operator it holds.
type condition struct {
	op string
	v  float64
}

func parseCondition(s string) (c condition, ok bool) {
	op := s[:len(s)-len(strings.TrimLeft(s, "<>="))]
	v, err := strconv.ParseFloat(strings.TrimSpace(s[len(op):]), 64)
	switch op {
	case "<", "<=", ">", ">=", "=", "<>":
		return condition{op, v}, err == nil
	}
	return c, false
}

func (c condition) holds(v float64) bool {
	switch c.op {
	case "<":
		return v < c.v
	case "<=":
		return v <= c.v
	case ">":
		return v > c.v
	case ">=":
		return v >= c.v
	case "=":
		return v == c.v
	case "<>":
		return v != c.v
	}
	return true
}

// newSection finds out how a section's numbers are shown.
func newSection(tokens []formatToken) section {
	s := section{tokens: tokens}
	var digits, plain, words bool // plain: something that only asGeneral can show
	point := false
	for i, t := range tokens {
		switch t.kind {
		case '0', '#', '?':
			digits = true
			if point {
				s.maxFrac++
				if t.kind != '#' {
					s.minFrac = s.maxFrac
				}
			}
		case '.':
			point = true
		case '%':
			s.percent++
			s.moves = s.moves || s.percent > 1 || i > 0 && strings.ContainsAny(tokens[i-1].text, "\r\n") // a sign on a line of its own is out of sight
		case 'E', '/', '@':
			plain = true
		case literalToken:
			words = words || isWord(t.text)
			s.digits = s.digits || strings.ContainsFunc(t.text, unicode.IsDigit)
			s.moves = s.moves || t.text == "." || t.text == "．"
		case markToken:
			if c, ok := parseCondition(t.text); ok {
				s.cond = c
			}
			plain = plain || strings.HasPrefix(t.text, "dbnum")
		}
	}
	s.belies = s.belie()
	_, _, thousands := s.layout()
	s.moves = s.moves || thousands > 0
	switch {
	case hasToken(tokens, dateToken):
		s.kind, s.percent = asDate, 0
		s.fields = fieldsOf(tokens)
	case s.percent == 1 && digits && !words && !plain:
		s.kind = asPercent
	case (words || s.percent > 0 || thousands > 0) && !plain:
		s.kind = asText
	}
	return s
}

// isWord reports whether a literal belongs to what the number says. Spaces,
// signs, brackets around negative numbers and signs of currency do not.
func isWord(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) && !strings.ContainsRune("-+()（）－", r) && !unicode.Is(unicode.Sc, r) {
			return true
		}
	}
	return false
}

// fieldsOf finds out what a date format shows. An m next to hours or seconds
// is minutes.
func fieldsOf(tokens []formatToken) (f dateFields) {
	var letters []string
	for _, t := range tokens {
		if t.kind == dateToken && t.text != "am/pm" {
			letters = append(letters, t.text)
		}
	}
	for i, l := range letters {
		after := i > 0 && strings.Contains(letters[i-1], "h")
		before := i+1 < len(letters) && strings.Contains(letters[i+1], "s")
		switch l[0] {
		case 'y', 'e':
			f.year = true
		case 'm':
			minute := (after || before) && len(l) <= 2
			f.minute = f.minute || minute
			f.month = f.month || !minute
		case 'd', 'a':
			f.day = true
		case 'h':
			f.hour = true
		case 's':
			f.second = true
		case '[':
			f.elapsed = true
			f.second = f.second || l == "[s]"
		}
	}
	if f == (dateFields{}) {
		f.hour = true // AM/PM alone
	}
	return f
}

// formatted shows a number as the section says; abs leaves its sign out.
func (s *section) formatted(v float64, abs bool) string {
	d := toDecimal(v)
	places, group, thousands := s.layout()
	d.shift(2*s.percent - 3*thousands)
	if !hasToken(s.tokens, generalToken) {
		d.round(s.maxFrac)
	}
	var b []byte
	if d.neg && !abs {
		b = append(b, '-')
	}
	d.neg = false
	r := renderer{d: d, places: places, group: group}
	for _, t := range s.tokens {
		b = r.append(b, t, v)
	}
	return strings.TrimSpace(string(b))
}

// layout counts the digits before the decimal point. A comma between them
// groups digits, each after the last digit divides by a thousand.
func (s *section) layout() (places int, group bool, thousands int) {
	point := false
	for _, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?':
			if !point {
				group = group || thousands > 0
				thousands = 0
				places++
			}
		case ',':
			if places > 0 || point {
				thousands++
			}
		case '.':
			point = true
		}
	}
	return places, group, thousands
}

// renderer shows a number token by token.
type renderer struct {
	d      decimal // not negative, rounded
	places int     // of the placeholders before the point, those still to come
	begun  bool    // the first of them is done
	group  bool
	frac   int // how many placeholders after the point are done
	point  bool
}

func (r *renderer) append(b []byte, t formatToken, v float64) []byte {
	switch t.kind {
	case literalToken, currencyToken:
		return append(b, t.text...)
	case generalToken:
		if v < 0 {
			v = -v // the sign is written
		}
		return appendGeneral(b, v)
	case '%':
		return append(b, '%')
	case '.':
		if r.point {
			return b
		}
		r.point = true
		return append(b, '.')
	case '0', '#', '?':
		if r.point {
			return r.fraction(b, t.kind)
		}
		return r.integer(b, t.kind)
	}
	return b
}

// integer writes the digit of a placeholder before the point; the first one
// writes all that go before too.
func (r *renderer) integer(b []byte, kind byte) []byte {
	r.places--
	if !r.begun {
		r.begun = true
		for place := r.d.exp - 1; place > r.places; place-- {
			b = r.digit(b, place)
		}
	}
	if r.places < r.d.exp || kind == '0' {
		return r.digit(b, r.places)
	}
	if kind == '?' {
		return append(b, ' ')
	}
	return b
}

func (r *renderer) digit(b []byte, place int) []byte {
	b = append(b, r.d.digit(place))
	if r.group && place > 0 && place%3 == 0 {
		b = append(b, ',')
	}
	return b
}

// fraction writes the digit of a placeholder after the point.
func (r *renderer) fraction(b []byte, kind byte) []byte {
	r.frac++
	if kind == '0' || r.frac <= r.d.n-r.d.exp {
		return append(b, r.d.digit(-r.frac))
	}
	if kind == '?' {
		return append(b, ' ')
	}
	return b
}
