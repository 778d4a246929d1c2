package read

import (
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// sourceColumn is a column of a table of money whose sources are its columns.
type sourceColumn struct {
	source string // sheet.WholeFund for the sum
	at     labelCell
	heading
}

// sourceColumns returns the columns of a table whose sources of money are columns,
// not rows, and the index of the last row of its head. The amounts may stand over
// them, 全年预算数 over 中央, 地方 and 合计, or one be the sum: 中央, 地方, 合计, 执行数.
// It returns nil where the sources are rows.
func (f *formReader) sourceColumns(head int) (columns []sourceColumn, last int) {
	row := f.rows[head]
	column := func(c labelCell, source, label string) {
		columns = append(columns, sourceColumn{source, c, heading{label: label, first: c.Col, last: columnAfter(f.grid, c.Cell) - 1}})
	}
	sums := 0
	if head+1 < len(f.rows) {
		for _, c := range row {
			label := fundLabel(c)
			subs := f.under(row, c, f.rows[head+1])
			if !isAmount(label) || len(subs) < 2 {
				continue
			}
			for _, sub := range subs {
				if isSum(sub) {
					column(sub, sheet.WholeFund, label)
					sums++
				} else {
					column(sub, sourceName(sub), label)
				}
			}
		}
	}
	if sums > 0 {
		last = head + 1
	} else if columns = f.sumColumn(row); columns == nil {
		return nil, 0
	} else {
		last = head
	}
	for _, c := range row {
		if label := fundLabel(c); label != "" && len(f.under(row, c, f.rows[last])) < 2 {
			column(c, sheet.WholeFund, label)
		}
	}
	return columns, last
}

// under returns the texts of the row below that stand under a cell of a row, up to
// the next one.
func (f *formReader) under(row []labelCell, c labelCell, below []labelCell) (list []labelCell) {
	if below[0].Row != rowBelow(f.grid, c.Cell) {
		return nil
	}
	end := columnAfter(f.grid, c.Cell)
	for _, next := range row {
		if next.Col > c.Col {
			end = max(end, next.Col)
			break
		}
	}
	for _, sub := range below {
		if _, _, number := money(sub.Text); c.Col <= sub.Col && sub.Col < end && sub.Kind == xlsx.String && !number && !quantity.Blank(sub.Text) {
			list = append(list, sub)
		}
	}
	return list
}

// sourceName returns the source that heads a column, without the unit behind it.
func sourceName(c labelCell) string { return c.form.Source(cutRemark(quantity.FoldSpace(c.Text))) }

func isSum(c labelCell) bool {
	return c.label == sheet.LabelSum || c.label == sheet.LabelSubtotal || c.label == sheet.WholeFund
}

// sumColumn returns the columns of sources that a row heads left of their sum, which
// is the budget; nil where there are none.
func (f *formReader) sumColumn(row []labelCell) (columns []sourceColumn) {
	sum, spent := -1, false
	for i, c := range row {
		switch label := fundLabel(c); {
		case label == sheet.LabelBudget || label == sheet.LabelInitialBudget:
			return nil
		case label == sheet.LabelExecuted:
			spent = true
		case sum < 0 && isSum(c):
			sum = i
		}
	}
	if sum < 0 || !spent {
		return nil
	}
	for i, c := range row[:sum+1] {
		source := sourceName(c)
		switch {
		case i == sum:
			source = sheet.WholeFund
		case c.label == sheet.LabelFunds || c.Kind != xlsx.String || i < 2 && sheet.Fold(c.Text) != "" && c.in(sheet.InSources) == sheet.LabelSource:
			continue
		}
		columns = append(columns, sourceColumn{source, c, heading{label: sheet.LabelBudget, first: c.Col, last: columnAfter(f.grid, c.Cell) - 1}})
	}
	return columns
}

// bySource reads the money from the first row below such a head in which a number
// stands, or from that right below.
func (f *formReader) bySource(columns []sourceColumn, last int) {
	f.prints(sheet.LabelFunds)
	f.prints(sheet.WholeFund)
	var all headings
	for _, c := range columns {
		f.prints(sheet.ColumnOf(sheet.LabelFunds, c.label))
		all = append(all, c.heading)
	}
	row := f.rows[last][0].Row + 1
	for _, cells := range f.rows[last+1:] {
		if endsFunds(cells) {
			break
		}
		if numbersIn(cells) > 0 {
			row = cells[0].Row
			break
		}
	}
	funds := []sheet.Fund{f.table.NewFund()}
	funds[0].Source.Value = sheet.WholeFund
	for _, c := range columns {
		cell, _ := f.cellUnder(all, c.heading, row)
		if c.source == sheet.WholeFund {
			f.put(sheet.Field{Label: c.label, Value: sheet.Lookup(&funds[0], c.label)}, cell)
		} else if !quantity.Blank(cell.Text) {
			funds = append(funds[:1], f.partOf(funds[1:], c.at, c.label, cell)...)
		}
	}
	funds[0].Source.Ref = firstRef(&funds[0])
	absentIn(funds[1:])
	f.table.Funds = append(f.table.Funds, funds...)
	f.printedWeight(f.rows[last:last+1], nil)
}
