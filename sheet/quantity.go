package sheet

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
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

	// From and To are the days that a Deadline may mean, in UTC: a month is its
	// first day to its last. The year is 0 when neither the text nor the form tells
	// it. In an actual "12月31日前" may be any day of that year up to it.
	From, To time.Time

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
		s := strings.TrimRight(compact(Normalize(text)), "。;,.、!")
		if len(s) <= maxQuantity {
			if got, ok := p.sentence(s); ok {
				q = got
			}
		}
	}
	q.Text = text
	return q
}

// outcome is how an attempt to read a quantity ended.
type outcome int

const (
	noNumber outcome = iota // no number where one should start: another word may yet begin a quantity
	unclean                 // a comparison has its number and then something else: the text means more than a quantity
	matched
)

// sentence reads a whole text, with or without a label before the quantity.
func (p parser) sentence(s string) (Quantity, bool) {
	q, end := p.phrase(s, claim{})
	if end != noNumber {
		return q, end == matched
	}
	if rest, ok := cutYear(s); ok && p.leadAt(rest) != nil {
		if q, end = p.phrase(rest, claim{}); end == matched {
			return q, true
		}
	}
	return p.labelled(s)
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
				return q, true
			case end != noNumber, l.symbol() && l.op != None:
				return Quantity{}, false
			}
		}
		hasDigit = hasDigit || '0' <= r && r <= '9'
		hasLetter = hasLetter || unicode.IsLetter(r)
	}
	return Quantity{}, false
}

// What a label may have in it that the word after it is not to be taken at face
// value.
var (
	negations = strings.Fields("未 没 无法 不能 难以")     // 未按时|完成100%
	spoilers  = strings.Fields("不 非 无 尚待 有待 尚需 公") // at its end: 公|共
	plans     = strings.Fields("预计 预期 力争 争取")      // in an actual: 预计完成|率95%
	intents   = strings.Fields("计划 目标 要求 拟")       // in an actual, at its end: 计划|达到95%
)

// spoiled reports whether label turns the word after it, l, into something else. A
// noun stands by itself: 未成年人帮扶|率 is a rate.
func (p parser) spoiled(label string, l *lead) bool {
	if l.symbol() {
		return false
	}
	if p.actual && containsAny(label, plans) {
		return true
	}
	return !l.noun && (containsAny(label, negations) || hasAnySuffix(label, spoilers) ||
		p.actual && hasAnySuffix(label, intents))
}

