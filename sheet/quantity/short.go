package quantity

import (
	"strconv"
	"strings"
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
	case want.Op.up(), want.Op == None && want.Unit == "%" && want.Change == NoChange: // 筛查率98%, 九成左右
		return got.High < want.Low
	case want.Op.down():
		return got.Approx != Below && got.Low > want.High
	}
	return false
}

// odd is a number with an odd rest: 1700多人, 4万余元.
var odd = pattern(func() string {
	return `[0-9一二三四五六七八九十百千万亿](?:` + alternatives(units().Words.More) + `)`
})

// roughlyEqual reports whether an actual is a rough number about the very bound that it
// is to reach, or some more than a number below it: ≥12期, 10余期.
func roughlyEqual(want, got Quantity) bool {
	if want.Kind != KindNumber || want.Approx != Precise || got.Kind != KindNumber || !want.Op.up() && !want.Op.down() {
		return false
	}
	want, got, reason := align(want, got)
	switch order := compare(got.Low, want.Low); {
	case reason != "":
		return false
	case got.Approx == Around:
		return order == 0
	}
	return got.Approx.up() && want.Op.up() && compare(got.Low, want.Low) < 0
}

// shares are the ways to say how much of something is done: 已完工80%, 完成工程量的85%.
var shares = pattern(func() string {
	return `(?:` + alternatives(contraries().Progress) + `)(?:` + alternatives(contraries().ProgressOf) + `)*(?P<share>[0-9]+(?:\.[0-9]+)?)%|完成了?\p{Han}{2,10}的(?:约|近)?(?P<part>[0-9]+(?:\.[0-9]+)?)%`
})

// partlyDone reports whether an actual says that a share is done, and nothing of the
// whole, where its target asks for the whole.
func partlyDone(t, a string) bool {
	if shares().MatchString(t) && !strings.Contains(t, "100%") { // 完成工程量90%
		return false
	}
	found := false
	for _, m := range shares().FindAllStringSubmatch(a, -1) {
		share, err := strconv.ParseFloat(m[shares().SubexpIndex("share")]+m[shares().SubexpIndex("part")], 64)
		if err != nil || share >= 100 {
			return false
		}
		found = true
	}
	return found && !wholeSaid(a)
}
