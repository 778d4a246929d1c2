package read

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// blankRows is how many rows of a form may be empty on end: what stands further
// down on the sheet is no longer part of it.
const blankRows = 100

// indicators reads 绩效指标, whose columns are headed in rows[head], and 总分
// below them.
func (f *form) indicators(head int) {
	columns, head := f.indicatorColumns(head)
	t := indicatorReader{form: f, columns: columns, head: f.rows[head][0].Row}
	for _, h := range columns {
		if h.label == "三级指标" || t.names == 0 && h.label == "二级指标" {
			t.names = h.last
		}
	}
	rows := f.rows[head+1:]
	end, total := t.end(rows)
	row := t.head + 1
	for i, cells := range rows[:end] {
		if cells[0].Row > row+blankRows {
			break
		}
		for ; row < cells[0].Row; row++ {
			t.read(row) // nothing stands there: a row that is still to be filled in
		}
		switch row = cells[0].Row; {
		case t.isNoIndicator(cells), t.isGroup(rows[i:end]):
		case t.isExecution(cells):
			t.execution(row)
		default:
			t.read(row)
		}
		row++
	}
	if total >= 0 {
		f.last = rows[total][0].Row
		if f.last <= row+blankRows {
			for ; row < f.last; row++ {
				t.read(row)
			}
		}
		t.total(rows[total], rows[total+1:])
		return
	}
	if end < len(rows) {
		f.last = row
	}
	for _, cells := range f.rows[:head] { // the score may stand in the head
		t.scoreIn(cells, true)
	}
}

// total reads 总分 from its row. A number over both columns is the score.
func (t *indicatorReader) total(row []labelCell, below [][]labelCell) {
	if t.totalHeads(row, below) {
		return
	}
	if m, ok := t.grid.Merge(row[0].Row, t.columns.first("分值")); ok && m.FirstCol > t.names && m.Contains(row[0].Row, t.columns.first("得分")) {
		t.put(sheet.Field{Label: "得分", Value: &t.table.Total.Score}, t.at(row[0].Row, m.FirstCol))
		return
	}
	t.fields(&t.table.Total, row[0].Row, t.columns)
	if t.table.Total.Score.Typed == "" {
		t.scoreIn(row, t.table.Total.Weight.Typed == "" && numbersIn(row) == 1)
	}
}

