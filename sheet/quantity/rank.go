package quantity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// scale is what is graded by words: the words of one grade stand together, the best
// grade first.
type scale struct{ Grades [][]string }

// grade returns the place of a text among the grades, 0 the best; is is false where the
// text is more than the word of a grade.
func (s scale) grade(text string) (place int, is bool) {
	for place, words := range s.Grades {
		if slices.Contains(words, text) {
			return place, true
		}
	}
	return 0, false
}

// gradedLower reports whether an actual is a lower grade than the target asks for: 良好以上,
// 一般; 达到或优于Ⅲ类, Ⅳ类.
func gradedLower(t, a string) bool {
	t, a = bareGrade(t), bareGrade(a)
	return slices.ContainsFunc(contraries.Scale, func(s scale) bool {
		want, isWanted := s.grade(t)
		got, isGot := s.grade(a)
		return isWanted && isGot && got > want
	})
}

// bareGrade takes off what stands around the word of a grade.
func bareGrade(s string) string {
	for cut := true; cut; {
		s, cut = cutAnyPrefix(s, contraries.BeforeGrade)
	}
	for cut := true; cut; {
		s, cut = cutAnySuffix(s, contraries.AfterGrade)
	}
	return romans.Replace(s)
}

// romans writes the Roman numerals of water classes in letters, as they are typed too.
var romans = strings.NewReplacer("Ⅰ", "I", "Ⅱ", "II", "Ⅲ", "III", "Ⅳ", "IV", "Ⅴ", "V")

// ratioText is a ratio, with or without a comparison: ≥1:1.5.
var ratioText = regexp.MustCompile(`^(≥|>=|=|不低于|不少于|达到|为)?([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)$`)

// mostLeverage is up to what second term a ratio is taken for a leverage, of which more
// is better: 财政资金带动社会资本 1:3. Beyond are pupils to a teacher, 1:15.
const mostLeverage = 5

// ratioShort reports whether a ratio of one to so much falls short of the target's.
func ratioShort(t, a string) bool {
	want, got := ratioText.FindStringSubmatch(t), ratioText.FindStringSubmatch(a)
	if want == nil || got == nil || want[2] != got[2] {
		return false
	}
	least, err1 := strconv.ParseFloat(want[3], 64)
	reached, err2 := strconv.ParseFloat(got[3], 64)
	return err1 == nil && err2 == nil && least <= mostLeverage && reached < least
}
