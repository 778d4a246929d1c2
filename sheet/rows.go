package sheet

import (
	"cmp"
	"slices"
)

// Rows lists what the form prints, named as Labels does, as it stands on the sheet: row
// by row from the left, what is in columns or rows where its first value is. It is nil
// where no cell is known.
func (t *Table) Rows() [][]string {
	type place struct {
		name     string
		row, col int
	}
	var places []place
	seen := map[string]bool{}
	for path, v := range t.All() {
		name := path.Column()
		row, col := splitRef(v.At().Ref)
		if row == 0 || seen[name] {
			continue
		}
		seen[name] = true
		places = append(places, place{name, row, col})
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Or(a.row-b.row, a.col-b.col) })
	var rows [][]string
	last := 0
	for _, p := range places {
		if p.row != last {
			rows = append(rows, nil)
		}
		last = p.row
		rows[len(rows)-1] = append(rows[len(rows)-1], p.name)
	}
	return rows
}

// splitRef returns where a cell is: 13 and 8 of H13, zero where that is not known.
func splitRef(ref string) (row, col int) {
	for _, c := range []byte(ref) {
		switch {
		case c >= 'A' && c <= 'Z' && row == 0:
			col = col*26 + int(c-'A') + 1
		case c >= '0' && c <= '9':
			row = row*10 + int(c-'0')
		default:
			return row, col
		}
	}
	return row, col
}
