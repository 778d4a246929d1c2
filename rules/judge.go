package rules

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"ziping/rules/eval"
	"ziping/sheet"
	"ziping/sheet/memo"
	"ziping/sheet/quantity"
)

// judge carries what judging targets takes besides the texts.
type judge struct {
	form    *sheet.Table     // nil in a test
	row     *sheet.Indicator // at hand; nil for none
	lately  lately
	year    int
	either  either
	indexes wordIndexes // of the params that are lists of words
}

// What was understood of texts: several rules ask for the same, and form after form
// says it.
var (
	targets, actuals memo.Cache[texted, quantity.Quantity]
	judgements       memo.Cache[paired, quantity.Judgement]
	contradictions   memo.Cache[paired, string]
)

// texted is a text of a form of a year.
type texted struct {
	text string
	year int
}

// paired is a target with its actual in a form of a year.
type paired struct {
	target, actual string
	year           int
	either         bool            // less may be better
	change         quantity.Change // that the target speaks of
}

// longestKept is how long a text is at most, in bytes, of which anything is kept: what
// is longer comes once.
const longestKept = 384

// remembered returns what is kept under a key of some texts, and makes it where nothing
// is.
func remembered[K interface {
	comparable
	size() int
}, V any](kept *memo.Cache[K, V], key K, make func() V) V {
	if key.size() > longestKept {
		return make()
	}
	v, ok := kept.Get(key)
	if !ok {
		v = make()
		kept.Put(key, v)
	}
	return v
}

func (t texted) size() int { return len(t.text) }

func (p paired) size() int { return len(p.target) + len(p.actual) }

// lately is what was understood last, of which several rules ask: of the row at hand as
// long as there is one.
type lately struct {
	texts     []understood
	judgement quantity.Judgement // of the row's own actual, if it is judged
	judged    bool
}

type understood struct {
	text     string
	asActual bool
	quantity quantity.Quantity
}

// turn takes a row to hand, or none.
func (j *judge) turn(row *sheet.Indicator) {
	j.row, j.lately = row, lately{texts: j.lately.texts[:0]}
}

// mostLately is how many texts are kept: a row has two, each of which may be taken for
// the other.
const mostLately = 4

// understand returns what a text says as a target, or as an actual.
func (j *judge) understand(text string, asActual bool) quantity.Quantity {
	for i := range j.lately.texts {
		if t := &j.lately.texts[i]; t.text == text && t.asActual == asActual {
			return t.quantity
		}
	}
	q := j.parse(text, asActual)
	if len(j.lately.texts) < mostLately {
		j.lately.texts = append(j.lately.texts, understood{text, asActual, q})
	}
	return q
}

func (j *judge) parse(text string, asActual bool) quantity.Quantity {
	if asActual {
		return remembered(&actuals, texted{text, j.year}, func() quantity.Quantity { return quantity.ParseActual(text, j.year) })
	}
	return remembered(&targets, texted{text, j.year}, func() quantity.Quantity { return quantity.ParseTarget(text, j.year) })
}

func (j *judge) target(text string) quantity.Quantity { return j.understand(text, false) }

func (j *judge) actual(text string) quantity.Quantity { return j.understand(text, true) }

func (j *judge) contradiction(target, actual string) string {
	want, got := j.pair(j.own(target, actual), target, actual)
	if want.Kind == quantity.KindNumber && got.Kind == quantity.KindNumber { // sooner found than remembered
		return quantity.Contradiction(want, got)
	}
	return remembered(&contradictions, paired{target, actual, j.year, false, want.Change}, func() string {
		return quantity.Contradiction(want, got)
	})
}

// own returns the row at hand where a target and an actual are its own.
func (j *judge) own(target, actual string) *sheet.Indicator {
	if x := j.row; x != nil && target == x.Target.Judged() && actual == x.Actual.Value {
		return x
	}
	return nil
}

// pair understands a target, as the name of its row has it, and an actual.
func (j *judge) pair(x *sheet.Indicator, target, actual string) (want, got quantity.Quantity) {
	want, got = j.target(target), j.actual(actual)
	if x != nil && got.Change != quantity.NoChange {
		want = want.Named(bare(x.Level3.Value), got)
	}
	return want, got
}

