package template

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/fill"
	"ziping/sheet/issued"
	"ziping/sheet/quantity"
	"ziping/sheet/read"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// ReadBack draws the layout, fills it with samples and reads it back: once blank, once
// with everything printed. Its error, a strict.Errors, names each label or column that
// the reader does not know, and what is printed without a cell to fill in.
func (l *Layout) ReadBack() error {
	d, err := NewDrawer(l, "")
	if err != nil {
		return err
	}
	b := readBack{Layout: l, drawer: d, said: map[string]bool{}}
	sample := b.sample()
	blank, err := d.Draw(sheet.NewTable(l.form))
	if err != nil {
		return err
	}
	b.found(blank, sample)
	if len(b.errs) == 0 {
		filled, err := fill.Fill(blank, sample)
		if err != nil {
			b.fail(l.Position, "画出的空白表填不进样例：%v", err)
		} else {
			b.compare(filled, sample)
		}
	}
	if len(b.errs) == 0 {
		printed, err := d.Draw(sample)
		if err != nil {
			b.fail(l.Position, "印上样例画不出来：%v", err)
		} else {
			b.compare(printed, sample)
		}
	}
	if len(b.errs) > 0 {
		return b.errs
	}
	return nil
}

type readBack struct {
	*Layout
	drawer *Drawer
	errs   strict.Errors
	said   map[string]bool
}

func (b *readBack) fail(at strict.Position, format string, args ...any) {
	b.errs = append(b.errs, &strict.Error{File: b.file, Position: at, Message: fmt.Sprintf(format, args...)})
}

// sample returns a form with a value in every cell of the layout that may be filled
// in, no two the same.
func (b *readBack) sample() *sheet.Table {
	blank := b.blankTable()
	n := 0
	for _, part := range blank.Parts() {
		for f := range sheet.Fields(part.Part) {
			cell := b.cell(part, f.Label)
			if cell == nil || cell.Formula != "" || f.Value.Any() != nil {
				continue
			}
			n++
			switch v := f.Value.(type) {
			case *sheet.Text:
				v.Value = sampleText(f.Label, n)
			case *sheet.Rate:
				v.Value, v.Known = 0.5+float64(n%400)/1000, true
			case *sheet.Number:
				v.Value, v.Known = float64(n), true
				if cell.Default != nil {
					v.Value = *cell.Default
				}
			}
		}
	}
	for i := range blank.Indicators {
		x := &blank.Indicators[i]
		x.Compose(x.Beside())
	}
	if blank.Year.Known {
		blank.Year.Value = sampleYear
	}
	return blank
}

const sampleYear = 2021

