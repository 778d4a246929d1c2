package campaign

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// place is where check must find something, and why.
type place struct{ fault, rule, path string }

// find notes what check must find because of the fault that is being planted.
func (f *form) find(rule, path string) { f.found = append(f.found, place{f.planting, rule, path}) }

// overwrite types a value over the formula of a field, when all is settled; nil
// clears the cell.
func (f *form) overwrite(path string, value func(*sheet.Table) any) {
	f.find("formula-overwritten", path)
	f.late = append(f.late, func() { f.edits[path] = value(&f.table) })
}

// choose marks a row at random of those that will do; nil where there is none.
func (f *form) choose(will func(*row) bool) *row {
	for _, i := range f.rand.Perm(len(f.rows)) {
		if r := f.rows[i]; !r.marked && will(r) {
			r.marked = true
			return r
		}
	}
	return nil
}

func (f *form) ofLevel(level1 string) []*row {
	return slices.DeleteFunc(slices.Clone(f.rows), func(r *row) bool { return r.Level1.Value != level1 })
}

func (f *form) hasCost() bool { return len(f.ofLevel("成本指标")) > 0 }

// path is the name of a field of a row.
func (r *row) path(label string) string { return indicatorPath(slices.Index(r.form.rows, r), label) }

func (r *row) find(rule, label string) { r.form.find(rule, r.path(label)) }

// pin gives the row a score that it does not earn.
func (r *row) pin(score float64) {
	r.Score, r.pinned = sheet.N(quantity.Round(score, 2)), true
}

// met reports whether a row earns its whole weight.
func met(r *row) bool { return r.share == 1 }

const (
	all    = "项目资金[年度资金总额]."
	scores = "总分.得分"
	reason = "偏差原因分析及改进措施"
)

// fault is one way to get a form wrong. plant reports false where this form
// can't be got wrong so; the form is then still right.
type fault struct {
	name  string
	plant func(*campaign, *form) bool
}

