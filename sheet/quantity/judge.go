package quantity

import (
	"math"
	"slices"
	"strings"
)

// Direction says which values are better than the target.
type Direction int

// The directions. A target that sets none, such as a qualitative one, has
// NoDirection.
const (
	NoDirection Direction = iota
	Positive              // the more the better: ≥95%
	Reverse               // the less the better: ≤90万元; a deadline too, for earlier is better
	Exact                 // neither: =400 场, 400 场, 80%-90%
)

var directionNames = [...]string{"", "正向", "反向", "定值"}

func (d Direction) String() string { return nameOf(directionNames[:], int(d)) }

// Status says whether an actual reaches its target.
type Status int

// The statuses.
const (
	Unknown Status = iota // it can't be told from the texts
	Met
	NotMet
)

var statusNames = [...]string{"无法判断", "已完成", "未完成"}

func (s Status) String() string { return nameOf(statusNames[:], int(s)) }

// Judgement is what a target and an actual come to together.
type Judgement struct {
	Direction Direction
	Status    Status
	Reason    string // why it is Unknown, in Chinese; empty otherwise

	// Ratio is the completion as a fraction, the one that a missed indicator's
	// score is in proportion to (财预〔2020〕10号): 完成值 / 指标值, and 指标值 /
	// 完成值 for a Reverse target. A range counts by its nearer end. HasRatio is
	// false where no such proportion makes sense: dates, a target of 0, values
	// below 0, an actual range.
	Ratio    float64
	HasRatio bool
}

// tolerance is how far two values may be apart, relative to the larger, and still
// be equal: the noise of binary fractions.
const tolerance = 1e-9

// Judge says whether actual reaches target. Whatever the two texts leave open is
// Unknown with a reason: a wrong 未完成 costs a department as much as a wrong
// 已完成 costs the reviewer.
func Judge(target, actual Quantity) Judgement {
	j := Judgement{Direction: directionOf(target)}
	actual = parted(target, sameDay(target, actual))
	j.Reason = incomparable(target, actual)
	if j.Reason != "" {
		return j
	}
	if target.Kind == KindDeadline {
		j.Status, j.Reason = judgeDays(target, actual)
		return j
	}
	if per, times, often := frequency(target); often && sameUnit(per, actual.Unit) {
		if actual.Low < target.Low*times {
			j.Reason = "指标值" + quoted(target) + "是一段时间内的次数，完成值" + quoted(actual) + "是否达到须人工判断"
			return j
		}
		target.Unit, target.Low, target.High = per, target.Low*times, target.High*times
	}
	target, actual, j.Reason = align(target, actual)
	switch {
	case j.Reason != "":
		return j
	case onlyBound(actual):
		j.Status = Met
		return j
	}
	if target.Op.up() || target.Op.down() {
		j.Status = bound(target.Op, target.Low, valuesOf(actual))
		if j.Status == Unknown {
			j.Reason = vague(target, actual)
		}
	} else {
		j.Status, j.Reason = judgeExact(target, actual)
	}
	j.setRatio(target, actual)
	return j
}

// Open reports whether a target is a number without a comparison: of another, it makes no
// difference whether less may be better than more.
func (q Quantity) Open() bool {
	return (q.Kind == KindNumber || q.Kind == KindRange) && q.Op == None
}

// JudgeEitherWay is Judge for an indicator of which less may be better than more:
// 成本 100万元. A target without a comparison may then be a most as well as a
// least, and decides of no actual but its equal. A target of 0 for an actual that is
// not below it, and a target that speaks of a fall, can be taken only one way.
func JudgeEitherWay(target, actual Quantity) Judgement {
	j := Judge(target, actual)
	if !target.Open() || target.Change == Fall || target.High == 0 && actual.Low >= 0 || j.Status == Met || j.Status == Unknown && !j.HasRatio {
		return j
	}
	return Judgement{Direction: j.Direction, Reason: "指标值" + quoted(target) + "没有写明“≥”或“≤”，完成值" + quoted(actual) + "与它不同，须人工判断"}
}

func directionOf(target Quantity) Direction {
	switch {
	case target.Kind == KindEmpty || target.Kind == KindQualitative:
		return NoDirection
	case target.Kind == KindDeadline || target.Op.down():
		return Reverse
	case target.Op.up():
		return Positive
	}
	return Exact
}

