package calc

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"ziping/sheet/xlsx"
)

// tokenKind is what a piece of a formula is.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenWrong
	tokenNumber
	tokenText     // "…"
	tokenError    // #N/A
	tokenSheet    // 'a sheet'!
	tokenArea     // A1, $A$1:B2, A:A, 1:3
	tokenName     // TRUE, or a name
	tokenFunction // SUM(
	tokenSign     // an operator, a bracket, a comma
)

// token is a piece of a formula. Its text is as written; that of a tokenText, a
// tokenSheet and a tokenFunction is what it says.
type token struct {
	kind       tokenKind
	text       string
	start, end int
	area       area // of a tokenArea
}

// area is a reference as it is written.
type area struct {
	xlsx.Range
	fixed [4]bool // the $ of Range's fields
	kind  areaKind
}

type areaKind uint8

const (
	areaCell areaKind = iota
	areaCells
	areaColumns // A:B
	areaRows    // 1:3
)

// The size of a sheet.
const (
	lastRow = 1_048_576
	lastCol = 16_384
)

// scanner cuts a formula into tokens.
type scanner struct {
	formula string
	at      int
}

// blanks between tokens. Excel keeps the line breaks that people put there.
const blanks = " \t\r\n"

// errorValues are the error values that a formula can hold.
var errorValues = []string{"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}

func (s *scanner) next() token {
	for s.at < len(s.formula) && strings.IndexByte(blanks, s.formula[s.at]) >= 0 {
		s.at++
	}
	t := token{start: s.at}
	t.kind, t.text, s.at = s.read(&t)
	t.end = s.at
	return t
}

// read reads the token at s.at, and returns where it ends.
func (s *scanner) read(t *token) (kind tokenKind, text string, end int) {
	rest := s.formula[s.at:]
	if rest == "" {
		return tokenEnd, "", s.at
	}
	switch c := rest[0]; {
	case c == '"':
		text, n := quoted(rest)
		if n == 0 {
			return tokenWrong, rest, len(s.formula)
		}
		return tokenText, text, s.at + n
	case c == '\'':
		name, n := quoted(rest)
		if n == 0 || !strings.HasPrefix(rest[n:], "!") {
			return tokenWrong, rest, len(s.formula)
		}
		return tokenSheet, name, s.at + n + 1
	case c == '#':
		for _, v := range errorValues {
			if strings.HasPrefix(rest, v) {
				return tokenError, v, s.at + len(v)
			}
		}
		return tokenWrong, rest, len(s.formula)
	case strings.HasPrefix(rest, "<=") || strings.HasPrefix(rest, ">=") || strings.HasPrefix(rest, "<>"):
		return tokenSign, rest[:2], s.at + 2
	case strings.IndexByte("+-*/^&=<>(),;:{}%", c) >= 0:
		return tokenSign, rest[:1], s.at + 1
	}
	if n := areaLength(rest, &t.area); n > 0 {
		return tokenArea, rest[:n], s.at + n
	}
	if n := numberLength(rest); n > 0 && !startsWord(rest[n:]) {
		return tokenNumber, rest[:n], s.at + n
	}
	n := wordLength(rest)
	if n == 0 {
		return tokenWrong, rest, len(s.formula)
	}
	switch {
	case strings.HasPrefix(rest[n:], "!"):
		return tokenSheet, rest[:n], s.at + n + 1
	case strings.HasPrefix(rest[n:], "("):
		return tokenFunction, functionName(rest[:n]), s.at + n + 1
	}
	return tokenName, rest[:n], s.at + n
}

// functionName takes off the marks of newer functions.
func functionName(s string) string {
	s = strings.ToUpper(s)
	s = strings.TrimPrefix(s, "_XLFN.")
	return strings.TrimPrefix(s, "_XLWS.")
}

// quoted reads what stands between the quotes that open s, where two are one; n is
// 0 where they do not close.
func quoted(s string) (text string, n int) {
	quote := s[:1]
	for n = 1; ; {
		i := strings.Index(s[n:], quote)
		if i < 0 {
			return "", 0
		}
		n += i + 1
		if !strings.HasPrefix(s[n:], quote) {
			return strings.ReplaceAll(s[1:n-1], quote+quote, quote), n
		}
		n++
	}
}

// wordLength returns how long the name that opens s is.
func wordLength(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !inWord(r) || r == utf8.RuneError {
			break
		}
		n += size
	}
	return n
}

