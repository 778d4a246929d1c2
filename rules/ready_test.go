package rules

import (
	"testing"

	"ziping/sheet/sheettest"
	"ziping/sheet/strict"
)

// The ready form of the default rules says what their file says.
func TestReady(t *testing.T) {
	written := new(file)
	if err := strict.Unmarshal("default.toml", DefaultSource(), written); err != nil {
		t.Fatal(err)
	}
	sheettest.Ready(t, "packs/default.json", written)
}
