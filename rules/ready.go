package rules

import (
	_ "embed"
	"fmt"

	jsonv2 "github.com/go-json-experiment/json"
)

// The default rules are read at every start, and to read them as people write them takes
// longer than to check a form: they are there in a form that is read at once, too.
// TestReady holds the two together, and with -update writes it.
//
//go:embed packs/default.json
var readyJSON []byte

// readyFile returns the file of the default rules.
func readyFile() *file {
	f := &file{name: defaultName + ".toml", src: DefaultSource()}
	if err := jsonv2.Unmarshal(readyJSON, f); err != nil {
		panic(fmt.Sprintf("packs/default.json: %v; go test ./rules -run TestReady -update", err)) // a defect of the build
	}
	return f
}