// phrase reads leads and then a date or a number to the very end of s.
func (p parser) phrase(s string, c claim) (Quantity, outcome) {
	for {
		if startsValue(s) {
			if q, ok := p.deadline(s, c); ok {
				return q, matched
			}
			if q, ok := p.quantity(s, c); ok {
				return q, matched
			}
			if c.tied && isDigit(s[0]) {
				return Quantity{}, unclean
			}
		}
		l := p.leadAt(s)
		if l == nil {
			return Quantity{}, noNumber
		}
		var ok bool
		if c, ok = c.with(l, p.actual); !ok {
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
		return isDigit(c) || c == '-' || c == '+' || c == '.' || c == 'Q'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("零〇一二两三四五六七八九十百千万拾壹贰叁肆伍陆柒捌玖第当本今次来翌明上下前年", r)
}

// claim is what the words around a number say about it.
type claim struct {
	op       Op
	hard     bool // op holds in an actual too, and no other comparison may contradict it
	approx   Approx
	change   Change
	labelled bool // a label stands before
	tied     bool // a comparison or a link has come
	percent  bool // only a percentage may follow
	dateOnly bool // only a date may follow
}

// with adds what a word says. ok is false when it contradicts the words before.
func (c claim) with(l *lead, actual bool) (_ claim, ok bool) {
	op, approx := l.op, l.approx
	switch {
	case op == None:
	case !actual:
		approx = Precise // 超过 compares in a target
	case approx != Precise || l.soft:
		op = None // and is a rough number in an actual
	}
	c.approx = c.approx.and(approx)
	if l.change != NoChange {
		c.change = l.change
	}
	c.tied = c.tied || l.role == link && l.op != None
	c.percent = c.percent || l.role == rate && c.labelled
	c.dateOnly = c.dateOnly || l.dateOnly
	return c.compare(op, !l.soft)
}

// compare adds a comparison. A hard one (不超过) replaces a soft one (控制在); two
// that point apart contradict each other.
func (c claim) compare(op Op, hard bool) (_ claim, ok bool) {
	switch {
	case op == None:
	case !c.hard || c.op == Eq || c.op == None:
		c.op, c.hard = op, hard
	case !hard:
	case c.op.up() && op.up(), c.op.down() && op.down():
	default:
		return c, false
	}
	return c, true
}

// apply settles a number's claim into q. A rough number has no comparison besides,
// but for ≥95%以上, which says ≥ twice.
func (c claim) apply(q *Quantity) bool {
	switch {
	case c.approx == Precise:
	case !c.hard || c.op == Eq:
		c.op = None
	case c.op.up() && c.approx.up():
		c.approx = Precise
	default:
		return false
	}
	q.Op, q.Approx, q.Change = c.op, c.approx, c.change
	return !c.dateOnly && (!c.percent || q.Unit == "%")
}

// role says where a lead may stand.
type role int

const (
	opener role = iota // where a phrase begins: 已, 共, 完成
	link               // there, or between a label and its number: ≥, 不低于, 为
	rate               // there, or between a label and its percentage: 合格率100%
)

// lead is a word before a number.
type lead struct {
	word     string
	role     role
	op       Op
	soft     bool   // says where to get to, and nothing of a result: 达到95%
	approx   Approx // with an op: the op in a target, the approximation in an actual
	change   Change
	noun     bool // names what is counted
	target   bool // only in a target
	dateOnly bool // only before a date
}

// symbol reports whether l is written in signs, not in words.
func (l *lead) symbol() bool {
	r, _ := utf8.DecodeRuneInString(l.word)
	return !unicode.IsLetter(r)
}

// leads are the words before a number. Where two begin alike, the longer wins.
var leads = slices.Concat(
	leadsLike(lead{role: link, op: Ge}, "≥ >= => ≥= ≮ 不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 应不低于 大于等于 大于或等于 "+
		"大于或者等于 大于、等于 高于等于 高于或等于 多于等于 多于或等于 至少 最少 最低 达到或超过 未低于"),
	leadsLike(lead{role: link, op: Ge, soft: true}, "达到 达 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 增至 升至 上升到 上升至 扩大到 扩大至"),
	leadsLike(lead{role: link, op: Le}, "≤ <= =< ≤= ≯ 不超过 不超 不超出 不高于 不大于 不多于 不得超过 不得高于 不得多于 不能超过 小于等于 小于或等于 "+
		"小于或者等于 小于、等于 低于等于 低于或等于 少于等于 少于或等于 最多 最高 至多 未超过 未超 没有超过 没超过 未超出 未高于 不突破"),
	leadsLike(lead{role: link, op: Le, soft: true}, "控制在 控制到 控制为 降至 降到 降为 下降到 下降至 降低到 降低至 减少到 减少至 压减到 压减至 压降到 "+
		"压降至 缩短到 缩短至 压缩到 压缩至"),
	leadsLike(lead{role: link, op: Gt}, "> 大于 高于 多于"),
	leadsLike(lead{role: link, op: Gt, approx: Above}, "超过 超出"),
	leadsLike(lead{role: opener, op: Gt, approx: Above}, "超 逾 突破"),
	leadsLike(lead{role: link, op: Lt}, "< 小于 低于 少于 未达到 未达 没达到 没有达到 未能达到"),
	leadsLike(lead{role: opener, op: Lt, approx: Below}, "不足 不到 不满"),
	leadsLike(lead{role: link, op: Eq}, "= == 等于"),
	leadsLike(lead{role: link, approx: Around}, "≈"),
	leadsLike(lead{role: opener, approx: Around}, "约 约为 大约 大约为 大概 大致"),
	leadsLike(lead{role: opener, approx: Below}, "近 将近 接近"),
	leadsLike(lead{role: link, op: Le, dateOnly: true}, "不晚于 不迟于 最迟 最晚 最迟于 截至 截止 截止到 截止至"),
	leadsLike(lead{role: link}, ": 为 共 共计 合计 累计 总计 保持在 稳定在 维持在 下达 送达"),
	leadsLike(lead{role: link, noun: true}, "人数 总数 次数 户数 件数 个数 家数 份数 台数 场次数 单位数 数量 总量 金额 总额 面积 里程 时间 日期 时限"),
	leadsLike(lead{role: rate, noun: true}, "率 度 比例 比重 占比"),
	leadsLike(lead{role: rate}, "比 完成 实现 覆盖 合格 达标 节约"),
	leadsLike(lead{role: rate, change: Rise}, "增长 增加 提高 提升 上升 增幅 涨幅"),
	leadsLike(lead{role: rate, change: Fall}, "下降 减少 降低 压减 压降 缩短 降幅"),
	leadsLike(lead{}, "已 已经 均 均已 都 全部 全部已 实际 实际完成 计 总 是 在 于 已于 到 按 了 有 其中 年度 本年 本年度 当年 当年度 全年 今年 年内"),
	leadsLike(lead{}, "举办 开展 组织 接待 服务 培训 发放 新增 检查 走访 建成 建设 新建 安装 采购 购置 维修 修复 发布 编制 印发 出版 制作 拍摄 招聘 引进 "+
		"资助 补助 补贴 救助 慰问 支付 支出 投入 执行 收集 受理 办理 处理 处置 监测 抽检 抽查 巡查 惠及 受益 签约 签订 参加 参与 出动 达成 形成 提供 "+
		"维护 改造 更新 组织开展 召开 举行 派出 招募 参展 参观 累计完成 共完成"),
	leadsLike(lead{target: true}, "计划 预计 力争 争取 确保 拟 需 应 须 要求 目标 目标值 计划完成"),
)

// leadsLike makes a lead of each word in list, all like l.
func leadsLike(l lead, list string) []lead {
	fields := strings.Fields(list)
	made := make([]lead, len(fields))
	for i, w := range fields {
		l.word = w
		made[i] = l
	}
	return made
}

// leadsByRune has the leads by their first rune, the longest first.
var leadsByRune = func() map[rune][]*lead {
	index := map[rune][]*lead{}
	for i := range leads {
		l := &leads[i]
		r, _ := utf8.DecodeRuneInString(l.word)
		index[r] = append(index[r], l)
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b *lead) int { return len(b.word) - len(a.word) })
	}
	return index
}()

