package annotate

import (
	"bytes"
	"encoding/xml"
	"html"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// element is where an element stands in a part: its start tag is
// [start, open), its end tag [close, end). One without an end tag, <a/>, has
// open == close == end.
type element struct {
	name                    string // without a prefix
	start, open, close, end int
}

// empty reports whether the element is written as <a/>.
func (e element) empty() bool { return e.open == e.end }

// tag is one tag of a part.
type tag struct {
	name       []byte // with its prefix
	start, end int
	closing    bool // </a>
	single     bool // <a/>
}

// skipped are the constructs that may hold what looks like a tag.
var skipped = []struct{ begin, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}}

// nextTag returns the first tag at or after pos.
func nextTag(src []byte, pos int) (tag, bool) {
	for {
		i := bytes.IndexByte(src[pos:], '<')
		if i < 0 {
			return tag{}, false
		}
		pos += i
		end, skip := skip(src, pos)
		if !skip {
			return tagAt(src, pos)
		}
		if end < 0 {
			return tag{}, false
		}
		pos = end
	}
}

// skip returns the end of a comment or the like at pos, -1 where it has none.
func skip(src []byte, pos int) (end int, ok bool) {
	if pos+1 < len(src) && src[pos+1] != '!' && src[pos+1] != '?' {
		return 0, false
	}
	for _, s := range skipped {
		if bytes.HasPrefix(src[pos:], []byte(s.begin)) {
			i := bytes.Index(src[pos:], []byte(s.end))
			if i < 0 {
				return -1, true
			}
			return pos + i + len(s.end), true
		}
	}
	return 0, false
}

// tagAt reads the tag that begins at pos.
func tagAt(src []byte, pos int) (tag, bool) {
	t := tag{start: pos, end: tagEnd(src, pos)}
	if t.end < 0 {
		return tag{}, false
	}
	name := pos + 1
	if src[name] == '/' {
		t.closing = true
		name++
	}
	t.single = src[t.end-2] == '/'
	t.name = src[name : name+nameLen(src[name:t.end-1])]
	return t, true
}

// tagEnd returns where the tag at pos ends, -1 where it does not. A > may stand
// in an attribute, though it hardly ever does.
func tagEnd(src []byte, pos int) int {
	end := bytes.IndexByte(src[pos:], '>')
	if end < 0 {
		return -1
	}
	if tag := src[pos : pos+end]; bytes.IndexByte(tag, '\'') < 0 && bytes.Count(tag, []byte{'"'})%2 == 0 {
		return pos + end + 1
	}
	var quote byte
	for i, c := range src[pos:] {
		switch {
		case quote == 0 && c == '>':
			return pos + i + 1
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return -1
}

func nameLen(b []byte) int {
	for i, c := range b {
		if c <= ' ' || c == '/' {
			return i
		}
	}
	return len(b)
}

func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// children yields the elements that stand directly in src[from:to].
func children(src []byte, from, to int) iter.Seq[element] {
	return func(yield func(element) bool) {
		depth := 0
		var e element
		for pos := from; ; {
			t, ok := nextTag(src[:to], pos)
			if !ok {
				return
			}
			pos = t.end
			switch {
			case t.closing:
				depth--
			case depth == 0:
				e = element{name: local(string(t.name)), start: t.start, open: t.end}
				fallthrough
			default:
				if !t.single {
					depth++
					continue
				}
			}
			if depth > 0 {
				continue
			}
			if depth < 0 {
				return
			}
			e.close, e.end = t.start, t.end
			if t.single {
				e.close = t.end
			}
			if !yield(e) {
				return
			}
		}
	}
}

// inside yields the children of an element.
func inside(src []byte, e element) iter.Seq[element] { return children(src, e.open, e.close) }

// child returns the first child of a name.
func child(src []byte, e element, name string) (element, bool) {
	for c := range inside(src, e) {
		if c.name == name {
			return c, true
		}
	}
	return element{}, false
}

// root returns the element that a part consists of, and the prefix that it and
// ours are written with: "", or "x:" and the like.
func root(src []byte) (e element, prefix string, ok bool) {
	t, ok := nextTag(src, 0)
	if !ok || t.closing {
		return element{}, "", false
	}
	name := string(t.name)
	e = element{local(name), t.start, t.end, t.end, t.end}
	if !t.single {
		e.close = bytes.LastIndex(src, []byte("</"))
		end := bytes.IndexByte(src[max(e.close, 0):], '>')
		if e.close < e.open || end < 0 {
			return element{}, "", false
		}
		e.end = e.close + end + 1
	}
	return e, name[:len(name)-len(e.name)], true
}

// raw returns an element as it is written.
func (e element) raw(src []byte) string { return string(src[e.start:e.end]) }

// attribute finds an attribute of a start tag by a test of its name; the
// value stands at [from, to).
func attribute(start []byte, is func(name string) bool) (nameAt, from, to int, ok bool) {
	i := 1 + nameLen(start[1:])
	for i < len(start) {
		for i < len(start) && (start[i] <= ' ' || start[i] == '/' || start[i] == '>') {
			i++
		}
		eq := bytes.IndexByte(start[i:], '=')
		if eq < 0 {
			break
		}
		nameAt = i
		name := strings.TrimSpace(string(start[i : i+eq]))
		i += eq + 1
		for i < len(start) && start[i] <= ' ' {
			i++
		}
		if i == len(start) {
			break
		}
		quote := start[i]
		end := bytes.IndexByte(start[i+1:], quote)
		if end < 0 {
			break
		}
		from, to = i+1, i+1+end
		if is(name) {
			return nameAt, from, to, true
		}
		i = to + 1
	}
	return 0, 0, 0, false
}

// attr returns the value of an attribute, "" where there is none.
func (e element) attr(src []byte, name string) string {
	return e.attrIf(src, func(s string) bool { return s == name })
}

// relID returns the attribute r:id, whatever prefix stands for relationships.
func (e element) relID(src []byte) string {
	return e.attrIf(src, func(s string) bool { return local(s) == "id" && s != "id" })
}

func (e element) attrIf(src []byte, is func(string) bool) string {
	start := src[e.start:e.open]
	_, from, to, ok := attribute(start, is)
	if !ok {
		return ""
	}
	return html.UnescapeString(string(start[from:to]))
}

func isTrue(attr string) bool { return attr == "1" || attr == "true" }

// number returns the value of an attribute that is a whole number, or a default.
func (e element) number(src []byte, name string, otherwise int) int {
	if n, err := strconv.Atoi(e.attr(src, name)); err == nil {
		return n
	}
	return otherwise
}

// setAttr returns a start tag with an attribute set, or without it for "".
func setAttr(start, name, value string) string {
	at, from, to, ok := attribute([]byte(start), func(s string) bool { return s == name })
	switch {
	case ok && value == "":
		return strings.TrimRight(start[:at], " \t\r\n") + start[to+1:]
	case ok:
		return start[:from] + escape(value) + start[to:]
	case value == "":
		return start
	}
	end := len(start) - 1
	if start[end-1] == '/' {
		end--
	}
	return strings.TrimRight(start[:end], " ") + " " + name + `="` + escape(value) + `"` + start[end:]
}

// escape makes a text fit for XML; letters that XML has not become �.
func escape(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// isPlain reports whether XML takes a text as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' || strings.HasPrefix(s[i:], "\xEF\xBF") {
			return false // U+FFFE and U+FFFF, which XML has not, begin so
		}
	}
	return utf8.ValidString(s)
}

