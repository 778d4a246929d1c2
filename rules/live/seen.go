package live

import (
	"fmt"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// Seen returns the ids of the rules that a department sees while it fills in some form of
// these kinds.
func Seen(set *rules.Set, forms []*sheet.Form) map[string]bool {
	seen := map[string]bool{}
	t := New(set)
	for _, f := range forms {
		for _, printed := range []bool{false, true} {
			for _, calculated := range []bool{false, true} {
				for _, c := range t.Checks(specimen(f, printed, calculated), "表") {
					seen[c.ID] = true
				}
			}
		}
	}
	return seen
}

// specimen is a form that is to be filled in. The indicators may be printed, and what
// follows from other fields calculated.
func specimen(f *sheet.Form, printed, calculated bool) *sheet.Table {
	t := sheet.NewTable(f)
	t.MoneyUnit = sheet.T("万元")
	if printed {
		t.Year = sheet.N(2021)
	}
	for _, source := range []string{sheet.WholeFund, "当年财政拨款"} {
		x := t.NewFund()
		x.Source = sheet.T(source)
		t.Funds = append(t.Funds, x)
	}
	t.Funds[0].Weight = sheet.N(10)
	for _, target := range []string{"≥95%", "=400 场", "按时完成"} {
		x := t.NewIndicator()
		if printed {
			x.Level1, x.Level2, x.Level3, x.Target, x.Weight = sheet.T("产出指标"), sheet.T("数量指标"), sheet.T("项目完成情况"), sheet.T(target), sheet.N(20)
		}
		t.Indicators = append(t.Indicators, x)
	}
	for i := range t.Lists {
		t.Lists[i].Add()
	}
	lay(t)
	if calculated {
		calculate(t)
	}
	return t
}

// lay gives the values of a form cells, a row a part; what has no value is to be filled in.
func lay(t *sheet.Table) {
	for i, p := range t.Parts() {
		col := 0
		for f := range sheet.Fields(p.Part) {
			col++
			at := f.Value.At()
			at.Ref, at.Typed = xlsx.Ref(i+1, col), sheet.Show(f.Value)
			at.Input = f.Value.Any() == nil
			at.Fixed = !at.Input
		}
	}
}

// calculate makes cells of a specimen formulas.
func calculate(t *sheet.Table) {
	whole, part := &t.Funds[0], &t.Funds[1]
	score := fmt.Sprintf("MIN(1,%s)*10", whole.Rate.Ref)
	first, last := &t.Indicators[0], &t.Indicators[len(t.Indicators)-1]
	for cell, formula := range map[*sheet.Cell]string{
		whole.InitialBudget.At(): "SUM(" + part.InitialBudget.Ref + ")",
		whole.Budget.At():        "SUM(" + part.Budget.Ref + ")",
		whole.Executed.At():      "SUM(" + part.Executed.Ref + ")",
		whole.Rate.At():          whole.Executed.Ref + "/" + whole.Budget.Ref,
		whole.Score.At():         score,
		t.Total.Score.At():       "SUM(" + first.Score.Ref + ":" + last.Score.Ref + "," + whole.Score.Ref + ")",
	} {
		cell.Input, cell.Derived, cell.Formula = false, true, formula
	}
}
