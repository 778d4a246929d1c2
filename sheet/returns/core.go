package returns

import (
	_ "embed"
	"strings"
	"sync"

	"ziping/sheet/strict"
)

//go:embed words.toml
var wordsTOML string

var words = sync.OnceValue(func() (w struct {
	Endings []string `toml:"名称结尾"` // what the name of a project may end in or not
	Copies  []string `toml:"副本"`
	Changed []string `toml:"改过"`
}) {
	strict.BuiltIn("sheet/returns/words.toml", wordsTOML, &w)
	return w
})

// core returns a name without its endings; one that is nothing else stays.
func core(name string) string {
	for {
		shorter := name
		for _, e := range words().Endings {
			if s := strings.TrimSuffix(name, e); s != "" && len(s) < len(shorter) {
				shorter = s
			}
		}
		if shorter == name {
			return name
		}
		name = shorter
	}
}
