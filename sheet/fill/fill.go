package fill

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
)

// ErrNotTemplate is the error of Fill for a workbook that ziping did not issue.
var ErrNotTemplate = errors.New("不是 ziping 下发的模板：请用 ziping template 生成的工作簿")

// Form returns the form of a template: what data for it may say.
func Form(template []byte) (*sheet.Form, error) {
	found, err := form(template)
	if err != nil {
		return nil, err
	}
	return found.Table.Form, nil
}

// form reads the one form of a template.
func form(template []byte) (sheet.Found, error) {
	found, err := read.WithBlanks(template, issued.Options{})
	switch {
	case err != nil && !errors.Is(err, read.ErrNoForm):
		return sheet.Found{}, err
	case len(found) != 1:
		return sheet.Found{}, ErrNotTemplate
	}
	return found[0], nil
}

// Fill returns a template with the values of data in its input cells. A value
// for any other cell must be what stands there already; every one that is not
// is named in the error, and nothing is filled in.
func Fill(template []byte, data *sheet.Table) ([]byte, error) {
	found, err := form(template)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(template))
	if err != nil {
		return nil, fmt.Errorf("打不开模板：%w", err)
	}
	defer f.Close()
	if i, err := f.GetSheetIndex(issued.RecordSheet); i < 0 || err != nil {
		return nil, ErrNotTemplate
	}
	fl := filler{f: f, sheet: found.Sheet, form: found.Table, locked: map[int]bool{}}
	fl.table(data)
	if err := errors.Join(fl.refused...); err != nil {
		return nil, err
	}
	return fl.finish()
}

// filler fills one form.
type filler struct {
	f       *excelize.File
	sheet   string
	form    *sheet.Table // as it stands in the template
	locked  map[int]bool
	checks  []check       // of formula cells, once they are calculated
	texts   []*sheet.Cell // texts that were filled in, for the height of their rows
	refused []error
}

// check is a value that a formula should come to.
type check struct {
	path string
	at   *sheet.Cell
	want sheet.Value
}

func (fl *filler) refuse(format string, args ...any) {
	fl.refused = append(fl.refused, fmt.Errorf(format, args...))
}

func (fl *filler) table(data *sheet.Table) {
	fl.part("", fl.form, data)
	for i := range data.Funds {
		fund := &data.Funds[i]
		j := slices.IndexFunc(fl.form.Funds, func(f sheet.Fund) bool { return f.Source.Value == fund.Source.Value })
		if j < 0 {
			fl.refuse("模板没有资金来源“%s”", fund.Source.Value)
			continue
		}
		fl.part(fmt.Sprintf("项目资金[%s].", fund.Source.Value), &fl.form.Funds[j], fund)
	}
	fl.part("年度总体目标.", &fl.form.Goal, &data.Goal)
	fl.rows("绩效指标", pointers(fl.form.Indicators), pointers(data.Indicators))
	fl.part("总分.", &fl.form.Total, &data.Total)
	for i := range data.Lists {
		list := &data.Lists[i]
		have := fl.form.List(list.Name)
		if have == nil {
			if len(list.Rows) > 0 {
				fl.refuse("模板没有“%s”", list.Name)
			}
			continue
		}
		fl.rows(list.Name, pointers(have.Rows), pointers(list.Rows))
	}
}

// pointers returns pointers to the elements of a list.
func pointers[T any](list []T) []any {
	all := make([]any, len(list))
	for i := range list {
		all[i] = &list[i]
	}
	return all
}

// part fills the fields of one part of the form.
func (fl *filler) part(path string, form, data any) {
	for field := range sheet.Fields(data) {
		if field.Value.Any() == nil {
			continue
		}
		have := sheet.Lookup(form, field.Label)
		if have == nil {
			fl.refuse("模板没有填写“%s”的单元格", path+field.Label)
			continue
		}
		at := have.At()
		switch {
		case at.Ref == "":
			fl.refuse("模板没有填写“%s”的单元格", path+field.Label)
		case at.Formula != "":
			fl.checks = append(fl.checks, check{path + field.Label, at, field.Value})
		case !fl.isLocked(at.Ref):
			fl.set(at, bare(data, field))
		case !have.Equal(field.Value):
			fl.refuse("“%s”（单元格 %s）已锁定为“%s”，数据文件写的是“%s”", path+field.Label, at.Ref, sheet.Excerpt(sheet.Show(have)), sheet.Excerpt(sheet.Show(field.Value)))
		}
	}
}

