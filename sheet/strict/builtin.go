package strict

import (
	"fmt"

	"github.com/BurntSushi/toml"
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
