package quantity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// outcome is how an attempt to read a quantity ended.
type outcome int

const (
	noNumber outcome = iota // no number where one should start: another word may yet begin a quantity
	unclean                 // a comparison has its number and then something else: the text means more than a quantity
	matched
)

// sentence reads a whole text, with or without a label before the quantity.
func (p parser) sentence(s string) (Quantity, bool) {
	if q, ok := p.beyond(s); ok {
		return q, true
	}
	if q, ok := p.perEach(s); ok {
		return q, true
	}
	if s != "" && isUnitLetter(rune(s[0])) {
		if m := named().FindStringSubmatch(s); m != nil {
			s = m[1]
		}
	}
	q, end := p.phrase(s, claim{})
	if end != noNumber {
		return q, end == matched
	}
	if rest, ok := p.cutWhen(s); ok && p.leadAt(rest) != nil {
		q, end = p.phrase(rest, claim{})
		if end == matched {
			return q, true
		}
	}
	return p.labelled(s)
}

// each is what a number is for, said before it: 每生每年1250元.
var each = pattern(func() string {
	e := vocabulary().Each
	return `^(?P<per>(?:每(?:\p{Han}|` + alternatives(e.Units) + `)){1,2})(?:[` + e.Payments + `][^0-9]{0,5}?)?(?P<amount>(?:` + alternatives(e.Operators) + `)?[0-9].*)$`
})

// perEach reads a number for each of something, as 1250元/生/年. How often in a period
// something is done is a frequency instead: 每月2次.
func (p parser) perEach(s string) (q Quantity, ok bool) {
	if !strings.HasPrefix(s, "每") {
		return q, false
	}
	m := each().FindStringSubmatch(s)
	if m == nil {
		return q, false
	}
	q, ok = p.sentence(m[2])
	if !ok || q.Kind != KindNumber || q.Unit == "" || q.Unit == "%" {
		return q, false
	}
	if measure := units().measures[q.Unit]; measure.counts {
		return q, false
	}
	q.Unit += strings.ReplaceAll(m[1], "每", "/")
	return q, true
}

// clauseMarks end a clause. What comes after one is said of something else.
const clauseMarks = ",;。!?\n"

// labelled looks for a comparison, or another word that ties a label to its number,
// inside s: 完成率≥95%, 满意度:95%.
func (p parser) labelled(s string) (Quantity, bool) {
	hasDigit, hasLetter := false, false
	for i, r := range s {
		if strings.ContainsRune(clauseMarks, r) {
			break
		}
		l := p.leadAt(s[i:])
		if i > 0 && l != nil && l.role != opener && (l.op != None || !hasDigit) {
			q, end := p.phrase(s[i:], claim{labelled: true})
			switch {
			case end == matched && p.spoiled(s[:i], l): // 不|合格率5%: the next word may be a sound one
			case end == matched && hasLetter:
				if q.Kind != KindDeadline && q.Change == NoChange {
					q.Change = changeIn(s[:i])
				}
				if period, each := strings.CutPrefix(s[:i], "每"); each && contraries().Times[period] > 0 && q.Unit != "" {
					q.Unit += "/" + period // 每月不少于2次
				}
				return q, true
			case end != noNumber, l.symbol() && l.op != None:
				return Quantity{}, false
			}
		}
		hasDigit = hasDigit || '0' <= r && r <= '9' && !inName(s, i)
		hasLetter = hasLetter || unicode.IsLetter(r)
	}
	return Quantity{}, false
}

// named is a name in letters with a blank or a mark behind it: COD 32mg/L.
var named = pattern(func() string { return `^[A-Za-z]{2,6}[0-9.]*[ :](.+)$` })

// inName reports whether the digit at a place belongs to a name with letters: PM2.5.
func inName(s string, at int) bool {
	name := strings.TrimRight(s[:at], "0123456789.")
	return name != "" && (name[len(name)-1]|0x20) >= 'a' && (name[len(name)-1]|0x20) <= 'z'
}

// spoiled reports whether label turns the word after it, l, into something else. A
// noun stands by itself: 未成年人帮扶|率 is a rate.
func (p parser) spoiled(label string, l *lead) bool {
	if l.symbol() {
		return false
	}
	words := &vocabulary().Label
	if p.actual && containsAny(label, words.Plans) {
		return true
	}
	return !l.noun && (containsAny(label, words.Negations) || hasAnySuffix(label, words.Spoilers) ||
		p.actual && hasAnySuffix(label, words.Intents))
}

