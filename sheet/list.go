package sheet

import (
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// ListSheet is the very hidden sheet by which a workbook of ours that holds no
// form, a list or a summary, is known whatever it is renamed to. Every program
// that saves the workbook keeps it.
const ListSheet = "_ziping_list"

// MarkList marks a workbook as one of our own lists or summaries, which a walk
// over a directory of forms leaves out.
func MarkList(f *excelize.File) error {
	if _, err := f.NewSheet(ListSheet); err != nil {
		return err
	}
	return f.SetSheetVisible(ListSheet, false, true)
}

// IsList reports whether a file is a workbook that MarkList has marked. It reads
// the names of the sheets and nothing else; what is no workbook is none of ours.
func IsList(file io.ReaderAt, size int64) bool {
	wb, err := xlsx.OpenAt(file, size, xlsx.Limits{})
	return err == nil && slices.ContainsFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == ListSheet })
}
