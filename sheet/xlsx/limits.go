package xlsx

import (
	"cmp"
	"fmt"
	"reflect"
)

// Limits bound what reading one workbook may cost, whatever its bytes say. A
// zero field stands for the default. The tags are the names under which a
// person raises them.
type Limits struct {
	Parts     int64 `limit:"parts"`         // files inside the workbook
	PartSize  int64 `limit:"part-size"`     // bytes of one part, decompressed
	TotalSize int64 `limit:"total-size"`    // bytes of all parts together, decompressed
	Ratio     int64 `limit:"ratio"`         // decompressed bytes for each compressed one, beyond 64 MiB
	Cells     int64 `limit:"cells"`         // non-empty cells of a sheet
	Merges    int64 `limit:"merges"`        // merged areas of a sheet
	Strings   int64 `limit:"strings"`       // shared strings
	StringLen int64 `limit:"string-length"` // bytes of one text or formula
	TextSize  int64 `limit:"text-size"`     // bytes of all texts and formulas of a sheet, and of all shared strings
	Styles    int64 `limit:"styles"`        // cell formats, and number formats
	Depth     int64 `limit:"depth"`         // elements inside one another
}

// DefaultLimits are far above any real form, and such that a workbook at every
// limit is still read in a few hundred megabytes of memory.
func DefaultLimits() Limits {
	return Limits{
		Parts:     10_000,
		PartSize:  1 << 30,
		TotalSize: 2 << 30,
		Ratio:     500,
		Cells:     1_000_000,
		Merges:    1_000_000,
		Strings:   1_000_000,
		StringLen: 1 << 20,
		TextSize:  64 << 20,
		Styles:    100_000,
		Depth:     100,
	}
}

// LimitNames returns the names of the limits.
func LimitNames() []string {
	t := reflect.TypeFor[Limits]()
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = t.Field(i).Tag.Get("limit")
	}
	return names
}

// Set sets the limit with a name; it reports whether there is one.
func (l *Limits) Set(name string, value int64) bool {
	v := reflect.ValueOf(l).Elem()
	for i, n := range LimitNames() {
		if n == name {
			v.Field(i).SetInt(value)
			return true
		}
	}
	return false
}

// orDefault fills the zero fields.
func (l Limits) orDefault() Limits {
	v, d := reflect.ValueOf(&l).Elem(), reflect.ValueOf(DefaultLimits())
	for i := range v.NumField() {
		v.Field(i).SetInt(cmp.Or(v.Field(i).Int(), d.Field(i).Int()))
	}
	return l
}

// LimitError is the error of a workbook that is beyond a limit.
type LimitError struct {
	Name    string // of the limit
	message string
}

func (e *LimitError) Error() string { return e.message }

// tooMany is the error of a limit that counts things: 非空单元格超过 1000000 个.
func tooMany(name, what string, limit int64, unit string) error {
	return &LimitError{name, fmt.Sprintf("%s超过 %d %s，超出读取上限", what, limit, unit)}
}

// tooBig is the error of a limit in bytes.
func tooBig(name, what string, limit int64) error {
	n, unit := limit, "字节"
	for _, u := range []string{"KiB", "MiB", "GiB"} {
		if n < 1024 || n%1024 != 0 {
			break
		}
		n, unit = n/1024, u
	}
	return tooMany(name, what, n, unit)
}