// totalHeads reads 总分 where its row prints a label for each of its numbers, left
// of it or above it.
func (t *indicatorReader) totalHeads(row []labelCell, below [][]labelCell) (headed bool) {
	labels := func(c labelCell) bool {
		return sheet.Lookup(&t.table.Total, c.form.LabelIn(sheet.InTotal, c.Text)) != nil
	}
	if !slices.ContainsFunc(row[1:], labels) {
		return false
	}
	for i, c := range row {
		v := sheet.Lookup(&t.table.Total, c.form.LabelIn(sheet.InTotal, c.Text))
		if v == nil {
			continue
		}
		cell := xlsx.Cell{}
		if i+1 < len(row) && row[i+1].Col == columnAfter(t.grid, c.Cell) {
			cell = *row[i+1].Cell
		}
		if _, _, ok := quantity.ParseNumber(cell.Text); !ok && len(below) > 0 && below[0][0].Row == t.rowBelow(c) {
			cell = t.at(t.rowBelow(c), c.Col)
		}
		if _, _, ok := quantity.ParseNumber(cell.Text); ok {
			t.put(sheet.Field{Label: c.form.LabelIn(sheet.InTotal, c.Text), Value: v}, cell)
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
		if c.lead != "总分" && (i > 0 || !isTotalWord(c)) {
			continue
		}
		cell := *c.Cell
		if c.label == "" && !isTotalWord(c) {
			colon, size := sheet.CutColon(c.Text)
			cell.Text = sheet.TrimValue(c.Text[colon+size:])
		} else if cell.Text = ""; next && i+1 < len(row) && row[i+1].Col == columnAfter(t.grid, c.Cell) {
			cell = *row[i+1].Cell
		}
		if _, _, ok := quantity.ParseNumber(cell.Text); ok {
			t.put(sheet.Field{Label: "得分", Value: &t.table.Total.Score}, cell)
		}
		return
	}
}

// indicatorColumns returns the columns of 绩效指标, which may be headed in two
// rows, and the index of the last of them.
func (f *form) indicatorColumns(head int) (headings, int) {
	cells := f.rows[head]
	last := cells[0].Row
	for _, c := range cells {
		if m, ok := f.grid.Merge(c.Row, c.Col); ok && (c.label == "三级指标" || c.label == "分值") && m.LastRow < c.Row+3 {
			last = max(last, m.LastRow)
		}
	}
	if next := head + 1; next < len(f.rows) && count(f.rows[next], isIndicatorLabel) >= 2 && column(f.rows[next], "三级指标") == 0 {
		last = max(last, f.rows[next][0].Row)
	}
	if last > cells[0].Row {
		cells = slices.Clone(cells)
		for head+1 < len(f.rows) && f.rows[head+1][0].Row <= last {
			head++
			for _, c := range f.rows[head] {
				cells = slices.DeleteFunc(cells, func(above labelCell) bool {
					return c.label != "" && above.Row < c.Row && above.Col <= c.Col && c.Col < columnAfter(f.grid, above.Cell)
				})
				cells = append(cells, c)
			}
		}
	}
	columns := f.headingsOf(cells, "一级指标", "二级指标", "三级指标", "指标性质", "年度指标值", "度量单位", "实际完成值", "分值", "得分", "偏差原因分析及改进措施", improvement)
	// Weights left of the names are those of the levels.
	name := columns.first("三级指标")
	f.unknownColumns(cells, columns, name, "年度指标值", "实际完成值", "分值", "得分")
	columns = slices.DeleteFunc(columns, func(h heading) bool {
		return h.first < name && (h.label == "分值" || h.label == "得分")
	})
	return columns, head
}

// indicatorReader reads the rows of 绩效指标.
type indicatorReader struct {
	*form
	columns headings
	head    int // the last row of the head
	names   int // the last column of names: 三级指标
	above   sheet.Indicator
}

// end returns how many of the rows below the head may hold indicators, and which
// is 总分, -1 for none.
func (t *indicatorReader) end(rows [][]labelCell) (end, total int) {
	sum := -1
	for i, row := range rows {
		first := row[0]
		switch {
		case t.isTotal(row, "总分"), isTotalWord(first) && first.Col <= t.names && t.isBlankIn(row, "年度指标值", "实际完成值") && numbersIn(row) > 0:
			return i, i
		case t.isTotal(row, "合计"):
			sum = i
		case first.Kind == xlsx.String && first.Col <= t.names && t.endsHere(row):
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
	return c.Kind == xlsx.String && c.form.LabelIn(sheet.InTotal, c.Text) == "总分"
}

// endsHere reports whether a row is the first below the table.
func (t *indicatorReader) endsHere(row []labelCell) bool {
	first := row[0]
	if sheet.IsNamed(first.label) || first.form.IsFoot(first.Text) {
		return true
	}
	return len(startsInline(first)) > 0 || isStart(first)
}

// looksFilled reports whether a row names an indicator and has its weight or its
// values.
func (t *indicatorReader) looksFilled(row []labelCell) bool {
	named, filled := false, false
	for _, c := range row {
		named = named || c.Col <= t.names
		filled = filled || c.Col > t.names
	}
	return named && filled && !t.isWide(row[0])
}

// isWide reports whether a cell stands over both names and values, as titles and
// notes do.
func (t *indicatorReader) isWide(c labelCell) bool {
	m, ok := t.grid.Merge(c.Row, c.Col)
	return ok && c.Col <= t.names && m.LastCol > t.names+1 && m.LastCol >= t.columns.first("分值")
}

// isNoIndicator reports whether a row among the indicators is none: the head or
// the title printed again on another page, a sum, or the name of a level with
// the sum of its weights.
func (t *indicatorReader) isNoIndicator(row []labelCell) bool {
	switch first := row[0]; {
	case t.isTotal(row, "合计"), t.isTotal(row, "小计"), t.isWide(first), isYearLine(row), isTitle(first):
		return true
	case count(row, func(l string) bool {
		return l == "三级指标" || l == "年度指标值" || l == "实际完成值" || l == "得分"
	}) >= 2:
		return true
	}
	return t.isSum(row)
}

// isTitle reports whether a cell prints the form's title.
func isTitle(c labelCell) bool {
	return c.Kind == xlsx.String && strings.Contains(c.Text, "自评表")
}

// isYearLine reports whether a row says no more than (2021年度).
func isYearLine(row []labelCell) bool {
	return len(row) == 1 && strings.Contains(row[0].Text, "年度") && quantity.BareYear(row[0].Text) > 0
}

// isSum reports whether a row names nothing but a sum: 产出指标小计.
func (t *indicatorReader) isSum(row []labelCell) bool {
	for _, c := range row {
		if name := sheet.Fold(c.Text); c.Col <= t.names && c.Kind == xlsx.String && (strings.HasSuffix(name, "小计") || strings.HasSuffix(name, "合计")) {
			return t.isBlankIn(row, "年度指标值", "实际完成值")
		}
	}
	return false
}

// isGroup reports whether the first of some rows only begins a level 1, with its
// weight: the rows below it are its indicators.
func (t *indicatorReader) isGroup(rows [][]labelCell) bool {
	row := rows[0]
	if !t.isBlankIn(row, "二级指标", "三级指标", "年度指标值", "实际完成值", "偏差原因分析及改进措施") || t.isBlankIn(row, "分值") {
		return false
	}
	if t.isBlankIn(row, "一级指标") || len(rows) < 2 || !t.isBlankIn(rows[1], "一级指标") || t.isBlankIn(rows[1], "三级指标") {
		return false
	}
	t.above = sheet.Indicator{}
	t.level(&t.above.Level1, row[0].Row, "一级指标", sheet.Text{})
	return true
}

// isBlankIn reports whether nothing stands in a row under those labels.
func (t *indicatorReader) isBlankIn(row []labelCell, labels ...string) bool {
	for _, c := range row {
		for _, label := range labels {
			for _, h := range t.columns.find(label) {
				if h.first <= c.Col && c.Col <= h.last && !quantity.Blank(c.Text) {
					return false
				}
			}
		}
	}
	return true
}

// read reads the indicator of a row.
func (t *indicatorReader) read(row int) {
	merged := t.mergedAbove(row)
	if len(merged) > 0 && t.continues(row, merged) {
		return
	}
	var x sheet.Indicator
	t.fields(&x, row, t.columns)
	own := t.level(&x.Level1, row, "一级指标", t.above.Level1)
	if own && x.Level1.Value != t.above.Level1.Value {
		t.level(&x.Level2, row, "二级指标", sheet.Text{})
	} else {
		t.level(&x.Level2, row, "二级指标", t.above.Level2)
	}
	for _, label := range merged {
		t.share(&x, row, label)
	}
	t.improvement(&x, row)
	x.Compose(t.beside(row, "指标性质"), t.beside(row, "度量单位"))
	t.above = x
	t.table.Indicators = append(t.table.Indicators, x)
}

// mergedAbove returns the labels under which the row's cell is merged with the
// one above.
func (t *indicatorReader) mergedAbove(row int) []string {
	var labels []string
	for _, h := range t.columns {
		switch h.label {
		case "一级指标", "二级指标", "指标性质", "度量单位", improvement:
			continue
		}
		if m, ok := t.grid.Merge(row, h.first); ok && m.FirstRow < row && m.FirstRow > t.head {
			labels = append(labels, h.label)
		}
	}
	return labels
}

// continues reports whether a row belongs to the indicator above it, whose cells
// are merged with the row's: it only makes it higher, or it adds a line to what
// is not merged.
func (t *indicatorReader) continues(row int, merged []string) bool {
	var x sheet.Indicator
	t.fields(&x, row, t.columns)
	blank := true
	for field := range sheet.Fields(&x) {
		if field.Label != "一级指标" && field.Label != "二级指标" && field.Value.At().Typed != "" {
			blank = false
		}
	}
	if blank {
		return true
	}
	n := len(t.table.Indicators)
	if n == 0 || x.Level3.Typed != "" || x.Weight.Typed != "" || !slices.Contains(merged, "三级指标") {
		return false
	}
	last := &t.table.Indicators[n-1]
	for _, p := range [...]struct{ to, from *sheet.Text }{{&last.Target, &x.Target}, {&last.Actual, &x.Actual}, {&last.Deviation, &x.Deviation}} {
		if p.from.Value != "" {
			join(p.to, *p.from)
		}
	}
	if x.Score.Typed != "" {
		clearValue(&last.Score)
		last.Score.Problem = fmt.Sprintf("一个三级指标写了几个得分（%s、%s），无法确定用哪一个", last.Score.Ref, x.Score.Ref)
	}
	return true
}

// share reads what an indicator has in common with the one above, merged. The
// points that two of them share can't be told apart.
func (t *indicatorReader) share(x *sheet.Indicator, row int, label string) {
	h := t.columns.find(label)[0]
	m, _ := t.grid.Merge(row, h.first)
	v := sheet.Lookup(x, label)
	if text, ok := v.(*sheet.Text); ok {
		t.set(text, m.FirstRow, m.FirstCol)
		return
	}
	c := t.at(m.FirstRow, m.FirstCol)
	if quantity.Blank(c.Text) {
		return
	}
	problem := fmt.Sprintf("“%s”（%s）由几个三级指标合用，无法分清各自的%s：请取消合并，分别填写", label, m, label)
	v.At().Typed, v.At().Problem = c.Text, problem
	if n := len(t.table.Indicators); n > 0 {
		above := sheet.Lookup(&t.table.Indicators[n-1], label)
		clearValue(above)
		above.At().Problem = problem
	}
}

// improvement is the label of the column in which some forms have the second half of
// 偏差原因分析及改进措施.
const improvement = "改进措施"

// improvement adds them to the causes.
func (t *indicatorReader) improvement(x *sheet.Indicator, row int) {
	var more sheet.Text
	if t.field(sheet.Field{Label: improvement, Value: &more}, row, t.columns); more.Value != "" && x.Deviation.Problem == "" {
		join(&x.Deviation, more)
	}
}

// beside returns what stands in a row under a label that is no field.
func (t *indicatorReader) beside(row int, label string) string {
	columns := t.columns.find(label)
	if len(columns) == 0 {
		return ""
	}
	c, _ := t.cellUnder(t.columns, columns[0], row)
	if c.Text == "" {
		if m, ok := t.grid.Merge(row, columns[0].first); ok && m.FirstRow < row {
			c = t.at(m.FirstRow, m.FirstCol)
		}
	}
	if quantity.Blank(c.Text) {
		return ""
	}
	return c.Text
}

// level reads the name of a level, which stands once for all its rows: merged
// over them, or in the first of them. It reports whether the row begins a new
// one.
func (t *indicatorReader) level(v *sheet.Text, row int, label string, above sheet.Text) bool {
	columns := t.columns.find(label)
	if len(columns) == 0 {
		return false
	}
	col, top := columns[0].first, row
	if m, ok := t.grid.Merge(row, col); ok && m.FirstRow > t.head {
		top = m.FirstRow
	}
	t.set(v, top, col)
	if v.Value == "" {
		v.Value = above.Value
		return false
	}
	v.Value = sheet.LevelName(v.Value)
	return top == row
}

// isPlaceholder reports whether a 三级指标 is only what official forms print where
// one may be written: 指标1：, ……
func isPlaceholder(name string) bool {
	s := strings.TrimRight(quantity.FoldSpace(name), ":：")
	if number, ok := strings.CutPrefix(s, "指标"); ok {
		return strings.Trim(number, "0123456789") == ""
	}
	return s != "" && strings.Trim(s, "….·。") == ""
}
