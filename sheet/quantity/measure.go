package quantity

import "strings"

// sameUnit reports whether a and b measure the same thing: the same unit by any of
// its names, or a counting word with and without its noun (家, 家企业).
func sameUnit(a, b string) bool {
	a, b = plainUnit(a), plainUnit(b)
	if a == b || strings.EqualFold(a, b) {
		return true
	}
	if of, per, is := strings.Cut(a, "/"); is { // 元/平方米, 元/㎡
		other, each, also := strings.Cut(b, "/")
		return also && sameUnit(of, other) && sameUnit(per, each)
	}
	if outer, inner, is := strings.Cut(a, "("); is { // 场(次) is said of either, and of both
		inner = strings.TrimSuffix(inner, ")")
		return sameUnit(outer, b) || sameUnit(inner, b) || outer+inner == b
	}
	if strings.Contains(b, "(") {
		return sameUnit(b, a)
	}
	ma, knownA := units().measures[a]
	mb, knownB := units().measures[b]
	switch {
	case knownA && knownB:
		return ma.name == mb.name
	case knownA:
		return ma.counts && strings.HasPrefix(b, a) && isHanUnit(b)
	case knownB:
		return mb.counts && strings.HasPrefix(a, b) && isHanUnit(a)
	}
	return false
}

// plainUnit takes out of a unit what says nothing: a year, for the form is one
// year's (次/年), a dot (元/人·天), and the slash of 场/次, which is 场次.
func plainUnit(unit string) string {
	unit = strings.ReplaceAll(strings.TrimSuffix(unit, "/年"), "·", "")
	if per, ok := strings.CutSuffix(unit, "/次"); ok && isMeasure(per+"次") {
		return per + "次"
	}
	return unit
}

// UnitName returns the one name of a unit that is written in several ways: 平方米
// for ㎡, 家 for 家企业.
func UnitName(unit string) string {
	unit = plainUnit(unit)
	outer, _, _ := strings.Cut(unit, "(")
	m, known := units().measures[outer]
	if !known {
		m, known = units().measures[strings.ToLower(outer)]
	}
	if !known && isHanUnit(outer) {
		m, known = longestMeasure(outer)
	}
	if !known {
		return unit
	}
	return m.name
}
