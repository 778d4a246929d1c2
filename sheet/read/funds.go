package read

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// usualFunds is about how many sources of money a form has.
const usualFunds = 4

// funds reads 项目资金, whose columns are headed in rows[head].
func (f *formReader) funds(head int) {
	row := f.rows[head]
	f.fundsRow = head
	if f.inPairs(row) {
		f.pairs(head)
		return
	}
	if columns, last := f.sourceColumns(head); columns != nil {
		f.bySource(columns, last)
		return
	}
	row = slices.Concat(row, f.reaching(head, row), f.aboveHead(head))
	columns := f.headingsOf(row, sheet.LabelInitialBudget, sheet.LabelBudget, sheet.LabelExecuted, sheet.LabelWeight, sheet.LabelRate, sheet.LabelScore)
	columns = f.ownColumns(sheet.LabelFunds, row, columns)
	f.printsColumns(sheet.LabelFunds, columns)
	first := 0
	for _, h := range columns {
		if isAmount(h.label) && (first == 0 || h.first < first) {
			first = h.first
		}
	}
	if first > 0 {
		f.unknownColumns(head, row, columns, first, sheet.LabelBudget, sheet.LabelExecuted)
	}
	for _, row := range f.rows[head+1:] {
		if endsFunds(row) {
			break
		}
		if numbersColumns(row) || !f.isFund(row, first, columns) {
			continue
		}
		source, inside := source(row, first)
		source = f.part(source) // of those above
		if f.table.Funds == nil {
			f.table.Funds = make([]sheet.Fund, 0, usualFunds)
		}
		f.table.Funds = append(f.table.Funds, f.table.NewFund())
		fund := &f.table.Funds[len(f.table.Funds)-1]
		fund.Source = source
		f.fields(fund, row[0].Row, columns)
		if inside.Text != "" && fund.Budget.Typed == "" {
			f.put(sheet.Field{Label: sheet.LabelBudget, Value: &fund.Budget}, inside)
		}
	}
	if funds := f.table.Funds; len(funds) == 1 && funds[0].Source.Ref == "" {
		funds[0].Source = sheet.Text{Value: sheet.WholeFund, Cell: sheet.Cell{Ref: firstRef(&funds[0])}} // the only row needs no name
	}
	if f.table.Fund(sheet.WholeFund).Source.Value == "" {
		for i := range f.table.Funds {
			if s := &f.table.Funds[i].Source; f.table.Form.LabelIn(sheet.InSources, s.Value) == sheet.WholeFund {
				s.Value = sheet.WholeFund
				break
			}
		}
	}
	if f.table.Fund(sheet.WholeFund).Source.Value != "" {
		f.prints(sheet.WholeFund)
	}
	f.printedWeight(f.rows[head:head+1], columns)
	f.lendPoints()
}

// aboveHead returns the labels in the row above rows[head] below which the head has
// nothing: a head in two rows without merged cells.
func (f *formReader) aboveHead(head int) (list []labelCell) {
	if head == 0 || f.rows[head-1][0].Row != f.rows[head][0].Row-1 {
		return nil
	}
	for _, c := range f.rows[head-1] {
		if fundLabel(c) != "" && rowBelow(f.grid, c.Cell) == c.Row+1 && !slices.ContainsFunc(f.rows[head], func(x labelCell) bool { return x.Col == c.Col }) {
			list = append(list, c)
		}
	}
	return list
}

// lendPoints gives the whole money the points and the rate that stand in the row of
// its only source, which has the same amounts, or merged over all rows.
func (f *formReader) lendPoints() {
	whole := f.table.Fund(sheet.WholeFund)
	for i := range f.table.Funds {
		x := &f.table.Funds[i]
		for _, label := range []string{sheet.LabelWeight, sheet.LabelRate, sheet.LabelScore} {
			from, to := sheet.Lookup(x, label), sheet.Lookup(whole, label)
			row, col, ok := xlsx.ParseRef(from.At().Ref)
			if m, merged := f.grid.Merge(row, col); ok && merged && x != whole && quantity.Blank(to.At().Typed) && m.Contains(rowOfRef(whole.Source.Ref), col) {
				copyValue(to, from)
				clearValue(from)
				*from.At() = sheet.Cell{Ref: from.At().Ref}
			}
		}
		if x == whole || !x.Score.Known || !x.Budget.Equal(&whole.Budget) || !x.Executed.Equal(&whole.Executed) {
			continue
		}
		for _, label := range []string{sheet.LabelWeight, sheet.LabelRate, sheet.LabelScore} {
			if to := sheet.Lookup(whole, label); quantity.Blank(to.At().Typed) {
				copyValue(to, sheet.Lookup(x, label))
			}
		}
		return
	}
}

// rowOfRef returns the row of a cell, 0 for none.
func rowOfRef(ref string) int {
	row, _, _ := xlsx.ParseRef(ref)
	return row
}

// copyValue makes a number of another, with its cell.
func copyValue(to, from sheet.Value) {
	switch to := to.(type) {
	case *sheet.Number:
		*to = *from.(*sheet.Number)
	case *sheet.Rate:
		*to = *from.(*sheet.Rate)
	}
}

// moneyBelow reads 项目资金 where it stands below the head of 绩效指标, and takes its rows
// out of the form: they are no indicators.
func (f *formReader) moneyBelow(head int) {
	n := 1
	for head+n < len(f.rows) && !endsFunds(f.rows[head+n]) {
		n++
	}
	money := *f
	money.rows = f.rows[head : head+n]
	money.unit(nil, money.rows[:1])
	money.funds(0)
	f.printed, f.unitAhead = money.printed, money.unitAhead
	f.rows = slices.Delete(slices.Clone(f.rows), head, head+n)
}

