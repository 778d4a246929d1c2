package sheet

import (
	"testing"

	"ziping/sheet/sheettest"
	"ziping/sheet/strict"
)

// The ready forms of the form files say what the files say.
func TestReady(t *testing.T) {
	for _, name := range formNames() {
		src, err := FormSource(name)
		if err != nil {
			t.Fatal(err)
		}
		written := new(formFile)
		if err := strict.Unmarshal(name+".toml", src, written); err != nil {
			t.Fatal(err)
		}
		sheettest.Ready(t, "forms/"+name+".json", written)
	}
}
