package quantity

import "strings"

// unit is what follows a number: 万 and the like as a power of ten, and the unit
// itself.
type unit struct {
	name  string
	shift int  // to be added to the number's power of ten
	scale int  // the part of shift that 千, 万 or 亿 stand for
	more  bool // 余 or 多 stands between
}

// parseUnit reads the whole of s as the unit of n.
func parseUnit(s string, n numeral) (u unit, ok bool) {
	if n.percent {
		return unit{name: "%"}, s == ""
	}
	s = strings.TrimPrefix(s, " ")
	for _, p := range units().percents {
		if s == p.word {
			return unit{name: "%", shift: p.shift}, true
		}
	}
	s, u.more = cutMore(s)
	if _, known := units().measures[s]; !known {
		for _, m := range units().multipliers {
			if t, is := strings.CutPrefix(s, m.word); is {
				more := false
				s, more = cutMore(t)
				u.more = u.more || more
				u.shift, u.scale = m.shift, m.shift
				break
			}
		}
	}
	u.name = s
	if s == "" {
		return u, !n.spoken || n.mant == 0 // 三 may be anything, 零 is 0
	}
	return u, isUnit(s, n.spoken)
}

// cutMore takes 余 and its like off the start of s.
func cutMore(s string) (rest string, more bool) {
	return cutAnyPrefix(s, units().Words.More)
}

// measure makes a Quantity of n with the unit u.
func (u unit) measure(n numeral) (Quantity, bool) {
	f, ok := n.shift(u.shift).float()
	scale, _ := decimal{mant: 1, exp: u.scale + n.scale}.float()
	return Quantity{Kind: KindNumber, Low: f, High: f, Unit: u.name, Scale: scale}, ok
}

// isUnit reports whether s is a unit as it stands: a known one, one made of others
// (元/人, 台(套)), a counting word with its noun (家企业), or, behind Arabic digits
// only, a short word in Han characters or in letters.
func isUnit(s string, spoken bool) bool {
	per, part, slash := strings.Cut(s, "/")
	for i := 0; slash; i++ {
		var one string
		one, part, slash = strings.Cut(part, "/")
		if i == 2 || !isPart(one) {
			return false
		}
	}
	s = per
	if m, is := units().measures[s]; is {
		return m.spoken || !spoken
	}
	if outer, inner, is := strings.Cut(s, "("); is {
		inner, is = strings.CutSuffix(inner, ")")
		return is && isMeasure(outer) && isMeasure(inner)
	}
	return !spoken && (isHanUnit(s) || isLatinUnit(s))
}

func isMeasure(s string) bool {
	_, is := units().measures[s]
	return is
}

// isPart reports whether s may stand behind the slash of 元/人.
func isPart(s string) bool {
	n := 0
	for _, r := range s {
		if !isHan(r) && !isUnitLetter(r) {
			return false
		}
		n++
	}
	return 0 < n && n <= 5
}

func isHanUnit(s string) bool {
	n := 0
	for _, r := range s {
		if !isHan(r) {
			return false
		}
		n++
	}
	if n == 0 || n > 6 {
		return false
	}
	if containsAny(s, units().Words.NotNouns) {
		return false
	}
	if m, is := longestMeasure(s); is {
		return m.counts
	}
	return n <= 4
}

// longestMeasure finds the longest known unit that opens s.
func longestMeasure(s string) (m measure, is bool) {
	for end := range s {
		if got, known := units().measures[s[:end]]; known {
			m, is = got, true
		}
	}
	return m, is
}

// isLatinUnit takes unknown abbreviations of two letters and more; a single one
// would make a number of 5G and 3A.
func isLatinUnit(s string) bool {
	n := 0
	for _, r := range s {
		if !isUnitLetter(r) {
			return false
		}
		n++
	}
	return 2 <= n && n <= 6
}

func isHan(r rune) bool { return '一' <= r && r <= '鿿' }

func isUnitLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || strings.ContainsRune("²³°℃μµΩ·㎡㎥㎞㎏㎎", r)
}
