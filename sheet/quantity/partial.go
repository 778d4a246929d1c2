package quantity

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A period before which something is to be done takes itself in where it is a month or
// a year, as people write it (12月前, 2025年前); a quarter or half a year does not.
// They are the hours of what is longer than a month, and shorter than a year.
const longMonth, shortYear = 31 * 24, 360 * 24

// excepted is a sentence that leaves a few out: 除2户外均已完成.
var excepted = pattern(func() string {
	c := contraries()
	return `除[^,;。]{0,12}?(?:` + digits + `|` + alternatives(c.Few) + `)[^,;。]{0,16}?(?:` + alternatives(c.Outside) + `),?[^,;。]{0,6}?(?:` + alternatives(c.Others) + `)`
})

// omitted is what says that somebody was left out: 应保未保3人, 漏报2户.
var omitted = pattern(func() string {
	words := strings.NewReplacer(`\*`, `\p{Han}{1,2}`, `\?`, `\p{Han}`).Replace(alternatives(contraries().Omitted))
	return `(?:` + words + `)(?:` + alternatives(contraries().OmittedLink) + `)?(` + digits + `+)`
})

// digits is a digit of a small number, as people write it.
const digits = `[0-9一二两三四五六七八九十几]`

// remaining is what says how many are yet to be done: 剩余3户未签协议, 尚有2家.
var remaining = pattern(func() string {
	c := contraries()
	return `(?:` + alternatives(c.Remaining) + `)[^0-9,;。]{0,10}([0-9]+)(?:` + alternatives(slices.Concat(c.LeftUnits, c.RemainingUnits)) + `)([^,;。]*)`
})

// notDone is what says of how many something was not done: 2个村未通邮.
var notDone = pattern(func() string {
	c := contraries()
	return `(?:^|[^0-9./%第])([1-9][0-9]*)(?:` + alternatives(slices.Concat(c.LeftUnits, c.NotDoneUnits)) + `)[^0-9,;。]{0,10}?(?:` + alternatives(c.NotDone) + `)(\p{Han}{1,2})`
})

// remains reports whether a text says that some are yet to be done, and not that they
// were since.
func remains(a string) bool {
	if m := notDone().FindStringSubmatch(a); m != nil && !slices.Contains(contraries().Occurs, m[2]) && !containsAny(a, contraries().Beside) && !slices.Contains(contraries().Harms, m[2]) {
		return true
	}
	m := remaining().FindStringSubmatch(a)
	return m != nil && strings.Trim(m[1], "0") != "" && !containsAny(m[2], contraries().Since)
}

// leftOut reports whether a text says how many were left out, and that is not none.
func leftOut(a string) bool {
	m := omitted().FindStringSubmatch(a)
	return m != nil && strings.Trim(m[1], "0") != ""
}

// pending is what is yet to be done: 待验收, 尚未建立.
var pending = pattern(func() string {
	words := contraries()
	what := `(?:` + alternatives(words.Pending) + `)`
	return `(?:^|[^` + words.BeforePending + `])待` + what + `|` + notYet(what)
})

func isPending(s string) bool {
	return (strings.Contains(s, "待") || startsWithAny(s, contraries().NotYet) != "") && pending().MatchString(s)
}

// notYet is the part of an expression that says that something was not done, 尚未建立.
func notYet(what string) string {
	words := contraries()
	return `^(?:` + alternatives(words.NotYet) + `)(?:` + alternatives(words.Between) + `)*` + what
}

// underWay reports whether an actual says only that what a target counts is being done, or
// is yet to be: 新建1座, 正在建设; 12场, 尚未开展.
func underWay(want Quantity, t, a string) bool {
	if strings.ContainsAny(a, clauseMarks) || containsAny(a, contraries().Since) || !isBeingDone(a) {
		return false
	}
	q, counts := wanted(want, t)
	return counts && leastWanted(q)
}

// beingDone is what says that it is being done, or not yet: 正在建设, 施工中, 尚未开展.
var beingDone = pattern(func() string {
	words := contraries()
	what := `(?:` + alternatives(words.BeingDone) + `|` + alternatives(words.Pending) + `)`
	return `(?:` + alternatives(words.UnderWay) + `)` + what + `|(?:` + alternatives(words.BeingDoneAfter) + `)$|` + notYet(what)
})