// leadAt returns the lead that opens s, or nil.
func (p parser) leadAt(s string) *lead {
	r, _ := utf8.DecodeRuneInString(s)
	for _, l := range leadsByRune[r] {
		if strings.HasPrefix(s, l.word) && !(p.actual && l.target) {
			return l
		}
	}
	return nil
}

// changeWords tell in a label which way its number goes.
var changeWords = []struct {
	word   string
	change Change
}{
	{"下降", Fall}, {"减少", Fall}, {"降低", Fall}, {"压减", Fall}, {"降幅", Fall}, {"压降", Fall},
	{"增长", Rise}, {"增加", Rise}, {"提高", Rise}, {"提升", Rise}, {"上升", Rise}, {"增幅", Rise},
}

func changeIn(label string) Change {
	for _, w := range changeWords {
		if strings.Contains(label, w.word) {
			return w.change
		}
	}
	return NoChange
}

// tailWords are the words after a number and its unit, as in 95%以上. Where two end
// alike, the longer stands first.
var tailWords = slices.Concat(
	leadsLike(lead{op: Ge, approx: AtLeast}, "(含)以上 含以上 及以上 或以上 以上"),
	leadsLike(lead{op: Le}, "(含)以下 含以下 及以下 或以下 以下 (含)以内 以内 之内 范围内 内"),
	leadsLike(lead{approx: Around}, "左右 上下"),
	leadsLike(lead{approx: Above}, "余 多"),
	leadsLike(lead{}, "(含)"),
)

// rangeTails are the words after a range: 80%-90%之间.
var rangeTails = strings.Fields("之间 区间 范围内 范围")

// cutTails takes the tail words off s, which begins behind a number.
func (p parser) cutTails(s string, c claim) (_ string, _ claim, ok bool) {
	if percent := strings.IndexByte(s, '%') + 1; percent > 0 && isDone(s[percent:]) {
		s = s[:percent]
	}
	for s != "" && s[len(s)-1] != '%' {
		w := tailOf(s)
		if w == nil {
			break
		}
		if c, ok = c.with(w, p.actual); !ok {
			return s, c, false
		}
		s = s[:len(s)-len(w.word)]
	}
	return s, c, true
}

func tailOf(s string) *lead {
	for i := range tailWords {
		if strings.HasSuffix(s, tailWords[i].word) {
			return &tailWords[i]
		}
	}
	return nil
}

// quantity reads a number or a range to the end of s.
func (p parser) quantity(s string, c claim) (Quantity, bool) {
	n, rest, ok := scanNumeral(s)
	if !ok {
		return Quantity{}, false
	}
	if q, is := numberRange(n, rest, c); is {
		return q, q.Kind == KindRange
	}
	rest, c, ok = p.cutTails(rest, c)
	if !ok {
		return Quantity{}, false
	}
	u, ok := parseUnit(rest, n)
	if !ok {
		return Quantity{}, false
	}
	if u.more {
		c.approx = c.approx.and(Above)
	}
	q, ok := u.measure(n)
	if !ok || u.name != "" && isYears(q.Low, q.High, u.name) || !c.apply(&q) {
		return Quantity{}, false
	}
	if q.Approx != Precise {
		q.Spread = math.Abs(q.Low) / 10
		if q.Approx.up() {
			q.Spread = max(q.Spread, n.shift(u.shift).step())
		}
	}
	return q, true
}

// numberRange reads the rest of a range whose first number is n. is reports that
// rest is a range, sound or not; the Kind of a sound one is Range.
func numberRange(n numeral, rest string, c claim) (q Quantity, is bool) {
	i := strings.IndexAny(rest, rangeMarks)
	if i < 0 {
		return q, false
	}
	first := rest[:i]
	second, mark := cutRangeMark(rest[i:])
	if !startsValue(second) || mark == "-" && second[0] == '-' {
		return q, false
	}
	m, rest, ok := scanNumeral(second)
	if !ok {
		return q, false
	}
	rest, _ = cutAnySuffix(rest, rangeTails)
	u, ok := parseUnit(rest, m)
	if !ok || u.more || c.approx != Precise || c.hard && c.op != Eq {
		return q, true
	}
	lowUnit := u
	if first != "" || n.percent {
		if lowUnit, ok = parseUnit(first, n); !ok || lowUnit.more || !lowUnit.joins(u) {
			return q, true
		}
	}
	low, ok1 := lowUnit.measure(n)
	high, ok2 := u.measure(m)
	if !ok1 || !ok2 || low.Low > high.Low || isYears(low.Low, high.Low, u.name) {
		return q, true
	}
	if !c.hard {
		c.op = None
	}
	q = high
	q.Low = low.Low
	if !c.apply(&q) {
		return q, true
	}
	q.Kind = KindRange
	return q, true
}

