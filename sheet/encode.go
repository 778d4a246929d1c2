package sheet

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"ziping/sheet/quantity"
)

// group is a part of the form, or the rows of a list, under their label.
type group struct {
	label string
	list  bool
	parts []any
}

// groups returns what a table consists of besides its own values, as far as it is not
// empty.
func (t *Table) groups() (list []group) {
	for _, p := range t.Parts()[1:] {
		if Empty(p.Part) {
			continue
		}
		if n := len(list); n == 0 || list[n-1].label != p.Path.Part {
			list = append(list, group{label: p.Path.Part, list: p.Path.Listed})
		}
		g := &list[len(list)-1]
		g.parts = append(g.parts, p.Part)
	}
	return list
}

// filled yields the values of a part that are not empty. A table's begin with its form,
// where that is not the usual one.
func filled(part any) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		if t, ok := part.(*Table); ok && t.Form.name() != usualForm && !yield(Field{formLabel, new(T(t.Form.Name))}) {
			return
		}
		for f := range Fields(part) {
			if f.Value.Filled() && !yield(f) {
				return
			}
		}
	}
}

// MarshalJSONTo writes the table under its printed labels, in the order of the form;
// empty fields are left out. It implements json.MarshalerTo of
// github.com/go-json-experiment/json.
func (t *Table) MarshalJSONTo(e *jsontext.Encoder) error {
	w := tokens{e: e}
	w.put(jsontext.BeginObject)
	w.values(t)
	for _, g := range t.groups() {
		w.put(jsontext.String(g.label))
		if g.list {
			w.put(jsontext.BeginArray)
		}
		for _, part := range g.parts {
			w.put(jsontext.BeginObject)
			w.values(part)
			w.put(jsontext.EndObject)
		}
		if g.list {
			w.put(jsontext.EndArray)
		}
	}
	w.put(jsontext.EndObject)
	return w.err
}

// MarshalJSON is MarshalJSONTo for encoding/json.
func (t *Table) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := t.MarshalJSONTo(jsontext.NewEncoder(&b, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)))
	return b.Bytes(), err
}

// tokens writes JSON token by token, until one can't be written.
type tokens struct {
	e     *jsontext.Encoder
	value jsontext.Value // the last
	err   error
}

func (w *tokens) put(t jsontext.Token) {
	if w.err == nil {
		w.err = w.e.WriteToken(t)
	}
}

// values writes the values of a part.
func (w *tokens) values(part any) {
	for f := range filled(part) {
		w.put(jsontext.String(f.Label))
		if w.err == nil {
			w.value = appendLiteral(w.value[:0], f.Value)
			w.err = w.e.WriteValue(w.value)
		}
	}
}

// MarshalTOML writes the table as a data file: values before parts, for they would else
// belong to the last part.
func (t *Table) MarshalTOML() ([]byte, error) {
	var b bytes.Buffer
	writeTOML(&b, t)
	for _, g := range t.groups() {
		open, end := "[", "]"
		if g.list {
			open, end = "[[", "]]"
		}
		for _, part := range g.parts {
			b.WriteString("\n" + open + quote(g.label) + end + "\n")
			writeTOML(&b, part)
		}
	}
	return b.Bytes(), nil
}

// writeTOML writes the values of a part.
func writeTOML(b *bytes.Buffer, part any) {
	for f := range filled(part) {
		b.WriteString(quote(f.Label) + " = ")
		b.Write(appendLiteral(b.AvailableBuffer(), f.Value))
		b.WriteByte('\n')
	}
}

// appendLiteral writes a value that is not empty, the same way in TOML and in JSON.
func appendLiteral(b []byte, v Value) []byte {
	switch v := v.(type) {
	case *Number:
		return quantity.AppendNumber(b, v.Value)
	case *Rate:
		return quantity.AppendNumber(b, v.Value)
	}
	return appendQuoted(b, v.(*Text).Value)
}

func quote(s string) string { return string(appendQuoted(nil, s)) }

// appendQuoted writes a text so that it is a string of TOML as well as of JSON.
func appendQuoted(b []byte, s string) []byte {
	if !strings.ContainsFunc(s, isEscaped) {
		b = append(append(b, '"'), s...)
		return append(b, '"')
	}
	var quoted strings.Builder
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return append(b, strings.ReplaceAll(strings.TrimSuffix(quoted.String(), "\n"), "\x7f", `\u007f`)...)
}

// isEscaped reports whether a character does not stand as it is in a string of JSON, or
// of TOML.
func isEscaped(r rune) bool {
	return r < ' ' || r == '"' || r == '\\' || r == '\x7f' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}
