package campaign

import (
	_ "embed"
	"maps"
	"slices"

	"ziping/sheet/strict"
)

//go:embed words.toml
var wordsTOML string

// vocabulary is what words.toml holds.
type vocabulary struct {
	Places      []string            `toml:"places"`
	Kinds       []string            `toml:"kinds"`
	Departments map[string][]string `toml:"departments"` // with their topics
	Goal        struct {
		Expected []string `toml:"expected"`
		Actual   []string `toml:"actual"`
	} `toml:"goal"`
	Deviation struct {
		Causes   []string `toml:"causes"`
		Measures []string `toml:"measures"`
	} `toml:"deviation"`
	Surplus struct {
		Causes []string `toml:"causes"`
	} `toml:"surplus"`
	Indicator []spec `toml:"indicator"`

	departments []string
}

// spec is what an indicator may be.
type spec struct {
	Level1   string     `toml:"level1"`
	Level2   string     `toml:"level2"`
	Names    []string   `toml:"names"`
	Kind     comparison `toml:"kind"`
	Target   []string   `toml:"target"`
	Actual   []string   `toml:"actual"`
	Met      []string   `toml:"met"`  // actuals of a target that is met, if others
	Late     []string   `toml:"late"` // actuals of a target that is missed, if others
	From     float64    `toml:"from"`
	To       float64    `toml:"to"`
	Max      float64    `toml:"max"`
	Decimals int        `toml:"decimals"` // of actuals
}

// comparison is how a target and an actual compare.
type comparison string

const (
	more  comparison = "more"
	exact comparison = "exact"
	less  comparison = "less"
	none  comparison = "none"
	date  comparison = "date"
	words comparison = "words"
)

var vocab = func() *vocabulary {
	v := new(vocabulary)
	strict.BuiltIn("cmd/internal/campaign/words.toml", wordsTOML, v)
	v.departments = slices.Sorted(maps.Keys(v.Departments))
	return v
}()
