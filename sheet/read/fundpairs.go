package read

import (
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// fundLabel returns the label of 项目资金 that a cell prints, "" for none.
func fundLabel(c labelCell) string {
	switch label := columnLabel(c); label {
	case sheet.LabelInitialBudget, sheet.LabelBudget, sheet.LabelExecuted, sheet.LabelRate, sheet.LabelWeight, sheet.LabelScore:
		return label
	}
	return ""
}

// valueOf returns the cell right behind row[i] where a number may stand, nil where
// something else does.
func (f *formReader) valueOf(row []labelCell, i int) *xlsx.Cell {
	after := columnAfter(f.grid, row[i].Cell)
	if i+1 < len(row) {
		next := row[i+1]
		_, _, number := quantity.ParseNumber(next.Text)
		_, _, amount := money(next.Text)
		switch {
		case next.label == "" && (number || amount || quantity.Blank(next.Text) || next.Kind == xlsx.Number || next.HasFormula):
			return next.Cell
		case next.Col == after:
			return nil
		}
	}
	return &xlsx.Cell{Row: row[i].Row, Col: after}
}

// inPairs reports whether a row prints amounts right behind their labels, and heads
// no columns: 全年预算数 | 100 | 全年执行数 | 98.
func (f *formReader) inPairs(row []labelCell) bool {
	filled, labels, colons := 0, 0, 0
	for i, c := range row {
		if !isAmount(fundLabel(c)) {
			continue
		}
		v := f.valueOf(row, i)
		if v == nil {
			return false
		}
		labels++
		if !quantity.Blank(v.Text) {
			filled++
		}
		if s := quantity.FoldSpace(c.Text); strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") {
			colons++
		}
	}
	return filled > 0 || labels > 0 && colons == labels // a form that is still to be filled in
}

// pairs reads amounts that stand right behind their labels, from rows[head] on. The
// labels may stand in one row or below each other; what is named below a label is a
// part of its amount: 其中：中央补助 | 100 below 预算数 | 120.
func (f *formReader) pairs(head int) {
	if f.crossed(head) {
		return
	}
	whole := f.table.NewFund()
	f.prints(sheet.LabelFunds)
	f.prints(sheet.WholeFund)
	under := map[int]string{} // labels by column
	var sources []sheet.Fund
	last := head
	for n, row := range f.rows[head:] {
		if endsFunds(row) {
			break
		}
		last = head + n
		for i, c := range row {
			label := fundLabel(c)
			if label != "" {
				f.prints(sheet.ColumnOf(sheet.LabelFunds, label))
			}
			v := f.valueOf(row, i)
			switch above := under[c.Col]; {
			case v == nil || c.Kind != xlsx.String || quantity.Blank(c.Text):
				continue
			case label != "":
				if !quantity.Blank(v.Text) || sheet.Lookup(&whole, label).At().Ref == "" {
					f.put(sheet.Field{Label: label, Value: sheet.Lookup(&whole, label)}, *v)
				}
				under[c.Col] = label
			case above != "":
				if _, _, isNumber := money(c.Text); !isNumber {
					sources = f.partOf(sources, c, above, *v)
				}
			}
		}
	}
	if head > 0 {
		f.headedPairs(&whole, f.rows[head-1], f.rows[head])
	}
	whole.Source = sheet.Text{Value: sheet.WholeFund, Cell: sheet.Cell{Ref: firstRef(&whole)}}
	f.fundsEnd = last
	absentIn(sources)
	f.table.Funds = append(append(f.table.Funds, whole), sources...)
	f.printedWeight(f.rows[head:last+1], nil)
}

// headedPairs reads what stands beside the first row of pairs below a label of its own:
// 执行进度 over 98%.
func (f *formReader) headedPairs(whole *sheet.Fund, heads, row []labelCell) {
	for _, c := range heads {
		label := fundLabel(c)
		v := cellAt([][]labelCell{row}, row[0].Row, c.Col)
		if label == "" || isAmount(label) || v == nil || v.label != "" || sheet.Lookup(whole, label).At().Ref != "" {
			continue
		}
		f.prints(sheet.ColumnOf(sheet.LabelFunds, label))
		f.put(sheet.Field{Label: label, Value: sheet.Lookup(whole, label)}, *v.Cell)
	}
}

// crossed reads a table of money whose rows are the amounts and whose columns the
// sources, headed in the row above rows[head]. It reports whether there is one.
func (f *formReader) crossed(head int) bool {
	if head == 0 {
		return false
	}
	var columns []labelCell
	sums := 0
	for _, c := range f.rows[head-1] {
		if c.Col > f.rows[head][0].Col && c.Kind == xlsx.String && (isSum(c) || c.form.Label(c.Text) != sheet.LabelFunds && !sheet.IsNamed(c.label)) {
			columns = append(columns, c)
			if isSum(c) {
				sums++
			}
		}
	}
	if sums != 1 || len(columns) < 2 {
		return false
	}
	funds := []sheet.Fund{f.table.NewFund()}
	funds[0].Source.Value = sheet.WholeFund
	for _, row := range f.rows[head:] {
		label := ""
		for _, c := range row {
			if l := fundLabel(c); l != "" && c.Col < columns[0].Col {
				label = l
			}
		}
		if label == "" || endsFunds(row) {
			break
		}
		f.prints(sheet.ColumnOf(sheet.LabelFunds, label))
		for _, c := range columns {
			v := f.at(row[0].Row, c.Col)
			if isSum(c) {
				f.put(sheet.Field{Label: label, Value: sheet.Lookup(&funds[0], label)}, v)
			} else if !quantity.Blank(v.Text) {
				funds = append(funds[:1], f.partOf(funds[1:], c, label, v)...)
			}
		}
	}
	f.prints(sheet.LabelFunds)
	f.prints(sheet.WholeFund)
	funds[0].Source.Ref = firstRef(&funds[0])
	absentIn(funds[1:])
	f.table.Funds = append(f.table.Funds, funds...)
	f.printedWeight(f.rows[head-1:head+1], nil)
	return true
}

// absentIn notes for what a source that is no row has no cell.
func absentIn(sources []sheet.Fund) {
	for i := range sources {
		for f := range sheet.Fields(&sources[i]) {
			if at := f.Value.At(); at.Ref == "" {
				at.Absent = true
			}
		}
	}
}

// partOf puts an amount of a source, which c names, into its row.
func (f *formReader) partOf(sources []sheet.Fund, c labelCell, label string, v xlsx.Cell) []sheet.Fund {
	name := c.form.Source(strings.TrimLeft(sheet.Fold(cutRemark(quantity.FoldSpace(c.Text))), "-－—–:："))
	for i := range sources {
		x := &sources[i]
		if old := sheet.Lookup(x, label); x.Source.Value == name && old.At().Ref == "" {
			f.put(sheet.Field{Label: label, Value: old}, v)
			return sources
		}
	}
	x := f.table.NewFund()
	x.Source = sheet.Text{Value: name, Cell: sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
	f.put(sheet.Field{Label: label, Value: sheet.Lookup(&x, label)}, v)
	return append(sources, x)
}