var tagName = regexp.MustCompile(`<(/?)(\w+)([\s/>])`)

// prefixed writes the elements of a fragment that have none with a prefix.
func prefixed(fragment, prefix string) string {
	if prefix == "" {
		return fragment
	}
	return tagName.ReplaceAllString(fragment, "<${1}"+prefix+"${2}${3}")
}

// unprefixed is the reverse of prefixed.
func unprefixed(fragment, prefix string) string {
	if prefix == "" {
		return fragment
	}
	return strings.NewReplacer("<"+prefix, "<", "</"+prefix, "</").Replace(fragment)
}

// edits are replacements in a part, made all at once.
type edits struct {
	src  []byte
	list []edit
	kids map[int][]element // by where the parent stands
}

// children returns the children of an element. Large parts are not searched
// twice.
func (e *edits) children(parent element) []element {
	list, ok := e.kids[parent.start]
	if !ok {
		if e.kids == nil {
			e.kids = map[int][]element{}
		}
		list = slices.Collect(inside(e.src, parent))
		e.kids[parent.start] = list
	}
	return list
}

// child returns the first child of a name.
func (e *edits) child(parent element, name string) (element, bool) {
	list := e.children(parent)
	if i := slices.IndexFunc(list, func(c element) bool { return c.name == name }); i >= 0 {
		return list[i], true
	}
	return element{}, false
}

type edit struct {
	start, end int
	text       string
}

func (e *edits) replace(start, end int, text string) {
	e.list = append(e.list, edit{start, end, text})
}

func (e *edits) insert(at int, text string) { e.replace(at, at, text) }

// apply returns the part with the replacements; those at one place come in the
// order in which they were made.
func (e *edits) apply() []byte {
	slices.SortStableFunc(e.list, func(a, b edit) int { return a.start - b.start })
	size := len(e.src)
	for _, ed := range e.list {
		size += len(ed.text)
	}
	var out bytes.Buffer
	out.Grow(size)
	pos := 0
	for _, ed := range e.list {
		out.Write(e.src[pos:ed.start])
		out.WriteString(ed.text)
		pos = ed.end
	}
	out.Write(e.src[pos:])
	return out.Bytes()
}

// put writes a child into an element: in place of the one of its name, or where
// the order of the schema has it.
func (e *edits) put(parent element, order []string, name, text string) {
	if old, ok := e.child(parent, name); ok {
		e.replace(old.start, old.end, text)
		return
	}
	e.insert(e.place(parent, order, name), text)
}

// place returns where a new child stands by the order of the schema: before
// the first one that comes after it.
func (e *edits) place(parent element, order []string, name string) int {
	later := order[slices.Index(order, name)+1:]
	for _, c := range e.children(parent) {
		if slices.Contains(later, c.name) {
			return c.start
		}
	}
	return parent.close
}
