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
		if f.Low <= 0 || !slices.Contains(contraries().Events, f.Unit) && f.Unit != "元" || negationIn(about) || containsAny(about, contraries().Remedies) && f.Unit == "元" {
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
	if !containsAny(what, contraries().Grave) || containsAny(text, contraries().GraveKinds) {
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
	what, never := cutNever(t)
	return never && utf8.RuneCountInString(what) >= 2 && !strings.ContainsAny(t, "0123456789") && !containsAny(a, contraries().Remedies) && startsWithAny(a, contraries().Happened) != "" && counted(what, a)
}

// cutNever cuts what a target says is not to be off the word that says so: 无|事故. The 0 of
// 0.5年内 is no such word.
func cutNever(t string) (what string, never bool) {
	what, never = cutAnyPrefix(t, contraries().Never)
	return what, never && !strings.HasPrefix(what, ".")
}

// neverSaid reports whether a target says that something is not to be.
func neverSaid(t string, want Quantity) bool {
	if want.Kind == KindNumber {
		return want.Low == 0 && want.High == 0
	}
	_, is := cutNever(t)
	return is && want.Kind == KindQualitative
}

// happened reports whether an actual is a count of events.
func happened(a string, got Quantity) bool {
	for {
		rest, cut := cutAnyPrefix(a, contraries().Happened)
		if !cut {
			break
		}
		a = rest
	}
	if q := ParseActual(a, 0); q.Kind == KindNumber {
		got = q
	}
	if got.Kind != KindNumber || got.Low <= 0 {
		return false
	}
	return got.Unit == "" || slices.Contains(contraries().Events, got.Unit)
}

// befell reports whether an actual says of the very thing that a target is to avert that
// it has happened: 防止资产流失, 发生资产流失1起.
func befell(t, a string) bool {
	what, averts := cutAnyPrefix(t, contraries().Averts)
	if !averts || utf8.RuneCountInString(what) < 2 || containsAny(a, contraries().Remedies) {
		return false
	}
	if event := sharedEnd(what, a); event != "" {
		for _, clause := range strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(clauseMarks, r) }) {
			if rest, is := cutAnyPrefix(strings.TrimLeft(clause, contraries().InAll), contraries().Occurs); is && strings.Contains(rest, event) && !graver(what, clause) && !negationIn(clause) && !strings.HasSuffix(rest, "0") {
				return true
			}
		}
	}
	for _, w := range slices.Concat(contraries().Occurs, contraries().Happened) {
		for at := range occurrences(a, w+what) {
			if !negatedAt(a, at+len(w), len(what)) {
				return true
			}
		}
	}
	return false
}

// noneToBe reports whether an actual counts events of what a target says at its end that
// there are to be none: 突发环境事件零发生, 1起.
func noneToBe(t, a string) bool {
	what, never := cutAnySuffix(t, contraries().NeverBehind)
	return never && utf8.RuneCountInString(what) >= 2 && !strings.ContainsAny(t, "123456789") && !containsAny(a, contraries().Remedies) && counted(what, a)
}
