package calc

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ziping/sheet/quantity"
)

var (
	errDiv   = Value{Kind: Error, Text: "#DIV/0!"}
	errValue = Value{Kind: Error, Text: "#VALUE!"}
	errRef   = Value{Kind: Error, Text: "#REF!"}
	errNum   = Value{Kind: Error, Text: "#NUM!"}
	errNA    = Value{Kind: Error, Text: "#N/A"}
)

// number is the value of a number; what no number can hold is #NUM!.
func number(v float64) Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return errNum
	}
	if v == 0 {
		v = 0 // not -0
	}
	return Value{Kind: Number, Number: v}
}

func count(n int) Value { return Value{Kind: Number, Number: float64(n)} }

func boolean(b bool) Value {
	v := Value{Kind: Bool}
	if b {
		v.Number = 1
	}
	return v
}

func text(s string) Value { return Value{Kind: Text, Text: s} }

// long is the value of a text that may be too long for a cell.
func (c *Calculator) long(s string) Value {
	if tooLong(s) {
		return errValue
	}
	c.take(len(s) / 4)
	return text(s)
}

func tooLong(s string) bool { return len(s) > longestText && length(s) > longestText }

// length counts as Excel does: what is beyond 16 bits is two characters.
func length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > math.MaxUint16 && !isHalf(r) {
			n++
		}
	}
	return n
}

// toNumber returns a value as a number, or the error value that it is instead.
func (c *Calculator) toNumber(v Value) Value {
	switch v.Kind {
	case Blank, Bool:
		return number(v.Number)
	case Text:
		n, ok := c.readNumber(v.Text)
		if !ok {
			return errValue
		}
		return number(n)
	}
	return v
}

// toText returns a value as a text, or the error value that it is.
func (c *Calculator) toText(v Value) Value {
	switch v.Kind {
	case Number:
		return text(c.general(v.Number))
	case Bool:
		return text(boolText(v))
	case Blank:
		return text("")
	}
	return v
}

func boolText(v Value) string {
	if v.Number != 0 {
		return "TRUE"
	}
	return "FALSE"
}

// toBool returns a value as a truth value, or the error value that it is instead.
func (c *Calculator) toBool(v Value) Value {
	switch v.Kind {
	case Blank, Number:
		return boolean(v.Number != 0)
	case Text:
		switch strings.ToUpper(v.Text) {
		case "TRUE":
			return boolean(true)
		case "FALSE":
			return boolean(false)
		}
		if _, ok := c.readNumber(v.Text); ok {
			c.fail("文字“%s”作为条件各软件不同，这里不计算", clip(v.Text))
		}
		return errValue
	}
	return v
}

// general writes a number as it reads when it becomes part of a text. Programs
// write the very large and the very small in other ways.
func (c *Calculator) general(v float64) string {
	if size := math.Abs(v); size != 0 && size < 1e-4 || size >= 1e15 {
		c.fail("数 %g 写成文字时各软件不同，这里不计算", v)
	}
	return quantity.FormatNumber(v)
}

// readNumber reads a text that stands where a number should. A text that programs
// may take for a date, a time, an amount of money or a fraction is not calculated.
func (c *Calculator) readNumber(s string) (v float64, ok bool) {
	switch v, kind := numberIn(s); kind {
	case aNumber:
		return v, true
	case perhapsNumber:
		c.fail("文字“%s”是否为数各软件不同，这里不计算", clip(s))
	}
	return 0, false
}

// clip cuts a text for a message.
func clip(s string) string {
	const most = 30
	for i := range s {
		if utf8.RuneCountInString(s[:i]) == most {
			return s[:i] + "…"
		}
	}
	return s
}

type numberKind uint8

const (
	noNumber numberKind = iota
	aNumber
	perhapsNumber
)

// longestNumber is more than any number takes that somebody types.
const longestNumber = 64

// numberIn reads 12, -1.5, 1,234.50, 95% and 1E+3.
func numberIn(s string) (float64, numberKind) {
	digit := strings.IndexFunc(s, isDigit)
	if digit < 0 {
		return 0, noNumber
	}
	t := strings.Trim(s, " ")
	if len(t) > longestNumber {
		return 0, perhaps(s)
	}
	t, percent := strings.CutSuffix(t, "%")
	plain := t
	if plain != "" && (plain[0] == '-' || plain[0] == '+') {
		plain = plain[1:]
	}
	whole, _, _ := strings.Cut(plain, ".")
	if strings.Contains(whole, ",") {
		groups := strings.Split(whole, ",")
		for i, g := range groups {
			if n := len(g); n > 3 || n == 0 || i > 0 && n != 3 {
				return 0, perhaps(s)
			}
		}
		plain = strings.Join(groups, "") + plain[len(whole):]
	}
	if !plainNumber.MatchString(plain) {
		return 0, perhaps(s)
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil {
		return 0, perhapsNumber
	}
	if t[0] == '-' {
		v = -v
	}
	if percent {
		v /= 100
	}
	return v, aNumber
}

var plainNumber = regexp.MustCompile(`^([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?$`)

func isDigit(r rune) bool { return unicode.IsDigit(r) }

// inDates are the characters of which dates, times, amounts and fractions are made.
const inDates = " \t\u00a0\u3000,.%+-/:()$¥￥€£年月日时分秒上下午AaPpMmEe，．％＋－／：（）"

// perhaps reports whether some program may find a number in a text with digits
// that is none at first sight.
func perhaps(s string) numberKind {
	for _, r := range s {
		if isDigit(r) || strings.ContainsRune(inDates, r) {
			continue
		}
		if ('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z') && hasMonth(s) {
			continue
		}
		return noNumber
	}
	return perhapsNumber
}

func hasMonth(s string) bool {
	s = strings.ToLower(s)
	for month := range strings.FieldsSeq("jan feb mar apr may jun jul aug sep oct nov dec") {
		if strings.Contains(s, month) {
			return true
		}
	}
	return false
}

// fold puts the letters of a text in one case.
func fold(s string) string { return strings.ToLower(strings.ToUpper(s)) }