// joins reports whether u may stand at the low end of a range that ends in high:
// 3万-5万元, 3次-5次.
func (u unit) joins(high unit) bool {
	return u.name == "" && u.scale > 0 || u.name != "" && sameUnit(u.name, high.name)
}

// isYears reports whether numbers with a unit are years of the calendar:
// 2021-2022年.
func isYears(low, high float64, unit string) bool {
	return knownYear(int(low)) != 0 && knownYear(int(high)) != 0 && (unit == "" || unit == "年" || unit == "年度" || unit == "学年")
}

// rangeMarks are the runes that may stand between the ends of a range.
const rangeMarks = "-—~至到"

// cutRangeMark takes a range mark off s; — and ~ may be doubled.
func cutRangeMark(s string) (rest, mark string) {
	_, size := utf8.DecodeRuneInString(s)
	mark, rest = s[:size], s[size:]
	if mark == "—" || mark == "~" {
		rest = strings.TrimPrefix(rest, mark)
	}
	return rest, mark
}

// unit is what follows a number: 万 and the like as a power of ten, and the unit
// itself.
type unit struct {
	name  string
	shift int  // to be added to the number's power of ten
	scale int  // the part of shift that 千, 万 or 亿 stand for
	more  bool // 余 or 多 stands between
}

// percentUnits are the ways to write "per cent" behind a number.
var percentUnits = []struct {
	word  string
	shift int
}{{"%", -2}, {"百分比", -2}, {"‰", -3}}

// multipliers may stand between a number and its unit. The longer of two that begin
// alike stands first.
var multipliers = []struct {
	word  string
	shift int
}{{"万亿", 12}, {"亿", 8}, {"千万", 7}, {"百万", 6}, {"十万", 5}, {"万", 4}, {"千", 3}, {"百", 2}}

// parseUnit reads the whole of s as the unit of n.
func parseUnit(s string, n numeral) (u unit, ok bool) {
	if n.percent {
		return unit{name: "%"}, s == ""
	}
	s = strings.TrimPrefix(s, " ")
	for _, p := range percentUnits {
		if s == p.word {
			return unit{name: "%", shift: p.shift}, true
		}
	}
	s, u.more = cutMore(s)
	if _, known := measures[s]; !known {
		for _, m := range multipliers {
			if t, is := strings.CutPrefix(s, m.word); is {
				more := false
				s, more = cutMore(t)
				u.more = u.more || more
				u.shift, u.scale = m.shift, m.shift
				break
			}
		}
	}
	u.name = s
	if s == "" {
		return u, !n.spoken || n.mant == 0 // 三 may be anything, 零 is 0
	}
	return u, isUnit(s, n.spoken)
}

// cutMore takes 余 and its like off the start of s.
func cutMore(s string) (rest string, more bool) {
	for _, w := range [...]string{"余", "多", "几"} {
		if rest, more = strings.CutPrefix(s, w); more {
			return rest, true
		}
	}
	return s, false
}

// measure makes a Quantity of n with the unit u.
func (u unit) measure(n numeral) (Quantity, bool) {
	f, ok := n.shift(u.shift).float()
	scale, _ := decimal{mant: 1, exp: u.scale + n.scale}.float()
	return Quantity{Kind: KindNumber, Low: f, High: f, Unit: u.name, Scale: scale}, ok
}

// isUnit reports whether s is a unit as it stands: a known one, one made of others
// (元/人, 台(套)), a counting word with its noun (家企业), or, behind Arabic digits
// only, a short word in Han characters or in letters.
func isUnit(s string, spoken bool) bool {
	per, part, slash := strings.Cut(s, "/")
	for i := 0; slash; i++ {
		var one string
		one, part, slash = strings.Cut(part, "/")
		if i == 2 || !isPart(one) {
			return false
		}
	}
	s = per
	if m, is := measures[s]; is {
		return m.spoken || !spoken
	}
	if outer, inner, is := strings.Cut(s, "("); is {
		inner, is = strings.CutSuffix(inner, ")")
		return is && isMeasure(outer) && isMeasure(inner)
	}
	return !spoken && (isHanUnit(s) || isLatinUnit(s))
}

func isMeasure(s string) bool {
	_, is := measures[s]
	return is
}

// isPart reports whether s may stand behind the slash of 元/人.
func isPart(s string) bool {
	n := 0
	for _, r := range s {
		if !isHan(r) && !isUnitLetter(r) {
			return false
		}
		n++
	}
	return 0 < n && n <= 5
}

