package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// SetText writes a text into a cell, as a text whatever it looks like. (What
// looks like an escape of the file format is escaped itself; excelize forgets to.)
func SetText(f *excelize.File, sheet, ref, text string) error {
	if err := checkText(text); err != nil {
		return fmt.Errorf("单元格 %s：%w", ref, err)
	}
	return f.SetCellStr(sheet, ref, xlsx.Escape(text))
}

// Bytes returns the workbook with the values of its formula cells as numbers:
// excelize itself would mark them as texts, and programs that do not calculate,
// such as previews on a phone, would show them as such or not at all.
func Bytes(f *excelize.File, values map[string]float64) ([]byte, error) {
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &cachingWriter{zip.NewWriter(w), values} })
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// cachingWriter is a zip.Writer that puts cached values into worksheets.
type cachingWriter struct {
	*zip.Writer
	values map[string]float64
}

// Create implements excelize.ZipWriter.
func (c *cachingWriter) Create(name string) (io.Writer, error) {
	w, err := c.Writer.Create(name)
	if err == nil && strings.HasPrefix(name, "xl/worksheets/") {
		w = &cacheWriter{w, c.values}
	}
	return w, err
}

type cacheWriter struct {
	w      io.Writer
	values map[string]float64
}

// formulaCell is a cell with a formula as excelize writes it.
var formulaCell = regexp.MustCompile(`<c r="([A-Z]+[0-9]+)"((?: s="[0-9]+")?)(?: t="[a-z]+")?>(<f[^>]*>[^<]*</f>)(?:<v>[^<]*</v>)?</c>`)

// Write implements io.Writer. excelize writes each worksheet in one piece.
func (c *cacheWriter) Write(p []byte) (int, error) {
	n := len(p)
	if bytes.Contains(p, []byte("<f")) {
		p = formulaCell.ReplaceAllFunc(p, func(cell []byte) []byte {
			m := formulaCell.FindSubmatch(cell)
			v, ok := c.values[string(m[1])]
			if !ok {
				return cell
			}
			return fmt.Appendf(nil, `<c r="%s"%s>%s<v>%s</v></c>`, m[1], m[2], m[3], quantity.FormatNumber(v))
		})
	}
	if _, err := c.w.Write(p); err != nil {
		return 0, err
	}
	return n, nil
}
