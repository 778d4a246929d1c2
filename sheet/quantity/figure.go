package quantity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// figure is a number with its unit inside of a sentence: the 1420户 of 完成改厕1420户.
type figure struct {
	Quantity
	before, after string // the rest of its clause
}

// clause is what stands around a figure in its clause.
func (f figure) clause() string { return f.before + f.after }

// endings end the clauses in which figures stand; brackets part them too.
const endings = clauseMarks + "、()"

// figures finds the numbers with units in a plain text. Dates are none, nor what counts
// on (第3次); ok is false where a text has what can't be told from a number: a range, a
// product, a rough number.
func (p parser) figures(s string) (found []figure, ok bool) {
	start := 0
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		if strings.ContainsRune(endings, r) {
			start = at + size
		}
		if !startsFigure(s, at, r) && r != '第' {
			at += size
			continue
		}
		if _, rest, isDate := p.scanSpan(s[at:]); isDate && (!IsDigit(s[len(s)-len(rest)-1]) || len(s)-len(rest)-at >= shortDate) {
			at = len(s) - len(rest)
			continue
		}
		if r == '第' {
			at += size
			continue
		}
		if name := startsWithAny(s[at:], units().Words.Names); name != "" {
			at += len(name)
			continue
		}
		n, rest, isNumber := scanNumeral(s[at:])
		if !isNumber {
			at += size
			continue
		}
		if splitNumber().MatchString(rest) {
			return nil, false
		}
		u, rest, isMeasured := cutUnit(rest, n)
		if opensRange(rest) || strings.HasPrefix(rest, "×") || strings.HasPrefix(rest, "*") {
			return nil, false
		}
		if q, is := u.measure(n); is && isMeasured && !(n.spoken && n.mant == 1 && p.actual && !isOneOfTwo(s[:at], s)) && !isYears(q.Low, q.High, u.name) {
			if u.more {
				q.High += n.shift(u.shift).step()
				q.Approx = Above
			}
			end := strings.IndexAny(rest, endings)
			if end < 0 {
				end = len(rest)
			}
			found = append(found, figure{q, s[start:at], rest[:end]})
		}
		at = len(s) - len(rest)
	}
	return found, true
}

// splitNumber is the rest of a number that a blank parts: 12 6场.
var splitNumber = pattern(func() string { return `^ [0-9]` })

// shortDate is the shortest date that ends in a digit: 2025-1-1.
const shortDate = 8

// startsFigure reports whether a number may begin at a place: not inside of a word with
// letters (PM2.5), not behind 第.
func startsFigure(s string, at int, r rune) bool {
	if !startsValue(s[at:]) || r == '-' || r == '+' || r == '.' || r == 'Q' || r == '±' || r == '正' || r == '第' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	return before != '第' && before != '.' && !(before < utf8.RuneSelf && (isUnitLetter(before) || IsDigit(byte(before))))
}

// opensRange reports whether a mark of a range and then a number follow.
func opensRange(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(rangeMarks, r) && startsValue(s[size:])
}

// cutUnit takes the longest known unit off the start of what follows a number, with what
// it is per: 元/人.
func cutUnit(s string, n numeral) (u unit, rest string, ok bool) {
	if n.percent {
		return unit{name: "%"}, s, true
	}
	s = strings.TrimPrefix(s, " ")
	for _, p := range units().percents {
		if rest, is := strings.CutPrefix(s, p.word); is {
			return unit{name: "%", shift: p.shift}, rest, true
		}
	}
	s, u.more = cutMore(s)
	name := longestUnit(s, n.spoken)
	if name == "" {
		for _, m := range units().multipliers {
			if after, is := strings.CutPrefix(s, m.word); is {
				more := false
				s, more = cutMore(after)
				u.more, u.shift, u.scale = u.more || more, m.shift, m.shift
				break
			}
		}
		name = longestUnit(s, n.spoken)
	}
	rest = s[len(name):]
	if m := perUnit().FindString(rest); m != "" {
		name, rest = name+m, rest[len(m):]
	}
	u.name = name
	return u, rest, name != ""
}

var perUnit = pattern(func() string { return `^/\p{Han}{1,2}(?:[/·]\p{Han}{1,2})?` })

// longestUnit returns the longest known unit that opens a text, of those that may follow
// a Chinese numeral if one is spoken.
func longestUnit(s string, spoken bool) (name string) {
	const longest = 6 // characters
	end := 0
	for range longest {
		if end >= len(s) {
			break
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
		if m, is := units().measures[s[:end]]; is && (m.spoken || !spoken) {
			name = s[:end]
		}
	}
	return name
}

// datesLate reports whether an actual names days in a sentence, and all are after the
// deadline. When something was begun or planned is no day of its end.
func datesLate(want Quantity, t, a string) bool {
	by := want.To
	if want.Kind != KindDeadline {
		by = want.By
	}
	if by.IsZero() {
		return false
	}
	p := parser{year: knownYear(by.Year()), actual: true}
	late := false
	for _, clause := range strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(clauseMarks+"()", r) }) {
		if slices.ContainsFunc(contraries().Begins, func(w string) bool { return strings.Contains(clause, w) && !strings.Contains(t, w) }) {
			continue
		}
		for at := 0; at < len(clause); {
			r, size := utf8.DecodeRuneInString(clause[at:])
			if startsFigure(clause, at, r) || r == '第' || startsNextYear(clause[at:]) {
				if d, rest, is := p.scanSpan(clause[at:]); is && d.from.Year() != 0 {
					if !d.from.After(by) {
						return false
					}
					late, at = true, len(clause)-len(rest)
					continue
				}
			}
			at += size
		}
	}
	return late
}

