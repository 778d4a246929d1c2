package xlsx

import (
	"testing"
	"time"
)

func TestDateText(t *testing.T) {
	ymd := dateFields{year: true, month: true, day: true}
	hm := dateFields{hour: true, minute: true}
	for _, tt := range []struct {
		v      float64
		fields dateFields
		d1904  bool
		want   string
	}{
		{44561, ymd, false, "2021年12月31日"},
		{44561.9999999, ymd, false, "2021年12月31日"},
		{43099, ymd, true, "2021年12月31日"},
		{1, ymd, false, "1900年1月1日"},
		{59, ymd, false, "1900年2月28日"},
		{60, ymd, false, "1900年2月29日"},
		{61, ymd, false, "1900年3月1日"},
		{0, ymd, false, "1900年1月0日"},
		{0, ymd, true, "1904年1月1日"},
		{2958465, ymd, false, "9999年12月31日"},
		{2958466, ymd, false, ""},
		{-1, ymd, false, ""},
		{44561, dateFields{year: true, month: true}, false, "2021年12月"},
		{44561, dateFields{month: true, day: true}, false, "2021年12月31日"},
		{44561, dateFields{year: true}, false, "2021年"},
		{44561.5, dateFields{year: true, month: true, day: true, hour: true, minute: true}, false, "2021年12月31日 12:00"},
		{44561.999999, isoDateTime, false, "2022年1月1日 00:00:00"},
		{0.627777777777778, hm, false, "15:04"},
		{44561.627777777778, hm, false, "15:04"},
		{0.627777777777778, hm, true, "15:04"},
		{0.627835648148148, dateFields{hour: true, minute: true, second: true}, false, "15:04:05"},
		{1.5, dateFields{elapsed: true, minute: true}, false, "36:00"},
		{1.5, dateFields{elapsed: true, minute: true}, true, "36:00"},
	} {
		got, ok := dateText(tt.v, tt.fields, tt.d1904)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%v %+v: %q, want %q", tt.v, tt.fields, got, tt.want)
		}
	}
}

func TestParseISO(t *testing.T) {
	for _, tt := range []struct {
		s     string
		d1904 bool
		want  float64
	}{
		{"2021-12-31", false, 44561},
		{"2021-12-31", true, 43099},
		{"1900-01-01", false, 1},
		{"1900-02-28", false, 59},
		{"1900-03-01", false, 61},
		{"2021-12-31T12:00:00", false, 44561.5},
		{"2021-12-31T12:00", false, 44561.5},
		{"2021-12-31T12:00:00Z", false, 44561.5},
		{"2021-12-31T12:00:00.000", false, 44561.5},
		{"18:00:00", false, 0.75},
		{"18:00:00", true, 0.75},
	} {
		if got, _, ok := parseISO(tt.s, tt.d1904); !ok || got != tt.want {
			t.Errorf("%s: %v, %t, want %v", tt.s, got, ok, tt.want)
		}
	}
	for _, s := range []string{"", "2021", "2021-13-01", "31.12.2021", "去年"} {
		if got, _, ok := parseISO(s, false); ok {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestSerialIsInverse(t *testing.T) {
	for day := 1; day < firstInvalidDate; day += 13 {
		if day == 60 {
			continue
		}
		y, m, d := civil(day)
		if got := serial(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)); got != day {
			t.Fatalf("day %d is %d-%d-%d is day %d", day, y, m, d, got)
		}
	}
}
