package xlsx

import (
	"fmt"
	"math/rand"
	"testing"
)

// disjoint makes areas that do not overlap, by cutting a rectangle again and
// again.
func disjoint(rnd *rand.Rand, r Range, pieces int) []Range {
	if pieces <= 1 {
		if rnd.Intn(4) == 0 {
			return nil // a hole
		}
		return []Range{r}
	}
	a, b := r, r
	if rnd.Intn(2) == 0 {
		cut := r.FirstRow + rnd.Intn(r.LastRow-r.FirstRow+1)
		a.LastRow, b.FirstRow = cut, cut+1
	} else {
		cut := r.FirstCol + rnd.Intn(r.LastCol-r.FirstCol+1)
		a.LastCol, b.FirstCol = cut, cut+1
	}
	if b.FirstRow > b.LastRow || b.FirstCol > b.LastCol {
		return disjoint(rnd, a, pieces-1)
	}
	return append(disjoint(rnd, a, pieces/2), disjoint(rnd, b, pieces-pieces/2)...)
}

func TestMergeIndex(t *testing.T) {
	for seed := range int64(300) {
		rnd := rand.New(rand.NewSource(seed))
		whole := Range{1 + rnd.Intn(40), 1, 41 + rnd.Intn(40), 30}
		areas := disjoint(rnd, whole, 1+rnd.Intn(80))
		rnd.Shuffle(len(areas), func(i, j int) { areas[i], areas[j] = areas[j], areas[i] })
		m := newMergeIndex(append([]Range(nil), areas...))
		for row := 0; row < 90; row++ {
			for col := 0; col < 35; col++ {
				var want Range
				for _, a := range areas {
					if a.Contains(row, col) {
						want = a
					}
				}
				if got, ok := m.at(row, col); got != want || ok != (want != Range{}) {
					t.Fatalf("seed %d: find(%d, %d) = %v, want %v", seed, row, col, got, want)
				}
				if got, _ := m.search(row, col); got != want {
					t.Fatalf("seed %d: search(%d, %d) = %v, want %v", seed, row, col, got, want)
				}
			}
		}
	}
}

func TestMergeIndexAtTheEdges(t *testing.T) {
	last := Range{maxRow - 1, maxCol - 1, maxRow, maxCol}
	m := newMergeIndex([]Range{last, {1, 1, maxRow, 2}})
	for _, tt := range []struct {
		row, col int
		want     string
	}{
		{maxRow, maxCol, "XFC1048575:XFD1048576"},
		{maxRow - 2, maxCol, ""},
		{1, 1, "A1:B1048576"},
		{maxRow, 2, "A1:B1048576"},
		{777_777, 2, "A1:B1048576"},
		{777_777, 3, ""},
		{0, 1, ""},
		{-5, 1, ""},
		{maxRow + 1, 1, ""},
		{2 * maxRow, 1, ""},
	} {
		got, ok := m.at(tt.row, tt.col)
		if ok != (tt.want != "") || ok && got.String() != tt.want {
			t.Errorf("find(%d, %d) = %v, %t, want %q", tt.row, tt.col, got, ok, tt.want)
		}
	}
}

// What overlaps is no reason to give a wrong answer, only to give one of
// several right ones.
func TestMergeIndexOverlapping(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	areas := make([]Range, 500)
	for i := range areas {
		row, col := 1+rnd.Intn(60), 1+rnd.Intn(20)
		areas[i] = Range{row, col, row + rnd.Intn(30), col + rnd.Intn(10)}
	}
	m := newMergeIndex(append([]Range(nil), areas...))
	found := 0
	for row := 1; row < 95; row++ {
		for col := 1; col < 32; col++ {
			if a, ok := m.at(row, col); ok {
				found++
				if !a.Contains(row, col) {
					t.Fatalf("find(%d, %d) = %v", row, col, a)
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing found")
	}

	// One inside another of the same rows does not hide it.
	wide := Range{1, 1, 3, 10}
	m = newMergeIndex([]Range{{1, 3, 3, 4}, {2, 5, 2, 6}, wide})
	if got, ok := m.at(2, 8); !ok || got != wide {
		t.Errorf("find(2, 8) = %v, %t", got, ok)
	}
	// Of a sheet that is small the same one is found.
	for row := range 5 {
		for col := range 12 {
			got, _ := m.at(row, col)
			if want, _ := m.search(row, col); got != want {
				t.Errorf("find(%d, %d) = %v, want %v", row, col, got, want)
			}
		}
	}
}

// A cell is found in an area that holds it, however many there are and however they lie.
func TestMergeIndexOfMany(t *testing.T) {
	const n = 100_000
	shapes := map[string]func(i int) Range{
		"rows":    func(i int) Range { return Range{i + 1, 1, i + 1, 9} },
		"columns": func(i int) Range { return Range{1, i%maxCol + 1, maxRow, i%maxCol + 1} },
		"same":    func(int) Range { return Range{1, 1, maxRow, maxCol} },
		"stairs":  func(i int) Range { return Range{i + 1, i%maxCol + 1, i + 5000, i%maxCol + 1} },
		"nested":  func(i int) Range { return Range{i + 1, 1, maxRow - i, maxCol} },
	}
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			areas := make([]Range, n)
			for i := range areas {
				areas[i] = shape(i)
			}
			m := newMergeIndex(areas)
			for i := range n / 10 {
				row, col := i*100, i%maxCol
				if got, ok := m.at(row, col); ok && (!got.Contains(row, col)) {
					t.Fatalf("%d, %d is found in %v", row, col, got)
				}
				if _, ok := m.at(areas[i].FirstRow, areas[i].FirstCol); !ok {
					t.Fatalf("the first cell of %v is not found", areas[i])
				}
			}
		})
	}
}

func TestGridMerge(t *testing.T) {
	sheet := `<worksheet` + mainNS + `><sheetData><row r="5"><c r="B5"><v>1</v></c></row></sheetData>` +
		`<mergeCells count="3"><mergeCell ref="B5:C5"/><mergeCell ref="D7:D5"/><mergeCell ref="A1:A1"/></mergeCells></worksheet>`
	g := mustRead(t, pack(t, smallest(sheet)))
	for _, tt := range []struct {
		row, col int
		want     string
	}{{5, 2, "B5:C5"}, {5, 3, "B5:C5"}, {6, 4, "D5:D7"}, {1, 1, ""}, {5, 1, ""}} {
		r, ok := g.Merge(tt.row, tt.col)
		if got := fmt.Sprint(r); ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("Merge(%s) = %s, %t, want %q", Ref(tt.row, tt.col), got, ok, tt.want)
		}
	}
}
