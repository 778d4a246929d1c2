package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// token is what the scanner has come to.
type token uint8

const (
	endOfPart token = iota
	startTag        // name and attrs are set; an end tag follows, also for <a/>
	endTag
	charData // raw is set
)

// attr is an attribute as written but for its entities: name with its prefix.
type attr struct{ name, value []byte }

// maxAttrs is far above what any element of a workbook has.
const maxAttrs = 256

// scanner reads the XML of one part as a stream, in memory that does not grow
// with the part. It knows elements by their local names, checks that tags
// match, and refuses a DOCTYPE, so there are no entities but the five of XML.
//
// The slices that it hands out are valid until the next token.
type scanner struct {
	src      io.Reader
	srcErr   error  // why src ended
	buf      []byte // what has been read and not yet scanned is buf[pos:end]
	pos, end int
	offset   int64 // of buf[0] in the part

	name  []byte // local name of the start tag
	attrs []attr
	raw   []byte // character data, with its entities unless cdata
	cdata bool

	open    []byte // the full names of the open elements, one after another
	marks   []int  // where each of them starts
	empty   bool   // the last start tag was <a/>: its end tag is due
	rooted  bool   // a root element was seen
	scratch []byte // for the caller's texts

	maxDepth, maxText int64
}

// scannerBuffer is the size of a scanner's buffer unless a token needs more.
const scannerBuffer = 64 << 10

func newScanner() *scanner { return &scanner{buf: make([]byte, scannerBuffer)} }

// reset makes the scanner read another part.
func (s *scanner) reset(src io.Reader, limits Limits) {
	*s = scanner{
		src: src, buf: s.buf, attrs: s.attrs[:0], open: s.open[:0], marks: s.marks[:0], scratch: s.scratch[:0],
		maxDepth: limits.Depth, maxText: limits.StringLen,
	}
}

// errorf is an error at the next byte to be scanned.
func (s *scanner) errorf(format string, args ...any) error {
	return fmt.Errorf("第 %d 字节处%s", s.offset+int64(s.pos)+1, fmt.Sprintf(format, args...))
}

var errIncomplete = errors.New("内容不完整，文件可能没有传完")

// children calls visit at the start tag of every child of the element that was
// just started, until that ends. What visit leaves unread of a child is skipped.
func (s *scanner) children(visit func() error) error {
	depth := len(s.marks)
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case endTag:
			return nil
		case startTag:
			if err := visit(); err != nil {
				return err
			}
			if err := s.skipTo(depth); err != nil {
				return err
			}
		}
	}
}

// each is children for those of one name.
func (s *scanner) each(name string, visit func() error) error {
	return s.children(func() error {
		if string(s.name) != name {
			return nil
		}
		return visit()
	})
}

// skipTo reads on until only depth elements are open.
func (s *scanner) skipTo(depth int) error {
	for len(s.marks) > depth {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// text appends the text of the element that was just started to dst, until the
// element ends. Elements inside it are left out.
func (s *scanner) text(dst []byte) ([]byte, error) {
	depth, start := len(s.marks), len(dst)
	for {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case startTag:
			if err := s.skipTo(depth); err != nil {
				return dst, err
			}
		case endTag:
			return dst, s.checkText(dst[start:])
		case charData:
			b := s.raw
			if !s.cdata {
				if b, err = s.unescape(b); err != nil {
					return dst, err
				}
			}
			if int64(len(dst)+len(b)) > s.maxText {
				return dst, tooBig("string-length", "一段文字", s.maxText)
			}
			dst = append(dst, b...)
		}
	}
}

// attr returns an attribute of the start tag by its name without a prefix.
func (s *scanner) attr(name string) (string, error) {
	for _, a := range s.attrs {
		if string(a.name) == name {
			return string(a.value), s.checkText(a.value)
		}
	}
	return "", nil
}

// foreignAttr returns an attribute that belongs to another namespace, such as
// r:id, by its local name.
func (s *scanner) foreignAttr(name string) (string, error) {
	for _, a := range s.attrs {
		prefix, local, found := bytes.Cut(a.name, []byte(":"))
		if found && string(local) == name && string(prefix) != "xmlns" {
			return string(a.value), s.checkText(a.value)
		}
	}
	return "", nil
}

// isTrue reads an xsd:boolean.
func isTrue(s string) bool { return s == "1" || s == "true" }

// next reads the next token.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		s.pop()
		return endTag, nil
	}
	for {
		switch err := s.need(1); {
		case err == io.EOF && len(s.marks) == 0 && s.rooted:
			return endOfPart, nil
		case err == io.EOF:
			return 0, errIncomplete
		case err != nil:
			return 0, err
		}
		t, err := s.scan()
		if err == io.EOF {
			err = errIncomplete
		}
		if t != endOfPart || err != nil {
			return t, err
		}
	}
}

