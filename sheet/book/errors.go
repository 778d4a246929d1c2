package book

import "github.com/xuri/excelize/v2"

// wholeSheet is all cells of a sheet.
const wholeSheet = "A1:XFD1048576"

// IgnoreErrors keeps Excel from marking cells of a sheet with a green triangle:
// numbers that are texts, codes above all, and formulas unlike their neighbours are
// meant to be so.
func IgnoreErrors(f *excelize.File, sheet string) error {
	for _, kind := range []excelize.IgnoredErrorsType{
		excelize.IgnoredErrorsNumberStoredAsText, excelize.IgnoredErrorsFormula, excelize.IgnoredErrorsFormulaRange,
		excelize.IgnoredErrorsUnlockedFormula, excelize.IgnoredErrorsEmptyCellReference, excelize.IgnoredErrorsTwoDigitTextYear,
	} {
		if err := f.AddIgnoredErrors(sheet, wholeSheet, kind); err != nil {
			return err
		}
	}
	return nil
}
