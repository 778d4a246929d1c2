package returns

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed words.toml
var wordsTOML string

// endings are what the name of a project may end in or not.
var endings = sync.OnceValue(func() []string {
	var words struct {
		Endings []string `toml:"名称结尾"`
	}
	if _, err := toml.Decode(wordsTOML, &words); err != nil {
		panic(err) // a defect of the build
	}
	return words.Endings
})

// core returns a name without its endings; one that is nothing else stays.
func core(name string) string {
	for {
		shorter := name
		for _, e := range endings() {
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
