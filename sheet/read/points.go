package read

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Points are given not only to 项目资金 and 绩效指标: some forms give them to 资金管理情况,
// to the goals, or in a table of their own for decisions and management. They are
// summed up in Table.Elsewhere, for the form's 总分 has them too.

// pointsAbove sums up the points that stand above rows[head], which heads 绩效指标
// with those columns.
func (f *formReader) pointsAbove(head int, columns headings) {
	for i := 0; i < head; i++ {
		if i == f.fundsRow {
			continue
		}
		if weight, score := pointColumns(f.rows[i]); score != nil {
			i = f.pointsBelow(i, head, weight, score)
		}
	}
	weight, score := columns.labelled(sheet.LabelWeight), columns.labelled(sheet.LabelScore)
	if len(score) == 0 || f.printed[sheet.ColumnOf(sheet.LabelFunds, sheet.LabelScore)] {
		return
	}
	for i, row := range f.rows[:head] {
		if s, _ := pointColumns(row); s != nil {
			return // a table of its own, which is read
		}
		for _, c := range row {
			if c.Col != score[0].first || !f.isPointsAbove(&c) || !f.isAlone(row, c) || xlsx.Ref(c.Row, c.Col) == f.table.Total.Score.Ref {
				continue
			}
			w := (*labelCell)(nil)
			if len(weight) > 0 {
				w = cellAt(f.rows, c.Row, weight[0].first)
			}
			if i >= f.fundsRow && f.fundsRow >= 0 && i <= f.fundsEnd {
				f.fundPoints(w, &c)
			} else {
				f.elsewhere(w, &c)
			}
		}
	}
}

// scoreColumn adds the column of scores that the head of 绩效指标 heads with a number
// only: with the points that all indicators may have, below 自评得分 further up.
func (f *formReader) scoreColumn(head int, cells []labelCell, columns headings) headings {
	if len(columns.labelled(sheet.LabelScore)) > 0 || len(columns.labelled(sheet.LabelWeight)) > 0 {
		return columns
	}
	for _, c := range cells {
		if !isPoints(c) || c.Col <= columns.first(sheet.LabelLevel3) {
			continue
		}
		for _, row := range f.rows[:head] {
			for _, above := range row {
				if above.label == sheet.LabelScore && above.Col <= c.Col && c.Col < columnAfter(f.grid, above.Cell) {
					return append(columns, heading{label: sheet.LabelScore, first: c.Col, last: columnAfter(f.grid, c.Cell) - 1})
				}
			}
		}
	}
	return columns
}

// pointColumns returns the cells of a row that head 分值 and 得分 above the table of
// indicators, nil for none.
func pointColumns(row []labelCell) (weight, score *labelCell) {
	for i, c := range row {
		switch {
		case c.label == sheet.LabelWeight && weight == nil:
			weight = &row[i]
		case c.label == sheet.LabelScore && score == nil:
			score = &row[i]
		}
	}
	if weight == nil {
		return nil, nil // 自评得分 in the head of the form
	}
	return weight, score
}

// pointsBelow sums up the points below rows[i], and returns the index of the last
// row that has some.
func (f *formReader) pointsBelow(i, head int, weight, score *labelCell) int {
	last := i
	for j := i + 1; j < head; j++ {
		row := f.rows[j]
		if endsFunds(row) || count(row, isIndicatorLabel) >= 2 {
			break
		}
		w, s := cellAt(f.rows, row[0].Row, weight.Col), cellAt(f.rows, row[0].Row, score.Col)
		if f.isPointsAbove(w) || f.isPointsAbove(s) {
			f.elsewhere(w, s)
			last = j
		}
	}
	return last
}

// isPointsAbove reports whether a cell above the table of indicators holds points that
// were not read with the money.
func (f *formReader) isPointsAbove(c *labelCell) bool {
	if c == nil || !isPoints(*c) {
		return false
	}
	ref := xlsx.Ref(c.Row, c.Col)
	for i := range f.table.Funds {
		for field := range sheet.Fields(&f.table.Funds[i]) {
			if field.Value.At().Ref == ref {
				return false
			}
		}
	}
	return true
}

// isPoints reports whether a cell holds a number of points.
func isPoints(c labelCell) bool {
	_, unit, ok := quantity.ParseNumber(c.Text)
	return ok && (unit == "" || unit == "分")
}

