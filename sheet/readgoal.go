package sheet

import (
	"fmt"
	"strings"

	"ziping/sheet/xlsx"
)

// goal reads 年度总体目标, above the row that heads 绩效指标: each text stands
// below its label, or to its right.
func (f *form) goal(indicators int) {
	end := len(f.rows)
	if indicators >= 0 {
		end = indicators
	}
	for i, row := range f.rows[:end] {
		for j, c := range row {
			if v, ok := Lookup(&f.table.Goal, c.label).(*Text); ok && v.Ref == "" {
				f.goalText(v, i, j)
			}
		}
	}
	if v := &f.table.Goal.Expected; v.Ref == "" {
		for _, row := range f.rows[:end] {
			for j, c := range row {
				if c.label == "年度总体目标" && j+1 < len(row) && row[j+1].label == "" {
					*v, _ = f.right(row, j)
					return
				}
			}
		}
	}
}

// goalText reads the text of the label rows[i][j].
func (f *form) goalText(v *Text, i, j int) {
	c := f.rows[i][j]
	below := f.below(c, i)
	var right Text
	if next := j + 1; next < len(f.rows[i]) && f.rows[i][next].label == "" && !f.besideGoal(i, j) {
		right, _ = f.right(f.rows[i], j)
	}
	switch {
	case below.Value == "" && right.Value == "" && f.headedBelow(c, i):
		*v, _ = f.right(f.rows[i], j)
	case right.Value == "":
		*v = below
	case below.Value == "":
		*v = right
	default:
		*v = below
		v.Problem = fmt.Sprintf("“%s”的右边（%s）和下边（%s）都写了文字，无法确定用哪一处", c.label, right.Ref, below.Ref)
	}
}

// besideGoal reports whether the label left of rows[i][j] is of a goal too: the
// two head columns, and what stands right of them is a remark.
func (f *form) besideGoal(i, j int) bool {
	return j > 0 && Lookup(&f.table.Goal, f.rows[i][j-1].label) != nil
}

// below reads what stands below a label, in as many rows as its part of the form
// has.
func (f *form) below(c labelCell, i int) (text Text) {
	if f.headedBelow(c, i) {
		return text
	}
	first := f.rowBelow(c)
	f.set(&text, first, c.Col)
	last := f.groupEnd(i, c.Col)
	for _, row := range f.rows[i+1:] {
		if row[0].Row <= first {
			continue
		}
		if row[0].Row > last && !isNumbered(row[0]) || isHeaded(row, c.Col) {
			break
		}
		var more Text
		if f.set(&more, row[0].Row, c.Col); more.Value != "" {
			text.join(more)
		}
	}
	return text
}

// rowBelow returns the row below a cell or the area it heads.
func (f *form) rowBelow(c labelCell) int {
	if m, ok := f.grid.Merge(c.Row, c.Col); ok {
		return m.LastRow + 1
	}
	return c.Row + 1
}

// groupEnd returns the last row over which 年度总体目标 stands, left of a column
// of rows[i]; 0 where it does not.
func (f *form) groupEnd(i, col int) int {
	for _, c := range f.rows[i] {
		if c.Col < col && c.label == "年度总体目标" {
			return f.rowBelow(c) - 1
		}
	}
	return 0
}

// isNumbered reports whether a row begins with the number of a goal: 目标2.
func isNumbered(c labelCell) bool {
	return c.label == "" && strings.HasPrefix(fold(c.Text), "目标")
}

// join adds a text that belongs to this one.
func (t *Text) join(more Text) {
	if t.Value == "" {
		*t = more
		return
	}
	t.Value += "\n" + more.Value
	t.Typed += "\n" + more.Typed
}

// headedBelow reports whether the row below a label begins another part.
func (f *form) headedBelow(c labelCell, i int) bool {
	next := f.rowBelow(c)
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
	for _, c := range row {
		if c.Col == col && c.label != "" && c.Kind == xlsx.String {
			return true
		}
		switch c.label {
		case "三级指标", "一级指标", "绩效指标", "项目资金", "年初预算数", "全年预算数", "总分":
			return true
		}
	}
	return false
}
