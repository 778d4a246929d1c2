// Package rawjson takes valid JSON apart, value by value: a run reads thousands of records
// and forms, and this takes a third of the time that maps and reflection take. What is
// not valid it must not be given: see Valid, or a method UnmarshalJSON.
package rawjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var errOther = errors.New("不是应有的 JSON 值")

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
		return errOther
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
		return errOther
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
			end, _ := stringEnd(b[i:])
			i += end
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			if depth == 0 {
				if n := bytes.IndexAny(b[i:], " \t\r\n,}]"); n >= 0 {
					return i + n
				}
				return len(b)
			}
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(b)
}

// Text returns the text that a value is. What of it is no UTF-8 reads as U+FFFD, as
// encoding/json has it.
func Text(b []byte) (string, error) {
	var t *Texts
	return t.Text(b)
}

// Text is the function Text.
func (t *Texts) Text(b []byte) (string, error) {
	if b[0] != '"' {
		return "", errOther
	}
	if !utf8.Valid(b) {
		var s string
		err := json.Unmarshal(b, &s)
		return s, err
	}
	s, _ := t.cutString(b)
	return s, nil
}

// Number returns the number that a value is.
func Number(b []byte) (float64, error) {
	if b[0] != '-' && (b[0] < '0' || b[0] > '9') {
		return 0, errOther
	}
	return strconv.ParseFloat(string(b), 64)
}

// cutString cuts off the string at the beginning of a valid JSON text.
func (t *Texts) cutString(b []byte) (s string, rest []byte) {
	end, escaped := stringEnd(b)
	text, rest := b[1:end], b[end+1:]
	switch {
	case t == nil && escaped:
		t = new(Texts)
		t.all.Grow(len(text))
	case t == nil:
		return string(text), rest
	}
	start := t.all.Len()
	if escaped {
		t.unescape(text)
	} else {
		t.all.Write(text)
	}
	return t.all.String()[start:], rest
}

// stringEnd returns where the string at the beginning of a valid JSON text ends, and
// whether anything in it is escaped.
func stringEnd(b []byte) (end int, escaped bool) {
	for {
		end += 1 + bytes.IndexByte(b[end+1:], '"')
		slashes := 0
		for b[end-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end, bytes.IndexByte(b[1:end], '\\') >= 0
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
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 {
			t.all.Write(b)
			return
		}
		t.all.Write(b[:i])
		c := b[i+1]
		b = b[i+2:]
		switch c {
		case 'u':
			r := hexRune(b)
			b = b[4:]
			if utf16.IsSurrogate(r) && len(b) >= 6 && b[0] == '\\' && b[1] == 'u' {
				if pair := utf16.DecodeRune(r, hexRune(b[2:])); pair != utf8.RuneError {
					r, b = pair, b[6:]
				}
			}
			t.all.WriteRune(r)
		case 'b':
			t.all.WriteByte('\b')
		case 'f':
			t.all.WriteByte('\f')
		case 'n':
			t.all.WriteByte('\n')
		case 'r':
			t.all.WriteByte('\r')
		case 't':
			t.all.WriteByte('\t')
		default:
			t.all.WriteByte(c)
		}
	}
}

// hexRune reads four hexadecimal digits.
func hexRune(b []byte) rune {
	var r rune
	for _, c := range b[:4] {
		switch {
		case c <= '9':
			r = r<<4 + rune(c-'0')
		default:
			r = r<<4 + rune(c&^0x20-'A') + 10
		}
	}
	return r
}
