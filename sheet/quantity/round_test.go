package quantity

import (
	"math"
	"testing"
)

func TestRound(t *testing.T) {
	tenth, fifth := 0.1, 0.2 // not constants, which are exact
	for _, tt := range []struct {
		v      float64
		places int
		want   float64
	}{
		{9.985, 2, 9.99}, {9.9849999999, 2, 9.98}, {-9.985, 2, -9.99}, {1.005, 2, 1.01}, {2.675, 2, 2.68},
		{0.98101, 4, 0.981}, {2847.98 / 2903.14, 4, 0.981}, {1120.52 / 1121.92, 4, 0.9988},
		{99.995, 2, 100}, {999999.5, 0, 1000000}, {0.5, 0, 1}, {0.4999, 0, 0}, {-0.4, 0, 0},
		{90, 6, 90}, {90.0000000000001, 6, 90}, {tenth + fifth, 15, 0.3}, {1e20, 2, 1e20}, {0, 2, 0},
		{182.0 / 400 * 20, 2, 9.1}, {1e-9, 2, 0}, {123456789.125, 2, 123456789.13},
	} {
		if got := Round(tt.v, tt.places); got != tt.want || math.Signbit(got) && got == 0 {
			t.Errorf("Round(%v, %d) = %v, want %v", tt.v, tt.places, got, tt.want)
		}
	}
}
