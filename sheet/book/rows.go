package book

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// rows are the rows of a sheet as its part has them: in memory while they are few, beyond
// that in a temporary file. excelize would keep 16 MB of each sheet, and make a dozen
// objects a cell.
type rows struct {
	text    []byte // what comes behind the file
	file    *os.File
	letters []string // of the columns
}

// mostRows is how much of the rows is kept in memory, in bytes.
const mostRows = 1 << 20

// begin begins a row; height is in points, 0 for what is usual.
func (r *rows) begin(row int, height float64) {
	r.text = strconv.AppendInt(append(r.text, `<row r="`...), int64(row), 10)
	r.text = append(r.text, '"')
	if height > 0 {
		r.text = strconv.AppendFloat(append(r.text, ` ht="`...), height, 'f', -1, 64)
		r.text = append(r.text, `" customHeight="1"`...)
	}
	r.text = append(r.text, '>')
}

// end ends a row.
func (r *rows) end() error {
	r.text = append(r.text, "</row>"...)
	if len(r.text) < mostRows {
		return nil
	}
	if r.file == nil {
		file, err := os.CreateTemp("", "ziping-*.tmp")
		if err != nil { // they stay in memory
			return nil
		}
		// Where a file without a name stays open, not even a kill leaves it behind.
		_ = os.Remove(file.Name())
		r.file = file
	}
	_, err := r.file.Write(r.text)
	r.text = r.text[:0]
	if err != nil {
		return fmt.Errorf("无法写临时文件：%w", err)
	}
	return nil
}

// cell writes a cell of the row.
func (r *rows) cell(row, col int, c excelize.Cell) {
	for len(r.letters) < col {
		r.letters = append(r.letters, Letter(len(r.letters)+1))
	}
	r.text = append(append(r.text, `<c r="`...), r.letters[col-1]...)
	r.text = strconv.AppendInt(r.text, int64(row), 10)
	r.text = append(r.text, '"')
	if c.StyleID != 0 {
		r.text = strconv.AppendInt(append(r.text, ` s="`...), int64(c.StyleID), 10)
		r.text = append(r.text, '"')
	}
	text, isText := c.Value.(string)
	switch {
	case c.Formula != "" && (isText || c.Value == nil):
		r.text = append(r.text, ` t="str"`...)
	case isText:
		r.text = append(r.text, ` t="inlineStr"`...)
	}
	r.text = append(r.text, '>')
	if c.Formula != "" {
		r.element("f", opc.Escape(c.Formula))
	}
	switch {
	case isText && c.Formula == "":
		r.inline(text)
	case isText && text != "":
		r.element("v", opc.Escape(xlsx.Escape(text)))
	case !isText && c.Value != nil:
		r.element("v", number(c.Value))
	}
	r.text = append(r.text, "</c>"...)
}

func (r *rows) element(name, text string) {
	r.text = append(append(append(r.text, '<'), name...), '>')
	r.text = append(r.text, text...)
	r.text = append(append(append(r.text, "</"...), name...), '>')
}

// inline writes a text into its cell.
func (r *rows) inline(text string) {
	r.text = append(r.text, "<is><t"...)
	if strings.Trim(text, " \t\n\r") != text {
		r.text = append(r.text, ` xml:space="preserve"`...)
	}
	r.text = append(r.text, '>')
	r.text = append(r.text, strings.ReplaceAll(opc.Escape(xlsx.Escape(text)), "&#xA;", "\n")...)
	r.text = append(r.text, "</t></is>"...)
}

// number writes a number.
func number(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// WriteTo implements io.WriterTo.
func (r *rows) WriteTo(w io.Writer) (n int64, err error) {
	if r.file != nil {
		n, err = io.Copy(w, io.NewSectionReader(r.file, 0, 1<<62))
		if err != nil {
			return n, fmt.Errorf("无法读临时文件：%w", err)
		}
	}
	rest, err := w.Write(r.text)
	return n + int64(rest), err
}

// Close gives the space back.
func (r *rows) Close() {
	if r.file != nil {
		r.file.Close()
		os.Remove(r.file.Name())
	}
}