// incomparable returns why target and actual are not of one kind, and "" when they
// are.
func incomparable(target, actual Quantity) string {
	number := actual.Kind == KindNumber || actual.Kind == KindRange
	switch {
	case target.Kind == KindEmpty:
		return "没有填写指标值"
	case actual.Kind == KindEmpty:
		return "没有填写完成值"
	case target.Kind == KindQualitative:
		return "定性指标"
	case target.Kind == KindDeadline && actual.Kind == KindDeadline:
		if (target.To.Year() == 0) != (actual.To.Year() == 0) {
			return "指标值或完成值没有写明年份"
		}
		return ""
	case target.Kind == KindDeadline:
		return "指标值是时限，完成值" + quoted(actual) + "没有写明完成日期"
	case actual.Kind == KindDeadline:
		return "完成值" + quoted(actual) + "是日期，指标值" + quoted(target) + "是数值"
	case !number:
		return "完成值不是数值"
	case onlyBound(actual) && !tighter(target, actual):
		return "完成值只写了" + quoted(actual) + "，没有报出实际数值"
	}
	return opposed(target, actual)
}

// onlyBound reports whether an actual gives no value, but on which side of one it lies.
func onlyBound(actual Quantity) bool { return actual.Op != None && actual.Op != Eq }

// tighter reports whether all that an actual leaves open is better than its target asks
// for: 2小时内 where 24 hours are allowed.
func tighter(target, actual Quantity) bool {
	target, actual, reason := align(target, actual)
	switch order := compare(actual.Low, target.Low); {
	case reason != "" || actual.Kind != KindNumber:
		return false
	case target.Op.down() && actual.Op.down():
		return order < 0 || order == 0 && target.Op == Le && (actual.Op == Lt || hasAnySuffix(plain(actual.Text), contraries().WithinAfter)) // 30分钟内响应
	case target.Op.up() && actual.Op.up():
		return order > 0 || order == 0 && target.Op == Ge && actual.Op == Gt
	}
	return false
}

// opposed returns the reason when one text speaks of a fall and it is open whether
// the other does.
func opposed(target, actual Quantity) string {
	fall := target.Change == Fall || actual.Change == Fall
	switch {
	case !fall, target.Change == actual.Change:
		return ""
	case actual.Change == NoChange && actual.Low >= 0: // 下降≥5%, done 6%
		return ""
	}
	return "增减方向不一致：指标值" + quoted(target) + "，完成值" + quoted(actual)
}

func quoted(q Quantity) string { return "“" + q.Text + "”" }

// judgeDays compares the day a deadline ends on with the days an actual may mean.
func judgeDays(target, actual Quantity) (Status, string) {
	first, last := target.To, target.To // the deadline's last day, at the earliest and at the latest
	if target.Before {
		first = target.From.AddDate(0, 0, -1)
	}
	switch {
	case !actual.To.After(first):
		return Met, ""
	case actual.From.After(last):
		return NotMet, ""
	case target.Before && actual.From.After(first):
		return Unknown, "指标值" + quoted(target) + "是否包括当期，须人工判断"
	}
	return Unknown, "完成值" + quoted(actual) + "没有具体到日，不能确定是否在" + quoted(target) + "之内"
}

// values are the values that an actual may have.
type values struct {
	low, high         float64
	lowOpen, highOpen bool // the end itself is not among them
}

func valuesOf(q Quantity) values {
	v := values{low: q.Low, high: q.High}
	switch q.Approx {
	case Above:
		v.high += q.Spread
		v.lowOpen = true
	case AtLeast:
		v.high += q.Spread
	case Below:
		v.low -= q.Spread
		v.highOpen = true
	case Around:
		v.low -= q.Spread
		v.high += q.Spread
	}
	return v
}

// mirror turns the values round zero, and with them every ≥ into ≤.
func (v values) mirror() values {
	return values{low: -v.high, high: -v.low, lowOpen: v.highOpen, highOpen: v.lowOpen}
}

// under reports whether every value is less than limit; over, whether every value
// is more.
func (v values) under(limit float64) bool {
	c := compare(v.high, limit)
	return c < 0 || c == 0 && v.highOpen
}

func (v values) over(limit float64) bool { return v.mirror().under(-limit) }

// compare is -1, 0 or 1, with values within the tolerance taken as equal.
func compare(a, b float64) int {
	switch {
	case math.Abs(a-b) <= tolerance*max(math.Abs(a), math.Abs(b)):
		return 0
	case a < b:
		return -1
	}
	return 1
}