// endsFunds reports whether a row begins another part of the form.
func endsFunds(row []labelCell) bool {
	for i, c := range row {
		switch c.label {
		case sheet.LabelExpected, sheet.LabelOutcome, sheet.LabelGoal, "资金管理情况", sheet.LabelIndicators, sheet.LabelLevel1, sheet.LabelLevel2, sheet.LabelLevel3:
			return true
		case sheet.LabelFoot:
			return i == 0
		}
		if c.lead == sheet.LabelTotal {
			return true
		}
	}
	return headsGoals(row)
}

// isFund reports whether a row says something of a source of money: it names a
// known one, or has an amount, or a place for one.
func (f *formReader) isFund(row []labelCell, first int, columns headings) bool {
	amounts, named, known, own := false, false, false, false // named: 按支出性质分：, a source in the place of an amount
	for _, c := range row {
		switch {
		case c.Col < first:
			switch c.label {
			case sheet.WholeFund, "当年财政拨款", "上年结转资金", "其他资金", sheet.LabelSum, sheet.LabelSubtotal:
				known = true
			}
			own = own || c.label == "" && c.Kind == xlsx.String
		case c.Kind == xlsx.Number, c.HasFormula, quantity.Blank(c.Text):
			amounts = true
		default:
			_, _, ok := money(c.Text)
			colon, _ := sheet.CutColon(c.Text)
			amounts, named = amounts || ok, named || colon > 0 && len(c.Text) <= sheet.LongestLabel
		}
	}
	if amounts {
		return true
	}
	if m, ok := f.grid.Merge(row[0].Row, first); ok && m.LastCol > columns.labelled(labelAt(columns, first))[0].last {
		return false // a text over the columns of the amounts
	}
	return known || own && !named
}

func labelAt(columns headings, col int) string {
	for _, h := range columns {
		if h.first == col {
			return h.label
		}
	}
	return ""
}

// source reads the 资金来源 of a row, the last text before the amounts, and the amount
// that may stand behind it: 年度资金总额：120万元.
func source(row []labelCell, first int) (source sheet.Text, inside xlsx.Cell) {
	for _, c := range row {
		if c.Col >= first || c.Kind != xlsx.String || c.label == sheet.LabelFunds || sheet.Fold(c.Text) == "" {
			continue
		}
		source = sheet.Text{Value: c.form.Source(c.Text), Cell: sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
		if c.label == sheet.LabelSum || c.label == sheet.LabelSubtotal {
			source.Value = sheet.WholeFund
		}
		inside = xlsx.Cell{}
		if name, amount := cutAmount(c.Text); amount != "" {
			source.Value, inside = c.form.Source(name), *c.Cell
			inside.Text = amount
		}
	}
	return source, inside
}

// cutAmount cuts the amount behind a name and a colon, "" where there is none.
func cutAmount(text string) (name, amount string) {
	i := max(strings.LastIndex(text, ":"), strings.LastIndex(text, "："))
	if i <= 0 {
		return text, ""
	}
	amount = sheet.TrimValue(strings.TrimLeft(text[i:], ":："))
	if _, _, ok := money(amount); !ok {
		return text, ""
	}
	return text[:i], amount
}

// part returns a source under the words it is printed in, where a row above has
// its label: a part of that row, as 其中：本年一般公共预算拨款 is of 当年财政拨款.
func (f *formReader) part(source sheet.Text) sheet.Text {
	if source.Value != sheet.WholeFund && !sheet.IsExact(source.Typed, source.Value) && f.table.Fund(source.Value).Source.Value != "" {
		source.Value = sheet.Fold(source.Typed)
	}
	return source
}

// firstRef returns where the first amount of a row stands.
func firstRef(x *sheet.Fund) string {
	for _, n := range [...]*sheet.Number{&x.InitialBudget, &x.Budget, &x.Executed} {
		if n.Ref != "" {
			return n.Ref
		}
	}
	return ""
}

// forgiveDivision takes #DIV/0! for what it is in a row without a budget: a rate
// that there is none of.
func forgiveDivision(t *sheet.Table) {
	for i := range t.Funds {
		x := &t.Funds[i]
		if x.Budget.Value != 0 || x.Budget.Problem != "" {
			continue
		}
		for _, at := range [...]*sheet.Cell{x.Rate.At(), x.Score.At()} {
			if at.Formula != "" || at.Typed == "#DIV/0!" {
				at.Problem = ""
			}
		}
	}
}

// printedWeight takes the 分值 of the whole money from a label, as in
// 预算执行情况(10分), where there is no column for it. It is not filled in there, so
// the label is not said to be printed.
func (f *formReader) printedWeight(rows [][]labelCell, columns headings) {
	if len(columns.labelled(sheet.LabelWeight)) > 0 {
		return
	}
	for i := range f.table.Funds {
		x := &f.table.Funds[i]
		if x.Source.Value != sheet.WholeFund {
			continue
		}
		for _, row := range rows {
			for _, c := range row {
				if c.label != sheet.LabelFunds && c.label != sheet.LabelScore && c.label != sheet.LabelRate {
					continue
				}
				if v, ok := pointsIn(c.Text); ok {
					x.Weight = sheet.N(v)
					x.Weight.Cell = sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: quantity.FormatNumber(v) + "分"}
					return
				}
			}
		}
	}
}
