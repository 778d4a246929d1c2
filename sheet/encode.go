package sheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"ziping/sheet/quantity"
	"ziping/sheet/rawjson"
)

// MarshalJSON writes the table under its printed labels, in the order of the
// form; empty fields are left out.
func (t *Table) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	writeJSON(&b, reflect.ValueOf(t).Elem())
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON wrote, which must be valid JSON, as it is: unlike
// Unmarshal it does not ask whether a form can say it. What is no field of every form is one of the
// form's own.
func (t *Table) UnmarshalJSON(b []byte) error {
	kind := ""
	err := rawjson.Members(b, func(key string, value []byte) (err error) {
		if key == formLabel {
			kind, err = rawjson.Text(value)
		}
		return err
	})
	if err != nil {
		return err
	}
	*t = *NewTable(formOf(kind))
	return readJSON(b, reflect.ValueOf(t).Elem())
}

// formOf returns the form of a name, as far as it is known. The usual one is not
// named.
func formOf(name string) *Form {
	if name == "" {
		return nil
	}
	if f := FormNamed(name, embedded()); f != nil {
		return f
	}
	return unknownForm(name)
}

// unknownForm returns a form of which only the name is known.
func unknownForm(name string) *Form { return &Form{Name: name, Vocabulary: newVocabulary(nil)} }

// readJSON reads an object of valid JSON into a struct of the form.
func readJSON(b []byte, v reflect.Value) error {
	if b[0] != '{' {
		return fmt.Errorf("应为 { … }，这里是 %s", b[:min(len(b), 20)])
	}
	labels := labelsOf(v.Type())
	return rawjson.Members(b, func(key string, raw []byte) (err error) {
		if i := slices.IndexFunc(labels, func(l label) bool { return l.label == key }); i >= 0 {
			err = readMember(raw, v.Field(labels[i].index))
		} else {
			err = readOwn(key, raw, v.Addr().Interface())
		}
		if err != nil {
			return fmt.Errorf("%s：%w", key, err)
		}
		return nil
	})
}

func readMember(raw []byte, f reflect.Value) error {
	if value, ok := f.Addr().Interface().(Value); ok {
		return readValue(raw, value)
	}
	return readPartsJSON(raw, f)
}

func readValue(raw []byte, v Value) (err error) {
	switch value := v.(type) {
	case *Text:
		value.Value, err = rawjson.Text(raw)
	case *Rate:
		return readValue(raw, &value.Number)
	case *Number:
		value.Known = true
		value.Value, err = rawjson.Number(raw)
	default:
		err = fmt.Errorf("不是单个的值：%T", v)
	}
	return err
}

// readOwn reads a member that is a field, or a list, of the form's own. What kind it
// is the form says, where it is known, else what stands there.
func readOwn(key string, raw []byte, part any) error {
	own := ownIn(part)
	if own == nil || key == formLabel {
		return nil
	}
	switch raw[0] {
	case '[':
		if t, ok := part.(*Table); ok {
			return t.readList(key, raw)
		}
		return nil
	case '{':
		return nil
	}
	v, _ := own.Field(key).(Value)
	if v == nil {
		v = new(Text)
		if raw[0] != '"' {
			v = new(Number)
		}
		*own = append(*own, Field{key, v})
	}
	return readValue(raw, v)
}

// readList reads a list of the form's own.
func (t *Table) readList(name string, raw []byte) error {
	l := t.List(name)
	if l == nil {
		t.Lists = append(t.Lists, List{Name: name})
		l = &t.Lists[len(t.Lists)-1]
	}
	return rawjson.Elements(raw, func(row []byte) error { return readJSON(row, reflect.ValueOf(l.Add()).Elem()) })
}