// bound says whether all values satisfy the comparison with limit, or none.
func bound(op Op, limit float64, v values) Status {
	switch op {
	case Le:
		return bound(Ge, -limit, v.mirror())
	case Lt:
		return bound(Gt, -limit, v.mirror())
	case Ge:
		if compare(v.low, limit) >= 0 {
			return Met
		}
		if v.under(limit) {
			return NotMet
		}
	case Gt:
		if v.over(limit) {
			return Met
		}
		if compare(v.high, limit) <= 0 {
			return NotMet
		}
	}
	return Unknown
}

// judgeExact judges a target without a comparison, and a range.
func judgeExact(target, actual Quantity) (Status, string) {
	want, got := valuesOf(target), valuesOf(actual)
	zero := target.Low == 0 && target.High == 0
	switch {
	case zero && got.over(0):
		return NotMet, ""
	case slices.Contains(contraries().Brief, UnitName(target.Unit)) && got.under(want.low):
		if strings.Contains(actual.Text, "提前") { // 103天(提前17天)
			return Met, ""
		}
		return Unknown, "指标值" + quoted(target) + "没有写明“≥”或“≤”，完成值" + quoted(actual) + "与它不同，须人工判断"
	case target.Kind == KindRange && strings.HasPrefix(target.Unit, "元") && got.under(want.low) && containsAny(target.Text, contraries().Less): // 成本控制在80-90万元
		return Unknown, "完成值" + quoted(actual) + "低于指标值" + quoted(target) + "，是否算完成须人工判断"
	case zero && got.under(0): // 变动率 0%, -8.6%
		return Unknown, "完成值" + quoted(actual) + "低于指标值" + quoted(target) + "，是否算完成须人工判断"
	case target.Low < 0 && target.Low == -target.High && got.over(target.High): // ±5%: nothing is better than 0
		return NotMet, ""
	case got.under(want.low):
		return NotMet, ""
	case got.over(want.high):
		return Unknown, "完成值" + quoted(actual) + "高于指标值" + quoted(target) + "，是否算完成须人工判断"
	case target.Approx != Precise:
		if target.Approx == Around && compare(got.low, target.Low) == 0 && compare(got.high, target.High) == 0 {
			return Met, ""
		}
		return Unknown, "指标值" + quoted(target) + "是约数，须人工判断"
	case compare(got.low, want.low) >= 0 && compare(got.high, want.high) <= 0:
		return Met, ""
	}
	return Unknown, vague(target, actual)
}

// vague says why a range or a rough number does not decide.
func vague(target, actual Quantity) string {
	what := "是约数"
	if actual.Kind == KindRange {
		what = "是区间"
	}
	return "完成值" + quoted(actual) + what + "，不能确定是否达到" + quoted(target) + "，须填写准确数值"
}

// setRatio gives j its ratio where one makes sense. An exact target that is
// exceeded has one although it is not judged.
func (j *Judgement) setRatio(target, actual Quantity) {
	if actual.Kind != KindNumber || actual.Low < 0 {
		return
	}
	value := actual.Low
	switch j.Direction {
	case Positive:
		if j.Status != Unknown {
			j.divide(value, target.Low)
		}
	case Reverse:
		if j.Status != Unknown && target.Low >= 0 {
			j.divide(target.Low, value)
		}
	case Exact:
		switch {
		case j.Status == Met && target.High > 0:
			j.Ratio, j.HasRatio = 1, true
		case j.Status == NotMet:
			j.divide(value, target.Low)
		case actual.Approx == Precise && compare(value, target.High) > 0:
			j.divide(value, target.High)
		}
	}
}

func (j *Judgement) divide(a, b float64) {
	if b > 0 {
		j.Ratio, j.HasRatio = a/b, true
	}
}

// FarOver reports whether an actual is over its target by more than a share of it; known
// is false where there is no ratio. Less being better, nothing is over, nor is what lasts
// for years or months; of a handful (1次, 5份) only more than twice as many is far over.
func (j Judgement) FarOver(target Quantity, share float64) (far, known bool) {
	const handful = 5
	if isSpan(target.Unit) && !slices.Contains(contraries().Brief, UnitName(target.Unit)) { // 使用年限≥15年
		return false, j.HasRatio
	}
	if target.Kind == KindNumber && target.Scale == 1 && target.Unit != "%" && target.Low == math.Trunc(target.Low) && 1 <= target.Low && target.Low <= handful {
		share = max(1, share)
	}
	return j.HasRatio && j.Direction != Reverse && j.Ratio > 1+share, j.HasRatio
}
