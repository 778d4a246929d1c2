package quantity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// oftens are the ways to say how often: 每月1次, 每季度不少于2次, 2次/年.
var oftens = sync.OnceValue(func() []*regexp.Regexp {
	period := `(?P<period>` + alternatives(contraries().periods) + `)`
	const count = `(?P<n>[0-9]+|[一两二三四五六])(?P<unit>\p{Han}{1,2})`
	return []*regexp.Regexp{
		regexp.MustCompile(`^每` + period + `(?:\p{Han}{0,4}?|≥|>=)` + count + `(?:以上)?$`),
		regexp.MustCompile(`^\p{Han}{0,8}?每` + period + `[^0-9,;。]{0,6}?(?P<n>[0-9]+|[一两二三四五六])(?P<unit>` + alternatives(contraries().AddsUp) + `)(?:以上)?[^0-9,;。]{0,10}$`), // 每季度开展1次督导
		regexp.MustCompile(`^` + period + count + `$`),
		regexp.MustCompile(`^(?:≥|>=|不少于|至少)?` + count + `/` + period + `$`),
	}
})

// often returns how often in a period a text says that something is done.
func often(s string) (n float64, period, unit string, is bool) {
	if !containsAny(s, contraries().periods) {
		return 0, "", "", false
	}
	for _, form := range oftens() {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		part := func(name string) string { return m[form.SubexpIndex(name)] }
		n, err := strconv.ParseFloat(part("n"), 64)
		if err != nil {
			digit, _ := utf8.DecodeRuneInString(part("n"))
			n = float64(chineseDigits[digit])
		}
		return n, part("period"), part("unit"), true
	}
	return 0, "", "", false
}

// tooSeldom reports whether an actual counts fewer times in the year than the target
// asks for.
func tooSeldom(want Quantity, t, a string) bool {
	least, period, unit, is := often(t)
	switch {
	case is:
		least *= contraries().Times[period]
	case want.Kind == KindNumber && want.Approx == Precise && !want.Op.down() && want.Unit != "" && want.Unit != "%":
		least, unit = want.Low, want.Unit
	default:
		return false
	}
	if n, period, each, isOften := often(a); isOften {
		return sameUnit(unit, each) && n*max(contraries().Times[period], contraries().AtMost[period]) < least
	}
	if strings.Contains(a, "各") {
		n, listed := timesOfEach(a, unit)
		return is && listed && n < least
	}
	got := ParseActual(a, 0)
	if found, ok := (parser{actual: true}).figures(a); is && ok && len(found) == 1 && !negationIn(found[0].clause()) && !containsAny(a, contraries().Each) && !containsAny(found[0].before, contraries().Compares) {
		got = found[0].Quantity // 全年督导2次
	}
	return is && slices.Contains(contraries().AddsUp, UnitName(unit)) && got.Kind == KindNumber && got.Approx == Precise && sameUnit(unit, got.Unit) && got.High < least
}

// ofEach is how often something was done in each of several times: 春季、秋季各1次.
var ofEach = pattern(func() string {
	return `([^,;。]+)各[^0-9,;。一两二三四五六]{0,6}([0-9]+|[一两二三四五六])(\p{Han}{1,2})`
})

// timesOfEach counts them, where the times are listed.
func timesOfEach(a, unit string) (n float64, listed bool) {
	m := ofEach().FindStringSubmatch(a)
	if m == nil || !sameUnit(m[3], unit) || strings.ContainsAny(m[1], rangeMarks) || !containsAny(m[1], contraries().periods) {
		return 0, false
	}
	parts := strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune("、和及与", r) })
	each, _, ok := smallNumber(m[2])
	return float64(each * len(parts)), ok && len(parts) > 1
}

// frequency returns what a target counts, and how often in a year, where it says so:
// 次 and 12 of ≥1次/月.
func frequency(target Quantity) (per string, times float64, is bool) {
	per, period, _ := strings.Cut(target.Unit, "/")
	times, is = contraries().Times[period]
	return per, times, is && target.Kind == KindNumber && times > 1
}
