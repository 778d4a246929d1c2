// Package formtest generates forms for tests.
package formtest

import (
	"math/rand/v2"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Completed generates a form that a department has filled in: consistent, so
// that the template's formulas come to what it says, and otherwise as odd as
// the seed will have it. The derived values are computed here, not by the
// formulas.
func Completed(r *rand.Rand, layout string) *sheet.Table {
	t := &sheet.Table{
		Year: sheet.N(float64(2015 + r.IntN(20))), Project: sheet.T(words(r, 1, 40)),
		Department: sheet.T(words(r, 1, 20)), Implementer: sheet.T(words(r, 1, 20)), MoneyUnit: sheet.T("万元"),
		Goal: sheet.Goal{Expected: sheet.T(words(r, 1, 900)), Actual: sheet.T(words(r, 1, 900))},
	}
	if layout == "ministry" {
		t.Leader, t.Phone = sheet.T(words(r, 1, 6)), sheet.T("021-"+words(r, 1, 8))
	}
	if r.IntN(3) == 0 {
		t.MoneyUnit = sheet.T("元")
	}
	t.Funds = funds(r)
	weights := 0.0
	scores := t.Funds[0].Score.Value
	for _, level := range [][3]string{
		{"产出指标", "数量指标", "2"}, {"产出指标", "质量指标", "2"}, {"产出指标", "时效指标", "2"}, {"产出指标", "成本指标", "2"},
		{"效益指标", "经济效益指标", "1"}, {"效益指标", "社会效益指标", "2"}, {"效益指标", "生态效益指标", "1"},
		{"效益指标", "可持续影响指标", "1"}, {"满意度指标", "服务对象满意度指标", "2"},
	} {
		for range r.IntN(int(level[2][0]-'0') + 1) {
			x := sheet.Indicator{Level1: sheet.T(level[0]), Level2: sheet.T(level[1]), Level3: sheet.T(words(r, 1, 30)),
				Target: sheet.T(pick(r, "=400 场", "≥95%", "＝100%", "+5%", "-3℃", "@全体", "12月底前", words(r, 1, 20))),
				Actual: sheet.T(pick(r, "182 场", "98.11%", "0.9811", "95", "4200余人", "=1+1", words(r, 1, 20))),
				Weight: sheet.N(quantity.Round(r.Float64()*20, 1))}
			x.Score = sheet.N(quantity.Round(r.Float64()*x.Weight.Value, 2))
			if r.IntN(2) == 0 {
				x.Deviation = sheet.T(words(r, 1, 300))
			}
			weights = quantity.Round(weights+x.Weight.Value, 2)
			scores = quantity.Round(scores+x.Score.Value, 2)
			t.Indicators = append(t.Indicators, x)
		}
	}
	t.Total = sheet.Total{Weight: sheet.N(quantity.Round(10+weights, 2)), Score: sheet.N(scores)}
	return t
}

func funds(r *rand.Rand) []sheet.Fund {
	list := []sheet.Fund{{Source: sheet.T(sheet.WholeFund), InitialBudget: sheet.N(0), Budget: sheet.N(0), Executed: sheet.N(0), Weight: sheet.N(10)}}
	total := list[0]
	for i, source := range []string{"当年财政拨款", "上年结转资金", "其他资金"} {
		if i > 0 && r.IntN(2) == 0 {
			continue
		}
		f := sheet.Fund{Source: sheet.T(source), InitialBudget: amount(r), Budget: amount(r), Executed: amount(r)}
		total.InitialBudget.Value = quantity.Round(total.InitialBudget.Value+f.InitialBudget.Value, 6)
		total.Budget.Value = quantity.Round(total.Budget.Value+f.Budget.Value, 6)
		total.Executed.Value = quantity.Round(total.Executed.Value+f.Executed.Value, 6)
		list = append(list, f)
	}
	rate := 0.0
	if total.Budget.Value != 0 {
		rate = total.Executed.Value / total.Budget.Value
	}
	total.Rate.Number = sheet.N(quantity.Round(rate, 4))
	total.Score = sheet.N(quantity.Round(min(1, rate)*10, 2))
	list[0] = total
	return list
}

func amount(r *rand.Rand) sheet.Number {
	switch r.IntN(8) {
	case 0:
		return sheet.N(0)
	case 1:
		return sheet.N(float64(r.IntN(1e9)))
	}
	return sheet.N(quantity.Round(r.Float64()*1e5, r.IntN(5)))
}

func pick(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

// words returns a text of a few letters, with all that a spreadsheet or XML
// might mistake for something else.
func words(r *rand.Rand, least, most int) string {
	alphabet := []rune("绩效指标完成情况项目资金年度目标，。；：“”（）%≥0123456789abcXYZ <>&'\"=+-@_x\U0001F600𠮷éß")
	var b strings.Builder
	for range least + r.IntN(most-least+1) {
		b.WriteRune(alphabet[r.IntN(len(alphabet))])
		if most > 100 && r.IntN(40) == 0 {
			b.WriteString(pick(r, "\n", "\t", "_x000D_", "  "))
		}
	}
	s := b.String()
	if quantity.Blank(s) {
		return "文字"
	}
	return s
}

// Issued returns what of a completed form is known when it is issued: a random
// part of it.
func Issued(r *rand.Rand, t *sheet.Table) *sheet.Table {
	p := *t
	p.Funds, p.Indicators, p.Total = nil, nil, sheet.Total{}
	p.Goal.Actual = sheet.Text{}
	if r.IntN(2) == 0 {
		p.Goal.Expected = sheet.Text{}
	}
	if r.IntN(2) == 0 {
		p.Year = sheet.Number{}
	}
	if r.IntN(2) == 0 {
		p.Department = sheet.Text{}
	}
	for _, f := range t.Funds[1:] {
		if r.IntN(2) == 0 {
			p.Funds = append(p.Funds, sheet.Fund{Source: f.Source, InitialBudget: f.InitialBudget, Budget: f.Budget})
		}
	}
	for _, x := range t.Indicators {
		x.Actual, x.Score, x.Deviation = sheet.Text{}, sheet.Number{}, sheet.Text{}
		p.Indicators = append(p.Indicators, x)
	}
	return &p
}

// Project is a table as it is known when a form is issued.
func Project() *sheet.Table {
	t := &sheet.Table{
		Year: sheet.N(2021), Project: sheet.T("未来公园展厅运营经费"),
		Department: sheet.T("上海推进科技创新中心建设办公室"), Implementer: sheet.T("上海推进科技创新中心建设办公室"),
		MoneyUnit: sheet.T("万元"),
		Funds:     []sheet.Fund{{Source: sheet.T("当年财政拨款"), InitialBudget: sheet.N(1121.92), Budget: sheet.N(1121.92)}},
		Goal:      sheet.Goal{Expected: sheet.T("有效发挥未来公园展示功能，培育创新交流氛围")},
	}
	for _, x := range [][4]string{
		{"产出指标", "数量指标", "计划接待参观团组总数", "=400 场"},
		{"产出指标", "质量指标", "计划接待参观团组类型", "党政、企业、社会团体等"},
		{"产出指标", "时效指标", "服务响应度", "=100%"},
		{"效益指标", "社会效益指标", "计划参展商总数", "≥50 家"},
		{"满意度指标", "服务对象满意度指标", "服务对象满意度指标", "≥95%"},
	} {
		t.Indicators = append(t.Indicators, sheet.Indicator{
			Level1: sheet.T(x[0]), Level2: sheet.T(x[1]), Level3: sheet.T(x[2]), Target: sheet.T(x[3]), Weight: sheet.N(18),
		})
	}
	return t
}