// notNouns are words that do not name the thing counted but say what becomes of it:
// 2期完工, 24小时值守.
var notNouns = strings.Fields("完成 完工 建成 竣工 开工 启动 验收 达标 合格 运行 实施 投入 通过 到位 上线 值守 值班 热线 报警 急救 规划 超过 达到 控制 " +
	"下降 降低 减少 增长 增加 提高 提升 之间 次年 年底 以 前 后 每 不 未 无 均 并 和 与 及 的 了 至 到 第 一 二 三 四 五 六 七 八 九 十 百 千 万 亿")

func isHanUnit(s string) bool {
	n := 0
	for _, r := range s {
		if !isHan(r) {
			return false
		}
		n++
	}
	if n == 0 || n > 6 {
		return false
	}
	if containsAny(s, notNouns) {
		return false
	}
	if m, is := longestMeasure(s); is {
		return m.counts
	}
	return n <= 4
}

// longestMeasure finds the longest known unit that opens s.
func longestMeasure(s string) (m measure, is bool) {
	for end := range s {
		if got, known := measures[s[:end]]; known {
			m, is = got, true
		}
	}
	return m, is
}

// isLatinUnit takes unknown abbreviations of two letters and more; a single one
// would make a number of 5G and 3A.
func isLatinUnit(s string) bool {
	n := 0
	for _, r := range s {
		if !isUnitLetter(r) {
			return false
		}
		n++
	}
	return 2 <= n && n <= 6
}

func isHan(r rune) bool { return '一' <= r && r <= '鿿' }

func isUnitLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || strings.ContainsRune("²³°℃μµΩ·㎡㎥㎞㎏㎎", r)
}

// measure is a known unit.
type measure struct {
	name   string // the name under which it compares: 平方米 for ㎡
	counts bool   // a counting word that may take a noun: 家企业
	spoken bool   // may follow a Chinese numeral: 三次, but not 三级
}

// measures are the known units by every name.
var measures = func() map[string]measure {
	index := map[string]measure{}
	for _, list := range measureLists {
		for _, entry := range strings.Fields(list.names) {
			names := strings.Split(entry, "=")
			for _, name := range names {
				index[name] = measure{names[0], list.counts, list.spoken}
			}
		}
	}
	return index
}()

// measureLists are the known units. In a list, a unit's other names follow it
// behind "="; a unit that stands in two lists is of the later one's kind (名 may
// take a noun, 人 may not).
var measureLists = []struct {
	counts, spoken bool
	names          string
}{
	{true, true, "个 家 人=名=位 户 场=场次 次 项 件 份 篇 台 套 条 座 辆 艘 架 支 只 头 匹 棵 株 张 本 册 部 幅 块 片 根 批=批次 宗 起 例 笔 处 所 间 栋=幢 " +
		"组 队 班 门 节 轮 趟 种 款 盏 颗 口 眼 段 枚 对 副 包 箱 袋 瓶 盒 桶 床 桌 站 堂 封 扇 尊 樘 孔 卷 首 档 列"},
	{false, true, "人 人次 人天=人日 人月 户次 家次 车次 班次 台次 件次 条次 页次 篇次 份次 课时 学时 天=日 周=星期 个月=月 年 个季度 小时=个小时=h 分钟 秒 分 " +
		"工作日=个工作日 元 公斤=千克=kg=㎏ 克=g 斤 吨=t 公里=千米=km=㎞ 里 米=m 厘米=cm 毫米=mm 平方米=平米=㎡=m²=m2 平方公里=km²=km2 公顷 亩 " +
		"立方米=方=㎥=m³=m3 升=L 毫升=ml 个百分点=百分点 倍 期 页 标箱 台套 席 点位"},
	{false, false, "级 层 届 类 度 等 号 代 星 版 型 线 楼 字 岁 时 季 季度 年度 月份 村 镇 乡 县 市 区 校 车 课 街道 分贝=dB 摄氏度=℃ 瓦=W 千瓦=kW 兆瓦=MW " +
		"千瓦时=kWh 伏=V 千伏=kV s mg"},
}

// sameUnit reports whether a and b measure the same thing: the same unit by any of
// its names, or a counting word with and without its noun (家, 家企业).
func sameUnit(a, b string) bool {
	if a == b || strings.EqualFold(a, b) {
		return true
	}
	if outer, inner, is := strings.Cut(a, "("); is { // 场(次) is said of either, and of both
		inner = strings.TrimSuffix(inner, ")")
		return sameUnit(outer, b) || sameUnit(inner, b) || outer+inner == b
	}
	if strings.Contains(b, "(") {
		return sameUnit(b, a)
	}
	ma, knownA := measures[a]
	mb, knownB := measures[b]
	switch {
	case knownA && knownB:
		return ma.name == mb.name
	case knownA:
		return ma.counts && strings.HasPrefix(b, a) && isHanUnit(b)
	case knownB:
		return mb.counts && strings.HasPrefix(a, b) && isHanUnit(a)
	}
	return false
}

