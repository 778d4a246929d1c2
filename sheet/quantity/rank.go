package quantity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// scale is what is graded by words: the words of one grade stand together, the best
// grade first. Within are those of which the words may stand in a sentence.
type scale struct {
	Grades [][]string
	Within bool
}

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
	return slices.ContainsFunc(contraries().Scale, func(s scale) bool {
		want, isWanted := s.grade(t)
		got, isGot := s.grade(a)
		return isWanted && isGot && got > want
	})
}

// gradedWithin reports whether an actual names in a sentence a lower grade than the
// target does, of the same thing: 省级以上奖项≥1项, 市级奖项1项.
func gradedWithin(t, a string) bool {
	return slices.ContainsFunc(contraries().Scale, func(s scale) bool {
		if !s.Within {
			return false
		}
		want, about, isWanted := s.inside(t)
		got, said, isGot := s.inside(a)
		return isWanted && isGot && got > want && sameSubject(bareGrade(said), bareGrade(about))
	})
}

// inside finds the one grade that a sentence names, and what else it says.
func (s scale) inside(text string) (place int, rest string, is bool) {
	for p, words := range s.Grades {
		for _, w := range words {
			if strings.Contains(text, w) {
				if is && p != place {
					return 0, "", false
				}
				place, is = p, true
				text = strings.ReplaceAll(text, w, "")
			}
		}
	}
	return place, text, is
}

// rank is what is numbered by how good it is: 一级, 二级; More where the larger number is
// the better: 五星级. Unlike are the words of what is numbered otherwise.
type rank struct {
	Units, Unlike []string
	More          bool

	form *regexp.Regexp
}

// place finds the number of a rank in a sentence that has one only, and what else it
// says.
func (r rank) place(s string) (n int, rest string, is bool) {
	all := r.form.FindAllStringSubmatchIndex(s, -1)
	if len(all) != 1 || containsAny(s, r.Unlike) {
		return 0, "", false
	}
	m := all[0]
	if m[2] < 0 {
		m[2], m[3] = m[4], m[5]
	}
	digit := romans.Replace(s[m[2]:m[3]])
	if strings.Trim(digit, "A") == "" {
		return len(digit), s[:m[0]] + s[m[1]:], true
	}
	n = slices.Index(ordinals, digit)
	if n < 0 {
		n = slices.Index(latins, digit)
	}
	if n < 0 {
		n = slices.Index(stems, digit)
	}
	if n < 0 {
		n = int(digit[0] - '1')
	}
	return n, s[:m[0]] + s[m[1]:], true
}

var ordinals, latins, stems = strings.Fields("一 二 三 四 五 六 七 八 九"), strings.Fields("I II III IV V"), strings.Fields("甲 乙 丙 丁")

// ranks are the numbers of ranks as they are written.
var ranks = sync.OnceValue(func() []rank {
	made := slices.Clone(contraries().Rank)
	for i := range made {
		units := slices.Clone(made[i].Units)
		slices.SortFunc(units, func(a, b string) int { return len(b) - len(a) })
		number := `([一二三四五六七八九]|[ⅠⅡⅢⅣⅤ]|I{1,3}|IV|V|[甲乙丙丁]|[1-5])(?:` + alternatives(units) + `)`
		if made[i].More {
			number = `([一二三四五]|[1-5])(?:` + alternatives(units) + `)|(A{2,5})级`
		}
		made[i].form = regexp.MustCompile(number)
	}
	return made
})

// rankedLower reports whether an actual names a lower rank than the target does, of the
// same thing: 一级, 二级.
func rankedLower(t, a string) bool {
	return slices.ContainsFunc(ranks(), func(r rank) bool {
		want, about, isWanted := r.place(t)
		got, said, isGot := r.place(a)
		return isWanted && isGot && (got > want) != r.More && got != want && (bareGrade(about) == "" || sameSubject(bareGrade(said), bareGrade(about)))
	})
}

// bareGrade takes off what stands around the word of a grade.
func bareGrade(s string) string {
	for cut := true; cut; {
		s, cut = cutAnyPrefix(s, contraries().BeforeGrade)
	}
	for cut := true; cut; {
		s, cut = cutAnySuffix(s, contraries().AfterGrade)
	}
	return romans.Replace(s)
}

// romans writes the Roman numerals of water classes in letters, as they are typed too.
var romans = strings.NewReplacer("Ⅰ", "I", "Ⅱ", "II", "Ⅲ", "III", "Ⅳ", "IV", "Ⅴ", "V")

// ratioText is a ratio, with or without a comparison and a label: ≥1:1.5, 生师比≤18:1.
var ratioText = pattern(func() string {
	return `^\p{Han}{0,8}?(` + alternatives(contraries().Ratio) + `)?([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)$`
})

// mostLeverage is up to what second term a ratio is taken for a leverage, of which more
// is better: 财政资金带动社会资本 1:3. Beyond are pupils to a teacher, 1:15.
const mostLeverage = 5

