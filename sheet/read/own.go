package read

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// ownColumns adds to the columns of a part of the form, or of a list of its own,
// those that only this kind of form has. Where a word is both, it is the form's own.
func (f *formReader) ownColumns(part string, head []labelCell, columns headings) headings {
	for _, o := range f.table.Form.In(part) {
		c := wordIn(sheet.Section(part), o.Name, head)
		if c == nil {
			continue
		}
		columns = slices.DeleteFunc(columns, func(h heading) bool { return h.first == c.Col })
		columns = append(columns, heading{label: o.Name, first: c.Col, last: columnAfter(f.grid, c.Cell) - 1, exact: true, own: true})
	}
	return columns
}

// wideLabel is how many columns a label takes at least whose value stands below it.
const wideLabel = 4

// ownValue reads the value of the label row[i], of a field of the form's own: it
// stands to the right or, of a label over many columns, below.
func (f *formReader) ownValue(field sheet.Field, row []labelCell, i int) {
	c := row[i]
	f.prints(field.Label)
	if v := field.Value.At(); v.Ref != "" {
		return // the first counts
	}
	if columnAfter(f.grid, c.Cell)-c.Col >= wideLabel {
		f.put(field, f.at(rowBelow(f.grid, c.Cell), c.Col))
		return
	}
	if f.choice(field, row[i+1:]) {
		return
	}
	cell := f.at(c.Row, columnAfter(f.grid, c.Cell))
	if i+1 < len(row) {
		switch next := row[i+1]; {
		case next.label == "" && len(startsInline(next)) == 0:
			cell = *next.Cell
		case next.Col == cell.Col:
			return // two labels side by side: no value between them
		}
	}
	f.put(field, cell)
}

// choice reads a field whose choices are printed each in a cell of its own: the one with
// a tick, beside it or below. It reports whether they are printed so.
func (f *formReader) choice(field sheet.Field, right []labelCell) bool {
	words := f.table.Form.Choices(field.Label)
	text, choices := "", []labelCell{}
	for _, c := range right {
		if c.label != "" {
			break
		}
		text += c.Text
		if isChoice(c, words) {
			choices = append(choices, c)
			text += f.at(rowBelow(f.grid, c.Cell), c.Col).Text
		}
	}
	if len(choices) < 2 {
		return false
	}
	word := sheet.Chosen(text, words)
	if i := slices.IndexFunc(choices, func(c labelCell) bool { return word != "" && isChoice(c, []string{word}) }); i >= 0 {
		f.put(field, *choices[i].Cell)
		take(field.Value, xlsx.Cell{Kind: xlsx.String, Text: word})
	}
	return true
}

// isChoice reports whether a cell prints one of some words, behind a box or not.
func isChoice(c labelCell, words []string) bool {
	text := strings.TrimLeftFunc(c.Text, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(text, word) })
}

// ownInline reads the value of a field of the form's own that stands behind its
// label in one cell.
func (f *formReader) ownInline(field sheet.Field, c labelCell, value string) {
	f.prints(field.Label)
	if v := field.Value.At(); v.Ref == "" {
		cell := *c.Cell
		cell.Text = value
		f.put(field, cell)
	}
}

// ownField returns the field of the form's own, in its head or its foot, that has a
// label.
func (f *formReader) ownField(label string) (field sheet.Field, ok bool) {
	if label == "" || !f.table.Form.Own(label) {
		return field, false
	}
	return sheet.Field{Label: label, Value: sheet.Lookup(f.table, label)}, true
}

// footRows is how many rows below the last indicator may be the form's foot.
const footRows = 40

// foot reads what stands below the last indicator: the fields of the form's own, and
// 项目负责人 where it has signed there.
func (f *formReader) foot(rows [][]labelCell) {
	first := f.last
	for _, row := range rows {
		if row[0].Row > first+footRows {
			return
		}
		for i, c := range row {
			if c.Kind != xlsx.String {
				continue
			}
			if field, ok := f.ownField(c.in(sheet.InFoot)); ok {
				f.ownValue(field, row, i)
				f.last = max(f.last, c.Row)
				continue
			}
			if c.label == sheet.LabelLeader && f.table.Leader.Ref == "" && sheet.IsExact(c.Text, c.label) { // 负责人 is that of who fills it in
				f.prints(c.label)
				f.table.Leader, _ = f.right(row, i)
				continue
			}
			for _, x := range startsInline(c) {
				if field, ok := f.ownField(x.Label); ok {
					f.ownInline(field, c, x.Value)
					f.last = max(f.last, c.Row)
				}
			}
		}
	}
}

