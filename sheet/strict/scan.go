package strict

import (
	"strings"
	"unicode/utf8"
)

// scanner walks a TOML text and notes where everything stands. It is no judge of
// TOML, the toml package is. But it knows the mistakes of people who have never
// seen TOML, reports them, and goes on as if they had written what they meant.
type scanner struct {
	*report
	where   cursor
	pos     int     // byte offset of the next character
	root    *origin // of the file
	table   *origin // that the lines at hand belong to
	nested  int     // how many [ and { are open
	stopped bool    // at something too deep or too long
}

// scanTOML returns the places of the text of r. It is not ok if the text goes
// beyond maxDepth or maxNames: the toml package must not see it.
func scanTOML(r *report) (root *origin, ok bool) {
	root = &origin{form: header, value: Position{Line: 1, Column: 1}, keys: map[string]*origin{}}
	s := scanner{report: r, where: newCursor(r.text), root: root, table: root}
	for s.blank(); s.pos < len(s.text); s.blank() {
		if s.line() {
			s.endLine()
		}
		s.skipLine()
	}
	return root, !s.stopped
}

// line reads a table header, or a key and its value, which may take more lines.
func (s *scanner) line() bool {
	if s.is('[') {
		return s.header()
	}
	return s.pair(s.table)
}

// endLine reports what follows on the line, if nothing on the line has been
// reported yet.
func (s *scanner) endLine() {
	s.spaces()
	rest, _, _ := strings.Cut(s.text[s.pos:], "\n")
	rest = strings.TrimRight(rest, "\r")
	if rest == "" || s.is('#') {
		return
	}
	at := s.here()
	if n := len(s.errs); n == 0 || s.errs[n-1].Line < at.Line {
		s.addf(at, "这一行的末尾多了 %s", excerpt(rest))
	}
}

// header reads [name] or [[name]] and makes it the table of the lines below.
func (s *scanner) header() bool {
	at := s.here()
	s.accept('[')
	many := s.accept('[')
	s.table = &origin{form: header, keys: map[string]*origin{}} // for the lines below a broken header
	path, ok := s.path()
	if !ok {
		return false
	}
	if !s.accept(']') || (many && !s.accept(']')) {
		return s.fail(s.here(), "表的名称后面缺少 ]；名称里有汉字、空格或符号时，要加英文双引号")
	}
	if many {
		s.reportBare(path, "[[", "]]")
		return s.addHeaders(path, at)
	}
	s.reportBare(path, "[", "]")
	return s.addHeader(path, at)
}

// pair reads a key and its value into a table.
func (s *scanner) pair(t *origin) bool {
	path, ok := s.path()
	if !ok || !s.equals(path) {
		return false
	}
	p := s.define(t, path)
	if p == nil {
		return false
	}
	ok = s.value(p)
	s.reportBare(path, "", " = "+excerpt(p.raw))
	return ok
}

// equals reads the sign between a key and its value.
func (s *scanner) equals(path keyPath) bool {
	at := s.here()
	switch {
	case s.accept('='):
		return true
	case s.is(':'):
		s.addf(at, "名称和值之间要用等号 =，不用冒号")
		_, size := s.next()
		s.pos += size
		return true
	}
	return s.fail(at, "“%s”后面缺少等号 =；名称里有汉字、空格或符号时，整个名称要加英文双引号", path.last().name)
}

// reportBare reports Chinese names without quotes, and what to write. The path
// stands between before and after.
func (s *scanner) reportBare(path keyPath, before, after string) {
	for _, k := range path {
		if k.bare && !isASCII(k.name) {
			s.addf(k.at, "汉字的名称要加英文双引号：%s%s%s", before, path, after)
			return
		}
	}
}

// here returns the position of the next character.
func (s *scanner) here() Position { return s.where.at(s.pos) }

// next returns the next character as it was meant, and its size.
func (s *scanner) next() (rune, int) {
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	return halfWidth(r), size
}

// is reports whether the next character is c or was meant to be.
func (s *scanner) is(c rune) bool {
	r, size := s.next()
	return r == c && size > 0
}

// accept skips the next character if it is c. It reports one that was only meant
// to be, once for a run of them.
func (s *scanner) accept(c rune) bool {
	if !s.is(c) {
		return false
	}
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	if r != c && !strings.HasSuffix(s.text[:s.pos], string(r)) {
		s.addf(s.here(), "%s", wideMessage(r))
	}
	s.pos += size
	return true
}

// spaces skips white space in a line.
func (s *scanner) spaces() {
	for s.accept(' ') || s.accept('\t') {
	}
}

// blank skips white space, ends of lines and comments.
func (s *scanner) blank() {
	for {
		s.spaces()
		switch {
		case s.accept('\n'), s.accept('\r'):
			continue
		case s.accept('#'):
			s.toLineEnd()
		default:
			return
		}
	}
}

// toLineEnd goes to the end of the line, skipLine beyond it.
func (s *scanner) toLineEnd() {
	rest, _, _ := strings.Cut(s.text[s.pos:], "\n")
	s.pos += len(rest)
}

func (s *scanner) skipLine() {
	s.toLineEnd()
	s.accept('\n')
}

// fail reports a mistake after which the rest of the line means nothing.
func (s *scanner) fail(at Position, format string, args ...any) bool {
	s.addf(at, format, args...)
	return s.giveUp()
}

// giveUp lets the rest of the line go. In a list or an inline table nobody knows
// where that ends: the scanner stops.
func (s *scanner) giveUp() bool {
	if s.nested > 0 {
		s.pos = len(s.text)
	}
	return false
}

// stop reports why the scanner goes no further.
func (s *scanner) stop(at Position, format string, args ...any) {
	s.addf(at, format, args...)
	s.stopped = true
	s.pos = len(s.text)
}

func (s *scanner) tooDeep(at Position) {
	s.stop(at, "表和列表一层套一层，超过了 %d 层", maxDepth)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
