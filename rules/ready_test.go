package rules

import (
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"ziping/sheet/sheettest"
	"ziping/sheet/strict"
)

// The ready form of the default rules says what their file says, and is read whole.
func TestReady(t *testing.T) {
	ready := func(f *file) string {
		b, err := jsonv2.Marshal(f, jsonv2.OmitZeroStructFields(true), jsonv2.Deterministic(true), jsontext.WithIndent(""))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var written file
	if err := strict.Unmarshal("default.toml", DefaultSource(), &written); err != nil {
		t.Fatal(err)
	}
	want := ready(&written)
	sheettest.Golden(t, "packs/default.json", want)
	if diff := cmp.Diff(want, ready(readyFile())); diff != "" && string(readyJSON) == want {
		t.Error(diff)
	}
}
