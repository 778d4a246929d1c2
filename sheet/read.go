package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// Found is one form that stands in a workbook.
type Found struct {
	Sheet string `json:"sheet"`
	Table *Table `json:"table"`
}

// ErrNoForm is the error of Read for a workbook without the form.
var ErrNoForm = errors.New("没有找到自评表：工作簿中没有“项目名称”以及其下的“项目资金”“绩效指标”")

// Read finds the forms of a workbook by their printed labels, on whatever sheet
// and wherever on it they stand, in the order of the workbook. Every value
// keeps its cell; one that can't be understood carries a Problem there. Rows of
// 项目资金 and 绩效指标 in which nothing is filled in are left out.
func Read(data []byte) ([]Found, error) { return ReadWith(data, Options{}) }

// ReadWith is Read with what else is known of the workbooks.
func ReadWith(data []byte, o Options) ([]Found, error) {
	found, err := locate(data, o)
	for _, f := range found {
		f.Table.dropBlankRows()
		f.Table.nameNotices()
	}
	return found, err
}

// dropBlankRows leaves out the rows in which nothing stands but names.
func (t *Table) dropBlankRows() {
	var funds []Fund
	for _, f := range t.Funds {
		if named := (Fund{Source: f.Source}); !equalFields(&f, &named) {
			funds = append(funds, f)
		}
	}
	var indicators []Indicator
	for _, x := range t.Indicators {
		if named := (Indicator{Level1: x.Level1, Level2: x.Level2}); !equalFields(&x, &named) {
			indicators = append(indicators, x)
		}
	}
	t.Funds, t.Indicators = funds, indicators
}

// equalFields compares two parts of one type, also in what could not be read.
func equalFields(a, b any) bool {
	for f := range Fields(a) {
		if o := Lookup(b, f.Label); !f.Value.Equal(o) || f.Value.At().Problem != "" {
			return false
		}
	}
	return true
}

// locate is Read with the blank rows of a form that is still to be filled in.
func locate(data []byte, o Options) ([]Found, error) {
	wb, err := xlsx.OpenLimits(data, o.Limits)
	if err != nil {
		return nil, err
	}
	var found []Found
	var grids []*xlsx.Grid // of those found
	var record *written
	for i, s := range wb.Sheets() {
		if s.Name == RecordSheet {
			record = readRecord(wb, i)
		}
		if s.State == xlsx.VeryHidden {
			continue // ours, or some program's: no person typed there
		}
		grid, err := wb.Grid(i)
		if err != nil {
			return found, fmt.Errorf("工作表“%s”：%w", s.Name, err)
		}
		for _, t := range tablesOf(grid) {
			found, grids = append(found, Found{s.Name, t}), append(grids, grid)
			if err := calculateMissing(data, s.Name, t); err != nil {
				return found, err
			}
		}
	}
	if len(found) == 0 {
		return nil, ErrNoForm
	}
	compareIssued(wb, record, found, grids, o)
	noticeActive(wb, found)
	return found, nil
}

