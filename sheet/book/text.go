package book

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// SetText writes a text into a cell, as a text whatever it looks like. (What
// looks like an escape of the file format is escaped itself; excelize forgets to.)
func SetText(f *excelize.File, name, ref, text string) error {
	if err := sheet.CheckText(text); err != nil {
		return fmt.Errorf("单元格 %s：%w", ref, err)
	}
	return f.SetCellStr(name, ref, xlsx.Escape(text))
}
