package opc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// token is what the scanner has come to.
type token uint8

const (
	endOfPart token = iota
	startTag        // Name, Space and Attrs are set; an end tag follows, also for <a/>
	endTag
	charData // raw is set
)

// Scanner reads the XML of one part as a stream, in memory that does not grow
// with the part. It checks that tags match, and refuses a DOCTYPE, so there are
// no entities but the five of XML.
//
// The slices that it hands out are valid until the next element or text, and must
// not be changed.
type Scanner struct {
	Name  []byte // of the start tag, without its prefix
	Space Space  // of the name
	Attrs []Attr // of the start tag

	Scratch []byte // for the caller's texts

	src      io.Reader
	srcErr   error  // why src ended
	buf      []byte // what has been read and not yet scanned is buf[pos:end]
	pos, end int
	offset   int64 // of buf[0] in the part
	start    int   // where in buf the last token begins

	vocabulary Space // of the elements that Children visits
	scope      *scope
	scopes     []scope // memory for them
	prefixes   []byte  // and for their prefixes
	base       *scope  // of a fragment, which stands outside of it
	plain      Space   // of names without a prefix

	raw   []byte // character data, with its entities unless cdata
	cdata bool

	open     []byte // the full names of the open elements, one after another
	marks    []int  // where each of them starts
	empty    bool   // the last start tag was <a/>: its end tag is due
	rooted   bool   // a root element was seen
	fragment bool   // of a document: there need not be one root
	skipping bool   // what is read is for nobody: attributes and namespaces are left out
	lenient  bool   // as HTML is read: end tags may be missing, or one too many

	maxDepth, maxText int64
}

// scannerBuffer is the size of a scanner's buffer unless a token needs more.
const scannerBuffer = 64 << 10

func newScanner() *Scanner { return &Scanner{buf: make([]byte, scannerBuffer)} }

// reset makes the scanner read another part.
func (s *Scanner) reset(src io.Reader, vocabulary Space, limits Limits) {
	*s = Scanner{
		src: src, buf: s.buf, Attrs: s.Attrs[:0], open: s.open[:0], marks: s.marks[:0], Scratch: s.Scratch[:0], scopes: s.scopes[:0], prefixes: s.prefixes[:0],
		vocabulary: vocabulary, maxDepth: limits.Depth, maxText: limits.StringLen,
	}
}

// Errorf is an error at the next byte to be scanned.
func (s *Scanner) Errorf(format string, args ...any) error {
	return fmt.Errorf("第 %d 字节处%s", s.offset+int64(s.pos)+1, fmt.Sprintf(format, args...))
}

var errIncomplete = errors.New("内容不完整，文件可能没有传完")

// next reads the next token.
func (s *Scanner) next() (token, error) {
	s.start = s.pos
	if s.empty {
		s.empty = false
		s.pop()
		return endTag, nil
	}
	for {
		switch err := s.need(1); {
		case err == io.EOF && len(s.marks) == 0 && (s.rooted || s.fragment):
			return endOfPart, nil
		case err == io.EOF && s.lenient && len(s.marks) > 0:
			s.pop()
			return endTag, nil
		case err == io.EOF:
			return 0, errIncomplete
		case err != nil:
			return 0, err
		}
		s.start = s.pos
		t, err := s.scan()
		switch {
		case err == io.EOF && s.lenient:
			s.pos, err = s.end, nil
		case err == io.EOF:
			err = errIncomplete
		}
		if t != endOfPart || err != nil {
			return t, err
		}
	}
}