// ownTotal reads the fields that only this form's row 总分 has: behind their labels.
func (t *indicatorReader) ownTotal(row []labelCell) {
	for i, c := range row {
		label := c.in(inTotal)
		if v := sheet.Lookup(&t.table.Total, label); label != "" && v != nil && i+1 < len(row) {
			t.put(sheet.Field{Label: label, Value: v}, *row[i+1].Cell)
			t.prints(sheet.ColumnOf(sheet.LabelTotal, label))
		}
	}
}

const inTotal sheet.Section = sheet.LabelTotal

// lists reads the lists of the form's own, and takes their rows out of the form: what
// they print are no labels of its other parts.
func (f *formReader) lists() {
	if f.table.Form == nil {
		return
	}
	for _, spec := range f.table.Form.Lists {
		for i, row := range f.rows {
			j := slices.IndexFunc(row, func(c labelCell) bool { return c.label == spec.Name })
			if j < 0 {
				continue
			}
			n := f.listRows(i, row[j])
			l := listReader{formReader: &formReader{grid: f.grid, rows: f.rows[i : i+n], table: f.table, unitAhead: f.firstUnit()}, name: spec.Name, head: row[j]}
			if l.read() {
				f.printed = l.printed
				f.rows = slices.Delete(slices.Clone(f.rows), i, i+n)
				break
			}
		}
	}
}

// listRows returns how many of the rows from rows[i] on are those of a list, whose
// name stands in c: over all of them, or above them.
func (f *formReader) listRows(i int, c labelCell) int {
	last := 0
	if m, ok := f.grid.Merge(c.Row, c.Col); ok && m.LastRow > m.FirstRow {
		last = m.LastRow
	}
	n := 1
	for _, row := range f.rows[i+1:] {
		if last > 0 && row[0].Row > last || last == 0 && f.endsList(row) {
			break
		}
		n++
	}
	return n
}

// endsList reports whether a row begins another part of the form.
func (f *formReader) endsList(row []labelCell) bool {
	return endsFunds(row) || slices.ContainsFunc(row, func(c labelCell) bool {
		return c.label == sheet.LabelFunds || c.label == sheet.WholeFund || c.label == sheet.LabelInitialBudget ||
			slices.ContainsFunc(c.form.Lists, func(o *sheet.OwnList) bool { return o.Name == c.label })
	})
}

// listReader reads a list of the form's own from its rows.
type listReader struct {
	*formReader
	name string
	head labelCell // with the name of the list
}

// read reports whether the rows hold the list.
func (l *listReader) read() bool {
	columns, last := l.columns()
	if len(columns) == 0 {
		return false
	}
	list := l.table.List(l.name)
	l.prints(l.name)
	for _, h := range columns {
		l.prints(l.name + "." + h.label)
	}
	end := l.rows[len(l.rows)-1][0].Row
	if m, ok := l.grid.Merge(l.head.Row, l.head.Col); ok {
		end = max(end, m.LastRow)
	}
	for row := last + 1; row <= end; row++ {
		if l.isListSum(row) {
			l.sums(row, columns, list)
			continue
		}
		if !l.isRow(row, columns) {
			continue
		}
		r := list.Add()
		l.fields(r, row, columns)
		l.points(r)
	}
	return true
}

// columns returns the columns of the list, and the last row of their heads. A field
// without a head is the name of the row, left of the others.
func (l *listReader) columns() (columns headings, last int) {
	for i, row := range l.rows {
		columns = l.ownColumns(l.name, row, nil)
		if len(columns) == 0 {
			continue
		}
		last = row[0].Row
		for _, c := range row {
			if c.Col > l.head.Col {
				last = max(last, rowBelow(l.grid, c.Cell)-1)
			}
		}
		if last > row[0].Row && i+1 < len(l.rows) && l.rows[i+1][0].Row <= last {
			columns = l.under(row, l.rows[i+1])
		}
		break
	}
	if len(columns) == 0 {
		return nil, 0
	}
	first := columns[0].first
	for _, h := range columns {
		first = min(first, h.first)
	}
	from := l.head.Col
	if l.head.Row == l.rows[0][0].Row && rowBelow(l.grid, l.head.Cell) > l.head.Row+1 {
		from = columnAfter(l.grid, l.head.Cell)
	}
	for _, o := range l.table.Form.In(l.name) {
		if len(columns.labelled(o.Name)) == 0 && from < first {
			columns = append(columns, heading{label: o.Name, first: from, last: first - 1, own: true})
			break
		}
	}
	return columns, last
}

