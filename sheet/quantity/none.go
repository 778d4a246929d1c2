package quantity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// zero is a target that something is not to be, said by its count: 责任事故0起, 宕机0次.
var zero = pattern(func() string {
	return `^([^0-9]{2,16}?)(?:为|是|:|=)?(?:零|0)(?:` + alternatives(slices.Concat(contraries().Events, contraries().ZeroUnits)) + `)?$`
})

func zeroSaid(t string) bool { return zero().MatchString(t) }

// counted reports whether an actual counts events of which there were to be none: those
// that what names, or it names none itself.
func counted(what, a string) bool {
	found, ok := parser{actual: true}.figures(a)
	if !ok {
		return false
	}
	for _, f := range found {
		about := f.clause()
		if f.Low <= 0 || !slices.Contains(contraries().Events, f.Unit) || negationIn(about) {
			continue
		}
		bare := without(about, contraries().Happened)
		if bare == "" || !graver(what, about) && sameSubject(bare, what) {
			return true
		}
	}
	return false
}

// graver reports whether what is not to be is graver than what a text speaks of:
// 较大以上事故, 一般事故1起.
func graver(what, text string) bool {
	if !containsAny(what, contraries().Grave) {
		return false
	}
	if gravest := contraries().Gravest; containsAny(what, gravest) {
		return !containsAny(text, gravest)
	}
	return !containsAny(text, contraries().Grave)
}

// noneSaid reports whether an actual counts some of what a target says there are to be
// none of: 无返贫致贫人口, 新增致贫2户5人.
func noneSaid(t, a string) bool {
	what, never := cutAnyPrefix(t, contraries().Never)
	return never && utf8.RuneCountInString(what) >= 2 && !strings.ContainsAny(t, "0123456789") && !containsAny(a, contraries().Remedies) && startsWithAny(a, contraries().Happened) != "" && counted(what, a)
}
