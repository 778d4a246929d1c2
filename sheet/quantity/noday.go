package quantity

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

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
	if !strings.ContainsAny(s, "0123456789") {
		return ""
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
