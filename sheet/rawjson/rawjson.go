// Package rawjson takes valid JSON apart, value by value: a run reads thousands of records
// and forms, and this takes a third of the time that maps and reflection take. What is
// not valid it must not be given: see Valid, or a method UnmarshalJSON.
package rawjson

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// expected is the error of another value than is asked for.
func expected(what string, b []byte) error {
	return fmt.Errorf("应为%s，这里是 %.20s", what, b)
}

// Texts keeps the texts that are read side by side, where they stay or go together. The
// functions of the package keep each of them by itself.
type Texts struct{ all strings.Builder }

// Expect makes room for the texts of a value of so many bytes.
func (t *Texts) Expect(n int) { t.all.Grow(n) }

// Members calls f for each member of an object.
func Members(b []byte, f func(key string, value []byte) error) error {
	var t *Texts
	return t.Members(b, f)
}

// Members calls f for each member of an object.
func (t *Texts) Members(b []byte, f func(key string, value []byte) error) error {
	switch {
	case string(b) == "null":
		return nil
	case b[0] != '{':
		return expected(kindNames['{'], b)
	}
	for b = skip(b[1:]); b[0] != '}'; b = skip(b) {
		key, rest := t.cutString(b)
		rest = skip(rest)
		n := valueLength(rest)
		if err := f(key, rest[:n]); err != nil {
			return err
		}
		b = rest[n:]
	}
	return nil
}

// Elements calls f for each element of a list.
func Elements(b []byte, f func(value []byte) error) error {
	switch {
	case string(b) == "null":
		return nil
	case b[0] != '[':
		return expected(kindNames['['], b)
	}
	for b = skip(b[1:]); b[0] != ']'; b = skip(b) {
		n := valueLength(b)
		if err := f(b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// valueLength returns how long the first value is.
func valueLength(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i += stringEnd(b[i:])
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			if depth == 0 {
				return i + wordLength(b[i:])
			}
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(b)
}

// wordLength returns how long a number, true, false or null is.
func wordLength(b []byte) int {
	for i, c := range b {
		switch c {
		case ' ', '\t', '\r', '\n', ',', '}', ']':
			return i
		}
	}
	return len(b)
}

// Text returns the text that a value is. What of it is no UTF-8 reads as U+FFFD, as
// encoding/json has it, in names too.
func Text(b []byte) (string, error) {
	var t *Texts
	return t.Text(b)
}

// Text is the function Text.
func (t *Texts) Text(b []byte) (string, error) {
	if b[0] != '"' {
		return "", expected(kindNames['"'], b)
	}
	return t.unquoted(b[1 : len(b)-1]), nil
}

// Number returns the number that a value is.
func Number(b []byte) (float64, error) {
	if b[0] != '-' && (b[0] < '0' || b[0] > '9') {
		return 0, expected(kindNames['0'], b)
	}
	return strconv.ParseFloat(string(b), 64)
}

// cutString cuts off the string at the beginning of a valid JSON text.
func (t *Texts) cutString(b []byte) (s string, rest []byte) {
	end := stringEnd(b)
	return t.unquoted(b[1:end]), b[end+1:]
}

// unquoted returns what a string says that has this between its quotes.
func (t *Texts) unquoted(text []byte) string {
	escaped := bytes.IndexByte(text, '\\') >= 0
	switch {
	case t == nil && escaped:
		t = new(Texts)
		t.all.Grow(len(text))
	case t == nil:
		return valid(string(text))
	}
	start := t.all.Len()
	if escaped {
		t.unescape(text)
	} else {
		t.all.Write(text)
	}
	return valid(t.all.String()[start:])
}

// valid returns a text with U+FFFD for each byte that is no UTF-8.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// stringEnd returns where the string at the beginning of a valid JSON text ends.
func stringEnd(b []byte) (end int) {
	for {
		end += 1 + bytes.IndexByte(b[end+1:], '"')
		slashes := 0
		for b[end-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end
		}
	}
}

// skip cuts off white space, and commas or colons.
func skip(b []byte) []byte {
	for i, c := range b {
		switch c {
		case ' ', '\t', '\r', '\n', ',', ':':
			continue
		default:
			return b[i:]
		}
	}
	return nil
}

// unescape writes what a string of JSON says.
func (t *Texts) unescape(b []byte) {
	var some [64]byte // for what is escaped mostly stands side by side
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 {
			t.all.Write(b)
			return
		}
		t.all.Write(b[:i])
		b = b[i:]
		text := some[:0]
		for len(b) > 0 && b[0] == '\\' && len(text)+utf8.UTFMax <= len(some) {
			var r rune
			r, b = cutEscape(b[1:])
			text = utf8.AppendRune(text, r)
		}
		t.all.Write(text)
	}
}

// cutEscape reads what stands behind a backslash.
func cutEscape(b []byte) (r rune, rest []byte) {
	c, rest := b[0], b[1:]
	switch c {
	case 'u':
		r, rest = hexRune(rest), rest[4:]
		if utf16.IsSurrogate(r) && len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
			if pair := utf16.DecodeRune(r, hexRune(rest[2:])); pair != utf8.RuneError {
				return pair, rest[6:]
			}
		}
		return r, rest
	case 'b':
		return '\b', rest
	case 'f':
		return '\f', rest
	case 'n':
		return '\n', rest
	case 'r':
		return '\r', rest
	case 't':
		return '\t', rest
	}
	return rune(c), rest
}

// hexRune reads four hexadecimal digits.
func hexRune(b []byte) rune {
	return rune(hexDigits[b[0]])<<12 | rune(hexDigits[b[1]])<<8 | rune(hexDigits[b[2]])<<4 | rune(hexDigits[b[3]])
}

// hexDigits are the values of hexadecimal digits.
var hexDigits = func() (values [256]byte) {
	for i, c := range "0123456789abcdef" {
		values[c] = byte(i)
	}
	for i, c := range "ABCDEF" {
		values[c] = byte(10 + i)
	}
	return values
}()
