package template

import (
	"fmt"
	"slices"
	"strconv"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/opc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// drawing is one form on its way into a workbook.
type drawing struct {
	*Drawer
	base       *base
	plan       *plan
	values     map[string]float64 // of the formulas, by cell
	texts      book.Texts
	conditions []byte
	priority   int // of the last condition

	form   struct{ cursor, rows, over []byte } // what stands in the slots of the form
	beside int                                 // where in its rows the first row ends
}

// parts returns what differs from one workbook to the next, but for the sheet of the form.
func (d *drawing) parts() ([]part, error) {
	rows, err := d.rows()
	if err != nil {
		return nil, err
	}
	if err := d.highlights(); err != nil {
		return nil, err
	}
	validations, err := d.validations()
	if err != nil {
		return nil, err
	}
	over := append(append(d.merges(), d.conditions...), validations...)
	d.form.cursor, d.form.rows, d.form.over = d.cursor(), rows, over
	record, err := d.record()
	if err != nil {
		return nil, err
	}
	return []part{record, {textsPart, d.texts.XML()}, d.properties()}, nil
}

// sheet returns the sheet of the form with a cell beside its first row.
func (d *drawing) sheet(beside []byte) part {
	rows := d.form.rows
	if beside != nil {
		rows = slices.Concat(rows[:d.beside], beside, rows[d.beside:])
	}
	return part{formPart, d.base.form.with(d.form.cursor, rows, d.form.over)}
}

// rows returns the rows of the sheet.
func (d *drawing) rows() ([]byte, error) {
	cells, err := d.cells()
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, 16<<10)
	grows := d.plan.grows()
	for _, ln := range d.plan.lines {
		height := strconv.FormatFloat(ln.height/float64(ln.rows), 'g', -1, 64)
		for row := ln.top; row < ln.top+ln.rows; row++ {
			b = fmt.Appendf(b, `<row r="%d" ht="%s"`, row, height)
			if !grows(row) {
				b = append(b, ` customHeight="1"`...)
			}
			b = append(b, '>')
			for i, c := range cells[row-1] {
				if c.style != 0 {
					b = c.append(b, row, i+1)
				}
			}
			if row == 1 {
				d.beside = len(b)
			}
			b = append(b, "</row>"...)
		}
	}
	return b, nil
}

// cell is a cell of the sheet. One that nobody has drawn has no style.
type cell struct {
	style   int
	kind    string // the attribute of its type
	content string
}

func (c *cell) append(b []byte, row, col int) []byte {
	b = append(b, `<c r="`...)
	b = append(b, xlsx.Ref(row, col)...)
	b = append(b, `" s="`...)
	b = strconv.AppendInt(b, int64(c.style), 10)
	b = append(b, '"')
	b = append(b, c.kind...)
	b = append(b, '>')
	b = append(b, c.content...)
	return append(b, "</c>"...)
}

