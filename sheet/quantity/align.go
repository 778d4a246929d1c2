package quantity

import (
	"math"
	"slices"
	"strings"
)

// align brings two numbers to one unit, or returns why they have none in common.
func align(target, actual Quantity) (_, _ Quantity, reason string) {
	target, actual = fractions(target, actual)
	percent := target.Unit == "%"
	switch {
	case isZero(target), isZero(actual) && (actual.Unit == "" || target.Op.down()): // 0 in any unit
		return target, actual, ""
	case percent != (actual.Unit == "%") && percent:
		return target, actual, "单位不一致：指标值" + quoted(target) + "是百分比，完成值" + quoted(actual) + "不是，完成值须写成带“%”的百分比"
	case percent != (actual.Unit == "%") && target.Unit == "":
		return target, actual, "单位不一致：完成值" + quoted(actual) + "是百分比，指标值" + quoted(target) + "没有“%”，两处须写成同一单位"
	case percent != (actual.Unit == "%"):
		return target, actual, "单位不一致：完成值" + quoted(actual) + "是百分比，须按指标值的单位“" + target.Unit + "”填写"
	case target.Unit != "" && actual.Unit != "":
		if per, _, rated := strings.Cut(target.Unit, "/"); rated && sameUnit(per, actual.Unit) {
			return target, actual, "" // 94元/人, 94元
		}
		if per, of, rated := strings.Cut(actual.Unit, "/"); rated && sameUnit(per, target.Unit) && forEachOf(target.Text, of) {
			return target, actual, "" // 每周开放不少于56小时, 60小时/周
		}
		if converted, ok := convert(actual, target); ok {
			return target, converted, ""
		}
		about, certain, is := convertRoughly(actual, target)
		switch {
		case sameUnit(target.Unit, actual.Unit):
			return target, actual, ""
		case certain:
			return target, about, ""
		case is, countsDays(target.Unit) && countsDays(actual.Unit):
			return target, actual, "“" + target.Unit + "”与“" + actual.Unit + "”不能直接比较，须人工判断"
		}
		return target, actual, "单位不一致：指标值用“" + target.Unit + "”，完成值用“" + actual.Unit + "”"
	}
	return alignScale(target, actual)
}

// forEachOf reports whether a text says that its number is for each of what stands behind
// the slash of a unit: 每车每年, of 元/辆·年. The time must be the same, things have several
// names.
func forEachOf(text, of string) bool {
	if !strings.Contains(text, "每") {
		return false
	}
	for _, part := range eachIn(of) {
		if isSpan(part) && !strings.Contains(text, "每"+part) {
			return false
		}
	}
	return true
}

// eachIn takes apart what stands behind the slash of a unit: 辆 and 年 of 元/辆·年.
func eachIn(per string) []string {
	return strings.FieldsFunc(per, func(r rune) bool { return r == '/' || r == '·' })
}

// sameDay turns an actual such as 当天 into a day where the target counts days, and into
// what a day is at most where it counts hours; days into working days, of which there
// are no more, where they are few enough; and working days into days, where they are
// few enough with a weekend between, or too many without.
func sameDay(target, actual Quantity) Quantity {
	if target.Kind != KindNumber || !isSpan(target.Unit) {
		return actual
	}
	workingDays := sameUnit(target.Unit, "工作日")
	n := 0.0
	switch today := slices.Contains(vocabulary().Date.SameDay, plain(actual.Text)); {
	case today && (workingDays || sameUnit(target.Unit, "天")):
		n = 1
	case today && sameUnit(target.Unit, "小时") && target.Low >= 24:
		n = 24
	case workingDays && target.Op.down() && actual.Kind == KindNumber && sameUnit(actual.Unit, "天") && actual.High <= target.Low:
		actual.Unit = target.Unit
		return actual
	case target.Op.down() && sameUnit(target.Unit, "天") && actual.Kind == KindNumber && sameUnit(actual.Unit, "工作日") &&
		(actual.Low > target.Low || actual.High+2*math.Ceil(actual.High/5) <= target.Low):
		actual.Unit = target.Unit
		return actual
	default:
		return actual
	}
	return Quantity{Text: actual.Text, Kind: KindNumber, Low: n, High: n, Unit: target.Unit, Scale: 1}
}

