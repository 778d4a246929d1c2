package issued

import (
	"slices"

	"ziping/sheet"
)

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
				continue
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