// judge judges an actual by its target: as that of the row at hand where the texts are
// its own, else as that of any row that has them.
func (j *judge) judge(target, actual string) quantity.Judgement {
	x := j.own(target, actual)
	switch {
	case x == nil:
		return j.judgeTexts(nil, target, actual, j.either.pairs[[2]string{target, actual}])
	case !j.lately.judged:
		j.lately.judgement, j.lately.judged = j.judgeRow(x, target, actual), true
	}
	return j.lately.judgement
}

// judgeRow judges the actual of a row. Where the digits that the cells' formats round away
// decide, nothing is decided.
func (j *judge) judgeRow(x *sheet.Indicator, target, actual string) quantity.Judgement {
	either := j.either.rows[x]
	found := j.judgeTexts(x, target, actual, either)
	if x.Target.Rounding == nil && x.Actual.Rounding == nil {
		return found
	}
	var shown, stored [2]string
	var reason strings.Builder
	for i, t := range []*sheet.Text{&x.Target, &x.Actual} {
		shown[i], stored[i] = t.Judged(), t.Judged()
		if t.Rounding != nil && t.Counts == "" {
			shown[i], stored[i] = t.Rounding.Shown, t.Rounding.Stored
			fmt.Fprintf(&reason, "%s显示为“%s”，存的是“%s”，", [...]string{"指标值", "完成值"}[i], shown[i], stored[i])
		}
	}
	seen, is := j.judgeTexts(x, shown[0], shown[1], either), j.judgeTexts(x, stored[0], stored[1], either)
	switch {
	case seen.Status == quantity.Unknown || is.Status == quantity.Unknown:
		return found
	case seen.Status == is.Status:
		if is.Ratio > seen.Ratio { // right by either is right
			return is
		}
		return seen
	case seen.HasRatio && is.HasRatio && math.Abs(seen.Ratio-is.Ratio) < slight:
		return seen
	}
	return quantity.Judgement{Direction: found.Direction, Reason: fmt.Sprintf("%s按显示的%s，按存的%s", reason.String(), seen.Status, is.Status)}
}

// slight is how much of a target a rounded number may be off without a word, 99.996%
// for 100.00%.
const slight = 0.0005

func (j *judge) judgeTexts(x *sheet.Indicator, target, actual string, either bool) quantity.Judgement {
	want, got := j.pair(x, target, actual)
	return remembered(&judgements, paired{target, actual, j.year, either, want.Change}, func() quantity.Judgement {
		judge := quantity.Judge
		if either {
			judge = quantity.JudgeEitherWay
		}
		return judge(want, got)
	})
}

// either are the indicators of a form of which less may be better than more, by the
// words in their names: for JudgeEitherWay.
type either struct {
	rows  map[*sheet.Indicator]bool
	pairs map[[2]string]bool // their targets with their actuals
}

// eitherWay finds them in a form.
func (j *judge) eitherWay(s *Set, of subject) (e either) {
	for i := range j.form.Indicators {
		if x := &j.form.Indicators[i]; j.target(x.Target.Judged()).Open() && s.reversed(of, x) {
			if e.rows == nil {
				e = either{map[*sheet.Indicator]bool{}, map[[2]string]bool{}}
			}
			e.rows[x] = true
			e.pairs[[2]string{x.Target.Judged(), x.Actual.Value}] = true
		}
	}
	return e
}

// reversed reports whether less may be better than more, by the words in the name of an
// indicator; of an amount of money, where they don't say that it is the more the better.
func (s *Set) reversed(of subject, x *sheet.Indicator) bool {
	words := func(param string) []string {
		if p := s.params[param]; p != nil {
			list, _ := p.valueFor(of.row(x)).([]string)
			return list
		}
		return nil
	}
	if s.indexes.anyIn(bare(x.Level1.Value+x.Level2.Value+x.Level3.Value), words("反向词")) {
		return !s.indexes.anyIn(bare(x.Level3.Value), words("不算反向词"))
	}
	return isSum(x.Target.Judged()) && !s.indexes.anyIn(bare(x.Level3.Value+x.Target.Judged()), words("金额正向词"))
}

