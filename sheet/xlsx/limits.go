package xlsx

import (
	"cmp"
	"reflect"
	"slices"
	"sync"

	"ziping/sheet/opc"
)

// Limits bound what reading one workbook may cost, whatever its bytes say. A
// zero field stands for the default. The tags are the names under which a
// person raises them.
type Limits struct {
	opc.Limits
	Cells    int64 `limit:"cells"`     // non-empty cells of all sheets
	Merges   int64 `limit:"merges"`    // merged areas of all sheets
	Strings  int64 `limit:"strings"`   // shared strings
	TextSize int64 `limit:"text-size"` // bytes of all texts and formulas of the sheets, and of all shared strings
	Styles   int64 `limit:"styles"`    // cell formats, and number formats
	Forms    int64 `limit:"forms"`     // forms of a workbook
	Rows     int64 `limit:"rows"`      // rows of one form
	Comments int64 `limit:"comments"`  // comments of a sheet that is annotated
}

// DefaultLimits are far above any real form, and such that a workbook at every
// limit is still read in a few hundred megabytes of memory.
func DefaultLimits() Limits {
	return Limits{
		Limits:   opc.DefaultLimits(),
		Cells:    1_000_000,
		Merges:   1_000_000,
		Strings:  1_000_000,
		TextSize: 64 << 20,
		Styles:   100_000,
		Forms:    1_000,
		Rows:     1_000,
		Comments: 100_000,
	}
}

// LimitError is the error of a workbook that is beyond a limit.
type LimitError = opc.LimitError

// limitFields are the fields of Limits that have names.
var limitFields = slices.DeleteFunc(reflect.VisibleFields(reflect.TypeFor[Limits]()), func(f reflect.StructField) bool {
	return f.Anonymous
})

// LimitNames returns the names of the limits.
func LimitNames() []string {
	names := make([]string, len(limitFields))
	for i, f := range limitFields {
		names[i] = f.Tag.Get("limit")
	}
	return names
}

// Set sets the limit with a name; it reports whether there is one.
func (l *Limits) Set(name string, value int64) bool {
	i := slices.IndexFunc(limitFields, func(f reflect.StructField) bool { return f.Tag.Get("limit") == name })
	if i < 0 {
		return false
	}
	reflect.ValueOf(l).Elem().FieldByIndex(limitFields[i].Index).SetInt(value)
	return true
}

// orDefault fills the zero fields.
func (l Limits) orDefault() Limits {
	v, d := reflect.ValueOf(&l).Elem(), reflect.ValueOf(DefaultLimits())
	for _, f := range limitFields {
		field := v.FieldByIndex(f.Index)
		field.SetInt(cmp.Or(field.Int(), d.FieldByIndex(f.Index).Int()))
	}
	return l
}

// CheckForms returns the error of too many forms in a workbook.
func (w *Workbook) CheckForms(n int) error {
	if most := w.limits.Forms; int64(n) > most {
		return opc.TooMany("forms", "自评表", most, "张")
	}
	return nil
}

// CheckRows returns the error of too many rows in a form.
func (w *Workbook) CheckRows(n int) error {
	if most := w.limits.Rows; int64(n) > most {
		return opc.TooMany("rows", "一张自评表", most, "行")
	}
	return nil
}

// CheckComments returns the error of too many comments on a sheet.
func (l Limits) CheckComments(n int) error {
	if most := l.orDefault().Comments; int64(n) > most {
		return opc.TooMany("comments", "一张工作表的批注", most, "条")
	}
	return nil
}

// used is what the sheets that were read hold. Each counts once, however often
// it is read.
type used struct {
	mu     sync.Mutex
	sheets map[string]usage // by part
	sum    usage            // of all of them
}

type usage struct{ cells, merges, text int64 }

func (u usage) plus(o usage) usage {
	return usage{u.cells + o.cells, u.merges + o.merges, u.text + o.text}
}

func (u usage) minus(o usage) usage {
	return usage{u.cells - o.cells, u.merges - o.merges, u.text - o.text}
}

// others returns what the sheets but for one hold.
func (u *used) others(part string) usage {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.sum.minus(u.sheets[part])
}

func (u *used) add(part string, n usage) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.sheets == nil {
		u.sheets = map[string]usage{}
	}
	u.sum = u.sum.minus(u.sheets[part]).plus(n)
	u.sheets[part] = n
}
