package issued

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

var errRecord = errors.New("记录损坏")

// read takes what a record says. A run reads thousands of them: this takes a
// third of the time that maps and reflection take. Like the functions below it
// wants valid JSON.
func (r *issue) read(b []byte) error {
	return members(b, func(key string, v []byte) (err error) {
		switch key {
		case "layout":
			r.layout, err = textOf(v)
		case "sheet":
			r.sheet, err = textOf(v)
		case "form":
			r.form, err = textOf(v)
		case "blank":
			r.blank = string(v) == "true"
		case "checked":
			r.checked = string(v) == "true"
		case "files":
			err = json.Unmarshal(v, &r.files)
		case "version":
			r.version, err = numberOf(v)
		case "issued":
			err = members(v, func(key string, v []byte) (err error) {
				switch key {
				case "项目名称":
					r.project, err = textOf(v)
				case "年度":
					r.year, err = numberOf(v)
				case "项目资金":
					err = elements(v, r.fund)
				}
				return err
			})
		case "locked":
			err = members(v, func(ref string, v []byte) (err error) {
				c := issuedCell{kind: issuedText}
				if v[0] == '"' {
					c.text, err = textOf(v)
				} else {
					c.kind = issuedNumber
					c.number, err = numberOf(v)
				}
				return errors.Join(err, r.add(ref, c))
			})
		case "formulas":
			err = members(v, func(ref string, v []byte) error {
				formula, err := textOf(v)
				if formula == "" {
					err = errRecord
				}
				return errors.Join(err, r.add(ref, issuedCell{kind: issuedFormula, text: formula}))
			})
		case "inputs":
			err = elements(v, func(v []byte) error {
				ref, err := textOf(v)
				return errors.Join(err, r.add(ref, issuedCell{}))
			})
		}
		return err
	})
}

// fund takes the amounts of the whole money out of a row of 项目资金.
func (r *issue) fund(b []byte) error {
	source, totals := "", map[string]float64{}
	err := members(b, func(key string, v []byte) (err error) {
		switch {
		case key == "资金来源":
			source, err = textOf(v)
		case slices.Contains(totalLabels, key):
			totals[key], err = numberOf(v)
		}
		return err
	})
	if source == sheet.WholeFund {
		r.totals = totals
	}
	return err
}

const jsonSpace = " \t\r\n"

// members calls f for each member of an object.
func members(b []byte, f func(key string, value []byte) error) error {
	switch {
	case string(b) == "null":
		return nil
	case b[0] != '{':
		return errRecord
	}
	for b = bytes.TrimLeft(b[1:], jsonSpace); b[0] != '}'; b = bytes.TrimLeft(b, jsonSpace+",") {
		key, rest := cutString(b)
		rest = bytes.TrimLeft(rest, jsonSpace+":")
		n := valueLength(rest)
		if err := f(key, rest[:n]); err != nil {
			return err
		}
		b = rest[n:]
	}
	return nil
}

// elements calls f for each element of a list.
func elements(b []byte, f func(value []byte) error) error {
	switch {
	case string(b) == "null":
		return nil
	case b[0] != '[':
		return errRecord
	}
	for b = bytes.TrimLeft(b[1:], jsonSpace); b[0] != ']'; b = bytes.TrimLeft(b, jsonSpace+",") {
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
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			if depth == 0 {
				if n := bytes.IndexAny(b[i:], jsonSpace+",}]"); n >= 0 {
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

func textOf(b []byte) (string, error) {
	if b[0] != '"' {
		return "", errRecord
	}
	s, _ := cutString(b)
	return s, nil
}

func numberOf(b []byte) (float64, error) {
	if b[0] != '-' && !quantity.IsDigit(b[0]) {
		return 0, errRecord
	}
	return strconv.ParseFloat(string(b), 64)
}

// cutString cuts off the string at the beginning of a valid JSON text.
func cutString(b []byte) (s string, rest []byte) {
	end := 1
	escaped := false
	for ; b[end] != '"'; end++ {
		if b[end] == '\\' {
			escaped = true
			end++
		}
	}
	if !escaped {
		return string(b[1:end]), b[end+1:]
	}
	return unescape(b[1:end]), b[end+1:]
}

// unescape returns what a string of JSON says.
func unescape(b []byte) string {
	text := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' {
			text = append(text, b[i])
			continue
		}
		i++
		switch b[i] {
		case 'u':
			r := hexRune(b[i+1:])
			i += 4
			if utf16.IsSurrogate(r) && i+6 < len(b) && b[i+1] == '\\' && b[i+2] == 'u' {
				if pair := utf16.DecodeRune(r, hexRune(b[i+3:])); pair != utf8.RuneError {
					r, i = pair, i+6
				}
			}
			text = utf8.AppendRune(text, r)
		case 'b':
			text = append(text, '\b')
		case 'f':
			text = append(text, '\f')
		case 'n':
			text = append(text, '\n')
		case 'r':
			text = append(text, '\r')
		case 't':
			text = append(text, '\t')
		default:
			text = append(text, b[i])
		}
	}
	return string(text)
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
