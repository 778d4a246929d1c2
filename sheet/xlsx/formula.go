package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// TokenKind is what a piece of a formula is.
type TokenKind uint8

// TokenWrong is all that is left of a formula from where it can't be cut on.
const (
	TokenEnd TokenKind = iota
	TokenWrong
	TokenNumber
	TokenText     // "…"
	TokenError    // #N/A
	TokenSheet    // 'a sheet'!
	TokenArea     // A1, $A$1:B2, A:A, 1:3
	TokenName     // TRUE, or a name
	TokenFunction // SUM(
	TokenSign     // an operator, a bracket, a comma
)

// Token is a piece of a formula. Its text is as written; that of a TokenText, a
// TokenSheet and a TokenFunction is what it says.
type Token struct {
	Kind       TokenKind
	Text       string
	Start, End int  // where it stands in the formula
	Area       Area // of a TokenArea
}

// Area is a reference as it is written.
type Area struct {
	Range
	fixed [4]bool // the $ of Range's fields
	kind  areaKind
}

// IsCell reports whether the reference is to one cell, and not A1:A1.
func (a Area) IsCell() bool { return a.kind == areaCell }

// HasRows reports whether rows are named; they are not in A:A.
func (a Area) HasRows() bool { return a.kind != areaColumns }

// WithRows returns the reference with other rows.
func (a Area) WithRows(first, last int) Area {
	a.FirstRow, a.LastRow = first, last
	return a
}

// Below returns the cells that the reference names in a cell so many rows below: those
// without $ are as many rows below.
func (a Area) Below(rows int) Range {
	r := a.Range
	if !a.fixed[0] {
		r.FirstRow += rows
	}
	if !a.fixed[2] {
		r.LastRow += rows
	}
	return r
}

// plain returns the reference without $.
func (a Area) plain() Area {
	a.fixed = [4]bool{}
	return a
}

type areaKind uint8

const (
	areaCell areaKind = iota
	areaCells
	areaColumns // A:B
	areaRows    // 1:3
)

// FormulaScanner cuts a formula into tokens. efp, the tokenizer of excelize, takes
// INF and 0x10 for numbers and 12E+3 for a sum, knows no line breaks, and forgets
// quotes: 'A1' is a cell to it.
type FormulaScanner struct {
	formula string
	at      int
}

// formulaBlanks stand between tokens. Excel keeps the line breaks that people put there.
const formulaBlanks = " \t\r\n"

