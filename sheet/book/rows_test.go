package book

import "testing"

// No row is higher than Excel takes, however much is to stand in it.
func TestRowHeight(t *testing.T) {
	for height, want := range map[float64]string{
		0: `<row r="3"></row>`, 24.5: `<row r="3" ht="24.5" customHeight="1"></row>`, 44014.8: `<row r="3" ht="409" customHeight="1"></row>`,
	} {
		var r rows
		r.begin(3, height)
		if err := r.end(); err != nil || string(r.Tail) != want {
			t.Errorf("%v: %s, %v", height, r.Tail, err)
		}
	}
}
