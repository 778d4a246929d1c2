package read

import (
	"slices"
	"sync"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// labels is the memory for the cells and the rows of one sheet after another.
type labels struct {
	cells []labelCell
	rows  [][]labelCell
}

var labelled = sync.Pool{New: func() any { return new(labels) }}

// release lets another sheet use the memory. Nothing of this one stays.
func (m *labels) release() {
	const most = 4096
	cells, rows := m.cells[:cap(m.cells)], m.rows[:cap(m.rows)]
	if len(cells) > most {
		return
	}
	clear(cells)
	clear(rows)
	m.cells, m.rows = cells[:0], rows[:0]
	labelled.Put(m)
}

// rowsOf returns the rows of a sheet that have cells. What lies under a merged
// area is left out: nobody sees it.
func (m *labels) rowsOf(g *xlsx.Grid, p picker) [][]labelCell {
	all := g.Cells()
	p.begin(all)
	cells, rows := slices.Grow(m.cells, len(all)), m.rows
	first := 0
	for i := range all {
		c := &all[i]
		if m, ok := g.Merge(c.Row, c.Col); ok && (m.FirstRow != c.Row || m.FirstCol != c.Col) {
			continue
		}
		if n := len(cells); n > first && c.Row != cells[n-1].Row {
			rows = append(rows, cells[first:n:n])
			first = n
		}
		if len(cells) == first {
			p.titled(c) // the first of its row
		}
		l := labelCell{Cell: c, form: p.now}
		if c.Kind == xlsx.String {
			l.label = l.in(sheet.Anywhere)
			l.lead = l.label
			if l.label == "" {
				if colon, _ := sheet.CutColon(c.Text); colon > 0 {
					l.lead = l.form.Label(c.Text[:colon])
				}
			}
			l.tall = rowBelow(g, c) > c.Row+headHeight
			l.start = l.lead != "" && slices.Contains(l.form.Starts, l.lead)
		}
		cells = append(cells, l)
	}
	if len(cells) > first {
		rows = append(rows, slices.Clip(cells[first:]))
	}
	m.cells, m.rows = cells, rows
	return joinHeads(g, rows)
}

// joinHeads makes one row of two that print the labels of a head by halves, as
// documents that were converted do: 年初 and 全年 above 预算数.
func joinHeads(g *xlsx.Grid, rows [][]labelCell) [][]labelCell {
	for i := 0; i+1 < len(rows); i++ {
		if i+2 < len(rows) && rows[i+1][0].Row == rowBelow(g, rows[i][0].Cell) && slices.ContainsFunc(rows[i+2], func(c labelCell) bool { return c.label != "" }) {
			nameBelow(g, rows[i], rows[i+1])
		}
		if rows[i+1][0].Row == rows[i][0].Row+1 && joinHalves(g, rows[i], rows[i+1]) {
			rows = slices.Delete(rows, i+1, i+2)
		}
	}
	return rows
}

// nameBelow gives the labels of a row in the head of the form the values that stand
// below them: 项目名称 | 主管部门 over 甲项目 | 甲局.
func nameBelow(g *xlsx.Grid, names, values []labelCell) {
	if len(names) < 2 {
		return
	}
	for _, c := range names {
		if !sheet.IsNamed(c.label) && (c.label != "" || c.Kind != xlsx.String || !sheet.IsNamed(c.in(sheet.InHead))) {
			return
		}
	}
	for _, v := range values {
		if v.label != "" || !slices.ContainsFunc(names, func(c labelCell) bool { return c.Col <= v.Col && v.Col < columnAfter(g, c.Cell) }) {
			return
		}
	}
	for i := range names {
		names[i].value = &xlsx.Cell{Row: values[0].Row, Col: names[i].Col}
	}
}

// longestHalf is the longest half of a label, in bytes.
const longestHalf = 30

// joinHalves adds the cells of a row to those above them where each makes a label of
// its own with it, and two labels at least are made so.
func joinHalves(g *xlsx.Grid, above, below []labelCell) bool {
	if !areHalves(g, above, below) {
		return false
	}
	var joined []labelCell // one for each cell below
	made := 0
	for _, half := range below {
		c := *over(above, half)
		text := c.Text + half.Text
		words := c.form.Meanings(text)
		label := words.In(sheet.Anywhere)
		if label == "" {
			return false
		}
		if label != c.label {
			made++
		}
		cell := *c.Cell
		cell.Text = text
		c.Cell, c.words = &cell, words
		setLabel(&c, label)
		joined = append(joined, c)
	}
	if made < 2 {
		return false
	}
	for _, c := range joined {
		*over(above, c) = c
	}
	return true
}

// over returns the cell of a row that stands in the column of another cell, nil for none.
func over(row []labelCell, c labelCell) *labelCell {
	for i := range row {
		if row[i].Col == c.Col {
			return &row[i]
		}
	}
	return nil
}

// areHalves reports whether each cell of a row, and there are several, stands below one
// that is as wide, and both are texts that may be halves of a label.
func areHalves(g *xlsx.Grid, above, below []labelCell) bool {
	for _, half := range below {
		c := over(above, half)
		if c == nil || half.Kind != xlsx.String || c.Kind != xlsx.String || len(c.Text)+len(half.Text) > 2*longestHalf || columnAfter(g, c.Cell) != columnAfter(g, half.Cell) {
			return false
		}
	}
	return len(below) > 1
}
