package spill

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// Records come in order, few of them out of memory and many out of a file.
func TestSorter(t *testing.T) {
	for _, n := range []int{0, 1, 1000, mostSorted / 400} {
		random := rand.New(rand.NewPCG(1, uint64(n)))
		s := new(Sorter)
		var want [][]byte
		for range n {
			record := make([]byte, random.IntN(2000))
			for i := range record {
				record[i] = byte(random.IntN(3))
			}
			want = append(want, record)
			if err := s.Add(record); err != nil {
				t.Fatal(err)
			}
		}
		if filed := len(s.ends) > 1; filed != (n > 1000) {
			t.Fatalf("%d records: %d pieces", n, len(s.ends))
		}
		slices.SortFunc(want, bytes.Compare)
		for range 2 { // it may be asked again
			i := 0
			for record, err := range s.All() {
				if err != nil || !bytes.Equal(record, want[i]) {
					t.Fatalf("record %d of %d: %d bytes, want %d (%v)", i, n, len(record), len(want[i]), err)
				}
				i++
			}
			if i != n {
				t.Fatalf("%d records, want %d", i, n)
			}
		}
		for range s.All() { // not all of them
			break
		}
		s.Close()
	}
}
