package xlsx

import (
	"math"
	"math/rand"
	"strconv"
	"testing"
)

func TestGeneralText(t *testing.T) {
	for _, tt := range []struct {
		v    float64
		want string
	}{
		{0, "0"},
		{math.Copysign(0, -1), "0"},
		{1, "1"},
		{-1, "-1"},
		{100, "100"},
		{1121.92, "1121.92"},
		{0.1, "0.1"},
		{0.1 + 0.2, "0.3"},
		{1.1 * 1.1, "1.21"},
		{-0.05, "-0.05"},
		{99.99999999999999, "100"},
		{0.9988, "0.9988"},
		{1.0 / 3, "0.333333333333333"},
		{2.0 / 3, "0.666666666666667"},
		{123456789012345, "123456789012345"},
		{1234567890123456, "1234567890123460"},
		{1e15, "1000000000000000"},
		{1e19, "10000000000000000000"},
		{1e20, "1E+20"},
		{1.5e20, "1.5E+20"},
		{-1e21, "-1E+21"},
		{math.MaxFloat64, "1.79769313486232E+308"},
		{1e-9, "0.000000001"},
		{1.25e-10, "1.25E-10"},
		{-1e-10, "-1E-10"},
		{math.SmallestNonzeroFloat64, "4.94065645841247E-324"},
	} {
		if got := new(texts).general(tt.v); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.v, got, tt.want)
		}
	}
}

// What is shown reads back as the number rounded to 15 digits.
func TestGeneralTextReadsBack(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	for range 20_000 {
		v := (rnd.Float64() - 0.5) * math.Pow(10, float64(rnd.Intn(40)-18))
		if rnd.Intn(3) == 0 {
			v = math.Round(v*100) / 100
		}
		want, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', maxDigits, 64), 64)
		if got, err := strconv.ParseFloat(new(texts).general(v), 64); err != nil || got != want {
			t.Fatalf("%v: %s", v, new(texts).general(v))
		}
	}
}

func TestDecimalRound(t *testing.T) {
	for _, tt := range []struct {
		v      float64
		places int
		want   string
	}{
		{2.5, 0, "3"},
		{-2.5, 0, "-3"},
		{0.5, 0, "1"},
		{0.49, 0, "0"},
		{0.05, 0, "0"},
		{9.995, 2, "10.00"}, // 9.9949999999999992 in binary
		{1.005, 2, "1.01"},  // 1.0049999999999999
		{99.5, 0, "100"},
		{0.0996, 3, "0.100"},
		{1121.92, 1, "1121.9"},
		{1121.92, 4, "1121.9200"},
		{1121.92, 0, "1122"},
		{0, 2, "0.00"},
		{1e20, 2, "100000000000000000000.00"},
		{-0.001, 2, "0.00"},
	} {
		d := toDecimal(tt.v)
		d.round(tt.places)
		if got := string(d.appendFixed(nil, tt.places)); got != tt.want {
			t.Errorf("%v to %d places: %s, want %s", tt.v, tt.places, got, tt.want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for s, want := range map[string]float64{
		"0": 0, "-1.5": -1.5, "1121.92": 1121.92, "1E+3": 1000, "1e-2": 0.01, ".5": 0.5, "5.": 5, "+1": 1, "0.30000000000000004": 0.30000000000000004,
	} {
		if got, ok := parseNumber([]byte(s)); !ok || got != want {
			t.Errorf("%s: %v, %t", s, got, ok)
		}
	}
	for _, s := range []string{"", "-", ".", "e", "1e999", "-1E999", "NaN", "Inf", "inf", "0x10", "1_000", "1,000", "1 000", "１", "1e", "--1", "12场"} {
		if got, ok := parseNumber([]byte(s)); ok {
			t.Errorf("%s: %v", s, got)
		}
	}
}
