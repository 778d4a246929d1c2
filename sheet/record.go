package sheet

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// RecordSheet is the very hidden sheet of a workbook on which stands what was
// issued.
const RecordSheet = "_ziping"

// Record is what was issued: the layout, the project, and what each cell is.
type Record struct {
	Layout   string            `json:"layout"`
	Version  int               `json:"version"` // of the layout
	Sheet    string            `json:"sheet"`
	Issued   *Table            `json:"issued"`
	Locked   map[string]any    `json:"locked"`   // texts and numbers by cell
	Formulas map[string]string `json:"formulas"` // by cell
	Inputs   []string          `json:"inputs"`   // cells
}

// recordChunk is how much of a record stands in one cell, in bytes: less than a
// cell holds, whatever the text.
const recordChunk = 30000

// Write puts the record on the workbook's RecordSheet, down column A.
func (r *Record) Write(f *excelize.File) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	// ASCII alone can be cut anywhere, and no program normalizes it.
	rest := ascii(string(b))
	for row := 1; rest != ""; row++ {
		n := min(len(rest), recordChunk)
		if err := f.SetCellStr(RecordSheet, fmt.Sprintf("A%d", row), rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// readRecord reads the record of a workbook. One that is damaged is as good as
// none: the form itself can still be read.
func readRecord(wb *xlsx.Workbook, sheet int) (*Record, error) {
	grid, err := wb.Grid(sheet)
	if err != nil {
		return nil, fmt.Errorf("工作表“%s”：%w", RecordSheet, err)
	}
	var b strings.Builder
	for _, c := range grid.Cells() {
		if c.Col == 1 {
			b.WriteString(c.Text)
		}
	}
	var issued struct { // what reading takes of it
		Sheet    string            `json:"sheet"`
		Formulas map[string]string `json:"formulas"`
	}
	if json.Unmarshal([]byte(b.String()), &issued) != nil {
		return new(Record), nil
	}
	return &Record{Sheet: issued.Sheet, Formulas: issued.Formulas}, nil
}

// ascii writes the letters of a JSON text beyond ASCII as \u escapes.
func ascii(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		}
	}
	return b.String()
}
