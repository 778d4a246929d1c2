package rules

import "testing"

func TestGroupsEqual(t *testing.T) {
	for _, c := range []struct {
		n    []float64
		want float64
		ok   bool
	}{
		{[]float64{3000, 2200, 2000, 3200}, 5200, true}, // by origin, then by structure
		{[]float64{3000, 2200, 0, 2000, 3200, 0}, 5200, true},
		{[]float64{5200}, 5200, true},
		{[]float64{3000, 2200, 2000}, 5200, false},
		{[]float64{3000, 2200, 2000, 3300}, 5200, false},
		{[]float64{3000, 2210.01, 2000, 3189.99}, 5200, false},
		{[]float64{0.1, 0.2, 0.3}, 0.3, true},
	} {
		if got := groupsEqual(c.n, c.want, 0.02); got != c.ok {
			t.Errorf("%v in groups of %v: %t", c.n, c.want, got)
		}
	}
}
