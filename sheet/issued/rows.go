package issued

import (
	"maps"
	"slices"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// rowMap tells where the issued rows stand now.
type rowMap struct {
	to     map[int]int // those that are there still; nil where all are in their old places
	issued []int       // their numbers when issued, rising
}

func (m *rowMap) now(was int) (row int, ok bool) {
	if m.to == nil {
		return was, true
	}
	row, ok = m.to[was]
	return row, ok
}

// back returns the numbers that the rows had when they were issued; nil where all are
// in their old places.
func (m *rowMap) back() map[int]int {
	if m.to == nil {
		return nil
	}
	was := make(map[int]int, len(m.issued))
	for _, row := range m.issued {
		was[m.to[row]] = row
	}
	return was
}

// pair is an issued row and the row that it is now.
type pair struct{ was, now int }

// mostTries and mostPairs bound the work of finding rows again. A form of a
// thousand indicators takes a million steps; of pairs only rows between two that
// were found again are tried.
const (
	mostTries = 4 << 20
	mostPairs = 1 << 18
)

// align finds the issued rows in the form as it is now.
func (c *comparison) align() {
	if c.stayed = c.unchanged(); c.stayed {
		return
	}
	c.rows.to = make(map[int]int, len(c.issued.rows))
	c.extent()
	c.realign()
	c.rows.issued = slices.Sorted(maps.Keys(c.rows.to))
}

// unchanged reports whether every locked cell says what it said, where it was.
func (c *comparison) unchanged() bool {
	for i := range c.issued.rows {
		for j := range c.issued.rows[i].cells {
			cell := &c.issued.rows[i].cells[j]
			if !cell.locked() {
				continue
			}
			if now, _ := c.grid.At(cell.row, cell.col); !cell.same(now) {
				return false
			}
		}
	}
	return true
}

// realign compares the rows by what is locked in them. Rows with the same
// content in the same order are fixed points; of the others, those that are found
// elsewhere were moved, and those between two fixed points are compared in order.
func (c *comparison) realign() {
	k := newKeys(c)
	fixed := k.common()
	taken := map[int]bool{}
	for _, p := range fixed {
		c.rows.to[p.was], taken[p.now] = p.now, true
	}
	for _, p := range k.moved(c.rows.to, taken) {
		c.rows.to[p.was], taken[p.now] = p.now, true
		c.notice(sheet.Notice{Kind: sheet.NoticeMoved, Cell: c.firstCell(p.now), Issued: rowsText(p.was, p.was), Now: rowsText(p.now, p.now)})
	}
	c.between(fixed, taken)
}

// firstCell returns the first filled cell of a row, of a blank one the first that
// can be seen.
func (c *comparison) firstCell(row int) string {
	if cells := c.grid.Row(row); len(cells) > 0 {
		return xlsx.Ref(row, cells[0].Col)
	}
	col := 1
	for m, ok := c.grid.Merge(row, col); ok && m.FirstRow < row; m, ok = c.grid.Merge(row, col) {
		col = m.LastCol + 1
	}
	return xlsx.Ref(row, col)
}

// keys are the rows with their texts in a form that can be compared quickly.
type keys struct {
	issued []*issuedRow // with something locked in them
	now    []int        // rows of the form as it is
	was    map[int]map[int]string
	is     map[int]map[int]string // by row and column
}

func newKeys(c *comparison) *keys {
	k := &keys{was: map[int]map[int]string{}, is: map[int]map[int]string{}}
	for i := range c.issued.rows {
		row := &c.issued.rows[i]
		if row.locked == 0 {
			continue
		}
		k.issued = append(k.issued, row)
		m := make(map[int]string, row.locked)
		for _, cell := range row.cells {
			if cell.locked() {
				m[cell.col] = quantity.FoldSpace(cell.show())
			}
		}
		k.was[row.row] = m
	}
	for _, cell := range c.grid.Cells() {
		if cell.Row < c.top || cell.Row > c.bottom {
			continue
		}
		m := k.is[cell.Row]
		if m == nil {
			m = map[int]string{}
			k.is[cell.Row] = m
			k.now = append(k.now, cell.Row)
		}
		m[cell.Col] = keyOf(cell)
	}
	return k
}

// span returns the first and the last row in which a value of the form stands.
func rowsSpan(t *sheet.Table) (first, last int) {
	for v := range t.Values() {
		if row, _, ok := xlsx.ParseRef(v.At().Ref); ok {
			if first == 0 || row < first {
				first = row
			}
			last = max(last, row)
		}
	}
	return first, last
}

// titleRows is how many rows above the first value of a form are its title.
const titleRows = 2

// extent finds the rows of the sheet that may be the form's: all, but for those
// of other forms on it.
func (c *comparison) extent() {
	first, _ := rowsSpan(c.table)
	c.bottom = 1 << 30
	for _, t := range c.others {
		switch above, below := rowsSpan(t); {
		case below < first:
			c.top = max(c.top, below+1)
		case above > first:
			c.bottom = min(c.bottom, above-titleRows-1)
		}
	}
}

// same reports whether everything that was locked in a row stands in another.
func (k *keys) same(was *issuedRow, now int) bool {
	is := k.is[now]
	if len(is) < was.locked {
		return false
	}
	for col, text := range k.was[was.row] {
		if is[col] != text {
			return false
		}
	}
	return true
}

// common returns the longest run of rows that are the same in the same order.
func (k *keys) common() []pair {
	var head, tail []pair
	a, b := k.issued, k.now
	for len(a) > 0 && len(b) > 0 && k.same(a[0], b[0]) {
		head = append(head, pair{a[0].row, b[0]})
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && k.same(a[len(a)-1], b[len(b)-1]) {
		tail = append(tail, pair{a[len(a)-1].row, b[len(b)-1]})
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	slices.Reverse(tail)
	if len(a)*len(b) <= mostTries {
		head = append(head, k.subsequence(a, b)...)
	}
	return append(head, tail...)
}

// subsequence returns the longest common subsequence.
func (k *keys) subsequence(a []*issuedRow, b []int) []pair {
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width) // of what begins at a[i], b[j]
	same := make([]bool, len(longest))
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			at := i*width + j
			if same[at] = k.same(a[i], b[j]); same[at] {
				longest[at] = longest[at+width+1] + 1
			} else {
				longest[at] = max(longest[at+width], longest[at+1])
			}
		}
	}
	var list []pair
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch at := i*width + j; {
		case same[at]:
			list = append(list, pair{a[i].row, b[j]})
			i, j = i+1, j+1
		case longest[at+width] >= longest[at+1]:
			i++
		default:
			j++
		}
	}
	return list
}

