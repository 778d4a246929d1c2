package issued

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Options are what a reader knows of the workbooks besides what stands in them.
type Options struct {
	// Key is what the records were sealed with when they were issued. Without it
	// a record is believed, whatever its seal.
	Key []byte
	// Version returns the current version of a layout, 0 where there is none of the
	// name; nil where it is not known. It may be called from several goroutines.
	Version func(layout string) int
	// Forms are those that a workbook may hold; nil stands for sheet.Forms.
	Forms []*sheet.Form
	// Limits bound what reading a workbook may cost.
	Limits xlsx.Limits
}

// compareIssued notices what was changed in a workbook since it was issued. Each
// form has a grid; record is nil where the workbook has none.
func Compare(wb *xlsx.Workbook, record *Written, found []sheet.Found, grids []*xlsx.Grid, o Options) {
	if record == nil {
		switch {
		case strings.TrimSpace(wb.Description()) == Mark:
			found[0].Table.AddNotice(sheet.Notice{Kind: sheet.NoticeRecordGone})
		case len(o.Key) > 0:
			for _, f := range found {
				f.Table.AddNotice(sheet.Notice{Kind: sheet.NoticeNoRecord})
			}
		}
		return
	}
	issued, ok := record.decode()
	if !ok {
		found[0].Table.AddNotice(sheet.Notice{Kind: sheet.NoticeRecordBad})
		return
	}
	i := issued.pick(found)
	c := comparison{issued: issued, grid: grids[i], table: found[i].Table, sheet: found[i].Sheet}
	for j, f := range found {
		if j == i {
			continue
		}
		f.Table.AddNotice(sheet.Notice{Kind: sheet.NoticeBeside})
		if grids[j] == grids[i] {
			c.others = append(c.others, f.Table)
		}
	}
	c.table.Blank = issued.blank || issued.project == "" && !c.table.Form.OfDepartment() // records of before do not say it
	c.record(record, o)
	if issued.checked && !(livecheck.Works(wb) && slices.ContainsFunc(c.grid.Cells(), func(x xlsx.Cell) bool { return livecheck.IsCount(x.Formula) })) {
		c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeChecks})
	}
	c.run()
}

// pick returns which of the forms is the one that was issued: departments add
// sheets, and rename them.
func (r *issue) pick(found []sheet.Found) int {
	best, most := 0, -1
	for i, f := range found {
		n := 0
		if quantity.SameText(f.Table.Project.Value, r.project) {
			n += 2
		}
		if f.Sheet == r.sheet {
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
	table  *sheet.Table
	sheet  string
	others []*sheet.Table // on the same sheet

	rows    rowMap
	top     int // the rows of the sheet that may be the form's
	bottom  int
	stayed  bool            // every locked cell says what it said, in its old place
	pairs   int             // of rows that were tried
	above   []*issuedCell   // by column: the last one issued above the row that is compared
	cells   []sheet.Notice  // what is noticed about rows and cells
	names   map[string]bool // the cells of 三级指标 that were locked
	renamed int             // how many of them were changed
	differ  int             // locked cells that were changed, labels among them
}

// record notices what is wrong with the record itself.
func (c *comparison) record(w *Written, o Options) {
	if len(o.Key) > 0 {
		if w.seal == "" {
			c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeUnsealed})
		} else if !sealed(o.Key, w.text, w.seal) {
			c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeForged})
		}
		if c.table.Blank {
			c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeBlank, Cell: c.table.Project.Ref, Now: c.table.Project.Value})
		}
	}
	now := 0
	if o.Version != nil {
		now = o.Version(c.issued.layout)
	}
	if c.issued.version < float64(now) {
		c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeVersion, Issued: quantity.FormatNumber(c.issued.version), Now: fmt.Sprint(now)})
	}
}

// mostNotices is how many notices of rows and cells a form may have: nobody
// reads on.
const mostNotices = 200

// strange is how many changed cells may make a form another one.
const strange = 10

// run notices what was changed in the form. Where it was issued for another
// project and most of its 三级指标 differ too, that is all there is to say; where
// most of its cells differ, or its columns have moved, that they do.
func (c *comparison) run() {
	if !c.grid.Protected() {
		c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeProtection})
	}
	c.above = make([]*issuedCell, c.issued.width+1)
	other := c.owner()
	c.align()
	c.mark()
	locked := 0
	for i := range c.issued.rows {
		row := &c.issued.rows[i]
		locked += row.locked
		c.row(row)
		for j := range row.cells {
			c.above[row.cells[j].col] = &row.cells[j]
		}
	}
	c.totals()
	c.unlocked()
	switch {
	case other && c.renamed*2 > len(c.names): // all of it is the other project's
		return
	case c.differ > strange && (c.differ*2 > locked || c.columnsMoved()):
		c.table.AddNotice(sheet.Notice{Kind: sheet.NoticeForm})
		for v := range c.table.Values() {
			at := v.At()
			at.Derived, at.Issued, at.Fixed = false, "", false
		}
	default:
		c.table.Notices = append(c.table.Notices, c.cells...)
		c.judgeByIssued()
	}
}

