package sheet

import (
	"math"

	"ziping/sheet/quantity"
)

// Amounts are the labels of the amounts of each source of money.
var Amounts = []string{LabelInitialBudget, LabelBudget, LabelExecuted}

// InWan returns an amount in 万元, with all its digits; ok is false where the unit is
// none that is known.
func InWan(v float64, unit string) (wan float64, ok bool) {
	const wanPower = 4
	power, ok := quantity.MoneyPower(unit)
	if !ok {
		return 0, false
	}
	power -= wanPower
	if power < 0 {
		v /= math.Pow10(-power)
	} else {
		v *= math.Pow10(power)
	}
	return quantity.Round(v, 15), true
}
