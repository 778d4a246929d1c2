package quantity

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// wanted is the first number that a target asks for.
func wanted(want Quantity, t string) (q figure, ok bool) {
	all := allWanted(want, t)
	if len(all) == 0 || !all[0].first {
		return q, false
	}
	return all[0].figure, true
}

// wish is a number that a target asks for, with the comparison that its words make:
// 3个工作日内办结, 改厕1500户.
type wish struct {
	figure
	first bool // in the target, which need not name it again: 改厕1500户, 1420户
}

// allWanted are the numbers that a target asks for, each the only one of its kind: of
// 2期60人 both. What it asks for of each of something is none of them, nor what it counts
// in several parts.
func allWanted(want Quantity, t string) (all []wish) {
	if want.Kind == KindNumber {
		if want.Approx == Precise && want.Unit != "" {
			all = append(all, wish{figure{Quantity: want}, true})
		}
		return all
	}
	if _, never := cutNever(t); never || want.Kind != KindQualitative {
		return nil
	}
	found, ok := parser{}.figures(withoutEach(t))
	if !ok {
		return nil
	}
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(f figure) bool { return sameUnit(f.Unit, "岁") }) // 80岁以上老人每月100元
	}
	for i := 1; i < len(found); i++ {
		if turnedInto().MatchString(found[i].before) && sameUnit(found[i].Unit, found[i-1].Unit) { // 由5个环节减至3个
			found = slices.Delete(found, i-1, i)
		}
	}
	for i, f := range found {
		others := slices.Concat(found[:i], found[i+1:])
		if slices.ContainsFunc(others, func(other figure) bool { return sameUnit(f.Unit, other.Unit) }) || f.Approx != Precise {
			continue
		}
		if f.compared() {
			all = append(all, wish{f, i == 0})
		}
	}
	return all
}

// withoutEach is a target without the clauses that say what each of several is to have:
// 放映216场,每村每月1场.
func withoutEach(t string) string {
	if !strings.Contains(t, "每") {
		return t
	}
	clauses := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(clauseMarks, r) })
	return strings.Join(slices.DeleteFunc(clauses, func(c string) bool { return strings.Contains(c, "每") }), ",")
}

// compared settles the comparison of a target's number from the words around it; ok is
// false where they make a rough number of it that is none to be compared with.
func (f *figure) compared() (ok bool) {
	words := vocabulary()
	longest := 0
	for i := range words.leads {
		switch l := &words.leads[i]; {
		case len(l.word) <= longest || !strings.HasSuffix(f.before, l.word):
		case l.op != None && l.op != Eq:
			f.Op, longest = l.op, len(l.word)
		case l.approx == Around: // 约430人 may be some less
			f.Low, longest = f.Low*nearly, len(l.word)
		}
	}
	if f.Op == None {
		f.Op = f.implied()
	}
	for i := range words.tails {
		if w := &words.tails[i]; strings.HasPrefix(f.after, w.word) {
			if w.approx == Above {
				return false
			}
			if w.approx == Around {
				f.Low *= nearly
				return !f.Op.down()
			}
			f.Op = w.op
			break
		}
	}
	return true
}

// nearly is how much of a rough number is enough.
const nearly = 0.9

// implied is the comparison that stands before a number with words between, or that the
// number itself makes: 最多不过3个, 减至3个, 3个工作日办结.
func (f figure) implied() Op {
	switch {
	case containsAny(f.before, contraries().NoMore), lessThan().MatchString(f.before):
		return Le
	case containsAny(f.before, contraries().NoLess):
		return Ge
	case slices.Contains(contraries().Brief, UnitName(f.Unit)) && (startsWithAny(f.after, contraries().WithinAfter) != "" || sameUnit(f.Unit, "工作日")):
		return Le
	}
	return None
}

// turnedInto stands before the second of two numbers, which is the one to get to;
// lessThan is where it is the smaller one.
var (
	turnedInto = pattern(func() string { return `[` + contraries().Into + `]$` })
	lessThan   = pattern(func() string { return `[` + contraries().Shrink + `][^0-9]{0,3}[` + contraries().Into + `]$` })
)

