package quantity

import (
	"os"
	"testing"

	"ziping/sheet/sheettest"
	"ziping/sheet/strict"
)

// The ready forms of the words say what their files say.
func TestReady(t *testing.T) {
	for name, written := range map[string]any{"words": new(words), "units": new(unitWords), "contradiction": new(contraryWords)} {
		src, err := os.ReadFile(name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		strict.BuiltIn(name+".toml", string(src), written)
		sheettest.Ready(t, name+".json", written)
	}
}