// moved returns rows that stand as they were in another place. One number or
// label alone is too little to tell a row by.
func (k *keys) moved(to map[int]int, taken map[int]bool) []pair {
	var list []pair
	steps := 0
	for _, row := range k.issued {
		if _, ok := to[row.row]; ok || row.locked < 2 {
			continue
		}
		for _, now := range k.now {
			if steps++; steps > mostTries {
				return list
			}
			if !taken[now] && k.same(row, now) {
				taken[now] = true
				list = append(list, pair{row.row, now})
				break
			}
		}
	}
	return list
}

// between pairs the rows that are left between two fixed points, before the
// first and after the last.
func (c *comparison) between(fixed []pair, taken map[int]bool) {
	rows := c.issued.rows
	first, last := rows[0].row, rows[len(rows)-1].row
	if len(fixed) == 0 {
		fixed = []pair{{first, first}}
		c.rows.to[first], taken[first] = first, true
	}
	// Before the first, and after the last of them the form may have anything
	// above and below it: what is there counts only where an issued row was.
	c.shift(first, fixed[0].was-1, fixed[0])
	for i, p := range fixed[:len(fixed)-1] {
		next := fixed[i+1]
		c.inserted(c.gap(c.left(p.was+1, next.was-1), free(p.now+1, next.now-1, taken)))
	}
	end := fixed[len(fixed)-1]
	if was := c.left(end.was+1, last); len(was) > 0 {
		c.gap(was, free(end.now+1, min(c.bottom, c.lastRow(), end.now+len(was)+mostBelow), taken))
	}
}

// mostBelow is how many rows more than were issued are looked at below the last
// fixed point.
const mostBelow = 20

// lastRow returns the last row of the sheet in which something stands.
func (c *comparison) lastRow() int {
	cells := c.grid.Cells()
	return cells[len(cells)-1].Row
}

// shift gives issued rows that are left the places that they have beside a
// fixed point.
func (c *comparison) shift(first, last int, by pair) {
	for i := range c.issued.rows {
		row := c.issued.rows[i].row
		if _, ok := c.rows.to[row]; ok || row < first || row > last {
			continue
		}
		if now := row - by.was + by.now; now > 0 {
			c.rows.to[row] = now
		}
	}
}

// left returns the issued rows from first to last that were not found yet, and
// free the rows of the form that are none of those found. Rows without anything
// in them are among both: an empty row takes its place like any other.
func (c *comparison) left(first, last int) []int {
	var list []int
	for row := first; row <= min(last, first+mostGap); row++ {
		if _, ok := c.rows.to[row]; !ok {
			list = append(list, row)
		}
	}
	return list
}