// rowFaults touch one row, or two, and nothing that other rows depend on, so
// that a form may have several.
var rowFaults = []fault{
	{"未填三级指标", inRow("required-level3", "三级指标", met, func(r *row) { r.Level3 = sheet.T("") })},
	{"未填指标值", inRow("required-target", "年度指标值", met, func(r *row) { r.Target = sheet.T("") })},
	{"未填完成值", inRow("required-actual", "实际完成值", met, func(r *row) { r.Actual = sheet.T("") })},
	{"照抄≥", inRow("actual-repeats-operator", "实际完成值", func(r *row) bool {
		return met(r) && (r.spec.Kind == more || r.spec.Kind == less) && strings.ContainsAny(r.Target.Value[:3], "≥≤＞>")
	}, func(r *row) { r.Actual = r.Target })},
	{"完成值是日期", inRow("actual-date", "实际完成值", func(r *row) bool {
		return met(r) && r.quantity() && !strings.ContainsAny(r.Target.Value, "年月天季")
	},
		func(r *row) { r.Actual = sheet.T("2021年12月") })},
	{"完成值没有数", inRow("actual-not-number", "实际完成值", func(r *row) bool { return met(r) && r.quantity() },
		func(r *row) { r.Actual = sheet.T("达到预期要求") })},
	{"漏写百分号", inRow("units-differ", "实际完成值", func(r *row) bool { return met(r) && r.spec.Max == 100 },
		func(r *row) { r.Actual = sheet.T(strings.TrimRight(r.Actual.Value, "%％ ")) })},
	{"漏写单位", inRow("unit-unclear", "实际完成值", func(r *row) bool { return met(r) && r.spec.Kind == more && strings.Contains(r.Target.Value, "万") },
		func(r *row) { r.Actual = sheet.T(strconv.FormatFloat(math.Ceil(r.n*100), 'f', -1, 64)) })},
	{"得分超过分值", inRow("score-range", "得分", met, func(r *row) { r.pin(r.Weight.Value + 2) })},
	{"没有按比例扣分", inMissed("score-proportional", "得分", func(r *row) bool { return r.quantity() && r.lost() > 0.5 },
		func(r *row) { r.pin(r.Weight.Value) })},
	{"多扣了分", inMissed("score-below-proportion", "得分", func(r *row) bool { return r.quantity() && r.earned() > 1.5 },
		func(r *row) { r.pin(math.Floor(r.earned()) * 0.6) })},
	{"完成了却扣分", inRow("score-met", "得分", func(r *row) bool {
		return met(r) && r.quantity() && !r.over() && r.spec.Max == 0 && r.spec.Kind == more
	},
		func(r *row) { r.pin(r.Weight.Value - 1); r.explain() })},
	{"未完成却得高分", inRow("score-qualitative-unmet", "得分", func(r *row) bool { return r.spec.Kind == words && r.Weight.Value >= 2 }, func(r *row) {
		r.Actual = sheet.T("未完成")
		r.pin(r.Weight.Value * 0.9)
		r.explain()
	})},
	{"部分完成却得高分", inRow("score-qualitative-partly", "得分", func(r *row) bool { return r.spec.Kind == words && r.Weight.Value >= 2 }, func(r *row) {
		r.Actual = sheet.T("部分完成")
		r.pin(r.Weight.Value * 0.95)
		r.explain()
	})},
	{"没有开展却得高分", inRow("score-not-done", "得分", (*row).quantity, func(r *row) {
		r.Actual = sheet.T("未开展")
		r.pin(r.Weight.Value * 0.9)
		r.explain()
	})},
	{"逾期却得满分", inMissed("score-missed-full", "得分", func(r *row) bool { return r.spec.Kind == date }, func(r *row) { r.pin(r.Weight.Value) })},
	{"扣分没有说明", inMissed("deviation-required", reason, func(*row) bool { return true }, func(r *row) { r.Deviation = sheet.T("") })},
	{"逾期没有说明", func(_ *campaign, f *form) bool {
		r := f.choose(func(r *row) bool { return r.spec.Kind == date && r.miss() })
		if r == nil {
			return false
		}
		r.pin(r.Weight.Value)
		r.Deviation = sheet.T("")
		r.find("score-missed-full", "得分")
		r.find("deviation-missed", reason)
		return true
	}},
	{"大幅超额没有说明", inRow("far-over-target", reason, (*row).exceed, func(r *row) { r.Deviation = sheet.T("") })},
	{"套话", inMissed("deviation-boilerplate", reason, (*row).quantity, func(r *row) { r.Deviation = sheet.T(pick(r.form.rand, []string{"无", "同上", "略", "已完成"})) })},
	{"说明过短", inMissed("deviation-too-short", reason, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(pick(r.form.rand, []string{"招标流标", "施工返工"}))
	})},
	{"空泛的措施", inMissed("deviation-no-cause", reason, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.text("下一步将进一步加强管理，确保完成“{i}”", 0, year))
	})},
	{"空泛的原因", inMissed("deviation-no-measure", reason, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.text("受市场因素影响，“{i}”没有达到计划", 0, year))
	})},
	{"没有原因", inMissed("deviation-cause-unclear", reason, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.form.unique(r, []string{"今后将逐镇逐村加强包干，确保下一年度{k}项任务于{m}月前完成，落实到人{k}"}))
	})},
	{"没有措施", inMissed("deviation-measure-unclear", reason, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.form.unique(r, []string{"受台风影响，{m}月起有{k}天停工，另有{k}家单位没有参加"}))
	})},
	{"说明重复", func(_ *campaign, f *form) bool {
		a := f.choose((*row).quantity)
		b := f.choose((*row).quantity)
		if a == nil || b == nil || !a.miss() || !b.miss() {
			return false
		}
		b.Deviation = a.Deviation
		a.find("deviation-repeated", reason)
		b.find("deviation-repeated", reason)
		return true
	}},
	{"说明照抄别的项目", func(c *campaign, f *form) bool {
		if c.source == nil {
			return false
		}
		r := f.choose(func(r *row) bool { return r.quantity() && r.miss() })
		if r == nil {
			return false
		}
		r.Deviation = sheet.T(c.source.text)
		r.find("copied-explanation", reason)
		c.faults = append(c.faults, Fault{c.source.file, f.planting, "copied-explanation", c.source.cell, c.source.path})
		c.source = nil
		return true
	}},
	{"同名指标单位不同", func(_ *campaign, f *form) bool {
		a := f.choose(func(r *row) bool { return met(r) && r.quantity() })
		b := f.choose(func(r *row) bool { return met(r) && r.quantity() })
		if a == nil || b == nil {
			return false
		}
		for i, r := range []*row{a, b} {
			unit := []string{"个", "份"}[i]
			r.Level3 = sheet.T(f.project + "成果数量")
			r.Target, r.Actual, r.Deviation = sheet.T("=20"+unit), sheet.T("20"+unit), sheet.T("")
			r.find("indicator-units-vary", "年度指标值")
		}
		return true
	}},
}