// leastWanted reports whether a target without a comparison asks for its number at least:
// not where it is time or money, of which less may be better.
func leastWanted(q figure) bool {
	per, _, _ := strings.Cut(q.Unit, "/")
	switch {
	case hasAnySuffix(q.before, contraries().Lasting), isBenefit(q.Unit), strings.HasPrefix(per, "元") && containsAny(q.before, contraries().Gained):
		return true
	case hasAnySuffix(q.before, contraries().Less), strings.HasPrefix(per, "元"), isSpan(per):
		return false
	}
	return true
}

// figuresShort reports whether an actual names numbers in the unit of one of its target's,
// or in another unit of the same measure, and none of them, nor all together, reach it:
// ≥10家, 支持企业8家,其中高新7家; 河道整治36公里, 28500米.
func figuresShort(want Quantity, t string, got Quantity, a string) bool {
	if !strings.ContainsAny(a, numerals) || containsAny(a, contraries().Reached) {
		return false
	}
	all := allWanted(want, t)
	if len(all) == 0 {
		return false
	}
	found, ok := parser{actual: true}.figures(a)
	if !ok {
		return false
	}
	if len(found) == 0 && got.Kind == KindNumber && got.Unit == "" && got.Approx == Precise && all[0].first && near(got.High, all[0].High) {
		got.Unit = all[0].Unit // 惠民演出150场, 110
		found = append(found, figure{Quantity: got})
	}
	return slices.ContainsFunc(all, func(q wish) bool { return q.missed(t, a, found) })
}

// numerals are the characters with which numbers begin.
const numerals = "0123456789一二两三四五六七八九十百千"

// missed reports whether none of the numbers of an actual, nor all together, reach the one
// that is asked for.
func (q wish) missed(t, a string, found []figure) bool {
	each := a
	if q.Op.down() || q.Unit == "%" {
		each = without(a, contraries().Average)
	}
	if eachOf().MatchString(each) && !strings.Contains(t, "均") || slices.ContainsFunc(contraries().Each, func(w string) bool { return strings.Contains(each, w) && !strings.Contains(t, w) }) {
		return false
	}
	sum, least, any := 0.0, math.Inf(1), false
	for _, f := range found {
		value, is := q.measured(f)
		if !is || startsWithAny(f.before, contraries().Planned) != "" || containsAny(f.before, contraries().Among) {
			continue
		}
		if negationIn(f.clause()) || containsAny(f.clause(), contraries().Undone) || hasAnySuffix(f.clause(), contraries().BeingDoneAfter) {
			continue
		}
		for _, w := range contraries().Compares {
			if strings.Contains(f.clause(), w) && !strings.Contains(t, w) {
				return false
			}
		}
		high := value.High
		if roughlyBelow(f.before) {
			high = math.Nextafter(high, 0)
		}
		any, least = true, min(least, value.Low)
		if q.Unit == "%" {
			sum = max(sum, high)
		} else {
			sum += high
		}
	}
	switch {
	case !any:
		return false
	case q.Op.down(), q.Op == None && isSpan(q.Unit) && containsAny(t+a, contraries().Less) && !containsAny(q.before, contraries().Compares): // 缩短10分钟
		return compare(least, q.Low) > 0
	case wholeSaid(a) && !denies(a, contraries().Whole): // 全部: of how many it says
		return false
	case q.Op.up(), leastWanted(q.figure):
		return sum < q.Low*(1-tolerance)
	}
	return false
}

// measured is a number of an actual in the unit of one that is wanted, of the same thing as
// far as their clauses tell.
func (q wish) measured(f figure) (value Quantity, is bool) {
	if sameUnit(f.Unit, q.Unit) {
		return f.Quantity, q.first || akin(q.clause(), f.clause())
	}
	value, is = convert(f.Quantity, q.Quantity)
	if !is {
		value, is, _ = convertRoughly(f.Quantity, q.Quantity)
	}
	return value, is && (near(value.High, q.High) || isSpan(q.Unit)) && (q.first || akin(q.clause(), f.clause()))
}

// akin reports whether two clauses have a word in common, or words of one list: 总成本,
// 共支出.
func akin(a, b string) bool {
	for _, words := range contraries().Akin {
		if containsAny(a, words) && containsAny(b, words) {
			return true
		}
	}
	a = without(a, contraries().Fillers)
	for i, r := range a {
		if isHan(r) && sharedStart(a[i:], b) != "" {
			return true
		}
	}
	return false
}

// eachOf is a number of each of several.
var eachOf = pattern(func() string { return `均约?[0-9]|各[^0-9,;。、]{0,4}[0-9]` })

