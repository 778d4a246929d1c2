package quantity

import "testing"

func TestDecimalStep(t *testing.T) {
	tests := []struct {
		in   string
		want float64
	}{
		{"4200", 100}, {"4210", 10}, {"40", 10}, {"1", 1}, {"100", 100}, {"9.5", 0.1}, {"0.95", 0.01}, {"0", 0}, {"1e3", 1000},
	}
	for _, tt := range tests {
		d, _, ok := scanDecimal(tt.in)
		if got := d.step(); !ok || got != tt.want {
			t.Errorf("step of %s = %v, want %v", tt.in, got, tt.want)
		}
	}
}
