package read

import (
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// funds reads 项目资金, whose columns are headed in rows[head].
func (f *form) funds(head int) {
	row := f.rows[head]
	if f.inPairs(row) {
		f.pairs(row)
		return
	}
	columns := f.headingsOf(row, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
	first := 0
	for _, h := range columns {
		if isAmount(h.label) && (first == 0 || h.first < first) {
			first = h.first
		}
	}
	if first > 0 {
		f.unknownColumns(row, columns, first, "全年预算数", "全年执行数")
	}
	for _, row := range f.rows[head+1:] {
		if endsFunds(row) {
			break
		}
		if !f.isFund(row, first, columns) {
			continue
		}
		fund := sheet.Fund{Source: f.part(source(row, first))}
		f.fields(&fund, row[0].Row, columns)
		f.table.Funds = append(f.table.Funds, fund)
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
	f.printedWeight(row, columns)
}

// endsFunds reports whether a row begins another part of the form.
func endsFunds(row []labelCell) bool {
	for i, c := range row {
		switch c.label {
		case "预期目标", "实际完成情况", "年度总体目标", "绩效指标", "一级指标", "二级指标", "三级指标", "总分":
			return true
		case "表尾":
			return i == 0
		}
	}
	return false
}

// isFund reports whether a row says something of a source of money: it names a
// known one, or has an amount, or a place for one.
func (f *form) isFund(row []labelCell, first int, columns headings) bool {
	amounts, own := false, false
	for _, c := range row {
		switch {
		case c.Col < first:
			switch c.label {
			case sheet.WholeFund, "当年财政拨款", "上年结转资金", "其他资金", "合计", "小计":
				own = true
			}
			own = own || c.label == "" && c.Kind == xlsx.String
		case c.Kind == xlsx.Number, c.HasFormula, quantity.Blank(c.Text):
			amounts = true
		default:
			_, _, ok := money(c.Text)
			amounts = amounts || ok
		}
	}
	if amounts {
		return true
	}
	if m, ok := f.grid.Merge(row[0].Row, first); ok && m.LastCol > columns.find(labelAt(columns, first))[0].last {
		return false // a text over the columns of the amounts
	}
	return own
}

func labelAt(columns headings, col int) string {
	for _, h := range columns {
		if h.first == col {
			return h.label
		}
	}
	return ""
}

// source reads the 资金来源 of a row: the last text before the amounts.
func source(row []labelCell, first int) (source sheet.Text) {
	for _, c := range row {
		if c.Col >= first || c.Kind != xlsx.String || c.label == "项目资金" || sheet.Fold(c.Text) == "" {
			continue
		}
		source = sheet.Text{Value: c.form.Source(c.Text), Cell: sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
		if c.label == "合计" || c.label == "小计" {
			source.Value = sheet.WholeFund
		}
	}
	return source
}

// part returns a source under the words it is printed in, where a row above has
// its label: a part of that row, as 其中：本年一般公共预算拨款 is of 当年财政拨款.
func (f *form) part(source sheet.Text) sheet.Text {
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
// 预算执行情况(10分), where there is no column for it.
func (f *form) printedWeight(head []labelCell, columns headings) {
	if len(columns.find("分值")) > 0 {
		return
	}
	for i := range f.table.Funds {
		x := &f.table.Funds[i]
		if x.Source.Value != sheet.WholeFund {
			continue
		}
		for _, c := range head {
			switch c.label {
			case "项目资金", "得分", "执行率":
				if v, ok := pointsIn(c.Text); ok {
					x.Weight = sheet.N(v)
					x.Weight.Cell = sheet.Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}
					return
				}
			}
		}
	}
}

// pointsIn returns the points that a label prints in brackets: (10分).
func pointsIn(text string) (v float64, ok bool) {
	for rest := quantity.FoldSpace(text); ; {
		_, inside, found := strings.Cut(rest, "(")
		if !found {
			return 0, false
		}
		in, after, _ := strings.Cut(inside, ")")
		if v, unit, ok := quantity.ParseNumber(in); ok && unit == "分" {
			return v, true
		}
		rest = after
	}
}

// inPairs reports whether a row prints its amounts right behind their labels, and
// heads no columns: 全年预算数 | 100 | 全年执行数 | 98.
func (f *form) inPairs(row []labelCell) bool {
	n := 0
	for i, c := range row[:len(row)-1] {
		if isAmount(c.label) && row[i+1].label == "" && row[i+1].Col == columnAfter(f.grid, c.Cell) {
			n++
		}
	}
	return n >= 2
}

// pairs reads the amounts of such a row.
func (f *form) pairs(row []labelCell) {
	fund := sheet.Fund{}
	for i, c := range row {
		v := sheet.Lookup(&fund, c.label)
		if v == nil || i+1 == len(row) || row[i+1].label != "" {
			continue
		}
		f.put(sheet.Field{Label: c.label, Value: v}, *row[i+1].Cell)
	}
	fund.Source = sheet.Text{Value: sheet.WholeFund, Cell: sheet.Cell{Ref: firstRef(&fund)}}
	f.table.Funds = append(f.table.Funds, fund)
	f.printedWeight(row, nil)
}