// scan reads one construct; it returns endOfPart for what is no token, such
// as a comment.
func (s *Scanner) scan() (token, error) {
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
func (s *Scanner) chars() (token, error) {
	n, err := s.indexFrom(1, '<')
	if err == io.EOF {
		n = s.end - s.pos
	} else if err != nil {
		return 0, err
	}
	b := s.buf[s.pos : s.pos+n]
	if len(s.marks) == 0 && !s.fragment {
		if len(bytes.TrimLeft(b, " \t\r\n")) > 0 {
			return 0, s.Errorf("不是 XML 内容")
		}
		s.pos += n
		return endOfPart, nil
	}
	s.pos += n
	s.raw, s.cdata = b, false
	return charData, nil
}

// endTag reads </a>.
func (s *Scanner) endTag() (token, error) {
	if n := len(s.marks); n > 0 { // as it mostly is: that of the innermost, without a space
		name, b := s.open[s.marks[n-1]:], s.buf[s.pos+2:s.end]
		if len(b) > len(name) && b[len(name)] == '>' && string(b[:len(name)]) == string(name) {
			s.pos += len(name) + 3
			s.pop()
			return endTag, nil
		}
	}
	n, err := s.indexFrom(2, '>')
	if err != nil {
		return 0, err
	}
	name := bytes.TrimRight(s.buf[s.pos+2:s.pos+n], " \t\r\n")
	if s.lenient && !s.isInnermost(name) {
		if !s.isOpen(name) {
			s.pos += n + 1
			return endOfPart, nil // one too many
		}
		s.pop() // its end tag is missing
		return endTag, nil
	}
	if len(s.marks) == 0 {
		return 0, s.Errorf("多出结束标记 </%s>", Shorten(name))
	}
	if !s.isInnermost(name) {
		return 0, s.Errorf("应为结束标记 </%s>，实为 </%s>", Shorten(s.open[s.marks[len(s.marks)-1]:]), Shorten(name))
	}
	s.pos += n + 1
	s.pop()
	return endTag, nil
}

// isInnermost reports whether the innermost element has a name.
func (s *Scanner) isInnermost(name []byte) bool {
	return len(s.marks) > 0 && bytes.Equal(name, s.open[s.marks[len(s.marks)-1]:])
}

// isOpen reports whether an element of a name is open.
func (s *Scanner) isOpen(name []byte) bool {
	end := len(s.open)
	for i := len(s.marks) - 1; i >= 0; i-- {
		if bytes.Equal(name, s.open[s.marks[i]:end]) {
			return true
		}
		end = s.marks[i]
	}
	return false
}

// pop closes the innermost element.
func (s *Scanner) pop() {
	top := len(s.marks) - 1
	s.open, s.marks = s.open[:s.marks[top]], s.marks[:top]
	if s.scope != s.base && s.scope.depth > top {
		s.leave()
	}
}

// declaration reads what starts with <!: a comment or CDATA.
func (s *Scanner) declaration() (token, error) {
	const comment, cdata = "<!--", "<![CDATA["
	if err := s.need(len(cdata)); err != nil && err != io.EOF {
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
		return 0, s.Errorf("有 DOCTYPE 声明，工作簿中不允许，拒绝读取")
	}
	return 0, s.Errorf("不是 XML 标记")
}

// charSection reads <![CDATA[…]]>, whose opening takes n bytes.
func (s *Scanner) charSection(n int) (token, error) {
	if len(s.marks) == 0 {
		return 0, s.Errorf("不是 XML 内容")
	}
	const closing = "]]>"
	for i := n + len(closing) - 1; ; i++ {
		var err error
		i, err = s.indexFrom(i, '>')
		if err != nil {
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
func (s *Scanner) instruction() error {
	if err := s.need(6); err != nil {
		return err
	}
	if b := s.buf[s.pos:]; string(b[:5]) != "<?xml" || !isSpace(b[5]) {
		return s.discard("?>")
	}
	n, err := s.indexFrom(6, '>')
	if err != nil {
		return err
	}
	b := bytes.TrimSuffix(s.buf[s.pos+5:s.pos+n], []byte("?"))
	if err := s.parseAttrs(b); err != nil {
		return err
	}
	encoding, err := s.Attr("encoding")
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"", "utf-8", "utf8", "utf-16", "us-ascii", "ascii"}, strings.ToLower(encoding)) {
		return s.Errorf("的文字编码 %s 不受支持，应为 UTF-8", Shorten([]byte(encoding)))
	}
	s.pos += n + 1
	return nil
}

// discard drops everything up to and including end.
func (s *Scanner) discard(end string) error {
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