func isBeingDone(s string) bool {
	words := contraries()
	return (containsAny(s, words.UnderWay) || containsAny(s, words.BeingDoneAfter) || startsWithAny(s, words.NotYet) != "") && beingDone().MatchString(s)
}

// partly reports whether an actual says of a word of the target's that it is so in part:
// 合格, 部分合格.
func partly(t, a string) bool {
	if containsAny(t, contraries().Partly) {
		return false
	}
	for _, p := range contraries().Partly {
		for at := range occurrences(a, p) {
			rest := a[at+len(p):]
			if startsWithAny(a[at:], contraries().Usual) != "" {
				continue
			}
			for _, between := range contraries().Between {
				if after, is := strings.CutPrefix(rest, between); is && startsWithAny(after, contraries().PartlyOf) != "" {
					rest = after
				}
			}
			if w := startsWithAny(rest, contraries().PartlyOf); w != "" && strings.Contains(t, w) && strings.Count(a, w) == 1 && !negatedAt(a, at, len(p)) && only(t, w, false) {
				return true
			}
		}
	}
	return false
}

// startsWithAny returns the longest of some words that a text starts with.
func startsWithAny(s string, words []string) (longest string) {
	for _, w := range words {
		if len(w) > len(longest) && strings.HasPrefix(s, w) {
			longest = w
		}
	}
	return longest
}

// onlyLater reports whether an actual speaks of what is to come only: 预计3月完成.
func onlyLater(a string) bool {
	_, is := cutAnyPrefix(a, contraries().Later)
	return is && !strings.ContainsAny(a, clauseMarks)
}

// ofRaised is a sentence that says of how many things something is done: 发现问题16个,
// 整改15个,1个正在整改.
var ofRaised = pattern(func() string {
	const number = `([0-9]+)(\p{Han}{0,2}?)`
	return `(?:` + alternatives(contraries().Raised) + `)[^0-9,;。]{0,8}?` + number + `[,;、。][^0-9,;。]{0,6}?(?:` + alternatives(contraries().Achieved) + `)(?:了|问题)?` + number + `(?:$|[,;。、()])`
})

// ofAll is a sentence that says of how many there are something is done: 共85个村,已覆盖79个.
var ofAll = pattern(func() string {
	return `^[^0-9,;。]{0,6}(?:` + alternatives(contraries().Totals) + `)有?([0-9]+)(\p{Han}{1,4}?)[,;、][^0-9,;。]{0,3}?(?:` + alternatives(contraries().Achieved) + `)[^0-9,;。]{0,6}?([0-9]+)(\p{Han}{1,4}?)(?:$|[,;。、()])`
})

// settledFewer reports whether an actual says of how many things something was to be
// done, and that it was done with fewer: 受理3件,处理2件 where all should be.
func settledFewer(want Quantity, t string, got Quantity, a string) bool {
	if strings.Contains(t, "%") && !strings.Contains(t, "100%") { // 合格率98%: some may fail
		return false
	}
	if containsAny(t, contraries().NoLess) && !wholeSaid(t) { // 8所学校至少完成6所: two may be left
		found, ok := parser{}.figures(t)
		return ok && len(found) == 2 && got.Plan == found[0].Low && got.Low < found[1].Low
	}
	if !wholeSaid(t) && !wholePercent(want) && (want.Kind != KindQualitative || !affirms(t, contraries().PartlyOf)) {
		return false
	}
	raised, settled := got.Plan, got.Low
	if raised == 0 && containsAny(a, contraries().Raised) {
		if m := ofRaised().FindStringSubmatch(a); m != nil {
			raised, _ = strconv.ParseFloat(m[1], 64)
			settled, _ = strconv.ParseFloat(m[3], 64)
			if m[2] != "" && m[4] != "" && !sameUnit(m[2], m[4]) {
				return false
			}
		}
	}
	if m := ofAll().FindStringSubmatch(a); m != nil && raised == 0 && sameUnit(m[2], m[4]) {
		raised, _ = strconv.ParseFloat(m[1], 64)
		settled, _ = strconv.ParseFloat(m[3], 64)
	}
	return settled < raised
}

