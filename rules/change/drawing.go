package change

import (
	"slices"

	"ziping/sheet"
)

// Drawing is a part of a form as a small table: what an example changes of it.
type Drawing struct {
	Head []string // the labels
	Rows [][]Drawn
}

// Drawn is a cell of a drawing.
type Drawn struct {
	Text    string
	Changed bool // by the example
	Blamed  bool // by the rule
}

// Draw returns the parts of the form that the changes touch, with what a rule blames in
// it; and in words what no table shows: rows that are gone, notices, formulas.
func (c Changes) Draw(base *sheet.Table, blamed func(sheet.Path) bool) (drawings []Drawing, words []string) {
	form, _ := c.Apply(base)
	var single []sheet.Path
	rows := map[string][]sheet.Path{} // by their list
	for _, name := range c.order() {
		_, _, marked := cutMark(name)
		_, _, noticed := cutNotice(name)
		path := sheet.ParsePath(name)
		switch row := path.Of(""); {
		case marked || noticed || form.At(path) == nil:
			words = append(words, describe(base, name, c[name].Value))
		case !path.Listed:
			single = append(single, path)
		case !slices.Contains(rows[path.Part], row):
			rows[path.Part] = append(rows[path.Part], row)
		}
	}
	cell := func(path sheet.Path, v sheet.Value) Drawn {
		_, changed := c[path.String()]
		blamed := blamed(path)
		text := sheet.AsTyped(v)
		if text == "" && (changed || blamed) {
			text = "（空）"
		}
		return Drawn{text, changed, blamed}
	}
	if len(single) > 0 {
		d := Drawing{Rows: [][]Drawn{nil}}
		for _, path := range single {
			d.Head, d.Rows[0] = append(d.Head, path.String()), append(d.Rows[0], cell(path, form.At(path)))
		}
		drawings = append(drawings, d)
	}
	for _, list := range []string{sheet.LabelFunds, sheet.LabelIndicators} {
		if len(rows[list]) > 0 {
			drawings = append(drawings, drawRows(form, rows[list], cell))
		}
	}
	return drawings, words
}

// drawRows draws rows of a list, without the columns in which nothing stands.
func drawRows(form *sheet.Table, paths []sheet.Path, cell func(sheet.Path, sheet.Value) Drawn) Drawing {
	var parts []sheet.Part
	for _, p := range form.Parts() {
		if slices.Contains(paths, p.Path) {
			parts = append(parts, p)
		}
	}
	d := Drawing{Rows: make([][]Drawn, len(parts))}
	if len(parts) == 0 {
		return d
	}
	for f := range sheet.Fields(parts[0].Part) {
		column := make([]Drawn, len(parts))
		empty := true
		for i, p := range parts {
			column[i] = cell(p.Path.Of(f.Label), sheet.Lookup(p.Part, f.Label))
			empty = empty && column[i] == Drawn{}
		}
		if empty {
			continue
		}
		d.Head = append(d.Head, f.Label)
		for i := range parts {
			d.Rows[i] = append(d.Rows[i], column[i])
		}
	}
	return d
}