// roughlyBelow reports whether a text ends with what says of the number behind it that it
// is less: 近|200人.
func roughlyBelow(before string) bool {
	return slices.ContainsFunc(vocabulary().leads, func(l lead) bool { return l.approx == Below && strings.HasSuffix(before, l.word) })
}

// rateName is a rate or a degree that a target names: 取证率, 满意度.
var rateName = pattern(func() string { return `(\p{Han}\p{Han})(?:比?率|度)\P{Han}*?\p{Han}{0,4}?$` })

// proportion is how many of how many an actual counts, as to a rate that its target names:
// 取证率80%, 培训240人,取得证书168人.
type proportion struct {
	least  float64   // that the target asks for
	ratios []float64 // of what is counted, by itself and together, to each number before
	told   float64   // the rate that the actual itself tells, 0 for none
}

// proportions finds them.
func proportions(t, a string) (all []proportion) {
	if !strings.Contains(t, "%") || !strings.ContainsAny(t, "率度") {
		return nil
	}
	wished, ok1 := parser{}.figures(t)
	found, ok2 := parser{actual: true}.figures(a)
	if !ok1 || !ok2 {
		return nil
	}
	for _, w := range wished {
		name := rateName().FindStringSubmatch(w.before)
		if w.Unit != "%" || name == nil || !w.compared() || w.Op.down() {
			continue
		}
		if p, is := counts(name[1], found); is {
			p.least = w.Low
			all = append(all, p)
		}
	}
	return all
}

// counts makes a proportion of the numbers of an actual that a rate is named after, and of
// those before them.
func counts(name string, found []figure) (p proportion, is bool) {
	first, size := utf8.DecodeRuneInString(name)
	last := name[size:]
	of := func(f figure) bool {
		i := strings.IndexRune(f.clause(), first)
		return i >= 0 && strings.Contains(f.clause()[i:], last)
	}
	var sums []float64
	for i, f := range found {
		switch {
		case f.Unit == "%":
			if of(f) {
				p.told = f.Low
			}
			continue
		case !of(f), negationIn(f.clause()), containsAny(f.before, contraries().Among), containsAny(f.clause(), contraries().Compares):
			continue
		}
		sum := f.Low
		if len(sums) > 0 {
			sum += sums[len(sums)-1]
		}
		sums = append(sums, sum)
		for _, whole := range found[:i] {
			if !sameUnit(whole.Unit, f.Unit) || of(whole) {
				continue
			}
			for _, part := range []float64{f.Low, sum} {
				if 0 < part && part <= whole.Low*(1+tolerance) {
					p.ratios = append(p.ratios, part/whole.Low)
				}
			}
		}
	}
	return p, len(p.ratios) > 0
}

// proportionShort reports whether what an actual counts makes less of a rate than its target
// asks for, and it does not tell the rate itself.
func proportionShort(t, a string) bool {
	return !wholeSaid(a) && slices.ContainsFunc(proportions(t, a), func(p proportion) bool {
		return p.told == 0 && slices.Max(p.ratios) < p.least-percentPoint/2
	})
}

// proportionDenied reports whether the rate that an actual tells is another than what it
// counts makes: 回收问卷150份,满意132份,满意度95%.
func proportionDenied(t, a string) bool {
	return slices.ContainsFunc(proportions(t, a), func(p proportion) bool {
		return p.told > 0 && !slices.ContainsFunc(p.ratios, func(r float64) bool { return math.Abs(r-p.told) < percentPoint })
	})
}

// bracketed is a number with what it is made of in brackets.
var bracketed = pattern(func() string { return `([0-9][0-9.,]*[^0-9,;。()]{1,4})\(([^()]*)\)` })

// totalDenied reports whether an actual names the parts of a number in brackets behind it, or
// before it, that come to another: 6400立方米(东河2900立方米、西河2100立方米).
func totalDenied(a string) bool {
	if strings.Contains(a, "(") {
		for _, m := range bracketed().FindAllStringSubmatch(a, -1) {
			total, ok1 := parser{actual: true}.figures(m[1])
			if parts, ok2 := (parser{actual: true}).figures(m[2]); ok1 && ok2 && len(total) == 1 && differs(total[0], parts, m[2]) {
				return true
			}
		}
	}
	before, after, is := cutAny(a, contraries().Totals)
	if !is {
		return false
	}
	total, ok1 := parser{actual: true}.figures(after)
	parts, ok2 := parser{actual: true}.figures(strings.TrimRight(before, partMarks))
	return ok1 && ok2 && len(total) == 1 && total[0].before == "" && total[0].after == "" && differs(total[0], parts, before)
}

