package strict

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// BuiltIn decodes a TOML file that is built into the program, such as one of words. It
// panics where the file says what into does not understand: a defect of the build.
func BuiltIn(file, src string, into any) {
	if err := toml.NewDecoder(strings.NewReader(src)).DisallowUnknownFields().Decode(into); err != nil {
		if e, ok := err.(*toml.StrictMissingError); ok {
			err = fmt.Errorf("unknown keys\n%s", e)
		}
		panic(fmt.Sprintf("%s: %v", file, err))
	}
}