// calculateMissing gives the formulas of a form their values where the program
// that saved the workbook left none, as programs do that do not calculate.
func calculateMissing(data []byte, name string, t *Table) error {
	var missing []Value
	for _, v := range t.All() {
		if at := v.At(); at.Formula != "" && at.Typed == "" {
			missing = append(missing, v)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("工作表“%s”中的公式没有计算结果，也无法计算：%w", name, err)
	}
	defer f.Close()
	for _, v := range missing {
		at := v.At()
		value, err := calculate(f, name, at.Ref)
		if err != nil {
			at.Problem = fmt.Sprintf("公式 =%s 没有计算结果，请在 Excel 或 WPS 中打开并保存一次", at.Formula)
			continue
		}
		at.Typed = FormatNumber(value)
		v.read(xlsx.Cell{Kind: xlsx.Number, Value: value, Text: at.Typed, Percent: true})
	}
	return nil
}

// labelCell is a cell that prints a label.
type labelCell struct {
	xlsx.Cell
	label string
}

// form reads one form from the rows of a sheet that belong to it.
type form struct {
	grid  *xlsx.Grid
	rows  [][]labelCell // rows with content, top down
	table *Table
}

// tablesOf finds the forms of one sheet: each begins where 项目名称 is printed.
func tablesOf(g *xlsx.Grid) []*Table {
	var rows [][]labelCell
	var starts []int
	for _, c := range g.Cells() {
		if n := len(rows); n == 0 || rows[n-1][0].Row != c.Row {
			rows = append(rows, nil)
		}
		last := &rows[len(rows)-1]
		l := labelCell{Cell: c}
		if c.Kind == xlsx.String {
			l.label = Label(c.Text)
		}
		row := len(rows) - 1
		if l.label == "项目名称" && len(*last) <= 1 && (len(starts) == 0 || starts[len(starts)-1] != row) {
			starts = append(starts, row)
		}
		*last = append(*last, l)
	}
	var tables []*Table
	for i, start := range starts {
		end := len(rows)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		above := rows[:start]
		if i > 0 {
			above = rows[starts[i-1]+1 : start]
		}
		f := form{grid: g, rows: rows[start:end], table: new(Table)}
		if f.read(above) {
			tables = append(tables, f.table)
		}
	}
	return tables
}

// read reads the form; it reports false when this is none.
func (f *form) read(above [][]labelCell) bool {
	funds := f.find("年初预算数", "全年预算数", "全年执行数")
	indicators := f.find("三级指标", "分值")
	if funds < 1 && indicators < 1 {
		return false
	}
	f.year(above)
	f.named(firstOf(funds, indicators, len(f.rows)))
	if funds > 0 {
		f.funds(funds)
	}
	f.goal()
	if indicators > 0 {
		f.indicators(indicators)
	}
	return true
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

// find returns the index of the first row that prints at least two of the
// labels, -1 when there is none.
func (f *form) find(labels ...string) int {
	for i, row := range f.rows {
		n := 0
		for _, l := range labels {
			if column(row, l) > 0 {
				n++
			}
		}
		if n >= 2 {
			return i
		}
	}
	return -1
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

// set gives a value what stands in a cell.
func (f *form) set(v Value, row, col int) {
	cell, _ := f.grid.At(row, col)
	at := v.At()
	*at = Cell{Ref: xlsx.Ref(row, col), Typed: cell.Text}
	if cell.HasFormula {
		at.Formula = cell.Formula
	}
	if cell.Kind == xlsx.Error {
		at.Problem = fmt.Sprintf("公式出错：%s", cell.Text)
		return
	}
	if cell.Text != "" {
		v.read(cell)
	}
}

// year reads 年度 from the line above the form's first row: (2021 年度). In a
// blank form the line may be empty; its place is then that of the year.
func (f *form) year(above [][]labelCell) {
	first := f.rows[0][0]
	y := &f.table.Year
	for i := len(above) - 1; i >= 0 && above[i][0].Row >= first.Row-4; i-- {
		for _, c := range above[i] {
			if v, ok := yearIn(c.Cell); ok {
				*y = N(float64(v))
				y.Cell = Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}
				return
			}
		}
	}
	if first.Row > 1 {
		y.Ref = xlsx.Ref(first.Row-1, first.Col)
	}
}

// yearIn finds the four digits of a year before 年.
func yearIn(c xlsx.Cell) (int, bool) {
	before, _, ok := strings.Cut(Normalize(c.Text), "年")
	if !ok {
		return 0, false
	}
	before = strings.TrimSpace(before)
	if len(before) < 4 {
		return 0, false
	}
	year := 0
	for _, r := range before[len(before)-4:] {
		if r < '0' || r > '9' {
			return 0, false
		}
		year = year*10 + int(r-'0')
	}
	return year, true
}

// named reads the values that stand to the right of their label, in the rows
// above the funds, and the unit of money.
func (f *form) named(end int) {
	for _, row := range f.rows[:end] {
		for i, c := range row {
			if v, ok := Lookup(f.table, c.label).(*Text); ok && v.Ref == "" {
				f.right(v, row, i)
			}
		}
	}
	for _, row := range f.rows[:min(end+1, len(f.rows))] {
		for _, c := range row {
			if unit := UnitOf(c.Text); unit != "" {
				f.table.MoneyUnit = Text{Value: unit, Cell: Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
				return
			}
		}
	}
}

// right reads the value of the label row[i]: the next cell to the right, or, if
// that is empty, what stands next before another label.
func (f *form) right(v *Text, row []labelCell, i int) {
	col := row[i].Col + 1
	if m, ok := f.grid.Merge(row[i].Row, row[i].Col); ok {
		col = m.LastCol + 1
	}
	if i+1 < len(row) {
		switch next := row[i+1]; {
		case next.label == "":
			col = next.Col
		case next.Col <= col:
			return // two labels side by side: no value between them
		}
	}
	f.set(v, row[i].Row, col)
}

// funds reads 项目资金, whose columns are headed in rows[head].
func (f *form) funds(head int) {
	columns := f.columns(head, &Fund{})
	first := column(f.rows[head], "年初预算数")
	for _, l := range []string{"全年预算数", "全年执行数"} {
		if c := columns[l]; c > 0 && (first == 0 || c < first) {
			first = c
		}
	}
	for _, row := range f.rows[head+1:] {
		if column(row, "预期目标")+column(row, "年度总体目标")+column(row, "三级指标")+column(row, "总分") > 0 {
			return
		}
		fund := Fund{}
		for _, c := range row {
			if c.Col < first && c.label != "项目资金" && c.Kind == xlsx.String {
				fund.Source = Text{Value: sourceIn(c.Text), Cell: Cell{Ref: xlsx.Ref(c.Row, c.Col), Typed: c.Text}}
				break
			}
		}
		f.fields(&fund, row[0].Row, columns)
		f.table.Funds = append(f.table.Funds, fund)
	}
}

// columns returns in which column each field of part is headed in rows[head].
func (f *form) columns(head int, part any) map[string]int {
	m := map[string]int{}
	for field := range Fields(part) {
		if c := column(f.rows[head], field.Label); c > 0 {
			m[field.Label] = c
		}
	}
	return m
}

// fields reads the fields of part that have a column, from one row.
func (f *form) fields(part any, row int, columns map[string]int) {
	for field := range Fields(part) {
		if c := columns[field.Label]; c > 0 {
			f.set(field.Value, row, c)
		}
	}
}

// goal reads 年度总体目标: each text stands below its label, or to its right
// where the next heading follows at once.
func (f *form) goal() {
	for i, row := range f.rows {
		for j, c := range row {
			v, ok := Lookup(&f.table.Goal, c.label).(*Text)
			if !ok || v.Ref != "" {
				continue
			}
			below := c.Row + 1
			if m, ok := f.grid.Merge(c.Row, c.Col); ok {
				below = m.LastRow + 1
			}
			if i+1 < len(f.rows) && f.rows[i+1][0].Row == below && headed(f.rows[i+1], c.Col) {
				f.right(v, row, j)
			} else {
				f.set(v, below, c.Col)
			}
		}
	}
}

// headed reports whether a row prints a label in the column, or the head of
// 绩效指标.
func headed(row []labelCell, col int) bool {
	for _, c := range row {
		if c.Col == col && c.label != "" || c.label == "三级指标" {
			return true
		}
	}
	return false
}

// indicators reads 绩效指标, whose columns are headed in rows[head], and 总分
// below them.
func (f *form) indicators(head int) {
	columns := f.columns(head, &Indicator{})
	last := f.rows[len(f.rows)-1][0].Row
	var above Indicator
	for row := f.rows[head][0].Row + 1; row <= last; row++ {
		if f.isTotal(row, columns["三级指标"]) {
			f.fields(&f.table.Total, row, columns)
			return
		}
		if f.continues(row, columns) {
			continue
		}
		x := Indicator{}
		f.fields(&x, row, columns)
		own := f.level(&x.Level1, row, columns["一级指标"], above.Level1)
		if !own {
			f.level(&x.Level2, row, columns["二级指标"], above.Level2)
		} else {
			f.level(&x.Level2, row, columns["二级指标"], Text{})
		}
		above = x
		f.table.Indicators = append(f.table.Indicators, x)
	}
}

// isTotal reports whether a row prints 总分 left of the values.
func (f *form) isTotal(row, level3 int) bool {
	for col := 1; col <= level3; col++ {
		if c, ok := f.grid.At(row, col); ok && c.Kind == xlsx.String && Label(c.Text) == "总分" {
			return true
		}
	}
	return false
}

// continues reports whether a row only makes the one above it higher: its cells
// are merged with those above.
func (f *form) continues(row int, columns map[string]int) bool {
	for label, col := range columns {
		if label == "一级指标" || label == "二级指标" {
			continue
		}
		if m, ok := f.grid.Merge(row, col); ok && m.FirstRow < row {
			return true
		}
	}
	return false
}

// level reads the name of a level, which stands once for all its rows: merged
// over them, or in the first of them. It reports whether the row begins a new
// one.
func (f *form) level(v *Text, row, col int, above Text) bool {
	if col == 0 {
		return false
	}
	top := row
	if m, ok := f.grid.Merge(row, col); ok {
		top = m.FirstRow
	}
	f.set(v, top, col)
	if v.Value == "" {
		v.Value = above.Value
		return false
	}
	v.Value = LevelName(v.Value)
	return top == row
}
