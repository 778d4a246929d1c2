package campaign

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// moneyFaults touch the amounts, or all that a department fills in.
var moneyFaults = []fault{
	{"其他资金超支", func(_ *campaign, f *madeForm) bool {
		x := f.table.Fund("其他资金")
		if x.Budget.Value <= 0 {
			return false
		}
		x.Executed = sheet.N(quantity.Round(x.Budget.Value*1.1+1, 2))
		f.settle()
		f.expect("executed-over-other", fundPath(x, sheet.LabelExecuted))
		return true
	}},
	{"金额相差一万倍", func(_ *campaign, f *madeForm) bool {
		for i := range f.table.Funds[1:] {
			x := &f.table.Funds[1+i]
			x.InitialBudget = sheet.N(quantity.Round(x.Budget.Value*10000, 2))
		}
		f.settle()
		f.expect("unit-scale", all+sheet.LabelBudget)
		return f.table.Funds[0].Budget.Value > 0
	}},
	{"预算数按元填写", inYuan("budget-in-yuan", sheet.LabelBudget, func(x *sheet.Fund) *sheet.Number {
		if x.InitialBudget.Value <= 0 {
			return nil
		}
		return &x.Budget
	})},
	{"执行数按元填写", inYuan("executed-in-yuan", sheet.LabelExecuted, func(x *sheet.Fund) *sheet.Number { return &x.Executed })},
	{"执行数按万元填写", func(_ *campaign, f *madeForm) bool {
		if f.table.MoneyUnit.Value != "元" || !f.asPlanned() {
			return false
		}
		f.spend(0.00009)
		f.settle()
		for i := range f.table.Funds {
			f.expect("executed-in-wan", fundPath(&f.table.Funds[i], sheet.LabelExecuted))
		}
		return true
	}},
	{"有预算的来源未填执行数", func(_ *campaign, f *madeForm) bool {
		last := &f.table.Funds[len(f.table.Funds)-1]
		if len(f.table.Funds) < 3 || !f.asPlanned() || last.Budget.Value > f.table.Funds[0].Budget.Value*0.04 {
			return false
		}
		last.Executed = sheet.Number{}
		f.settle()
		f.expect("required-executed-source", fundPath(last, sheet.LabelExecuted))
		return true
	}},
	{"没有支出而都是满分", func(c *campaign, f *madeForm) bool {
		if slices.ContainsFunc(f.rows, func(r *row) bool { return !met(r) }) {
			return false
		}
		if !silent("execution-low", all+sheet.LabelRate, func(f *madeForm) { f.spend(0) })(c, f) {
			return false
		}
		f.expect("executed-zero", all+sheet.LabelExecuted)
		return true
	}},
	{"表没有填写", func(_ *campaign, f *madeForm) bool {
		f.table.Goal.Actual = sheet.Text{}
		for i := range f.table.Funds[1:] {
			f.table.Funds[1+i].Executed = sheet.Number{}
		}
		for _, r := range f.rows {
			r.marked, r.pinned = true, true
			r.Actual, r.Score, r.Deviation = sheet.Text{}, sheet.Number{}, sheet.Text{}
		}
		f.expect("form-untouched", sheet.LabelIndicators)
		return true
	}},
	{"预算调整没有说明", silent("budget-adjusted", all+sheet.LabelBudget, func(f *madeForm) {
		for i := range f.table.Funds[1:] {
			x := &f.table.Funds[1+i]
			x.InitialBudget = sheet.N(quantity.Round(x.Budget.Value*0.6, 2))
		}
	})},
	{"执行率低没有说明", silent("execution-low", all+sheet.LabelRate, func(f *madeForm) { f.spend(0.7) })},
	{"执行率低而都是满分", func(c *campaign, f *madeForm) bool {
		if slices.ContainsFunc(f.rows, func(r *row) bool { return !met(r) }) {
			return false
		}
		if !silent("execution-low", all+sheet.LabelRate, func(f *madeForm) { f.spend(0.3) })(c, f) {
			return false
		}
		f.expect("execution-low-full-score", scores)
		return true
	}},
}

// inYuan is an amount in 元 in a form in 万元 whose money is as planned; amount returns nil
// where it can't be told.
func inYuan(rule, label string, amount func(*sheet.Fund) *sheet.Number) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		x := &f.table.Funds[1]
		n := amount(x)
		if n == nil || f.table.MoneyUnit.Value != "万元" || !f.asPlanned() {
			return false
		}
		n.Value = quantity.Round(n.Value*10000, 2)
		f.settle()
		f.expect(rule, fundPath(x, label))
		return true
	}
}

// spend spends a share of the budget.
func (f *madeForm) spend(share float64) {
	for i := range f.table.Funds[1:] {
		x := &f.table.Funds[1+i]
		x.Executed = sheet.N(quantity.Round(x.Budget.Value*share, 2))
	}
}

// silent is money that is not as planned, in a form that says nothing of it.
func silent(rule, path string, spoil func(*madeForm)) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		if f.table.Funds[0].Budget.Value < 10 || !f.asPlanned() {
			return false // cents would count; so would what else is not as planned
		}
		for _, r := range f.rows { // what is said of a row may speak of money
			r.marked = true
			if met(r) && !r.over() {
				r.Deviation = sheet.T("")
			} else {
				r.Deviation = sheet.T(f.unique(r, []string{"{m}月起参与单位退出{k}家，人数减少；改用线上线下结合的方式，力争完成"}))
			}
		}
		f.table.Goal.Actual = sheet.T("服务对象增加，群众反映良好，项目效益逐步显现。")
		spoil(f)
		f.settle()
		f.expect(rule, path)
		return true
	}
}

// negative is a source of money with a negative amount.
func negative(rule, label string, spoil func(*sheet.Fund)) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		if len(f.table.Funds) < 3 {
			return false
		}
		x := &f.table.Funds[2]
		spoil(x)
		f.expect(rule, fundPath(x, label))
		f.settle()
		t := &f.table.Funds[0]
		if t.Executed.Value > t.Budget.Value+0.02 {
			f.expect("executed-within-budget", all+sheet.LabelExecuted)
		}
		return true
	}
}

// scaled is a form whose amounts are in the other unit.
func scaled(unit string, factor float64, rule string, odd func(budget float64) bool) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		speaksOfMoney := func(r *row) bool { return strings.Contains(r.Target.Value, "元") }
		if f.table.MoneyUnit.Value != unit || !odd(f.table.Funds[0].Budget.Value*factor) || slices.ContainsFunc(f.rows, speaksOfMoney) {
			return false
		}
		for i := range f.table.Funds[1:] {
			x := &f.table.Funds[1+i]
			for _, n := range []*sheet.Number{&x.InitialBudget, &x.Budget, &x.Executed} {
				n.Value = quantity.Round(n.Value*factor, 6)
			}
		}
		f.expect(rule, all+sheet.LabelBudget)
		return true
	}
}
