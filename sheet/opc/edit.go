package opc

import (
	"bytes"
	"errors"
	"slices"
	"strings"
)

// edit is one change of a document.
type edit struct {
	start, end int
	text       string
}

func (d *Document) replace(start, end int, text string) {
	d.edits = append(d.edits, edit{start, end, text})
}

// Replace writes a fragment in the place of an element. The names of a fragment
// that belong to the vocabulary have no prefix: the document writes them with the
// one that stands for it here.
func (d *Document) Replace(e Element, fragment Fragment) {
	d.replace(e.start, e.end, e.write(fragment))
}

// Remove takes an element away.
func (d *Document) Remove(e Element) { d.replace(e.start, e.end, "") }

// Before writes a fragment before an element.
func (d *Document) Before(e Element, fragment Fragment) {
	d.replace(e.outer, e.outer, e.write(fragment))
}

// After writes a fragment after an element.
func (d *Document) After(e Element, fragment Fragment) {
	d.replace(e.end, e.end, e.write(fragment))
}

// Append writes a fragment at the end of an element's content.
func (d *Document) Append(parent Element, fragment Fragment) {
	text := parent.write(fragment)
	if !parent.empty {
		d.replace(parent.close, parent.close, text)
		return
	}
	// <a/> becomes <a>…</a>.
	end := "</" + parent.Prefix() + parent.Name() + ">"
	if i, grown := d.grown[parent.start]; grown {
		d.edits[i].text = strings.TrimSuffix(d.edits[i].text, end) + text + end
		return
	}
	if d.grown == nil {
		d.grown = map[int]int{}
	}
	d.grown[parent.start] = len(d.edits)
	d.replace(parent.open-len("/>"), parent.end, ">"+text+end)
}

// Put writes a fragment into an element: in place of the child of its name, or
// where the order of the schema has it.
func (d *Document) Put(parent Element, order []string, name string, fragment Fragment) {
	if old := parent.Child(name); old.Exists() {
		d.Replace(old, fragment)
		return
	}
	later := order[slices.Index(order, name)+1:]
	for c := range parent.Children() {
		if slices.Contains(later, c.Name()) {
			d.Before(c, fragment)
			return
		}
	}
	d.Append(parent, fragment)
}

// SetAttr sets an attribute that stands in no namespace, or takes it away for "".
// Each can be set once.
func (d *Document) SetAttr(e Element, name, value string) {
	found := false
	e.attrs(func(s *Scanner) error {
		for _, a := range s.Attrs {
			if string(a.Name) == name {
				found = true
			}
		}
		return nil
	})
	tag := d.src[e.start:e.open]
	end := len(tag) - len(">")
	if tag[end-1] == '/' {
		end--
	}
	switch {
	case found:
		start, from, to := attribute(tag, name)
		if value == "" {
			d.replace(e.start+start, e.start+to+1, "")
		} else {
			d.replace(e.start+from, e.start+to, Escape(value))
		}
	case value != "":
		end = len(bytes.TrimRight(tag[:end], " \t\r\n"))
		d.replace(e.start+end, e.start+end, " "+name+`="`+Escape(value)+`"`)
	}
}

// attribute finds the attribute of a start tag that is well-formed and has it:
// from the white space before it on, and its value.
func attribute(tag []byte, name string) (start, from, to int) {
	_, rest := cutName(tag[1:])
	for {
		start = len(tag) - len(rest)
		var n []byte
		n, rest = cutName(trimSpace(rest))
		rest = trimSpace(trimSpace(rest)[1:]) // =
		from = len(tag) - len(rest) + 1
		to = from + bytes.IndexByte(tag[from:], rest[0])
		if string(n) == name {
			return start, from, to
		}
		rest = tag[to+1:]
	}
}

// Bytes returns the part with the changes; those at one place come in the order in
// which they were made.
func (d *Document) Bytes() ([]byte, error) {
	if d.gap != nil {
		return nil, errors.New("部件太大，没有全部读入")
	}
	out, _, err := d.edited()
	return out, err
}

// edited returns what is held of the part with the changes, and where in it the gap is.
func (d *Document) edited() (out []byte, gap int, err error) {
	if d.err != nil {
		return nil, 0, d.err
	}
	edits := slices.Clone(d.edits)
	if d.gap != nil { // where it is, what was added comes before it
		edits = append(edits, edit{start: d.gap.at, end: d.gap.at})
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	size := len(d.src)
	for _, e := range edits {
		size += len(e.text)
	}
	out = make([]byte, 0, size)
	pos := 0
	for _, e := range edits {
		if e.start < pos {
			return nil, 0, errors.New("部件的一处被改了两次")
		}
		out = append(append(out, d.src[pos:e.start]...), e.text...)
		pos = e.end
		if d.gap != nil && e.start <= d.gap.at {
			gap = len(out)
		}
	}
	out = append(out, d.src[pos:]...)
	if d.utf16 != nil {
		out, err = d.utf16.NewEncoder().Bytes(out)
	}
	return out, gap, err
}

// Changed reports whether anything is to be changed.
func (d *Document) Changed() bool { return len(d.edits) > 0 }
