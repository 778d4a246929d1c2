package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
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

// maxWorkbookPart is how much is read of the part that names the sheets.
const maxWorkbookPart = 1 << 20

// IsList reports whether a file is a workbook that MarkList has marked. It reads
// the names of the sheets and nothing else; what is no workbook is none of ours.
func IsList(file io.ReaderAt, size int64) bool {
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
			return bytes.Contains(text, []byte(`name="`+ListSheet+`"`))
		}
	}
	return false
}
