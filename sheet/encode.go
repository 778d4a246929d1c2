package sheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"ziping/sheet/quantity"
)

// MarshalJSON writes the table under its printed labels, in the order of the
// form; empty fields are left out.
func (t *Table) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	writeJSON(&b, reflect.ValueOf(t).Elem())
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON wrote, as it is: unlike Unmarshal it does
// not ask whether a form can say it.
func (t *Table) UnmarshalJSON(b []byte) error {
	*t = Table{}
	return readJSON(b, reflect.ValueOf(t).Elem())
}

func readJSON(b []byte, v reflect.Value) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(b, &members); err != nil {
		return err
	}
	for _, l := range labelsOf(v.Type()) {
		raw := members[l.label]
		if raw == nil {
			continue
		}
		f := v.Field(l.index)
		var err error
		switch value := f.Addr().Interface().(type) {
		case *Text:
			err = json.Unmarshal(raw, &value.Value)
		case *Number:
			value.Known, err = true, json.Unmarshal(raw, &value.Value)
		case *Rate:
			value.Known, err = true, json.Unmarshal(raw, &value.Value)
		default:
			err = readPartsJSON(raw, f)
		}
		if err != nil {
			return fmt.Errorf("%s：%w", l.label, err)
		}
	}
	return nil
}

// readPartsJSON reads a part of the form, or a list of them.
func readPartsJSON(b []byte, v reflect.Value) error {
	if v.Kind() != reflect.Slice {
		return readJSON(b, v)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
	for i, raw := range list {
		if err := readJSON(raw, v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// MarshalTOML writes the table as a data file.
func (t *Table) MarshalTOML() ([]byte, error) {
	var b bytes.Buffer
	writeTOML(&b, reflect.ValueOf(t).Elem())
	return b.Bytes(), nil
}

// writeJSON writes a struct of the form.
func writeJSON(b *bytes.Buffer, v reflect.Value) {
	b.WriteByte('{')
	comma := ""
	for _, l := range labelsOf(v.Type()) {
		f := v.Field(l.index)
		if isEmpty(f) {
			continue
		}
		b.WriteString(comma + quote(l.label) + ":")
		comma = ","
		switch value, ok := f.Addr().Interface().(Value); {
		case ok:
			b.WriteString(literal(value))
		case f.Kind() == reflect.Slice:
			b.WriteByte('[')
			comma := ""
			for i := range f.Len() {
				if !isEmpty(f.Index(i)) {
					b.WriteString(comma)
					comma = ","
					writeJSON(b, f.Index(i))
				}
			}
			b.WriteByte(']')
		default:
			writeJSON(b, f)
		}
	}
	b.WriteByte('}')
}

// writeTOML writes a struct of the form. Its values come before its parts, as
// they do in Table, or they would belong to the last part.
func writeTOML(b *bytes.Buffer, v reflect.Value) {
	part := func(open, close string, name string, f reflect.Value) {
		if !isEmpty(f) {
			b.WriteString("\n" + open + quote(name) + close + "\n")
			writeTOML(b, f)
		}
	}
	for _, l := range labelsOf(v.Type()) {
		f := v.Field(l.index)
		if isEmpty(f) {
			continue
		}
		switch value, ok := f.Addr().Interface().(Value); {
		case ok:
			b.WriteString(quote(l.label) + " = " + literal(value) + "\n")
		case f.Kind() == reflect.Slice:
			for i := range f.Len() {
				part("[[", "]]", l.label, f.Index(i))
			}
		default:
			part("[", "]", l.label, f)
		}
	}
}

// isEmpty reports whether a value, a part or a list of parts holds nothing.
func isEmpty(f reflect.Value) bool {
	if v, ok := f.Addr().Interface().(Value); ok {
		return v.Any() == nil
	}
	if f.Kind() == reflect.Slice {
		for i := range f.Len() {
			if !isEmpty(f.Index(i)) {
				return false
			}
		}
		return true
	}
	return Empty(f.Addr().Interface())
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
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\x7f", `\u007f`)
}
