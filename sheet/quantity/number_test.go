package quantity

import (
	"math"
	"testing"
)

func TestParseNumber(t *testing.T) {
	tests := []struct {
		in   string
		want float64
		unit string
	}{
		{"0", 0, ""},
		{"100", 100, ""},
		{"2847.98", 2847.98, ""},
		{"215,457.6", 215457.6, ""},
		{"1,234,567.89", 1234567.89, ""},
		{"２１５，４５７．６", 215457.6, ""},
		{"98.11%", 0.9811, "%"},
		{"９８．１１％", 0.9811, "%"},
		{"98.11 %", 0.9811, "%"},
		{"﹢5﹪", 0.05, "%"},
		{"99.88%", 0.9988, "%"},
		{"120%", 1.2, "%"},
		{"5‰", 0.005, "%"},
		{"1.2E+3", 1200, ""},
		{"1.2e-3", 0.0012, ""},
		{"5E5", 500000, ""},
		{"-5", -5, ""},
		{"－5", -5, ""},
		{"−5.5", -5.5, ""},
		{"-0", 0, ""},
		{"+3", 3, ""},
		{".5", 0.5, ""},
		{"1 234.5", 1234.5, ""},
		{"1\u2009234.5", 1234.5, ""},
		{"1\u00a0234\u00a0567", 1234567, ""},
		{" 10 ", 10, ""},
		{"\n10\n", 10, ""},
		{"　10　", 10, ""},
		{"10分", 10, "分"},
		{"10.00 分", 10, "分"},
		{"９．８１分", 9.81, "分"},
		{"90万元", 90, "万元"},
		{"1,121.92 万元", 1121.92, "万元"},
		{"2903.14\n万元", 2903.14, "万元"},
		{"1.2亿元", 1.2, "亿元"},
		{"98.\n10%", 0.981, "%"},
		{"1,500\n.00", 1500, ""},
		{"1,\n500.\n00", 1500, ""},
		{"500元", 500, "元"},
		{"¥1,234.50", 1234.5, "元"},
		{"￥500元", 500, "元"},
		{"000123", 123, ""},
		{"0.9811", 0.9811, ""},
		{"0.1", 0.1, ""},
		{"9007199254740993", 9007199254740992, ""}, // beyond 2^53
		{"123456789012345678901234", 1.23456789012345678e23, ""},
		{"0.30000000000000000000000001", 0.3, ""},
		{"1e25", 1e25, ""},
		{"1e-25", 1e-25, ""},
	}
	for _, tt := range tests {
		got, unit, ok := ParseNumber(tt.in)
		if !ok || got != tt.want || unit != tt.unit || math.Signbit(got) && got == 0 {
			t.Errorf("ParseNumber(%q) = %v, %q, %v, want %v, %q", tt.in, got, unit, ok, tt.want, tt.unit)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	tests := []string{
		"", " ", "—", "/", "-", "+", ".", "%", "分", "万元", "abc", "无", "九十",
		"≥95%", "=10", "95%以上", "约10", "10左右", "10场", "90万", "90千元", "10%分",
		"1.2.3", "5.", "--5", "5-", "1-2", "1,2", "1,23,456", "12,34", "1234,567", "0,123", "1,234 567", ",5",
		"10 20", "1. 5", "400\n182", "1/2", "1:3", "0x10", "1_000", "Inf", "NaN", "1e", "1e+", "1e999", "1e-999", "1e31",
		"¥90万元", "¥", "¥5%", "(5)", "10分。", "2021-12-31", "\xff", "1\xff",
	}
	for _, in := range tests {
		if got, unit, ok := ParseNumber(in); ok || got != 0 || unit != "" {
			t.Errorf("ParseNumber(%q) = %v, %q, %v, want nothing", in, got, unit, ok)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{
		"215,457.6", "98.11%", "９８．１１％", "1.2E+3", "-5", "1 234.5", "10.00 分", "90万元", "¥1,234.50", "1.2亿元", "5‰", "1e-999", "—", "",
		"0.30000000000000000000000001", "1 2 3", "1,,2", "\xff\xfe", "400\n182",
	} {
		f.Add(s)
	}
	units := map[string]bool{"": true, "%": true, "分": true, "元": true, "万元": true, "亿元": true}
	f.Fuzz(func(t *testing.T, s string) {
		v, unit, ok := ParseNumber(s)
		if math.IsNaN(v) || math.IsInf(v, 0) || !units[unit] {
			t.Errorf("ParseNumber(%q) = %v, %q", s, v, unit)
		}
		if !ok && (v != 0 || unit != "") {
			t.Errorf("ParseNumber(%q) = %v, %q without ok", s, v, unit)
		}
		if ok && Blank(s) {
			t.Errorf("%q is a number and blank", s)
		}
		n := Normalize(s)
		if again := Normalize(n); again != n {
			t.Errorf("Normalize is not stable: %q, %q, %q", s, n, again)
		}
		if v2, unit2, ok2 := ParseNumber(n); v2 != v || unit2 != unit || ok2 != ok {
			t.Errorf("ParseNumber(%q) = %v, %q, %v, but normalized %v, %q, %v", s, v, unit, ok, v2, unit2, ok2)
		}
	})
}

func BenchmarkParseNumber(b *testing.B) {
	for _, s := range []string{"2847.98", "215,457.6", "９８．１１％", "10.00 分"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseNumber(s)
			}
		})
	}
}

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