// ratioShort reports whether a ratio of one to so much falls short of the target's.
func ratioShort(t, a string) bool {
	if !strings.Contains(t, ":") || !strings.Contains(a, ":") {
		return false
	}
	want, got := ratioText().FindStringSubmatch(t), ratioText().FindStringSubmatch(a)
	if want == nil || got == nil {
		return false
	}
	if want[3] == got[3] && want[3] == "1" {
		most, err1 := strconv.ParseFloat(want[2], 64)
		reached, err2 := strconv.ParseFloat(got[2], 64)
		return err1 == nil && err2 == nil && comparison(want[1]) == Le && reached > most
	}
	if want[2] != got[2] {
		return false
	}
	least, err1 := strconv.ParseFloat(want[3], 64)
	reached, err2 := strconv.ParseFloat(got[3], 64)
	return err1 == nil && err2 == nil && least <= mostLeverage && reached < least
}

// comparison is the comparison that a word makes, None where it makes none.
func comparison(word string) Op {
	for _, l := range vocabulary().leads {
		if l.word == word {
			return l.op
		}
	}
	return None
}

// amongFirst is a place to be reached, placed one that was: 前三, 第五.
var (
	amongFirst = pattern(func() string { return `前([0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:名|位|强|$)` })
	placed     = pattern(func() string {
		return `(?:` + alternatives(contraries().Placed) + `)([0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:名|位|$)`
	})
)

// placedLower reports whether an actual names a place behind those that the target asks
// for: 排名全省前三, 全省第五.
func placedLower(t, a string) bool {
	if !strings.Contains(t, "前") {
		return false
	}
	want, got := amongFirst().FindStringSubmatch(t), placed().FindStringSubmatch(a)
	if want == nil || got == nil || containsAny(a, contraries().Last) {
		return false
	}
	last, _, ok1 := smallNumber(want[1])
	place, _, ok2 := smallNumber(got[1])
	return ok1 && ok2 && place > last
}

// side is on which side of something else a thing is to be, by the words that say so;
// equal, whether it may be as it is.
type side struct {
	Up, Equal bool
	Words     []string
}

// sideOf finds the first word for a side in a text, and what follows it.
func sideOf(s string) (found side, reference string, is bool) {
	first, length := len(s), 0
	for _, d := range contraries().Side {
		for _, w := range d.Words {
			if at := strings.Index(s, w); at >= 0 && (at < first || at == first && len(w) > length) {
				found, first, length, is = d, at, len(w), true
			}
		}
	}
	return found, s[min(first+length, len(s)):], is
}

// onTheOtherSide reports whether an actual says to be on the other side of what the
// target compares with: 高于全国平均水平, 低于全国平均水平1.2个百分点.
func onTheOtherSide(t, a string) bool {
	want, of, isWanted := sideOf(t)
	got, with, isGot := sideOf(a)
	return isWanted && isGot && want.Up != got.Up && !got.Equal && sharedStart(with, of) != ""
}

// event is what a time is told by: 汛期前完成, 汛期后完成.
var event = pattern(func() string { return `(\p{Han}{1,3}?)(之?[前后])` })

// afterEvent reports whether something was done after what it was to be done before.
func afterEvent(t, a string) bool {
	if !strings.Contains(t, "前") || !strings.Contains(a, "后") {
		return false
	}
	want, got := event().FindStringSubmatch(t), event().FindStringSubmatch(a)
	return want != nil && got != nil && want[1] == got[1] && strings.HasSuffix(want[2], "前") && strings.HasSuffix(got[2], "后")
}

// years are the ways to name the year, or its part, that something is compared with.
var years = pattern(func() string {
	return `(较|比|于|与|和|同|过|持|[≥≤])(?:(?:20)?[0-9]{2}年度?|` + alternatives(contraries().PastYear) + `)(?:同期)?`
})

// sameYear is a text in which every year that something is compared with has one name:
// 较2021年减少 is 较上年减少.
func sameYear(s string) string {
	if !strings.Contains(s, "年") && !strings.Contains(s, "期") {
		return s
	}
	return years().ReplaceAllString(s, "${1}上年")
}

// againstLastYear reports whether the numbers of an actual, its own and that of the year
// before, go the other way than a target has it: 较上年提升, 知晓率为82%,上年为86%.
func againstLastYear(t, a string) bool {
	past := contraries().PastYear
	if !containsAny(a, past) {
		return false
	}
	way := direction(t)
	if way == NoChange {
		return false
	}
	found, ok := parser{actual: true}.figures(a)
	if !ok || len(found) != 2 || found[0].Unit != found[1].Unit {
		return false
	}
	now, then := found[0], found[1]
	if containsAny(now.clause(), past) {
		now, then = then, now
	}
	if containsAny(now.clause(), past) || !containsAny(then.before, past) || containsAny(a, contraries().Compares) {
		return false
	}
	return way == Rise && now.High < then.Low || way == Fall && now.Low > then.High
}

// sidesWith reports whether a text says to be on the upper, or the lower, side of another year.
func sidesWith(t string, up bool) bool {
	side, of, is := sideOf(t)
	return is && side.Up == up && startsWithAny(of, contraries().PastYear) != ""
}