// ErrorValues are the error values that a formula can hold.
var ErrorValues = []string{"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}

// ScanFormula returns a scanner of a formula, with or without its =.
func ScanFormula(formula string) *FormulaScanner {
	s := &FormulaScanner{formula: formula}
	if rest := strings.TrimLeft(formula, formulaBlanks); strings.HasPrefix(rest, "=") {
		s.at = len(formula) - len(rest) + 1
	}
	return s
}

// Next returns the next token, in the end a TokenEnd.
func (s *FormulaScanner) Next() Token {
	for s.at < len(s.formula) && strings.IndexByte(formulaBlanks, s.formula[s.at]) >= 0 {
		s.at++
	}
	t := Token{Start: s.at}
	t.Kind, t.Text, s.at = s.read(&t)
	t.End = s.at
	return t
}

// read reads the token at s.at, and returns where it ends.
func (s *FormulaScanner) read(t *Token) (kind TokenKind, text string, end int) {
	rest := s.formula[s.at:]
	if rest == "" {
		return TokenEnd, "", s.at
	}
	switch c := rest[0]; {
	case c == '"':
		text, n := quoted(rest)
		if n == 0 {
			return TokenWrong, rest, len(s.formula)
		}
		return TokenText, text, s.at + n
	case c == '\'':
		name, n := quoted(rest)
		if n == 0 || !strings.HasPrefix(rest[n:], "!") {
			return TokenWrong, rest, len(s.formula)
		}
		return TokenSheet, name, s.at + n + 1
	case c == '#':
		for _, v := range ErrorValues {
			if strings.HasPrefix(rest, v) {
				return TokenError, v, s.at + len(v)
			}
		}
		return TokenWrong, rest, len(s.formula)
	case strings.HasPrefix(rest, "<=") || strings.HasPrefix(rest, ">=") || strings.HasPrefix(rest, "<>"):
		return TokenSign, rest[:2], s.at + 2
	case strings.IndexByte("+-*/^&=<>(),;:{}%", c) >= 0:
		return TokenSign, rest[:1], s.at + 1
	}
	if n := areaLength(rest, &t.Area); n > 0 {
		return TokenArea, rest[:n], s.at + n
	}
	if n := numberLength(rest); n > 0 && !startsWord(rest[n:]) {
		return TokenNumber, rest[:n], s.at + n
	}
	n := wordLength(rest)
	if n == 0 {
		return TokenWrong, rest, len(s.formula)
	}
	switch {
	case strings.HasPrefix(rest[n:], "!"):
		return TokenSheet, rest[:n], s.at + n + 1
	case strings.HasPrefix(rest[n:], "("):
		return TokenFunction, functionName(rest[:n]), s.at + n + 1
	}
	return TokenName, rest[:n], s.at + n
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
func areaLength(s string, a *Area) int {
	first, n := cornerOf(s)
	if n == 0 {
		return 0
	}
	last, whole := first, n
	a.kind = areaCell
	if rest, ok := strings.CutPrefix(strings.TrimLeft(s[n:], formulaBlanks), ":"); ok {
		rest = strings.TrimLeft(rest, formulaBlanks)
		if c, m := cornerOf(rest); m > 0 && (c.row > 0) == (first.row > 0) && (c.col > 0) == (first.col > 0) {
			last, whole, a.kind = c, len(s)-len(rest)+m, areaCells
		}
	}
	switch {
	case a.kind == areaCell && (first.row == 0 || first.col == 0):
		return 0 // a number or a name
	case first.row == 0:
		a.kind, first.row, last.row = areaColumns, 1, maxRow
	case first.col == 0:
		a.kind, first.col, last.col = areaRows, 1, maxCol
	}
	if rest := s[whole:]; startsWord(rest) || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "!") {
		return 0
	}
	a.Range = Range{FirstRow: first.row, FirstCol: first.col, LastRow: last.row, LastCol: last.col}
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
	if d > 7 || c.col > maxCol || c.col == 0 && d == 0 || c.col > 0 && d == 0 && fixed {
		return corner{}, 0
	}
	if d > 0 {
		c.row, _ = strconv.Atoi(s[n : n+d])
		c.fixedRow = fixed
		if c.row < 1 || c.row > maxRow {
			return corner{}, 0
		}
	}
	return c, n + d
}

// FormulaTokens cuts a formula of a sheet into what it says, whatever the program
// that spelt it: their texts are without $, in capitals but for texts, numbers as
// short as can be, and the name of the formula's own sheet is left out.
func FormulaTokens(formula, sheet string) []Token {
	var list []Token
	s := ScanFormula(formula)
	for t := s.Next(); t.Kind != TokenEnd; t = s.Next() {
		switch t.Kind {
		case TokenSign:
			if len(list) == 0 && t.Text == "+" { // a habit of people who know other spreadsheets
				continue
			}
		case TokenSheet:
			if strings.EqualFold(t.Text, sheet) {
				continue
			}
		case TokenArea:
			t.Text = t.Area.plain().String()
		case TokenNumber:
			if v, err := strconv.ParseFloat(t.Text, 64); err == nil {
				t.Text = strconv.FormatFloat(v, 'g', -1, 64)
			}
		case TokenName:
			t.Text = strings.ToUpper(t.Text)
		}
		list = append(list, t)
	}
	return list
}

// ShiftFormula returns a formula as it reads in a cell that is so many rows below and so
// many columns to the right, as where cells share a formula. References with a $
// stay. It reports false for what is no formula, or would refer to cells outside of
// a sheet.
func ShiftFormula(formula string, down, right int) (shifted string, ok bool) {
	var b strings.Builder
	s, end := ScanFormula(formula), 0
	for {
		t := s.Next()
		switch t.Kind {
		case TokenEnd:
			b.WriteString(formula[end:])
			return b.String(), true
		case TokenWrong:
			return "", false
		case TokenArea:
			if !t.Area.shift(down, right) {
				return "", false
			}
			b.WriteString(formula[end:t.Start])
			b.WriteString(t.Area.String())
			end = t.End
		}
	}
}

// shift moves what has no $, and reports whether it stays in the sheet.
func (a *Area) shift(down, right int) bool {
	move := func(i, by int, fixed bool) int {
		if fixed {
			return i
		}
		return i + by
	}
	if a.kind != areaColumns {
		a.FirstRow, a.LastRow = move(a.FirstRow, down, a.fixed[0]), move(a.LastRow, down, a.fixed[2])
	}
	if a.kind != areaRows {
		a.FirstCol, a.LastCol = move(a.FirstCol, right, a.fixed[1]), move(a.LastCol, right, a.fixed[3])
	}
	for _, row := range []int{a.FirstRow, a.LastRow} {
		if row < 1 || row > maxRow {
			return false
		}
	}
	for _, col := range []int{a.FirstCol, a.LastCol} {
		if col < 1 || col > maxCol {
			return false
		}
	}
	return true
}

// String writes the reference as Excel does.
func (a Area) String() string {
	first := a.corner(a.FirstRow, a.FirstCol, a.fixed[0], a.fixed[1])
	if a.kind == areaCell {
		return first
	}
	return first + ":" + a.corner(a.LastRow, a.LastCol, a.fixed[2], a.fixed[3])
}

func (a Area) corner(row, col int, fixedRow, fixedCol bool) string {
	var b strings.Builder
	if a.kind != areaRows {
		if fixedCol {
			b.WriteByte('$')
		}
		b.WriteString(strings.TrimRight(Ref(1, col), "1"))
	}
	if a.kind != areaColumns {
		if fixedRow {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(row))
	}
	return b.String()
}
