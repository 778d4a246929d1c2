package template

import (
	"math"

	"ziping/sheet/xlsx"
)

// setHeights makes every line high enough for its own cells, then for those
// that cover several lines.
func (p *plan) setHeights() {
	for _, ln := range p.lines {
		ln.height = ln.Height
	}
	for _, b := range p.boxes {
		if b.until == b.line {
			p.lines[b.line].height = max(p.lines[b.line].height, p.need(b))
		}
	}
	for _, b := range p.boxes {
		have := 0.0
		for _, ln := range p.lines[b.line : b.until+1] {
			have += ln.height
		}
		if lack := p.need(b) - have; lack > 0 {
			p.lines[b.until].height += lack
		}
	}
	for _, ln := range p.lines {
		ln.rows = max(1, int(math.Ceil(ln.height/xlsx.MaxRowHeight)))
	}
}

// grows reports of a row of the sheet whether it grows with what is typed into it:
// those that are drawn for each row of a list, with a cell of their own for what is
// typed. No program changes a height for a cell that is merged.
func (p *plan) grows() func(row int) bool {
	rows := map[int]bool{}
	for _, ln := range p.lines {
		if ln.Each != "" && ln.rows == 1 {
			rows[ln.top] = true
		}
	}
	return func(row int) bool { return rows[row] }
}

// need returns the height that a box's text takes, in points.
func (p *plan) need(b *box) float64 {
	text, ok := b.value.(string)
	if !ok {
		return 0
	}
	return math.Ceil(xlsx.TextHeight(text, p.layout.size(b.Style), p.layout.Columns[b.first-1:b.last]...))
}
