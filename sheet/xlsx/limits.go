package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"reflect"
	"sync"
)

// Limits bound what reading one workbook may cost, whatever its bytes say. A
// zero field stands for the default. The tags are the names under which a
// person raises them.
type Limits struct {
	Size      int64 `limit:"size"`          // bytes of the file
	Parts     int64 `limit:"parts"`         // files inside the workbook
	PartSize  int64 `limit:"part-size"`     // bytes of one part, decompressed
	TotalSize int64 `limit:"total-size"`    // bytes of all parts together, decompressed
	Ratio     int64 `limit:"ratio"`         // decompressed bytes for each compressed one, beyond 64 MiB
	Cells     int64 `limit:"cells"`         // non-empty cells of all sheets
	Merges    int64 `limit:"merges"`        // merged areas of all sheets
	Strings   int64 `limit:"strings"`       // shared strings
	StringLen int64 `limit:"string-length"` // bytes of one text or formula
	TextSize  int64 `limit:"text-size"`     // bytes of all texts and formulas of the sheets, and of all shared strings
	Styles    int64 `limit:"styles"`        // cell formats, and number formats
	Depth     int64 `limit:"depth"`         // elements inside one another
	Forms     int64 `limit:"forms"`         // forms of a workbook
	Rows      int64 `limit:"rows"`          // rows of one form
	Comments  int64 `limit:"comments"`      // comments of a sheet that is annotated
	EditSize  int64 `limit:"edit-size"`     // bytes of one part that annotating changes, decompressed
}

// DefaultLimits are far above any real form, and such that a workbook at every
// limit is still read in a few hundred megabytes of memory.
func DefaultLimits() Limits {
	return Limits{
		Size:      256 << 20,
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
		Forms:     5_000,
		Rows:      1_000,
		Comments:  100_000,
		EditSize:  256 << 20,
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

// CheckForms returns the error of too many forms in a workbook.
func (w *Workbook) CheckForms(n int) error {
	if most := w.parts.limits.Forms; int64(n) > most {
		return tooMany("forms", "自评表", most, "张")
	}
	return nil
}

// CheckRows returns the error of too many rows in a form.
func (w *Workbook) CheckRows(n int) error {
	if most := w.parts.limits.Rows; int64(n) > most {
		return tooMany("rows", "一张自评表", most, "行")
	}
	return nil
}

// CheckComments returns the error of too many comments on a sheet.
func (l Limits) CheckComments(n int) error {
	if most := l.orDefault().Comments; int64(n) > most {
		return tooMany("comments", "一张工作表的批注", most, "条")
	}
	return nil
}

// EditReader returns a reader of a part that is to be changed; it ends with an
// error where the part is too large.
func (l Limits) EditReader(part io.Reader) io.Reader {
	most := l.orDefault().EditSize
	return &meter{part, "edit-size", most, most}
}

// CheckSize returns the error of a file that is too large, in bytes.
func (l Limits) CheckSize(n int64) error {
	if most := l.orDefault().Size; n > most {
		return tooBig("size", "文件", most)
	}
	return nil
}

// used is what the sheets that were read hold. Each counts once, however often
// it is read.
type used struct {
	mu     sync.Mutex
	sheets map[string]usage // by part
}

type usage struct{ cells, merges, text int64 }

// others returns what the sheets but for one hold.
func (u *used) others(part string) (sum usage) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for other, n := range u.sheets {
		if other != part {
			sum = usage{sum.cells + n.cells, sum.merges + n.merges, sum.text + n.text}
		}
	}
	return sum
}

func (u *used) add(part string, n usage) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.sheets == nil {
		u.sheets = map[string]usage{}
	}
	u.sheets[part] = n
}

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
