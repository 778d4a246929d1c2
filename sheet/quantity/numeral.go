package quantity

import (
	"strings"
	"unicode/utf8"
)

// chineseDigits and chinesePowers are the Chinese numerals, everyday and financial.
var (
	chineseDigits = map[rune]int{
		'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
		'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
	}
	chinesePowers = map[rune]uint64{
		'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 1e4, '亿': 1e8,
	}
)

// scanChinese reads a number in Chinese numerals from the start of s: 十二,
// 一百零五, 两万三千, 三点五. What is short for something else (一百二), vague
// (三五) or a bare power (百万) is not a number.
func scanChinese(s string) (d decimal, rest string, ok bool) {
	var n chineseNumber
	rest = s
	for rest != "" {
		r, size := utf8.DecodeRuneInString(rest)
		if digit, is := chineseDigits[r]; is {
			ok = n.digit(digit)
		} else if power, is := chinesePowers[r]; is {
			ok = n.power(power)
		} else {
			break
		}
		if !ok {
			return decimal{}, s, false
		}
		rest = rest[size:]
	}
	total, ok := n.value()
	if !ok || rest == s {
		return decimal{}, s, false
	}
	d.mant = total
	if fraction, is := strings.CutPrefix(rest, "点"); is {
		rest, ok = d.chineseFraction(fraction)
	}
	return d, rest, ok
}

// chineseFraction appends the digits after 点.
func (d *decimal) chineseFraction(s string) (rest string, ok bool) {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		digit, is := chineseDigits[r]
		if !is {
			break
		}
		d.push(byte('0'+digit), true)
		s, ok = s[size:], true
	}
	return s, ok
}

// chineseNumber is a Chinese numeral as far as it is read. Its powers fall within
// each section (千百十), and the sections are closed by 万 and 亿.
type chineseNumber struct {
	total   uint64 // the sections closed so far
	section uint64 // the open section without its last digit
	last    uint64 // the last power in the open section, 0 when there is none
	pending uint64 // a digit whose power has not come yet, 0 when there is none
	zero    bool   // 零 has come, and no digit or power after it
	wan, yi bool   // 万 and 亿 have come
}

func (n *chineseNumber) digit(digit int) bool {
	if n.pending != 0 || n.zero && digit == 0 {
		return false
	}
	if digit == 0 {
		n.zero = true
		return true
	}
	n.pending = uint64(digit)
	return true
}

func (n *chineseNumber) power(power uint64) bool {
	if power >= 1e4 {
		return n.close(power)
	}
	if n.last != 0 && power >= n.last {
		return false
	}
	if n.pending == 0 {
		if power != 10 || n.zero {
			return false
		}
		n.pending = 1 // 十二, 一百十二
	}
	n.section += n.pending * power
	n.pending, n.zero, n.last = 0, false, power
	return true
}

// close ends a section with 万 or 亿; 亿 takes in a 万 before it (一万亿).
func (n *chineseNumber) close(power uint64) bool {
	section, ok := n.openSection()
	if !ok {
		return false
	}
	if power == 1e8 {
		section += n.total
		if n.yi || section == 0 {
			return false
		}
		*n = chineseNumber{total: section * power, yi: true}
		return true
	}
	if n.wan || section == 0 {
		return false
	}
	*n = chineseNumber{total: n.total + section*power, wan: true, yi: n.yi}
	return true
}

// openSection is the value of the open section. A last digit stands alone or after
// 十 or 零: 一百二 is short for 一百二十.
func (n *chineseNumber) openSection() (uint64, bool) {
	short := n.pending != 0 && !n.zero && (n.last > 10 || n.last == 0 && n.total > 0)
	return n.section + n.pending, !short
}

func (n *chineseNumber) value() (uint64, bool) {
	section, ok := n.openSection()
	total := n.total + section
	dangling := n.zero && n.pending == 0 && total > 0 // 一百零
	return total, ok && !dangling
}

// numeral is a number in Arabic digits or in Chinese numerals.
type numeral struct {
	decimal
	spoken  bool // in Chinese numerals
	percent bool // 百分之: the unit is said, and the exponent has it
	scale   int  // the power of ten of a 万 or 亿 that ends it; the mantissa has it
}

// scanNumeral reads a number from the start of s.
func scanNumeral(s string) (n numeral, rest string, ok bool) {
	if s == "" {
		return n, s, false
	}
	if s[0] < utf8.RuneSelf {
		if s[0] == '0' && len(s) > 1 && IsDigit(s[1]) {
			return n, s, false // 007 is a code
		}
		n.decimal, rest, ok = scanDecimal(s)
		return n, rest, ok
	}
	if rest, is := strings.CutPrefix(s, "百分百"); is {
		return numeral{decimal: decimal{mant: 1}, percent: true}, rest, true
	}
	for _, w := range units().fractions {
		if after, is := strings.CutPrefix(s, w.word); is {
			if rest, is := strings.CutPrefix(after, "百"); is {
				return numeral{decimal: decimal{mant: 1, exp: 2 + w.shift}, percent: true}, rest, true
			}
			n, rest, ok = scanNumeral(after)
			if n.percent {
				return n, rest, false
			}
			n.exp += w.shift
			n.percent = true
			return n, rest, ok
		}
	}
	n.decimal, rest, ok = scanChinese(s)
	n.spoken = true
	if after, is := strings.CutPrefix(rest, "分之"); is && ok && n.exp == 0 { // 四分之一
		return n.partOf(after)
	}
	if after, is := strings.CutPrefix(rest, "成"); is && ok && n.mant > 0 && n.mant < 10 && n.exp == 0 { // 八成, 九成五
		n.exp, n.percent = -1, true
		if half, is := strings.CutPrefix(after, "五"); is {
			n.mant, n.exp, after = n.mant*10+5, -2, half
		}
		return n, after, true
	}
	switch said := s[:len(s)-len(rest)]; {
	case strings.HasSuffix(said, "亿"):
		n.scale = 8
	case strings.HasSuffix(said, "万"):
		n.scale = 4
	}
	return n, rest, ok
}

// partOf reads how many parts there are of as many as n says: 四分之|一. A third is 33%: what
// does not come out even is less than a hundredth more.
func (n numeral) partOf(s string) (_ numeral, rest string, ok bool) {
	const hundred = 100
	parts, rest, ok := scanChinese(s)
	if !ok || parts.exp != 0 || parts.mant == 0 || parts.mant >= n.mant || n.mant > hundred {
		return n, s, false
	}
	return numeral{decimal: decimal{mant: parts.mant * hundred / n.mant, exp: -2}, spoken: true, percent: true}, rest, true
}