// wholeSaid reports whether a target says that nothing is to be left out.
func wholeSaid(t string) bool {
	return containsAny(t, contraries().Whole) || allThatShould().MatchString(t)
}

// allThatShould is 应保尽保 and whatever is made like it.
var allThatShould = pattern(func() string { return `应\p{Han}{1,2}尽\p{Han}{1,2}` })

// wholePercent reports whether a target is 100% or more.
func wholePercent(want Quantity) bool {
	return want.Kind == KindNumber && want.Unit == "%" && want.Low >= 1 && !want.Op.down()
}

// onlyPrepared reports whether an actual tells without any number only of what is done
// before the first of what its target counts: 培训400人, 培训场地已落实.
func onlyPrepared(want Quantity, t, a string) bool {
	words := contraries()
	if strings.ContainsAny(a, "0123456789") || !containsAny(a, words.Preparations) || containsAny(t, words.Preparations) || wholeSaid(a) {
		return false
	}
	q, counts := wanted(want, t)
	if (!counts || !leastWanted(q)) && !want.Op.up() && (akin(t, a) || want.Kind != KindDeadline && !(inWords(want) && affirms(t, words.Finished))) {
		return false
	}
	for _, clause := range strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(clauseMarks, r) }) {
		if containsAny(clause, words.PreparedFor) && !negationIn(clause) || !containsAny(clause, words.Preparations) && !negationIn(clause) && !isBeingDone(clause) && !strings.HasPrefix(clause, "待") {
			return false
		}
	}
	return true
}

// carriedOver reports whether an actual says of part of what a target asks for that it is to
// be done in another year: 枯水期采样转入下年.
func carriedOver(want Quantity, t, a string) bool {
	words := contraries()
	if !affirms(a, words.CarriedOver) || containsAny(t, words.CarriedOver) || containsAny(a, words.Besides) {
		return false
	}
	q, counts := wanted(want, t)
	return counts && leastWanted(q) || wholeSaid(t) || inWords(want) && affirms(t, words.Finished) || want.Kind == KindDeadline
}

// wronglyDone reports whether an actual says of some that they were done wrongly where a
// target asks for 100%, and not for what is to be put right: 发放准确率100%, 重复发放2人.
func wronglyDone(want Quantity, t, a string) bool {
	words := contraries()
	return strings.Contains(t, "100%") && !want.Op.down() && !strings.Contains(a, "100%") && !containsAny(t, words.Remedies) && !wholeSaid(a) && affirms(a, words.Wrongly)
}

// lapsed reports whether an actual says of what is to be done all the time that for some time
// it was not: 逐日监测, 第四季度停测.
func lapsed(t, a string) bool {
	if !containsAny(t, contraries().Constant) || lapses(t) || containsAny(a, contraries().Remedies) {
		return false
	}
	return lapses(a)
}

// lapses reports whether a text says that for some time something was not done: 停测, 漏报.
func lapses(s string) bool {
	for at := range occurrences(s, "停") {
		if next, _ := utf8.DecodeRuneInString(s[at+len("停"):]); strings.ContainsRune(contraries().Stops, next) && !negatedAt(s, at, len("停")) {
			return true
		}
	}
	return affirms(s, contraries().Lapses)
}

// incomplete reports whether an actual says of what is to be complete that a part of it is not
// there: 内控制度健全, 两个环节尚未建立内控制度.
func incomplete(t, a string) bool {
	if !containsAny(a, contraries().Lacks) {
		return false
	}
	for _, clause := range strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(clauseMarks, r) }) {
		if affirms(t, contraries().Complete) && containsAny(clause, contraries().Lacks) && !containsAny(clause, contraries().Since) && akin(without(t, contraries().Complete), without(clause, contraries().Lacks)) {
			return true
		}
	}
	return false
}