// isAlone reports whether nothing but points stands in the last columns of a row:
// an amount would have its label before it.
func (f *formReader) isAlone(row []labelCell, c labelCell) bool {
	for i := range row {
		if row[i].Col == c.Col {
			if i != len(row)-1 || i == 0 {
				return i == len(row)-1
			}
			before := row[i-1]
			return before.label == "" || sheet.Lookup(&f.table.Goal, before.label) != nil || columnAfter(f.grid, before.Cell) < c.Col
		}
	}
	return false
}

// elsewhere adds points to those outside of the two tables.
func (f *formReader) elsewhere(weight, score *labelCell) {
	add := func(label string, sum *sheet.Number, c *labelCell) {
		if c == nil || quantity.Blank(c.Text) {
			return
		}
		var n sheet.Number
		f.put(sheet.Field{Label: label, Value: &n}, *c.Cell)
		if n.Problem != "" && sum.Problem == "" {
			sum.Problem = n.Problem
		}
		if sum.Ref == "" {
			sum.Ref = n.Ref
		}
		sum.Value, sum.Known = sum.Value+n.Value, sum.Known || n.Known
	}
	add(sheet.LabelWeight, &f.table.Elsewhere.Weight, weight)
	add(sheet.LabelScore, &f.table.Elsewhere.Score, score)
}

// fundPoints takes the points of the money from the columns of the indicators.
func (f *formReader) fundPoints(weight, score *labelCell) {
	for i := range f.table.Funds {
		x := &f.table.Funds[i]
		if x.Source.Value != sheet.WholeFund || x.Score.Ref != "" {
			continue
		}
		if weight != nil {
			f.put(sheet.Field{Label: sheet.LabelWeight, Value: &x.Weight}, *weight.Cell)
			f.prints(sheet.ColumnOf(sheet.LabelFunds, sheet.LabelWeight))
		}
		f.put(sheet.Field{Label: sheet.LabelScore, Value: &x.Score}, *score.Cell)
		f.prints(sheet.ColumnOf(sheet.LabelFunds, sheet.LabelScore))
		return
	}
}

// levelWeights takes the weights of indicators from their names, where each that has a
// score prints one, and from the names of their levels, as in 数量指标(20分), where the
// form has no column for them: of a level that has one indicator only.
func (f *formReader) levelWeights() {
	list := f.table.Indicators
	if f.printed[sheet.ColumnOf(sheet.LabelIndicators, sheet.LabelScore)] && !slices.ContainsFunc(list, func(x sheet.Indicator) bool {
		return x.Score.Known && !strings.HasSuffix(quantity.FoldSpace(x.Level3.Typed), "分)")
	}) {
		for i := range list {
			list[i].Weight = namedWeight(&list[i].Level3)
		}
	}
	for _, level := range []func(x *sheet.Indicator) *sheet.Text{
		func(x *sheet.Indicator) *sheet.Text { return &x.Level2 },
		func(x *sheet.Indicator) *sheet.Text { return &x.Level1 },
	} {
		for i := range list {
			x := &list[i]
			same := func(step int) bool {
				j := i + step
				for 0 <= j && j < len(list) && isUnused(&list[j]) {
					j += step
				}
				return 0 <= j && j < len(list) && list[j].Level1.Value == x.Level1.Value && level(&list[j]).Value == level(x).Value
			}
			if _, ok := pointsIn(level(x).Typed); !ok || x.Weight.Known || same(-1) || same(1) {
				continue
			}
			x.Weight = namedWeight(level(x))
		}
	}
}

// namedWeight returns the weight that a name prints, one that is not known where it
// prints none.
func namedWeight(name *sheet.Text) (weight sheet.Number) {
	if v, ok := pointsIn(name.Typed); ok {
		weight = sheet.N(v)
		weight.Cell = sheet.Cell{Ref: name.Ref, Typed: quantity.FormatNumber(v) + "分"}
	}
	return weight
}

// pointsIn returns the points that a label prints in brackets or at its end: (10分),
// 产出指标40分.
func pointsIn(text string) (v float64, ok bool) {
	s := quantity.FoldSpace(text)
	for rest := s; ; {
		_, inside, found := strings.Cut(rest, "(")
		if !found {
			break
		}
		in, after, _ := strings.Cut(inside, ")")
		if v, unit, ok := quantity.ParseNumber(in); ok && unit == "分" {
			return v, true
		}
		rest = after
	}
	if number := s[len(strings.TrimRight(s, "0123456789.分")):]; strings.HasSuffix(number, "分") && len(number) < len(s) {
		if v, unit, ok := quantity.ParseNumber(number); ok && unit == "分" {
			return v, true
		}
	}
	return 0, false
}
