package sheet

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet/xlsx"
)

// Options are what a reader knows of the workbooks besides what stands in them.
type Options struct {
	// Key is what the records were sealed with when they were issued. Without it
	// a record is believed, whatever its seal.
	Key []byte
	// Layouts are the current versions of layouts by name.
	Layouts map[string]int
}

// compareIssued notices what was changed in a workbook since it was issued. Each form
// has a grid; record is nil where the workbook has none.
func compareIssued(wb *xlsx.Workbook, record *written, found []Found, grids []*xlsx.Grid, o Options) {
	if record == nil {
		switch {
		case strings.Contains(wb.Keywords(), Mark):
			found[0].Table.notice(Notice{Kind: NoticeRecordGone})
		case o.Key != nil:
			found[0].Table.notice(Notice{Kind: NoticeNoRecord})
		}
		return
	}
	issued, ok := record.decode()
	if !ok {
		found[0].Table.notice(Notice{Kind: NoticeRecordBad})
		return
	}
	i := issued.pick(found)
	c := comparison{issued: issued, grid: grids[i], table: found[i].Table, sheet: found[i].Sheet}
	c.record(record, o)
	c.run()
}

// pick returns which of the forms is the one that was issued: departments add
// sheets, and rename them.
func (r *issue) pick(found []Found) int {
	best, most := 0, -1
	for i, f := range found {
		n := 0
		if sameText(f.Table.Project.Value, r.Issued.Project) {
			n += 2
		}
		if f.Sheet == r.Sheet {
			n++
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// comparison is that of one form with what was issued.
type comparison struct {
	issued *issue
	grid   *xlsx.Grid
	table  *Table
	sheet  string

	values map[string][]Value // of the form, by cell
	rows   rowMap
	pairs  int                // of rows that were tried
	above  map[int]issuedCell // by column: the last one issued above the row that is compared
	cells  []Notice           // what is noticed about rows and cells
	known  int                // locked cells that hold a value of the form,
	other  int                // and how many of them were changed
	differ int                // locked cells that were changed, labels among them
}

// record notices what is wrong with the record itself.
func (c *comparison) record(w *written, o Options) {
	switch {
	case o.Key == nil:
	case w.seal == "":
		c.table.notice(Notice{Kind: NoticeUnsealed})
	case !sealed(o.Key, w.text, w.seal):
		c.table.notice(Notice{Kind: NoticeForged})
	}
	if now := o.Layouts[c.issued.Layout]; c.issued.Version < now {
		c.table.notice(Notice{Kind: NoticeVersion, Issued: fmt.Sprint(c.issued.Version), Now: fmt.Sprint(now)})
	}
}

// mostNotices is how many notices of rows and cells a form may have: nobody
// reads on.
const mostNotices = 200

// strange is how many changed cells may make a form another one.
const strange = 10

func (c *comparison) run() {
	if !c.grid.Protected() {
		c.table.notice(Notice{Kind: NoticeProtection})
	}
	c.values, c.above = map[string][]Value{}, map[int]issuedCell{}
	for _, v := range c.table.All() {
		if ref := v.At().Ref; ref != "" {
			c.values[ref] = append(c.values[ref], v)
		}
	}
	moved := c.owner()
	c.align()
	locked := 0
	for i := range c.issued.rows {
		row := &c.issued.rows[i]
		locked += row.locked
		c.row(row)
		for _, cell := range row.cells {
			c.above[cell.col] = cell
		}
	}
	switch {
	case moved && c.other*2 > c.known: // all of it is the other project's
	case c.differ > strange && c.differ*2 > locked:
		c.table.notice(Notice{Kind: NoticeForm})
	default:
		c.table.Notices = append(c.table.Notices, c.cells...)
	}
}

// owner notices that the form was issued for another project or year.
func (c *comparison) owner() (other bool) {
	issued, t := &c.issued.Issued, c.table
	if issued.Project != "" && t.Project.Value != "" && !sameText(issued.Project, t.Project.Value) {
		t.notice(Notice{Kind: NoticeProject, Cell: t.Project.Ref, Issued: issued.Project, Now: t.Project.Value})
		other = true
	}
	if issued.Year != 0 && t.Year.Known && issued.Year != t.Year.Value {
		t.notice(Notice{Kind: NoticeYear, Cell: t.Year.Ref, Issued: FormatNumber(issued.Year), Now: FormatNumber(t.Year.Value)})
		other = true
	}
	return other
}

// noticed reports whether something was said already about a cell as a whole.
func (c *comparison) noticed(ref string) bool {
	return slices.ContainsFunc(c.table.Notices, func(n Notice) bool { return n.Cell == ref })
}

func (c *comparison) notice(n Notice) {
	if len(c.cells) < mostNotices {
		c.cells = append(c.cells, n)
	}
}

// row compares the cells of an issued row with those of the row that it is now.
func (c *comparison) row(row *issuedRow) {
	now, ok := c.rows.to[row.row]
	if !ok {
		c.count(row)
		c.removed(row, "")
		return
	}
	for i := range row.cells {
		cell := &row.cells[i]
		for _, v := range c.values[xlsx.Ref(now, cell.col)] {
			at := v.At()
			at.Derived, at.Fixed = cell.formula != "", cell.value != nil
		}
	}
	if row.locked > 1 && c.emptied(row, now) {
		c.count(row)
		c.removed(row, xlsx.Ref(now, row.cells[0].col))
		return
	}
	for i := range row.cells {
		c.cell(&row.cells[i], now)
	}
	c.filled(row, now)
}

// count counts the locked cells of a row that is gone.
func (c *comparison) count(row *issuedRow) {
	c.differ += row.locked
	c.known += row.locked
	c.other += row.locked
}

// emptied reports whether nothing is left of what was locked in a row.
func (c *comparison) emptied(row *issuedRow, now int) bool {
	for _, cell := range row.cells {
		if at, ok := c.grid.At(now, cell.col); cell.value != nil && ok && at.Text != "" {
			return false
		}
	}
	return true
}

func (c *comparison) removed(row *issuedRow, ref string) {
	var texts []string
	for _, cell := range row.cells {
		if cell.value != nil {
			texts = append(texts, show(cell.value))
		}
	}
	n := Notice{Kind: NoticeRemoved, Cell: ref, Issued: rowsText(row.row, row.row) + "：" + strings.Join(texts, "、")}
	if len(texts) == 0 {
		n = Notice{Kind: NoticeRemovedBlank, Issued: rowsText(row.row, row.row)}
	}
	c.notice(n)
}

// rowsText names rows.
func rowsText(first, last int) string {
	if first == last {
		return fmt.Sprintf("第 %d 行", first)
	}
	return fmt.Sprintf("第 %d–%d 行", first, last)
}

// show returns what was issued in a locked cell as a person would read it.
func show(v any) string {
	if n, ok := v.(float64); ok {
		return FormatNumber(n)
	}
	return v.(string)
}

// cell compares an issued cell with what stands there now.
func (c *comparison) cell(issued *issuedCell, row int) {
	ref := xlsx.Ref(row, issued.col)
	now, _ := c.grid.At(row, issued.col)
	switch {
	case issued.formula != "":
		// What is no formula any more, Derived tells. A shared formula is not read.
		if now.Formula != "" && !c.sameFormula(issued.formula, now.Formula) {
			c.notice(Notice{Kind: NoticeFormula, Cell: ref, Issued: "=" + issued.formula, Now: "=" + now.Formula})
		}
	case issued.value != nil:
		value := len(c.values[ref]) > 0
		if value {
			c.known++
		}
		if sameCell(issued.value, now) || c.noticed(ref) {
			return
		}
		c.differ++
		if value {
			c.other++
		}
		n := Notice{Kind: NoticeLocked, Cell: ref, Issued: show(issued.value), Now: now.Text}
		if now.HasFormula && now.Formula != "" {
			n.Now = "=" + now.Formula
		}
		c.notice(n)
	}
}

// sameCell reports whether a cell says what was issued in it. White space says
// nothing, nor does the way a number is written.
func sameCell(issued any, now xlsx.Cell) bool {
	switch v := issued.(type) {
	case string:
		return sameText(v, now.Text)
	case float64:
		switch now.Kind {
		case xlsx.Number:
			return FormatNumber(v) == FormatNumber(now.Value)
		case xlsx.String:
			if n, _, ok := ParseNumber(now.Text); ok {
				return FormatNumber(v) == FormatNumber(n)
			}
			year, ok := yearIn(now)
			return ok && v == float64(year)
		}
	}
	return false
}

func sameText(a, b string) bool { return a == b || foldSpace(a) == foldSpace(b) }

// filled notices what stands where the form was issued empty and locked.
func (c *comparison) filled(row *issuedRow, now int) {
	i := 0
	for _, cell := range c.grid.Row(now) {
		for i < len(row.cells) && row.cells[i].col < cell.Col {
			i++
		}
		switch {
		case i < len(row.cells) && row.cells[i].col == cell.Col, cell.Col > c.issued.width, Blank(cell.Text):
		case c.repeats(cell):
		default:
			c.differ++
			c.notice(Notice{Kind: NoticeLocked, Cell: xlsx.Ref(now, cell.Col), Now: cell.Text})
		}
	}
}

// repeats reports whether a cell only says again what was issued above it: in
// a form whose merged cells were taken apart, the name of a level.
func (c *comparison) repeats(now xlsx.Cell) bool {
	above := c.above[now.Col].value
	return above != nil && sameCell(above, now)
}