// deadline reads a day or a period to the end of s.
func (p parser) deadline(s string, c claim) (Quantity, bool) {
	if c.hard && c.op != Le && c.op != Eq || c.approx != Precise || c.change != NoChange || c.percent {
		return Quantity{}, false
	}
	span, rest, ok := p.scanSpan(s)
	if !ok {
		return Quantity{}, false
	}
	rest, before := cutAnyPrefix(rest, beforeWords)
	if !before {
		rest, _ = cutAnyPrefix(rest, withinWords)
	}
	if !isDone(rest) {
		return Quantity{}, false
	}
	q := Quantity{Kind: KindDeadline, From: span.from, To: span.to, Before: before && !span.point}
	if p.actual && (before || c.op.down()) {
		q.From = dayAt(span.to.Year(), 1, 1)
	}
	return q, true
}

var (
	beforeWords = strings.Fields("之前 以前 前 为止 止")
	withinWords = strings.Fields("期间 以内 之内 内 间")
	midnights   = []string{" 00:00:00", " 00:00", " 0:00:00", " 0:00"} // a spreadsheet's date as text has them

	// doneWords say behind a date or a percentage that it was, or is to be, done by
	// then, or to that degree: 12月底前|完成, 100%|到位. A start is not an end:
	// 启动 and 开工 are not among them. doneThings only follow (2021年度工作 is no
	// date).
	doneWords = strings.Fields("已 均 全部 按时 按期 及时 如期 顺利 全面 提前 正式 完成 完工 完毕 竣工 建成 交付 验收 通过 结束 结项 办结 上线 投用 投入 " +
		"发放 到位 印发 发布 拨付 支付 送达 召开 举办 举行 达标 合格 覆盖 满意 了")
	doneThings = strings.Fields("使用 建设 工作 任务 采购 安装 调试 验收")
)

// isDone reports whether s is nothing but doneWords and what they are done to.
func isDone(s string) bool {
	for start := true; s != ""; start = false {
		rest, is := cutAnyPrefix(s, doneWords)
		if !is && !start {
			rest, is = cutAnyPrefix(s, doneThings)
		}
		if !is {
			return false
		}
		s = rest
	}
	return true
}

// span is the days that a date may mean.
type span struct {
	from, to time.Time
	point    bool // a day, or the end of something (月底): what comes before it includes it
}

