package quantity

import (
	"slices"
	"strings"
)

// tailWords are the words after a number and its unit, as in 95%以上. Where two end
// alike, the longer stands first.
var tailWords = slices.Concat(
	leadsLike(lead{op: Ge, approx: AtLeast}, "(含)以上 含以上 及以上 或以上 以上"),
	leadsLike(lead{op: Le}, "(含)以下 含以下 及以下 或以下 以下 (含)以内 以内 之内 范围内 内"),
	leadsLike(lead{approx: Around}, "左右 上下"),
	leadsLike(lead{approx: Above}, "余 多"),
	leadsLike(lead{}, "(含)"),
)

// cutTails takes the tail words off s, which begins behind a number.
func (p parser) cutTails(s string, c claim) (_ string, _ claim, ok bool) {
	if percent := strings.IndexByte(s, '%') + 1; percent > 0 && isDone(s[percent:]) {
		s = s[:percent]
	}
	for s != "" && s[len(s)-1] != '%' {
		w := tailOf(s)
		if w == nil {
			break
		}
		if c, ok = c.with(w, p.actual); !ok {
			return s, c, false
		}
		s = s[:len(s)-len(w.word)]
	}
	return s, c, true
}

func tailOf(s string) *lead {
	for i := range tailWords {
		if strings.HasSuffix(s, tailWords[i].word) {
			return &tailWords[i]
		}
	}
	return nil
}
