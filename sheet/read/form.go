package read

import (
	"strings"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// formReader reads one form from the rows of a sheet that belong to it.
type formReader struct {
	grid  *xlsx.Grid
	rows  [][]labelCell // rows with content, top down
	table *sheet.Table
	last  int             // the row of the sheet in which the form ends
	until int             // the last row of it that was issued; 0 where that is not known
	exact map[string]bool // by label in its head: printed so, not by another word

	printed map[string]bool // what it prints a label for, as sheet.Labels has it

	titles             [][]labelCell // the rows above it that are its own
	fundsRow, fundsEnd int           // the first and the last of rows that belong to 项目资金, where known; -1 without

	unitAhead string // 金额单位 as the form prints it, while that is still to be read
}

// at returns a cell of the form, an empty one where nothing stands.
func (f *formReader) at(row, col int) xlsx.Cell {
	if c := cellAt(f.rows, row, col); c != nil {
		return *c.Cell
	}
	return xlsx.Cell{Row: row, Col: col}
}

// read reads the form. funds and indicators are the rows that head its tables, -1 where
// it has none; above are the rows of the sheet before it.
func (f *formReader) read(funds, indicators int, above [][]labelCell) {
	f.last = f.rows[len(f.rows)-1][0].Row
	head := f.rows[:firstOf(funds, indicators, len(f.rows))]
	f.year(above, head)
	f.named(head)
	f.whoFills(above)
	f.unit(above, f.rows[:min(len(head)+2, len(f.rows))])
	f.titles = above
	switch {
	case indicators >= 0 && funds > indicators:
		f.moneyBelow(funds)
		f.fundsRow = -1
	case funds >= 0:
		f.funds(funds)
	default:
		f.fundsRow = -1
	}
	f.goal(indicators)
	if indicators >= 0 {
		f.indicators(indicators)
	}
	f.absent()
}

// firstOf returns the smaller of two row indexes, of which a negative one means
// no row, and none when there is neither.
func firstOf(a, b, none int) int {
	switch {
	case a < 0 && b < 0:
		return none
	case a < 0:
		return b
	case b < 0:
		return a
	}
	return min(a, b)
}

// fundsHead returns the index of the row that heads 项目资金, -1 without one: it
// prints labels of two amounts, or else of one above its sources or before its
// number.
func (f *formReader) fundsHead() int {
	if head := f.rowWith(2, func(l string) bool { return strings.HasPrefix(l, "全年") || l == sheet.LabelInitialBudget }); head >= 0 || f.grid == nil {
		return head
	}
	end := f.indicatorsHead()
	for i, row := range f.rows {
		if i == end {
			break
		}
		amounts, labels := 0, map[string]bool{}
		for _, c := range row {
			label := fundLabel(c)
			if isAmount(label) {
				if !labels[label] {
					amounts++
				}
				if f.inPairs(row) || f.sumColumn(row) != nil {
					return i
				}
			}
			labels[label] = label != ""
		}
		if delete(labels, ""); amounts >= 2 && len(labels) >= 3 { // in words that are labels only there
			return i
		}
	}
	return -1
}

// indicatorsHead returns the index of the row that heads 绩效指标, -1 without one.
func (f *formReader) indicatorsHead() int {
	if head := f.rowWith(3, isIndicatorLabel); head >= 0 {
		return head
	}
	for i, row := range f.rows { // in words that are labels only there
		labels := map[string]bool{}
		for _, c := range row {
			if label := columnLabel(c); isIndicatorLabel(label) {
				labels[label] = true
			}
		}
		if len(labels) >= 4 {
			return i
		}
	}
	return -1
}

func isIndicatorLabel(label string) bool {
	switch label {
	case sheet.LabelLevel1, sheet.LabelLevel2, sheet.LabelLevel3, sheet.LabelTarget, sheet.LabelActual, sheet.LabelWeight, sheet.LabelScore:
		return true
	}
	return false
}

// rowWith returns the index of the first row that prints at least n of the labels that
// is holds for, -1 without one.
func (f *formReader) rowWith(n int, is func(label string) bool) int {
	for i, row := range f.rows {
		if count(row, is) >= n {
			return i
		}
	}
	return -1
}

func count(row []labelCell, is func(label string) bool) int {
	n := 0
	for _, c := range row {
		if c.label != "" && is(c.label) {
			n++
		}
	}
	return n
}

// column returns the column in which a row prints the label, 0 if it does not.
func column(row []labelCell, label string) int {
	for _, c := range row {
		if c.label == label {
			return c.Col
		}
	}
	return 0
}
