package summary

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Rows come back with all their fields.
func TestProjectRows(t *testing.T) {
	var want []*projectRow
	var rows projectRows
	defer rows.text.Close()
	for i := range 3 {
		p := new(projectRow)
		fill(reflect.ValueOf(p).Elem(), i)
		want = append(want, p)
		if err := rows.add(p); err != nil {
			t.Fatal(err)
		}
	}
	var got []*projectRow
	for p := range rows.all() {
		row := *p
		row.levels = slices.Clone(p.levels)
		got = append(got, &row)
	}
	if diff := cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" || rows.err != nil {
		t.Errorf("%v (-want +got):\n%s", rows.err, diff)
	}
}

// fill fills in all that a value consists of.
func fill(v reflect.Value, n int) {
	v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n+i+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n+i+1)
		}
	case reflect.String:
		v.SetString(string(rune('一' + n)))
	case reflect.Int:
		v.SetInt(int64(n) - 2)
	case reflect.Float64:
		v.SetFloat(float64(n) + 0.5)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic(v.Kind())
	}
}
