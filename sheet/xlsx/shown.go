package xlsx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mask is what keeps a person from seeing the value of a cell.
type Mask uint8

// The masks. Shown is what is seen instead, where the cell's formats are why.
const (
	NoMask        Mask = iota
	MaskFormat         // its number format shows another number, or nothing
	MaskCondition      // a conditional format may show another number
	MaskHidden         // its row or its column is hidden, or too small to read anything in it
	MaskColor          // its letters have the colour of what is behind them
	MaskTiny           // its letters are too small to be read
)

// String returns how a person would say it.
func (m Mask) String() string {
	return [...]string{"", "数字格式", "条件格式", "行或列已隐藏或太小", "字色与底色相同", "字号太小"}[m]
}

// masks reports whether the format shows a person another number than v, or
// nothing of it, and what it shows then. Rounding does not make it another, nor
// words beside it, nor scaling that a word beside it takes back.
func (f *format) masks(v float64) (shown string, masked bool) {
	s, abs := f.section(v)
	switch {
	case v == 0 && !s.belies: // that nothing is shown of it says zero, too
		return "", false
	case s.kind == asDate:
		return s.formatted(v, abs), s.digits
	case s.belies, s.omits(v, abs), s.misstates(v, abs), v != 0 && s.negative(v, abs) != (v < 0):
		return s.formatted(v, abs), true
	}
	return "", false
}

// formatColors are the colours that a number format calls by name.
var formatColors = []struct {
	name string
	rgb  rgb
}{
	{"black", black}, {"blue", rgb{0, 0, 255}}, {"cyan", rgb{0, 255, 255}}, {"green", rgb{0, 255, 0}}, {"magenta", rgb{255, 0, 255}},
	{"red", rgb{255, 0, 0}}, {"white", white}, {"yellow", rgb{255, 255, 0}},
	{"黑", black}, {"蓝", rgb{0, 0, 255}}, {"青", rgb{0, 255, 255}}, {"绿", rgb{0, 255, 0}}, {"洋红", rgb{255, 0, 255}},
	{"红", rgb{255, 0, 0}}, {"白", white}, {"黄", rgb{255, 255, 0}},
}

// colorOf returns the colour that a mark in brackets is: [red], [color 3].
func colorOf(mark string) (rgb, bool) {
	for _, c := range formatColors {
		if strings.HasPrefix(mark, c.name) {
			return c.rgb, true
		}
	}
	number, ok := strings.CutPrefix(mark, "color")
	if !ok {
		number, ok = strings.CutPrefix(mark, "颜色")
	}
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if !ok || err != nil || n < 1 || n > 56 {
		return rgb{}, false
	}
	return defaultPalette[n+7], true
}

// color returns the colour that the section gives the number, if it does.
func (s *section) color() (c rgb, ok bool) {
	for _, t := range s.tokens {
		if t.kind == markToken && !ok {
			c, ok = colorOf(t.text)
		}
	}
	return c, ok
}

// unseen reports whether the cell's letters have the colour of what is behind them.
func (l look) unseen(c *Cell) bool {
	letters := l.letters
	if c.Kind == Number {
		s, _ := l.section(c.Value)
		if own, ok := s.color(); ok {
			letters = own
		}
	}
	return l.known && letters.like(l.behind)
}

// omits reports whether the section shows nothing of v.
func (s *section) omits(v float64, abs bool) bool {
	if !s.places() {
		return !hasToken(s.tokens, '@')
	}
	if hasToken(s.tokens, '0') || hasToken(s.tokens, '?') || !hasToken(s.tokens, '#') {
		return false
	}
	return !hasDigit(s.formatted(v, abs)) // #,, of 1000
}

// places reports whether the section has a place for the number; [Red] alone has.
func (s *section) places() bool {
	marks := 0
	for _, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?', generalToken:
			return true
		case markToken:
			marks++
		}
	}
	return marks > 0 && marks == len(s.tokens)
}

// negative reports whether what the section shows of v reads as a negative number:
// after a sign, or in brackets. One that is red, or of any colour of its own, reads
// as what it is.
func (s *section) negative(v float64, abs bool) bool {
	if v < 0 && !abs {
		return true
	}
	var before, after strings.Builder
	to := &before
	for _, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?', generalToken:
			to = &after
			after.Reset()
		case markToken:
			if _, ok := colorOf(t.text); ok && v < 0 {
				return true
			}
		case literalToken:
			to.WriteString(t.text)
		}
	}
	sign, end := strings.TrimSpace(before.String()), strings.TrimSpace(after.String())
	return strings.ContainsAny(sign, "-－−负") || hasSuffix(sign, "(（") && hasPrefix(end, ")）")
}

func hasPrefix(s, chars string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(chars, r)
}

func hasSuffix(s, chars string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && strings.ContainsRune(chars, r)
}

// Parts of what a section shows, one for each character.
const (
	partOfNumber = 'V'
	partDigit    = 'L' // a literal digit
	partNumeral  = 'N' // a literal Chinese numeral
	partJoint    = ' ' // what may stand within a number
	partWord     = 'X'
)

// outline returns the parts of what a section shows.
func (s *section) outline() string {
	var b strings.Builder
	for _, t := range s.tokens {
		switch t.kind {
		case '0', '#', '?', generalToken:
			b.WriteByte(partOfNumber)
		case '.', ',':
			b.WriteByte(partJoint)
		case '/':
			return b.String() // a denominator is the number's own
		case literalToken, currencyToken:
			for _, r := range t.text {
				b.WriteByte(partOf(r))
			}
		}
	}
	return b.String()
}

func partOf(r rune) byte {
	switch {
	case unicode.IsDigit(r):
		return partDigit
	case strings.ContainsRune("〇零一二三四五六七八九十", r):
		return partNumeral
	case unicode.IsSpace(r), strings.ContainsRune(".,．，、eE×*^", r):
		return partJoint
	}
	return partWord
}

// belie reports whether literal digits read as digits of the number: they stand
// before it, or beside it with no word between.
func (s *section) belie() bool {
	parts := s.outline()
	if !strings.ContainsAny(parts, "LN") {
		return false
	}
	first := strings.IndexByte(parts, partOfNumber)
	if first < 0 || strings.IndexByte(parts[:first], partDigit) >= 0 {
		return true
	}
	for number := range strings.FieldsFuncSeq(strings.ReplaceAll(parts, " ", ""), func(r rune) bool { return r == partWord }) {
		if strings.IndexByte(number, partOfNumber) >= 0 && strings.ContainsAny(number, "LN") {
			return true
		}
	}
	return false
}

// masksText is masks for a text.
func (f *format) masksText(text string) (shown string, masked bool) {
	if f.text == nil {
		return "", false
	}
	var b strings.Builder
	for _, t := range f.text {
		switch t.kind {
		case '@':
			b.WriteString(text)
		case literalToken, currencyToken:
			b.WriteString(t.text)
		}
	}
	shown = strings.TrimSpace(b.String())
	return shown, digitsOf(shown) != digitsOf(text) || shown == "" && strings.TrimSpace(text) != ""
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
