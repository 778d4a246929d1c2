package quantity

import (
	"slices"
	"strconv"
	"strings"
)

// direction is which way a target wants something to go: 逐年提高, 不低于上年; NoChange where it
// does not say, or speaks of both. Rising are more words for a rise.
func direction(t string, rising ...string) Change {
	words := &vocabulary().Label
	rise := affirms(t, words.Rise) || affirms(t, rising) || sidesWith(t, true)
	fall := affirms(t, words.Fall) || sidesWith(t, false)
	switch {
	case rise && !fall:
		return Rise
	case fall && !rise:
		return Fall
	}
	return NoChange
}

// against reports whether going from a number to another is the other way.
func (c Change) against(from, to float64) bool {
	return c == Rise && to < from || c == Fall && to > from
}

// yearly is a number of a year, and what it is of: 2023年91.2%.
var yearly = pattern(func() string {
	return `(20[0-9]{2})年度?(?:末|底)?([^0-9,;。、]{0,10}?)([0-9]+(?:\.[0-9]+)?)([^0-9,;。、()]{0,6})`
})

// fromTo is a number that became another one: 由93.5%降至91.2%.
var fromTo = pattern(func() string {
	return `([^,;。]{0,12}?)[由从]([^0-9,;。]{0,8})([0-9]+(?:\.[0-9]+)?)([^0-9,;。]{1,3}?)[^0-9,;。]{0,6}[至到为成]([0-9]+(?:\.[0-9]+)?)([^0-9,;。]{1,3})`
})

// gradeFromTo is a grade that became another one: 由上年Ⅲ类降为Ⅳ类.
var gradeFromTo = pattern(func() string {
	const grade = `((?:[\p{Han}A-EIV]|Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|\+){1,4}?)`
	return `([^,;。]{0,16}?)[由从](?:` + alternatives(contraries().PastYear) + `)?的?` + grade + `(?:` + alternatives(contraries().Becomes) + `)+` + grade + `(?:$|[,;。])`
})

// goesWrong reports whether the numbers or the grades that an actual tells of several years
// go another way than its target wants.
func goesWrong(t, a string) bool {
	if strings.Count(a, "年") < 2 && !strings.Contains(a, "由") && !strings.Contains(a, "从") || !strings.ContainsAny(a, "0123456789类级优良") {
		return false
	}
	way := direction(t, contraries().Improves...)
	if way == NoChange {
		return false
	}
	about := func(s string) bool {
		less := containsAny(s, contraries().Less)
		return !less && sameSubject(s, t) || containsAny(t, contraries().Less) && (s == "" || akin(s, t))
	}
	became := strings.Contains(a, "由") || strings.Contains(a, "从")
	if became && way == Rise && strings.ContainsAny(a, "类级优良好") && worseGrade(a, about) {
		return true
	}
	if became && strings.ContainsAny(a, "0123456789") {
		if m := fromTo().FindStringSubmatch(a); m != nil && about(m[1]+m[2]) && m[4] == m[6] {
			from, err1 := strconv.ParseFloat(m[3], 64)
			to, err2 := strconv.ParseFloat(m[5], 64)
			return err1 == nil && err2 == nil && way.against(from, to)
		}
	}
	if strings.Count(a, "20") < 2 {
		return false
	}
	all := yearly().FindAllStringSubmatch(a, -1)
	if len(all) < 2 {
		return false
	}
	always := containsAny(t, contraries().Yearly)
	wrong, last, year, unit := false, 0.0, "", ""
	for i, m := range all {
		value, err := strconv.ParseFloat(m[3], 64)
		if err != nil || i > 0 && (m[4] != unit || m[1] <= year) || !about(m[2]) {
			return false
		}
		if i > 0 {
			wrong = way.against(last, value) || wrong && always
		}
		last, year, unit = value, m[1], m[4]
	}
	return wrong
}

// worseGrade reports whether a grade that an actual names became a worse one: 由Ⅲ类降为Ⅳ类.
func worseGrade(a string, about func(string) bool) bool {
	m := gradeFromTo().FindStringSubmatch(a)
	if m == nil || !about(m[1]) {
		return false
	}
	from, to := bareGrade(romans.Replace(m[2])), bareGrade(romans.Replace(m[3]))
	return slices.ContainsFunc(contraries().Scale, func(s scale) bool {
		then, is1 := s.grade(from)
		now, is2 := s.grade(to)
		return is1 && is2 && now > then
	})
}
