package calc

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// Numbers calculates formulas of a workbook that is being made, which must come to
// numbers.
func Numbers(f *excelize.File, sheet string, refs []string) (map[string]float64, error) {
	c := New(draft{f})
	values := make(map[string]float64, len(refs))
	for _, ref := range refs {
		v, err := c.Number(sheet, ref)
		if err != nil {
			return nil, err
		}
		values[ref] = v
	}
	return values, nil
}

// draft is a workbook that is being made.
type draft struct{ *excelize.File }

// Date1904 implements Workbook.
func (d draft) Date1904() bool {
	p, err := d.GetWorkbookProps()
	return err == nil && p.Date1904 != nil && *p.Date1904
}

// Sheet implements Workbook.
func (d draft) Sheet(name string) (Sheet, error) {
	merges, err := d.GetMergeCells(name)
	if err != nil {
		return nil, err
	}
	s := draftSheet{d.File, name, nil}
	for _, m := range merges {
		if area, ok := xlsx.ParseRange(m[0]); ok {
			s.merges = append(s.merges, area)
		}
	}
	return s, nil
}

// draftSheet is a sheet of a draft. Excelize gives the cells that a merged area
// covers the value of its first.
type draftSheet struct {
	f      *excelize.File
	name   string
	merges []xlsx.Range
}

// Size is that of the largest sheet: what is used is not known.
func (d draftSheet) Size() (rows, cols int) { return 1_048_576, 16_384 }

func (d draftSheet) Hidden(row int) bool {
	visible, err := d.f.GetRowVisible(d.name, row)
	return err == nil && !visible
}

func (d draftSheet) Cell(row, col int) Cell {
	for _, m := range d.merges {
		if m.Contains(row, col) && (row != m.FirstRow || col != m.FirstCol) {
			return Cell{}
		}
	}
	ref := xlsx.Ref(row, col)
	if formula, err := d.f.GetCellFormula(d.name, ref); err == nil && formula != "" {
		return Cell{Formula: formula}
	}
	s, err := d.f.GetCellValue(d.name, ref, excelize.Options{RawCellValue: true})
	if err != nil || s == "" {
		return Cell{}
	}
	switch kind, _ := d.f.GetCellType(d.name, ref); kind {
	case excelize.CellTypeBool:
		return Cell{Value: boolean(s == "1" || s == "TRUE")}
	case excelize.CellTypeError:
		return Cell{Value: Value{Kind: Error, Text: s}}
	case excelize.CellTypeNumber, excelize.CellTypeUnset:
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			return Cell{Value: number(v)}
		}
	}
	return Cell{Value: text(s)}
}
