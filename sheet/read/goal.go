package read

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// goal reads 年度总体目标, above the row that heads 绩效指标: each text stands
// below its label, or to its right.
func (f *formReader) goal(indicators int) {
	end := len(f.rows)
	if indicators >= 0 {
		end = indicators
	}
	f.goalWords(end)
	for i, row := range f.rows[:end] {
		for j, c := range row {
			if v, ok := sheet.Lookup(&f.table.Goal, c.label).(*sheet.Text); ok && v.Ref == "" {
				f.prints(sheet.ColumnOf(sheet.LabelGoal, c.label))
				f.goalText(v, i, j)
			}
		}
	}
	for _, row := range f.rows[:end] {
		for _, c := range row {
			f.goalInline(c)
		}
	}
	if v := &f.table.Goal.Expected; v.Ref == "" {
		for _, row := range f.rows[:end] {
			for j, c := range row {
				if c.label != sheet.LabelGoal || j+1 == len(row) || row[j+1].label != "" {
					continue
				}
				switch v, actual := &f.table.Goal.Expected, &f.table.Goal.Actual; {
				case v.Ref == "":
					f.prints(sheet.ColumnOf(sheet.LabelGoal, sheet.LabelExpected))
					*v, _ = f.right(row, j)
				case actual.Ref == "" && goalLabel(c) == sheet.LabelOutcome: // 总体目标完成情况, in a row of its own
					f.prints(sheet.ColumnOf(sheet.LabelGoal, sheet.LabelOutcome))
					*actual, _ = f.right(row, j)
				}
			}
		}
	}
}

// goalInline reads a goal that no cell is the label of from a cell with both: 预期目标：….
func (f *formReader) goalInline(c labelCell) {
	colon, size := sheet.CutColon(c.Text)
	v, ok := sheet.Lookup(&f.table.Goal, c.lead).(*sheet.Text)
	if !ok || c.label != "" || v.Ref != "" || colon < 0 {
		return
	}
	f.prints(sheet.ColumnOf(sheet.LabelGoal, c.lead))
	cell := *c.Cell
	cell.Text = sheet.TrimValue(cell.Text[colon+size:])
	f.put(sheet.Field{Value: v}, cell)
}

// goalWords makes labels of the words that are some only beside or below 预期目标:
// the heads of the two columns, of which a form may have more, and what follows
// below 预期目标.
func (f *formReader) goalWords(end int) {
	row, col := 0, 0 // of 预期目标
	for i, cells := range f.rows[:end] {
		if first := goalHeads(cells); first >= 0 {
			row, col = cells[0].Row, cells[first].Col
			if i > 0 && len(f.rows[i-1]) == 1 && goalLabel(f.rows[i-1][0]) != "" { // 三、目标完成情况, above both
				setLabel(&f.rows[i-1][0], sheet.LabelGoal)
			}
			continue
		}
		if at := column(cells, sheet.LabelExpected); at > 0 {
			row, col = cells[0].Row, at
		}
		for i, c := range cells {
			if row > 0 && c.label == "" && (c.Row == row || c.Col == col) && isWord(c, sheet.InGoal, sheet.LabelOutcome) {
				setLabel(&cells[i], sheet.LabelOutcome)
			}
		}
	}
}

// goalHeads labels the cells of a row that heads the columns of 年度总体目标, and
// returns the index of the first; -1 where the row heads none.
func goalHeads(cells []labelCell) int {
	first, both := -1, false
	heads := func(i int, label string) bool {
		return label == sheet.LabelExpected && (i > 0 || cells[i].label == label) || label == sheet.LabelOutcome && first >= 0 && i > first
	}
	for i, c := range cells {
		switch label := goalLabel(c); {
		case !heads(i, label):
		case label == sheet.LabelOutcome:
			both = true
		case first < 0:
			first = i
		}
	}
	if !both {
		return -1
	}
	for i, c := range cells {
		switch label := goalLabel(c); {
		case heads(i, label):
			setLabel(&cells[i], label)
		case i < first && label != "": // the name of both: 年度目标完成情况
			setLabel(&cells[i], sheet.LabelGoal)
		}
	}
	return first
}

// headsGoals reports whether a row heads the columns of 年度总体目标 in whatever words.
func headsGoals(row []labelCell) bool {
	expected := slices.IndexFunc(row, func(c labelCell) bool { return goalLabel(c) == sheet.LabelExpected })
	return expected >= 0 && slices.ContainsFunc(row[expected+1:], func(c labelCell) bool { return goalLabel(c) == sheet.LabelOutcome })
}

// setLabel makes a label of a cell.
func setLabel(c *labelCell, label string) { c.label, c.lead = label, label }

// goalLabel returns the label of a goal that a cell may print, "" for none.
func goalLabel(c labelCell) string {
	switch {
	case c.label == sheet.LabelExpected || c.label == sheet.LabelOutcome:
		return c.label
	case c.Kind == xlsx.String && (c.label == "" || c.label == sheet.LabelGoal):
		return c.in(sheet.InGoal)
	}
	return ""
}