// scan reads one construct; it returns endOfPart for what is no token, such
// as a comment.
func (s *scanner) scan() (token, error) {
	if s.buf[s.pos] != '<' {
		return s.chars()
	}
	if err := s.need(2); err != nil {
		return 0, err
	}
	switch s.buf[s.pos+1] {
	case '/':
		return s.endTag()
	case '?':
		return endOfPart, s.instruction()
	case '!':
		return s.declaration()
	}
	return s.startTag()
}

// chars reads character data up to the next tag.
func (s *scanner) chars() (token, error) {
	n, err := s.find(1, '<')
	if err == io.EOF {
		n = s.end - s.pos
	} else if err != nil {
		return 0, err
	}
	b := s.buf[s.pos : s.pos+n]
	if len(s.marks) == 0 {
		if len(bytes.TrimLeft(b, " \t\r\n")) > 0 {
			return 0, s.errorf("不是 XML 内容")
		}
		s.pos += n
		return endOfPart, nil
	}
	s.pos += n
	s.raw, s.cdata = b, false
	return charData, nil
}

// endTag reads </a>.
func (s *scanner) endTag() (token, error) {
	n, err := s.find(2, '>')
	if err != nil {
		return 0, err
	}
	name := bytes.TrimRight(s.buf[s.pos+2:s.pos+n], " \t\r\n")
	if len(s.marks) == 0 {
		return 0, s.errorf("多出结束标记 </%s>", shorten(name))
	}
	if open := s.open[s.marks[len(s.marks)-1]:]; !bytes.Equal(name, open) {
		return 0, s.errorf("应为结束标记 </%s>，实为 </%s>", shorten(open), shorten(name))
	}
	s.pos += n + 1
	s.pop()
	return endTag, nil
}

// pop closes the innermost element.
func (s *scanner) pop() {
	top := len(s.marks) - 1
	s.open, s.marks = s.open[:s.marks[top]], s.marks[:top]
}

