package calc

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"ziping/sheet/quantity"
)

// numberFormat is 0, 0.00, #,##0.00 or 0.00%, the formats that TEXT knows besides @
// and dates.
var numberFormat = regexp.MustCompile(`^(0+|#,##0)(\.0+)?(%?)$`)

// mostPlaces is more than a format of a form has.
const mostPlaces = 15

// format is TEXT.
func (e *evaluation) format(v Value, format string) Value {
	if v.Kind == Text {
		if n, kind := numberIn(v.Text); kind == aNumber {
			v = number(n)
		} else if kind == perhapsNumber {
			e.readNumber(v.Text)
		}
	}
	switch {
	case format == "@":
		return e.toText(v)
	case v.Kind == Bool:
		return e.toText(v)
	}
	m := numberFormat.FindStringSubmatch(format)
	date := m == nil && isDateFormat(format)
	if m == nil && !date || len(m) > 0 && len(m[1])+len(m[2]) > mostPlaces {
		e.fail("格式“%s”这里不计算", clip(format))
	}
	switch {
	case v.Kind == Text:
		return v // a text has none
	case date:
		return e.formatDate(v.Number, format)
	case math.Abs(v.Number) >= 1e13:
		e.fail("数 %g 太大，这里不转换", v.Number)
	}
	return text(formatNumber(v.Number, m[1], max(0, len(m[2])-1), m[3]))
}

func formatNumber(v float64, whole string, places int, percent string) string {
	if percent != "" {
		v = digits15(v * 100)
	}
	v = quantity.Round(v, places)
	s := strconv.FormatFloat(math.Abs(v), 'f', places, 64)
	integer, fraction, _ := strings.Cut(s, ".")
	if strings.HasPrefix(whole, "#") {
		for i := len(integer) - 3; i > 0; i -= 3 {
			integer = integer[:i] + "," + integer[i:]
		}
	} else if n := len(whole) - len(integer); n > 0 {
		integer = strings.Repeat("0", n) + integer
	}
	if places > 0 {
		integer += "." + fraction
	}
	if v < 0 {
		integer = "-" + integer
	}
	return integer + percent
}
