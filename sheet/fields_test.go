package sheet

import (
	"reflect"
	"testing"
)

// Fields yields the values of a part in the order of its struct, under the labels of their
// tags.
func TestFields(t *testing.T) {
	for _, part := range []any{new(Table), new(Fund), new(Goal), new(Indicator), new(Total)} {
		v := reflect.ValueOf(part).Elem()
		var want []Field
		for _, l := range labelsOf(v.Type()) {
			if value, ok := v.Field(l.index).Addr().Interface().(Value); ok {
				want = append(want, Field{l.label, value})
			}
		}
		n := 0
		for f := range Fields(part) {
			if n == len(want) || f != want[n] {
				t.Fatalf("%T: field %d is %s", part, n, f.Label)
			}
			if Lookup(part, f.Label) != f.Value {
				t.Errorf("%T: %s is not found", part, f.Label)
			}
			n++
		}
		if n != len(want) || n == 0 {
			t.Errorf("%T has %d fields, want %d", part, n, len(want))
		}
	}
}