// differs reports whether the parts that a text lists come to another number than their total.
func differs(total figure, parts []figure, text string) bool {
	words := contraries()
	if len(parts) < 2 || total.Unit == "%" || total.Approx != Precise || strings.ContainsAny(text, ";。") || strings.Contains(text, "等") || containsAny(text, words.Among) || containsAny(text, words.Compares) || containsAny(text, words.Planned) || containsAny(text, words.Besides) || containsAny(text, words.PastYear) || strings.Contains(text, "每") || strings.Contains(text, "各") {
		return false
	}
	sum := 0.0
	for _, p := range parts {
		if !sameUnit(p.Unit, total.Unit) || p.Approx != Precise || roughlyBelow(p.before) {
			return false
		}
		sum += p.Low
	}
	return len(strings.FieldsFunc(strings.TrimRight(text, partMarks), func(r rune) bool { return strings.ContainsRune(partMarks, r) })) == len(parts) && math.Abs(sum-total.Low) > total.Low*totalSlack
}

// totalSlack is how much of a total the rounding of its parts may come to.
const totalSlack = 0.005

// cutAny cuts a text at the first of some words that stands in it.
func cutAny(s string, words []string) (before, after string, is bool) {
	for _, w := range words {
		before, after, is = strings.Cut(s, w)
		if is {
			return before, after, true
		}
	}
	return s, "", false
}

// namedShort reports whether an actual names a number as its target does and it is less, of
// several that are to be paid, or that are the more the better: 90岁以上100元/月,百岁以上500元/月.
func namedShort(t, a string) bool {
	wished, ok1 := parser{}.figures(t)
	found, ok2 := parser{actual: true}.figures(a)
	if !ok1 || !ok2 || len(wished) < 2 {
		return false
	}
	return slices.ContainsFunc(wished, func(w figure) bool {
		if !w.compared() || w.Op.down() || utf8.RuneCountInString(w.before) < 2 || w.Op == None && !leastWanted(w) && !isStandard(w.Unit) && !containsAny(t, contraries().Lasting) {
			return false
		}
		same := func(f figure) bool { return f.before == w.before && sameUnit(f.Unit, w.Unit) }
		i := slices.IndexFunc(found, same)
		return i >= 0 && !slices.ContainsFunc(found[i+1:], same) && found[i].High < w.Low*(1-tolerance) && !isSpan(w.Unit)
	})
}

// isStandard reports whether a unit is one of what is paid for a time: 元/月, 元/人/天.
func isStandard(unit string) bool {
	of, per, is := strings.Cut(unit, "/")
	return is && strings.HasPrefix(of, "元") && slices.ContainsFunc(strings.Split(per, "/"), isSpan)
}

// isBenefit reports whether a unit is one of what somebody is paid: 元/人/月, 元/生·年.
func isBenefit(unit string) bool {
	of, per, is := strings.Cut(unit, "/")
	parts := eachIn(per)
	return is && of == "元" && len(parts) == 2 && !isSpan(parts[0]) && slices.Contains(contraries().PaidBy, parts[1])
}

// eachShort reports whether a target asks for a number of each of several, and one of those
// that the actual lists does not reach it: 牛、羊均≥90%, 牛93%、羊87%.
func eachShort(t, a string) bool {
	if !containsAny(t, contraries().Shared) {
		return false
	}
	wished, ok1 := parser{}.figures(t)
	found, ok2 := parser{actual: true}.figures(a)
	wished = slices.DeleteFunc(wished, func(f figure) bool { return !containsAny(f.before, contraries().Shared) })
	if !ok1 || !ok2 || len(wished) != 1 || len(found) < 2 || !wished[0].compared() {
		return false
	}
	w := wished[0]
	short := false
	for _, f := range found {
		if !sameUnit(f.Unit, w.Unit) || containsAny(f.clause(), contraries().Compares) || containsAny(f.before, contraries().PastYear) {
			return false
		}
		short = short || w.Op.down() && f.Low > w.Low*(1+tolerance) || !w.Op.down() && leastWanted(w) && f.High < w.Low*(1-tolerance)
	}
	return short
}
