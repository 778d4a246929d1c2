package opc

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Attr is an attribute: its name with its prefix, its value without entities.
type Attr struct{ Name, Value []byte }

// maxAttrs is far above what any element of a workbook has.
const maxAttrs = 256

// startTag reads <a b="c"> or <a/>.
func (s *Scanner) startTag() (token, error) {
	if !s.skipping && !s.lenient {
		if name, n, empty := s.plainTag(); n > 0 {
			if err := s.begin(name, empty); err != nil {
				return 0, err
			}
			s.Name, s.Space = name, s.plain
			s.pos += n
			return startTag, nil
		}
	}
	n, err := s.tagEnd()
	if err != nil {
		return 0, err
	}
	if n == 0 { // a < of the text
		s.pos++
		return endOfPart, nil
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	empty := len(tag) > 0 && tag[len(tag)-1] == '/'
	if empty {
		tag = tag[:len(tag)-1]
	}
	name, rest := cutName(tag)
	if s.lenient {
		if len(name) == 0 { // a < of the text
			s.pos++
			return endOfPart, nil
		}
		empty = empty || isVoid(name)
	}
	if len(name) == 0 {
		return 0, s.Errorf("不是 XML 标记")
	}
	if err := s.begin(name, empty); err != nil {
		return 0, err
	}
	if !s.skipping {
		if err := s.parseAttrs(rest); err != nil {
			return 0, err
		}
		if err := s.resolve(name); err != nil {
			return 0, err
		}
	}
	s.pos += n + 1
	return startTag, nil
}

// begin opens an element.
func (s *Scanner) begin(name []byte, empty bool) error {
	if len(s.marks) == 0 && s.rooted && !s.fragment {
		return s.Errorf("有多个根元素")
	}
	if int64(len(s.marks)) == s.maxDepth {
		return TooMany("depth", "元素嵌套", s.maxDepth, "层")
	}
	s.rooted, s.empty = true, empty
	s.marks = append(s.marks, len(s.open))
	s.open = append(s.open, name...)
	return nil
}

// plainTag reads a start tag in one go that is written as nearly all are: one space before
// each attribute, a value in double quotes without anything that stands for something
// else, no prefix and no namespace. n is how long it is; 0 for any other, and for what is
// wrong with it.
func (s *Scanner) plainTag() (name []byte, n int, empty bool) {
	b := s.buf[s.pos:s.end]
	i := plainName(b, 1)
	if i == 1 {
		return nil, 0, false
	}
	name = b[1:i]
	s.Attrs = s.Attrs[:0]
	for i < len(b) {
		switch b[i] {
		case '>':
			return name, i + 1, false
		case '/':
			if i+1 < len(b) && b[i+1] == '>' {
				return name, i + 2, true
			}
			return nil, 0, false
		case ' ':
		default:
			return nil, 0, false
		}
		start := i + 1
		i = plainName(b, start)
		if i == start || i+1 >= len(b) || b[i] != '=' || b[i+1] != '"' {
			return nil, 0, false
		}
		value := i + 2
		end := value
		for end < len(b) && plainBytes[b[end]] {
			end++
		}
		a := Attr{b[start:i], b[value:end]}
		if end == len(b) || b[end] != '"' || string(a.Name) == "xmlns" || s.addAttr(a) != nil {
			return nil, 0, false
		}
		i = end + 1
	}
	return nil, 0, false
}

// plainName returns where the name that begins at i ends: there, where none does that has
// no prefix.
func plainName(b []byte, i int) int {
	if i == len(b) || b[i] >= '0' && b[i] <= '9' || b[i] == '-' || b[i] == '.' {
		return i
	}
	start := i
	for i < len(b) && nameBytes[b[i]] {
		if b[i] == ':' {
			return start
		}
		i++
	}
	return i
}

// isVoid reports whether an element of HTML has no end tag.
func isVoid(name []byte) bool {
	switch string(name) {
	case "br", "BR", "hr", "HR", "img", "IMG":
		return true
	}
	return false
}

// tagEnd returns where the tag at pos ends: the > that is in no quotes. Of what is
// no tag where that may be, it returns 0.
func (s *Scanner) tagEnd() (int, error) {
	if s.lenient {
		return s.quotedTagEnd()
	}
	n, err := s.indexFrom(1, '>')
	if err != nil {
		return 0, err
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	if bytes.IndexByte(tag, '\'') >= 0 || bytes.Count(tag, []byte{'"'})%2 != 0 {
		n, err = s.quotedTagEnd()
		if err != nil {
			return 0, err
		}
		tag = s.buf[s.pos+1 : s.pos+n]
	}
	if bytes.IndexByte(tag, '<') >= 0 {
		return 0, s.Errorf("标记中有多余的 <")
	}
	return n, nil
}

// quotedTagEnd is tagEnd for a tag with a > in quotes, or with quotes of both
// kinds, or for one that may be none.
func (s *Scanner) quotedTagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; {
		for b := s.buf[s.pos:s.end]; i < len(b); i++ {
			switch c := b[i]; {
			case c == '<' && s.lenient:
				return 0, nil
			case c == quote:
				quote = 0
			case quote != 0:
				continue
			case c == '>':
				return i, nil
			case c == '"' || c == '\'':
				quote = c
			}
		}
		if err := s.need(i + 1); err != nil {
			return 0, err
		}
	}
}

// parseAttrs reads the attributes of a tag into Attrs.
func (s *Scanner) parseAttrs(b []byte) error {
	s.Attrs = s.Attrs[:0]
	for {
		rest := trimSpace(b)
		if len(rest) == 0 {
			return nil
		}
		if len(rest) == len(b) {
			return s.Errorf("属性之间缺少空格")
		}
		var a Attr
		a.Name, rest = cutName(rest)
		rest = trimSpace(rest)
		if len(a.Name) == 0 || len(rest) == 0 || rest[0] != '=' {
			return s.Errorf("属性没有写成 名称=\"值\"")
		}
		var err error
		a.Value, b, err = s.attrValue(trimSpace(rest[1:]))
		if err != nil {
			return err
		}
		if err := s.addAttr(a); err != nil {
			return err
		}
	}
}

// addAttr appends an attribute unless it is one too many.
func (s *Scanner) addAttr(a Attr) error {
	if len(s.Attrs) == maxAttrs {
		return TooMany("", "一个元素的属性", maxAttrs, "个")
	}
	for _, other := range s.Attrs {
		if bytes.Equal(a.Name, other.Name) {
			return s.Errorf("属性 %s 重复", Shorten(a.Name))
		}
	}
	s.Attrs = append(s.Attrs, a)
	return nil
}

// attrValue reads the quoted value at the start of b, normalized: white space is
// spaces, entities are what they stand for.
func (s *Scanner) attrValue(b []byte) (value, rest []byte, err error) {
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, nil, s.Errorf("属性值没有写在引号里")
	}
	special := false
	for i, c := range b[1:] {
		switch c {
		case b[0]:
			value, rest = b[1:i+1], b[i+2:]
			if special {
				value, err = s.normalized(value)
			}
			return value, rest, err
		case '&', '\t', '\n', '\r':
			special = true
		}
	}
	return nil, nil, s.Errorf("属性值的引号没有成对")
}

