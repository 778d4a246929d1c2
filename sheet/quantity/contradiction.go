package quantity

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"ziping/sheet/strict"
)

//go:embed contradiction.json
var readyContradiction []byte

// opposites are words of a target, and words of an actual that say the contrary; Same
// where they do so of the same thing only: a falling cost is no contrary to a rising
// quality.
type opposites struct {
	Says, Denies []string
	Unless       []string // behind a word that denies, they make it harmless: 正在|运行
	Same         bool
	Worse        bool // to say them of what had better be less is the worse: 负担加重
}

// contraries are the words by which a contradiction is known; see contradiction.toml.
var contraries = sync.OnceValue(func() *contraryWords {
	w := new(contraryWords)
	strict.Ready("sheet/quantity", readyContradiction, w)
	for _, list := range [][]string{w.Negations, w.Between, w.Happened, w.BeforeGrade, w.AfterGrade} {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
	w.periods = slices.SortedFunc(maps.Keys(w.Times), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for _, n := range w.Negations {
		r, _ := utf8.DecodeRuneInString(n)
		w.negates[byte(r)] = true
	}
	return w
})

type contraryWords struct {
	periods []string  // of Times, 半年 before 年
	negates [256]bool // by the last bytes of the characters with which negations begin

	Negations, Innocent, Between, Zeroes []string
	Occurs, Harms, Grave, Gravest        []string
	Never, Averts, Events, Happened      []string
	Whole, Cleared                       []string
	ZeroUnits                            []string `toml:"zero_units"`
	Times                                map[string]float64
	Opposite                             []opposites
	WholeOpposite                        []opposites `toml:"whole_opposite"`
	Part, Remedies, Fillers, Less        []string
	Planned, Raised, Achieved            []string
	Partly, Usual, Unfinished, Missed    []string
	Judged                               []string
	Lasting, Undone                      []string
	WithinAfter                          []string `toml:"within_after"`
	PartlyOf                             []string `toml:"partly_of"`
	Few, Outside, Others                 []string
	Omitted                              []string
	OmittedLink                          []string `toml:"omitted_link"`
	Remaining, Since                     []string
	NotDone                              []string `toml:"not_done"`
	LeftUnits                            []string `toml:"left_units"`
	RemainingUnits                       []string `toml:"remaining_units"`
	NotDoneUnits                         []string `toml:"not_done_units"`
	BeforePending                        string   `toml:"before_pending"`
	Pending, Later, Ongoing              []string
	NotYet                               []string `toml:"not_yet"`
	UnderWay                             []string `toml:"under_way"`
	BeingDone                            []string `toml:"being_done"`
	BeingDoneAfter                       []string `toml:"being_done_after"`
	InTime                               string   `toml:"in_time"`
	Fails, Overspent, Money, Beside      []string
	AfterWords                           []string `toml:"after_words"`
	Degrees                              []string
	Progress, ProgressOf                 []string
	Finished                             []string
	Each, Reached, Compares, Begins      []string
	Spans, Brief, Among                  []string
	NoMore                               []string `toml:"no_more"`
	NoLess                               []string `toml:"no_less"`
	Into, Shrink                         string
	InAll                                string `toml:"in_all"`
	Average, Monthly, Listed             []string
	Ratio, Placed, Last                  []string
	Improves, Becomes, Yearly            []string
	Constant, Lapses, Complete, Lacks    []string
	Completion                           []string
	PaidBy                               []string `toml:"paid_by"`
	Stops                                string
	Range                                rangeWords
	Akin                                 [][]string
	Wrongly                              []string
	GraveKinds                           []string `toml:"grave_kinds"`
	PastYear                             []string `toml:"past_year"`
	Preparations                         []string
	PreparedFor                          []string `toml:"prepared_for"`
	CarriedOver                          []string `toml:"carried_over"`
	Besides                              []string
	Shared, Totals, Gained               []string
	NeverBehind                          []string           `toml:"never_behind"`
	AddsUp                               []string           `toml:"adds_up"`
	AtMost                               map[string]float64 `toml:"at_most"`
	Scale                                []scale
	Rank                                 []rank
	Side                                 []side
	BeforeGrade                          []string `toml:"before_grade"`
	AfterGrade                           []string `toml:"after_grade"`
}

// Contradiction says in Chinese why an actual plainly contradicts its target: by a
// word that denies the target's own, something where nothing was to be, less than all,
// less often than it was to be, a rough number on the wrong side. It is "" where it
// does not, and where it is not plain.
func Contradiction(want, got Quantity) string {
	t, a := plain(want.Text), plain(got.Text)
	if t == "" || a == "" || t == a || len(t) > maxQuantity || len(a) > 2*maxQuantity || onlyFigures(want, t, a) {
		return ""
	}
	if what := contradicts(want, got, t, a); what != "" {
		return "指标值" + quoted(want) + "，完成值" + quoted(got) + "，" + what
	}
	return ""
}

// onlyFigures reports whether target and actual are nothing but numbers, of something that
// is to be: what contradicts says so in words, and most say nothing more.
func onlyFigures(want Quantity, t, a string) bool {
	return want.High > 0 && isFigure(a) && isFigure(compared(t))
}

// compared is a plain target without the words that say how it is compared.
func compared(t string) string {
	if l := (parser{}).leadAt(t); l != nil && l.op != None && !l.soft && !l.dateOnly {
		return t[len(l.word):]
	}
	if l := tailOf(t); l != nil && l.op != None {
		return t[:len(t)-len(l.word)]
	}
	return t
}

// isFigure reports whether a plain text is a number with its unit, and nothing besides.
func isFigure(s string) bool {
	unit := strings.TrimLeft(s, "0123456789.,")
	_, known := units().measures[unit]
	return len(unit) < len(s) && (known || unit == "" || unit == "%")
}

// contradicts is Contradiction without what the two say, of which t and a are the plain
// texts.
func contradicts(want, got Quantity, t, a string) string {
	whole, words := wholeSaid(t), inWords(want)
	switch {
	case opposed2(t, a), onTheOtherSide(t, a), words && contrary(sameYear(t), sameYear(a)), (want.Kind == KindDeadline || !want.By.IsZero() || ofEachMonth(t)) && contrary(contraries().InTime, a), againstLastYear(t, a), goesWrong(t, a), tookLonger(want, t, a):
		return "意思相反"
	case want.Op.up() && fails(t, a), wholePercent(want) && failsAny(t, a), words && containsAny(t, contraries().Judged) && failsAny(t, a), words && affirms(a, contraries().Missed) && !containsAny(t, contraries().Missed) && !containsAny(a, contraries().Beside):
		return "说的是没有达到"
	case want.Op.down() && (strings.HasPrefix(want.Unit, "元") || containsAny(t, contraries().Money)) && affirms(a, contraries().Overspent):
		return "说的是超过了"
	case neverSaid(t, want) && happened(a, got), befell(t, a), zeroSaid(t) && counted(zero().FindStringSubmatch(t)[1], a), noneSaid(t, a), noneToBe(t, a):
		return "不是一件也没有"
	case whole && got.Kind == KindNumber && got.Unit == "%" && got.High < 1,
		(whole || wholePercent(want)) && !affirms(a, contraries().Whole) && !allThatShould().MatchString(a) && !strings.Contains(a, "100%") && (affirms(a, contraries().Part) || denies(a, contraries().Whole)),
		(whole || words && affirms(t, contraries().Finished) || want.Kind == KindDeadline) && (partlyDone(t, a) || affirms(a, contraries().Unfinished) && !affirms(t, contraries().Unfinished)):
		return "不是全部"
	case (whole || wholePercent(want) || affirms(t, contraries().PartlyOf)) && (excepted().MatchString(a) || leftOut(a)), (whole || wholePercent(want) || words && affirms(t, contraries().Finished) || hasAnySuffix(t, contraries().Cleared)) && remains(a), wronglyDone(want, t, a):
		return "不是全部"
	case want.Kind != KindNumber && want.Kind != KindRange && (partly(t, a) || isPending(a) && !isPending(t)), want.Kind == KindDeadline && onlyLater(a), underWay(want, t, a), onlyPrepared(want, t, a), carriedOver(want, t, a):
		return "还没有完成"
	case words && lapsed(t, a), words && incomplete(t, a):
		return "中间有没有做到的"
	case settledFewer(want, t, got, a), someLeft(want, t, a):
		return "不是全部"
	case want.Before && got.Kind == KindDeadline && got.From.After(want.From) && want.To.Sub(want.From).Hours() > longMonth && want.To.Sub(want.From).Hours() < shortYear:
		return "是在期限开始以后"
	case want.Kind == KindQualitative && got.Kind == KindQualitative && (gradedLower(t, a) || rankedLower(t, a)), gradedWithin(t, a):
		return "等级没有达到"
	case ratioShort(t, a), placedLower(t, a), proportionShort(t, a):
		return "比例没有达到"
	case totalDenied(a), proportionDenied(t, a), completionDenied(a):
		return "完成值写出的几个数互相矛盾"
	case want.Change != NoChange && got.Change != NoChange && want.Change != got.Change && got.Low > 0:
		return "增减相反"
	case tooSeldom(want, t, a):
		return "次数不足一年应有的次数"
	case (want.Kind == KindQualitative || got.Kind == KindQualitative) && (figuresShort(want, t, got, a) || listedShort(t, a) || namedShort(t, a) || namedNone(want, t, a) || eachShort(t, a)):
		return "写出的数没有达到"
	case (want.Kind == KindQualitative || got.Kind == KindQualitative) && datesLate(want, t, a), monthlyLate(t, a), afterEvent(t, a):
		return "写出的日期晚于指标值"
	case outside(want, t, got, a):
		return "不在指标值的范围之内"
	case roughlyShort(want, got):
		return "约数没有达到指标值"
	case roughlyEqual(want, got):
		return "约数看不出是否达到指标值"
	}
	return ""
}

// tookLonger reports whether an actual says only that it was late, where a target says how
// long something may take: 工期180天, 延期20天.
func tookLonger(want Quantity, t, a string) bool {
	q, is := wanted(want, t)
	if !is || q.Op.up() || !isSpan(q.Unit) || containsAny(t, contraries().Lasting) || !contrary(contraries().InTime, a) {
		return false
	}
	found, ok := parser{actual: true}.figures(a)
	return ok && !slices.ContainsFunc(found, func(f figure) bool { // 178天, 其中雨天顺延5天
		return isSpan(f.Unit) && !contrary(contraries().InTime, f.before)
	})
}

// contrary reports whether an actual denies the words of a target, or says the contrary.
func contrary(t, a string) bool { return denied(t, a) || opposite(t, a) }

// fails reports whether an actual says without any number that it was not reached:
// 不合格 where the target is ≥95%.
func fails(t, a string) bool { return !strings.ContainsAny(a, "0123456789") && failsAny(t, a) }

// failsAny reports whether an actual says of something that it was not reached, and not in
// the words of its target: 不合格产品处置率100%, 不合格产品全部处置.
func failsAny(t, a string) bool {
	for w := range mayStand(contraries().Fails, a) {
		if strings.Contains(t, w) {
			continue
		}
		for at := range occurrences(a, w) {
			if !negatedAt(a, at, len(w)) && !containsAny(a, contraries().Beside) {
				return true
			}
		}
	}
	return false
}

// inWords reports whether a target is nothing but words: 不高于上年 too, which could be
// a day.
func inWords(want Quantity) bool {
	return want.Kind == KindQualitative || want.Kind == KindDeadline && !strings.ContainsAny(Normalize(want.Text), "0123456789")
}

// plain is a text to look for words and numbers in.
func plain(text string) string {
	return spelled(strings.TrimRight(compact(Normalize(text)), "。;,.、!"))
}

// opposed2 reports whether target and actual are one word each, that mean the contrary.
func opposed2(t, a string) bool {
	return slices.ContainsFunc(contraries().WholeOpposite, func(o opposites) bool { return slices.Contains(o.Says, t) && slices.Contains(o.Denies, a) })
}

// opposite reports whether an actual says the contrary of a word of the target.
func opposite(t, a string) bool {
	return slices.ContainsFunc(contraries().Opposite, func(o opposites) bool {
		return containsAny(a, o.Denies) && affirms(t, o.Says) && !affirms(without(happenedAlready(a), o.turned()), o.Says) && !containsAny(without(t, o.Says), o.Denies) && o.deniedBy(a, without(t, o.Says))
	})
}

// happenedAlready is a text without the clauses that speak of what is yet to come, or
// being done.
func happenedAlready(a string) string {
	open := func(s string) bool {
		return containsAny(s, vocabulary().Label.Plans) || containsAny(s, contraries().Ongoing)
	}
	if !open(a) {
		return a
	}
	clauses := strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(clauseMarks, r) })
	return strings.Join(slices.DeleteFunc(clauses, open), ",")
}

