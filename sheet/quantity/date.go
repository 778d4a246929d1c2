package quantity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// span is the days that a date may mean.
type span struct {
	from, to time.Time
	last     time.Time // where the second of two dates begins, zero for one date
	point    bool      // a day, or the end of something (月底): what comes before it includes it
}

func dayAt(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// months is the span from the first day of month first to the last day of month
// last.
func months(year, first, last int) span {
	return span{from: dayAt(year, first, 1), to: dayAt(year, last+1, 0)}
}

// knownYear returns year, or 0 when it is no year that a form may have.
func knownYear(year int) int {
	if year < 1900 || year > 2199 {
		return 0
	}
	return year
}

// scanSpan reads a date or two joined by a range mark (2021年1月-2021年12月) from
// the start of s.
func (p parser) scanSpan(s string) (d span, rest string, ok bool) {
	d, rest, ok = p.scanDate(s)
	if !ok || rest == "" {
		return d, rest, ok
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune(rangeMarks, r) {
		return d, rest, true
	}
	second, _ := cutRangeMark(rest)
	later := parser{year: d.to.Year(), actual: p.actual}
	end, rest, ok := later.scanDate(second)
	if !ok || end.to.Before(d.from) {
		return span{}, s, false
	}
	return span{from: d.from, to: end.to, last: end.from, point: end.point}, rest, true
}

// scanDate reads one date from the start of s: 2021-12-31, 2021年12月31日,
// 当年第四季度, 年底.
func (p parser) scanDate(s string) (d span, rest string, ok bool) {
	if s == "" {
		return span{}, s, false
	}
	if IsDigit(s[0]) {
		d, rest, ok = p.scanNumericDate(s)
		if ok {
			return d, rest, true
		}
	}
	year, rest, whole := p.scanYear(s)
	if year == noYear {
		return span{}, s, false
	}
	if d, after, ok := scanPart(rest, year, whole || rest != s); ok {
		return d, after, true
	}
	if whole {
		return months(year, 1, 12), rest, true
	}
	return span{}, s, false
}

// yearWord names a year by the form's, as an offset from it.
type yearWord struct {
	Word   string
	Offset int
}

// startsNextYear reports whether a text begins as the words for a year after the form's
// do: 次年3月.
func startsNextYear(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return slices.ContainsFunc(vocabulary().Date.Year, func(w yearWord) bool {
		first, _ := utf8.DecodeRuneInString(w.Word)
		return w.Offset > 0 && r == first
	})
}

// noYear is 次年 when the form's own year is unknown.
const noYear = -1

// scanYear reads the year that opens s: 2021年, 二〇二一年度, 21年 before a month,
// 当年, or the 年 of 年底, which is the form's own. whole reports that the words
// may stand for the year alone.
func (p parser) scanYear(s string) (year int, rest string, whole bool) {
	for _, w := range vocabulary().Date.Year {
		if rest, is := strings.CutPrefix(s, w.Word); is {
			if p.year == 0 && w.Offset != 0 {
				return noYear, rest, false
			}
			return p.year + w.Offset, rest, true
		}
	}
	if rest, is := strings.CutPrefix(s, "年"); is {
		return p.year, strings.TrimPrefix(rest, "度"), false
	}
	year, rest, written := yearDigits(s)
	if rest, is := strings.CutPrefix(rest, "年"); is && written == 4 && knownYear(year) != 0 {
		return year, strings.TrimPrefix(rest, "度"), true
	} else if is && written == 2 && startsMonth(rest) {
		return 2000 + year, rest, false
	}
	return p.year, s, false
}

// yearDigits reads digits that stand for a year, 2021 or 二〇二一; written is how
// many there are.
func yearDigits(s string) (year int, rest string, written int) {
	rest = s
	for rest != "" && written < 5 {
		r, size := utf8.DecodeRuneInString(rest)
		digit, is := int(r-'0'), '0' <= r && r <= '9'
		if !is {
			digit, is = chineseDigits[r]
		}
		if !is {
			break
		}
		year, rest = year*10+digit, rest[size:]
		written++
	}
	return year, rest, written
}

func startsMonth(s string) bool {
	month, rest, ok := smallNumber(s)
	return ok && 1 <= month && month <= 12 && strings.HasPrefix(rest, "月") || startsWithAny(s, vocabulary().Date.Ends) != ""
}

// datePart is a part of a year or a month by name, as its first and last month or day.
type datePart struct {
	Word        string
	Bare        bool // it stands only behind a year: 2021年底, 年底
	First, Last int  // 0 is the last day of the month
	End         bool // its end is meant
}

// scanPart reads what stands behind a year, or alone: a part of the year, a
// quarter, a month, a day.
func scanPart(s string, year int, behindYear bool) (d span, rest string, ok bool) {
	for _, part := range vocabulary().Date.YearPart {
		if rest, is := strings.CutPrefix(s, part.Word); is && (behindYear || !part.Bare) {
			d = months(year, part.First, part.Last)
			d.point = part.End
			return d, rest, true
		}
	}
	d, rest, ok = scanQuarter(s, year)
	if ok {
		return d, rest, true
	}
	return scanMonth(s, year)
}

// scanQuarter reads 第四季度, 4季度, 四季度末 or Q4.
func scanQuarter(s string, year int) (d span, rest string, ok bool) {
	s, latin := strings.CutPrefix(s, "Q")
	if !latin {
		s = strings.TrimPrefix(s, "第")
	}
	quarter, rest, ok := smallNumber(s)
	if !ok || quarter < 1 || quarter > 4 {
		return span{}, s, false
	}
	if !latin {
		rest, ok = strings.CutPrefix(rest, "季度")
		if !ok {
			return span{}, s, false
		}
	}
	d = months(year, 3*quarter-2, 3*quarter)
	if after, end := cutAnyPrefix(rest, vocabulary().Date.Ends); end {
		return span{from: dayAt(year, 3*quarter, 1), to: d.to, point: true}, after, true
	}
	return d, rest, true
}

// scanMonth reads 12月, 12月底, 12月31日 or 1-12月.
func scanMonth(s string, year int) (d span, rest string, ok bool) {
	month, rest, ok := smallNumber(s)
	if !ok || month < 1 || month > 12 {
		return span{}, s, false
	}
	last := month
	if r, _ := utf8.DecodeRuneInString(rest); strings.ContainsRune(rangeMarks, r) {
		second, _ := cutRangeMark(rest)
		last, rest, ok = smallNumber(second)
		if !ok || last < month || last > 12 {
			return span{}, s, false
		}
	}
	rest, ok = strings.CutPrefix(rest, "月")
	if !ok {
		return span{}, s, false
	}
	rest = strings.TrimPrefix(rest, "份")
	d = months(year, month, last)
	if last != month {
		d.last = dayAt(year, last, 1)
		return d, rest, true
	}
	for _, part := range vocabulary().Date.MonthPart {
		if after, is := strings.CutPrefix(rest, part.Word); is {
			to := part.Last
			if to == 0 {
				to = d.to.Day()
			}
			return span{from: dayAt(year, month, part.First), to: dayAt(year, month, to), point: part.End}, after, true
		}
	}
	if day, after, is := scanDay(rest); is {
		return dayOf(year, month, day, after)
	}
	return d, rest, true
}

// scanDay reads 31日 or 31号; the unit may be left out before 前 and at the end
// (12月31前).
func scanDay(s string) (day int, rest string, ok bool) {
	day, rest, ok = smallNumber(s)
	if !ok {
		return 0, s, false
	}
	after, is := cutAnyPrefix(rest, []string{"日", "号"})
	_, before := cutAnyPrefix(rest, vocabulary().Date.Before)
	return day, after, is || before || rest == ""
}

// dayOf is one day; ok is false when the calendar has no such day. Without a year,
// February has 29.
func dayOf(year, month, day int, rest string) (span, string, bool) {
	if month < 1 || month > 12 || day < 1 || day > dayAt(year, month+1, 0).Day() {
		return span{}, rest, false
	}
	d := dayAt(year, month, day)
	return span{from: d, to: d, point: true}, rest, true
}

// smallNumber reads a number of one or two Arabic digits, or a Chinese numeral up
// to 99, which no further digit follows.
func smallNumber(s string) (n int, rest string, ok bool) {
	if s == "" {
		return 0, s, false
	}
	if IsDigit(s[0]) {
		length := digitRun(s)
		if length > 2 {
			return 0, s, false
		}
		for i := range length {
			n = n*10 + int(s[i]-'0')
		}
		return n, s[length:], true
	}
	d, rest, ok := scanChinese(s)
	if !ok || d.exp != 0 || d.mant > 99 {
		return 0, s, false
	}
	return int(d.mant), rest, true
}

// scanNumericDate reads a date in digits and one kind of mark: 2021-12-31, 2021/12,
// 2021.12.31, 12.31前, 20211231.
//
// 2021.12 alone is a number as well: it is a month only when the form's own year is
// near, or when something follows that only a date has. The same holds for
// 20211231.
func (p parser) scanNumericDate(s string) (d span, rest string, ok bool) {
	length := digitRun(s)
	switch {
	case length == 8:
		year, month, day := smallInt(s[:4]), smallInt(s[4:6]), smallInt(s[6:8])
		rest = s[8:]
		if knownYear(year) == 0 || rest == "" && !p.near(year) {
			return span{}, s, false
		}
		return dayOf(year, month, day, rest)
	case length == len(s) || !strings.ContainsRune(".-/", rune(s[length])):
		return span{}, s, false
	case length == 4:
		return p.scanYearFirst(s)
	case length <= 2:
		return p.scanMonthFirst(s)
	}
	return span{}, s, false
}

// scanYearFirst reads 2021-12-31 or 2021-12.
func (p parser) scanYearFirst(s string) (d span, rest string, ok bool) {
	year, mark := smallInt(s[:4]), s[4]
	month, rest, ok := smallNumber(s[5:])
	if !ok || !IsDigit(s[5]) || knownYear(year) == 0 || month < 1 || month > 12 {
		return span{}, s, false
	}
	if rest != "" && rest[0] == mark && len(rest) > 1 && IsDigit(rest[1]) && digitRun(rest[1:]) <= 2 {
		day, rest, _ := smallNumber(rest[1:])
		rest = strings.TrimPrefix(rest, "日")
		rest, _ = cutAnyPrefix(rest, midnights)
		return dayOf(year, month, day, rest)
	}
	if rest == "" && mark == '.' && !p.near(year) {
		return span{}, s, false
	}
	return months(year, month, month), strings.TrimPrefix(rest, "月"), true
}

// scanMonthFirst reads 12.31前. Without 前 it is a number or a range.
func (p parser) scanMonthFirst(s string) (d span, rest string, ok bool) {
	month, rest, _ := smallNumber(s)
	if len(rest) < 2 || !IsDigit(rest[1]) {
		return span{}, s, false
	}
	day, rest, ok := smallNumber(rest[1:])
	if _, before := cutAnyPrefix(rest, vocabulary().Date.Before); !ok || !before {
		return span{}, s, false
	}
	return dayOf(p.year, month, day, rest)
}

// near reports whether year is the form's or next to it.
func (p parser) near(year int) bool { return p.year != 0 && -1 <= year-p.year && year-p.year <= 1 }

// smallInt reads a few ASCII digits.
func smallInt(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// writtenDates are the ways to write a date from which it can be told that the calendar
// has no such day: 2025-08-32, 2025年13月, 6月31日.
var writtenDates = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`(?:^|[^0-9./-])(?P<date>(?P<year>(?:19|20)[0-9]{2})(?:-|/|\.|年)(?P<month>[0-9]{1,2})(?:-|/|\.|月)(?P<day>[0-9]{1,2})[日号]?)(?:$|[^0-9./%-])`),
		regexp.MustCompile(`(?:^|[^0-9./年-])(?P<date>(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号])`),
		regexp.MustCompile(`(?:^|[^0-9])(?P<date>(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月)(?:$|[^0-9龄])`),
	}
})

// NoSuchDay returns the first date in a text that the calendar does not have, as
// written; "" where there is none. year is that of the form, 0 where it is unknown:
// without a year, February has 29 days.
func NoSuchDay(text string, year int) string {
	if len(text) > 2*maxQuantity {
		return ""
	}
	s := compact(Normalize(text))
	if !strings.ContainsAny(s, "0123456789") || !strings.ContainsAny(s, "年月") && strings.IndexAny(s, "-/.") == strings.LastIndexAny(s, "-/.") {
		return "" // 95.5% is none
	}
	for _, form := range writtenDates() {
		for _, m := range form.FindAllStringSubmatch(s, -1) {
			part := func(name string, without int) int {
				if i := form.SubexpIndex(name); i > 0 {
					without, _ = strconv.Atoi(m[i])
				}
				return without
			}
			if _, _, is := dayOf(part("year", year), part("month", 0), part("day", 1), ""); !is {
				return m[form.SubexpIndex("date")]
			}
		}
	}
	return ""
}
