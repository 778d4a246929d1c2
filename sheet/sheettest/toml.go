package sheettest

import (
	"os"
	"testing"

	"github.com/BurntSushi/toml"
)

// TOML decodes a file of testdata.
func TOML(t testing.TB, name string, into any) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := toml.Unmarshal(src, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