// turned are the words that deny although one of the others stands in them: 负增长.
func (o opposites) turned() (words []string) {
	for _, w := range o.Denies {
		if containsAny(w, o.Says) {
			words = append(words, w)
		}
	}
	return words
}

// deniedBy reports whether an actual has a word that denies, said of what the rest of
// the target speaks of, and not of what was done against it: 隐患已消除.
func (o opposites) deniedBy(a, rest string) bool {
	for _, r := range contraries().Remedies {
		if strings.Contains(a, r) && !slices.Contains(o.Denies, r) {
			return false
		}
	}
	for w := range mayStand(o.Denies, a) {
		for at := range occurrences(a, w) {
			clause := clauseAt(a, at)
			about := without(clause, o.Denies)
			if _, harmless := cutAnyPrefix(a[at+len(w):], o.Unless); !harmless && !negatedAt(a, at, len(w)) && (!o.Same || (o.Worse || !containsAny(about, contraries().Less)) && sameSubject(about, rest)) {
				return true
			}
		}
	}
	return false
}

// clauseAt returns the clause in which a place of a text lies.
func clauseAt(s string, at int) string {
	start := strings.LastIndexAny(s[:at], clauseMarks) + 1
	if end := strings.IndexAny(s[at:], clauseMarks); end >= 0 {
		return s[start : at+end]
	}
	return s[start:]
}