// judgeByIssued lets what was locked and says something else now be judged by as it was
// issued: targets and numbers, if their row is still that of its indicator or source.
// What is put together of several cells, or stands in a label, stays what it is.
func (c *comparison) judgeByIssued() {
	changed := map[string]string{} // what was issued, by cell
	for _, n := range c.cells {
		if n.Kind == sheet.NoticeLocked {
			changed[n.Cell] = n.Issued
		}
	}
	if len(changed) == 0 {
		return
	}
	for i := range c.table.Indicators {
		x := &c.table.Indicators[i]
		if _, renamed := changed[x.Level3.Ref]; renamed {
			continue
		}
		if x.Target.Fixed && quantity.SameText(x.Target.Value, x.Target.Typed) {
			x.Target.Counts = changed[x.Target.Ref]
		}
		countIssued(&x.Weight, changed)
	}
	for i := range c.table.Funds {
		x := &c.table.Funds[i]
		if _, renamed := changed[x.Source.Ref]; !renamed {
			for _, label := range append([]string{sheet.LabelWeight}, sheet.Amounts...) {
				countIssued(sheet.Lookup(x, label).(*sheet.Number), changed)
			}
		}
	}
}

// countIssued lets the number that was issued count.
func countIssued(n *sheet.Number, changed map[string]string) {
	if _, _, isNumber := quantity.ParseNumber(changed[n.Ref]); n.Fixed && isNumber {
		n.Counts = changed[n.Ref]
	}
}

// mark tells the values of the form what was issued in their cells.
func (c *comparison) mark() {
	was := c.rows.back()
	c.names = map[string]bool{}
	for _, p := range c.table.Parts() {
		for f := range sheet.Fields(p.Part) {
			at := f.Value.At()
			row, col, ok := xlsx.ParseRef(at.Ref)
			if !ok {
				continue
			}
			if c.rows.to != nil {
				row = was[row]
			}
			cell := c.issued.cell(row, col)
			if cell == nil {
				continue
			}
			at.Derived, at.Fixed, at.Input = cell.kind == issuedFormula, cell.locked(), cell.kind == issuedInput
			if at.Derived && at.Formula == "" {
				if formula, ok := c.translated(cell.text); ok {
					at.Issued = formula
				}
			}
			if at.Fixed && f.Label == sheet.LabelLevel3 {
				c.names[at.Ref] = true
			}
		}
	}
}

// unlocked notices the cells that could not be changed when the form was issued and
// now can, though the sheet is protected.
func (c *comparison) unlocked() {
	if !c.grid.Protected() {
		return
	}
	was := c.rows.back()
	var refs []string
	for _, now := range c.grid.Cells() {
		if !now.Unlocked {
			continue
		}
		row := now.Row
		if c.rows.to != nil {
			row = was[row]
		}
		if cell := c.issued.cell(row, now.Col); cell != nil && cell.kind != issuedInput {
			refs = append(refs, xlsx.Ref(now.Row, now.Col))
		}
	}
	if len(refs) > 0 {
		c.notice(sheet.Notice{Kind: sheet.NoticeUnlocked, Cell: refs[0], Now: sheet.Several(refs)})
	}
}

// owner notices that the form was issued for another project or year.
func (c *comparison) owner() (other bool) {
	issued, t := c.issued, c.table
	if issued.project != "" && t.Project.Value != "" && !quantity.SameText(issued.project, t.Project.Value) {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeProject, Cell: t.Project.Ref, Issued: issued.project, Now: t.Project.Value})
		other = true
	}
	if issued.year != 0 && t.Year.Known && issued.year != t.Year.Value {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeYear, Cell: t.Year.Ref, Issued: quantity.FormatNumber(issued.year), Now: quantity.FormatNumber(t.Year.Value)})
		other = true
	}
	return other
}

// noticed reports whether a cell is already said to name another project or year.
func (c *comparison) noticed(ref string) bool {
	return slices.ContainsFunc(c.table.Notices, func(n sheet.Notice) bool {
		return n.Cell == ref && (n.Kind == sheet.NoticeProject || n.Kind == sheet.NoticeYear)
	})
}