func startsWord(s string) bool { return wordLength(s) > 0 }

func inWord(r rune) bool {
	switch {
	case '0' <= r && r <= '9', 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', r >= utf8.RuneSelf:
		return true
	}
	return r == '_' || r == '.' || r == '$' || r == '\\' || r == '?'
}

// numberLength returns how long the number that opens s is: 1, .5, 1.5E+3.
func numberLength(s string) int {
	n := digits(s)
	whole := n
	if strings.HasPrefix(s[n:], ".") {
		n++
		n += digits(s[n:])
	}
	if n == 0 || whole == 0 && n == 1 {
		return 0
	}
	if e := s[n:]; e != "" && (e[0] == 'E' || e[0] == 'e') {
		m := 1
		if m < len(e) && (e[m] == '+' || e[m] == '-') {
			m++
		}
		if d := digits(e[m:]); d > 0 {
			n += m + d
		}
	}
	return n
}

// digits counts the digits that open s.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// areaLength returns how long the reference that opens s is.
func areaLength(s string, a *area) int {
	first, n := cornerOf(s)
	if n == 0 {
		return 0
	}
	last, whole := first, n
	a.kind = areaCell
	if strings.HasPrefix(s[n:], ":") {
		if c, m := cornerOf(s[n+1:]); m > 0 && (c.row > 0) == (first.row > 0) && (c.col > 0) == (first.col > 0) {
			last, whole, a.kind = c, n+1+m, areaCells
		}
	}
	switch {
	case a.kind == areaCell && (first.row == 0 || first.col == 0):
		return 0 // a number or a name
	case first.row == 0:
		a.kind, first.row, last.row = areaColumns, 1, lastRow
	case first.col == 0:
		a.kind, first.col, last.col = areaRows, 1, lastCol
	}
	if rest := s[whole:]; startsWord(rest) || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "!") {
		return 0
	}
	a.Range = xlsx.Range{FirstRow: first.row, FirstCol: first.col, LastRow: last.row, LastCol: last.col}
	a.fixed = [4]bool{first.fixedRow, first.fixedCol, last.fixedRow, last.fixedCol}
	if a.FirstRow > a.LastRow {
		a.FirstRow, a.LastRow = a.LastRow, a.FirstRow
		a.fixed[0], a.fixed[2] = a.fixed[2], a.fixed[0]
	}
	if a.FirstCol > a.LastCol {
		a.FirstCol, a.LastCol = a.LastCol, a.FirstCol
		a.fixed[1], a.fixed[3] = a.fixed[3], a.fixed[1]
	}
	return whole
}

// corner is an end of a reference; in A:A it has no row, in 1:3 no column.
type corner struct {
	row, col           int
	fixedRow, fixedCol bool
}

func cornerOf(s string) (c corner, n int) {
	fixed := strings.HasPrefix(s, "$")
	if fixed {
		n++
	}
	letters := n
	for n < len(s) && n < letters+4 {
		l := s[n] &^ 0x20
		if l < 'A' || l > 'Z' {
			break
		}
		c.col = c.col*26 + int(l-'A') + 1
		n++
	}
	if c.col > 0 {
		c.fixedCol, fixed = fixed, strings.HasPrefix(s[n:], "$")
		if fixed {
			n++
		}
	}
	d := digits(s[n:])
	if d > 7 || c.col > lastCol || c.col == 0 && d == 0 || c.col > 0 && d == 0 && fixed {
		return corner{}, 0
	}
	if d > 0 {
		c.row, _ = strconv.Atoi(s[n : n+d])
		c.fixedRow = fixed
		if c.row < 1 || c.row > lastRow {
			return corner{}, 0
		}
	}
	return c, n + d
}
