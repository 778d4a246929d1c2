package rules

import (
	"fmt"
	"testing"
)

// Keys that have the same hash have groups of their own.
func TestGroupsOfOneHash(t *testing.T) {
	var s groups
	defer s.text.Close()
	for i, hash := range []uint64{1, 7, 7, 7, 9} {
		g := &group{key: key{"r", fmt.Sprint(i)}, count: 10 * i}
		if err := s.add(hash, g); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // those of many members are kept
		for i := range 5 {
			g, err := s.find(key{"r", fmt.Sprint(i)}, []uint64{1, 7, 7, 7, 9}[i])
			if err != nil || g == nil || g.count != 10*i {
				t.Errorf("%d: %v (%v)", i, g, err)
			}
		}
	}
	for _, hash := range []uint64{0, 7, 8, 10} {
		if g, err := s.find(key{"other", "1"}, hash); g != nil || err != nil {
			t.Errorf("hash %d: %v (%v)", hash, g, err)
		}
	}
}