func (c *comparison) notice(n sheet.Notice) {
	if len(c.cells) < mostNotices {
		c.cells = append(c.cells, n)
	}
}

// row compares the cells of an issued row with those of the row that it is now.
func (c *comparison) row(row *issuedRow) {
	now, ok := c.rows.now(row.row)
	if !ok {
		c.differ += row.locked
		c.removed(row, "")
		return
	}
	if row.locked > 1 && c.emptied(row, now) {
		c.differ += row.locked
		c.removed(row, xlsx.Ref(now, row.cells[0].col))
		return
	}
	for i := range row.cells {
		c.cell(&row.cells[i], now)
	}
	c.filled(row, now)
}

// emptied reports whether nothing is left of what was locked in a row.
func (c *comparison) emptied(row *issuedRow, now int) bool {
	for _, cell := range row.cells {
		if at, ok := c.grid.At(now, cell.col); cell.locked() && ok && at.Text != "" {
			return false
		}
	}
	return true
}

func (c *comparison) removed(row *issuedRow, ref string) {
	var texts []string
	for _, cell := range row.cells {
		if cell.locked() {
			texts = append(texts, cell.show())
		}
	}
	n := sheet.Notice{Kind: sheet.NoticeRemoved, Cell: ref, Issued: rowsText(row.row, row.row) + "：" + strings.Join(texts, "、")}
	if len(texts) == 0 {
		n = sheet.Notice{Kind: sheet.NoticeRemovedBlank, Issued: rowsText(row.row, row.row)}
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

// cell compares an issued cell with what stands there now.
func (c *comparison) cell(issued *issuedCell, row int) {
	if issued.kind == issuedInput || c.stayed && issued.locked() {
		return
	}
	now, _ := c.grid.At(row, issued.col)
	if issued.kind == issuedFormula {
		// What is no formula any more, Derived tells.
		if now.HasFormula && (now.Formula == "" || !c.sameFormula(issued.text, now.Formula)) {
			was, _ := c.translated(issued.text)
			n := sheet.Notice{Kind: sheet.NoticeFormula, Cell: xlsx.Ref(row, issued.col), Issued: "=" + was, Now: "没有写明的公式（共用的公式无法展开，或者是模拟运算表）"}
			if now.Formula != "" {
				n.Now = "=" + now.Formula
			}
			c.notice(n)
		}
		return
	}
	ref := xlsx.Ref(row, issued.col)
	if issued.same(now) || c.noticed(ref) {
		return
	}
	c.differ++
	if c.names[ref] {
		c.renamed++
	}
	n := sheet.Notice{Kind: sheet.NoticeLocked, Cell: ref, Issued: issued.show(), Now: now.Text}
	if now.Formula != "" {
		n.Now = "=" + now.Formula
	}
	c.notice(n)
}

// same reports whether a cell says what was issued in it. White space says
// nothing, nor does the way a number is written.
func (c *issuedCell) same(now xlsx.Cell) bool {
	switch {
	case now.HasFormula:
		return false
	case c.kind == issuedText:
		return quantity.SameText(c.text, now.Text)
	case now.Kind == xlsx.Number:
		return c.number == now.Value || quantity.FormatNumber(c.number) == quantity.FormatNumber(now.Value)
	case now.Kind == xlsx.String:
		if n, _, ok := quantity.ParseNumber(now.Text); ok {
			return quantity.FormatNumber(c.number) == quantity.FormatNumber(n)
		}
		year, _ := quantity.YearIn(now.Text)
		return year != 0 && c.number == float64(year)
	}
	return false
}

// filled notices what stands where the form was issued empty and locked.
func (c *comparison) filled(row *issuedRow, now int) {
	i := 0
	for _, cell := range c.grid.Row(now) {
		for i < len(row.cells) && row.cells[i].col < cell.Col {
			i++
		}
		switch {
		case i < len(row.cells) && row.cells[i].col == cell.Col, cell.Col > c.issued.width, quantity.Blank(cell.Text):
			continue
		case c.repeats(cell):
			continue
		default:
			c.differ++
			c.notice(sheet.Notice{Kind: sheet.NoticeLocked, Cell: xlsx.Ref(now, cell.Col), Now: cell.Text})
		}
	}
}

// repeats reports whether a cell only says again what was issued above it: in
// a form whose merged cells were taken apart, the name of a level.
func (c *comparison) repeats(now xlsx.Cell) bool {
	above := c.above[now.Col] // who asks has made sure that the form has the column
	return above != nil && above.locked() && above.same(now)
}