// inRow is a fault of one row of those that will do.
func inRow(rule, label string, will func(*row) bool, spoil func(*row)) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		r := f.choose(will)
		if r == nil {
			return false
		}
		spoil(r)
		r.find(rule, label)
		return true
	}
}

// inMissed is a fault of a row that was missed for certain: by how much 约 is
// off nobody knows.
func inMissed(rule, label string, will func(*row) bool, spoil func(*row)) func(*campaign, *form) bool {
	return inRow(rule, label, func(r *row) bool {
		old := *r
		if r.miss() && will(r) && !strings.Contains(r.Actual.Value, "约") {
			return true
		}
		*r = old
		return false
	}, spoil)
}

// lost is how much of its weight a row loses.
func (r *row) lost() float64 { return r.Weight.Value - r.earned() }

// over reports whether a row says why it is far over its target.
func (r *row) over() bool { return r.far && met(r) }

func (r *row) explain() { r.Deviation = sheet.T(r.form.explanation(r)) }

// formFaults touch what is said of the whole form, or what the totals are made
// of: a form has one of them at most.
var formFaults = []fault{
	{"未填年度", func(_ *campaign, f *form) bool { return f.dated() && f.clear(&f.table.Year, "required-year", "年度") }},
	{"年度有误", func(_ *campaign, f *form) bool {
		if !f.dated() {
			return false
		}
		f.table.Year = sheet.N(2042)
		f.find("year-plausible", "年度")
		f.find("year-of-batch", "年度")
		return true
	}},
	{"未填项目名称", func(_ *campaign, f *form) bool { return f.clear(&f.table.Project, "required-project", "项目名称") }},
	{"未填主管部门", func(_ *campaign, f *form) bool {
		return f.clear(&f.table.Department, "required-department", "主管部门")
	}},
	{"未填实施单位", func(_ *campaign, f *form) bool {
		return f.clear(&f.table.Implementer, "required-implementer", "实施单位")
	}},
	{"未填预期目标", func(_ *campaign, f *form) bool {
		return f.clear(&f.table.Goal.Expected, "required-expected", "年度总体目标.预期目标")
	}},
	{"未填实际完成情况", func(_ *campaign, f *form) bool {
		return f.clear(&f.table.Goal.Actual, "required-goal-actual", "年度总体目标.实际完成情况")
	}},
	{"未填全年预算数", cleared("required-budget", all+"全年预算数")},
	{"未填全年执行数", cleared("required-executed", all+"全年执行数")},
	{"未填执行率", cleared("required-rate", all+"执行率")},
	{"未填执行率得分", cleared("required-execution-score", all+"得分")},
	{"未填总分", cleared("required-total", scores)},
	{"未填绩效指标", func(_ *campaign, f *form) bool {
		f.rows = nil
		f.find("required-indicators", "绩效指标")
		return true
	}},
	{"未填分值", inRow("required-weight", "分值", met, func(r *row) { r.Weight = sheet.Number{}; r.pin(2) })},
	{"未填得分", inRow("required-score", "得分", met, func(r *row) { r.Score, r.pinned = sheet.Number{}, true })},
	{"得分写成文字", inRow("unreadable", "得分", met, func(r *row) {
		r.Score, r.pinned = sheet.Number{}, true
		r.form.edits[r.path("得分")] = pick(r.form.rand, []string{"满分", "十八分左右", "见附件"})
	})},
	{"公式改成数值", func(_ *campaign, f *form) bool {
		f.overwrite(scores, func(t *sheet.Table) any { return t.Total.Score.Value })
		return true
	}},

	{"年初预算数合计有误", typed("funds-initial-sum", all+"年初预算数", func(t *sheet.Table) float64 { return t.Funds[0].InitialBudget.Value + 10 })},
	{"全年预算数合计有误", typed("funds-budget-sum", all+"全年预算数", func(t *sheet.Table) float64 { return t.Funds[0].Budget.Value + 1 })},
	{"全年执行数合计有误", typed("funds-executed-sum", all+"全年执行数", func(t *sheet.Table) float64 { return t.Funds[0].Executed.Value * 0.9 })},
	{"执行数超过预算数", func(_ *campaign, f *form) bool {
		x := &f.table.Funds[1]
		x.Executed = sheet.N(quantity.Round(x.Budget.Value*1.2+1, 2))
		f.settle()
		f.find("executed-within-budget", fundPath(x, "全年执行数"))
		if t := &f.table.Funds[0]; t.Executed.Value > t.Budget.Value+0.02 {
			f.find("executed-within-budget", all+"全年执行数")
		}
		return true
	}},
	{"年初预算数为负", negative("negative-initial", "年初预算数", func(x *sheet.Fund) { x.InitialBudget = sheet.N(-1.5) })},
	{"全年预算数为负", negative("negative-budget", "全年预算数", func(x *sheet.Fund) { x.Budget, x.Executed = sheet.N(-0.01), sheet.Number{} })},
	{"全年执行数为负", negative("negative-executed", "全年执行数", func(x *sheet.Fund) { x.Executed = sheet.N(-0.5) })},
	{"按元填写", scaled("万元", 10000, "unit-too-large", func(budget float64) bool { return budget >= 1000000 })},
	{"按万元填写", scaled("元", 1.0/10000, "unit-too-small", func(budget float64) bool { return budget < 1000 })},
	{"预算数为零", func(_ *campaign, f *form) bool {
		for i := range f.table.Funds {
			f.table.Funds[i].Budget, f.table.Funds[i].Executed = sheet.N(0), sheet.N(0)
		}
		f.find("budget-zero", all+"全年预算数")
		return true
	}},
	{"执行率有误", typed("execution-rate", all+"执行率", func(t *sheet.Table) float64 { return quantity.Round(t.Funds[0].Rate.Value-0.0301, 4) })},
	{"执行率得分有误", typed("execution-score", all+"得分", func(t *sheet.Table) float64 { return quantity.Round(t.Funds[0].Score.Value-0.5, 2) })},

	{"执行率分值有误", func(_ *campaign, f *form) bool {
		f.table.Funds[0].Weight = sheet.N(15)
		f.find("execution-weight", all+"分值")
		f.find("weight-total", "总分.分值")
		return true
	}},
	{"指标分值为零", func(_ *campaign, f *form) bool {
		r := f.choose(met)
		same := f.choose(func(o *row) bool { return r != nil && o.Level1.Value == r.Level1.Value })
		if same == nil {
			return false
		}
		same.Weight.Value += r.Weight.Value
		r.Weight = sheet.N(0)
		r.find("weight-positive", "分值")
		return true
	}},
	{"分值合计不是100", func(_ *campaign, f *form) bool {
		r := f.choose(func(r *row) bool { return r.Level1.Value == "产出指标" })
		r.Weight.Value += 5
		f.find("weight-total", "总分.分值")
		f.find("weight-output", "绩效指标")
		return true
	}},
	{"总分分值有误", typed("weight-total-line", "总分.分值", func(*sheet.Table) float64 { return 90 })},
	{"产出与效益分值", moved("产出指标", "weight-output", "效益指标", "weight-benefit")},
	{"满意度与效益分值", moved("满意度指标", "weight-satisfaction", "效益指标", "weight-benefit")},
	{"成本与产出分值", moved("成本指标", "weight-cost", "产出指标", "weight-output")},
	{"得分合计有误", typed("total-score", scores, func(t *sheet.Table) float64 { return quantity.Round(t.Total.Score.Value-3.2, 2) })},

	{"一级指标名称有误", func(_ *campaign, f *form) bool {
		for _, r := range f.ofLevel("满意度指标") {
			r.Level1 = sheet.T("社会评价指标")
			r.find("level1-known", "一级指标")
		}
		return true
	}},
	{"一级指标没有写", func(_ *campaign, f *form) bool {
		if f.hasCost() {
			return false
		}
		for _, r := range f.ofLevel("产出指标") {
			r.Level1 = sheet.T("")
			r.find("level1-missing", "一级指标")
		}
		f.find("output-present", "绩效指标")
		return true
	}},
	{"没有数量指标", renamed("output-quantity", "数量指标")},
	{"没有质量指标", renamed("output-quality", "质量指标")},
	{"没有时效指标", renamed("output-timeliness", "时效指标")},
	{"没有效益指标", merged("效益指标", "benefit-present", "产出指标", "weight-output")},
	{"没有满意度指标", func(_ *campaign, f *form) bool {
		if slices.ContainsFunc(f.rows, func(r *row) bool {
			return r.Level1.Value != "满意度指标" && strings.Contains(r.Level3.Value, "满意")
		}) {
			return false
		}
		for _, r := range f.ofLevel("满意度指标") {
			r.Level1, r.Level2 = sheet.T("产出指标"), sheet.T("质量指标")
			r.Level3 = sheet.T(strings.ReplaceAll(r.Level3.Value, "满意", "知晓"))
		}
		f.find("satisfaction-present", "绩效指标")
		f.find("weight-output", "绩效指标")
		return true
	}},
	{"重复报送", func(_ *campaign, f *form) bool {
		f.again = true
		f.find("duplicate-project", "项目名称")
		return true
	}},
}