// sameSubject reports whether a clause names nothing, or something that another text
// names too, or the other nothing.
func sameSubject(clause, in string) bool {
	if in == "" {
		return true
	}
	clause = strings.TrimFunc(without(clause, contraries().Fillers), func(r rune) bool { return !isHan(r) })
	if utf8.RuneCountInString(clause) < 2 {
		return true
	}
	for i := range clause {
		if sharedStart(clause[i:], in) != "" {
			return true
		}
	}
	return false
}

// without takes words out of a text.
func without(s string, words []string) string {
	for _, w := range words {
		s = strings.ReplaceAll(s, w, "")
	}
	return s
}

// affirms reports whether a text has one of some words without a negation.
func affirms(s string, words []string) bool { return says(s, words, false) }

// denies reports whether a text has one of some words with a negation: 未全部.
func denies(s string, words []string) bool { return says(s, words, true) }

// says reports whether a text has one of some words, negated or not.
func says(s string, words []string, negated bool) bool {
	for w := range mayStand(words, s) {
		for at := range occurrences(s, w) {
			if negatedAt(s, at, len(w)) == negated {
				return true
			}
		}
	}
	return false
}

// denied reports whether an actual denies the target's own words: 合格, 不合格; or
// affirms what the target denies: 不拖欠, 有拖欠. To deny a harm is no contradiction:
// 影响可控, 无明显影响.
func denied(t, a string) bool {
	for _, word := range negated(a, contraries().Between) {
		if w := sharedStart(word, t); w != "" && !slices.Contains(contraries().Harms, w) && !remedied(t, w) && only(a, w, true) && only(t, w, false) {
			return true
		}
	}
	for _, word := range negated(t, slices.Concat(contraries().Between, contraries().Occurs)) {
		if what, occurs := cutAnyPrefix(word, contraries().Occurs); occurs && containsAny(what, contraries().Grave) {
			continue // less grave ones may: 不发生较大事故
		}
		w, thing := sharedStart(word, a), sharedEnd(word, a)
		if w != "" && only(t, w, true) && only(a, w, false) && only(a, thing, false) {
			return true
		}
	}
	return belittled(t, a)
}

