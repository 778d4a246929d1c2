package quantity

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"ziping/sheet/strict"
)

//go:embed units.json
var readyUnits []byte

// units are the words for units; see units.toml.
var units = sync.OnceValue(func() *unitWords {
	u := &unitWords{measures: map[string]measure{}}
	strict.Ready("sheet/quantity", readyUnits, u)
	for _, list := range u.Measure {
		for _, unit := range list.Units {
			names := strings.Fields(unit)
			for _, name := range names {
				u.measures[name] = measure{names[0], list.Counts, list.Spoken}
			}
		}
	}
	for _, m := range u.Money {
		u.money = append(u.money, m.Unit)
	}
	u.percents = append(powers(u.Percent), powers(u.SpelledPercent)...)
	u.multipliers, u.fractions = powers(u.Multiplier), powers(u.Fraction)
	return u
})

type unitWords struct {
	Measure []struct {
		Counts, Spoken bool
		Units          []string
	}
	Percent        map[string]int
	SpelledPercent map[string]int `toml:"spelled_percent"`
	Money          []struct {
		Unit  string
		Power int
	}
	Multiplier, Fraction map[string]int
	FormatMultiplier     map[string]int `toml:"format_multiplier"`
	Words                struct {
		Plain    []string
		More     []string
		NotNouns []string `toml:"not_nouns"`
		Names    []string
		Which    []string
	}
	Half struct {
		NotBehind   string `toml:"not_behind"`
		Digits      string
		Short, Long []string
		Behind      []string
	}
	Dimension []map[string]float64
	Roughly   []struct {
		Unit, Of    string
		Least, Most float64
	}

	measures    map[string]measure // by every name
	percents    []power            // behind a number
	multipliers []power
	fractions   []power
	money       []string
}

// measure is a known unit.
type measure struct {
	name   string // the name under which it compares: 平方米 for ㎡
	counts bool   // a counting word that may take a noun: 家企业
	spoken bool   // may follow a Chinese numeral: 三次, but not 三级
}

// power is a word for a power of ten.
type power struct {
	word  string
	shift int
}

// powers lists words for powers of ten, 万亿 before 万.
func powers(words map[string]int) []power {
	list := make([]power, 0, len(words))
	for word, shift := range words {
		list = append(list, power{word, shift})
	}
	slices.SortFunc(list, func(a, b power) int { return cmp.Or(len(b.word)-len(a.word), cmp.Compare(a.word, b.word)) })
	return list
}

// MoneyUnits lists the units of money, the usual one first.
func MoneyUnits() []string { return units().money }

// MoneyPower returns how many 元 a unit of money is, as a power of ten.
func MoneyPower(unit string) (power int, known bool) {
	for _, m := range units().Money {
		if m.Unit == unit {
			return m.Power, true
		}
	}
	return 0, false
}

// sameUnit reports whether a and b measure the same thing: the same unit by any of
// its names, or a counting word with and without its noun (家, 家企业).
func sameUnit(a, b string) bool {
	a, b = plainUnit(a), plainUnit(b)
	if a == b || strings.EqualFold(a, b) {
		return true
	}
	if of, per, is := strings.Cut(a, "/"); is { // 元/平方米, 元/㎡
		other, each, also := strings.Cut(b, "/")
		return also && sameUnit(of, other) && (sameUnit(per, each) || strings.ReplaceAll(per, "/", "") == strings.ReplaceAll(each, "/", "")) // 元/人/月, 元/人月
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
// year's (次/年), a dot (人·天; that of 元/人·天 is another slash), and the slash of 场/次,
// which is 场次.
func plainUnit(unit string) string {
	if strings.Contains(unit, "·") {
		if of, per, rated := strings.Cut(unit, "/"); rated {
			unit = of + "/" + strings.ReplaceAll(per, "·", "/")
		}
		unit = strings.ReplaceAll(unit, "·", "")
	}
	unit = strings.TrimSuffix(unit, "/年")
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

// convert turns a quantity into the unit of another where the two measure one thing in
// different units: 90分钟 beside 1小时.
func convert(q, other Quantity) (_ Quantity, ok bool) {
	from, to := UnitName(q.Unit), UnitName(other.Unit)
	for _, d := range units().Dimension {
		if d[from] > 0 && d[to] > 0 {
			factor := d[from] / d[to]
			q.Unit = other.Unit
			q.Low, q.High, q.Spread = q.Low*factor, q.High*factor, q.Spread*factor
			return q, true
		}
	}
	return q, false
}

// convertRoughly converts a number to the unit of another that it is so many of at least and at
// most. certain reports that the other is not among these: 5个月 is more than 90天, and 3个月
// may be.
func convertRoughly(q, other Quantity) (_ Quantity, certain, ok bool) {
	from, to := UnitName(q.Unit), UnitName(other.Unit)
	for _, r := range units().Roughly {
		least, most := r.Least, r.Most
		if from == r.Of && to == r.Unit {
			least, most = 1/most, 1/least
		} else if from != r.Unit || to != r.Of {
			continue
		}
		least, most = q.Low*least, q.High*most
		q.Unit, q.Low, q.High, q.Spread = other.Unit, least, least, 0
		if other.Low > least {
			q.Low, q.High = most, most
		}
		return q, other.Low < least || other.High > most, true
	}
	return q, false, false
}

// Multipliers are the words that multiply the number before them where a number format
// writes them, by their powers of ten: 12.3万.
func Multipliers() map[string]int {
	powers := maps.Clone(units().Multiplier)
	maps.Copy(powers, units().Percent)
	maps.Copy(powers, units().FormatMultiplier)
	return powers
}