// clear empties a field.
func (f *form) clear(v sheet.Value, rule, path string) bool {
	switch v := v.(type) {
	case *sheet.Text:
		*v = sheet.Text{}
	case *sheet.Number:
		*v = sheet.Number{}
	}
	f.find(rule, path)
	return true
}

// dated makes sure that the meaning of no date depends on the year of the form,
// which is to be wrong; it reports false where one does.
func (f *form) dated() bool {
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
func cleared(rule, path string) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		f.overwrite(path, func(*sheet.Table) any { return nil })
		f.find(rule, path)
		return true
	}
}

// typed is a wrong number that was typed over a formula.
func typed(rule, path string, value func(*sheet.Table) float64) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		f.find(rule, path)
		f.overwrite(path, func(t *sheet.Table) any { return value(t) })
		return true
	}
}

// moved is a weight that was moved from one level to another.
func moved(from, rule, to, other string) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		a := f.choose(func(r *row) bool { return r.Level1.Value == from && r.Weight.Value > 3 })
		b := f.choose(func(r *row) bool { return r.Level1.Value == to })
		if a == nil || b == nil {
			return false
		}
		a.Weight.Value -= 3
		b.Weight.Value += 3
		f.find(rule, "绩效指标")
		f.find(other, "绩效指标")
		return true
	}
}

// renamed is a 二级指标 of 产出指标 that has another name.
func renamed(rule, level2 string) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		for _, r := range f.ofLevel("产出指标") {
			if r.Level2.Value == level2 {
				r.Level2 = sheet.T("其他产出指标")
			}
		}
		f.find(rule, "绩效指标")
		return true
	}
}

// merged is a level whose rows stand under another.
func merged(level1, rule, other, weight string) func(*campaign, *form) bool {
	return func(_ *campaign, f *form) bool {
		for _, r := range f.ofLevel(level1) {
			r.Level1 = sheet.T(other)
		}
		f.find(rule, "绩效指标")
		f.find(weight, "绩效指标")
		return true
	}
}
