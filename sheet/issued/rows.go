package issued

import (
	"maps"
	"slices"
	"sort"

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
	c.stayed = c.unchanged()
	if c.stayed {
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
			same[at] = k.same(a[i], b[j])
			if same[at] {
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

// row returns what was issued in a row, nil if nothing was.
func (r *issue) row(n int) *issuedRow {
	i := sort.Search(len(r.rows), func(i int) bool { return r.rows[i].row >= n })
	if i == len(r.rows) || r.rows[i].row != n {
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
	for i := range in.cells { // a few
		if in.cells[i].col == col {
			return &in.cells[i]
		}
	}
	return nil
}
