package campaign

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// expectation is where check must find something, and why.
type expectation struct{ fault, rule, path string }

// expect notes what check must find because of the fault that is being planted.
func (f *madeForm) expect(rule, path string) {
	f.found = append(f.found, expectation{f.planting, rule, path})
}

// overwrite types a value over the formula of a field, when all is settled; nil
// clears the cell.
func (f *madeForm) overwrite(path string, value func(*sheet.Table) any) {
	f.expect("formula-overwritten", path)
	f.late = append(f.late, func() { f.edits[path] = value(&f.table) })
}

// choose marks a row at random of those that will do; nil where there is none.
func (f *madeForm) choose(will func(*row) bool) *row {
	for _, i := range f.rand.Perm(len(f.rows)) {
		if r := f.rows[i]; !r.marked && will(r) {
			r.marked = true
			return r
		}
	}
	return nil
}

func (f *madeForm) ofLevel(level1 string) []*row {
	return slices.DeleteFunc(slices.Clone(f.rows), func(r *row) bool { return r.Level1.Value != level1 })
}

func (f *madeForm) hasCost() bool { return len(f.ofLevel("成本指标")) > 0 }

// path is the name of a field of a row.
func (r *row) path(label string) string { return indicatorPath(slices.Index(r.form.rows, r), label) }

func (r *row) expect(rule, label string) { r.form.expect(rule, r.path(label)) }

// pin gives the row a score that it does not earn.
func (r *row) pin(score float64) {
	r.Score, r.pinned = sheet.N(quantity.Round(score, 2)), true
}

// met reports whether a row earns its whole weight.
func met(r *row) bool { return r.share == 1 }

const (
	all    = "项目资金[年度资金总额]."
	scores = "总分.得分"
)

// fault is one way to get a form wrong. plant reports false where this form
// can't be got wrong so; the form is then still right.
type fault struct {
	name  string
	plant func(*campaign, *madeForm) bool
}

