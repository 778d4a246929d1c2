package quantity

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// spelled writes out in a compact text what people say otherwise than as one number with
// its unit: 半年 is 0.5年, 6分40秒 is 400秒, 不低于每人每月780元 is 不低于780元/人/月.
func spelled(s string) string {
	if strings.Contains(s, "半") {
		s = withHalves(s)
	}
	if strings.Contains(s, "分") || strings.Contains(s, "小时") || strings.Contains(s, "个月") {
		s = withOneUnit(s)
	}
	if strings.Contains(s, "每") {
		s = perEachOf().ReplaceAllStringFunc(s, func(found string) string {
			m := perEachOf().FindStringSubmatch(found)
			return m[1] + m[3] + m[6] + strings.ReplaceAll(m[2]+m[5], "每", "/") + m[4]
		})
	}
	return s
}

// half is a number with a half of its unit: 半小时, 一个半月, 两年半. In 上半年 and 每半年 it
// is part of something else, and so it is where something follows: 半年1次.
var half = pattern(func() string {
	h := units().Half
	number := `([0-9]+|[` + h.Digits + `])`
	return `(^|[^` + h.NotBehind + h.Digits + `0-9])(?:` + number + `?个?半(?:个?(` + alternatives(h.Short) + `)|个?(` + alternatives(h.Long) + `)(内|` + alternatives(h.Behind) + `|[,;。、)]|$))|` + number + `(年)半)`
})

func withHalves(s string) string {
	return half().ReplaceAllStringFunc(s, func(found string) string {
		m := half().FindStringSubmatch(found)
		whole := m[2] + m[6]
		if digit, _ := utf8.DecodeRuneInString(whole); whole != "" && digit > utf8.RuneSelf {
			whole = strconv.Itoa(chineseDigits[digit])
		}
		if whole == "" {
			whole = "0"
		}
		return m[1] + whole + ".5" + m[3] + m[4] + m[7] + m[5]
	})
}

// composite is a time in two units: 6分40秒, 1年3个月.
var composite = pattern(func() string {
	return `([0-9]{1,3})(个小时|小时|分钟|分|天|年)零?([0-9]{1,2})(个月|个小时|小时|分钟|分|秒)钟?`
})

// withOneUnit writes the times of a text that are in several units in the smallest.
func withOneUnit(s string) string {
	for {
		next := composite().ReplaceAllStringFunc(s, func(found string) string {
			m := composite().FindStringSubmatch(found)
			if m[2] == "分" && m[4] == "秒" {
				m[2] = "分钟"
			}
			if m[4] == "分" {
				m[4] = "分钟"
			}
			large, small := UnitName(m[2]), UnitName(m[4])
			for _, d := range units().Dimension {
				if ratio := int(d[large] / max(1, d[small])); d[small] > 0 && smallInt(m[3]) < ratio { // 365天24小时 says when
					return strconv.Itoa(smallInt(m[1])*ratio+smallInt(m[3])) + m[4]
				}
			}
			return found
		})
		if next == s {
			return s
		}
		s = next
	}
}

// perEachOf is what is for each of something, behind a comparison or of money: 不少于每周40小时,
// 每人每月780元.
var perEachOf = pattern(func() string {
	each := `((?:每(?:\p{Han}|` + alternatives(vocabulary().Each.Units) + `)){1,2})`
	return `(` + alternatives(vocabulary().Each.Operators) + `)` + each + `([0-9][0-9.]*[千万]?\p{Han}{1,2})($|[,;。、)])|` + each + `([0-9][0-9.]*[千万]?元)`
})

// isSpan reports whether a unit is one of time.
func isSpan(unit string) bool { return slices.Contains(contraries().Spans, UnitName(unit)) }
