package quantity

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// amount reads a number or a range to the end of s.
func (p parser) amount(s string, c claim) (Quantity, bool) {
	if after, is := cutAnyPrefix(s, vocabulary().Range.EitherWay); is {
		q, ok := p.amount(after, c)
		ok = ok && q.Kind == KindNumber && q.Approx == Precise && !q.Op.up() && q.High > 0
		q.Kind, q.Low, q.Op = KindRange, -q.High, None
		return q, ok
	}
	n, rest, ok := scanNumeral(s)
	if !ok {
		return Quantity{}, false
	}
	if q, is := numberRange(n, rest, c); is {
		return q, q.Kind == KindRange
	}
	rest, c, ok = p.cutTails(rest, c)
	if !ok {
		return Quantity{}, false
	}
	if p.actual && !n.spoken {
		rest = withoutDone(rest)
	}
	u, ok := parseUnit(rest, n)
	if !ok {
		return Quantity{}, false
	}
	if u.more {
		c.approx = c.approx.and(Above)
	}
	if c.op == None && c.approx == Precise && !p.actual && sameUnit(u.name, "工作日") {
		c.op = Le // how long it may take: 7个工作日
	}
	q, ok := u.measure(n)
	if !ok || u.name != "" && isYears(q.Low, q.High, u.name) || !c.apply(&q) {
		return Quantity{}, false
	}
	if q.Approx != Precise {
		q.Spread = math.Abs(q.Low) / 10
		if q.Approx.up() {
			q.Spread = max(q.Spread, n.shift(u.shift).step())
		}
	}
	return q, true
}

// numberRange reads the rest of a range whose first number is n. is reports that
// rest is a range, sound or not; the Kind of a sound one is Range.
func numberRange(n numeral, rest string, c claim) (q Quantity, is bool) {
	i := strings.IndexAny(rest, rangeMarks)
	if i < 0 {
		return q, false
	}
	first := rest[:i]
	second, mark := cutRangeMark(rest[i:])
	if !startsValue(second) || mark == "-" && second[0] == '-' {
		return q, false
	}
	m, rest, ok := scanNumeral(second)
	if !ok {
		return q, false
	}
	rest, _ = cutAnySuffix(rest, vocabulary().Range.Tails)
	u, ok := parseUnit(rest, m)
	if !ok || u.more || c.approx != Precise || c.hard && c.op != Eq {
		return q, true
	}
	lowUnit := u
	if first != "" || n.percent {
		lowUnit, ok = parseUnit(first, n)
		if !ok || lowUnit.more || !lowUnit.joins(u) {
			return q, true
		}
	}
	low, ok1 := lowUnit.measure(n)
	high, ok2 := u.measure(m)
	if low.Low < 0 && high.Low < low.Low { // -18℃至-22℃
		low, high = high, low
	}
	if !ok1 || !ok2 || low.Low > high.Low || isYears(low.Low, high.Low, u.name) {
		return q, true
	}
	if !c.hard {
		c.op = None
	}
	q = high
	q.Low = low.Low
	if !c.apply(&q) {
		return q, true
	}
	q.Kind = KindRange
	return q, true
}

// joins reports whether u may stand at the low end of a range that ends in high:
// 3万-5万元, 3次-5次.
func (u unit) joins(high unit) bool {
	return u.name == "" && u.scale > 0 || u.name != "" && sameUnit(u.name, high.name)
}

// isYears reports whether numbers with a unit are years of the calendar:
// 2021-2022年.
func isYears(low, high float64, unit string) bool {
	return knownYear(int(low)) != 0 && knownYear(int(high)) != 0 && (unit == "" || unit == "年" || unit == "年度" || unit == "学年")
}

// rangeMarks are the runes that may stand between the ends of a range.
const rangeMarks = "-—~至到"

// cutRangeMark takes a range mark off s; — and ~ may be doubled.
func cutRangeMark(s string) (rest, mark string) {
	_, size := utf8.DecodeRuneInString(s)
	mark, rest = s[:size], s[size:]
	if mark == "—" || mark == "~" {
		rest = strings.TrimPrefix(rest, mark)
	}
	return rest, mark
}

// withoutDone takes what says that all was done off the end of a unit: 个镇街|全覆盖,
// 座|均已建成. 2期|完工 may speak of the second.
func withoutDone(unit string) string {
	for i := range unit {
		if i == 0 || !isDone(unit[i:]) {
			continue
		}
		if !slices.Contains(units().Words.Which, unit[:i]) || startsWithAny(unit[i:], vocabulary().Date.All) != "" {
			return unit[:i]
		}
	}
	return unit
}
