package quantity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// roughlyShort reports whether a rough number stands on the wrong side of a bound, as
// far as it is given: ≥500人, 约480人. What 余 and 多 stand for is less than one more of
// the number's last digit: 1700多人 are no 1800.
func roughlyShort(want, got Quantity) bool {
	if want.Kind != KindNumber || got.Kind != KindNumber || got.Approx == Precise {
		return false
	}
	want, got, reason := align(want, got)
	switch {
	case reason != "":
		return false
	case want.Op.up() && got.Approx.up():
		n, _, ok := scanDecimal(strconv.FormatFloat(got.Low, 'f', -1, 64))
		return ok && odd().MatchString(plain(got.Text)) && got.Low+n.step() <= want.Low*(1+tolerance)
	case want.Op.up():
		return got.High < want.Low
	case want.Op.down():
		return got.Approx != Below && got.Low > want.High
	}
	return false
}

// odd is a number with an odd rest: 1700多人, 4万余元.
var odd = pattern(`[0-9一二三四五六七八九十百千万亿][余多几]`)

// roughlyEqual reports whether an actual is a rough number about the very bound that it
// is to reach.
func roughlyEqual(want, got Quantity) bool {
	if want.Kind != KindNumber || want.Approx != Precise || got.Kind != KindNumber || got.Approx != Around || !want.Op.up() && !want.Op.down() {
		return false
	}
	want, got, reason := align(want, got)
	return reason == "" && compare(got.Low, want.Low) == 0
}

// partsShort reports whether an actual names nothing but parts, in the target's unit,
// that come to less: 线上30场、线下110场 where there should be 150.
func partsShort(want Quantity, a string) bool {
	if want.Kind != KindNumber || want.Approx != Precise || want.Op.down() || want.Unit == "" || want.Unit == "%" || strings.Contains(want.Unit, "/") {
		return false
	}
	if !strings.ContainsAny(a, partMarks) || containsAny(a, contraries.Beside) {
		return false
	}
	var names []string
	for _, part := range strings.FieldsFunc(a, func(r rune) bool { return strings.ContainsRune(partMarks, r) }) {
		m := partNumber().FindStringSubmatch(part)
		if m == nil || m[1] == "" || m[3] == "" || slices.Contains(names, m[1]) || !isBareLabel(m[1]) {
			return false
		}
		names = append(names, m[1])
	}
	sum, ok := sumOfParts(a, want.Unit)
	return ok && len(names) > 1 && sum < want.Low
}

// shares are the ways to say how much of something is done: 已完工80%, 完成工程量的85%.
var shares = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:` + alternatives(contraries.Progress) + `)(?:` + alternatives(contraries.ProgressOf) + `)*(?P<share>[0-9]+(?:\.[0-9]+)?)%`)
})

// partlyDone reports whether an actual says that a share is done, and nothing of the
// whole.
func partlyDone(a string) bool {
	found := false
	for _, m := range shares().FindAllStringSubmatch(a, -1) {
		share, err := strconv.ParseFloat(m[shares().SubexpIndex("share")], 64)
		if err != nil || share >= 100 {
			return false
		}
		found = true
	}
	return found && !wholeSaid(a)
}
