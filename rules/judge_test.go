package rules

import (
	"slices"
	"testing"

	"ziping/sheet"
)

// Of what may be better the less it is nothing is said where less was done, and of all
// else it is, also beside the same target and actual of another kind.
func TestReversed(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const output, benefit, satisfaction = "产出指标", "社会效益指标", "服务对象满意度指标"
	for _, tt := range []struct {
		level2, level3 string
		reversed       bool
	}{
		{"质量指标", "设备验收合格率", false}, {"成本指标", "成本控制率", true}, {"成本指标", "会议费、培训费", true}, {"成本指标", "成本节约率", false},
		{"数量指标", "违法建设面积", true}, {"数量指标", "超时采购项目数", true}, {"数量指标", "故障平台数", true}, {"质量指标", "污染物排放监测值", true},
		{"时效指标", "资金拨付及时率", false}, {"时效指标", "办理用时", true}, {benefit, "登记失业率", true}, {benefit, "信访量", true}, {benefit, "信访办结率", false},
		{satisfaction, "服务对象投诉次数", true}, {satisfaction, "服务对象满意率", false}, {"数量指标", "线上访问量", false}, {"数量指标", "开发案例数", false},
	} {
		f := form()
		f.Indicators = nil
		for _, x := range [][2]string{{"成本指标", "单位成本"}, {tt.level2, tt.level3}, {"数量指标", "培训人数"}} {
			f.Indicators = append(f.Indicators, sheet.Indicator{Level1: sheet.T(output), Level2: sheet.T(x[0]), Level3: sheet.T(x[1]), Target: sheet.T("100"), Actual: sheet.T("90"), Weight: sheet.N(30), Score: sheet.N(30)})
		}
		var accused []string
		for _, x := range set.Check(f) {
			if x.Rule == "score-proportional" {
				accused = append(accused, x.Field.Row)
			}
		}
		want := []string{"2", "3"}
		if tt.reversed {
			want = []string{"3"}
		}
		if !slices.Equal(accused, want) {
			t.Errorf("%s, %s: %v are accused, want %v", tt.level2, tt.level3, accused, want)
		}
	}
}

// What a name says of a change counts for the target beside it.
func TestChangeInName(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, actual, want string }{
		{"游客增长率", "下降2%", "actual-contradicts"}, {"游客增长率", "增长6%", ""}, {"能耗下降率（%）", "下降3%", "score-proportional"}, {"能耗下降率", "下降6%", ""}, {"能耗", "下降3%", ""},
	} {
		f := form()
		f.Indicators = []sheet.Indicator{{Level1: sheet.T("效益指标"), Level2: sheet.T("社会效益指标"), Level3: sheet.T(tt.name), Target: sheet.T("≥5%"), Actual: sheet.T(tt.actual), Weight: sheet.N(30), Score: sheet.N(30)}}
		got := ""
		for _, x := range set.Check(f) {
			if x.Rule == "score-proportional" || x.Rule == "actual-contradicts" {
				got += x.Rule
			}
		}
		if got != tt.want {
			t.Errorf("%s, %s: %q, want %q", tt.name, tt.actual, got, tt.want)
		}
	}
}
