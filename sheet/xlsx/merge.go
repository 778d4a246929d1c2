package xlsx

import (
	"cmp"
	"math/bits"
	"slices"
)

// mergeIndex finds the merged area of a cell in logarithmic time, however many
// areas there are and wherever they lie.
//
// It is an interval tree over the rows, kept as one sorted slice. Of the rows
// of an area, the one with the most trailing zero bits is the area's node. A
// row can lie only in areas of 21 nodes, one for each count of trailing zeros.
// All areas of a node share the node's row, so areas that do not overlap have
// different columns, and a binary search by column finds the only candidate.
//
// Of a small sheet, as forms are, it knows the area of each cell besides.
type mergeIndex struct {
	areas  []mergedArea // by node, then column
	levels uint32       // bit k is set if some node has k trailing zeros

	small []uint16 // by row and column of the cells down to the last area: which area, from 1; 0 for none
	width int      // how many columns these have
}

type mergedArea struct {
	Range
	node int
}

// newMergeIndex returns the index of areas. Where areas of a node overlap (Excel writes
// no such thing), the leftmost stays, and of several the first.
func newMergeIndex(areas []Range) mergeIndex {
	list := make([]mergedArea, len(areas))
	for i, a := range areas {
		list[i] = mergedArea{a, a.node()}
	}
	slices.SortStableFunc(list, func(a, b mergedArea) int {
		return cmp.Or(a.node-b.node, a.FirstCol-b.FirstCol)
	})
	m := mergeIndex{areas: list[:0]}
	for _, a := range list {
		if n := len(m.areas); n > 0 {
			if last := m.areas[n-1]; last.node == a.node && last.LastCol >= a.FirstCol {
				continue
			}
		}
		m.areas = append(m.areas, a)
		m.levels |= 1 << bits.TrailingZeros(uint(a.node))
	}
	m.spread()
	return m
}

// mostSpread is how many cells a small sheet has at most.
const mostSpread = 2048

// spread writes the areas of a small sheet into their cells. Of areas that overlap
// search knows which one to take.
func (m *mergeIndex) spread() {
	rows, cols := 0, 0
	for _, a := range m.areas {
		rows, cols = max(rows, a.LastRow), max(cols, a.LastCol)
	}
	if rows > mostSpread || cols > mostSpread || rows*cols > mostSpread {
		return
	}
	small := make([]uint16, rows*cols)
	for i, a := range m.areas {
		for row := a.FirstRow; row <= a.LastRow; row++ {
			for col := a.FirstCol; col <= a.LastCol; col++ {
				cell := &small[(row-1)*cols+col-1]
				if *cell != 0 {
					return
				}
				*cell = uint16(i + 1)
			}
		}
	}
	m.small, m.width = small, cols
}

// node returns the row of the range that has the most trailing zero bits.
func (r Range) node() int {
	free := bits.Len(uint((r.FirstRow-1)^r.LastRow)) - 1
	return r.LastRow >> free << free
}

// at returns the area that holds the cell.
func (m *mergeIndex) at(row, col int) (Range, bool) {
	if m.width == 0 {
		return m.search(row, col)
	}
	if row < 1 || col < 1 || col > m.width || row > len(m.small)/m.width {
		return Range{}, false
	}
	i := m.small[(row-1)*m.width+col-1]
	if i == 0 {
		return Range{}, false
	}
	return m.areas[i-1].Range, true
}

// search is at for sheets that are not small.
func (m *mergeIndex) search(row, col int) (Range, bool) {
	if row < 1 || row > maxRow {
		return Range{}, false
	}
	for level := bits.TrailingZeros(uint(row)); m.levels>>level != 0; level++ {
		if m.levels>>level&1 == 0 {
			continue
		}
		node := (row>>level | 1) << level
		first, after := 0, len(m.areas) // of those after the one that may hold it
		for first < after {
			mid := int(uint(first+after) / 2)
			if a := &m.areas[mid]; a.node < node || a.node == node && a.FirstCol <= col {
				first = mid + 1
			} else {
				after = mid
			}
		}
		if after > 0 && m.areas[after-1].Contains(row, col) {
			return m.areas[after-1].Range, true
		}
	}
	return Range{}, false
}
