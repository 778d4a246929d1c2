package rules

import (
	"ziping/sheet"
	"ziping/sheet/quantity"
)

// pointsFunction is the function 各项合计.
var pointsFunction = Function{
	Name: "各项合计", Usage: `各项合计("分值") 或 各项合计("得分")`, Type: "数字", Example: `各项合计("分值") == 100`,
	Doc: "整张表各项的分值或得分之和：预算执行率、各指标，以及表中另外给分的部分（资金管理情况、加减分项等）；" +
		"没有用到的行、随上一行一并给分的行不计。有一项没有填写、无法识别，或者看不出预算执行率计不计分时没有值。",
	judging: judging1(func(label string, j *judge) (float64, error) {
		if j.form == nil {
			return 0, errUnknown
		}
		if sum, ok := sumOfPoints(j.form, label); ok {
			return sum, nil
		}
		return 0, errUnknown
	}),
}

// sumOfPoints adds up all weights, or all scores, of a form; ok is false where one
// of them is not known.
func sumOfPoints(t *sheet.Table, label string) (sum float64, ok bool) {
	if len(t.Indicators) == 0 || label != sheet.LabelWeight && label != sheet.LabelScore || !t.Prints(sheet.ColumnOf(sheet.LabelIndicators, label)) {
		return 0, false
	}
	for i := range t.Indicators {
		x := &t.Indicators[i]
		v := pointsOf(x, label)
		switch n, known := v.Judged(); {
		case known:
			sum += n
		case v.Unsettled || v.Problem != "" || !x.Together && !isUnused(x):
			return 0, false
		}
	}
	other := pointsOf(&t.Elsewhere, label)
	if other.Problem != "" || other.Unsettled {
		return 0, false
	}
	n, _ := other.Judged()
	sum += n
	for i := range t.Lists {
		for j := range t.Lists[i].Rows {
			if v := pointsOf(&t.Lists[i].Rows[j], label); v != nil {
				if v.Problem != "" || v.Unsettled {
					return 0, false
				}
				n, _ := v.Judged()
				sum += n
			}
		}
	}
	whole := pointsOf(t.Fund(sheet.WholeFund), label)
	switch n, known := whole.Judged(); {
	case known:
		return sum + n, true
	case whole.Unsettled || t.Prints(sheet.ColumnOf(sheet.LabelFunds, label)) || whole.Problem != "":
		return 0, false
	}
	// No points for the money, or they are not printed: the others tell.
	weights := sum
	if label != sheet.LabelWeight {
		weights, ok = sumOfPoints(t, sheet.LabelWeight)
		if !ok {
			return 0, false
		}
	}
	return sum, quantity.Round(weights, 9) >= 100
}

// pointsOf returns the weight or the score of a part of the form.
func pointsOf(part any, label string) *sheet.Number {
	n, _ := sheet.Lookup(part, label).(*sheet.Number)
	return n
}

// isUnused reports whether a row of 绩效指标 was not used: it has neither a target
// nor a weight.
func isUnused(x *sheet.Indicator) bool {
	none := func(t *sheet.Text) bool {
		return quantity.SaysNothing(bare(t.Typed)) && quantity.SaysNothing(bare(t.Value))
	}
	return none(&x.Target) && none(&x.Level3) && quantity.Blank(x.Weight.Typed)
}