func dayAt(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// months is the span from the first day of month first to the last day of month
// last.
func months(year, first, last int) span {
	return span{from: dayAt(year, first, 1), to: dayAt(year, last+1, 0)}
}

// knownYear returns year, or 0 when it is no year that a form may have.
func knownYear(year int) int {
	if year < 1900 || year > 2199 {
		return 0
	}
	return year
}

// scanSpan reads a date or two joined by a range mark (2021年1月-2021年12月) from
// the start of s.
func (p parser) scanSpan(s string) (d span, rest string, ok bool) {
	d, rest, ok = p.scanDate(s)
	if !ok || rest == "" {
		return d, rest, ok
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune(rangeMarks, r) {
		return d, rest, true
	}
	second, _ := cutRangeMark(rest)
	later := parser{year: d.to.Year(), actual: p.actual}
	end, rest, ok := later.scanDate(second)
	if !ok || end.to.Before(d.from) {
		return span{}, s, false
	}
	return span{from: d.from, to: end.to, point: end.point}, rest, true
}

// scanDate reads one date from the start of s: 2021-12-31, 2021年12月31日,
// 当年第四季度, 年底.
func (p parser) scanDate(s string) (d span, rest string, ok bool) {
	if s == "" {
		return span{}, s, false
	}
	if isDigit(s[0]) {
		if d, rest, ok = p.scanNumericDate(s); ok {
			return d, rest, true
		}
	}
	year, rest, whole := p.scanYear(s)
	if year == noYear {
		return span{}, s, false
	}
	if d, after, ok := scanPart(rest, year, whole || rest != s); ok {
		return d, after, true
	}
	if whole {
		return months(year, 1, 12), rest, true
	}
	return span{}, s, false
}

// yearWords name a year by the form's, as an offset from it.
var yearWords = []struct {
	word   string
	offset int
}{{"当年度", 0}, {"本年度", 0}, {"当年", 0}, {"本年", 0}, {"今年", 0}, {"次年", 1}, {"来年", 1}, {"翌年", 1}, {"明年", 1}, {"上年", -1}}

// noYear is 次年 when the form's own year is unknown.
const noYear = -1

// scanYear reads the year that opens s: 2021年, 二〇二一年度, 21年 before a month,
// 当年, or the 年 of 年底, which is the form's own. whole reports that the words
// may stand for the year alone.
func (p parser) scanYear(s string) (year int, rest string, whole bool) {
	for _, w := range yearWords {
		if rest, is := strings.CutPrefix(s, w.word); is {
			if p.year == 0 && w.offset != 0 {
				return noYear, rest, false
			}
			return p.year + w.offset, rest, true
		}
	}
	if rest, is := strings.CutPrefix(s, "年"); is {
		return p.year, strings.TrimPrefix(rest, "度"), false
	}
	year, rest, written := yearDigits(s)
	if rest, is := strings.CutPrefix(rest, "年"); is && written == 4 && knownYear(year) != 0 {
		return year, strings.TrimPrefix(rest, "度"), true
	} else if is && written == 2 && startsMonth(rest) {
		return 2000 + year, rest, false
	}
	return p.year, s, false
}

// yearDigits reads digits that stand for a year, 2021 or 二〇二一; written is how
// many there are.
func yearDigits(s string) (year int, rest string, written int) {
	rest = s
	for rest != "" && written < 5 {
		r, size := utf8.DecodeRuneInString(rest)
		digit, is := int(r-'0'), '0' <= r && r <= '9'
		if !is {
			digit, is = chineseDigits[r]
		}
		if !is {
			break
		}
		year, rest = year*10+digit, rest[size:]
		written++
	}
	return year, rest, written
}

func startsMonth(s string) bool {
	month, rest, ok := smallNumber(s)
	return ok && 1 <= month && month <= 12 && strings.HasPrefix(rest, "月") ||
		strings.HasPrefix(s, "底") || strings.HasPrefix(s, "末")
}

// yearParts are the parts of a year by name, as first and last month. A part in
// bare stands only behind a year (2021年底, 年底).
var yearParts = []struct {
	word        string
	bare        bool
	first, last int
	point       bool // its end is meant
}{
	{"上半年", false, 1, 6, false},
	{"下半年", false, 7, 12, false},
	{"前三季度", false, 1, 9, false},
	{"前三个季度", false, 1, 9, false},
	{"全年", true, 1, 12, false},
	{"底", true, 12, 12, true},
	{"末", true, 12, 12, true},
	{"终", true, 12, 12, true},
	{"初", true, 1, 1, false},
	{"内", true, 1, 12, false},
}

// scanPart reads what stands behind a year, or alone: a part of the year, a
// quarter, a month, a day.
func scanPart(s string, year int, behindYear bool) (d span, rest string, ok bool) {
	for _, part := range yearParts {
		if rest, is := strings.CutPrefix(s, part.word); is && (behindYear || !part.bare) {
			d = months(year, part.first, part.last)
			d.point = part.point
			return d, rest, true
		}
	}
	if d, rest, ok = scanQuarter(s, year); ok {
		return d, rest, true
	}
	return scanMonth(s, year)
}

// scanQuarter reads 第四季度, 4季度, 四季度末 or Q4.
func scanQuarter(s string, year int) (d span, rest string, ok bool) {
	s, latin := strings.CutPrefix(s, "Q")
	if !latin {
		s = strings.TrimPrefix(s, "第")
	}
	quarter, rest, ok := smallNumber(s)
	if !ok || quarter < 1 || quarter > 4 {
		return span{}, s, false
	}
	if !latin {
		if rest, ok = strings.CutPrefix(rest, "季度"); !ok {
			return span{}, s, false
		}
	}
	d = months(year, 3*quarter-2, 3*quarter)
	if after, end := cutAnyPrefix(rest, endWords); end {
		return span{from: dayAt(year, 3*quarter, 1), to: d.to, point: true}, after, true
	}
	return d, rest, true
}

var endWords = []string{"底", "末"}

// monthParts are the parts of a month, as first and last day; 0 is the month's own
// last.
var monthParts = []struct {
	word        string
	first, last int
	point       bool
}{
	{"底", 21, 0, true}, {"末", 21, 0, true}, {"下旬", 21, 0, false}, {"中旬", 11, 20, false}, {"中", 11, 20, false}, {"上旬", 1, 10, false}, {"初", 1, 10, false},
}

// scanMonth reads 12月, 12月底, 12月31日 or 1-12月.
func scanMonth(s string, year int) (d span, rest string, ok bool) {
	month, rest, ok := smallNumber(s)
	if !ok || month < 1 || month > 12 {
		return span{}, s, false
	}
	last := month
	if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune(rangeMarks, r) {
		second, _ := cutRangeMark(rest)
		if last, rest, ok = smallNumber(second); !ok || last < month || last > 12 {
			return span{}, s, false
		}
	}
	rest, ok = strings.CutPrefix(rest, "月")
	if !ok {
		return span{}, s, false
	}
	rest = strings.TrimPrefix(rest, "份")
	d = months(year, month, last)
	if last != month {
		return d, rest, true
	}
	for _, part := range monthParts {
		if after, is := strings.CutPrefix(rest, part.word); is {
			to := part.last
			if to == 0 {
				to = d.to.Day()
			}
			return span{from: dayAt(year, month, part.first), to: dayAt(year, month, to), point: part.point}, after, true
		}
	}
	if day, after, is := scanDay(rest); is {
		return dayOf(year, month, day, after)
	}
	return d, rest, true
}

// scanDay reads 31日 or 31号; the unit may be left out before 前 and at the end
// (12月31前).
func scanDay(s string) (day int, rest string, ok bool) {
	day, rest, ok = smallNumber(s)
	if !ok {
		return 0, s, false
	}
	after, is := cutAnyPrefix(rest, []string{"日", "号"})
	_, before := cutAnyPrefix(rest, beforeWords)
	return day, after, is || before || rest == ""
}

// dayOf is one day; ok is false when the calendar has no such day. Without a year,
// February has 29.
func dayOf(year, month, day int, rest string) (span, string, bool) {
	if month < 1 || month > 12 || day < 1 || day > dayAt(year, month+1, 0).Day() {
		return span{}, rest, false
	}
	d := dayAt(year, month, day)
	return span{from: d, to: d, point: true}, rest, true
}

// smallNumber reads a number of one or two Arabic digits, or a Chinese numeral up
// to 99, which no further digit follows.
func smallNumber(s string) (n int, rest string, ok bool) {
	if s == "" {
		return 0, s, false
	}
	if isDigit(s[0]) {
		length := digitRun(s)
		if length > 2 {
			return 0, s, false
		}
		for i := range length {
			n = n*10 + int(s[i]-'0')
		}
		return n, s[length:], true
	}
	d, rest, ok := scanChinese(s)
	if !ok || d.exp != 0 || d.mant > 99 {
		return 0, s, false
	}
	return int(d.mant), rest, true
}

// scanNumericDate reads a date in digits and one kind of mark: 2021-12-31, 2021/12,
// 2021.12.31, 12.31前, 20211231.
//
// 2021.12 alone is a number as well: it is a month only when the form's own year is
// near, or when something follows that only a date has. The same holds for
// 20211231.
func (p parser) scanNumericDate(s string) (d span, rest string, ok bool) {
	length := digitRun(s)
	switch {
	case length == 8:
		year, month, day := smallInt(s[:4]), smallInt(s[4:6]), smallInt(s[6:8])
		if rest = s[8:]; knownYear(year) == 0 || rest == "" && !p.near(year) {
			return span{}, s, false
		}
		return dayOf(year, month, day, rest)
	case length == len(s) || !strings.ContainsRune(".-/", rune(s[length])):
		return span{}, s, false
	case length == 4:
		return p.scanYearFirst(s)
	case length <= 2:
		return p.scanMonthFirst(s)
	}
	return span{}, s, false
}

// scanYearFirst reads 2021-12-31 or 2021-12.
func (p parser) scanYearFirst(s string) (d span, rest string, ok bool) {
	year, mark := smallInt(s[:4]), s[4]
	month, rest, ok := smallNumber(s[5:])
	if !ok || !isDigit(s[5]) || knownYear(year) == 0 || month < 1 || month > 12 {
		return span{}, s, false
	}
	if rest != "" && rest[0] == mark && len(rest) > 1 && isDigit(rest[1]) && digitRun(rest[1:]) <= 2 {
		day, rest, _ := smallNumber(rest[1:])
		rest = strings.TrimPrefix(rest, "日")
		rest, _ = cutAnyPrefix(rest, midnights)
		return dayOf(year, month, day, rest)
	}
	if rest == "" && mark == '.' && !p.near(year) {
		return span{}, s, false
	}
	return months(year, month, month), strings.TrimPrefix(rest, "月"), true
}

// scanMonthFirst reads 12.31前. Without 前 it is a number or a range.
func (p parser) scanMonthFirst(s string) (d span, rest string, ok bool) {
	month, rest, _ := smallNumber(s)
	if len(rest) < 2 || !isDigit(rest[1]) {
		return span{}, s, false
	}
	day, rest, ok := smallNumber(rest[1:])
	if _, before := cutAnyPrefix(rest, beforeWords); !ok || !before {
		return span{}, s, false
	}
	return dayOf(p.year, month, day, rest)
}

// near reports whether year is the form's or next to it.
func (p parser) near(year int) bool { return p.year != 0 && -1 <= year-p.year && year-p.year <= 1 }

// smallInt reads a few ASCII digits.
func smallInt(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
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

// nameOf returns the name of i, and "" where it has none.
func nameOf(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return ""
	}
	return names[i]
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

func hasAnySuffix(s string, suffixes []string) bool {
	_, is := cutAnySuffix(s, suffixes)
	return is
}

func cutAnySuffix(s string, suffixes []string) (rest string, is bool) {
	for _, suffix := range suffixes {
		if rest, is = strings.CutSuffix(s, suffix); is {
			return rest, true
		}
	}
	return s, false
}

func cutAnyPrefix(s string, prefixes []string) (rest string, is bool) {
	for _, prefix := range prefixes {
		if rest, is = strings.CutPrefix(s, prefix); is {
			return rest, true
		}
	}
	return s, false
}