// under returns the columns that are headed in two rows: 预算数 over 总额 and 财政拨款 is
// 预算数总额 and 预算数财政拨款.
func (l *listReader) under(above, below []labelCell) headings {
	var heads []labelCell
	for _, c := range above {
		wide := false
		for _, sub := range below {
			if c.Col <= sub.Col && sub.Col < columnAfter(l.grid, c.Cell) && sub.Kind == xlsx.String {
				both := *sub.Cell
				both.Text = sheet.Word(c.Text) + sheet.Word(sub.Text)
				heads = append(heads, labelCell{Cell: &both, form: c.form})
				wide = true
			}
		}
		if !wide {
			heads = append(heads, c)
		}
	}
	return l.ownColumns(l.name, heads, nil)
}

// isRow reports whether a row of the sheet is one of the list: no sum of others, and
// no part of the row above.
func (l *listReader) isRow(row int, columns headings) bool {
	for _, c := range l.grid.Row(row) {
		switch text := l.table.Form.Label(c.Text); {
		case c.Col == l.head.Col && c.Row == l.head.Row:
			continue
		case text == sheet.LabelSubtotal:
			return false
		}
	}
	m, ok := l.grid.Merge(row, columns[0].first)
	return !ok || m.FirstRow == row
}

// dropBlankLists leaves out the rows of lists in which nothing stands, or only the
// number of a row that was not used: 任务1.
func dropBlankLists(t *sheet.Table) {
	for i := range t.Lists {
		l := &t.Lists[i]
		l.Rows = slices.DeleteFunc(l.Rows, func(r sheet.Row) bool {
			n := 0
			for f := range sheet.Fields(&r) {
				if text, ok := f.Value.(*sheet.Text); ok && isNumberedName(text.Value) {
					continue
				}
				if f.Value.Any() != nil || f.Value.At().Problem != "" {
					n++
				}
			}
			return n == 0
		})
	}
}

// isNumberedName reports whether a name is only a word with a number: 任务1.
func isNumberedName(name string) bool {
	s := quantity.FoldSpace(name)
	word := s
	for word != "" && (quantity.IsDigit(word[len(word)-1]) || word[len(word)-1] == ':') {
		word = word[:len(word)-1]
	}
	return word != s && len(word) <= len("主要任务") && word != ""
}

// firstUnit returns the first 金额单位 that the form prints, which lists are read before;
// "" where it prints none.
func (f *formReader) firstUnit() string {
	for _, row := range f.rows {
		for _, c := range row {
			if c.Kind == xlsx.String {
				if unit := UnitOf(c.Text); unit != "" {
					return unit
				}
			}
		}
	}
	return ""
}

// isListSum reports whether a row of the sheet is the sum of the rows of a list.
func (l *listReader) isListSum(row int) bool {
	return slices.ContainsFunc(l.grid.Row(row), func(c xlsx.Cell) bool {
		return l.table.Form.Label(c.Text) == sheet.LabelSum || sheet.Fold(c.Text) == "金额合计"
	})
}

// sumTolerance is what the rounding of the rows may make a sum differ by.
const sumTolerance = 0.02

// sums notices the numbers of a row that should be the sums of the rows above and are
// not.
func (l *listReader) sums(row int, columns headings, list *sheet.List) {
	sum := *list.Add()
	list.Rows = list.Rows[:len(list.Rows)-1]
	l.fields(&sum, row, columns)
	for f := range sheet.Fields(&sum) {
		printed, ok := f.Value.(*sheet.Number)
		if !ok || !printed.Known {
			continue
		}
		total, known := 0.0, false
		for i := range list.Rows {
			v, _ := sheet.Lookup(&list.Rows[i], f.Label).(*sheet.Number)
			if v == nil || v.Problem != "" {
				known = false
				break
			}
			total, known = total+v.Value, known || v.Known
		}
		if known && math.Abs(total-printed.Value) > sumTolerance+1e-9 {
			l.table.AddNotice(sheet.Notice{Kind: sheet.NoticeListSum, Cell: printed.Ref, Issued: quantity.FormatNumber(quantity.Round(total, 6)), Now: quantity.FormatNumber(printed.Value)})
		}
	}
}

// points notices the score of a row that its weight does not allow.
func (l *listReader) points(r *sheet.Row) {
	weight, _ := sheet.Lookup(r, sheet.LabelWeight).(*sheet.Number)
	score, _ := sheet.Lookup(r, sheet.LabelScore).(*sheet.Number)
	if weight != nil && score != nil && weight.Known && score.Known && (score.Value < 0 || score.Value > weight.Value) {
		l.table.AddNotice(sheet.Notice{Kind: sheet.NoticeListScore, Cell: score.Ref, Issued: quantity.FormatNumber(weight.Value), Now: quantity.FormatNumber(score.Value)})
	}
}
