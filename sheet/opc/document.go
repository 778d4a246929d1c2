package opc

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"strconv"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// Document is a part that is held whole, to be changed: see Replace and its
// siblings. Bytes that no change names stay as they are.
type Document struct {
	Root Element

	src        []byte
	utf16      encoding.Encoding // of the part; nil for UTF-8
	vocabulary Space
	loose      bool
	limits     Limits
	children   map[int][]Element // by where the parent starts
	edits      []edit
	gap        *gap        // what is not held; nil where everything is
	grown      map[int]int // the edits of elements written as <a/>, by where they start
	err        error       // the first that was met
}

// Element is where an element stands in a document.
type Element struct {
	doc  *Document
	name []byte // without its prefix

	// Space is the namespace of its name.
	Space Space

	// Its start tag is [start, open), its end tag [close, end). One without an end
	// tag has close == end.
	start, open, close, end int
	empty                   bool // it is written as <a/>
	outer                   int  // where the alternatives start that it was chosen from; or start
	scope                   *scope
}

// Parse takes a part apart whose elements belong to a vocabulary: others are
// passed over. Of NoSpace, all are seen.
func Parse(src []byte, vocabulary Space) (*Document, error) {
	return parse(src, vocabulary, false, DefaultLimits())
}

func parse(src []byte, vocabulary Space, loose bool, limits Limits) (*Document, error) {
	d := &Document{src: src, vocabulary: vocabulary, loose: loose, limits: limits}
	if err := d.decode(); err != nil {
		return nil, err
	}
	s := d.scanner(0, len(d.src), nil)
	defer s.release()
	s.fragment = false
	if bytes.HasPrefix(d.src, []byte("\xEF\xBB\xBF")) {
		s.pos = 3
	}
	t, err := s.next()
	if err != nil {
		return nil, err
	}
	if t != startTag {
		return nil, errIncomplete
	}
	d.Root = s.element(d)
	var list []Element
	if _, err := s.elements(d, -1, func(c Element) bool { list = append(list, c); return true }); err != nil {
		return nil, err
	}
	d.Root.close, d.Root.end = s.start, s.pos
	d.children = map[int][]Element{d.Root.start: list}
	_, err = s.next() // to the end
	return d, err
}

// decode makes the part UTF-8.
func (d *Document) decode() error {
	switch {
	case bytes.HasPrefix(d.src, []byte("\xFF\xFE")):
		d.utf16 = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(d.src, []byte("\xFE\xFF")):
		d.utf16 = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	default:
		return nil
	}
	var err error
	d.src, err = d.utf16.NewDecoder().Bytes(d.src)
	return err
}

// fragments are scanners of documents, which need no buffer of their own.
var fragments = sync.Pool{New: func() any { return new(Scanner) }}

// scanner returns a scanner of src[from:to].
func (d *Document) scanner(from, to int, outside *scope) *Scanner {
	s := fragments.Get().(*Scanner)
	*s = Scanner{
		buf: d.src, pos: from, end: to, srcErr: io.EOF, scope: outside, base: outside, plain: outside.resolve(nil), fragment: true, lenient: d.loose,
		vocabulary: d.vocabulary, maxDepth: d.limits.Depth, maxText: d.limits.StringLen,
		Attrs: s.Attrs[:0], open: s.open[:0], marks: s.marks[:0],
	}
	return s
}

func (s *Scanner) release() {
	s.buf, s.scope, s.base = nil, nil, nil
	fragments.Put(s)
}

// element returns the element that was just started.
func (s *Scanner) element(d *Document) Element {
	return Element{doc: d, name: s.Name, Space: s.Space, start: s.start, open: s.pos, close: s.pos, end: s.pos, empty: s.empty, outer: s.start, scope: s.scope}
}

// elements yields the elements up to the end of the one that was just started, or
// of the fragment; it reports whether all were wanted. Of those in alternatives,
// which start at outer, the chosen ones are yielded.
func (s *Scanner) elements(d *Document, outer int, yield func(Element) bool) (more bool, err error) {
	depth := len(s.marks)
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return false, err
		case t == endOfPart, t == endTag:
			return true, nil
		case t != startTag:
			continue
		}
		e := s.element(d)
		if outer >= 0 {
			e.outer = outer
		}
		if s.isAlternative() && !d.loose {
			if more, err := s.alternativeElements(d, e.outer, yield); !more || err != nil {
				return more, err
			}
			continue
		}
		wanted := d.vocabulary == NoSpace || e.Space == d.vocabulary
		if err := s.skipTo(depth); err != nil {
			return false, err
		}
		e.close, e.end = s.start, s.pos
		if wanted && !yield(e) {
			return false, nil
		}
	}
}

// alternativeElements yields the elements of the alternative that is chosen.
func (s *Scanner) alternativeElements(d *Document, outer int, yield func(Element) bool) (more bool, err error) {
	chosen, more := false, true
	err = s.children(func() error {
		if chosen || !s.isChosen() {
			return nil
		}
		chosen = true
		var err error
		more, err = s.elements(d, outer, yield)
		if err == nil && !more {
			err = errEnough
		}
		return err
	})
	if err == errEnough {
		err = nil
	}
	return more, err
}

