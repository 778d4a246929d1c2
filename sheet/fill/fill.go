package fill

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/edit"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
)

// errNotTemplate is the error of Fill for a workbook that ziping did not issue.
var errNotTemplate = errors.New("不是 ziping 下发的模板：请用 ziping template 生成的工作簿")

// Form returns the form of a template: what data for it may say.
func Form(template []byte) (*sheet.Form, error) {
	_, found, err := open(template)
	if err != nil {
		return nil, err
	}
	return found.Table.Form, nil
}

// open opens a template and reads its one form.
func open(template []byte) (*xlsx.Workbook, sheet.Found, error) {
	wb, err := xlsx.Open(template)
	if err != nil {
		return nil, sheet.Found{}, err
	}
	found, err := read.WithBlanks(wb, issued.Options{})
	if err != nil && !errors.Is(err, read.ErrNoForm) {
		return nil, sheet.Found{}, err
	}
	if len(found) != 1 {
		return nil, sheet.Found{}, errNotTemplate
	}
	return wb, found[0], nil
}

// Fill returns a template with the values of data in its input cells. A value
// for any other cell must be what stands there already; every one that is not
// is named in the error, and nothing is filled in.
func Fill(template []byte, data *sheet.Table) ([]byte, error) {
	wb, found, err := open(template)
	if err != nil {
		return nil, err
	}
	b, err := edit.Open(template, xlsx.Limits{})
	if err != nil {
		return nil, err
	}
	if b.SheetPart(issued.RecordSheet) == "" {
		return nil, errNotTemplate
	}
	fl := filler{book: b, workbook: wb, name: found.Sheet, form: found.Table, values: map[edit.Place]any{}, locked: map[int]bool{}}
	if err := fl.open(); err != nil {
		return nil, err
	}
	fl.table(data)
	if err := errors.Join(fl.refused...); err != nil {
		return nil, err
	}
	return fl.finish()
}

// filler fills one form.
type filler struct {
	book     *edit.Book
	workbook *xlsx.Workbook
	name     string      // of the sheet
	sheet    *edit.Sheet // on which the form stands
	form     *sheet.Table
	styles   map[edit.Place]int // of the cells
	values   map[edit.Place]any // that are filled in: texts and numbers
	locked   map[int]bool       // by style
	checks   []check            // of formula cells, once they are calculated
	refused  []error
}

// check is a value that a formula should come to.
type check struct {
	path sheet.Path
	at   *sheet.Cell
	want sheet.Value
}

func (fl *filler) refuse(format string, args ...any) {
	fl.refused = append(fl.refused, fmt.Errorf(format, args...))
}

func (fl *filler) table(data *sheet.Table) {
	fl.part(sheet.Path{}, fl.form, data)
	for i := range data.Funds {
		fund := &data.Funds[i]
		j := slices.IndexFunc(fl.form.Funds, func(f sheet.Fund) bool { return f.Source.Value == fund.Source.Value })
		if j < 0 {
			fl.refuse("模板没有资金来源“%s”", fund.Source.Value)
			continue
		}
		fl.part(sheet.FundPath(fund.Source.Value), &fl.form.Funds[j], fund)
	}
	fl.part(sheet.Path{Part: sheet.LabelGoal}, &fl.form.Goal, &data.Goal)
	fl.rows(sheet.LabelIndicators, pointers(fl.form.Indicators), pointers(data.Indicators))
	fl.part(sheet.Path{Part: sheet.LabelTotal}, &fl.form.Total, &data.Total)
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
func (fl *filler) part(path sheet.Path, form, data any) {
	for field := range sheet.Fields(data) {
		if field.Value.Any() == nil {
			continue
		}
		have := sheet.Lookup(form, field.Label)
		if have == nil {
			fl.refuse("模板没有填写“%s”的单元格", path.Of(field.Label))
			continue
		}
		at := have.At()
		switch {
		case at.Ref == "":
			fl.refuse("模板没有填写“%s”的单元格", path.Of(field.Label))
		case at.Formula != "":
			fl.checks = append(fl.checks, check{path.Of(field.Label), at, field.Value})
		case !fl.isLocked(at.Ref):
			fl.set(at, bare(data, field))
		case !have.Equal(field.Value):
			fl.refuse("“%s”（单元格 %s）已锁定为“%s”，数据文件写的是“%s”", path.Of(field.Label), at.Ref, sheet.Excerpt(sheet.Show(have)), sheet.Excerpt(sheet.Show(field.Value)))
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

// set notes a value of an input cell.
func (fl *filler) set(at *sheet.Cell, v sheet.Value) {
	value := v.Any()
	if text, ok := value.(string); ok {
		if err := sheet.CheckText(text); err != nil {
			fl.refuse("单元格 %s：%w", at.Ref, err)
		}
	}
	fl.values[edit.PlaceOf(at.Ref)] = value
}

// rows fills each row of a list into the first free row of the form whose locked
// cells say the same.
func (fl *filler) rows(name string, form, data []any) {
	taken := make([]bool, len(form))
	for i, x := range data {
		path := sheet.RowPath(name, i)
		row := fl.rowFor(form, x, taken)
		if row < 0 {
			fl.refuse("%s：模板中没有可填“%s”的空行", path, rowName(x))
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
		if t, ok := f.Value.(*sheet.Text); ok && t.Value != "" && len(names) < 3 {
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
