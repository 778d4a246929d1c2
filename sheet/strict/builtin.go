package strict

import (
	"fmt"

	"github.com/BurntSushi/toml"
	jsonv2 "github.com/go-json-experiment/json"
)

// BuiltIn decodes a TOML file that is built into the program, such as one of words. It
// panics where the file says what into does not understand: a defect of the build.
func BuiltIn(file, src string, into any) {
	meta, err := toml.Decode(src, into)
	if err == nil && len(meta.Undecoded()) > 0 {
		err = fmt.Errorf("unknown keys %v", meta.Undecoded())
	}
	if err != nil {
		panic(fmt.Sprintf("%s: %v", file, err))
	}
}

// Ready decodes the ready form of a TOML file that is built into the program and read at
// every start: to read them all as people write them takes longer than to check a form.
// TestReady of their package holds the two forms together, and with -update writes the ready
// one. It panics where into does not understand it: a defect of the build.
func Ready(pkg string, ready []byte, into any) {
	if err := jsonv2.Unmarshal(ready, into); err != nil {
		panic(fmt.Sprintf("%v; go test ./%s -run TestReady -update", err, pkg))
	}
}
