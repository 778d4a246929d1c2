package read

import (
	"math"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// markParts marks the sources of money that are parts of one above them, as 人员经费 and
// 公用经费 are of 基本支出: they are set off from it by 其中, by a number of another kind
// or by blanks, and add up to it.
func markParts(t *sheet.Table) {
	funds, whole := t.Funds, t.Fund(sheet.WholeFund)
	if addUp(whole, slices.DeleteFunc(slices.Clone(funds), func(x sheet.Fund) bool { return x.Source.Value == sheet.WholeFund })) {
		return
	}
	for i := range funds {
		if funds[i].Source.Value == sheet.WholeFund || funds[i].Part {
			continue
		}
		for n := partsBelow(funds[i:]); n > 0; n-- {
			funds[i+n].Part = true
		}
	}
}

// partsBelow returns how many of the sources below the first are its parts.
func partsBelow(funds []sheet.Fund) int {
	if len(funds) < 2 || !setOff(&funds[0], &funds[1]) {
		return 0
	}
	for n := 1; n < len(funds) && (n == 1 || numbering(funds[n].Source.Typed) != numbering(funds[0].Source.Typed) || numbering(funds[0].Source.Typed) == ""); n++ {
		if addUp(&funds[0], funds[1:n+1]) {
			return n
		}
	}
	return 0
}

// setOff reports whether a source is printed as a part of the one above.
func setOff(above, x *sheet.Fund) bool {
	a, b := above.Source.Typed, x.Source.Typed
	return strings.HasPrefix(quantity.FoldSpace(b), "其中") || numbering(b) != "" && numbering(a) != numbering(b) || indent(b) > indent(a)
}

// numbering returns what kind of number a text begins with: 一、 1. (2) ①; "" for none.
func numbering(text string) string {
	s := quantity.FoldSpace(text)
	name := sheet.Unnumbered(s)
	number := []rune(strings.TrimSuffix(s, name))
	if len(number) == 0 {
		return ""
	}
	kind := strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return '1'
		case strings.ContainsRune("一二三四五六七八九十", r):
			return '一'
		case '①' <= r && r <= '⑳':
			return '①'
		}
		return r
	}, string(number))
	for _, twice := range []string{"1", "一"} {
		for strings.Contains(kind, twice+twice) {
			kind = strings.ReplaceAll(kind, twice+twice, twice)
		}
	}
	return kind
}

// indent returns by how many blanks a text is set in.
func indent(text string) int { return len(text) - len(strings.TrimLeft(text, " \u3000\t\u00a0")) }

// addUp reports whether parts add up to a source, in one of the amounts at least.
func addUp(whole *sheet.Fund, parts []sheet.Fund) bool {
	for _, amount := range []func(x *sheet.Fund) *sheet.Number{
		func(x *sheet.Fund) *sheet.Number { return &x.Budget },
		func(x *sheet.Fund) *sheet.Number { return &x.Executed },
		func(x *sheet.Fund) *sheet.Number { return &x.InitialBudget },
	} {
		sum := 0.0
		for i := range parts {
			sum += amount(&parts[i]).Value
		}
		if want := amount(whole).Value; want > 0 && math.Abs(sum-want) < 0.005 {
			return true
		}
	}
	return false
}
