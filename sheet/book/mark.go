package book

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// markSheet is the very hidden sheet by which a workbook of ours that holds no
// form, a list or a summary, is known whatever it is renamed to. Every program
// that saves the workbook keeps it.
const markSheet = "_ziping_list"

// mark marks a workbook as one of our own lists or summaries, which a walk over a
// directory of forms leaves out.
func mark(f *excelize.File) error { return AddHidden(f, markSheet) }

// AddHidden adds a sheet that no program shows, nor offers to show.
func AddHidden(f *excelize.File, name string) error {
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	// Programs look for the height of rows, which excelize leaves out.
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{DefaultRowHeight: new(15.0)}); err != nil {
		return err
	}
	return f.SetSheetVisible(name, false, true)
}

// maxWorkbookPart is how much is read of the part that names the sheets.
const maxWorkbookPart = 1 << 20

// Marked reports whether a file is a workbook that was marked. It reads the
// names of the sheets and nothing else; what is no workbook is none of ours.
func Marked(file io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return false
	}
	for _, part := range z.File {
		if strings.HasSuffix(part.Name, "xl/workbook.xml") {
			r, err := part.Open()
			if err != nil {
				return false
			}
			defer r.Close()
			text, _ := io.ReadAll(io.LimitReader(r, maxWorkbookPart))
			return bytes.Contains(text, []byte(`name="`+markSheet+`"`))
		}
	}
	return false
}
