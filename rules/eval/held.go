package eval

import "fmt"

// Row is a part of a form as expressions see it.
type Row interface {
	// Labels lists the names of the values.
	Labels() []string
	// Value returns what has a label as Frame.Values has it, nil where that is unknown.
	Value(label string) any
}

// value returns the field of the row, nil where it is unknown.
func (m member) value(f *Frame) any {
	if row, ok := f.Values[m.place].(Row); ok {
		return row.Value(m.field)
	}
	return nil
}

// Plain returns a value as functions take it, which may be kept by its address.
func Plain(v any) any {
	switch v := v.(type) {
	case *string:
		return *v
	case *float64:
		return *v
	}
	return v
}

// Text returns a value of a frame that is a text.
func Text(v any) (string, error) {
	switch v := v.(type) {
	case *string:
		return *v, nil
	case string:
		return v, nil
	case nil:
		return "", ErrUnknown
	}
	return "", fmt.Errorf("应为文字，这里是 %v", Plain(v))
}

// Number returns a value of a frame that is a number.
func Number(v any) (float64, error) {
	switch v := v.(type) {
	case *float64:
		return *v, nil
	case float64:
		return v, nil
	case int:
		return float64(v), nil
	case nil:
		return 0, ErrUnknown
	}
	return 0, fmt.Errorf("应为数字，这里是 %v", Plain(v))
}

// rowKey is where the language's machine, to which a row is a map, finds the row.
const rowKey = "·行"

// machineValue returns a value as the language's machine takes it.
func machineValue(v any) any {
	row, ok := v.(Row)
	if !ok {
		return Plain(v)
	}
	m := map[string]any{rowKey: row}
	for _, label := range row.Labels() {
		m[label] = Plain(row.Value(label))
	}
	return m
}

// RowOf returns the row that a function was given, nil where that is none.
func RowOf(v any) Row {
	if m, ok := v.(map[string]any); ok {
		v = m[rowKey]
	}
	row, _ := v.(Row)
	return row
}

// inInterface makes a value of what native returns.
func inInterface(part any) value {
	switch part := part.(type) {
	case text:
		return boxed(part)
	case number:
		return boxed(part)
	case integer:
		return boxed(part)
	case boolean:
		return boxed(part)
	case value:
		return part
	}
	return nil
}

func boxed[T any](part func(*Frame) (T, error)) value {
	return from(part, func(v T) (any, error) { return v, nil })
}

// from makes something else of what a node comes to.
func from[T, R any](part func(*Frame) (T, error), make func(T) (R, error)) func(*Frame) (R, error) {
	return func(f *Frame) (none R, err error) {
		v, err := part(f)
		if err != nil {
			return none, err
		}
		return make(v)
	}
}

// from2 is from for two nodes.
func from2[A, B, R any](a func(*Frame) (A, error), b func(*Frame) (B, error), make func(A, B) (R, error)) func(*Frame) (R, error) {
	return func(f *Frame) (none R, err error) {
		x, err := a(f)
		if err != nil {
			return none, err
		}
		y, err := b(f)
		if err != nil {
			return none, err
		}
		return make(x, y)
	}
}