// cells returns the cells of each row.
func (d *drawing) cells() ([][]cell, error) {
	columns := len(d.layout.Columns)
	all := make([]cell, d.plan.last*columns)
	rows := make([][]cell, d.plan.last)
	for i := range rows {
		rows[i] = all[i*columns:][:columns]
	}
	for _, b := range d.plan.boxes {
		style := d.styles[styled{b.Style, b.kind != input}]
		for row := b.area.FirstRow; row <= b.area.LastRow; row++ {
			for col := b.area.FirstCol; col <= b.area.LastCol; col++ {
				rows[row-1][col-1].style = style
			}
		}
		if err := d.cell(b, &rows[b.area.FirstRow-1][b.area.FirstCol-1]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// cell puts into its first cell what stands in a box.
func (d *drawing) cell(b *box, c *cell) error {
	switch v := b.value.(type) {
	case string:
		if v == "" {
			return nil
		}
		i, err := d.texts.Add(v)
		if err != nil {
			return fmt.Errorf("单元格 %s：%w", b.ref(), err)
		}
		c.kind, c.content = ` t="s"`, "<v>"+strconv.Itoa(i)+"</v>"
	case float64:
		c.content = "<v>" + quantity.FormatNumber(v) + "</v>"
	}
	if b.kind != derived {
		return nil
	}
	c.content = "<f>" + opc.Escape(b.expr) + "</f><v>" + quantity.FormatNumber(d.values[b.ref()]) + "</v>"
	if b.Hide == "" {
		return nil
	}
	when, err := d.plan.resolve(b.Hide, b.line)
	d.condition(b.ref(), when, d.hidden)
	return err
}

// merges returns the merged areas.
func (d *drawing) merges() []byte {
	var list []byte
	n := 0
	for _, b := range d.plan.boxes {
		if area := b.area.String(); area != b.ref() {
			list = append(append(append(list, `<mergeCell ref="`...), area...), `"></mergeCell>`...)
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return fmt.Appendf(nil, `<mergeCells count="%d">%s</mergeCells>`, n, list)
}

// condition lays a conditional format over an area.
func (d *drawing) condition(area, when string, format int) {
	d.priority++
	d.conditions = fmt.Appendf(d.conditions, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule></conditionalFormatting>`,
		area, format, d.priority, opc.Escape(when))
}

// runs yields the boxes of one cell of the layout that stand directly below
// each other.
func runs(boxes []*box) [][]*box {
	var list [][]*box
	for _, b := range boxes {
		if n := len(list); n > 0 {
			last := list[n-1][len(list[n-1])-1]
			if last.area.LastRow+1 == b.area.FirstRow {
				list[n-1] = append(list[n-1], b)
				continue
			}
		}
		list = append(list, []*box{b})
	}
	return list
}

// over returns the area that a run of boxes covers.
func over(run []*box) string {
	first, last := run[0].area, run[len(run)-1].area
	return xlsx.Ref(first.FirstRow, first.FirstCol) + ":" + xlsx.Ref(last.LastRow, last.LastCol)
}

func (d *drawing) highlights() error {
	for _, h := range d.layout.Highlight {
		_, spec := d.layout.cellOf(h.Field)
		for _, run := range runs(d.plan.byCell[spec]) {
			when, err := d.plan.resolve(h.When, run[0].line)
			if err != nil {
				return err
			}
			d.condition(over(run), when, d.Drawer.over[h.Style])
		}
	}
	return nil
}

// validations returns what may be typed into the cells.
func (d *drawing) validations() ([]byte, error) {
	var list []byte
	n := 0
	for _, row := range d.layout.Row {
		for i := range row.Cells {
			var inputs []*box
			for _, b := range d.plan.byCell[&row.Cells[i]] {
				if b.kind == input {
					inputs = append(inputs, b)
				}
			}
			for _, run := range runs(inputs) {
				v, err := d.validation(run)
				if err != nil {
					return nil, err
				}
				list = append(list, v...)
				n++
			}
		}
	}
	if n == 0 {
		return nil, nil
	}
	return fmt.Appendf(nil, `<dataValidations count="%d">%s</dataValidations>`, n, list), nil
}

// validation returns what may be typed into a run of boxes.
func (d *drawing) validation(run []*box) (string, error) {
	in := d.layout.Input[run[0].field]
	low, err := d.plan.resolve(in.Min, run[0].line)
	if err != nil {
		return "", err
	}
	high, err := d.plan.resolve(in.Max, run[0].line)
	if err != nil {
		return "", err
	}
	operator, bounds := "between", []string{low, high}
	switch {
	case low == "":
		operator, bounds = "lessThanOrEqual", bounds[1:]
	case high == "":
		operator, bounds = "greaterThanOrEqual", bounds[:1]
	}
	title := sheet.ParsePath(run[0].field).Label
	v := fmt.Sprintf(`<dataValidation allowBlank="1" error="%s" errorStyle="stop" errorTitle="%s" operator="%s" prompt="%s" promptTitle="%s" showErrorMessage="1" showInputMessage="1" sqref="%s" type="%s">`,
		opc.Escape(d.plan.expand(in.Error)), opc.Escape(title+"填写有误"), operator, opc.Escape(d.plan.expand(in.Prompt)), opc.Escape(title), over(run), validationTypes[in.Type])
	for i, bound := range bounds {
		if bound != "" {
			v += fmt.Sprintf("<formula%d>%s</formula%[1]d>", i+1, opc.Escape(bound))
		}
	}
	return v + "</dataValidation>", nil
}

// validationTypes are the types of what may be typed in, as workbooks name them.
var validationTypes = map[string]string{"text": "textLength", "decimal": "decimal", "whole": "whole"}

// cursor puts the cursor on the first cell that is to be filled in.
func (d *drawing) cursor() []byte {
	for _, b := range d.plan.boxes {
		if b.kind == input {
			first := b.ref()
			return fmt.Appendf(nil, `<selection activeCell="%s" sqref="%[1]s:%s"></selection>`, first, xlsx.Ref(b.area.LastRow, b.area.LastCol))
		}
	}
	return nil
}
