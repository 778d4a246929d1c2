package quantity

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// stated reads an actual that says more than its number: what was planned
// (计划1800人,实际1500人), a clause (99%,较上年提高2个百分点), its parts or a remark in
// brackets (140场(线上30场、线下110场), 93%(抽样)).
func (p parser) stated(s string) (q Quantity, ok bool) {
	if !p.actual {
		return q, false
	}
	q, ok = p.planned(s)
	if ok {
		return q, true
	}
	if head, rest, more := strings.Cut(s, ","); more && saysMore(rest) {
		q, ok = p.sentence(head)
		if m := shareOf().FindStringSubmatch(rest); m != nil && ok && q.Unit != "%" {
			of, _ := p.sentence(m[1])
			q.Share = of.Low
		}
		return q, ok && q.Kind == KindNumber
	}
	head, remark, bracketed := strings.Cut(s, "(")
	remark, closed := strings.CutSuffix(remark, ")")
	if !bracketed || !closed || strings.ContainsAny(remark, "()") {
		return q, false
	}
	q, ok = p.sentence(head)
	if !ok || q.Kind != KindNumber {
		return q, false
	}
	if sum, ok := sumOfParts(remark, q.Unit); ok && q.Unit != "%" {
		return q, sum*q.Scale <= q.High*(1+tolerance)
	}
	return q, isAside(remark, q)
}

// shareOf is what says how much of all a number before it is: 305天,占83.6%.
var shareOf = pattern(func() string {
	return `^(?:` + alternatives(vocabulary().ShareOf) + `)\p{Han}{0,4}?([0-9]+(?:\.[0-9]+)?%)$`
})

// planForms tell what was planned from what was done, which comes after or before.
var planForms = sync.OnceValue(func() []*regexp.Regexp {
	planned := `(?:` + alternatives(slices.Concat(contraries().Planned, contraries().Raised)) + `)`
	return []*regexp.Regexp{
		regexp.MustCompile(`^` + planned + `(?P<plan>.*?[0-9].*?)[,;、](?P<done>(?:` + alternatives(contraries().Achieved) + `).*)$`),
		regexp.MustCompile(`^(?P<plan>[^,;()]*?[0-9][^,;()]*?)中,?(?P<done>[^,;()]*[0-9][^,;()]*)$`), // 30项中24项
		regexp.MustCompile(`^(?P<done>[^;()]*?[0-9][^;()]*?)[,;、(]` + planned + `(?P<plan>[^()]*[0-9][^()]*?)\)?$`),
	}
})

// behindWords is a number with words before it.
var behindWords = pattern(func() string { return `^[^0-9]{0,18}?([0-9].*)$` })

// pattern compiles an expression, which may have words of the files in it, when it is
// first needed.
func pattern(expr func() string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr()) })
}

// saysMore reports whether a clause leaves the number before it what it is.
func saysMore(rest string) bool {
	return startsWithAny(rest, vocabulary().Further) != "" ||
		!strings.ContainsAny(rest, "0123456789") && (!negationIn(rest) || containsAny(rest, contraries().Harms)) && !containsAny(rest, vocabulary().Label.Plans) && !containsAny(rest, vocabulary().Label.Intents) && !containsAny(rest, contraries().Part)
}

// alternatives makes a part of a regular expression of some words.
func alternatives(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	return strings.Join(quoted, "|")
}

// planned reads what was done out of a text that says besides what was planned.
func (p parser) planned(s string) (q Quantity, ok bool) {
	if !strings.Contains(s, "中") && (!strings.ContainsAny(s, ",;、(") || !containsAny(s, contraries().Planned) && !containsAny(s, contraries().Raised)) {
		return q, false // as nearly all, and sooner than the expressions say so
	}
	for _, form := range planForms() {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		plan, known := p.counted(m[form.SubexpIndex("plan")])
		done := m[form.SubexpIndex("done")]
		q, ok = p.counted(done)
		if found, is := p.figures(done); is && !(ok && sameUnit(plan.Unit, q.Unit)) && len(found) == 1 && found[0].before == "" && !negationIn(done) { // 15个乡镇中11个建立
			q, ok = found[0].Quantity, true
		}
		if !known || !ok || !sameUnit(plan.Unit, q.Unit) || plan.Low < 0 {
			return q, false
		}
		q.Plan = plan.Low
		return q, true
	}
	return q, false
}

// counted reads a number behind words that don't deny it, whatever they say: 培训1500人.
func (p parser) counted(s string) (q Quantity, ok bool) {
	q, ok = p.sentence(s)
	if !ok {
		m := behindWords().FindStringSubmatch(s)
		if m == nil || negationIn(s) || containsAny(s, vocabulary().Label.Plans) {
			return q, false
		}
		q, ok = p.sentence(m[1])
	}
	return q, ok && q.Kind == KindNumber
}

// partNumber is a part of a number as words name it: 线上30场.
var partNumber = pattern(func() string { return `^([^0-9]*)([0-9]+(?:\.[0-9]+)?)([^0-9]*)$` })

// partMarks are the marks between the parts of a number.
const partMarks = "、,;和及\n"

// sumOfParts adds up what a text names in parts that are all of one unit, as far as they
// write one: 线上30场、线下110场. ok is false where it says anything else.
func sumOfParts(text, unit string) (sum float64, ok bool) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(partMarks, r) }) {
		m := partNumber().FindStringSubmatch(part)
		if m == nil {
			return 0, false
		}
		n, err := strconv.ParseFloat(m[2], 64)
		if err != nil || m[3] != "" && !sameUnit(m[3], unit) {
			return 0, false
		}
		sum += n
		ok = true
	}
	return sum, ok
}

// share is so many of so many: 190/200, 27人/30人; what it comes to may be rounded.
var share = pattern(func() string { return `^([0-9]+(?:\.[0-9]+)?)\p{Han}{0,2}/([0-9]+(?:\.[0-9]+)?)\p{Han}{0,2}$` })

const percentPoint = 0.01

// isAside reports whether a remark in brackets leaves the number before it what it is:
// 抽样, 含线上, 发放问卷200份. A comparison does not, nor what says how often, that it was
// not so, or is yet to be, nor another number of the same kind.
func isAside(remark string, q Quantity) bool {
	if tailOf(remark) != nil || negationIn(remark) || strings.Contains(remark, "每") || containsAny(remark, vocabulary().Label.Plans) || containsAny(remark, vocabulary().Label.Intents) || containsAny(remark, contraries().Part) {
		return false
	}
	if m := share().FindStringSubmatch(remark); m != nil && q.Unit == "%" {
		part, err1 := strconv.ParseFloat(m[1], 64)
		whole, err2 := strconv.ParseFloat(m[2], 64)
		return err1 == nil && err2 == nil && math.Abs(part/whole-q.Low) < percentPoint
	}
	digits := strings.ContainsAny(remark, "0123456789")
	return !digits || strings.Contains(remark, "各") || q.Unit != "" && !strings.Contains(remark, q.Unit) && !strings.ContainsAny(remark, "%/")
}

// negationIn reports whether a text denies something.
func negationIn(s string) bool {
	for i := range s {
		if negationAt(s, i) > 0 {
			return true
		}
	}
	return false
}
