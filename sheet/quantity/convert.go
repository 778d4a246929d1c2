package quantity

import (
	_ "embed"

	"github.com/BurntSushi/toml"
)

//go:embed convert.toml
var convertFile string

// dimensions are what is measured in several units, each by its name with how many of a
// common small unit it is; see convert.toml.
var dimensions = func() []map[string]float64 {
	var file struct{ Dimension []map[string]float64 }
	if _, err := toml.Decode(convertFile, &file); err != nil {
		panic(err) // a defect of the build
	}
	return file.Dimension
}()

// convert turns a quantity into the unit of another where the two measure one thing in
// different units: 90分钟 beside 1小时.
func convert(q, other Quantity) (_ Quantity, ok bool) {
	from, to := UnitName(q.Unit), UnitName(other.Unit)
	for _, d := range dimensions {
		if d[from] > 0 && d[to] > 0 {
			factor := d[from] / d[to]
			q.Unit = other.Unit
			q.Low, q.High, q.Spread = q.Low*factor, q.High*factor, q.Spread*factor
			return q, true
		}
	}
	return q, false
}
