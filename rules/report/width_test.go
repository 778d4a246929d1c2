package report

import "testing"

func TestColumns(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "自评": 4, "Ａ": 2, "ｱ": 1, "e\u0301": 1, "😀": 2, "≥95%": 4} {
		if got := columns(s); got != want {
			t.Errorf("columns(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestFit(t *testing.T) {
	tests := []struct {
		in   string
		most int
		want string
	}{
		{"", 3, ""},
		{"abcd", 4, "abcd"},
		{"abcde", 4, "abc…"},
		{"自评表", 6, "自评表"},
		{"自评表", 5, "自评…"},
		{"自评表", 4, "自…"},
	}
	for _, tt := range tests {
		if got := fit(tt.in, tt.most); got != tt.want {
			t.Errorf("fit(%q, %d) = %q, want %q", tt.in, tt.most, got, tt.want)
		}
	}
}
