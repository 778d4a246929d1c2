package read

import (
	"slices"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// end returns how many of the rows below the head may hold indicators, and which
// is 总分, -1 for none.
func (t *indicatorReader) end(rows [][]labelCell) (end, total int) {
	sum := -1
	for i, row := range rows {
		first := row[0]
		switch {
		case t.isTotal(row, sheet.LabelTotal), isTotalWord(first) && first.Col <= t.names && t.isBlankIn(row, sheet.LabelTarget, sheet.LabelActual) && numbersIn(row) > 0:
			return i, i
		case t.isTotal(row, sheet.LabelSum):
			sum = i
		case first.Kind == xlsx.String && first.Col <= t.names && t.endsHere(row):
			if t.totalBelow(rows[i+1:]) {
				continue
			}
			if sum >= 0 {
				return sum, sum
			}
			return i, -1
		case sum >= 0 && !t.looksFilled(row):
			return sum, sum
		}
	}
	if sum >= 0 {
		return sum, sum
	}
	return len(rows), -1
}

// totalBelow reports whether 总分 or 合计 stands below a row that looks like the first
// below the table: 其他需要说明的事项, 总分.
func (t *indicatorReader) totalBelow(rows [][]labelCell) bool {
	for _, row := range rows[:min(len(rows), footRows)] {
		if isStart(row[0]) || isTitled(row) {
			return false
		}
		if t.isTotal(row, sheet.LabelTotal) || t.isTotal(row, sheet.LabelSum) {
			return numbersIn(row) > 0
		}
	}
	return false
}

// isTotal reports whether a row prints 总分 or 合计 left of the values.
func (t *indicatorReader) isTotal(row []labelCell, label string) bool {
	for _, c := range row {
		if c.Col <= t.names && c.lead == label {
			return true
		}
	}
	return false
}

// isTotalWord reports whether a cell prints a word that only at the left of its
// row is 总分.
func isTotalWord(c labelCell) bool {
	return c.Kind == xlsx.String && c.in(sheet.InTotal) == sheet.LabelTotal
}

// endsHere reports whether a row is the first below the table.
func (t *indicatorReader) endsHere(row []labelCell) bool {
	first := row[0]
	if sheet.IsNamed(first.label) || first.form.IsFoot(first.Text) {
		return true
	}
	return len(startsInline(first)) > 0 || isStart(first)
}

// total reads 总分 from its row. A number over both columns is the score.
func (t *indicatorReader) total(row []labelCell, below [][]labelCell) {
	t.ownTotal(row)
	if t.totalHeads(row, below) {
		return
	}
	for i, c := range row {
		if c.lead == sheet.LabelTotal && c.label == "" && t.scoreOf(row, i, false) { // 自评总分：96分
			t.prints(sheet.ColumnOf(sheet.LabelTotal, sheet.LabelScore))
			return
		}
	}
	if m, ok := t.grid.Merge(row[0].Row, t.columns.first(sheet.LabelWeight)); ok && m.FirstCol > t.names && m.Contains(row[0].Row, t.columns.first(sheet.LabelScore)) {
		t.put(sheet.Field{Label: sheet.LabelScore, Value: &t.table.Total.Score}, t.at(row[0].Row, m.FirstCol))
		return
	}
	t.fields(&t.table.Total, row[0].Row, t.columns)
	if t.table.Total.Score.Typed == "" {
		t.scoreIn(row, t.table.Total.Weight.Typed == "" && numbersIn(row) == 1)
	}
}

// printsTotal notes the row 总分, whose numbers stand in the columns of the table.
func (t *indicatorReader) printsTotal() {
	for f := range sheet.Fields(&t.table.Total) {
		if t.printed[sheet.ColumnOf(sheet.LabelIndicators, f.Label)] {
			t.prints(sheet.ColumnOf(sheet.LabelTotal, f.Label))
		}
	}
}

// totalHeads reads 总分 where its row prints a label for each of its numbers, left
// of it or above it.
func (t *indicatorReader) totalHeads(row []labelCell, below [][]labelCell) (headed bool) {
	labels := func(c labelCell) bool {
		return sheet.Lookup(&t.table.Total, c.in(sheet.InTotal)) != nil
	}
	if !slices.ContainsFunc(row[1:], labels) {
		return false
	}
	for i, c := range row {
		v := sheet.Lookup(&t.table.Total, c.in(sheet.InTotal))
		if v == nil {
			continue
		}
		cell := xlsx.Cell{}
		if i+1 < len(row) && row[i+1].Col == columnAfter(t.grid, c.Cell) {
			cell = *row[i+1].Cell
		}
		if _, _, ok := quantity.ParseNumber(cell.Text); !ok && len(below) > 0 {
			cell = t.at(below[0][0].Row, c.Col)
		}
		if _, _, ok := quantity.ParseNumber(cell.Text); ok {
			t.put(sheet.Field{Label: c.in(sheet.InTotal), Value: v}, cell)
			t.prints(sheet.ColumnOf(sheet.LabelTotal, c.in(sheet.InTotal)))
			t.last = max(t.last, cell.Row)
			headed = true
		}
	}
	return headed
}

// numbersIn returns how many numbers stand in a row.
func numbersIn(row []labelCell) int {
	n := 0
	for _, c := range row {
		if _, _, ok := quantity.ParseNumber(c.Text); ok {
			n++
		}
	}
	return n
}

// scoreIn reads the score that stands behind 总分, in the same cell or, if it may,
// in the next.
func (t *indicatorReader) scoreIn(row []labelCell, next bool) {
	for i, c := range row {
		if c.lead != sheet.LabelTotal && (i > 0 || !isTotalWord(c)) {
			continue
		}
		t.scoreOf(row, i, next)
		t.prints(sheet.ColumnOf(sheet.LabelTotal, sheet.LabelScore))
		return
	}
}

// scoreOf reads the score behind the label row[i], in the same cell or, if it may, in
// the next. It reports whether one stands there.
func (f *formReader) scoreOf(row []labelCell, i int, next bool) bool {
	cell := *row[i].Cell
	if colon, size := sheet.CutColon(cell.Text); colon >= 0 && sheet.TrimValue(cell.Text[colon+size:]) != "" {
		cell.Text = sheet.TrimValue(cell.Text[colon+size:])
	} else if cell.Text = ""; next && i+1 < len(row) && row[i+1].label == "" {
		cell = *row[i+1].Cell
	}
	return f.putScore(cell)
}

// putScore takes the score of the form from a cell, if it is one.
func (f *formReader) putScore(cell xlsx.Cell) bool {
	_, unit, ok := quantity.ParseNumber(cell.Text)
	ok = ok && (unit == "" || unit == "分")
	if ok {
		f.put(sheet.Field{Label: sheet.LabelScore, Value: &f.table.Total.Score}, cell)
	}
	return ok
}

// scoreInHead reads the score of the form where it stands above the tables: behind
// 总分 or 自评得分, or below.
func (f *formReader) scoreInHead(rows [][]labelCell) {
	for _, row := range rows {
		if count(row, isIndicatorLabel) >= 2 {
			continue
		}
		for i, c := range row {
			if !isScoreLabel(c) {
				continue
			}
			f.prints(sheet.ColumnOf(sheet.LabelTotal, sheet.LabelScore))
			if f.scoreOf(row, i, true) || f.putScore(f.at(rowBelow(f.grid, c.Cell), c.Col)) {
				return
			}
		}
	}
}

// isScoreLabel reports whether a cell above the tables prints the label of the score
// of the form, with the score behind it or not.
func isScoreLabel(c labelCell) bool {
	text := c.Text
	if colon, _ := sheet.CutColon(text); colon > 0 {
		text = text[:colon]
	}
	if c.Kind != xlsx.String {
		return false
	}
	label := c.form.Label(text)
	return label == sheet.LabelTotal || label == sheet.LabelScore || c.form.LabelIn(sheet.InTotal, text) == sheet.LabelTotal
}