// changeIn returns which way a label says that its number goes.
func changeIn(label string) Change {
	switch words := &vocabulary().Label; {
	case containsAny(label, words.Fall):
		return Fall
	case containsAny(label, words.Rise):
		return Rise
	}
	return NoChange
}

// Named is a target that is to be reached or passed as the name of its indicator has it:
// of a rise, or of a fall, where the name ends in that (增长率, 投诉减少) and the target
// does not say. It counts for an actual that says.
func (q Quantity) Named(name string, actual Quantity) Quantity {
	if q.Kind != KindNumber || q.Change != NoChange || !q.Op.up() || actual.Change == NoChange {
		return q
	}
	words := &vocabulary().Label
	name, _ = cutAnySuffix(name, words.Measures)
	if _, fall := cutAnySuffix(name, words.Fall); fall {
		q.Change = Fall
	} else if _, rise := cutAnySuffix(name, words.Rise); rise {
		q.Change = Rise
	}
	return q
}

// phrase reads leads and then a date or a number to the very end of s.
func (p parser) phrase(s string, c claim) (Quantity, outcome) {
	for {
		if startsValue(s) {
			if q, ok := p.deadline(s, c); ok {
				return q, matched
			}
			if q, ok := p.amount(s, c); ok {
				return q, matched
			}
			if c.tied && IsDigit(s[0]) {
				return Quantity{}, unclean
			}
		}
		l := p.leadAt(s)
		if l == nil {
			return Quantity{}, noNumber
		}
		var ok bool
		c, ok = c.with(l, p.actual)
		if !ok {
			return Quantity{}, unclean
		}
		s = s[len(l.word):]
	}
}

// startsValue reports whether s may open with a number or a date.
func startsValue(s string) bool {
	if s == "" {
		return false
	}
	if c := s[0]; c < utf8.RuneSelf {
		return IsDigit(c) || c == '-' || c == '+' || c == '.' || c == 'Q'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("零〇一二两三四五六七八九十百千万拾壹贰叁肆伍陆柒捌玖第当本今次来翌明上下前年±正", r)
}

// cutWhen takes off the start of s what only says when: 2021年|共接待182场, and of an
// actual 2021年9月|开展1次 too.
func (p parser) cutWhen(s string) (rest string, ok bool) {
	if !p.actual {
		return cutYear(s)
	}
	_, rest, ok = p.scanSpan(s)
	if !ok {
		rest, ok = cutYear(s)
	}
	return strings.TrimPrefix(rest, ","), ok
}

// cutYear takes a year that only says when off the start of s: 2021年|共接待182场.
func cutYear(s string) (rest string, ok bool) {
	year, rest, written := yearDigits(s)
	if written != 4 || knownYear(year) == 0 {
		return s, false
	}
	rest, ok = strings.CutPrefix(rest, "年")
	return strings.TrimPrefix(rest, "度"), ok
}

// beyond reads a text whose bounds stand outside its label: 90%≤满意度,
// 90%≤满意度≤100%.
func (p parser) beyond(s string) (Quantity, bool) {
	if !startsValue(s) {
		return Quantity{}, false
	}
	first, rest, mark := cutAtMark(s)
	label, last, second := cutAtMark(rest)
	if mark == "" || !isBareLabel(label) {
		return Quantity{}, false
	}
	if second == "" {
		flipped := map[string]string{"≤": "≥", "≥": "≤", "<": ">", ">": "<"}[mark]
		q, end := p.phrase(flipped+first, claim{})
		q.Change = changeIn(label)
		return q, end == matched && q.Kind == KindNumber
	}
	if mark != second || mark != "≤" && mark != "≥" {
		return Quantity{}, false
	}
	if mark == "≥" {
		first, last = last, first
	}
	q, end := p.phrase(first+"-"+last, claim{})
	q.Change = changeIn(label)
	return q, end == matched && q.Kind == KindRange
}

// cutAtMark cuts s at its first sign of a comparison; mark is "" without one.
func cutAtMark(s string) (before, after, mark string) {
	i := strings.IndexAny(s, "≤≥<>")
	if i < 0 {
		return s, "", ""
	}
	for _, m := range [...]struct{ written, mark string }{{"<=", "≤"}, {">=", "≥"}, {"≤", "≤"}, {"≥", "≥"}, {"<", "<"}, {">", ">"}} {
		if rest, is := strings.CutPrefix(s[i:], m.written); is {
			return s[:i], rest, m.mark
		}
	}
	return s, "", ""
}

// isBareLabel reports whether s is made of letters only.
func isBareLabel(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