// someLeft reports whether an actual says of some of what all is to be done with that it is
// not done: 已全部完工,其中2个标段正在施工.
func someLeft(want Quantity, t, a string) bool {
	if !containsAny(a, contraries().Among) || !wholeSaid(t) && !wholePercent(want) && !affirms(t, contraries().Finished) || endsUndone(t) {
		return false
	}
	found, _ := parser{actual: true}.figures(a)
	return slices.ContainsFunc(found, func(f figure) bool {
		return f.Low > 0 && f.Unit != "%" && containsAny(f.before, contraries().Among) && endsUndone(f.after)
	})
}

// endsUndone reports whether a text ends with what says that something is being done, or was
// not: 正在施工, 未安装.
func endsUndone(s string) bool {
	words := contraries()
	if hasAnySuffix(s, words.BeingDoneAfter) || hasAnySuffix(s, words.Unfinished) || hasAnySuffix(s, words.Fails) || strings.HasSuffix(s, "停工") {
		return true
	}
	if before, is := cutAnySuffix(s, words.BeingDone); is && (hasAnySuffix(before, words.UnderWay) || hasAnySuffix(before, words.NotDone)) {
		return true
	}
	before, is := cutAnySuffix(s, words.PartlyOf)
	return is && hasAnySuffix(before, words.NotDone)
}

// namedNone reports whether an actual says of one of several that a target counts that there
// is none: 国家级奖项1项、省级奖项3项, 国家级未获奖.
func namedNone(want Quantity, t, a string) bool {
	if want.Kind != KindQualitative || !negationIn(a) {
		return false
	}
	wished, ok := parser{}.figures(t)
	if !ok || len(wished) < 2 {
		return false
	}
	for _, clause := range strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(endings, r) }) {
		if strings.ContainsAny(clause, "0123456789") || !negationIn(clause) || containsAny(clause, contraries().Harms) {
			continue
		}
		for i, w := range wished {
			name := sharedStart(w.before, clause)
			if name == "" || !strings.HasPrefix(clause, name) || !w.compared() || w.Op.down() || w.High == 0 {
				continue
			}
			others := slices.Concat(wished[:i], wished[i+1:])
			if !slices.ContainsFunc(others, func(o figure) bool { return strings.HasPrefix(o.before, name) }) {
				return true
			}
		}
	}
	return false
}

// shouldBe is how many there were to be and how many there are, and a rate that is told of it:
// 应检300家,实检240家,完成率96%.
var shouldBe = pattern(func() string {
	const number = `[^0-9,;。]{0,6}?([0-9]+(?:\.[0-9]+)?)(\p{Han}{0,3}?)`
	return `(?:应(\p{Han})|计划|任务)` + number + `[,;、。]([^0-9,;。]{0,4}?(?:实际|实|已|完成)[^0-9,;。]{0,4}?)([0-9]+(?:\.[0-9]+)?)(\p{Han}{0,3}?)[,;、。][^0-9,;。]{0,4}?(\p{Han}{1,4})率为?([0-9]+(?:\.[0-9]+)?)%`
})

// completionDenied reports whether the rate of completion that an actual tells is another than
// its numbers make.
func completionDenied(a string) bool {
	if !strings.HasSuffix(a, "%") && !strings.Contains(a, "%,") || strings.Count(a, ",")+strings.Count(a, "、")+strings.Count(a, ";") < 2 || !strings.Contains(a, "率") || !strings.Contains(a, "应") && !containsAny(a, contraries().Planned) {
		return false
	}
	m := shouldBe().FindStringSubmatch(a)
	if m == nil || m[3] != m[6] || m[1] != "" && !strings.Contains(m[4], m[1]) || !hasAnySuffix(m[7], contraries().Completion) && (m[1] == "" || !strings.Contains(m[7], m[1])) {
		return false
	}
	plan, err1 := strconv.ParseFloat(m[2], 64)
	done, err2 := strconv.ParseFloat(m[5], 64)
	told, err3 := strconv.ParseFloat(m[8], 64)
	return err1 == nil && err2 == nil && err3 == nil && plan > 0 && done < plan && math.Abs(done/plan-told/100) > percentPoint
}
