package list

import (
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// year is four digits, alone or before 年.
var year = pattern(func() string { return `^([0-9]{4})$|([0-9]{4}) *年` })

// yearIn finds a year in a text: 2021, 2021年度, 2021年项目清单.
func yearIn(text string) (float64, bool) {
	if len(text) > longestHeading {
		return 0, false
	}
	m := year().FindStringSubmatch(strings.TrimSpace(quantity.Normalize(text)))
	if m == nil {
		return 0, false
	}
	return yearOf(m[1] + m[2])
}

func yearOf(digits string) (float64, bool) {
	y, err := strconv.ParseFloat(digits, 64)
	return y, err == nil && y >= 1900 && y < 2200
}

// longestHeading is in bytes; no year is looked for in a longer text.
const longestHeading = 1000

var (
	// headingYear is 2021年, 2021年度, 2021—2023年, 年度：2021, or 2021 alone.
	headingYear = pattern(func() string {
		return `\b([0-9]{4}) *(?:年 *度? *)?(?:[-—~至到、/和及与]+ *([0-9]{4}) *)?年( *度)?|(年 *[度份] *: *)([0-9]{4})\b|^([0-9]{4})$`
	})
	// month follows the year of a date, also of one that is left to be filled in.
	month = pattern(func() string { return `^[\s_0-9十]*(?:[-—~至到、][\s0-9十]*)?月` })
	// titleWord is a word of a title.
	titleWord = pattern(func() string { return oneOf(words().Title.Words) })
)

// headingYears returns the years that a line above the head says, without those of
// dates, and whether it says so of the list: as 2021年度, or in a title. Beside a
// 年度 the other years of the line do not count.
func headingYears(text string) (years []float64, ofList bool) {
	if len(text) > longestHeading {
		return nil, false
	}
	s := quantity.ArabicYears(strings.TrimSpace(quantity.Normalize(text)))
	var plain []float64
	for _, m := range headingYear().FindAllStringSubmatchIndex(s, -1) {
		part := func(i int) string { return s[max(m[2*i], 0):max(m[2*i+1], 0)] }
		whole := part(3)+part(4) != ""
		if !whole && month().MatchString(s[m[1]:]) {
			continue
		}
		for _, digits := range []string{part(1), part(2), part(5), part(6)} {
			if y, ok := yearOf(digits); ok && whole {
				years = append(years, y)
			} else if ok {
				plain = append(plain, y)
			}
		}
	}
	if len(years) > 0 {
		return years, true
	}
	return plain, titleWord().MatchString(text)
}

// takeYear takes the year of a list from the lines above its head. Two different
// years that may as well be meant are a mistake, unless the rows have years of
// their own.
func (r *reader) takeYear(h *header, above []row) {
	var found, other sheet.Number
	ofList := false
	for _, row := range above {
		for i, c := range row.cells {
			years, certain := headingYears(c.Text)
			labelled := i > 0 && columnLabel(row.cells[i-1].Text) == sheet.LabelYear
			certain = certain || labelled
			number := len(row.cells) > 1 && len(strings.TrimSpace(c.Text)) == 4 // of what, it does not say
			if len(years) == 0 || ofList && !certain || number && !labelled {
				continue
			}
			if certain && !ofList {
				found, other, ofList = sheet.Number{}, sheet.Number{}, true
			}
			for _, y := range years {
				v := sheet.N(y)
				v.Cell = c.place()
				if !found.Known {
					found = v
				} else if y != found.Value {
					other = v
				}
			}
		}
	}
	switch {
	case !other.Known:
		h.year = found
	case !h.has(sheet.LabelYear):
		r.fail(h.page.problem(other.Cell, "这里写的是 %s 年，%s写的是 %s 年，分不清是哪一年的清单；请在标题中写明年度，如“2021年度”，或加上“年度”一列",
			quantity.FormatNumber(other.Value), elsewhere(found.Cell, other.Cell), quantity.FormatNumber(found.Value)))
	}
}

// elsewhere names a cell for a message about another.
func elsewhere(at, here sheet.Cell) string {
	switch {
	case at == here:
		return "同一格"
	case at.Ref != "":
		return " " + at.Ref + " "
	}
	return "第 " + strconv.Itoa(at.Pos.Line) + " 行"
}
