package read

import (
	"slices"
	"sort"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// labelCell is a cell of a sheet with the label that it prints.
type labelCell struct {
	*xlsx.Cell
	form  *sheet.Form
	words *sheet.Meanings // of the text; nil where nobody has asked yet
	label string          // the whole cell
	lead  string          // label, or what the cell prints before a colon
	start bool            // a form begins here
	tall  bool            // over more rows than the head of a column has: it stands beside a table

	value *xlsx.Cell // what it is the label of, where that stands below and not beside
}

// in returns the label that the cell prints in a section of its form, "" for none.
func (c *labelCell) in(s sheet.Section) string {
	if c.words == nil {
		c.words = c.form.Meanings(c.Text)
	}
	return c.words.In(s)
}

// tablesOf finds the forms of one sheet: each begins where 项目名称 is printed, or
// below its title. other is the title of the first form of another kind.
func tablesOf(g *xlsx.Grid, p picker) (tables []*sheet.Table, other string) {
	uniteRepeated(g, p.forms)
	m := labelled.Get().(*labels)
	defer m.release()
	rows := m.rowsOf(g, p)
	startTitled(rows)
	starts := startsOf(g, rows)
	if len(starts) == 0 {
		return nil, topTitle(rows)
	}
	sides := sideBySide(g, rows, starts)
	for _, side := range sides {
		side = nearForm(g, side)
		if len(sides) == 1 {
			rows = side
		}
		more, title := stacked(g, rows, side, p.until)
		tables = append(tables, more...)
		if other == "" {
			other = title
		}
	}
	if len(tables) == 0 && other == "" {
		other = topTitle(rows)
	}
	return tables, other
}

// headHeight is how many rows the head of a column may have.
const headHeight = 3

// startsOf returns the cells in which forms begin.
func startsOf(g *xlsx.Grid, rows [][]labelCell) []*xlsx.Cell {
	var starts []*xlsx.Cell
	for _, row := range rows {
		for i, c := range row {
			if isStart(c) && !inList(g, row, i, cellAt(rows, rowBelow(g, c.Cell), c.Col)) {
				starts = append(starts, c.Cell)
			}
		}
	}
	return starts
}

// isStart reports whether a form begins in a cell: it prints 项目名称, alone or
// before the name, or is the first below the title of a form without.
func isStart(c labelCell) bool { return c.start }

// inList reports whether row[i] heads a column of a list: 序号, 项目名称, 主管部门.
// below is the cell below it, nil for none.
func inList(g *xlsx.Grid, row []labelCell, i int, below *labelCell) bool {
	if row[i].value != nil {
		return false
	}
	for _, c := range row[:i] {
		if c.label == "序号" {
			return true
		}
	}
	if !slices.Contains(row[i].form.Starts, row[i].lead) {
		return false // the form begins with the head of its money
	}
	for j := i + 1; j < len(row) && row[j].Col == columnAfter(g, row[j-1].Cell); j++ {
		switch label := row[j].label; {
		case label != "" && j == i+1, isAmount(label), label == sheet.LabelLevel3:
			return true
		case label == sheet.LabelScore: // of each project, or of the form: 项目名称 | 甲 | 自评得分 | 99
			return below == nil || below.label == ""
		}
	}
	return false
}

// cellAt returns a cell of some rows, nil where nothing stands.
func cellAt(rows [][]labelCell, row, col int) *labelCell {
	i, ok := slices.BinarySearchFunc(rows, row, func(cells []labelCell, row int) int { return cells[0].Row - row })
	if ok {
		for j := range rows[i] {
			if rows[i][j].Col == col {
				return &rows[i][j]
			}
		}
	}
	return nil
}

// columnAfter returns the column that follows a cell or the area it heads.
func columnAfter(g *xlsx.Grid, c *xlsx.Cell) int {
	if m, ok := g.Merge(c.Row, c.Col); ok {
		return m.LastCol + 1
	}
	return c.Col + 1
}

// rowBelow returns the row below a cell or the area it heads.
func rowBelow(g *xlsx.Grid, c *xlsx.Cell) int {
	if m, ok := g.Merge(c.Row, c.Col); ok {
		return m.LastRow + 1
	}
	return c.Row + 1
}

// sideBySide cuts a sheet into parts that stand side by side, each with a form
// of its own; most sheets are one part.
func sideBySide(g *xlsx.Grid, rows [][]labelCell, starts []*xlsx.Cell) [][][]labelCell {
	var parts [][][]labelCell
	rest := rows
	left := starts[0].Col
	for _, s := range starts {
		left = min(left, s.Col)
	}
	for {
		next := 0
		for _, s := range starts {
			if s.Col > left && (next == 0 || s.Col < next) {
				next = s.Col
			}
		}
		if next == 0 {
			return append(parts, rest)
		}
		left = next
		// What stands left of the name, such as 项目资金, belongs to its form.
		for col := next; col > max(1, next-3); col-- {
			l, r := cut(rest, col)
			if !straddled(g, rows, starts[0].Row, col) && headedForm(l) && headedForm(r) {
				parts, rest = append(parts, l), r
				break
			}
		}
	}
}

// cut divides rows before a column: A1 B1 D1, cut at D, is A1 B1 and D1.
func cut(rows [][]labelCell, col int) (left, right [][]labelCell) {
	for _, row := range rows {
		i := 0
		for i < len(row) && row[i].Col < col {
			i++
		}
		if i > 0 {
			left = append(left, row[:i:i])
		}
		if i < len(row) {
			right = append(right, row[i:])
		}
	}
	return left, right
}

// straddled reports whether a merged area lies on both sides of a column's left
// edge, from a row on.
func straddled(g *xlsx.Grid, rows [][]labelCell, from, col int) bool {
	for _, row := range rows {
		if row[0].Row < from {
			continue
		}
		if m, ok := g.Merge(row[0].Row, col); ok && m.FirstCol < col {
			return true
		}
	}
	return false
}

// farColumns is how many columns without anything make what stands behind them no part
// of the form.
const farColumns = 3

// nearForm leaves out of the rows of a form, or of several below each other, what stands
// far beside it: a note, or the column of whoever reviews it.
func nearForm(g *xlsx.Grid, rows [][]labelCell) [][]labelCell {
	start, last := 0, 0
	for _, row := range rows {
		last = max(last, row[len(row)-1].Col)
		for _, c := range row {
			if isStart(c) {
				start = max(start, c.Col)
			}
		}
	}
	width := make([]int, last+1) // of the widest cell that begins in a column
	for _, row := range rows {
		for _, c := range row {
			width[c.Col] = max(width[c.Col], columnAfter(g, c.Cell)-c.Col)
		}
	}
	end := 1 // the column after what is near
	for col := 1; col <= last; col++ {
		switch {
		case width[col] > 0:
			end = max(end, col+width[col])
		case col > start && col-end+1 >= farColumns:
			near, _ := cut(rows, col)
			return near
		}
	}
	return rows
}

// headedForm reports whether rows hold a form: 项目名称 and the heads of a table.
func headedForm(rows [][]labelCell) bool {
	f := formReader{rows: rows}
	for _, row := range rows {
		for _, c := range row {
			if isStart(c) {
				return f.fundsHead() >= 0 || f.indicatorsHead() >= 0
			}
		}
	}
	return false
}

// headRows is how many rows of a form may stand between 项目名称 printed twice
// in its head.
const headRows = 15

// stacked reads the forms that stand below each other in a part of a sheet. all
// are the rows of the whole sheet: a title may stand over several forms. other is
// the title of the first form of another kind, which is not read. until is the last row
// that was issued, 0 where that is not known.
func stacked(g *xlsx.Grid, all, rows [][]labelCell, until int) (tables []*sheet.Table, other string) {
	var starts []int
	for i, row := range rows {
		for j, c := range row {
			if isStart(c) && !inList(g, row, j, cellAt(rows, rowBelow(g, c.Cell), c.Col)) {
				starts = append(starts, i)
				break
			}
		}
	}
	from, above := -1, 0 // where the form begins; what is above it begins
	for i, start := range starts {
		if from < 0 {
			from = start
		}
		end := len(rows)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		f := formReader{grid: g, until: until, rows: rows[from:end], table: sheet.NewTable(rows[from][0].form)}
		f.lists()
		funds, indicators := f.fundsHead(), f.indicatorsHead()
		if funds < 0 && indicators < 0 {
			if end < len(rows) && (rows[end][0].Row-rows[from][0].Row > headRows || titled(rows[from+1:end])) {
				from = -1
			}
			continue // its head goes on, or it is none
		}
		titles := between(all, above, rows[from][0].Row)
		if title := otherTitle(titles); title != "" {
			if other == "" {
				other = title
			}
			from, above = -1, rows[end-1][0].Row+1
			continue
		}
		f.read(funds, indicators, titles)
		tables = append(tables, f.table)
		from, above = -1, f.last+1
	}
	return tables, other
}

// titled reports whether a form's title stands in one of the rows.
func titled(rows [][]labelCell) bool {
	return slices.ContainsFunc(rows, isTitled)
}

// between returns the rows that stand in the rows from .. to-1 of the sheet.
func between(rows [][]labelCell, from, to int) [][]labelCell {
	before := func(row int) int {
		return sort.Search(len(rows), func(i int) bool { return rows[i][0].Row >= row })
	}
	first := before(from)
	return rows[first:max(first, before(to))]
}
