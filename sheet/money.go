package sheet

import "ziping/sheet/quantity"

// MoneyUnits are the units of money of the form, the usual one first.
var MoneyUnits = []string{"万元", "元", "千元", "亿元"}

// Amounts are the labels of the amounts of each source of money.
var Amounts = []string{"年初预算数", "全年预算数", "全年执行数"}

// inWan says what makes an amount in a unit of money one in 万元.
var inWan = map[string]struct{ times, over float64 }{"元": {1, 1e4}, "千元": {1, 10}, "万元": {1, 1}, "亿元": {1e4, 1}}

// InWan returns an amount in 万元, with all its digits; ok is false where the unit is
// none that is known.
func InWan(v float64, unit string) (wan float64, ok bool) {
	to, ok := inWan[unit]
	if !ok {
		return 0, false
	}
	return quantity.Round(v*to.times/to.over, 15), true
}