// bare returns a value as it is filled in: of a target and an actual without the sign
// and the unit that have columns of their own.
func bare(part any, field sheet.Field) sheet.Value {
	x, ok := part.(*sheet.Indicator)
	if !ok {
		return field.Value
	}
	target, actual := x.Bare()
	switch field.Value {
	case &x.Target:
		return new(sheet.T(target))
	case &x.Actual:
		return new(sheet.T(actual))
	}
	return field.Value
}

func (fl *filler) isLocked(ref string) bool {
	id, err := fl.f.GetCellStyle(fl.sheet, ref)
	if err != nil {
		return true
	}
	locked, ok := fl.locked[id]
	if !ok {
		style, err := fl.f.GetStyle(id)
		locked = err != nil || style.Protection == nil || style.Protection.Locked
		fl.locked[id] = locked
	}
	return locked
}

// set writes a value into an input cell; a text stays a text whatever it begins
// with.
func (fl *filler) set(at *sheet.Cell, v sheet.Value) {
	var err error
	switch x := v.Any().(type) {
	case float64:
		err = fl.f.SetCellValue(fl.sheet, at.Ref, x)
	case string:
		err = book.SetText(fl.f, fl.sheet, at.Ref, x)
		fl.texts = append(fl.texts, &sheet.Cell{Ref: at.Ref, Typed: x})
	}
	if err != nil {
		fl.refuse("单元格 %s：%w", at.Ref, err)
	}
}

// rows fills each row of a list into the first free row of the form whose locked
// cells say the same.
func (fl *filler) rows(name string, form, data []any) {
	taken := make([]bool, len(form))
	for i, x := range data {
		path := fmt.Sprintf("%s[%d].", name, i+1)
		row := fl.rowFor(form, x, taken)
		if row < 0 {
			fl.refuse("%s[%d]：模板中没有可填“%s”的空行", name, i+1, rowName(x))
			continue
		}
		taken[row] = true
		fl.part(path, form[row], x)
	}
}

// rowName names a row by its first texts, for messages.
func rowName(row any) string {
	var names []string
	for f := range sheet.Fields(row) {
		if t, ok := f.Value.(*sheet.Text); ok && len(names) < 3 {
			names = append(names, t.Value)
		}
	}
	return strings.Join(names, " / ")
}

// rowFor returns the row of the form for a row of the data: one whose locked cells
// all agree, else one of the same name, of which part then tells what differs.
func (fl *filler) rowFor(form []any, x any, taken []bool) int {
	sameName := -1
	for i, row := range form {
		if taken[i] {
			continue
		}
		if fl.agrees(row, x) {
			return i
		}
		if have, want := nameOf(row), nameOf(x); sameName < 0 && want != "" && have == want {
			sameName = i
		}
	}
	return sameName
}

// nameOf returns the name of a row: 三级指标, of a list of the form's own its first
// field.
func nameOf(row any) string {
	if x, ok := row.(*sheet.Indicator); ok {
		return x.Level3.Value
	}
	for f := range sheet.Fields(row) {
		return sheet.Show(f.Value)
	}
	return ""
}

// agrees reports whether every locked cell of a row says what the data says.
func (fl *filler) agrees(row, x any) bool {
	for field := range sheet.Fields(x) {
		have := sheet.Lookup(row, field.Label)
		if have == nil {
			continue
		}
		if at := have.At(); at.Ref != "" && fl.isLocked(at.Ref) && !have.Equal(field.Value) {
			return false
		}
	}
	return true
}

