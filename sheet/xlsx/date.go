package xlsx

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// dateFields are the fields of date and time that a number format shows.
type dateFields struct {
	year, month, day, hour, minute, second bool
	elapsed                                bool // [h]: hours that count on after 24
}

func (f dateFields) date() bool { return f.year || f.month || f.day }
func (f dateFields) time() bool { return f.hour || f.minute || f.second || f.elapsed }

// firstInvalidDate is the day after 9999-12-31, counted as in 1900 workbooks.
const firstInvalidDate = 2958466

// dateText writes a date as people here do: 2021年12月31日, without the day or
// the month where the format has none (but never without the year), and 15:04
// for a time of day. It reports false for numbers that are no date.
func dateText(v float64, f dateFields, date1904 bool) (string, bool) {
	if date1904 && f.date() {
		v += days1904
	}
	if v < 0 || v >= firstInvalidDate {
		return "", false
	}
	seconds := int64(math.Round(v * 86400))
	day := int(math.Floor(v))
	if f.time() {
		day = int(seconds / 86400)
	}
	var b strings.Builder
	if f.date() {
		writeDate(&b, day, f)
	}
	if f.date() && f.time() {
		b.WriteByte(' ')
	}
	if f.time() {
		if !f.elapsed || f.date() {
			seconds %= 86400
		}
		fmt.Fprintf(&b, "%02d:%02d", seconds/3600, seconds/60%60)
		if f.second {
			fmt.Fprintf(&b, ":%02d", seconds%60)
		}
	}
	return b.String(), true
}

// days1904 is by how much dates in workbooks that count from 1904 are less.
const days1904 = 1462

func writeDate(b *strings.Builder, day int, f dateFields) {
	y, m, d := civil(day)
	fmt.Fprintf(b, "%d年", y)
	if f.month || f.day {
		fmt.Fprintf(b, "%d月", m)
	}
	if f.day {
		fmt.Fprintf(b, "%d日", d)
	}
}

// civil returns the date of a day number. Excel's calendar has a 29 February
// in 1900, which is day 60, and a day 0 before the first of January.
func civil(day int) (y, m, d int) {
	switch {
	case day == 0:
		return 1900, 1, 0
	case day == 60:
		return 1900, 2, 29
	case day < 60:
		day++
	}
	t := time.Date(1899, 12, 30+day, 0, 0, 0, 0, time.UTC)
	return t.Year(), int(t.Month()), t.Day()
}

// isoLayouts are how cells of type d write their values, and what a cell shows
// that has no date format.
var isoLayouts = []struct {
	layout string
	fields dateFields
}{
	{"2006-01-02", dateFields{year: true, month: true, day: true}},
	{"2006-01-02T15:04:05", isoDateTime},
	{"2006-01-02T15:04:05Z07:00", isoDateTime},
	{"2006-01-02T15:04", isoDateTime},
	{"15:04:05", dateFields{hour: true, minute: true, second: true}},
}

var isoDateTime = dateFields{year: true, month: true, day: true, hour: true, minute: true, second: true}

// parseISO reads the value of a cell of type d as the number that it would be
// in a cell of type n.
func parseISO(s string, date1904 bool) (v float64, f dateFields, ok bool) {
	for _, l := range isoLayouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		v = float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400
		if l.fields.year {
			v += float64(serial(t))
			if date1904 {
				v -= days1904
			}
		}
		return v, l.fields, true
	}
	return 0, f, false
}

// serial is the inverse of civil.
func serial(t time.Time) int {
	day := int(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix()/86400) + 25569
	if day <= 60 {
		day--
	}
	return day
}
