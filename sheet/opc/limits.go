package opc

import (
	"cmp"
	"fmt"
	"reflect"
)

// Limits bound what reading one package may cost, whatever its bytes say. A zero
// field stands for the default. The tags are the names under which a person
// raises them.
type Limits struct {
	Size      int64 `limit:"size"`          // bytes of the file
	Parts     int64 `limit:"parts"`         // files inside the package, and relationships of a part
	PartSize  int64 `limit:"part-size"`     // bytes of one part, decompressed
	TotalSize int64 `limit:"total-size"`    // bytes of all parts together, decompressed
	Ratio     int64 `limit:"ratio"`         // decompressed bytes for each compressed one, beyond 64 MiB
	StringLen int64 `limit:"string-length"` // bytes of one text
	Depth     int64 `limit:"depth"`         // elements inside one another
	EditSize  int64 `limit:"edit-size"`     // bytes of one part that is changed, decompressed
}

// DefaultLimits are far above any real workbook.
func DefaultLimits() Limits {
	return Limits{
		Size:      256 << 20,
		Parts:     10_000,
		PartSize:  1 << 30,
		TotalSize: 2 << 30,
		Ratio:     500,
		StringLen: 1 << 20,
		Depth:     100,
		EditSize:  256 << 20,
	}
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

// CheckSize returns the error of a file that is too large, in bytes.
func (l Limits) CheckSize(n int64) error {
	if most := l.orDefault().Size; n > most {
		return TooBig("size", "文件", most)
	}
	return nil
}

// TooMany is the error of a limit that counts things: 非空单元格超过 1000000 个.
func TooMany(name, what string, limit int64, unit string) error {
	return &LimitError{name, fmt.Sprintf("%s超过 %d %s，超出读取上限", what, limit, unit)}
}

// TooBig is the error of a limit in bytes.
func TooBig(name, what string, limit int64) error {
	n, unit := limit, "字节"
	for _, u := range []string{"KiB", "MiB", "GiB"} {
		if n < 1024 || n%1024 != 0 {
			break
		}
		n, unit = n/1024, u
	}
	return TooMany(name, what, n, unit)
}
