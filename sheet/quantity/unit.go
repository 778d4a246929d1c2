package quantity

import "strings"

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
