package quantity

import (
	"strings"
	"unicode/utf8"
)

// numeral is a number in Arabic digits or in Chinese numerals.
type numeral struct {
	decimal
	spoken  bool // in Chinese numerals
	percent bool // 百分之: the unit is said, and the exponent has it
	scale   int  // the power of ten of a 万 or 亿 that ends it; the mantissa has it
}

// scanNumeral reads a number from the start of s.
func scanNumeral(s string) (n numeral, rest string, ok bool) {
	if s == "" {
		return n, s, false
	}
	if s[0] < utf8.RuneSelf {
		if s[0] == '0' && len(s) > 1 && IsDigit(s[1]) {
			return n, s, false // 007 is a code
		}
		n.decimal, rest, ok = scanDecimal(s)
		return n, rest, ok
	}
	if rest, is := strings.CutPrefix(s, "百分百"); is {
		return numeral{decimal: decimal{mant: 1}, percent: true}, rest, true
	}
	for _, w := range units().fractions {
		if after, is := strings.CutPrefix(s, w.word); is {
			if rest, is := strings.CutPrefix(after, "百"); is {
				return numeral{decimal: decimal{mant: 1, exp: 2 + w.shift}, percent: true}, rest, true
			}
			if n, rest, ok = scanNumeral(after); n.percent {
				return n, rest, false
			}
			n.exp += w.shift
			n.percent = true
			return n, rest, ok
		}
	}
	n.decimal, rest, ok = scanChinese(s)
	n.spoken = true
	if after, is := strings.CutPrefix(rest, "成"); is && ok && n.mant > 0 && n.mant < 10 && n.exp == 0 { // 八成, 九成五
		n.exp, n.percent = -1, true
		if half, is := strings.CutPrefix(after, "五"); is {
			n.mant, n.exp, after = n.mant*10+5, -2, half
		}
		return n, after, true
	}
	switch said := s[:len(s)-len(rest)]; {
	case strings.HasSuffix(said, "亿"):
		n.scale = 8
	case strings.HasSuffix(said, "万"):
		n.scale = 4
	}
	return n, rest, ok
}
