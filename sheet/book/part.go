package book

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet/quantity"
)

// partText writes a part of a workbook as every program reads it. It knows the XML
// of Go's encoder, in which no < or > stands but for tags and no " but around
// values, and takes it in pieces of any size.
type partText struct {
	w      io.Writer
	values map[string]float64 // of formulas, by cell
	grows  func(row int) bool // whether the height of a row is not fixed
	rows   *rows              // of an empty sheet
	rest   []byte             // of a tag that has only begun
	err    error

	within string // the element that the next tags belong to, of those that matter
	held   []byte // <c>, until it is known whether a formula stands in it
	ref    string // the cell
	skip   string // the element that is left out up to its end
}

// Write implements io.Writer.
func (t *partText) Write(p []byte) (int, error) {
	n := len(p)
	if len(t.rest) > 0 {
		p = append(t.rest, p...)
		t.rest = nil
	}
	for t.err == nil {
		start := bytes.IndexByte(p, '<')
		if start < 0 {
			t.text(p)
			break
		}
		t.text(p[:start])
		length := bytes.IndexByte(p[start:], '>') + 1
		if length == 0 {
			t.rest = bytes.Clone(p[start:])
			break
		}
		t.tag(p[start : start+length])
		p = p[start+length:]
	}
	return n, t.err
}

func (t *partText) put(b []byte) {
	if t.err == nil && len(b) > 0 {
		_, t.err = t.w.Write(b)
	}
}

func (t *partText) text(b []byte) {
	if t.skip == "" {
		t.put(b)
	}
}

// tag writes a tag, and what belongs to it.
func (t *partText) tag(tag []byte) {
	name := nameOf(tag)
	if t.skip != "" {
		if name == "/"+t.skip {
			t.skip = ""
		}
		return
	}
	switch {
	case name == "row" && t.grows != nil:
		if row, err := strconv.Atoi(valueOf(tag, "r")); err == nil && t.grows(row) {
			tag = rewrite(tag, func(attribute, value string) (string, bool) { return value, attribute != "customHeight" })
		}
	case name == "c" && t.values != nil:
		t.ref = valueOf(tag, "r")
		if _, ok := t.values[t.ref]; ok {
			t.held = bytes.Clone(tag)
			return
		}
	case t.held != nil:
		held := t.held
		t.held = nil
		if name == "f" {
			t.within = name
			held = rewrite(held, func(attribute, value string) (string, bool) { return value, attribute != "t" })
		}
		t.put(held)
	case name == "/f" && t.within == "f":
		// excelize would mark the number as a text.
		t.put(tag)
		t.put([]byte("<v>" + quantity.FormatNumber(t.values[t.ref]) + "</v>"))
		t.within = "c"
		return
	case name == "v" && t.within == "c":
		t.skip = name
		return
	case name == "/c", name == "/valAx":
		t.within = ""
	case name == "valAx":
		t.within = name
	case name == "sheetData" && t.rows != nil:
		t.put(tag)
		if t.err == nil {
			_, t.err = io.Copy(t.w, t.rows.Reader())
		}
		return
	case name == "dimension", t.within == "valAx" && slices.Contains(ofCategories, name):
		t.skip = name // excelize says A1 of every sheet
		return
	}
	t.put(plain(tag))
}

// ofCategories are what an axis of values has not; excelize writes them for that of
// a scatter chart.
var ofCategories = []string{"auto", "lblAlgn", "lblOffset", "noMultiLvlLbl"}

// nameOf returns the name of a tag, with the / of an end tag.
func nameOf(tag []byte) string {
	name := tag[1 : len(tag)-1]
	if at := bytes.IndexByte(name, ' '); at >= 0 {
		name = name[:at]
	}
	return string(name)
}

// valueOf returns an attribute of a tag.
func valueOf(tag []byte, attribute string) string {
	_, after, _ := bytes.Cut(tag, []byte(" "+attribute+`="`))
	value, _, _ := bytes.Cut(after, []byte(`"`))
	return string(value)
}

// texts are attributes that hold what somebody has written.
var texts = []string{"name", "displayName", "prompt", "promptTitle", "error", "errorTitle", "formatCode", "descr"}

// numerals are booleans as every program knows them.
var numerals = map[string]string{"true": "1", "false": "0"}

// plain writes a tag as programs take it that know no more than they need: booleans
// are 1 and 0, and the prefix of relationships is r.
func plain(tag []byte) []byte {
	if !bytes.Contains(tag, []byte(`="true"`)) && !bytes.Contains(tag, []byte(`="false"`)) && !bytes.Contains(tag, []byte("relationships:")) &&
		!bytes.Contains(tag, []byte(":relationships")) {
		return tag
	}
	return rewrite(tag, func(attribute, value string) (string, bool) {
		if slices.Contains(texts, attribute) {
			return value, true
		}
		return cmp.Or(numerals[value], value), true
	})
}

// rewrite returns a tag with its attributes as edit returns them.
func rewrite(tag []byte, edit func(attribute, value string) (string, bool)) []byte {
	pieces := strings.Split(string(tag), `"`)
	var b bytes.Buffer
	for i := 0; i+1 < len(pieces); i += 2 {
		before, attribute := pieces[i], ""
		if at := strings.LastIndexByte(before, ' '); at >= 0 {
			before, attribute = before[:at], strings.TrimSuffix(before[at+1:], "=")
		}
		b.WriteString(before)
		if value, keep := edit(attribute, pieces[i+1]); keep {
			switch attribute {
			case "xmlns:relationships":
				attribute = "xmlns:r"
			case "relationships:id":
				attribute = "r:id"
			}
			b.WriteString(" " + attribute + `="` + value + `"`)
		}
	}
	b.WriteString(pieces[len(pieces)-1])
	return b.Bytes()
}
