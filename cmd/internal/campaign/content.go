package campaign

import (
	"math"
	"slices"
	"strings"

	"ziping/sheet"
)

// answerFaults touch what is answered in one row.
var answerFaults = []fault{
	{"完成率超过百分之百", inRow("rate-over-100", sheet.LabelActual, func(r *row) bool {
		return met(r) && r.spec.Max == 100 && endsInAny(r.Level3.Value, "合格率", "满意度", "覆盖率", "达标率", "及时率", "准确率", "完好率")
	}, func(r *row) { r.Actual = sheet.T("101%") })},
	{"期限没有日期", inRow("actual-no-date", sheet.LabelActual, func(r *row) bool { return met(r) && r.spec.Kind == date },
		func(r *row) { r.Actual, r.years[1] = sheet.T("完成"), false })},
	{"满意度没有结果", inRow("satisfaction-no-value", sheet.LabelActual, func(r *row) bool { return met(r) && r.Level1.Value == "满意度指标" },
		func(r *row) { r.Target, r.Actual = sheet.T("服务对象满意"), sheet.T("已完成") })},
	{"完成值与指标值矛盾", inRow("actual-contradicts", sheet.LabelActual, func(r *row) bool { return met(r) && r.spec.Kind == words },
		func(r *row) { r.Target, r.Actual = sheet.T("按期建成"), sheet.T("延期建成") })},
	{"在建而得满分", inRow("actual-contradicts", sheet.LabelActual, func(r *row) bool { return met(r) && r.spec.Kind == words },
		func(r *row) { r.Target, r.Actual = sheet.T("建成投用"), sheet.T("正在施工") })},
	{"各部分不足", inRow("actual-contradicts", sheet.LabelActual, func(r *row) bool {
		return met(r) && r.spec.Kind == more && r.spec.Max == 0 && r.n >= 10 && strings.HasSuffix(r.Target.Value, "场")
	}, func(r *row) { r.Actual = sheet.T(r.text("线上1场、线下{a}场", math.Floor(r.n/2), year)) })},
	{"日期不存在", inRow("date-impossible", sheet.LabelActual, func(r *row) bool { return met(r) && r.spec.Kind == date },
		func(r *row) { r.Actual, r.years[1] = sheet.T(r.text("{Y}-02-30", 0, year)), true })},
	{"完成值无法识别", inRow("actual-unclear", sheet.LabelActual, func(r *row) bool { return met(r) && r.quantity() },
		func(r *row) { r.Actual = sheet.T("12/13、" + r.Actual.Value) })},
	{"满分而说没有完成", inRow("deviation-contradicts-score", sheet.LabelDeviation, func(r *row) bool { return met(r) && r.quantity() && !r.over() },
		func(r *row) {
			r.Deviation = sheet.T(r.form.unique(r, []string{"参与单位减少，有{k}项未完成，改在明年{m}月办理"}))
		})},
	{"满分又写了原因", inRow("deviation-at-full-score", sheet.LabelDeviation, func(r *row) bool {
		return met(r) && r.spec.Kind == more && r.spec.Max == 0 && r.spec.Decimals == 0 && r.n < 1000 && strings.HasPrefix(r.Target.Value, "≥")
	}, func(r *row) {
		r.set(r.spec.Actual[0], r.n, 1, year)
		r.Deviation = sheet.T(r.form.unique(r, []string{"{m}月起参与单位退出{k}家，人数减少；改用线上线下结合的方式"}))
	})},
	{"成本大幅低于指标值", inRow("cost-far-under", sheet.LabelDeviation, func(r *row) bool {
		return met(r) && r.spec.Kind == less && strings.Contains(r.Level2.Value+r.Level3.Value, "成本") && strings.Contains(r.Target.Value, "元") && r.n >= 10
	}, func(r *row) {
		r.set(r.spec.Actual[0], math.Ceil(r.n*0.4), 1, year)
		r.Deviation = sheet.T("")
	})},
	{"仍以疫情为由", inMissed("deviation-epidemic", sheet.LabelDeviation, func(r *row) bool { return r.quantity() && r.form.table.Year.Known }, func(r *row) {
		r.Deviation = sheet.T(r.form.unique(r, []string{"受疫情影响，{m}月停工{k}天，改为线上举办，已补办{k}场"}))
	})},
	{"填写提示没有删", inRow("deviation-instruction", sheet.LabelDeviation, func(r *row) bool { return met(r) && r.Deviation.Value == "" },
		func(r *row) { r.Deviation = sheet.T("未完成的请填写原因和措施，50字以内") })},
	{"三级指标重复", func(_ *campaign, f *madeForm) bool {
		a := f.choose(func(r *row) bool { return met(r) && r.spec.Kind == more && r.Deviation.Value == "" })
		b := f.choose(func(r *row) bool {
			return a != nil && met(r) && r.Level1.Value == a.Level1.Value && r.Level2.Value == a.Level2.Value
		})
		if a == nil || b == nil {
			return false
		}
		b.Level3, b.Target, b.Actual, b.Deviation, b.years = a.Level3, a.Target, a.Actual, sheet.T(""), a.years
		a.expect("level3-repeated", sheet.LabelLevel3)
		b.expect("level3-repeated", sheet.LabelLevel3)
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
	{"照抄目标", goal("goal-copied", func(f *madeForm) { f.table.Goal.Actual = f.table.Goal.Expected })},
	{"完成情况只有一个数", goal("goal-empty", func(f *madeForm) { f.table.Goal.Actual = sheet.T("120.5万元") })},
	{"完成情况是填写提示", goal("goal-instruction", func(f *madeForm) {
		f.table.Goal.Actual = sheet.T("（对照年度目标，说明完成情况，100字以内）")
	})},
	{"等级与总分不符", goal("grade-differs", func(f *madeForm) {
		f.table.Goal.Actual.Value += "自评等级为差。"
		f.markAll() // of what a total of wrong scores comes to nothing is said
	})},
	{"目标只有一个数", func(_ *campaign, f *madeForm) bool {
		f.table.Goal.Expected = sheet.T("120.5万元")
		f.expect("expected-number", "年度总体目标.预期目标")
		return true
	}},
	{"完成情况说没有完成", func(_ *campaign, f *madeForm) bool {
		if !f.asPlanned() || slices.ContainsFunc(f.rows, func(r *row) bool { return !met(r) }) {
			return false
		}
		f.markAll()
		f.table.Goal.Actual = sheet.T("主体工程均未开工，正在办理前期手续。")
		f.expect("goal-contradicts", goalActual)
		return true
	}},
	{"完成值都一样", func(_ *campaign, f *madeForm) bool {
		if len(f.rows) < 4 {
			return false
		}
		for _, r := range f.rows {
			r.marked = true
			r.Target, r.Actual, r.Deviation, r.years = sheet.T("按计划完成"), sheet.T("达成预期指标"), sheet.T(""), [2]bool{}
			r.share = 1
			if strings.Contains(r.Level2.Value+r.Level3.Value, "满意度") {
				r.expect("satisfaction-no-value", sheet.LabelActual)
			}
		}
		f.expect("actual-uniform", sheet.LabelIndicators)
		f.settle()
		return true
	}},
}

// goal is a wrong 实际完成情况.
func goal(rule string, spoil func(*madeForm)) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		if !f.asPlanned() {
			return false
		}
		spoil(f)
		f.expect(rule, goalActual)
		return true
	}
}

// markAll leaves no row for another fault.
func (f *madeForm) markAll() {
	for _, r := range f.rows {
		r.marked = true
	}
}

// asPlanned reports whether the money is so close to what was planned that nothing
// need be said of it.
func (f *madeForm) asPlanned() bool {
	t := f.table.Funds[0]
	return t.Executed.Value >= 0.95*t.Budget.Value && math.Abs(t.Budget.Value/t.InitialBudget.Value-1) < 0.15
}
