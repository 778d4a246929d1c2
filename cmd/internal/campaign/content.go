package campaign

import (
	"math"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// answerFaults touch what is answered in one row.
var answerFaults = []fault{
	{"完成率超过百分之百", inRow("rate-over-100", "实际完成值", func(r *row) bool {
		return met(r) && r.spec.Max == 100 && endsInAny(r.Level3.Value, "合格率", "满意度", "覆盖率", "达标率", "及时率", "准确率", "完好率")
	}, func(r *row) { r.Actual = sheet.T("105%") })},
	{"期限没有日期", inRow("actual-no-date", "实际完成值", func(r *row) bool { return met(r) && r.spec.Kind == date },
		func(r *row) { r.Actual, r.years[1] = sheet.T("完成"), false })},
	{"满意度没有结果", inRow("satisfaction-no-value", "实际完成值", func(r *row) bool { return met(r) && r.Level1.Value == "满意度指标" },
		func(r *row) { r.Target, r.Actual = sheet.T("服务对象满意"), sheet.T("已完成") })},
	{"成本大幅低于指标值", inRow("cost-far-under", reason, func(r *row) bool {
		return met(r) && r.spec.Kind == less && strings.Contains(r.Level2.Value+r.Level3.Value, "成本") && strings.Contains(r.Target.Value, "元") && r.n >= 10
	}, func(r *row) {
		r.set(r.spec.Actual[0], math.Ceil(r.n*0.4), 1, year)
		r.Deviation = sheet.T("")
	})},
	{"仍以疫情为由", inMissed("deviation-epidemic", reason, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.form.unique(r, []string{"受疫情影响，{m}月停工{k}天，改为线上举办，已补办{k}场"}))
	})},
	{"填写提示没有删", inRow("deviation-instruction", reason, func(r *row) bool { return met(r) && r.Deviation.Value == "" },
		func(r *row) { r.Deviation = sheet.T("未完成的请填写原因和措施，50字以内") })},
	{"三级指标重复", func(_ *campaign, f *form) bool {
		a := f.choose(func(r *row) bool { return met(r) && r.spec.Kind == more })
		b := f.choose(func(r *row) bool { return a != nil && met(r) && r.Level1.Value == a.Level1.Value })
		if a == nil || b == nil {
			return false
		}
		b.Level2, b.Level3, b.Target, b.Actual, b.Deviation, b.years = a.Level2, a.Level3, a.Target, a.Actual, sheet.T(""), a.years
		a.Deviation = sheet.T("")
		a.find("level3-repeated", "三级指标")
		b.find("level3-repeated", "三级指标")
		return true
	}},
}

func endsInAny(text string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(text, e) {
			return true
		}
	}
	return false
}

const goalActual = "年度总体目标.实际完成情况"

// contentFaults touch the goal, or the money beside it.
var contentFaults = []fault{
	{"照抄目标", goal("goal-copied", func(f *form) { f.table.Goal.Actual = f.table.Goal.Expected })},
	{"完成情况只有一个数", goal("goal-empty", func(f *form) { f.table.Goal.Actual = sheet.T("120.5万元") })},
	{"完成情况是填写提示", goal("goal-instruction", func(f *form) {
		f.table.Goal.Actual = sheet.T("（对照年度目标，说明完成情况，100字以内）")
	})},
	{"等级与总分不符", goal("grade-differs", func(f *form) { f.table.Goal.Actual.Value += "自评等级为差。" })},
	{"目标只有一个数", func(_ *campaign, f *form) bool {
		f.table.Goal.Expected = sheet.T("120.5万元")
		f.find("expected-number", "年度总体目标.预期目标")
		return true
	}},
	{"完成值都一样", func(_ *campaign, f *form) bool {
		if len(f.rows) < 4 {
			return false
		}
		for _, r := range f.rows {
			r.marked = true
			r.Target, r.Actual, r.Deviation, r.years = sheet.T("按计划完成"), sheet.T("达成预期指标"), sheet.T(""), [2]bool{}
			r.share = 1
			if strings.Contains(r.Level2.Value+r.Level3.Value, "满意度") {
				r.find("satisfaction-no-value", "实际完成值")
			}
		}
		f.find("actual-uniform", "绩效指标")
		f.settle()
		return true
	}},
	{"其他资金超支", func(_ *campaign, f *form) bool {
		x := f.table.Fund("其他资金")
		if x.Budget.Value <= 0 {
			return false
		}
		x.Executed = sheet.N(quantity.Round(x.Budget.Value*1.1+1, 2))
		f.settle()
		f.find("executed-over-other", fundPath(x, "全年执行数"))
		return true
	}},
	{"金额相差一万倍", func(_ *campaign, f *form) bool {
		for i := range f.table.Funds[1:] {
			x := &f.table.Funds[1+i]
			x.InitialBudget = sheet.N(quantity.Round(x.Budget.Value*10000, 2))
		}
		f.settle()
		f.find("unit-scale", all+"全年预算数")
		return f.table.Funds[0].Budget.Value > 0
	}},
	{"预算调整没有说明", silent("budget-adjusted", all+"全年预算数", func(f *form) {
		for i := range f.table.Funds[1:] {
			x := &f.table.Funds[1+i]
			x.InitialBudget = sheet.N(quantity.Round(x.Budget.Value*0.6, 2))
		}
	})},
	{"执行率低没有说明", silent("execution-low", all+"执行率", func(f *form) { f.spend(0.7) })},
	{"执行率低而都是满分", func(c *campaign, f *form) bool {
		for _, r := range f.rows {
			if !met(r) {
				return false
			}
			r.marked = true // no other fault takes a point off
		}
		if !silent("execution-low", all+"执行率", func(f *form) { f.spend(0.3) })(c, f) {
			return false
		}
		f.find("execution-low-full-score", scores)
		return true
	}},
}

// spend spends a share of the budget.
func (f *form) spend(share float64) {
	for i := range f.table.Funds[1:] {
		x := &f.table.Funds[1+i]
		x.Executed = sheet.N(quantity.Round(x.Budget.Value*share, 2))
	}
}

// goal is a wrong 实际完成情况.
func goal(rule string, spoil func(*form)) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		spoil(f)
		f.find(rule, goalActual)
		return true
	}
}

// silent is money that is not as planned, in a form that says nothing of it.
func silent(rule, path string, spoil func(*form)) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		if f.table.Funds[0].Budget.Value < 10 {
			return false // cents would count
		}
		for _, r := range f.rows {
			if met(r) && !r.over() {
				r.marked = true
				r.Deviation = sheet.T("")
				continue
			}
			return false
		}
		f.table.Goal.Actual = sheet.T("服务对象增加，群众反映良好，项目效益逐步显现。")
		spoil(f)
		f.settle()
		f.find(rule, path)
		return true
	}
}
