package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A quoted folder that ends in a backslash swallows nothing of what follows.
func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		line string
		want []string
	}{
		{`ziping check in`, []string{"ziping", "check", "in"}},
		{`"C:\Program Files\ziping.exe"  check  "in\"`, []string{`C:\Program Files\ziping.exe`, "check", `in\`}},
		{`ziping check "in\" -o "out dir\" 甲.xlsx`, []string{"ziping", "check", `in\`, "-o", `out dir\`, "甲.xlsx"}},
		{`ziping check "" --rules="a b.toml"	x `, []string{"ziping", "check", "", "--rules=a b.toml", "x"}},
		{``, nil},
	} {
		if diff := cmp.Diff(tt.want, split(tt.line)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.line, diff)
		}
	}
}