// rowFaults touch one row, or two, and nothing that other rows depend on, so
// that a form may have several.
var rowFaults = []fault{
	{"未填三级指标", inRow("required-level3", sheet.LabelLevel3, met, func(r *row) { r.Level3 = sheet.T("") })},
	{"未填指标值", inRow("required-target", sheet.LabelTarget, met, func(r *row) { r.Target = sheet.T("") })},
	{"未填完成值", inRow("required-actual", sheet.LabelActual, met, func(r *row) { r.Actual = sheet.T("") })},
	{"照抄≥", inRow("actual-repeats-operator", sheet.LabelActual, func(r *row) bool {
		return met(r) && (r.spec.Kind == more || r.spec.Kind == less) && strings.ContainsAny(r.Target.Value[:3], "≥≤＞>")
	}, func(r *row) { r.Actual = r.Target })},
	{"完成值是日期", inRow("actual-date", sheet.LabelActual, func(r *row) bool {
		return met(r) && r.quantity() && !strings.ContainsAny(r.Target.Value, "年月天季")
	},
		func(r *row) { r.Actual = sheet.T("2021年12月") })},
	{"完成值没有数", inRow("actual-not-number", sheet.LabelActual, func(r *row) bool { return met(r) && r.quantity() },
		func(r *row) { r.Actual = sheet.T("达到预期要求") })},
	{"漏写百分号", inRow("units-differ", sheet.LabelActual, func(r *row) bool { return met(r) && r.spec.Max == 100 },
		func(r *row) { r.Actual = sheet.T(strings.TrimRight(r.Actual.Value, "%％ ")) })},
	{"漏写单位", inRow("unit-unclear", sheet.LabelActual, func(r *row) bool { return met(r) && r.spec.Kind == more && strings.Contains(r.Target.Value, "万") },
		func(r *row) { r.Actual = sheet.T(strconv.FormatFloat(math.Ceil(r.n*100), 'f', -1, 64)) })},
	{"得分超过分值", inRow("score-range", sheet.LabelScore, met, func(r *row) { r.pin(r.Weight.Value + 2) })},
	{"没有按比例扣分", inMissed("score-proportional", sheet.LabelScore, func(r *row) bool { return r.quantity() && r.lost() > 0.5 },
		func(r *row) { r.pin(r.Weight.Value) })},
	{"多扣了分", inMissed("score-below-proportion", sheet.LabelScore, func(r *row) bool { return r.quantity() && r.earned() > 1.5 },
		func(r *row) { r.pin(math.Floor(r.earned()) * 0.6) })},
	{"完成了却扣分", inRow("score-met", sheet.LabelScore, func(r *row) bool {
		return met(r) && r.quantity() && !r.over() && r.spec.Max == 0 && r.spec.Kind == more
	},
		func(r *row) { r.pin(r.Weight.Value - 1); r.explain() })},
	{"未完成却得高分", inRow("score-qualitative-unmet", sheet.LabelScore, func(r *row) bool { return r.spec.Kind == words && r.Weight.Value >= 2 }, func(r *row) {
		r.Actual = sheet.T("未完成")
		r.pin(r.Weight.Value * 0.9)
		r.explain()
	})},
	{"部分完成却得高分", inRow("score-qualitative-partly", sheet.LabelScore, func(r *row) bool { return r.spec.Kind == words && r.Weight.Value >= 2 }, func(r *row) {
		r.Actual = sheet.T("部分完成")
		r.pin(r.Weight.Value * 0.95)
		r.explain()
	})},
	{"没有开展却得高分", inRow("score-not-done", sheet.LabelScore, (*row).quantity, func(r *row) {
		r.Actual = sheet.T("未开展")
		r.pin(r.Weight.Value * 0.9)
		r.explain()
	})},
	{"逾期却得满分", inMissed("score-missed-full", sheet.LabelScore, func(r *row) bool { return r.spec.Kind == date }, func(r *row) { r.pin(r.Weight.Value) })},
	{"扣分没有说明", inMissed("deviation-required", sheet.LabelDeviation, func(*row) bool { return true }, func(r *row) { r.Deviation = sheet.T("") })},
	{"逾期没有说明", func(_ *campaign, f *madeForm) bool {
		r := f.choose(func(r *row) bool { return r.spec.Kind == date && r.miss() })
		if r == nil {
			return false
		}
		r.pin(r.Weight.Value)
		r.Deviation = sheet.T("")
		r.expect("score-missed-full", sheet.LabelScore)
		r.expect("deviation-missed", sheet.LabelDeviation)
		return true
	}},
	{"大幅超额没有说明", inRow("far-over-target", sheet.LabelDeviation, (*row).exceed, func(r *row) { r.Deviation = sheet.T("") })},
	{"套话", inMissed("deviation-boilerplate", sheet.LabelDeviation, (*row).quantity, func(r *row) { r.Deviation = sheet.T(pick(r.form.rand, []string{"无", "同上", "略", "已完成"})) })},
	{"说明过短", inMissed("deviation-too-short", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(pick(r.form.rand, []string{"招标流标", "施工返工"}))
	})},
	{"空泛的措施", inMissed("deviation-no-cause", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.text("下一步将进一步加强管理，确保完成“{i}”", 0, year))
	})},
	{"空泛的原因", inMissed("deviation-no-measure", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.text("受市场因素影响，“{i}”没有达到计划", 0, year))
	})},
	{"大多是套话", inMissed("deviation-mostly-boilerplate", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.text("进一步增强做好“{i}”的使命感，以更加饱满的热情抓好各项工作，确保目标如期实现", 0, year))
	})},
	{"说明笼统", inMissed("deviation-vague", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.text("前期宣传不够，群众参与“{i}”较少，今后加强宣传引导", 0, year))
	})},
	{"没有原因", inMissed("deviation-cause-unclear", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.form.unique(r, []string{"今后将逐镇逐村加强包干，确保下一年度{k}项任务于{m}月前完成，落实到人{k}"}))
	})},
	{"没有措施", inMissed("deviation-measure-unclear", sheet.LabelDeviation, (*row).quantity, func(r *row) {
		r.Deviation = sheet.T(r.form.unique(r, []string{"受台风影响，{m}月起有{k}天停工，另有{k}家单位没有参加"}))
	})},
	{"说明重复", func(_ *campaign, f *madeForm) bool {
		a := f.choose((*row).quantity)
		b := f.choose((*row).quantity)
		if a == nil || b == nil || !a.miss() || !b.miss() {
			return false
		}
		b.Deviation = a.Deviation
		a.expect("deviation-repeated", sheet.LabelDeviation)
		b.expect("deviation-repeated", sheet.LabelDeviation)
		return true
	}},
	{"说明照抄别的项目", func(c *campaign, f *madeForm) bool {
		if c.source == nil {
			return false
		}
		r := f.choose(func(r *row) bool { return r.quantity() && r.miss() })
		if r == nil {
			return false
		}
		r.Deviation = sheet.T(c.source.text)
		r.expect("copied-explanation", sheet.LabelDeviation)
		c.faults = append(c.faults, Fault{c.source.file, f.planting, "copied-explanation", c.source.cell, c.source.path})
		c.source = nil
		return true
	}},
	{"同名指标单位不同", func(_ *campaign, f *madeForm) bool {
		a := f.choose(func(r *row) bool { return met(r) && r.quantity() })
		b := f.choose(func(r *row) bool { return met(r) && r.quantity() })
		if a == nil || b == nil {
			return false
		}
		for i, r := range []*row{a, b} {
			unit := []string{"个", "份"}[i]
			r.Level3 = sheet.T(f.project + "成果数量")
			r.Target, r.Actual, r.Deviation = sheet.T("=20"+unit), sheet.T("20"+unit), sheet.T("")
			r.expect("indicator-units-vary", sheet.LabelTarget)
		}
		return true
	}},
}

// inRow is a fault of one row of those that will do.
func inRow(rule, label string, will func(*row) bool, spoil func(*row)) func(*campaign, *madeForm) bool {
	return func(_ *campaign, f *madeForm) bool {
		r := f.choose(will)
		if r == nil {
			return false
		}
		spoil(r)
		r.expect(rule, label)
		return true
	}
}

// inMissed is a fault of a row that was missed for certain: by how much 约 is
// off nobody knows.
func inMissed(rule, label string, will func(*row) bool, spoil func(*row)) func(*campaign, *madeForm) bool {
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
