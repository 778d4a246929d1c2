package campaign

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// formFaults touch what is said of the whole form, or what the totals are made
// of: a form has one of them at most.
var formFaults = []fault{
	{"未填年度", func(_ *campaign, f *madeForm) bool {
		return f.dated() && f.clear(&f.table.Year, "required-year", sheet.LabelYear)
	}},
	{"年度有误", func(_ *campaign, f *madeForm) bool {
		if !f.dated() {
			return false
		}
		f.table.Year = sheet.N(2042)
		f.expect("year-plausible", sheet.LabelYear)
		f.expect("year-of-batch", sheet.LabelYear)
		return true
	}},
	{"未填项目名称", func(_ *campaign, f *madeForm) bool {
		return f.clear(&f.table.Project, "required-project", sheet.LabelProject)
	}},
	{"未填主管部门", func(_ *campaign, f *madeForm) bool {
		return f.clear(&f.table.Department, "required-department", sheet.LabelDepartment)
	}},
	{"未填实施单位", func(_ *campaign, f *madeForm) bool {
		return f.clear(&f.table.Implementer, "required-implementer", sheet.LabelImplementer)
	}},
	{"未填预期目标", func(_ *campaign, f *madeForm) bool {
		return f.clear(&f.table.Goal.Expected, "required-expected", "年度总体目标.预期目标")
	}},
	{"未填实际完成情况", func(_ *campaign, f *madeForm) bool {
		return f.clear(&f.table.Goal.Actual, "required-goal-actual", "年度总体目标.实际完成情况")
	}},
	{"未填全年预算数", cleared("required-budget", all+sheet.LabelBudget)},
	{"未填全年执行数", cleared("required-executed", all+sheet.LabelExecuted)},
	{"未填执行率", cleared("required-rate", all+sheet.LabelRate)},
	{"未填执行率得分", cleared("required-execution-score", all+sheet.LabelScore)},
	{"未填总分", cleared("required-total", scores)},
	{"未填绩效指标", func(_ *campaign, f *madeForm) bool {
		f.rows = nil
		f.expect("required-indicators", sheet.LabelIndicators)
		return true
	}},
	{"未填分值", inRow("required-weight", sheet.LabelWeight, met, func(r *row) { r.Weight = sheet.Number{}; r.pin(2) })},
	{"未填得分", inRow("required-score", sheet.LabelScore, met, func(r *row) { r.Score, r.pinned = sheet.Number{}, true })},
	{"得分写成文字", inRow("unreadable", sheet.LabelScore, met, func(r *row) {
		r.Score, r.pinned = sheet.Number{}, true
		r.form.edits[r.path(sheet.LabelScore)] = pick(r.form.rand, []string{"满分", "十八分左右", "见附件"})
	})},
	{"公式改成数值", func(_ *campaign, f *madeForm) bool {
		f.overwrite(scores, func(t *sheet.Table) any { return t.Total.Score.Value })
		return true
	}},

	{"年初预算数合计有误", typed("funds-initial-sum", all+sheet.LabelInitialBudget, func(t *sheet.Table) float64 { return t.Funds[0].InitialBudget.Value + 10 })},
	{"全年预算数合计有误", typed("funds-budget-sum", all+sheet.LabelBudget, func(t *sheet.Table) float64 { return t.Funds[0].Budget.Value + 1 })},
	{"全年执行数合计有误", typed("funds-executed-sum", all+sheet.LabelExecuted, func(t *sheet.Table) float64 { return t.Funds[0].Executed.Value * 0.9 })},
	{"执行数超过预算数", func(_ *campaign, f *madeForm) bool {
		x := &f.table.Funds[1]
		x.Executed = sheet.N(quantity.Round(x.Budget.Value*1.2+1, 2))
		f.settle()
		f.expect("executed-within-budget", fundPath(x, sheet.LabelExecuted))
		if t := &f.table.Funds[0]; t.Executed.Value > t.Budget.Value+0.02 {
			f.expect("executed-within-budget", all+sheet.LabelExecuted)
		}
		return true
	}},
	{"年初预算数为负", negative("negative-initial", sheet.LabelInitialBudget, func(x *sheet.Fund) { x.InitialBudget = sheet.N(-1.5) })},
	{"全年预算数为负", negative("negative-budget", sheet.LabelBudget, func(x *sheet.Fund) { x.Budget, x.Executed = sheet.N(-0.01), sheet.Number{} })},
	{"全年执行数为负", negative("negative-executed", sheet.LabelExecuted, func(x *sheet.Fund) { x.Executed = sheet.N(-0.5) })},
	{"按元填写", scaled("万元", 10000, "unit-too-large", func(budget float64) bool { return budget >= 1000000 })},
	{"按万元填写", scaled("元", 1.0/10000, "unit-too-small", func(budget float64) bool { return budget < 1000 })},
	{"预算数为零", func(_ *campaign, f *madeForm) bool {
		for i := range f.table.Funds {
			f.table.Funds[i].Budget, f.table.Funds[i].Executed = sheet.N(0), sheet.N(0)
		}
		f.expect("budget-zero", all+sheet.LabelBudget)
		return true
	}},
	{"执行率有误", typed("execution-rate", all+sheet.LabelRate, func(t *sheet.Table) float64 { return quantity.Round(t.Funds[0].Rate.Value-0.0301, 4) })},
	{"执行率得分有误", typed("execution-score", all+sheet.LabelScore, func(t *sheet.Table) float64 { return quantity.Round(t.Funds[0].Score.Value-0.5, 2) })},

	{"执行率分值有误", func(_ *campaign, f *madeForm) bool {
		f.table.Funds[0].Weight = sheet.N(15)
		f.expect("execution-weight", all+sheet.LabelWeight)
		f.expect("weight-total", "总分.分值")
		return true
	}},
	{"指标分值为零", func(_ *campaign, f *madeForm) bool {
		r := f.choose(met)
		same := f.choose(func(o *row) bool { return r != nil && o.Level1.Value == r.Level1.Value })
		if same == nil {
			return false
		}
		same.Weight.Value += r.Weight.Value
		r.Weight = sheet.N(0)
		r.expect("weight-positive", sheet.LabelWeight)
		return true
	}},
	{"分值合计不是100", func(_ *campaign, f *madeForm) bool {
		r := f.choose(func(r *row) bool { return r.Level1.Value == "产出指标" })
		r.Weight.Value += 5
		f.expect("weight-total", "总分.分值")
		f.expect("weight-output", sheet.LabelIndicators)
		return true
	}},
	{"总分分值有误", typed("weight-total-line", "总分.分值", func(*sheet.Table) float64 { return 90 })},
	{"产出与效益分值", moved("产出指标", "weight-output", "效益指标", "weight-benefit")},
	{"满意度与效益分值", moved("满意度指标", "weight-satisfaction", "效益指标", "weight-benefit")},
	{"成本与产出分值", moved("成本指标", "weight-cost", "产出指标", "weight-output")},
	{"得分合计有误", typed("total-score", scores, func(t *sheet.Table) float64 { return quantity.Round(t.Total.Score.Value-3.2, 2) })},

	{"一级指标名称有误", func(_ *campaign, f *madeForm) bool {
		for _, r := range f.ofLevel("满意度指标") {
			r.Level1 = sheet.T("社会评价指标")
			r.expect("level1-known", sheet.LabelLevel1)
		}
		return true
	}},
	{"一级指标没有写", func(_ *campaign, f *madeForm) bool {
		if f.hasCost() {
			return false
		}
		for _, r := range f.ofLevel("产出指标") {
			r.Level1 = sheet.T("")
			r.expect("level1-missing", sheet.LabelLevel1)
		}
		f.expect("output-present", sheet.LabelIndicators)
		return true
	}},
	{"没有数量指标", renamed("output-quantity", "数量指标")},
	{"没有质量指标", renamed("output-quality", "质量指标")},
	{"没有时效指标", renamed("output-timeliness", "时效指标")},
	{"没有效益指标", merged("效益指标", "benefit-present", "产出指标", "weight-output")},
	{"没有满意度指标", func(_ *campaign, f *madeForm) bool {
		if slices.ContainsFunc(f.rows, func(r *row) bool {
			return r.Level1.Value != "满意度指标" && strings.Contains(r.Level3.Value, "满意")
		}) {
			return false
		}
		for _, r := range f.ofLevel("满意度指标") {
			r.Level1, r.Level2 = sheet.T("产出指标"), sheet.T("质量指标")
			r.Level3 = sheet.T(strings.ReplaceAll(r.Level3.Value, "满意", "知晓"))
		}
		f.expect("satisfaction-present", sheet.LabelIndicators)
		f.expect("weight-output", sheet.LabelIndicators)
		return true
	}},
	{"重复报送", func(_ *campaign, f *madeForm) bool {
		f.again = true
		f.expect("duplicate-project", sheet.LabelProject)
		return true
	}},
}