// finish calculates the formulas, compares them with what the data say they
// come to, and returns the workbook.
func (fl *filler) finish() ([]byte, error) {
	var refs []string
	for v := range fl.form.Values() {
		if at := v.At(); at.Formula != "" {
			refs = append(refs, at.Ref)
		}
	}
	values, err := calc.Numbers(fl.f, fl.sheet, refs)
	if err != nil {
		return nil, err
	}
	for _, c := range fl.checks {
		var got sheet.Value = new(sheet.N(values[c.at.Ref]))
		if _, rate := c.want.(*sheet.Rate); rate {
			got = &sheet.Rate{Number: sheet.N(values[c.at.Ref])}
		}
		if !got.Equal(c.want) {
			fl.refuse("“%s”（单元格 %s）由公式算得 %s，数据文件写的是 %s：请核对它所依据的各项，或删去这一项",
				c.path, c.at.Ref, sheet.Show(got), sheet.Show(c.want))
		}
	}
	if err := errors.Join(fl.refused...); err != nil {
		return nil, err
	}
	if err := fl.growRows(); err != nil {
		return nil, err
	}
	return book.Bytes(fl.f, values, fl.grows())
}

// grows reports of a row whether it grows with what is typed into it, as the rows of
// indicators do.
func (fl *filler) grows() func(row int) bool {
	rows := map[int]bool{}
	for _, x := range fl.form.Indicators {
		if row, _, ok := xlsx.ParseRef(x.Level3.Ref); ok {
			rows[row] = true
		}
	}
	return func(row int) bool { return rows[row] }
}

// growRows makes rows high enough for the texts that were filled in.
func (fl *filler) growRows() error {
	merged, err := fl.f.GetMergeCells(fl.sheet)
	if err != nil {
		return err
	}
	areas := make(map[string]xlsx.Range, len(merged))
	for _, m := range merged {
		if area, ok := xlsx.ParseRange(m.GetStartAxis() + ":" + m.GetEndAxis()); ok {
			areas[m.GetStartAxis()] = area
		}
	}
	for _, c := range fl.texts {
		area, ok := areas[c.Ref]
		if !ok {
			area, _ = xlsx.ParseRange(c.Ref)
		}
		if err := fl.grow(c, area); err != nil {
			return err
		}
	}
	return nil
}

// smallestFont is the smallest that a long text is set in, in points.
const smallestFont = 6

// grow makes the rows of an area high enough for the text of its first cell. As
// Excel has no rows higher than MaxRowHeight, the font gets smaller where that
// is not enough.
func (fl *filler) grow(c *sheet.Cell, area xlsx.Range) error {
	var widths []float64
	for col := area.FirstCol; col <= area.LastCol; col++ {
		name, _ := excelize.ColumnNumberToName(col)
		w, err := fl.f.GetColWidth(fl.sheet, name)
		if err != nil {
			return err
		}
		widths = append(widths, w)
	}
	id, err := fl.f.GetCellStyle(fl.sheet, c.Ref)
	if err != nil {
		return err
	}
	style, err := fl.f.GetStyle(id)
	if err != nil {
		return err
	}
	rows := float64(area.LastRow - area.FirstRow + 1)
	size := style.Font.Size
	for size > smallestFont && xlsx.TextHeight(c.Typed, size, widths...) > rows*xlsx.MaxRowHeight {
		size--
	}
	if size != style.Font.Size {
		style.Font.Size = size
		if err := fl.restyle(area, style); err != nil {
			return err
		}
	}
	need := min(math.Ceil(xlsx.TextHeight(c.Typed, size, widths...)/rows), xlsx.MaxRowHeight)
	for row := area.FirstRow; row <= area.LastRow; row++ {
		have, err := fl.f.GetRowHeight(fl.sheet, row)
		if err != nil {
			return err
		}
		if need > have {
			if err := fl.f.SetRowHeight(fl.sheet, row, need); err != nil {
				return err
			}
		}
	}
	return nil
}

func (fl *filler) restyle(area xlsx.Range, style *excelize.Style) error {
	id, err := fl.f.NewStyle(style)
	if err != nil {
		return err
	}
	return fl.f.SetCellStyle(fl.sheet, xlsx.Ref(area.FirstRow, area.FirstCol), xlsx.Ref(area.LastRow, area.LastCol), id)
}
