package calc

import (
	"math"
	"strings"
	"unicode"
)

func textFunctions() map[string]*function {
	of := func(f func(e *evaluation, s string) Value) *function {
		return &function{params: "t", min: 1, value: func(e *evaluation, a []operand) Value { return f(e, a[0].value.Text) }}
	}
	convert := func(f func(s string) string) *function {
		return of(func(e *evaluation, s string) Value { return e.long(f(s)) })
	}
	return map[string]*function{
		"LEN":     of(func(_ *evaluation, s string) Value { return count(length(s)) }),
		"TRIM":    convert(trim),
		"CLEAN":   convert(clean),
		"UPPER":   convert(strings.ToUpper),
		"LOWER":   convert(strings.ToLower),
		"PROPER":  convert(proper),
		"CODE":    of(code),
		"UNICODE": of(codePoint),
		"ASC":     of(func(e *evaluation, s string) Value { return e.width(s, narrow) }),
		"DBCS":    of(func(e *evaluation, s string) Value { return e.width(s, wide) }),
		"EXACT": {params: "tt", min: 2, value: func(_ *evaluation, a []operand) Value {
			return boolean(a[0].value.Text == a[1].value.Text)
		}},
		"REPT": {params: "tn", min: 2, value: func(e *evaluation, a []operand) Value {
			s, n := a[0].value.Text, a[1].value.Number
			switch {
			case n < 0 || n >= 1+longestText:
				return errValue
			case length(s)*int(n) > longestText:
				return errValue
			}
			return e.long(strings.Repeat(s, int(n)))
		}},
		"CONCATENATE": {params: "t", min: 1, repeat: 1, value: func(e *evaluation, a []operand) Value {
			var b strings.Builder
			for _, part := range a {
				b.WriteString(part.value.Text)
			}
			return e.long(b.String())
		}},
		"VALUE": {params: "v", min: 1, value: func(e *evaluation, a []operand) Value {
			if a[0].value.Kind == Bool {
				return errValue
			}
			return e.toNumber(a[0].value)
		}},
		"TEXT": {params: "vt", min: 2, value: func(e *evaluation, a []operand) Value { return e.format(a[0].value, a[1].value.Text) }},
		"CHAR": {params: "n", min: 1, value: func(e *evaluation, a []operand) Value {
			n := a[0].value.Number
			if n < 1 || n >= 256 {
				return errValue
			}
			if n >= 128 {
				e.fail("CHAR(%g) 各系统不同，这里不计算", n)
			}
			return text(string(rune(n)))
		}},
		"UNICHAR": {params: "n", min: 1, value: func(_ *evaluation, a []operand) Value {
			n := a[0].value.Number
			switch {
			case n < 1 || n >= unicode.MaxRune+1:
				return errValue
			case 0xD800 <= n && n < 0xE000:
				return errNA
			}
			return text(string(rune(n)))
		}},
	}
}

// trim leaves one blank between words, and none before and behind.
func trim(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// clean takes out what can't be printed.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, s)
}

// proper makes the first letter of each word a capital.
func proper(s string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		was := inside
		inside = unicode.IsLetter(r)
		if was {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// code is the number of the first character. Beyond ASCII it is another one on each
// system.
func code(e *evaluation, s string) Value {
	v := codePoint(e, s)
	if v.Kind == Number && v.Number >= 128 {
		e.fail("CODE(\"%s\") 各系统不同，这里不计算", clip(s))
	}
	return v
}

func codePoint(_ *evaluation, s string) Value {
	for _, r := range s {
		return count(int(r))
	}
	return errValue
}

// width makes the characters of a text narrow or wide. Only digits, letters and
// signs of ASCII are known.
func (e *evaluation) width(s string, f func(rune) rune) Value {
	for _, r := range s {
		if 0x3001 <= r && r <= 0x30FF || 0xFF5F <= r && r <= 0xFFEF || r > math.MaxUint16 {
			e.fail("“%s”的全角和半角这里不转换", clip(s))
		}
	}
	return e.long(strings.Map(f, s))
}

func narrow(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case r == '　':
		return ' '
	}
	return r
}

func wide(r rune) rune {
	switch {
	case '!' <= r && r <= '~':
		return r - '!' + '！'
	case r == ' ':
		return '　'
	}
	return r
}
