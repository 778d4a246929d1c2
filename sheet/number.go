package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Normalize folds what Chinese input methods and prints put in place of ASCII into
// one form: full-width digits, letters and punctuation (９５％ is 95%), the small
// forms (﹪), every kind of space, minus and tilde, and the variants of ≥ and ≤.
// Dashes (–, —, ―) become "—", which stays apart from "-": a dash joins the ends of
// a range, it never makes a number negative. Line breaks become "\n", and invisible
// characters go.
//
// It is for parsing only; the text as typed is kept beside it. A text with nothing
// to fold is returned as it is.
func Normalize(text string) string {
	for i, r := range text {
		if foldRune(r) != r {
			return normalizeFrom(text, i)
		}
	}
	return text
}

func normalizeFrom(text string, start int) string {
	var b strings.Builder
	b.Grow(len(text))
	b.WriteString(text[:start])
	for _, r := range text[start:] {
		if r = foldRune(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldRune returns what stands for r in a normalized text, or -1 when nothing does.
func foldRune(r rune) rune {
	switch {
	case ' ' <= r && r <= '~', '一' <= r && r <= '鿿': // most of any form, first
		return r
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case '\u2000' <= r && r <= '\u200a':
		return ' '
	case '\u200b' <= r && r <= '\u200f', '\u2060' <= r && r <= '\u2064':
		return -1
	}
	switch r {
	case '\t', '\v', '\f', '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000':
		return ' '
	case '\r', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '\ufeff', '\u00ad':
		return -1
	case '−', '‐', '‑', '‒', '﹣', '⁻':
		return '-'
	case '–', '—', '―', '─', '━', '⸺', 'ー', '﹘':
		return '—'
	case '〜', '∼', '˜', '∽':
		return '~'
	case '≧', '⩾':
		return '≥'
	case '≦', '⩽':
		return '≤'
	case '﹥':
		return '>'
	case '﹤':
		return '<'
	case '﹦':
		return '='
	case '﹪':
		return '%'
	case '﹢':
		return '+'
	case '﹐':
		return ','
	case '﹒':
		return '.'
	case '﹕', '∶':
		return ':'
	case '﹙':
		return '('
	case '﹚':
		return ')'
	case '∕', '⁄':
		return '/'
	case '￥':
		return '¥'
	}
	return r
}

// compact takes the blanks out of a normalized text, save one between two
// characters that would run together into another number: "400 场" is "400场", but
// "1 234" and the list item "1. 5场" keep theirs. A line break there stays a line
// break.
func compact(s string) string {
	s = strings.Trim(s, " \n")
	if !strings.ContainsAny(s, " \n") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if !isBlank(s[i]) {
			b = append(b, s[i])
			continue
		}
		start := i
		for isBlank(s[i+1]) { // s is trimmed: something follows
			i++
		}
		if !sticks(b[len(b)-1]) || !sticks(s[i+1]) {
			continue
		}
		if strings.IndexByte(s[start:i+1], '\n') >= 0 {
			b = append(b, '\n')
		} else {
			b = append(b, ' ')
		}
	}
	return string(b)
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' }

// sticks reports whether c next to another such character could be read as one word
// or number with it.
func sticks(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '.' || c == ','
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// Blank reports whether a text means "nothing" or "not applicable": empty, blanks,
// or only the dashes and slashes that people draw in an unused cell (—, ――, -, /,
// ／, \). A word for it, such as 无, is not blank: somebody has answered.
func Blank(text string) bool {
	for _, r := range text {
		switch foldRune(r) {
		case ' ', '\n', '-', '—', '/', '\\', -1:
		default:
			return false
		}
	}
	return true
}

// plainUnits are the units an amount, a weight, a score or a rate may carry, with
// the power of ten that they stand for.
var plainUnits = []struct {
	written, unit string
	shift         int
}{
	{"", "", 0},
	{"%", "%", -2},
	{"‰", "%", -3},
	{"分", "分", 0},
	{"元", "元", 0},
	{"万元", "万元", 0},
	{"亿元", "亿元", 0},
}

// ParseNumber reads an amount, a weight, a score or a rate as people type it:
// "215,457.6", "９８．１１％", "1.2E+3", "-5", "1 234.5", "10.00 分", "¥1,234.50".
//
// unit is "", "%", "分", "元", "万元" or "亿元". A percentage is a fraction already
// (98.11% is 0.9811); an amount is not multiplied (90万元 is 90 with the unit
// 万元), because the form states its own 金额单位. ok is false for anything else.
func ParseNumber(text string) (value float64, unit string, ok bool) {
	s := compact(Normalize(text))
	s, yuan := strings.CutPrefix(s, "¥")
	d, rest, ok := scanDecimal(s)
	if !ok {
		return 0, "", false
	}
	for _, u := range plainUnits {
		if rest != u.written {
			continue
		}
		unit = u.unit
		if yuan {
			if unit != "" && unit != "元" {
				return 0, "", false
			}
			unit = "元"
		}
		value, ok = d.shift(u.shift).float()
		if !ok {
			return 0, "", false
		}
		return value, unit, true
	}
	return 0, "", false
}

// decimal is a number as it is typed, mant × 10^exp. Keeping the power of ten apart
// lets "98.11%" become the float64 nearest to 0.9811, not 98.11 divided by 100, and
// tells how precisely the number was given.
type decimal struct {
	neg  bool
	mant uint64
	exp  int
}

// maxMagnitude bounds what counts as a number, 10^±maxMagnitude. Nothing on a form
// comes near; with it no ratio overflows.
const maxMagnitude = 30

// fullMantissa is where a decimal stops taking digits: with 18 of them it has more
// than a float64 can hold.
const fullMantissa = 1e17

func (d decimal) shift(n int) decimal {
	d.exp += n
	return d
}

var powersOfTen = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
	1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// float returns the float64 nearest to d. ok is false when d is out of all
// proportion.
func (d decimal) float() (f float64, ok bool) {
	if d.mant == 0 {
		return 0, true
	}
	const exact = 1 << 53 // up to here a mantissa is a float64 without loss, and so is a power of ten up to 10^22
	switch {
	case d.mant < exact && 0 <= d.exp && d.exp < len(powersOfTen):
		f = float64(d.mant) * powersOfTen[d.exp]
	case d.mant < exact && d.exp < 0 && -d.exp < len(powersOfTen):
		f = float64(d.mant) / powersOfTen[-d.exp]
	default:
		var buf [32]byte
		b := strconv.AppendUint(buf[:0], d.mant, 10)
		b = strconv.AppendInt(append(b, 'e'), int64(d.exp), 10)
		f, _ = strconv.ParseFloat(string(b), 64) // an overflow gives ±Inf, refused below
	}
	if f > 1e30 || f < 1e-30 {
		return 0, false
	}
	if d.neg {
		f = -f
	}
	return f, true
}

// step returns one unit of the last significant digit: 100 for 4200, 0.01 for 95%.
// It is 0 for zero.
func (d decimal) step() float64 {
	if d.mant == 0 {
		return 0
	}
	for d.mant%10 == 0 {
		d.mant /= 10
		d.exp++
	}
	f, _ := decimal{mant: 1, exp: d.exp}.float()
	return f
}

// scanDecimal reads a number in Arabic digits from the start of a normalized,
// compact text: a sign, digits that may be grouped in threes by commas or blanks, a
// fraction, a power of ten.
func scanDecimal(s string) (d decimal, rest string, ok bool) {
	rest = s
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		d.neg = rest[0] == '-'
		rest = rest[1:]
	}
	whole := groupedDigits(rest)
	for i := range whole {
		if isDigit(rest[i]) {
			d.push(rest[i], false)
		}
	}
	rest = rest[whole:]
	ok = whole > 0
	if len(rest) > 1 && rest[0] == '.' && isDigit(rest[1]) {
		ok = true
		for rest = rest[1:]; rest != "" && isDigit(rest[0]); rest = rest[1:] {
			d.push(rest[0], true)
		}
	}
	if !ok {
		return decimal{}, s, false
	}
	power, rest := scanPower(rest)
	d.exp += power
	return d, rest, true
}

// push appends a digit to d.
func (d *decimal) push(digit byte, fraction bool) {
	if d.mant >= fullMantissa {
		if !fraction {
			d.exp++
		}
		return
	}
	d.mant = d.mant*10 + uint64(digit-'0')
	if fraction {
		d.exp--
	}
}

// groupedDigits returns the length of the whole part that opens s: 7 for
// "215,457.6". A separator counts only when every group after it has exactly three
// digits and all separators are the same.
func groupedDigits(s string) int {
	n := digitRun(s)
	if n == 0 || n > 3 || s[0] == '0' || n == len(s) {
		return n
	}
	sep := s[n]
	if sep != ',' && sep != ' ' {
		return n
	}
	for n < len(s) && s[n] == sep && digitRun(s[n+1:min(n+5, len(s))]) == 3 {
		n += 4
	}
	return n
}

// digitRun counts the ASCII digits that open s.
func digitRun(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// scanPower reads a power of ten as a spreadsheet writes it, E+3.
func scanPower(s string) (power int, rest string) {
	if len(s) < 2 || s[0] != 'e' && s[0] != 'E' {
		return 0, s
	}
	t, sign := s[1:], 1
	switch t[0] {
	case '+':
		t = t[1:]
	case '-':
		t, sign = t[1:], -1
	}
	n := digitRun(t)
	if n == 0 || n > 3 {
		return 0, s
	}
	power, _ = strconv.Atoi(t[:n])
	return sign * power, t[n:]
}

// numeral is a number in Arabic digits or in Chinese numerals.
type numeral struct {
	decimal
	spoken  bool // in Chinese numerals
	percent bool // 百分之: the unit is said, and the exponent has it
	scale   int  // the power of ten of a 万 or 亿 that ends it; the mantissa has it
}

// fractionWords open a fraction in words, with the power of ten that they divide
// by.
var fractionWords = []struct {
	word  string
	shift int
}{{"百分之", -2}, {"千分之", -3}, {"万分之", -4}}

// scanNumeral reads a number from the start of s.
func scanNumeral(s string) (n numeral, rest string, ok bool) {
	if s == "" {
		return n, s, false
	}
	if s[0] < utf8.RuneSelf {
		if s[0] == '0' && len(s) > 1 && isDigit(s[1]) {
			return n, s, false // 007 is a code
		}
		n.decimal, rest, ok = scanDecimal(s)
		return n, rest, ok
	}
	if rest, is := strings.CutPrefix(s, "百分百"); is {
		return numeral{decimal: decimal{mant: 1}, percent: true}, rest, true
	}
	for _, w := range fractionWords {
		if after, is := strings.CutPrefix(s, w.word); is {
			if rest, is := strings.CutPrefix(after, "百"); is {
				return numeral{decimal: decimal{mant: 1, exp: 2 + w.shift}, percent: true}, rest, true
			}
			if n, rest, ok = scanNumeral(after); n.percent {
				return n, rest, false
			}
			n.exp += w.shift
			n.percent = true
			return n, rest, ok
		}
	}
	n.decimal, rest, ok = scanChinese(s)
	n.spoken = true
	switch said := s[:len(s)-len(rest)]; {
	case strings.HasSuffix(said, "亿"):
		n.scale = 8
	case strings.HasSuffix(said, "万"):
		n.scale = 4
	}
	return n, rest, ok
}

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
		if section += n.total; n.yi || section == 0 {
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
