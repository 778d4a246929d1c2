package issued

import (
	"slices"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// totalLabels are the amounts of the whole money that a list settles.
var totalLabels = []string{sheet.LabelInitialBudget, sheet.LabelBudget}

// totals notices where the whole money was issued with an amount and comes to
// another: the formula stands, and a source that was left open has made it more.
// Where a locked source was changed, that is said already.
func (c *comparison) totals() {
	whole := c.table.Fund(sheet.WholeFund)
	for _, label := range totalLabels {
		was, given := c.issued.totals[label]
		now := sheet.Lookup(whole, label).(*sheet.Number)
		if !given || !now.Known || now.Fixed || quantity.FormatNumber(was) == quantity.FormatNumber(now.Value) || c.sourceChanged(label) {
			continue
		}
		c.notice(sheet.Notice{Kind: sheet.NoticeTotal, Cell: now.Ref, Issued: quantity.FormatNumber(was), Now: quantity.FormatNumber(now.Value)})
	}
}

// sourceChanged reports whether a locked amount of a source is said to be changed.
func (c *comparison) sourceChanged(label string) bool {
	return slices.ContainsFunc(c.cells, func(n sheet.Notice) bool {
		return n.Kind == sheet.NoticeLocked && slices.ContainsFunc(c.table.Funds, func(x sheet.Fund) bool { return sheet.Lookup(&x, label).At().Ref == n.Cell })
	})
}