// goalText reads the text of the label rows[i][j].
func (f *formReader) goalText(v *sheet.Text, i, j int) {
	c := f.rows[i][j]
	below := f.below(c, i)
	var right sheet.Text
	if next := j + 1; next < len(f.rows[i]) && f.rows[i][next].label == "" && !f.besideGoal(i, j) {
		right, _ = f.right(f.rows[i], j)
	}
	switch {
	case below.Value == "" && right.Value == "" && f.headedBelow(c, i):
		*v, _ = f.right(f.rows[i], j)
	case right.Value == "" || f.areHeads(f.rows[i][j], f.rows[i][j+1]):
		*v = below
	case below.Value == "":
		*v = right
	default:
		*v = below
		v.Problem = fmt.Sprintf("“%s”的右边（%s）和下边（%s）都写了文字，无法确定用哪一处", c.label, right.Ref, below.Ref)
	}
}

// areHeads reports whether two cells side by side head columns: each has a cell of
// its own below, over just as many columns.
func (f *formReader) areHeads(cells ...labelCell) bool {
	for _, c := range cells {
		below := f.at(rowBelow(f.grid, c.Cell), c.Col)
		if columnAfter(f.grid, c.Cell) == c.Col+1 || columnAfter(f.grid, c.Cell) != columnAfter(f.grid, &below) {
			return false
		}
	}
	return true
}

// besideGoal reports whether the label left of rows[i][j] is of a goal too: the
// two head columns, and what stands right of them is a remark.
func (f *formReader) besideGoal(i, j int) bool {
	return j > 0 && sheet.Lookup(&f.table.Goal, f.rows[i][j-1].label) != nil
}

// below reads what stands below a label, in as many rows as its part of the form
// has: those over which 年度总体目标 stands, and those that follow without a name
// of their own.
func (f *formReader) below(c labelCell, i int) (text sheet.Text) {
	if f.headedBelow(c, i) {
		return text
	}
	first := rowBelow(f.grid, c.Cell)
	f.set(&text, first, c.Col)
	last, left := f.groupEnd(i, c.Col), f.goalColumn(i)
	for _, row := range f.rows[i+1:] {
		if row[0].Row <= first {
			continue
		}
		if isHeaded(row, c.Col) || row[0].Row > last && f.endsGoal(row, c, left) {
			break
		}
		var more sheet.Text
		if f.set(&more, row[0].Row, c.Col); more.Value != "" {
			join(&text, more)
		}
	}
	return text
}

// groupEnd returns the last row over which 年度总体目标 stands, left of a column
// of rows[i]; 0 where it does not.
func (f *formReader) groupEnd(i, col int) int {
	for _, c := range f.rows[i] {
		if c.Col < col && c.label == sheet.LabelGoal {
			return rowBelow(f.grid, c.Cell) - 1
		}
	}
	return 0
}

// endsGoal reports whether a row no longer belongs to the goal below a label: it
// has a name of its own, left of the goals, or its text stands over other columns
// too.
func (f *formReader) endsGoal(row []labelCell, label labelCell, left int) bool {
	for _, c := range row {
		switch {
		case c.label == sheet.LabelGoal && c.Col < left: // printed again beside the next text
			continue
		case c.label != "", c.Col <= left && c.Kind == xlsx.String && c.form.IsFoot(c.Text):
			return true
		case c.Col < left && !isNumbered(c) && !quantity.Blank(c.Text):
			return true
		case c.Col == label.Col && columnAfter(f.grid, c.Cell) > columnAfter(f.grid, label.Cell) && !f.isSingle(label.Cell):
			return true
		}
	}
	return false
}

// goalColumn returns the first column in which rows[i] prints the label of a goal.
func (f *formReader) goalColumn(i int) int {
	for _, c := range f.rows[i] {
		if sheet.Lookup(&f.table.Goal, c.label) != nil {
			return c.Col
		}
	}
	return 0
}

// isSingle reports whether a cell is merged with none beside it.
func (f *formReader) isSingle(c *xlsx.Cell) bool { return columnAfter(f.grid, c) == c.Col+1 }

// isNumbered reports whether a cell prints the number of a goal: 目标2, 2, (二).
func isNumbered(c labelCell) bool {
	if c.label != "" {
		return false
	}
	s := sheet.Fold(c.Text)
	return strings.HasPrefix(s, "目标") || s != "" && strings.Trim(s, "0123456789一二三四五六七八九十().．、") == ""
}

// join adds a text that belongs to this one. What comes to more than a cell holds is no
// text of a form.
func join(t *sheet.Text, more sheet.Text) {
	switch {
	case t.Value == "":
		*t = more
		return
	case len(t.Value)+len(more.Value) > 3*sheet.MaxText:
		t.Problem = fmt.Sprintf("几个单元格的文字合起来超过 %d 字，请删减", sheet.MaxText)
		return
	}
	t.Value += "\n" + more.Value
	t.Typed += "\n" + more.Typed
}

// headedBelow reports whether the row below a label begins another part.
func (f *formReader) headedBelow(c labelCell, i int) bool {
	next := rowBelow(f.grid, c.Cell)
	for _, row := range f.rows[i+1:] {
		if row[0].Row >= next {
			return row[0].Row == next && isHeaded(row, c.Col)
		}
	}
	return false
}

// isHeaded reports whether a row prints a label in the column, or the head of a
// table.
func isHeaded(row []labelCell, col int) bool {
	if count(row, isIndicatorLabel) >= 2 {
		return true
	}
	for _, c := range row {
		if c.Col == col && c.label != "" && c.Kind == xlsx.String {
			return true
		}
		switch c.label {
		case sheet.LabelLevel3, sheet.LabelLevel1, sheet.LabelIndicators, sheet.LabelFunds, sheet.LabelInitialBudget, sheet.LabelBudget, sheet.LabelTotal:
			return true
		}
	}
	return false
}
