package xlsx

import (
	"cmp"
	"fmt"
)

// Limits bound what reading one workbook may cost, whatever its bytes say. A
// zero field stands for the default.
type Limits struct {
	Parts     int   // files inside the workbook
	PartSize  int64 // bytes of one part, decompressed
	TotalSize int64 // bytes of all parts together, decompressed
	Cells     int   // non-empty cells of a sheet
	Merges    int   // merged areas of a sheet
	Strings   int   // shared strings
	StringLen int   // bytes of one text or formula
	TextSize  int64 // bytes of all texts and formulas of a sheet, and of all shared strings
	Styles    int   // cell formats, and number formats
	Depth     int   // elements inside one another
}

// DefaultLimits are far above any real form, and above what Excel itself
// writes for a workbook that a person can still open.
func DefaultLimits() Limits {
	return Limits{
		Parts:     10_000,
		PartSize:  1 << 30,
		TotalSize: 4 << 30,
		Cells:     5_000_000,
		Merges:    1_000_000,
		Strings:   1_000_000,
		StringLen: 1 << 20,
		TextSize:  256 << 20,
		Styles:    1_000_000,
		Depth:     100,
	}
}

// orDefault fills the zero fields.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{
		Parts:     cmp.Or(l.Parts, d.Parts),
		PartSize:  cmp.Or(l.PartSize, d.PartSize),
		TotalSize: cmp.Or(l.TotalSize, d.TotalSize),
		Cells:     cmp.Or(l.Cells, d.Cells),
		Merges:    cmp.Or(l.Merges, d.Merges),
		Strings:   cmp.Or(l.Strings, d.Strings),
		StringLen: cmp.Or(l.StringLen, d.StringLen),
		TextSize:  cmp.Or(l.TextSize, d.TextSize),
		Styles:    cmp.Or(l.Styles, d.Styles),
		Depth:     cmp.Or(l.Depth, d.Depth),
	}
}

// tooMany is the error of a limit that counts things: 非空单元格超过 5000000 个.
func tooMany[N int | int64](what string, limit N, unit string) error {
	return fmt.Errorf("%s超过 %d %s，超出读取上限", what, limit, unit)
}

// tooBig is the error of a limit in bytes.
func tooBig[N int | int64](what string, limit N) error {
	n, unit := int64(limit), "字节"
	for _, u := range []string{"KiB", "MiB", "GiB"} {
		if n < 1024 || n%1024 != 0 {
			break
		}
		n, unit = n/1024, u
	}
	return tooMany(what, n, unit)
}