// readPartsJSON reads a part of the form, or a list of them.
func readPartsJSON(b []byte, v reflect.Value) error {
	if v.Kind() != reflect.Slice {
		return readJSON(b, v)
	}
	n := 0
	if err := rawjson.Elements(b, func([]byte) error { n++; return nil }); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	n = 0
	return rawjson.Elements(b, func(row []byte) error { n++; return readJSON(row, v.Index(n-1)) })
}

// MarshalTOML writes the table as a data file.
func (t *Table) MarshalTOML() ([]byte, error) {
	var b bytes.Buffer
	writeTOML(&b, reflect.ValueOf(t).Elem())
	return b.Bytes(), nil
}

// entry is a value or a part of the form, or a list of parts, under its label.
type entry struct {
	label string
	value Value
	parts []reflect.Value
	list  bool
}

// entriesOf returns what a struct of the form holds that is not empty, values before
// parts: in TOML they would else belong to the last part.
func entriesOf(v reflect.Value) (list []entry) {
	if t, ok := v.Addr().Interface().(*Table); ok && t.Form.name() != usualForm {
		list = append(list, entry{label: formLabel, value: new(T(t.Form.Name))})
	}
	for f := range Fields(v.Addr().Interface()) {
		if f.Value.Any() != nil {
			list = append(list, entry{label: f.Label, value: f.Value})
		}
	}
	add := func(label string, slice bool, parts ...reflect.Value) {
		parts = slices.DeleteFunc(parts, func(p reflect.Value) bool { return Empty(p.Addr().Interface()) })
		if len(parts) > 0 {
			list = append(list, entry{label: label, parts: parts, list: slice})
		}
	}
	for _, l := range labelsOf(v.Type()) {
		switch f := v.Field(l.index); {
		case f.Kind() == reflect.Slice:
			add(l.label, true, elements(f)...)
		case !f.Addr().Type().Implements(reflect.TypeFor[Value]()):
			add(l.label, false, f)
		}
	}
	if t, ok := v.Addr().Interface().(*Table); ok {
		for i := range t.Lists {
			add(t.Lists[i].Name, true, elements(reflect.ValueOf(t.Lists[i].Rows))...)
		}
	}
	return list
}

func elements(slice reflect.Value) (list []reflect.Value) {
	for i := range slice.Len() {
		list = append(list, slice.Index(i))
	}
	return list
}

// writeJSON writes a struct of the form.
func writeJSON(b *bytes.Buffer, v reflect.Value) {
	b.WriteByte('{')
	for i, e := range entriesOf(v) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quote(e.label))
		b.WriteByte(':')
		if e.value != nil {
			b.WriteString(literal(e.value))
			continue
		}
		if e.list {
			b.WriteByte('[')
		}
		for j, part := range e.parts {
			if j > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, part)
		}
		if e.list {
			b.WriteByte(']')
		}
	}
	b.WriteByte('}')
}

// writeTOML writes a struct of the form.
func writeTOML(b *bytes.Buffer, v reflect.Value) {
	for _, e := range entriesOf(v) {
		if e.value != nil {
			b.WriteString(quote(e.label) + " = " + literal(e.value) + "\n")
			continue
		}
		open, end := "[", "]"
		if e.list {
			open, end = "[[", "]]"
		}
		for _, part := range e.parts {
			b.WriteString("\n" + open + quote(e.label) + end + "\n")
			writeTOML(b, part)
		}
	}
}

// literal writes a value that is not empty, the same way in TOML and in JSON.
func literal(v Value) string {
	if n, ok := v.Any().(float64); ok {
		return quantity.FormatNumber(n)
	}
	return quote(v.Any().(string))
}

// quote writes a text so that it is a string of TOML as well as of JSON.
func quote(s string) string {
	if !strings.ContainsFunc(s, isEscaped) {
		return `"` + s + `"`
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}

// isEscaped reports whether a character does not stand as it is in a string of JSON, or
// of TOML.
func isEscaped(r rune) bool {
	return r < ' ' || r == '"' || r == '\\' || r == '\x7f' || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}
