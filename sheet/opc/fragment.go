package opc

import (
	"fmt"
	"strings"
)

// Fragment is an element as it is written, but that names of its own namespace
// have no prefix: so it can be kept, compared, and written into another document.
type Fragment string

// Fragment returns the element as a fragment.
func (e Element) Fragment() Fragment {
	return renamed(Fragment(e.doc.src[e.start:e.end]), e.Prefix(), "")
}

// write returns a fragment as it is written beside or in the element: as it is in
// a document of several vocabularies.
func (e Element) write(f Fragment) string {
	if e.doc.vocabulary == NoSpace {
		return string(f)
	}
	return string(renamed(f, "", e.Prefix()))
}

// Attr returns the value of an attribute of the element, "" where there is none.
func (f Fragment) Attr(name string) string {
	d, err := Parse([]byte(f), NoSpace)
	if err != nil {
		return ""
	}
	return d.Root.Attr(name)
}

// With returns the element with an attribute, or without it for "".
func (f Fragment) With(name, value string) Fragment {
	d, err := Parse([]byte(f), NoSpace)
	if err != nil {
		return f
	}
	d.SetAttr(d.Root, name, value)
	out, err := d.Bytes()
	if err != nil {
		return f
	}
	return Fragment(out)
}

// renamed changes the prefix of a fragment's elements that have it: "x:" or "". A
// fragment that is no XML stays as it is.
func renamed(fragment Fragment, from, to string) Fragment {
	if from == to || fragment == "" {
		return fragment
	}
	d := &Document{src: []byte(fragment), limits: DefaultLimits()}
	s := d.scanner(0, len(d.src), nil)
	defer s.release()
	var ours []bool // of the open elements
	for {
		t, err := s.next()
		if err != nil {
			return fragment
		}
		switch t {
		case endOfPart:
			out, _ := d.Bytes()
			return Fragment(out)
		case startTag:
			name, _ := cutName(d.src[s.start+1:])
			prefix := string(name[:len(name)-len(s.Name)])
			ours = append(ours, prefix == from && s.scope.lookup([]byte(strings.TrimSuffix(from, ":"))) == nil)
			if ours[len(ours)-1] {
				d.replace(s.start+1, s.start+1+len(from), to)
			}
		case endTag:
			if ours[len(ours)-1] && s.start < s.pos {
				d.replace(s.start+2, s.start+2+len(from), to)
			}
			ours = ours[:len(ours)-1]
		}
	}
}

func fragmentf(format string, args ...any) Fragment { return Fragment(fmt.Sprintf(format, args...)) }