// errEnough ends a walk that nobody wants to go on.
var errEnough = fmt.Errorf("enough")

// Name returns the element's name without its prefix.
func (e Element) Name() string { return string(e.name) }

// Is reports whether the element has a name.
func (e Element) Is(space Space, name string) bool { return e.Space == space && string(e.name) == name }

// Exists reports whether there is an element at all.
func (e Element) Exists() bool { return e.doc != nil }

// Prefix returns how the element's name begins: "x:", or "" for none.
func (e Element) Prefix() string {
	if e.doc == nil {
		return ""
	}
	name, _ := cutName(e.doc.src[e.start+1 : e.open])
	return string(name[:len(name)-len(e.name)])
}

// URI returns the namespace of the element's name as it is written.
func (e Element) URI() string {
	prefix := e.Prefix()
	if s := e.scope.lookup([]byte(prefix[:max(0, len(prefix)-1)])); s != nil {
		return s.URI
	}
	return ""
}

// Declares reports whether a prefix stands for a namespace in the element.
func (e Element) Declares(prefix, uri string) bool {
	s := e.scope.lookup([]byte(prefix))
	return s != nil && s.URI == uri
}

// Children yields the children of an element. A fault in one ends them; the
// document then has no Bytes.
func (e Element) Children() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		if e.doc == nil || e.empty {
			return
		}
		if list, known := e.doc.children[e.start]; known {
			for _, c := range list {
				if !yield(c) {
					return
				}
			}
			return
		}
		s := e.doc.scanner(e.open, e.close, e.scope)
		defer s.release()
		if _, err := s.elements(e.doc, -1, yield); err != nil {
			e.doc.fail(err)
		}
	}
}

// Child returns the first child of a name; one that does not exist where there is
// none.
func (e Element) Child(name string) Element {
	for c := range e.Children() {
		if string(c.name) == name {
			return c
		}
	}
	return Element{}
}

// attrs calls visit for the attributes of the element, until it has found one.
func (e Element) attrs(visit func(s *Scanner) error) {
	if e.doc == nil {
		return
	}
	s := e.doc.scanner(e.start, e.open, e.scope)
	defer s.release()
	_, rest := cutName(e.doc.src[e.start+1 : e.open-1])
	if err := s.parseAttrs(bytes.TrimSuffix(rest, []byte("/"))); err != nil {
		e.doc.fail(err)
		return
	}
	e.doc.fail(visit(s))
}

// Attr returns the value of an attribute that stands in no namespace, "" where
// there is none.
func (e Element) Attr(name string) (value string) {
	if value, plain := e.plainAttr(name); plain {
		return value
	}
	e.attrs(func(s *Scanner) (err error) {
		value, err = s.Attr(name)
		return err
	})
	return value
}

// plainAttr is Attr where the start tag, which was scanned before, has nothing but the
// simplest: values without entities, in ASCII. plain is false where it has not.
func (e Element) plainAttr(name string) (value string, plain bool) {
	if e.doc == nil {
		return "", true
	}
	_, rest := cutName(e.doc.src[e.start+1 : e.open])
	for {
		rest = trimSpace(rest)
		if len(rest) == 0 || rest[0] == '>' || rest[0] == '/' {
			return "", true
		}
		var n []byte
		n, rest = cutName(rest)
		if len(n) == 0 || len(rest) < 2 || rest[0] != '=' || rest[1] != '"' {
			return "", false
		}
		end := bytes.IndexByte(rest[2:], '"')
		if end < 0 {
			return "", false
		}
		v := rest[2 : 2+end]
		rest = rest[end+3:]
		if string(n) != name {
			continue
		}
		for _, c := range v {
			if c < ' ' || c == '&' || c >= utf8.RuneSelf {
				return "", false
			}
		}
		return string(v), true
	}
}

// AttrIn returns the value of an attribute of a namespace, "" where there is none.
func (e Element) AttrIn(space Space, name string) (value string) {
	e.attrs(func(s *Scanner) (err error) {
		value, _, err = s.AttrIn(space, name)
		return err
	})
	return value
}

// Int returns the value of an attribute that is a whole number, or a default.
func (e Element) Int(name string, otherwise int) int {
	if n, err := strconv.Atoi(e.Attr(name)); err == nil {
		return n
	}
	return otherwise
}

// Text returns the text of the element without that of its children.
func (e Element) Text() string {
	if e.doc == nil {
		return ""
	}
	s := e.doc.scanner(e.start, e.end, e.scope)
	defer s.release()
	if _, err := s.next(); err != nil {
		e.doc.fail(err)
		return ""
	}
	text, err := s.Text(nil)
	e.doc.fail(err)
	return string(text)
}

// fail notes the first error.
func (d *Document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}
