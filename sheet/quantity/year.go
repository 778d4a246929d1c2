package quantity

import (
	"strconv"
	"strings"
)

// longestTitle is the longest text, in bytes, that can name the form's year.
const longestTitle = 240

// yearIn finds the year before 年; sure tells that 度 follows. Days are no years:
// 2021年3月1日 says when somebody signed.
func YearIn(text string) (year int, sure bool) {
	if len(text) > longestTitle {
		return 0, false
	}
	s := Normalize(text)
	for {
		before, after, ok := strings.Cut(s, "年")
		if !ok {
			return year, false
		}
		s = after
		y, rest := trailingYear(strings.TrimSpace(before))
		if endsRange(rest) {
			return 0, false // 2021-2022年度
		}
		after = strings.TrimSpace(after)
		switch {
		case y == 0:
			continue
		case strings.HasPrefix(after, "度"):
			return y, true
		case after != "" && IsDigit(after[0]):
			continue
		case year == 0:
			year = y
		}
	}
}

// trailingYear cuts a year off the end of a text: 2021, 二〇二一. It is 0 where there
// is none.
func trailingYear(s string) (year int, rest string) {
	rest = s
	for power := 1; power <= 1000; power *= 10 {
		digit, r := lastDigit(rest)
		if digit < 0 {
			return 0, s
		}
		year, rest = year+digit*power, r
	}
	if digit, _ := lastDigit(rest); digit >= 0 {
		return 0, s
	}
	return knownYear(year), rest
}

// endsRange reports whether a text ends in 2021- or 2021年至.
func endsRange(s string) bool {
	short := strings.TrimRight(s, rangeMarks)
	if short == s {
		return false
	}
	year, _ := trailingYear(strings.TrimSpace(strings.TrimSuffix(short, "年")))
	return year > 0
}

// lastDigit cuts a digit, Arabic or Chinese, off the end of a text; -1 where
// there is none.
func lastDigit(s string) (digit int, rest string) {
	if s == "" {
		return -1, s
	}
	if c := s[len(s)-1]; IsDigit(c) {
		return int(c - '0'), s[:len(s)-1]
	}
	for i, written := range digitsOfYears {
		for _, r := range written {
			if rest, ok := strings.CutSuffix(s, string(r)); ok {
				return i, rest
			}
		}
	}
	return -1, s
}

// digitsOfYears are the digits of a year in Chinese, by their value: 二〇二一年. People
// type the 〇 as a circle, or as a letter that looks like one.
var digitsOfYears = [...]string{"〇○零ОΟ", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// ArabicYears is a text with its Chinese digits in Arabic: 二〇二一年 is 2021年.
func ArabicYears(text string) string { return arabic.Replace(text) }

var arabic = func() *strings.Replacer {
	var pairs []string
	for i, written := range digitsOfYears {
		for _, r := range written {
			pairs = append(pairs, string(r), strconv.Itoa(i))
		}
	}
	return strings.NewReplacer(pairs...)
}()

// BareYear reads a text that is nothing but a year: 2021, 2021年, (2021年度).
func BareYear(text string) int {
	s := strings.Trim(FoldSpace(Normalize(text)), "()")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "度"), "年")
	if year, rest := trailingYear(s); rest == "" {
		return year
	}
	return 0
}