// isSum reports whether a target is an amount of money, which may be spent or come in.
func isSum(target string) bool {
	if !strings.Contains(target, "元") {
		return false
	}
	q := new(judge).target(target) // of any year: an amount names none
	return q.Kind == quantity.KindNumber && strings.HasPrefix(q.Unit, "元")
}

// judgingFunctions are the functions that judge an actual by its target.
var judgingFunctions = []Function{{
	Name: "完成情况", Usage: "完成情况(年度指标值, 实际完成值)", Type: "文字", Example: `完成情况("≥50家", "95家") == "已完成"`,
	Doc:     "“已完成”“未完成”或“无法判断”。三级指标等含有反向词而指标值没有写 ≥、≤ 等符号的，完成值与指标值相等才是“已完成”，其余无法判断。",
	judging: judged(func(j quantity.Judgement) (string, error) { return j.Status.String(), nil }),
}, {
	Name: "完成率", Usage: "完成率(年度指标值, 实际完成值)", Type: "数字", Example: `完成率("=400场", "182场") == 0.455`,
	Doc: "完成值 / 指标值；反向指标（≤）为 指标值 / 完成值。定性指标、期限等没有值。",
	judging: judged(func(j quantity.Judgement) (float64, error) {
		if !j.HasRatio {
			return 0, errUnknown
		}
		return j.Ratio, nil
	}),
}, {
	Name: "大幅超过", Usage: "大幅超过(年度指标值, 实际完成值, 幅度)", Type: "是非值", Example: `大幅超过("≥50家", "95家", 0.3) && !大幅超过("1次", "2次", 0.3)`,
	Doc: "完成值比指标值多出的超过这个幅度（小数）。指标值不到 6 个（次、份……）的，多一倍以上才算；反向指标不算；没有完成率的没有值。",
	judging: judging3(func(target, actual string, over float64, j *judge) (bool, error) {
		far, known := j.judge(target, actual).FarOver(j.target(target), over)
		if !known {
			return false, errUnknown
		}
		return far, nil
	}),
}, {
	Name: "不存在的日期", Usage: "不存在的日期(文字)", Type: "文字", Example: `不存在的日期("2021-08-32") == "2021-08-32" && 不存在的日期("8月31日") == ""`,
	Doc:     "文字中日历上不存在的日期，照所写的；没有这样的日期为空文字。",
	judging: judging1(func(text string, j *judge) (string, error) { return quantity.NoSuchDay(text, j.year), nil }),
}, {
	Name: "无法判断原因", Usage: "无法判断原因(年度指标值, 实际完成值)", Type: "文字", Example: `无法判断原因("400场", "182次") contains "单位不一致"`,
	Doc:     "完成情况为“无法判断”时的原因，否则为空文字。",
	judging: judged(func(j quantity.Judgement) (string, error) { return j.Reason, nil }),
}, {
	Name: "矛盾", Usage: "矛盾(年度指标值, 实际完成值)", Type: "文字", Example: `矛盾("合格", "不合格") contains "意思相反" && 矛盾("合格", "合格") == ""`,
	Doc:     "完成值与指标值明显矛盾的地方：用词相反，说一件也没有而有几件，说全部而不是全部，等级、比例没有达到，增减相反，次数不足，约数没有达到；没有矛盾、看不出矛盾的为空文字。",
	judging: judging2(func(target, actual string, j *judge) (string, error) { return j.contradiction(target, actual), nil }),
}, {
	Name: "指标方向", Usage: "指标方向(年度指标值, 实际完成值)", Type: "文字", Example: `指标方向("≤5%", "3%") == "反向"`,
	Doc:     "“正向”“反向”“定值”；定性指标为空文字。",
	judging: judged(func(j quantity.Judgement) (string, error) { return j.Direction.String(), nil }),
}, {
	Name: "应得分", Usage: "应得分(年度指标值, 实际完成值, 分值)", Type: "数字", Example: `应得分("=400场", "182场", 20) == 9.1`,
	Doc: "定量指标按规则应得的分：完成得满分，未完成按完成率计分，保留两位小数。无法判断时没有值。",
	judging: judging3(func(target, actual string, weight float64, j *judge) (float64, error) {
		found := j.judge(target, actual)
		switch {
		case found.Status == quantity.Met:
			return weight, nil
		case found.Status == quantity.NotMet && found.HasRatio:
			return quantity.Round(weight*min(1, max(0, found.Ratio)), 2), nil
		}
		return 0, errUnknown
	}),
}, {
	Name: "指标类型", Usage: "指标类型(文字)", Type: "文字", Example: `指标类型("≥95%") == "数值" && 指标类型("按时完成") == "定性"`,
	Doc:     "“数值”“区间”“期限”“定性”，空文字为“空”。",
	judging: ofTarget(func(q quantity.Quantity) (string, error) { return kindNames[q.Kind], nil }),
}, {
	Name: "指标单位", Usage: "指标单位(文字)", Type: "文字", Example: `指标单位("=400 场") == "场"`,
	Doc:     "数值的单位，百分数为“%”；没有单位或不是数值为空文字。同一单位的几种写法得出的是同一种：㎡ 是平方米，场次是场，家企业是家。",
	judging: ofTarget(func(q quantity.Quantity) (string, error) { return quantity.UnitName(q.Unit), nil }),
}, {
	Name: "指标符号", Usage: "指标符号(文字)", Type: "文字", Example: `指标符号("不低于95%") == "≥"`,
	Doc:     "数值前的 ≥ ≤ > < =，没有为空文字。",
	judging: ofTarget(func(q quantity.Quantity) (string, error) { return q.Op.String(), nil }),
}, {
	Name: "数值", Usage: "数值(文字)", Type: "数字", Example: `数值("182 场") == 182 && 数值("≥95%") == 0.95 && 数值("1.2万元") == 12000`,
	Doc: "文字中的数，百分数为小数，万、亿已乘进去；不是一个数时没有值。",
	judging: ofTarget(func(q quantity.Quantity) (float64, error) {
		if q.Kind != quantity.KindNumber {
			return 0, errUnknown
		}
		return q.Low, nil
	}),
}, {
	Name: "日期", Usage: "日期(文字)", Type: "数字", Example: `日期("2021年11月30日前") == 20211130 && 日期("2021年第三季度") == 20210930`,
	Doc: "文字所说的日期，写成 20211130 这样的数，可以比较先后；一段时间为最后一天，没有写年份的为本年度；不是日期时没有值。",
	judging: ofTarget(func(q quantity.Quantity) (float64, error) {
		if q.Kind != quantity.KindDeadline || q.To.Year() == 0 {
			return 0, errUnknown
		}
		return float64(q.To.Year()*10000 + int(q.To.Month())*100 + q.To.Day()), nil
	}),
}, {
	Name: "相隔天数", Usage: "相隔天数(日期, 日期)", Type: "数字", Example: `相隔天数(日期("2021-11-30"), 日期("2021年12月底")) == 31`,
	Doc: "从前一个日期到后一个日期有多少天，后一个较早的为负数。",
	call: eval.Func2(func(a, b float64) (int, error) {
		from, ok := dayOf(a)
		to, also := dayOf(b)
		if !ok || !also {
			return 0, errors.New("相隔天数 的日期应写成 20211130 这样的数，或用 日期(文字)")
		}
		return int(to.Sub(from).Hours() / 24), nil
	}),
}}

// dayOf returns the day that a number such as 20211130 is.
func dayOf(n float64) (time.Time, bool) {
	if n != math.Trunc(n) || n < 1e7 || n >= 1e8 {
		return time.Time{}, false
	}
	d := int(n)
	day := time.Date(d/10000, time.Month(d/100%100), d%100, 0, 0, 0, 0, time.UTC)
	return day, day.Day() == d%100 && int(day.Month()) == d/100%100
}

var kindNames = map[quantity.Kind]string{
	quantity.KindEmpty: "空", quantity.KindQualitative: "定性", quantity.KindNumber: "数值", quantity.KindRange: "区间", quantity.KindDeadline: "期限",
}

// judged is a function of a target and an actual, as one is judged by the other.
func judged[R any](pick func(quantity.Judgement) (R, error)) judging {
	return judging2(func(target, actual string, j *judge) (R, error) { return pick(j.judge(target, actual)) })
}

// ofTarget is a function of a text, understood as a target.
func ofTarget[R any](pick func(quantity.Quantity) (R, error)) judging {
	return judging1(func(text string, j *judge) (R, error) { return pick(j.target(text)) })
}