// clear empties a field.
func (f *madeForm) clear(v sheet.Value, rule, path string) bool {
	switch v := v.(type) {
	case *sheet.Text:
		*v = sheet.Text{}
	case *sheet.Number:
		*v = sheet.Number{}
	}
	f.expect(rule, path)
	return true
}

// dated makes sure that the meaning of no date depends on the year of the form,
// which is to be wrong; it reports false where one does.
func (f *madeForm) dated() bool {
	for _, r := range f.rows {
		if r.spec.Kind == date && r.years[0] != r.years[1] {
			return false
		}
	}
	for _, r := range f.rows {
		r.marked = r.marked || r.spec.Kind == date
	}
	return true
}

// cleared is a formula that was deleted.
func cleared(rule, path string) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		f.overwrite(path, func(*sheet.Table) any { return nil })
		f.expect(rule, path)
		return true
	}
}

// typed is a wrong number that was typed over a formula.
func typed(rule, path string, value func(*sheet.Table) float64) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		f.expect(rule, path)
		f.overwrite(path, func(t *sheet.Table) any { return value(t) })
		return true
	}
}

// moved is a weight that was moved from one level to another.
func moved(from, rule, to, other string) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		a := f.choose(func(r *row) bool { return r.Level1.Value == from && r.Weight.Value > 3 })
		b := f.choose(func(r *row) bool { return r.Level1.Value == to })
		if a == nil || b == nil {
			return false
		}
		a.Weight.Value -= 3
		b.Weight.Value += 3
		f.expect(rule, sheet.LabelIndicators)
		f.expect(other, sheet.LabelIndicators)
		return true
	}
}

// renamed is a 二级指标 of 产出指标 that has another name.
func renamed(rule, level2 string) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		for _, r := range f.ofLevel("产出指标") {
			if r.Level2.Value == level2 {
				r.Level2 = sheet.T("其他产出指标")
			}
		}
		f.expect(rule, sheet.LabelIndicators)
		return true
	}
}

// merged is a level whose rows stand under another.
func merged(level1, rule, other, weight string) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		for _, r := range f.ofLevel(level1) {
			r.Level1 = sheet.T(other)
		}
		f.expect(rule, sheet.LabelIndicators)
		f.expect(weight, sheet.LabelIndicators)
		return true
	}
}