func free(first, last int, taken map[int]bool) []int {
	var list []int
	for row := first; row <= min(last, first+mostGap); row++ {
		if !taken[row] {
			list = append(list, row)
		}
	}
	return list
}

// mostGap is how many rows between two fixed points are looked at.
const mostGap = 1000

// gap pairs rows between two fixed points, and notices those that were inserted
// above any of them. It returns those below the last.
func (c *comparison) gap(was, now []int) (below []int) {
	c.pairs += len(was) * len(now)
	if len(was) == len(now) || c.pairs > mostPairs {
		n := min(len(was), len(now))
		for i := range n {
			c.rows.to[was[i]] = now[i]
		}
		return now[n:]
	}
	for _, p := range c.cheapest(was, now) {
		c.rows.to[p.was] = p.now
		i := slices.Index(now, p.now)
		c.inserted(now[:i])
		now = now[i+1:]
	}
	return now
}

// inserted notices rows that were not issued, a run of them at a time.
func (c *comparison) inserted(rows []int) {
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n] == rows[n-1]+1 {
			n++
		}
		cell := c.firstCell(rows[0])
		for _, row := range rows[:n] { // rather one with something in it
			if len(c.grid.Row(row)) > 0 {
				cell = c.firstCell(row)
				break
			}
		}
		c.notice(sheet.Notice{Kind: sheet.NoticeInserted, Cell: cell, Now: rowsText(rows[0], rows[n-1])})
		rows = rows[n:]
	}
}

// What it costs to take rows for changed, removed or inserted: a changed row is
// likelier than a removed and an inserted one.
const (
	costChanged = 3 // with nothing left of what was locked
	costGap     = 2
	costBlank   = 1.5
)

// cheapest pairs rows, in order, so that the least was changed.
func (c *comparison) cheapest(was, now []int) []pair {
	width := len(now) + 1
	cost := make([]float64, (len(was)+1)*width) // of what begins at was[i], now[j]
	for i := len(was); i >= 0; i-- {
		for j := len(now); j >= 0; j-- {
			at := i*width + j
			switch {
			case i == len(was) && j == len(now):
			case i == len(was):
				cost[at] = cost[at+1] + c.costOf(now[j])
			case j == len(now):
				cost[at] = cost[at+width] + costGap
			default:
				cost[at] = min(cost[at+width+1]+c.costChange(was[i], now[j]), cost[at+width]+costGap, cost[at+1]+c.costOf(now[j]))
			}
		}
	}
	var list []pair
	for i, j := 0, 0; i < len(was) && j < len(now); {
		switch at := i*width + j; cost[at] {
		case cost[at+width+1] + c.costChange(was[i], now[j]):
			list = append(list, pair{was[i], now[j]})
			i, j = i+1, j+1
		case cost[at+1] + c.costOf(now[j]):
			j++
		default:
			i++
		}
	}
	return list
}

func (c *comparison) costOf(now int) float64 {
	if len(c.grid.Row(now)) == 0 {
		return costBlank
	}
	return costGap
}

// costChange is the share of a row's locked cells that differ.
func (c *comparison) costChange(was, now int) float64 {
	row := c.issued.row(was)
	cells := c.grid.Row(now)
	if row == nil { // nothing was issued there
		return float64(min(len(cells), costChanged))
	}
	differ, all := 0, 0
	for _, cell := range row.cells {
		at, ok := c.grid.At(now, cell.col)
		switch {
		case cell.locked() && !cell.same(at), cell.kind == issuedFormula && !at.HasFormula:
			differ++
			all++
		case cell.kind != issuedInput:
			all++
		case ok:
			cells = cells[1:]
		}
	}
	if all == 0 {
		return float64(min(len(cells), costChanged))
	}
	return costChanged * float64(differ) / float64(all)
}

// row returns what was issued in a row, nil if nothing was.
func (r *issue) row(n int) *issuedRow {
	i, ok := slices.BinarySearchFunc(r.rows, n, func(row issuedRow, n int) int { return row.row - n })
	if !ok {
		return nil
	}
	return &r.rows[i]
}

// cell returns what was issued in a cell, nil if nothing was.
func (r *issue) cell(row, col int) *issuedCell {
	in := r.row(row)
	if in == nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(in.cells, col, func(c issuedCell, col int) int { return c.col - col })
	if !ok {
		return nil
	}
	return &in.cells[i]
}
