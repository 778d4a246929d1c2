package opc

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// A control character is found wherever it stands among letters, as is a byte that
// belongs to no letter.
func TestCheckText(t *testing.T) {
	for length := range 20 {
		for at := range length {
			for c := range 256 {
				text := []byte(strings.Repeat("a", length))
				text[at] = byte(c)
				fit := (c >= ' ' || c == '\t' || c == '\n' || c == '\r') && utf8.Valid(text)
				if err := new(Scanner).checkText(text); (err == nil) != fit {
					t.Fatalf("%q: %v", text, err)
				}
			}
		}
	}
	if err := new(Scanner).checkText([]byte("eight letters, then 甲")); err != nil {
		t.Error(err)
	}
}