// remedied reports whether a text speaks of a word as of what is to be avoided, or put
// right: 避免重复建设.
func remedied(t, word string) bool {
	at := strings.Index(t, word)
	start := strings.LastIndexAny(t[:at], clauseMarks) + 1
	return containsAny(t[start:at], contraries().Remedies)
}

// belittled reports whether an actual says behind a word of the target's that it came to
// little: 提升不明显.
func belittled(t, a string) bool {
	if containsAny(t, contraries().AfterWords) {
		return false
	}
	for _, w := range contraries().AfterWords {
		for at := range occurrences(a, w) {
			whole, after := a[:at], a[at+len(w):]
			before := whole
			for cut := true; cut; before, cut = cutAnySuffix(before, contraries().Degrees) {
			}
			if after != "" && IsDigit(after[0]) { // 时间不足2小时
				continue
			}
			if word := cmp.Or(sharedEnd(before, t), sharedEnd(whole, t)); word != "" && !negatedAt(a, at, len(w)) && !slices.Contains(contraries().Harms, word) && only(t, word, false) {
				return true
			}
		}
	}
	return false
}

// sharedEnd returns the last two characters of a text where they stand in another text
// too.
func sharedEnd(s, in string) string {
	end := len(s)
	for range 2 {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	if word := s[end:]; utf8.RuneCountInString(word) == 2 && strings.Contains(in, word) {
		return word
	}
	return ""
}

// only reports whether every occurrence of a word is negated, or none is.
func only(s, word string, isNegated bool) bool {
	for at := range occurrences(s, word) {
		if negatedAt(s, at, len(word)) != isNegated {
			return false
		}
	}
	return true
}
