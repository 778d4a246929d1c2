package xlsx

import "testing"

func TestRef(t *testing.T) {
	for _, tt := range []struct {
		row, col int
		want     string
	}{
		{1, 1, "A1"},
		{13, 7, "G13"},
		{2, 26, "Z2"},
		{2, 27, "AA2"},
		{9, 52, "AZ9"},
		{9, 702, "ZZ9"},
		{9, 703, "AAA9"},
		{maxRow, maxCol, "XFD1048576"},
		{0, 1, ""},
		{1, 0, ""},
		{-1, -1, ""},
	} {
		got := Ref(tt.row, tt.col)
		if got != tt.want {
			t.Errorf("Ref(%d, %d) = %q, want %q", tt.row, tt.col, got, tt.want)
		}
		if row, col, ok := parseRef([]byte(got)); got != "" && (!ok || row != tt.row || col != tt.col) {
			t.Errorf("parseRef(%q) = %d, %d, %t", got, row, col, ok)
		}
	}
}

func TestParseRefRefuses(t *testing.T) {
	for _, s := range []string{"", "A", "1", "A0", "XFE1", "ZZZZ1", "AAAAA1", "A1048577", "A-1", "$A$1", "A1:B2", "R1C1", "A99999999999999999999", "甲1", "A 1"} {
		if row, col, ok := parseRef([]byte(s)); ok {
			t.Errorf("parseRef(%q) = %d, %d", s, row, col)
		}
	}
	if row, col, ok := parseRef([]byte("ab12")); !ok || row != 12 || col != 28 {
		t.Errorf("parseRef(ab12) = %d, %d, %t", row, col, ok)
	}
}

func TestRange(t *testing.T) {
	for _, tt := range []struct {
		in, want string
	}{
		{"B5:C5", "B5:C5"},
		{"C5:B5", "B5:C5"},
		{"C2:B5", "B2:C5"},
		{"A1:A1", "A1"},
		{"A1", "A1"},
		{"A1:XFD1048576", "A1:XFD1048576"},
	} {
		r, ok := ParseRange(tt.in)
		if !ok || r.String() != tt.want {
			t.Errorf("ParseRange(%q) = %v, %t, want %s", tt.in, r, ok, tt.want)
		}
	}
	for in, want := range map[string]string{"C:B": "B1:C1048576", "3:2": "A2:XFD3", "A1": "A1", "B5:C5": "B5:C5"} {
		if r, ok := ParseArea(in); !ok || r.String() != want {
			t.Errorf("ParseArea(%q) = %v, %t, want %s", in, r, ok, want)
		}
	}
	for _, s := range []string{"", ":", "A1:", ":A1", "A:", "A:1", "1:A", "A:A1", "A", "1", "A:B:C", "A1:B2:C3", "A1:A1048577"} {
		if r, ok := ParseArea(s); ok {
			t.Errorf("ParseArea(%q) = %v", s, r)
		}
	}
	for _, s := range []string{"", ":", "A1:", ":A1", "A:A", "1:1", "A1:B2:C3", "A1:A1048577"} {
		if r, ok := ParseRange(s); ok {
			t.Errorf("ParseRange(%q) = %v", s, r)
		}
	}
}
