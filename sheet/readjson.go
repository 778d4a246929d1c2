package sheet

import (
	"fmt"
	"slices"

	"ziping/sheet/rawjson"
)

// jsonReader reads a table out of valid JSON. Its texts are kept side by side, for who
// drops one drops them all.
type jsonReader struct{ texts rawjson.Texts }

// UnmarshalJSON reads what MarshalJSON wrote, which must be valid JSON, as it is: unlike
// Unmarshal it does not ask whether a form can say it. What is no field of every form is one of the
// form's own. Who keeps a text of the table for long keeps a copy of it.
func (t *Table) UnmarshalJSON(b []byte) error {
	return t.readJSON(b, len(b), func([]byte) bool { return true })
}

// Head is a table of which JSON gives only the values that stand in no part of it.
type Head Table

// UnmarshalJSON is that of Table.
func (h *Head) UnmarshalJSON(b []byte) error {
	const most = 512 // bytes of its texts, of nearly all heads
	return (*Table)(h).readJSON(b, most, func(value []byte) bool { return value[0] != '{' && value[0] != '[' })
}

// readJSON reads the members of a table that are wanted, of whose texts so many bytes are
// expected.
func (t *Table) readJSON(b []byte, texts int, wanted func(value []byte) bool) error {
	type member struct {
		key   string
		value []byte
	}
	var r jsonReader
	r.texts.Expect(texts)
	members, kind := make([]member, 0, 16), ""
	err := r.texts.Members(b, func(key string, value []byte) (err error) {
		if key == formLabel {
			kind, err = r.texts.Text(value)
		}
		if wanted(value) {
			members = append(members, member{key, value})
		}
		return err
	})
	if err != nil {
		return err
	}
	t.reset(formOf(kind))
	for _, m := range members {
		if err := r.member(t, m.key, m.value); err != nil {
			return err
		}
	}
	return nil
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

// object reads an object into a part of the form.
func (r *jsonReader) object(b []byte, part any) error {
	return r.texts.Members(b, func(key string, raw []byte) error { return r.member(part, key, raw) })
}

// member reads a member of an object into a part of the form.
func (r *jsonReader) member(part any, key string, raw []byte) (err error) {
	labels, values, _ := fieldsOf(part)
	t, whole := part.(*Table)
	switch i := slices.Index(labels, key); {
	case i >= 0:
		err = r.value(raw, values[i])
	case whole && hasLabel(t, key):
		err = r.part(t, key, raw)
	default:
		err = r.own(key, raw, part)
	}
	if err != nil {
		return fmt.Errorf("%s：%w", key, err)
	}
	return nil
}

func (r *jsonReader) value(raw []byte, v Value) (err error) {
	switch value := v.(type) {
	case *Text:
		value.Value, err = r.texts.Text(raw)
	case *Rate:
		return r.value(raw, &value.Number)
	case *Number:
		value.Known = true
		value.Value, err = rawjson.Number(raw)
	default:
		err = fmt.Errorf("不是单个的值：%T", v)
	}
	return err
}

// part reads a part of the form, or a list of them.
func (r *jsonReader) part(t *Table, label string, raw []byte) (err error) {
	switch label {
	case LabelFunds:
		t.Funds, err = readRows[Fund](r, raw)
	case LabelGoal:
		err = r.object(raw, &t.Goal)
	case LabelIndicators:
		t.Indicators, err = readRows[Indicator](r, raw)
	case LabelTotal:
		err = r.object(raw, &t.Total)
	}
	return err
}

// readRows reads a list of parts.
func readRows[T any](r *jsonReader, b []byte) ([]T, error) {
	n := 0
	if err := rawjson.Elements(b, func([]byte) error { n++; return nil }); err != nil {
		return nil, err
	}
	rows := make([]T, n)
	n = 0
	return rows, rawjson.Elements(b, func(row []byte) error { n++; return r.object(row, &rows[n-1]) })
}

// own reads a member that is a field, or a list, of the form's own. What kind it
// is the form says, where it is known, else what stands there.
func (r *jsonReader) own(key string, raw []byte, part any) error {
	own := ownIn(part)
	if own == nil || key == formLabel {
		return nil
	}
	switch raw[0] {
	case '[':
		if t, ok := part.(*Table); ok {
			return r.list(t, key, raw)
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
	return r.value(raw, v)
}

// list reads a list of the form's own.
func (r *jsonReader) list(t *Table, name string, raw []byte) error {
	l := t.List(name)
	if l == nil {
		t.Lists = append(t.Lists, List{Name: name})
		l = &t.Lists[len(t.Lists)-1]
	}
	return rawjson.Elements(raw, func(row []byte) error { return r.object(row, l.Add()) })
}
