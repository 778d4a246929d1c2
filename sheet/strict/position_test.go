package strict

import "testing"

func TestCursor(t *testing.T) {
	c := newCursor("年a\r\n\n😀b")
	for _, test := range []struct {
		offset int
		want   Position
	}{
		{0, Position{1, 1}}, {3, Position{1, 2}}, {3, Position{1, 2}}, {5, Position{1, 4}}, {6, Position{2, 1}},
		{7, Position{3, 1}}, {11, Position{3, 2}}, {12, Position{3, 3}}, {100, Position{3, 3}},
	} {
		if got := c.at(test.offset); got != test.want {
			t.Errorf("%d: got %v, want %v", test.offset, got, test.want)
		}
	}
}