// normalized returns a copy of an attribute's value.
func (s *Scanner) normalized(value []byte) ([]byte, error) {
	value = bytes.Clone(value)
	for i, c := range value {
		if isSpace(c) {
			value[i] = ' '
		}
	}
	return s.appendText(nil, value)
}

// resolve finds out the namespace of the start tag.
func (s *Scanner) resolve(name []byte) error {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; len(a.Name) >= len("xmlns") && a.Name[0] == 'x' {
			if err := s.declare(a); err != nil {
				return err
			}
		}
	}
	s.Name, s.Space = name, s.plain
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		s.Name, s.Space = name[i+1:], s.scope.resolve(name[:i])
	}
	return s.checkCompatibility()
}

// declare opens the scope that an attribute may declare.
func (s *Scanner) declare(a *Attr) error {
	prefix, ok := bytes.CutPrefix(a.Name, []byte("xmlns"))
	if !ok || len(prefix) > 0 && prefix[0] != ':' {
		return nil
	}
	if s.scope.count() == maxScopes {
		return TooMany("", "命名空间", maxScopes, "个")
	}
	space, known := spaces[string(a.Value)]
	if !known {
		space = foreign
	}
	s.scope = s.newScope(space, bytes.TrimPrefix(prefix, []byte(":")))
	if len(prefix) == 0 {
		s.plain = space.Space
	}
	return nil
}

// newScope keeps a scope. Streams, of which no element is kept, use their memory
// again.
func (s *Scanner) newScope(n *namespace, prefix []byte) *scope {
	start := len(s.prefixes)
	s.prefixes = append(s.prefixes, prefix...)
	s.scopes = append(s.scopes, scope{s.scope, n, s.scope.count() + 1, len(s.marks), s.prefixes[start:]})
	return &s.scopes[len(s.scopes)-1]
}

// leave closes the scopes of the element that has ended.
func (s *Scanner) leave() {
	for s.scope != s.base && s.scope.depth > len(s.marks) {
		s.scope = s.scope.outer
	}
	s.plain = s.scope.resolve(nil)
}

// cutName splits a name off the start of b.
func cutName(b []byte) (name, rest []byte) {
	i := 0
	for i < len(b) && nameBytes[b[i]] {
		i++
	}
	if i > 0 && (b[0] >= '0' && b[0] <= '9' || b[0] == '-' || b[0] == '.') {
		i = 0
	}
	return b[:i], b[i:]
}

// nameBytes are those that names may consist of.
var nameBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			c == ':' || c == '_' || c == '-' || c == '.' || c >= utf8.RuneSelf
	}
	return is
}()

// plainBytes are those of a value in double quotes that stand for themselves.
var plainBytes = func() (is [256]bool) {
	for c := range is {
		is[c] = !strings.ContainsRune("\"&<\t\n\r", rune(c))
	}
	return is
}()

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// trimSpace drops the spaces at the start of b.
func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}
