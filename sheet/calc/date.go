package calc

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

func dateFunctions() map[string]*function {
	part := func(of func(t time.Time) int) *function {
		return &function{params: "n", min: 1, value: func(e *evaluation, a []operand) Value {
			t, err := e.date(a[0].value.Number)
			if err.Kind == Error {
				return err
			}
			return count(of(t))
		}}
	}
	return map[string]*function{
		"DATE":  {params: "nnn", min: 3, value: dateOf},
		"YEAR":  part(time.Time.Year),
		"MONTH": part(func(t time.Time) int { return int(t.Month()) }),
		"DAY":   part(time.Time.Day),
	}
}

// dayZero is the day 0 of Excel's count, from the first of March 1900 on: before,
// Excel counts a day that never was.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

const (
	firstDay = 61        // 1900-03-01
	lastDay  = 2_958_465 // 9999-12-31
)

// date returns the day of a number.
func (e *evaluation) date(v float64) (time.Time, Value) {
	e.needs1900()
	day := math.Floor(v)
	switch {
	case day < 0 || day > lastDay:
		return time.Time{}, errNum
	case day < firstDay:
		e.fail("1900 年 3 月以前的日期这里不计算")
	}
	return dayZero.AddDate(0, 0, int(day)), Value{}
}

func (c *Calculator) needs1900() {
	if c.workbook.Date1904() {
		c.fail("工作簿的日期从 1904 年算起，这里不计算")
	}
}

// dateOf is DATE: months and days beyond what there are run on.
func dateOf(e *evaluation, args []operand) Value {
	e.needs1900()
	year, month, day := math.Trunc(args[0].value.Number), math.Trunc(args[1].value.Number), math.Trunc(args[2].value.Number)
	switch {
	case year < 0 || year >= 10000:
		return errNum
	case year < 1900:
		year += 1900
	}
	if math.Abs(month) > 1e5 || math.Abs(day) > 1e7 {
		return errNum
	}
	n := time.Date(int(year), time.Month(month), int(day), 0, 0, 0, 0, time.UTC).Sub(dayZero).Hours() / 24
	switch {
	case n < 0 || n > lastDay:
		return errNum
	case n < firstDay:
		e.fail("1900 年 3 月以前的日期这里不计算")
	}
	return number(n)
}

// isDateFormat reports whether a format writes a year, a month and a day only.
func isDateFormat(format string) bool {
	return strings.ContainsAny(format, "ymd") && strings.Trim(format, "ymd-.年月日") == ""
}

// formatDate writes a date in a format such as yyyy-mm-dd.
func (e *evaluation) formatDate(v float64, format string) Value {
	t, err := e.date(v)
	if err.Kind == Error {
		return errValue
	}
	var b strings.Builder
	for rest := format; rest != ""; {
		first, n := utf8.DecodeRuneInString(rest)
		for strings.HasPrefix(rest[n:], string(first)) {
			n += utf8.RuneLen(first)
		}
		switch run := rest[:n]; run {
		case "yyyy":
			b.WriteString(strconv.Itoa(t.Year()))
		case "mm":
			b.WriteString(t.Format("01"))
		case "m":
			b.WriteString(strconv.Itoa(int(t.Month())))
		case "dd":
			b.WriteString(t.Format("02"))
		case "d":
			b.WriteString(strconv.Itoa(t.Day()))
		default:
			if strings.ContainsAny(run, "ymd") {
				e.fail("格式“%s”这里不计算", clip(format))
			}
			b.WriteString(run)
		}
		rest = rest[n:]
	}
	return text(b.String())
}
