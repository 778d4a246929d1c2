package sheettest

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Edited returns a workbook as another program saves it.
func Edited(t testing.TB, workbook []byte, change func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
