package book

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/opc"
	"ziping/sheet/spill"
	"ziping/sheet/xlsx"
)

// rows are the rows of a sheet as its part has them. excelize would keep 16 MB of each
// sheet, and make a dozen objects a cell.
type rows struct {
	spill.Text
	letters []string // of the columns
}

// begin begins a row; height is in points, 0 for what is usual. A row that would be higher
// than one can be is as high as it can be.
func (r *rows) begin(row int, height float64) {
	height = min(height, excelize.MaxRowHeight)
	r.Tail = strconv.AppendInt(append(r.Tail, `<row r="`...), int64(row), 10)
	r.Tail = append(r.Tail, '"')
	if height > 0 {
		r.Tail = strconv.AppendFloat(append(r.Tail, ` ht="`...), height, 'f', -1, 64)
		r.Tail = append(r.Tail, `" customHeight="1"`...)
	}
	r.Tail = append(r.Tail, '>')
}

// end ends a row.
func (r *rows) end() error {
	r.Tail = append(r.Tail, "</row>"...)
	return r.Spill()
}

// cell writes a cell of the row.
func (r *rows) cell(row, col int, c excelize.Cell) {
	for len(r.letters) < col {
		r.letters = append(r.letters, Letter(len(r.letters)+1))
	}
	r.Tail = append(append(r.Tail, `<c r="`...), r.letters[col-1]...)
	r.Tail = strconv.AppendInt(r.Tail, int64(row), 10)
	r.Tail = append(r.Tail, '"')
	if c.StyleID != 0 {
		r.Tail = strconv.AppendInt(append(r.Tail, ` s="`...), int64(c.StyleID), 10)
		r.Tail = append(r.Tail, '"')
	}
	text, isText := c.Value.(string)
	switch {
	case c.Formula != "" && (isText || c.Value == nil):
		r.Tail = append(r.Tail, ` t="str"`...)
	case isText:
		r.Tail = append(r.Tail, ` t="inlineStr"`...)
	}
	r.Tail = append(r.Tail, '>')
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
	r.Tail = append(r.Tail, "</c>"...)
}

func (r *rows) element(name, text string) {
	r.Tail = append(append(append(r.Tail, '<'), name...), '>')
	r.Tail = append(r.Tail, text...)
	r.Tail = append(append(append(r.Tail, "</"...), name...), '>')
}

// inline writes a text into its cell.
func (r *rows) inline(text string) {
	r.Tail = append(r.Tail, "<is><t"...)
	if strings.Trim(text, " \t\n\r") != text {
		r.Tail = append(r.Tail, ` xml:space="preserve"`...)
	}
	r.Tail = append(r.Tail, '>')
	r.Tail = append(r.Tail, strings.ReplaceAll(opc.Escape(xlsx.Escape(text)), "&#xA;", "\n")...)
	r.Tail = append(r.Tail, "</t></is>"...)
}

// number writes a number.
func number(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