// partOf is so many of so many: 3/5.
var partOf = pattern(func() string { return `^([0-9]{1,6})/([0-9]{1,6})$` })

// parted reads 3/5 where the target is a percentage.
func parted(target, actual Quantity) Quantity {
	if target.Unit != "%" || !strings.ContainsAny(actual.Text, "/／") {
		return actual
	}
	if m := partOf().FindStringSubmatch(plain(actual.Text)); m != nil {
		part, whole := float64(smallInt(m[1])), float64(smallInt(m[2]))
		if whole > 0 && part <= whole {
			return Quantity{Text: actual.Text, Kind: KindNumber, Low: part, High: part, Scale: 1, Plan: whole}
		}
	}
	return actual
}

// countsDays reports whether a unit counts days, or working days.
func countsDays(unit string) bool { return sameUnit(unit, "天") || sameUnit(unit, "工作日") }

// fractions makes a percentage of a fraction beside one, 0.96 beside 95%, of a number
// beside one whose unit is written 百分比, as systems export it, and of a number that
// says what was planned: 计划100场,实际98场.
func fractions(target, actual Quantity) (_, _ Quantity) {
	fraction := func(q, percent Quantity) bool {
		ratio := q.Low / percent.Low
		return q.Kind == KindNumber && q.Unit == "" && q.Low <= 1 && (strings.Contains(q.Text, ".") || q.Low == 1) && 0.5 <= ratio && ratio <= 2
	}
	switch {
	case target.Unit == "%" && actual.Unit != "%" && actual.Plan > 0:
		actual.Unit, actual.Low, actual.High, actual.Spread = "%", actual.Low/actual.Plan, actual.High/actual.Plan, actual.Spread/actual.Plan
	case target.Unit == "%" && actual.Unit != "%" && actual.Share > 0:
		actual.Unit, actual.Low, actual.High, actual.Spread = "%", actual.Share, actual.Share, 0
	case target.Unit == "%" && fraction(actual, target):
		actual.Unit = "%"
	case actual.Unit == "%" && fraction(target, actual):
		target.Unit = "%"
	case target.Unit == "%" && actual.Unit == "" && actual.Kind == KindNumber && actual.Low > 1 && strings.Contains(target.Text, "百分比"): // they write it behind the target only
		actual.Unit = "%"
		actual.Low, actual.High, actual.Spread = actual.Low/100, actual.High/100, actual.Spread/100
	}
	return target, actual
}

// isZero reports whether q is 0 and nothing else.
func isZero(q Quantity) bool { return q.Kind == KindNumber && q.Low == 0 && q.Approx == Precise }

// alignScale settles what a number without any unit means beside one in 万元: 85
// beside 90万元 is 85万元, 850000 is 元. It is taken for the one that is anywhere
// near the other, if that is only one.
func alignScale(target, actual Quantity) (_, _ Quantity, reason string) {
	bare, other := &actual, target
	if actual.Scale != 1 {
		bare, other = &target, actual
	}
	if other.Scale == 1 || bare.Scale != 1 || bare.Unit != "" || bare.High == 0 || other.High == 0 {
		return target, actual, ""
	}
	asIs, scaled := near(bare.High, other.High), near(bare.High*other.Scale, other.High)
	switch {
	case asIs == scaled:
		return target, actual, "单位不明：" + quoted(*bare) + "没有写单位，不能与" + quoted(other) + "比较"
	case scaled:
		bare.Low *= other.Scale
		bare.High *= other.Scale
		bare.Spread *= other.Scale
	}
	return target, actual, ""
}

// near reports whether a is within ten times b, either way.
func near(a, b float64) bool {
	const most = 10
	r := math.Abs(a / b)
	return 1.0/most <= r && r <= most
}
