package read

import (
	"slices"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// forgetBlankSums takes the sum of nothing for nothing. Where the amount of the whole
// money is a formula and none of its sources is filled in, 0 is what the formula
// makes of blanks, and not what the department says; nor are the rate and the score
// that follow from it.
func forgetBlankSums(t *sheet.Table) {
	whole := t.Fund(sheet.WholeFund)
	if whole.Source.Value == "" || len(t.Funds) < 2 {
		return
	}
	for _, label := range sheet.Amounts {
		v := sheet.Lookup(whole, label)
		if !isZeroFormula(v) || slices.ContainsFunc(t.Funds, func(x sheet.Fund) bool {
			return x.Source.Value != sheet.WholeFund && !isBlank(sheet.Lookup(&x, label))
		}) {
			continue
		}
		forget(v)
		if label == sheet.LabelExecuted {
			for _, follows := range []sheet.Value{&whole.Rate, &whole.Score} {
				if isZeroFormula(follows) {
					forget(follows)
				}
			}
		}
	}
}

// isZeroFormula reports whether a value is a formula that comes to 0.
func isZeroFormula(v sheet.Value) bool {
	return v.At().Formula != "" && v.At().Problem == "" && v.Any() == 0.0
}

// isBlank reports whether nothing is filled in.
func isBlank(v sheet.Value) bool {
	at := v.At()
	return v.Any() == nil && at.Problem == "" && at.Formula == "" && quantity.Blank(at.Typed)
}

// forget takes a value away with what stands in its cell.
func forget(v sheet.Value) {
	clearValue(v)
	v.At().Typed = ""
}
