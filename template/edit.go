package template

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// edit makes the changes of single rows.
func (l *Layout) edit() error {
	l.Row = slices.Clone(l.Row)
	for i := range l.Row {
		l.Row[i].Cells = slices.Clone(l.Row[i].Cells)
	}
	for i := range l.Edit {
		if err := l.editRow(&l.Edit[i]); err != nil {
			return err
		}
	}
	return nil
}

// editRow makes one change. Cells that are merged over the row, or over the place of
// a new one, get a row more or less.
func (l *Layout) editRow(e *Edit) error {
	fail := func(at strict.Position, format string, args ...any) error {
		return &strict.Error{Position: at, Message: fmt.Sprintf(format, args...)}
	}
	var which strict.At[string]
	n := 0
	for _, w := range []strict.At[string]{e.After, e.Before, e.Replace, e.Remove} {
		if w.Value != "" {
			which = w
			n++
		}
	}
	if n != 1 {
		return fail(e.Position, "[[edit]] 应写明 after、before、replace、remove 中的一个：改动哪一行")
	}
	at, names := l.rowOf(which.Value)
	switch {
	case at < 0:
		return fail(which.Pos, "版式 %s 中没有“%s”这一行：应写其中一格的文字、项目或资金来源%s", l.Extends.Value, which.Value, strict.Meant(which.Value, names))
	case e.Remove.Value != "":
		l.stretch(at, -1)
		l.Row = slices.Delete(l.Row, at, at+1)
		return nil
	case len(e.Cells) == 0 || e.Height == 0:
		return fail(e.Position, "[[edit]] 应写明新的一行：height 和 cells")
	}
	row := Row{Height: e.Height, Each: e.Each, Blank: e.Blank, Fund: e.Fund, List: e.List, Item: e.Item, Cells: e.Cells, Position: e.Position}
	if e.Replace.Value != "" {
		l.Row[at] = row
		return nil
	}
	if e.After.Value != "" {
		at++
	}
	l.stretch(at, 1)
	l.Row = slices.Insert(l.Row, at, row)
	return nil
}

// rowOf returns the first row that has a text, a field or a 资金来源, -1 where there is
// none, and the names that rows have.
func (l *Layout) rowOf(name string) (at int, names []string) {
	want := sheet.Fold(name)
	for i := range l.Row {
		r := &l.Row[i]
		own := []string{r.Fund, r.Item}
		for j := range r.Cells {
			own = append(own, r.Cells[j].Field, r.Cells[j].Text)
		}
		for _, o := range own {
			o = sheet.Fold(o)
			if o == want {
				return i, nil
			} else if o != "" && !strings.Contains(o, "{") {
				names = append(names, o)
			}
		}
	}
	return -1, names
}

// stretch makes cells that are merged over a row, by its index, that many rows higher.
func (l *Layout) stretch(row, by int) {
	for i := range l.Row[:row] {
		for j := range l.Row[i].Cells {
			if c := &l.Row[i].Cells[j]; i+c.Rows > row {
				c.Rows += by
			}
		}
	}
}
