package sheettest

import (
	"reflect"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// Ready compares the ready form of a built-in file with what its TOML says, which written
// points to, and sees that it is read whole; with -update it writes it.
func Ready(t testing.TB, file string, written any) {
	t.Helper()
	ready := func(v any) string {
		b, err := jsonv2.Marshal(v, jsonv2.OmitZeroStructFields(true), jsonv2.Deterministic(true), jsontext.WithIndent(""))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	want := ready(written)
	Golden(t, file, want)
	read := reflect.New(reflect.TypeOf(written).Elem()).Interface()
	if err := jsonv2.Unmarshal([]byte(want), read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, ready(read)); diff != "" {
		t.Errorf("%s is not read whole (-written +read):\n%s", file, diff)
	}
}
