package template

import (
	"fmt"
	"strings"
	"testing"
	"testing/quick"
	"unicode"
	"unicode/utf8"
)

func TestFileNames(t *testing.T) {
	n := NewFileNames()
	for _, c := range [][2]string{
		{"培训", "培训"},
		{"培训", "培训(2)"},
		{"培训(2)", "培训(2)(2)"},
		{"培训", "培训(3)"},
		{"Café", "Café"},
		{"CAFE\u0301", "CAFE\u0301(2)"},
		{"con", "_con"},
		{"CON .表", "_CON .表"},
		{"COM¹", "_COM¹"},
		{"COM10", "COM10"},
		{"conout$", "_conout$"},
		{"甲/乙\\丙:丁*?\"<>|", "甲_乙_丙_丁______"},
		{"..项目. .", "项目"},
		{"~$项目", "$项目"},
		{"...", "_"},
		{"", "_(2)"},
		{"表\u202excod.xlsx", "表_xcod.xlsx"},
		{"第一行\n第二行", "第一行_第二行"},
		{"全角　", "全角"},
		{strings.Repeat("长", 100), strings.Repeat("长", 60)},
		{strings.Repeat("长", 101), strings.Repeat("长", 60) + "(2)"},
	} {
		if got := n.For(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

// Whatever the names, no two files have one that some file system takes for the
// same, and none has one that Windows refuses.
func TestFileNamesAny(t *testing.T) {
	n, seen := NewFileNames(), map[string]bool{}
	check := func(s string, i uint8) bool {
		for _, name := range []string{s, strings.ToUpper(s), fmt.Sprintf("%s(%d)", s, i%4)} {
			got := n.For(name)
			if seen[strings.ToLower(got)] || !utf8.ValidString(got) || len(got) > 200 || got == "" || reserved(got) ||
				strings.ContainsAny(got, `/\:*?"<>|`) || strings.ContainsFunc(got, unicode.IsControl) ||
				strings.TrimRight(got, ". ") != got || strings.HasPrefix(got, "~") || strings.HasPrefix(got, ".") {
				t.Logf("%q became %q", name, got)
				return false
			}
			seen[strings.ToLower(got)] = true
		}
		return true
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}