// monthly is a day of every month by which something is done: 每月15日前.
var monthly = pattern(func() string { return `^(` + alternatives(contraries().Monthly) + `)([0-9]{1,2})[日号]` })

// monthlyLate reports whether something is done later in each month than it was to be.
func monthlyLate(t, a string) bool {
	if _, is := cutAnyPrefix(t, contraries().Monthly); !is {
		return false
	}
	want, got := monthly().FindStringSubmatch(t), monthly().FindStringSubmatch(a)
	return want != nil && got != nil && want[1] == got[1] && smallInt(got[2]) > smallInt(want[2])
}

// listed is one of several values, with the name that is written before it: 城市低保≥750元/月,
// 其中女性≥30人, 150人.
var listed = pattern(func() string {
	words := contraries()
	return `^(?:(?:` + alternatives(words.Among) + `):?)?(?P<name>\p{Han}*?):?(?P<value>(?:` + alternatives(words.Listed) + `)?[0-9].*)$`
})

// listedValue is a value among several, and what it is of.
type listedValue struct {
	name  string
	value Quantity
	main  bool // the first of its unit, of which others may be parts: 80人,其中女性30人
}

// sameThing reports whether two names are of one thing, as far as they tell: 水泥路, 道路.
func sameThing(a, b string) bool {
	last := func(s string) string {
		_, size := utf8.DecodeLastRuneInString(s)
		return s[len(s)-size:]
	}
	return a == "" || b == "" || last(a) == last(b)
}

// listedValues are the several values of a text; there are none where part of it is
// something else, or says what each, another year or a plan has.
func listedValues(s string, parse func(string, int) Quantity) (values []listedValue) {
	words := contraries()
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(partMarks, r) }) {
		m := listed().FindStringSubmatch(part)
		if m == nil || containsAny(m[1], words.Each) || containsAny(m[1], words.Compares) || containsAny(m[1], words.Planned) {
			return nil
		}
		v := listedValue{name: m[1], value: parse(m[2], 0)}
		if v.value.Kind != KindNumber {
			return nil
		}
		v.main = !slices.ContainsFunc(values, func(before listedValue) bool { return sameUnit(before.value.Unit, v.value.Unit) })
		values = append(values, v)
	}
	return values
}

// only returns the one of some values that is of the same name, or else the only one of
// the same unit. ok is false where there are several, or none.
func (v listedValue) only(among []listedValue) (same listedValue, ok bool) {
	for _, other := range among {
		if v.name != "" && v.name == other.name {
			return other, true
		}
	}
	for _, other := range among {
		if sameUnit(v.value.Unit, other.value.Unit) && v.main == other.main {
			if ok {
				return same, false
			}
			same, ok = other, sameThing(v.name, other.name)
		}
	}
	return same, ok
}

// listedShort reports whether one of several values that a target lists is not reached by
// the one that the actual has for it.
func listedShort(t, a string) bool {
	want := listedValues(t, ParseTarget)
	if len(want) < 2 {
		return false
	}
	got := listedValues(a, ParseActual)
	return slices.ContainsFunc(want, func(w listedValue) bool {
		g, ok := w.only(got)
		if ok {
			_, ok = g.only(want)
		}
		judge := JudgeEitherWay
		if leastWanted(figure{Quantity: w.value, before: w.name}) {
			judge = Judge
		}
		return ok && judge(w.value, g.value).Status == NotMet
	})
}

// isOneOfTwo reports whether 一 before a unit counts because the
// text says of another what became of it: 建成|一座,另一座未开工.
func isOneOfTwo(before, s string) bool {
	return strings.Contains(s, "另一") && (hasAnySuffix(before, vocabulary().Date.Done) || strings.HasSuffix(before, "另") || before == "")
}

// ofEachMonth reports whether a target names a day of every month, or of every quarter, by
// which something is to be done, wherever it stands: 护理补贴每月25日前发放.
func ofEachMonth(t string) bool {
	return (strings.Contains(t, "月") || strings.Contains(t, "季")) && strings.ContainsAny(t, "日号底末旬") && dayOfEach().MatchString(t)
}

var dayOfEach = pattern(func() string {
	return `(?:` + alternatives(contraries().Monthly) + `|每季度?末?月?)(?:底|末|[上中下]旬|[0-9]{1,2}[日号])`
})