// startTag reads <a b="c"> or <a/>.
func (s *scanner) startTag() (token, error) {
	n, err := s.tagEnd()
	if err != nil {
		return 0, err
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	if s.empty = len(tag) > 0 && tag[len(tag)-1] == '/'; s.empty {
		tag = tag[:len(tag)-1]
	}
	name, rest := cutName(tag)
	if len(name) == 0 {
		return 0, s.errorf("不是 XML 标记")
	}
	if len(s.marks) == 0 && s.rooted {
		return 0, s.errorf("有多个根元素")
	}
	if int64(len(s.marks)) == s.maxDepth {
		return 0, tooMany("depth", "元素嵌套", s.maxDepth, "层")
	}
	if err := s.parseAttrs(rest); err != nil {
		return 0, err
	}
	s.pos += n + 1
	s.rooted = true
	s.marks = append(s.marks, len(s.open))
	s.open = append(s.open, name...)
	s.name = name[bytes.IndexByte(name, ':')+1:]
	return startTag, nil
}

// tagEnd returns where the tag at pos ends: the > that is in no quotes.
func (s *scanner) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; {
		for b := s.buf[s.pos:s.end]; i < len(b); i++ {
			switch c := b[i]; {
			case c == quote:
				quote = 0
			case c == '<':
				return 0, s.errorf("标记中有多余的 <")
			case quote != 0:
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

// parseAttrs reads the attributes of a tag into attrs.
func (s *scanner) parseAttrs(b []byte) error {
	s.attrs = s.attrs[:0]
	for {
		rest := trimSpace(b)
		if len(rest) == 0 {
			return nil
		}
		if len(rest) == len(b) {
			return s.errorf("属性之间缺少空格")
		}
		var a attr
		a.name, rest = cutName(rest)
		rest = trimSpace(rest)
		if len(a.name) == 0 || len(rest) == 0 || rest[0] != '=' {
			return s.errorf("属性没有写成 名称=\"值\"")
		}
		var err error
		if a.value, b, err = s.attrValue(trimSpace(rest[1:])); err != nil {
			return err
		}
		if err := s.addAttr(a); err != nil {
			return err
		}
	}
}

// addAttr appends an attribute unless it is one too many.
func (s *scanner) addAttr(a attr) error {
	if len(s.attrs) == maxAttrs {
		return tooMany("", "一个元素的属性", maxAttrs, "个")
	}
	for _, other := range s.attrs {
		if bytes.Equal(a.name, other.name) {
			return s.errorf("属性 %s 重复", shorten(a.name))
		}
	}
	s.attrs = append(s.attrs, a)
	return nil
}

// attrValue reads the quoted value at the start of b, and normalizes it in
// place: white space to spaces, entities to what they stand for.
func (s *scanner) attrValue(b []byte) (value, rest []byte, err error) {
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, nil, s.errorf("属性值没有写在引号里")
	}
	special := false
	for i, c := range b[1:] {
		switch c {
		case b[0]:
			value, rest = b[1:i+1], b[i+2:]
			if special {
				value, err = s.unescape(value)
			}
			return value, rest, err
		case '&':
			special = true
		case '\t', '\n', '\r':
			b[i+1] = ' '
		}
	}
	return nil, nil, s.errorf("属性值的引号没有成对")
}

// declaration reads what starts with <!: a comment or CDATA.
func (s *scanner) declaration() (token, error) {
	const comment, cdata = "<!--", "<![CDATA["
	switch err := s.need(len(cdata)); {
	case err == io.EOF:
	case err != nil:
		return 0, err
	}
	b := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(b, []byte(comment)):
		s.pos += len(comment)
		return endOfPart, s.discard("-->")
	case bytes.HasPrefix(b, []byte(cdata)):
		return s.charSection(len(cdata))
	case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
		return 0, s.errorf("有 DOCTYPE 声明，工作簿中不允许，拒绝读取")
	}
	return 0, s.errorf("不是 XML 标记")
}

// charSection reads <![CDATA[…]]>, whose opening takes n bytes.
func (s *scanner) charSection(n int) (token, error) {
	if len(s.marks) == 0 {
		return 0, s.errorf("不是 XML 内容")
	}
	const closing = "]]>"
	for i := n + len(closing) - 1; ; i++ {
		var err error
		if i, err = s.find(i, '>'); err != nil {
			return 0, err
		}
		if b := s.buf[s.pos : s.pos+i+1]; bytes.HasSuffix(b, []byte(closing)) {
			s.raw, s.cdata = b[n:len(b)-len(closing)], true
			s.pos += i + 1
			return charData, nil
		}
	}
}

// instruction reads <?…?>. That of XML itself may name the encoding.
func (s *scanner) instruction() error {
	if err := s.need(6); err != nil {
		return err
	}
	if b := s.buf[s.pos:]; string(b[:5]) != "<?xml" || !isSpace(b[5]) {
		return s.discard("?>")
	}
	n, err := s.find(6, '>')
	if err != nil {
		return err
	}
	b := bytes.TrimSuffix(s.buf[s.pos+5:s.pos+n], []byte("?"))
	if err := s.parseAttrs(b); err != nil {
		return err
	}
	encoding, err := s.attr("encoding")
	if err != nil {
		return err
	}
	switch strings.ToLower(encoding) {
	case "", "utf-8", "utf8", "utf-16", "us-ascii", "ascii":
	default:
		return s.errorf("的文字编码 %s 不受支持，应为 UTF-8", shorten([]byte(encoding)))
	}
	s.pos += n + 1
	return nil
}

// discard drops everything up to and including end.
func (s *scanner) discard(end string) error {
	for {
		b := s.buf[s.pos:s.end]
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			s.pos += i + len(end)
			return nil
		}
		s.pos += max(0, len(b)-len(end)+1)
		if err := s.need(s.end - s.pos + 1); err != nil {
			return err
		}
	}
}

// find returns where c first stands from pos+i on, counted from pos.
func (s *scanner) find(i int, c byte) (int, error) {
	for {
		if i < s.end-s.pos {
			if j := bytes.IndexByte(s.buf[s.pos+i:s.end], c); j >= 0 {
				return i + j, nil
			}
			i = s.end - s.pos
		}
		if err := s.need(i + 1); err != nil {
			return 0, err
		}
	}
}

// need reads on until n bytes lie ready at pos; io.EOF if there are not as many.
func (s *scanner) need(n int) error {
	for s.end-s.pos < n {
		if err := s.fill(); err != nil {
			return err
		}
	}
	return nil
}

// fill reads more. It moves what is not yet scanned to the front of the
// buffer, and makes the buffer larger where that is not enough.
func (s *scanner) fill() error {
	if s.srcErr != nil {
		return s.srcErr
	}
	start := s.offset == 0 && s.end == 0
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.offset += int64(s.pos)
		s.pos, s.end = 0, s.end-s.pos
	}
	if s.end == len(s.buf) {
		// A character may be written in many: &#x4E2D; or _x4E2D_.
		if limit := 16 * s.maxText; int64(len(s.buf)) > limit {
			return tooBig("string-length", "一个标记或一段文字", limit)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	s.readMore()
	if start {
		return s.byteOrderMark()
	}
	if s.srcErr != nil && s.srcErr != io.EOF {
		return s.srcErr
	}
	return nil
}

// readMore reads at least one byte into the buffer, or sets srcErr.
func (s *scanner) readMore() {
	for range 100 {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		s.srcErr = err
		if n > 0 || err != nil {
			return
		}
	}
	s.srcErr = io.ErrNoProgress
}

// byteOrderMark drops that of UTF-8, and decodes the part where it is one of
// UTF-16.
func (s *scanner) byteOrderMark() error {
	for s.end < 3 && s.srcErr == nil {
		s.readMore()
	}
	b := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		s.pos = 3
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		rest := s.src
		if s.srcErr != nil {
			rest = errReader{s.srcErr}
		}
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		s.src = utf16.NewDecoder().Reader(io.MultiReader(bytes.NewReader(bytes.Clone(b)), rest))
		s.end, s.srcErr = 0, nil
		s.readMore()
	}
	if s.srcErr == io.EOF {
		return nil // of what was read, the need is checked again
	}
	return s.srcErr
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

// unescape replaces entities in place.
func (s *scanner) unescape(b []byte) ([]byte, error) {
	i := bytes.IndexByte(b, '&')
	if i < 0 {
		return b, nil
	}
	w := i
	for i < len(b) {
		if b[i] != '&' {
			b[w] = b[i]
			w, i = w+1, i+1
			continue
		}
		n := bytes.IndexByte(b[i:], ';')
		if n < 0 {
			return nil, s.errorf("之前的 & 没有写成 &amp;")
		}
		r, ok := entity(b[i+1 : i+n])
		if !ok {
			return nil, s.errorf("之前的 %s 无法识别", shorten(b[i:i+n+1]))
		}
		w += utf8.EncodeRune(b[w:], r) // never longer than its entity
		i += n + 1
	}
	return b[:w], nil
}

// entity returns the character of &name;.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := rune(10), name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	r := rune(0)
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base || r > utf8.MaxRune {
			return 0, false
		}
		r = r*base + d
	}
	return r, len(digits) > 0 && isChar(r)
}

// isChar reports whether XML allows the character.
func isChar(r rune) bool {
	return r >= ' ' && utf8.ValidRune(r) && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// checkText refuses what is no text: control characters, bytes that are not
// UTF-8.
func (s *scanner) checkText(b []byte) error {
	ascii := true
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return s.errorf("之前的文字中有控制字符 %#02x", c)
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if !ascii && !utf8.Valid(b) {
		return s.errorf("之前的文字不是 UTF-8 编码")
	}
	return nil
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

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// trimSpace drops the spaces at the start of b.
func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

// shorten makes a name from the part fit for a message.
func shorten(b []byte) string {
	const most = 40
	if len(b) > most {
		b = append(bytes.Clone(b[:most]), "…"...)
	}
	return strings.ToValidUTF8(string(b), "?")
}
