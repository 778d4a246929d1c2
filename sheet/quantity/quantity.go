package quantity

import (
	"time"
)

// Kind says what sort of thing a target or an actual is.
type Kind int

// The kinds of Quantity.
const (
	KindEmpty       Kind = iota // nothing, or a mark for nothing: —, /
	KindQualitative             // words: 党政、企业、社会团体等
	KindNumber                  // one number: ≥95%, 400 场, 4200余人
	KindRange                   // from a number to a number: 80%-90%
	KindDeadline                // a day or a period: 12月底前
)

var kindNames = [...]string{"空", "定性", "数值", "区间", "时限"}

func (k Kind) String() string { return nameOf(kindNames[:], int(k)) }

// Op is the comparison that a text puts before its number, or after it as 以上 and
// 以内.
type Op int

// The comparisons.
const (
	None Op = iota
	Eq
	Ge
	Le
	Gt
	Lt
)

var opNames = [...]string{"", "=", "≥", "≤", ">", "<"}

func (o Op) String() string { return nameOf(opNames[:], int(o)) }

// up and down report which way from its number a comparison lets a value go.
func (o Op) up() bool   { return o == Ge || o == Gt }
func (o Op) down() bool { return o == Le || o == Lt }

// Approx says on which side of a number the value lies when the text gives it
// roughly.
type Approx int

// The kinds of approximation. Quantity.Spread says how far each reaches.
const (
	Precise Approx = iota
	Above          // more than the number: 4200余人, 超过500人
	AtLeast        // the number or more: 500人以上 as an actual value
	Below          // less than the number: 近4200人, 不到500人
	Around         // on either side: 约4200人, 4200人左右
)

// and is what two approximations of one number come to: 约4200余人 is anywhere
// around.
func (a Approx) and(b Approx) Approx {
	switch {
	case a == b || b == Precise:
		return a
	case a == Precise:
		return b
	case a.up() && b.up():
		return AtLeast
	}
	return Around
}

func (a Approx) up() bool { return a == Above || a == AtLeast }

// Change says whether a text speaks of a rise or of a fall (增长5%, 能耗下降5%):
// "下降6%" does not exceed "增长5%".
type Change int

// The kinds of change.
const (
	NoChange Change = iota
	Rise
	Fall
)

// Quantity is the meaning of a 年度指标值 or a 实际完成值.
type Quantity struct {
	Text string // as typed
	Kind Kind
	Op   Op // None for a Deadline: it is an end by nature

	// Low and High are the ends of a Range, and both the value of a Number. A
	// percentage is a fraction (95% is 0.95), and 千, 万 and 亿 are multiplied in
	// (90万元 is 900000 with the Unit 元).
	Low, High float64

	// Unit is "" when none is written, "%" for percentages (‰ too), else as
	// written, without 万 or 亿: 场, 元/人, 个百分点.
	Unit string

	// Scale is the power of ten that was multiplied in for 千, 万 or 亿, and 1
	// without one. It is 0 for no number.
	Scale float64

	// Approx tells a number that is given roughly, and Spread how far from it the
	// value may lie: a tenth of the number. Above and AtLeast reach at least one
	// unit of its last significant digit (40余 may be 49), for that is what 余 and
	// 多 stand for.
	Approx Approx
	Spread float64

	Change Change

	// Plan is what an actual says was planned, in the unit of Low: 计划100场,实际98场.
	// It is 0 where it says nothing of that.
	Plan float64

	// Share is how much of all an actual says that its number is: 305天,占83.6%. It is 0
	// where it says nothing of that.
	Share float64

	// From and To are the days that a Deadline may mean, in UTC: a month is its
	// first day to its last. The year is 0 when neither the text nor the form tells
	// it. In an actual "12月31日前" may be any day of that year up to it, and 7月至9月
	// is done in the last of its months.
	From, To time.Time

	// By is the last day that the words of a KindQualitative target ask for, zero where
	// they name none: 工程于9月底前完工.
	By time.Time

	// Before tells a Deadline before a period longer than a day (12月前), which
	// leaves open whether the period still counts.
	Before bool
}

// ParseTarget reads a 年度指标值. year is the form's 年度 and 0 when it is unknown;
// "12月底前" is a day of that year.
//
// The whole text must be a quantity: an optional label, comparison words, a number
// with its unit or a date, and nothing else. Anything more, or anything in doubt,
// is KindQualitative.
func ParseTarget(text string, year int) Quantity {
	return parser{year: knownYear(year)}.parse(text)
}

// ParseActual reads a 实际完成值. It differs from ParseTarget in words that say one
// thing of a plan and another of a result: "达到95%" is ≥95% as a target and 95% as
// an actual, "超过500人" is >500 and a little above 500.
func ParseActual(text string, year int) Quantity {
	return parser{year: knownYear(year), actual: true}.parse(text)
}

// maxQuantity is the longest text, in bytes of UTF-8, that can be a quantity; what
// is longer is prose. It also bounds the work.
const maxQuantity = 192

type parser struct {
	year   int // 0 when unknown
	actual bool
}

func (p parser) parse(text string) Quantity {
	if Blank(text) {
		return Quantity{Text: text, Kind: KindEmpty}
	}
	q := Quantity{Kind: KindQualitative}
	if len(text) <= 2*maxQuantity { // full-width digits and blanks shrink
		s := plain(text)
		if said, is := vocabulary().Shares[s]; is {
			s = said
		}
		if len(s) <= maxQuantity {
			if got, ok := p.sentence(s); ok {
				q = got
			} else if got, ok := p.stated(s); ok {
				q = got
			} else {
				q = p.withDeadline(q, s)
			}
		}
	}
	q.Text = text
	return q
}

// nameOf returns the name of i, and "" where it has none.
func nameOf(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}
