package quantity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// rangeWords say whether it is the worse to be below a range, and above it; see
// contradiction.toml.
type rangeWords struct {
	Units, Degrees              []string
	LessUnits                   []string `toml:"less_units"`
	Named, Held, Between, Sized []string
	More, Measured              []string
}

// rangeWanted finds the one range that a target asks for, wherever it stands: 每组20-25人,
// 含水率控制在45%至55%之间.
func rangeWanted(want Quantity, t string) (r figure, is bool) {
	if want.Kind != KindRange && (want.Kind != KindQualitative || !strings.ContainsAny(t, "0123456789") || !strings.ContainsAny(t, rangeMarks+"±且")) {
		return r, false
	}
	if strings.Contains(t, "且") {
		t = twoBounds().ReplaceAllString(t, "$1-$2")
	}
	found := parser{}.ranges(t)
	if len(found) != 1 {
		return r, false
	}
	return found[0], true
}

// twoBounds are the ends of a range with a comparison each: ≥6且≤9, 不低于18℃且不高于24℃.
var twoBounds = pattern(func() string {
	var least, most []string
	for _, l := range vocabulary().leads {
		if l.op == Ge {
			least = append(least, l.word)
		} else if l.op == Le {
			most = append(most, l.word)
		}
	}
	return `(?:` + alternatives(least) + `)([0-9.]+[^0-9,;。且]{0,4})[,、]?且(?:` + alternatives(most) + `)([0-9.]+)`
})

// ranges finds the ranges of a plain text, and what may differ from a number by so much:
// 18±2℃.
func (p parser) ranges(s string) (found []figure) {
	start := 0
	for at, r := range s {
		if strings.ContainsRune(endings, r) {
			start = at + len(string(r))
		}
		if !startsFigure(s, at, r) {
			continue
		}
		before := s[start:at]
		if below, is := strings.CutSuffix(before, "-"); is && !strings.ContainsAny(before, "0123456789") { // -22℃至-18℃
			at, before = at-1, below
		}
		if last, _ := utf8.DecodeLastRuneInString(before); before != "" && (IsDigit(byte(last)) || strings.ContainsRune(rangeMarks+"±", last) && strings.ContainsAny(before, "0123456789")) {
			continue // inside of a number, or its end
		}
		if _, _, isDate := p.scanSpan(s[at:]); isDate {
			continue
		}
		clause := s[at:]
		if end := strings.IndexAny(clause, endings); end >= 0 {
			clause = clause[:end]
		}
		if q, rest, is := rangeAt(clause); is {
			found = append(found, figure{q, before, rest})
		}
	}
	return found
}

// rangeAt reads the range that opens a clause.
func rangeAt(clause string) (q Quantity, rest string, is bool) {
	n, rest, is := scanNumeral(clause)
	if !is {
		return q, "", false
	}
	if after, about := strings.CutPrefix(rest, "±"); about {
		m, rest, is := scanNumeral(after)
		if !is {
			return q, "", false
		}
		u, rest, _ := cutUnit(rest, m)
		q, ok1 := u.measure(n)
		off, ok2 := u.measure(m)
		q.Kind, q.Low, q.High = KindRange, q.Low-off.Low, q.High+off.Low
		return q, rest, ok1 && ok2
	}
	if q, is = numberRange(n, rest, claim{}); is && q.Kind == KindRange {
		return q, "", true
	}
	_, second, _ := cutUnit(rest, n)
	if !opensRange(second) {
		return q, "", false
	}
	second, _ = cutRangeMark(second)
	m, after, is := scanNumeral(second)
	if !is {
		return q, "", false
	}
	_, after, known := cutUnit(after, m)
	if !known {
		return q, "", false
	}
	q, is = numberRange(n, rest[:len(rest)-len(after)], claim{}) // 20-25人|一组
	return q, after, is && q.Kind == KindRange
}

// outside reports whether an actual lies outside of the range that its target asks for, on
// a side where it is not the better.
func outside(want Quantity, t string, got Quantity, a string) bool {
	r, is := rangeWanted(want, t)
	if !is || isYears(r.Low, r.High, r.Unit) {
		return false
	}
	below, above := r.worse(t)
	if want.Kind == KindRange && got.Kind == KindNumber && !above {
		below = false // that is judged as numbers are
	}
	off := func(q Quantity) bool {
		return below && compare(q.High, r.Low) < 0 || above && compare(q.Low, r.High) > 0
	}
	values, ranges := r.reached(got, a)
	return len(values) > 0 && !slices.ContainsFunc(values, func(q Quantity) bool { return !off(q) }) ||
		slices.ContainsFunc(ranges, func(q Quantity) bool {
			return below && compare(q.Low, r.Low) < 0 || above && compare(q.High, r.High) > 0
		})
}