// sampleText returns a sample for a field: a text that no other has, where it may be
// any.
func sampleText(label string, n int) string {
	switch label {
	case sheet.LabelMoneyUnit:
		return quantity.MoneyUnits()[0]
	case sheet.LabelSign:
		return "≥"
	case sheet.LabelUnit:
		return "%"
	case sheet.LabelTarget, sheet.LabelActual:
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("样例%d", n)
}

// blankTable returns a form with the rows that the layout draws, and the names that
// it prints in them.
func (b *readBack) blankTable() *sheet.Table {
	t := sheet.NewTable(b.form)
	p := &plan{layout: b.Layout, table: t, byCell: map[*Cell][]*box{}}
	for i := range b.Row {
		if fund := b.Row[i].Fund; fund != "" {
			x := t.NewFund()
			x.Source = sheet.T(fund)
			t.Funds = append(t.Funds, x)
		}
	}
	t.Indicators = p.indicators()
	for i := range b.Row {
		switch r := &b.Row[i]; {
		case r.List != "":
			row, _ := p.item(r)
			list := t.List(r.List)
			list.Rows = append(list.Rows, *row)
		case r.Each != "" && r.Each != sheet.LabelIndicators:
			list := t.List(r.Each)
			list.Rows = slices.Clone(p.rows(r))
		}
	}
	return t
}

// cell returns the cell of the layout in which a field of a part stands, nil where
// there is none.
func (b *readBack) cell(part sheet.Part, label string) *Cell {
	name := part.Path.Of(label).Column()
	stands := func(*Row) bool { return true }
	switch x := part.Part.(type) {
	case *sheet.Fund:
		stands = func(r *Row) bool { return r.Fund == x.Source.Value }
	case *sheet.Row:
		list, item := part.Path.Part, sheet.Show(x.Own[0].Value)
		stands = func(r *Row) bool { return r.Each == list || r.List == list && r.Item == item }
	}
	for i := range b.Row {
		r := &b.Row[i]
		for j := range r.Cells {
			if c := &r.Cells[j]; c.Field != "" && stands(r) && c.name == name {
				return c
			}
		}
	}
	return nil
}

// found looks whether the reader finds the form at all, and a field where it prints a
// label.
func (b *readBack) found(blank []byte, sample *sheet.Table) {
	var found []sheet.Found
	wb, err := xlsx.Open(blank)
	if err == nil {
		found, err = read.WithBlanks(wb, issued.Options{})
	}
	switch {
	case errors.Is(err, read.ErrNoForm), err == nil && len(found) != 1:
		b.fail(b.Position, "画出的表读不回来：表样 %s 以“%s”开头，下面应有“项目资金”或“绩效指标”的表头%s",
			b.form.Name, strings.Join(b.form.Starts, "”或“"), b.unknownLabels())
		return
	case err != nil:
		b.fail(b.Position, "画出的表读不回来：%v", err)
		return
	}
	t := found[0].Table
	places := valuesOf(t)
	for _, part := range sample.Parts() {
		for f := range sheet.Fields(part.Part) {
			if cell := b.cell(part, f.Label); cell != nil && (places[part.Path.Of(f.Label)] == nil || places[part.Path.Of(f.Label)].At().Ref == "") {
				b.lost(part, f, cell, nil)
			}
		}
	}
	var without []string
	for _, name := range t.Labels() {
		if t.Prints(name) && !b.has(name) {
			without = append(without, name)
		}
	}
	if len(without) > 0 {
		b.fail(b.labelled(without[0]), "印了“%s”，却没有写它的单元格：请在该栏写 field", strings.Join(without, "”“"))
	}
}

// has reports whether the layout has a cell for what a label says, or needs none.
func (b *readBack) has(name string) bool {
	switch name {
	case sheet.LabelYear, sheet.LabelMoneyUnit, sheet.LabelFunds, sheet.LabelIndicators, sheet.WholeFund, sheet.ColumnOf(sheet.LabelFunds, sheet.LabelSource):
		return true
	case sheet.ColumnOf(sheet.LabelTotal, sheet.LabelWeight), sheet.ColumnOf(sheet.LabelTotal, sheet.LabelScore): // the row stands below both columns
		_, weight := b.cellOf(sheet.ColumnOf(sheet.LabelTotal, sheet.LabelWeight))
		_, score := b.cellOf(sheet.ColumnOf(sheet.LabelTotal, sheet.LabelScore))
		return weight != nil || score != nil
	}
	if slices.ContainsFunc(b.Row, func(r Row) bool { return r.Each == name || r.List == name }) {
		return true
	}
	_, c := b.cellOf(name)
	if c == nil {
		path := sheet.ParsePath(name)
		c = b.itemCell(path.Part, path.Label)
	}
	return c != nil
}

// itemCell returns a cell for a field of a list whose rows the layout prints one by
// one. The first field of the list is the name of the row.
func (b *readBack) itemCell(list, label string) *Cell {
	own := b.form.In(list)
	for i := range b.Row {
		r := &b.Row[i]
		if r.List != list || list == "" {
			continue
		}
		if own[0].Name == label {
			return &r.Cells[0]
		}
		for j := range r.Cells {
			if r.Cells[j].Field == label {
				return &r.Cells[j]
			}
		}
	}
	return nil
}

// labelled returns where the layout prints a label.
func (b *readBack) labelled(name string) strict.Position {
	label := sheet.ParsePath(name).Label
	for i := range b.Row {
		for j := range b.Row[i].Cells {
			c := &b.Row[i].Cells[j]
			if b.label(c.Text) == label && c.Text != "" {
				return c.Position
			}
		}
	}
	return b.Position
}

// label returns the label that a text of the layout is, in whatever part of the form.
func (b *readBack) label(text string) string {
	f := b.form
	if l := f.Label(text); l != "" {
		return l
	}
	for _, s := range f.Sections() {
		if l := f.LabelIn(s, text); l != "" {
			return l
		}
	}
	return ""
}

// unknownLabels names the texts of the layout that are no labels of the form.
func (b *readBack) unknownLabels() string {
	var texts []string
	for i := range b.Row {
		if b.Row[i].Each != "" || b.Row[i].Fund != "" {
			continue
		}
		for j := range b.Row[i].Cells {
			c := &b.Row[i].Cells[j]
			if c.Text != "" && len(c.Text) < longestName && b.label(c.Text) == "" && b.form.Titled(c.Text) == 0 {
				texts = append(texts, strings.ReplaceAll(c.Text, "\n", ""))
			}
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return "；无法识别的文字：“" + strings.Join(texts, "”“") + "”"
}

// longestName is the longest text that may have been meant as a label, in bytes.
const longestName = 60

// compare reads a workbook back and compares it with what was put into it.
func (b *readBack) compare(workbook []byte, sample *sheet.Table) {
	found, err := read.Forms(workbook)
	if err != nil || len(found) != 1 {
		b.fail(b.Position, "填好的表读不回来：%v", err)
		return
	}
	got := valuesOf(found[0].Table)
	for _, part := range sample.Parts() {
		for f := range sheet.Fields(part.Part) {
			cell := b.cell(part, f.Label)
			if cell == nil || cell.Formula != "" || f.Value.Any() == nil {
				continue
			}
			have := got[part.Path.Of(f.Label)]
			switch {
			case have == nil || have.Any() == nil:
				b.lost(part, f, cell, have)
			case !have.Equal(f.Value):
				b.once(part, f.Label, cell.Position, "“%s”读回来不是填进去的：填的是“%s”，读成“%s”%s",
					fieldName(part, f.Label), sheet.Show(f.Value), sheet.Show(have), b.under(cell))
			}
		}
	}
}

// valuesOf returns the values of a form by their paths.
func valuesOf(t *sheet.Table) map[sheet.Path]sheet.Value {
	m := map[sheet.Path]sheet.Value{}
	for path, v := range t.All() {
		m[path] = v
	}
	return m
}

// lost tells that what was put into a cell is not read.
func (b *readBack) lost(part sheet.Part, f sheet.Field, cell *Cell, have sheet.Value) {
	why := ""
	if have != nil && have.At().Problem != "" {
		why = "（" + have.At().Problem + "）"
	}
	b.once(part, f.Label, cell.Position, "“%s”读不回来%s%s：请用认得的叫法，或在表样的 [label] 中加上这种叫法", fieldName(part, f.Label), why, b.under(cell))
}

// once reports a mistake once for each column or row of the layout.
func (b *readBack) once(part sheet.Part, label string, at strict.Position, format string, args ...any) {
	if key := fieldName(part, label); !b.said[key] {
		b.said[key] = true
		b.fail(at, format, args...)
	}
}

// under names the text that stands above a cell of the layout, or left of it: what
// the reader should know it by.
func (b *readBack) under(cell *Cell) string {
	row := slices.IndexFunc(b.Row, func(r Row) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Field == cell.Field && c.At == cell.At && c.Position == cell.Position })
	})
	if row < 0 {
		return ""
	}
	name := func(c *Cell) string {
		return fmt.Sprintf("，这里印的是“%s”（%s 列）", strings.ReplaceAll(c.Text, "\n", ""), c.At)
	}
	if b.Row[row].block() == "" {
		for j := len(b.Row[row].Cells) - 1; j >= 0; j-- {
			if c := &b.Row[row].Cells[j]; c.last < cell.first && c.Text != "" {
				return name(c)
			}
		}
	}
	for i := row - 1; i >= 0; i-- {
		for j := range b.Row[i].Cells {
			if c := &b.Row[i].Cells[j]; c.first <= cell.first && cell.first <= c.last && c.Text != "" && b.Row[i].block() == "" {
				return name(c)
			}
		}
	}
	return ""
}

// fieldName names a field of the layout: of a row that is drawn several times only
// its column.
func fieldName(part sheet.Part, label string) string {
	path := part.Path.Of(label)
	if _, fund := part.Part.(*sheet.Fund); fund {
		return path.String()
	}
	return path.Column()
}
