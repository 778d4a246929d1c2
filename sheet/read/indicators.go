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
func (f *formReader) indicators(head int) {
	columns, head := f.indicatorColumns(head)
	f.printsColumns(sheet.LabelIndicators, columns)
	defer func() {
		if len(columns.labelled(sheet.LabelWeight)) == 0 {
			f.levelWeights()
		}
		if f.table.Total.Score.Typed == "" {
			f.scoreInHead(slices.Concat(f.titles, f.rows[:head]))
		}
		f.pointsAbove(head, columns)
	}()
	t := &indicatorReader{formReader: f, columns: columns, head: f.rows[head][0].Row}
	for _, h := range columns {
		if h.label == sheet.LabelLevel3 || h.label == sheet.LabelLevel4 || t.names == 0 && h.label == sheet.LabelLevel2 {
			t.names = max(t.names, h.last)
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
		row = cells[0].Row
		switch {
		case t.isNoIndicator(cells), t.isGroup(rows[i:end]):
			// a line over or between the indicators
		case t.isExecution(cells) && (t.printed[sheet.ColumnOf(sheet.LabelFunds, sheet.LabelWeight)] || t.printed[sheet.ColumnOf(sheet.LabelFunds, sheet.LabelScore)]):
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
		t.printsTotal()
		t.total(rows[total], rows[total+1:])
		f.foot(rows[total+1:])
		return
	}
	// Without 总分 the rows that were issued, and are still to be filled in, go on.
	last := min(f.until, row+blankRows)
	if end < len(rows) {
		last = min(last, rows[end][0].Row-1)
	}
	for ; row <= last; row++ {
		t.read(row)
	}
	if end < len(rows) {
		f.last = row
	}
	f.foot(rows[end:])
}

// indicatorColumns returns the columns of 绩效指标, which may be headed in two
// rows, and the index of the last of them.
func (f *formReader) indicatorColumns(head int) (headings, int) {
	cells := f.rows[head]
	last := cells[0].Row
	for _, c := range cells {
		if m, ok := f.grid.Merge(c.Row, c.Col); ok && (c.label == sheet.LabelLevel3 || c.label == sheet.LabelWeight) && m.LastRow < c.Row+3 {
			last = max(last, m.LastRow)
		}
	}
	if next := head + 1; next < len(f.rows) && count(f.rows[next], isIndicatorLabel) >= 2 && (column(cells, sheet.LabelLevel3) == 0) != (column(f.rows[next], sheet.LabelLevel3) == 0) {
		last = max(last, f.rows[next][0].Row)
	}
	if next := head + 1; next < len(f.rows) && f.rows[next][0].Row == last+1 && isSubHead(f.rows[next], column(cells, sheet.LabelLevel3)) {
		last++
	}
	if last > cells[0].Row {
		cells = slices.Clone(cells)
		for head+1 < len(f.rows) && f.rows[head+1][0].Row <= last {
			above := f.rows[head]
			head++
			for _, c := range f.rows[head] {
				cells = slices.DeleteFunc(cells, func(above labelCell) bool {
					return c.label != "" && above.Row < c.Row && above.Col <= c.Col && c.Col < columnAfter(f.grid, above.Cell)
				})
			}
			cells = slices.DeleteFunc(cells, func(c labelCell) bool { // 评分 over 分值 and 自评分
				return slices.ContainsFunc(f.under(above, c, f.rows[head]), func(sub labelCell) bool {
					return columnLabel(c) != "" && columnLabel(sub) == columnLabel(c)
				})
			})
			cells = append(cells, f.rows[head]...)
		}
	}
	cells = append(cells, f.reaching(head, cells)...)
	names := cells[0].Col // what stands left of the names is the name of the table
	for _, label := range []string{sheet.LabelLevel3, sheet.LabelLevel2, sheet.LabelLevel1} {
		if col := column(cells, label); col > 0 {
			names = col
		}
	}
	cells = slices.DeleteFunc(slices.Clone(cells), func(c labelCell) bool { return c.Col < names && (c.label == "" || c.label == sheet.LabelIndicators) })
	columns := f.headingsOf(cells, sheet.LabelLevel1, sheet.LabelLevel2, sheet.LabelLevel3, sheet.LabelLevel4, sheet.LabelSign, sheet.LabelDirection, sheet.LabelTarget, sheet.LabelUnit, sheet.LabelActual, sheet.LabelWeight, sheet.LabelScore, sheet.LabelDeviation, sheet.LabelImprovement)
	columns = f.ownColumns(sheet.LabelIndicators, cells, columns)
	columns = f.scoreColumn(head, cells, columns)
	// Weights left of the names are those of the levels.
	name := columns.first(sheet.LabelLevel3)
	f.unknownColumns(head, cells, columns, name, sheet.LabelTarget, sheet.LabelActual, sheet.LabelWeight, sheet.LabelScore)
	columns = slices.DeleteFunc(columns, func(h heading) bool {
		return h.first < name && (h.label == sheet.LabelWeight || h.label == sheet.LabelScore)
	})
	return columns, head
}

// columnLabel returns the label that a cell prints in the head of a table, "" for none.
func columnLabel(c labelCell) string {
	if c.label != "" || c.Kind != xlsx.String {
		return c.label
	}
	return c.in(sheet.InColumns)
}

// isSubHead reports whether a row below the head goes on with it: it has no names, but
// labels right of them, and nothing that could be a value.
func isSubHead(row []labelCell, names int) bool {
	labels := 0
	for _, c := range row {
		if c.Col <= names || c.Kind != xlsx.String || len(c.Text) > longestHalf || strings.ContainsAny(c.Text, "0123456789%％") {
			return false
		}
		if columnLabel(c) != "" {
			labels++
		}
	}
	return names > 0 && labels > 0 && len(row) > 1
}

// reaching returns the cells of the rows above rows[head] that reach down into it and
// print a label: a head in two rows, of which the second has the names.
func (f *formReader) reaching(head int, cells []labelCell) (list []labelCell) {
	for i := head - 1; i >= 0 && i > head-headHeight; i-- {
		for _, c := range f.rows[i] {
			if rowBelow(f.grid, c.Cell) > f.rows[head][0].Row && !c.tall && !slices.ContainsFunc(cells, func(x labelCell) bool { return x.Cell == c.Cell }) {
				list = append(list, c)
			}
		}
	}
	return list
}

// indicatorReader reads the rows of 绩效指标.
type indicatorReader struct {
	*formReader
	columns headings
	head    int // the last row of the head
	names   int // the last column of names: 三级指标
	above   sheet.Indicator
	now     sheet.Indicator // that is being read
}

// read reads the indicator of a row.
func (t *indicatorReader) read(row int) {
	merged := t.mergedAbove(row)
	if len(merged) > 0 && t.continues(row, merged) {
		return
	}
	t.now = t.table.NewIndicator()
	x := &t.now
	t.fields(x, row, t.columns)
	own := t.level(&x.Level1, row, sheet.LabelLevel1, t.above.Level1)
	if own && x.Level1.Value != t.above.Level1.Value {
		t.level(&x.Level2, row, sheet.LabelLevel2, sheet.Text{})
	} else {
		t.level(&x.Level2, row, sheet.LabelLevel2, t.above.Level2)
	}
	for _, label := range merged {
		t.share(x, row, label)
	}
	t.spread(x, row)
	t.improvement(x, row)
	t.fourth(x, row)
	t.compose(x, row)
	x.Together = x.Together || t.isDetail(x)
	t.above = t.now
	if t.isBonus(row, x) {
		t.elsewhere(nil, cellAt(t.rows, row, t.columns.first(sheet.LabelScore)))
		return
	}
	if t.table.Indicators == nil {
		t.table.Indicators = make([]sheet.Indicator, 0, min(len(t.rows), usualRows))
	}
	t.table.Indicators = append(t.table.Indicators, t.now)
}

// usualRows is about how many indicators a form has: they are large, and are not to be
// moved as their list grows.
const usualRows = 16

// spread takes the name of an indicator from the cell of a level that stands over its
// own column too: 预算执行率, merged from 一级指标 to 三级指标 or not.
func (t *indicatorReader) spread(x *sheet.Indicator, row int) {
	h := t.columns.labelled(sheet.LabelLevel3)
	if x.Level3.Typed != "" || len(h) == 0 {
		return
	}
	if t.table.Form.Label(x.Level1.Value) == sheet.LabelRate && t.above.Level1.Value != x.Level1.Value {
		x.Level3 = x.Level1
		return
	}
	if m, ok := t.grid.Merge(row, h[0].first); ok && m.FirstRow == row && m.FirstCol < h[0].first && m.LastCol <= t.names && m.FirstCol >= t.columns.first(sheet.LabelLevel1) {
		t.set(&x.Level3, row, m.FirstCol)
	}
}

// mergedAbove returns the labels under which the row's cell is merged with the
// one above.
func (t *indicatorReader) mergedAbove(row int) []string {
	var labels []string
	for _, h := range t.columns {
		switch h.label {
		case sheet.LabelLevel1, sheet.LabelLevel2, sheet.LabelLevel4, sheet.LabelSign, sheet.LabelDirection, sheet.LabelUnit, sheet.LabelImprovement:
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
	x := t.table.NewIndicator()
	t.fields(&x, row, t.columns)
	blank := true
	for field := range sheet.Fields(&x) {
		if field.Label != sheet.LabelLevel1 && field.Label != sheet.LabelLevel2 && field.Value.At().Typed != "" {
			blank = false
		}
	}
	if blank {
		return true
	}
	n := len(t.table.Indicators)
	if n == 0 || x.Level3.Typed != "" || x.Weight.Typed != "" || !slices.Contains(merged, sheet.LabelLevel3) {
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
	h := t.columns.labelled(label)[0]
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
	if n := len(t.table.Indicators); n > 0 && t.isLevel(m) {
		x.Together, t.table.Indicators[n-1].Together = true, true
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

// isLevel reports whether an area has just the rows of a level: its points are given
// once for all of its indicators.
func (t *indicatorReader) isLevel(m xlsx.Range) bool {
	for _, label := range []string{sheet.LabelLevel1, sheet.LabelLevel2} {
		for _, h := range t.columns.labelled(label) {
			if level, ok := t.grid.Merge(m.FirstRow, h.first); ok && level.FirstRow == m.FirstRow && level.LastRow == m.LastRow {
				return true
			}
		}
	}
	return false
}

// improvement adds 改进措施 to the causes, where a form has the second half of
// 偏差原因分析及改进措施 in a column of its own.
func (t *indicatorReader) improvement(x *sheet.Indicator, row int) {
	if len(t.columns.labelled(sheet.LabelImprovement)) == 0 {
		return
	}
	var more sheet.Text
	if t.field(sheet.Field{Label: sheet.LabelImprovement, Value: &more}, row, t.columns); more.Value != "" && x.Deviation.Problem == "" {
		join(&x.Deviation, more)
	}
}

// beside returns what stands in a row under a label that is no field.
func (t *indicatorReader) beside(row int, label string) string {
	columns := t.columns.labelled(label)
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
	columns := t.columns.labelled(label)
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