// worse reports whether it is the worse to be below a range, and above it.
func (r figure) worse(t string) (below, above bool) {
	words := &contraries().Range
	per, _, _ := strings.Cut(r.Unit, "/")
	counts := units().measures[UnitName(per)].counts || sameUnit(per, "人")
	more := containsAny(t, words.More)
	switch {
	case strings.HasPrefix(per, "元"):
		paid := containsAny(t, contraries().Lasting)
		return paid || isStandard(r.Unit), !paid && (containsAny(t, contraries().Money) || containsAny(t, words.Held))
	case isSpan(per):
		if sameUnit(per, "年") || sameUnit(per, "个月") || containsAny(t, contraries().Lasting) {
			return false, false
		}
		return false, !more
	case slices.Contains(words.LessUnits, UnitName(per)):
		return false, true
	case containsAny(t, contraries().Less) && !containsAny(t, words.Named):
		return false, !more
	case more:
		return true, false
	}
	state := slices.Contains(words.Units, per) || containsAny(t, words.Named) || containsAny(t, words.Held) || strings.Contains(r.before, "每") && eachSized().MatchString(r.before) || strings.Contains(t, "且") || strings.Contains(t, "±")
	return true, state || !counts && containsAny(t, words.Between)
}

// eachSized is each of what is to have so many, and no more: 每组, 每个班.
var eachSized = pattern(func() string { return `每个?(?:` + alternatives(contraries().Range.Sized) + `)[^0-9]*$` })

// reached are the numbers of an actual that are of what a range is asked of, and its own
// ranges.
func (r figure) reached(got Quantity, a string) (values, ranges []Quantity) {
	switch {
	case got.Kind == KindNumber && r.alike(got):
		if got.Approx == Precise {
			values = append(values, r.inUnit(got))
		}
		return values, nil
	case got.Kind == KindRange && r.alike(got):
		return nil, []Quantity{r.inUnit(got)}
	case got.Kind != KindQualitative:
		return nil, nil
	}
	about := func(f figure) bool {
		clause := f.clause()
		if !r.alike(f.Quantity) || f.Approx != Precise || negationIn(clause) || containsAny(clause, contraries().Compares) || containsAny(clause, contraries().PastYear) || containsAny(clause, contraries().Planned) || containsAny(clause, contraries().Among) || strings.Contains(clause, "共") || strings.Contains(clause, "总") {
			return false
		}
		name := strings.TrimFunc(without(without(f.before, contraries().Range.Measured), contraries().Fillers), func(r rune) bool { return !isHan(r) })
		return name == "" || slices.Contains(contraries().Range.Units, r.Unit) || akin(name, r.before) || r.before == ""
	}
	for _, f := range (parser{actual: true}).ranges(a) {
		if about(f) {
			ranges = append(ranges, r.inUnit(f.Quantity))
		}
	}
	if len(ranges) > 0 {
		return nil, ranges
	}
	found, _ := parser{actual: true}.figures(a)
	for _, f := range found {
		if about(f) {
			values = append(values, r.inUnit(f.Quantity))
		}
	}
	if len(values) == 0 && r.Unit == "" {
		if name := bareName().FindStringSubmatch(r.before); name != nil {
			for at := range occurrences(a, name[1]) {
				if m := bareNumber().FindStringSubmatch(a[at+len(name[1]):]); m != nil {
					v, _, _ := ParseNumber(m[1])
					values = append(values, Quantity{Kind: KindNumber, Low: v, High: v})
				}
			}
		}
	}
	return values, nil
}

// bareName is a name in letters, and bareNumber what follows it where it has no unit: pH值为
// 9.8.
var (
	bareName   = pattern(func() string { return `([A-Za-z]{2,})` })
	bareNumber = pattern(func() string { return `^[^0-9,;。]{0,6}([0-9]+(?:\.[0-9]+)?)(?:$|[,;。])` })
)

// alike reports whether a number is in the unit of a range, or in one of the same measure.
func (r figure) alike(q Quantity) bool {
	per, _, _ := strings.Cut(q.Unit, "/")
	_, converts := convert(q, r.Quantity)
	degrees := contraries().Range.Degrees
	return sameUnit(r.Unit, q.Unit) || sameUnit(r.Unit, per) && strings.Contains(r.before, "每") || converts ||
		slices.Contains(degrees, r.Unit) && slices.Contains(degrees, q.Unit)
}

func (r figure) inUnit(q Quantity) Quantity {
	if converted, ok := convert(q, r.Quantity); ok {
		return converted
	}
	return q
}
