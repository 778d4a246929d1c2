package quantity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// met, missed and open make what a test expects. A ratio of none is no ratio.

const none = -1

func judged(d Direction, s Status, ratio float64, reason string) Judgement {
	j := Judgement{Direction: d, Status: s, Reason: reason}
	if ratio != none {
		j.Ratio, j.HasRatio = ratio, true
	}
	return j
}

func met(d Direction, ratio float64) Judgement    { return judged(d, Met, ratio, "") }
func missed(d Direction, ratio float64) Judgement { return judged(d, NotMet, ratio, "") }
func open(d Direction, reason string) Judgement   { return judged(d, Unknown, none, reason) }

func exceeded(ratio float64, target, actual string) Judgement {
	return judged(Exact, Unknown, ratio, "完成值“"+actual+"”高于指标值“"+target+"”，是否算完成须人工判断")
}

func roughly(d Direction, what, target, actual string) Judgement {
	return open(d, "完成值“"+actual+"”是"+what+"，不能确定是否达到“"+target+"”，须填写准确数值")
}

func TestJudge(t *testing.T) {
	tests := []struct {
		target, actual string
		want           Judgement
	}{
		// The published tables of 2021, row by row.
		{"≥95%", "≥95%", open(Positive, "完成值只写了“≥95%”，没有报出实际数值")},
		{"≥80%", "≥80%", open(Positive, "完成值只写了“≥80%”，没有报出实际数值")},
		{"=400 场", "182 场", missed(Exact, 0.455)},
		{"党政、企业、社会团体等", "党政、企业、社会团体等", open(NoDirection, "定性指标")},
		{"=100%", "100%", met(Exact, 1)},
		{"≥50 家", "95 家", met(Positive, 1.9)},
		{"≥95%", "95%", met(Positive, 1)},

		// Units of one measure, a tolerance, days that it may take.
		{"≤1小时", "90分钟", missed(Reverse, 1/1.5)},
		{"≤1小时", "40分钟", met(Reverse, 1.5)},
		{"≥1公顷", "15亩", met(Positive, 1)},
		{"12个月", "1年", met(Exact, 1)},
		{"≥2吨", "1850公斤", missed(Positive, 0.925)},
		{"±5%", "3%", met(Exact, 1)},
		{"±5%", "-5%", met(Exact, none)},
		{"±5%", "8%", missed(Exact, none)},
		{"±5%", "-8%", missed(Exact, none)},
		{"7个工作日", "5个工作日", met(Reverse, 1.4)},
		{"7个工作日", "10个工作日", missed(Reverse, 0.7)},
		{"20个工作日内", "15日", met(Reverse, 20.0/15)},
		{"20个工作日内", "21日", open(Reverse, "“个工作日”与“日”不能直接比较，须人工判断")},
		{"24小时内", "当天", met(Reverse, 1)},
		{"2小时内", "当天", open(Reverse, "完成值不是数值")},
		{"0%", "-8.6%", open(Exact, "完成值“-8.6%”低于指标值“0%”，是否算完成须人工判断")},

		// The more the better.
		{"≥95%", "94.99%", missed(Positive, 0.9499/0.95)},
		{"≥95%", "=98%", met(Positive, 0.98/0.95)},
		{">500人", "500人", missed(Positive, 1)},
		{">500人", "501人", met(Positive, 501.0/500)},
		{"≥0", "3", met(Positive, none)},
		{"≥0.3", "0.3", met(Positive, 1)},
		{"≥5%", "-3%", missed(Positive, none)},
		{"≥-3%", "-2%", met(Positive, none)},
		{"≥400场", "0场", missed(Positive, 0)},
		{"不少于3次", "四次", met(Positive, 4.0/3)},
		{"95%以上", "百分之九十六", met(Positive, 0.96/0.95)},

		// The less the better.
		{"≤90万元", "85.5万元", met(Reverse, 90/85.5)},
		{"≤90万元", "100万元", missed(Reverse, 0.9)},
		{"≤90万元", "90万元", met(Reverse, 1)},
		{"<5次", "5次", missed(Reverse, 1)},
		{"<5次", "4次", met(Reverse, 1.25)},
		{"≤3起", "0起", met(Reverse, none)},
		{"≤0起", "0起", met(Reverse, none)},
		{"≤0起", "1起", missed(Reverse, 0)},
		{"24小时内", "20小时", met(Reverse, 1.2)},
		{"控制在5%以内", "4%", met(Reverse, 1.25)},
		{"≤5%", "-1%", met(Reverse, none)},

		// Neither.
		{"=400场", "400场", met(Exact, 1)},
		{"400场", "400场", met(Exact, 1)},
		{"400场", "182场", missed(Exact, 0.455)},
		{"=400场", "420场", exceeded(1.05, "=400场", "420场")},
		{"100%", "105%", exceeded(1.05, "100%", "105%")},
		{"=0.3", "0.30000000001", met(Exact, 1)},
		{"=0起", "0起", met(Exact, none)},
		{"零起", "0", met(Exact, none)},
		{"=0起", "1起", missed(Exact, none)},
		{"12个月", "12个月", met(Exact, 1)},

		// Ranges.
		{"80%-90%", "85%", met(Exact, 1)},
		{"80%-90%", "80%", met(Exact, 1)},
		{"80%-90%", "90%", met(Exact, 1)},
		{"80%-90%", "60%", missed(Exact, 0.75)},
		{"80%-90%", "99%", exceeded(1.1, "80%-90%", "99%")},
		{"80%-90%", "82%-88%", met(Exact, none)},
		{"80%-90%", "60%-70%", missed(Exact, none)},
		{"80%-90%", "70%-85%", roughly(Exact, "区间", "80%-90%", "70%-85%")},
		{"≥80%", "80%-90%", met(Positive, none)},
		{"≥80%", "60%-70%", missed(Positive, none)},
		{"≥80%", "70%-85%", roughly(Positive, "区间", "≥80%", "70%-85%")},
		{"≤5次", "3-5次", met(Reverse, none)},
		{"≤5次", "3-6次", roughly(Reverse, "区间", "≤5次", "3-6次")},
		{"=400场", "380-420场", roughly(Exact, "区间", "=400场", "380-420场")},

		// Rough numbers.
		{"≥4000人", "4200余人", met(Positive, 1.05)},
		{"≥4200人", "4200余人", met(Positive, 1)},
		{">4200人", "4200余人", met(Positive, 1)},
		{">500人", "500人以上", roughly(Positive, "约数", ">500人", "500人以上")},
		{"≥500人", "500人以上", met(Positive, 1)},
		{"≥500人", "超过500人", met(Positive, 1)},
		{"≥95%", "95%以上", met(Positive, 1)},
		{"≥4300人", "4200余人", roughly(Positive, "约数", "≥4300人", "4200余人")},
		{"≥5000人", "4200余人", missed(Positive, 0.84)},
		{"≥48场", "40余场", roughly(Positive, "约数", "≥48场", "40余场")},
		{"≤4000人", "4200余人", missed(Reverse, 4000.0/4200)},
		{"≤4200人", "4200余人", missed(Reverse, 1)},
		{"≤4200人", "近4200人", met(Reverse, 1)},
		{"≥4200人", "近4200人", missed(Positive, 1)},
		{"≥4000人", "近4200人", roughly(Positive, "约数", "≥4000人", "近4200人")},
		{"≥4000人", "约4200人", roughly(Positive, "约数", "≥4000人", "约4200人")},
		{"≥3000人", "约4200人", met(Positive, 1.4)},
		{"≥5000人", "4200人左右", missed(Positive, 0.84)},
		{"=400场", "约400场", roughly(Exact, "约数", "=400场", "约400场")},
		{"=400场", "约200场", missed(Exact, 0.5)},
		{"=400场", "500余场", open(Exact, "完成值“500余场”高于指标值“=400场”，是否算完成须人工判断")},
		{"=4200人", "4200余人", open(Exact, "完成值“4200余人”高于指标值“=4200人”，是否算完成须人工判断")},
		{"约400场", "400场", met(Exact, 1)},
		{"约400场", "200场", missed(Exact, 0.5)},
		{"约400场", "390场", open(Exact, "指标值“约400场”是约数，须人工判断")},
		{"约400场", "600场", exceeded(1.5, "约400场", "600场")},

		// Only a comparison, no value.
		{"≥95%", "不低于95%", open(Positive, "完成值只写了“不低于95%”，没有报出实际数值")},
		{"≥95%", "≥95.0%", open(Positive, "完成值只写了“≥95.0%”，没有报出实际数值")},
		{"≥95%", ">96%", met(Positive, none)},
		{"≥95%", ">95%", met(Positive, none)},
		{"≥95%", ">90%", open(Positive, "完成值只写了“>90%”，没有报出实际数值")},
		{"≥95%", "<96%", open(Positive, "完成值只写了“<96%”，没有报出实际数值")},
		{"≤24小时", "2小时内", met(Reverse, none)},
		{"≤24小时", "2天内", open(Reverse, "完成值只写了“2天内”，没有报出实际数值")},
		{"≤1%", "低于1%", met(Reverse, none)},
		{"<1%", "1%以下", open(Reverse, "完成值只写了“1%以下”，没有报出实际数值")},
		{"≤5%", "5%以内", open(Reverse, "完成值只写了“5%以内”，没有报出实际数值")},
		{"≥95%", "未达到95%", open(Positive, "完成值只写了“未达到95%”，没有报出实际数值")},

		// Units.
		{"≥400场", "420次", open(Positive, "单位不一致：指标值用“场”，完成值用“次”")},
		{"≥200人", "260人次", open(Positive, "单位不一致：指标值用“人”，完成值用“人次”")},
		{"≥3个项目", "4个村", open(Positive, "单位不一致：指标值用“个项目”，完成值用“个村”")},
		{"≤300元/人", "280元", met(Reverse, 300.0/280)},
		{"≤300元", "280元/人", open(Reverse, "单位不一致：指标值用“元”，完成值用“元/人”")},
		{"≥5个百分点", "6%", open(Positive, "单位不一致：完成值“6%”是百分比，须按指标值的单位“个百分点”填写")},
		{"≥400场次", "420场", met(Positive, 1.05)},
		{"≥50家", "95家企业", met(Positive, 1.9)},
		{"≤30天", "25日", met(Reverse, 1.2)},
		{"≥400场", "420", met(Positive, 1.05)},
		{"≥400", "420场", met(Positive, 1.05)},
		{"≥95%", "96", open(Positive, "单位不一致：指标值“≥95%”是百分比，完成值“96”不是，完成值须写成带“%”的百分比")},
		{"≥95%", "0.96", met(Positive, 0.96/0.95)},
		{"≥0.8", "85%", met(Positive, 0.85/0.8)},
		{"≤5%", "0.3", open(Reverse, "单位不一致：指标值“≤5%”是百分比，完成值“0.3”不是，完成值须写成带“%”的百分比")},
		{"≥90百分比", "95", met(Positive, 0.95/0.9)},
		{"≤3天", "当天", met(Reverse, 3)},
		{"≤3小时", "当天", open(Reverse, "完成值不是数值")},
		{"=400 场", "182场(含线上)", missed(Exact, 0.455)},
		{"≥95%", "96%（抽查）", met(Positive, 0.96/0.95)},
		{"≥95%", "99%，较上年提高 2 个百分点", met(Positive, 0.99/0.95)},
		{"=400 场", "182场，其中线上30场", missed(Exact, 0.455)},
		{"=400 场", "400场，实际182场", open(Exact, "完成值不是数值")},
		{"=400 场", "182场（以上）", open(Exact, "完成值不是数值")},
		{"=400 场", "18 2 场", open(Exact, "完成值不是数值")},
		{"=400 场", "182/400场", open(Exact, "完成值不是数值")},
		{"=400 场", "l82 场", open(Exact, "完成值不是数值")},
		{"≥150场", "140场（线上30场、线下110场）", missed(Positive, 140.0/150)},
		{"≥150场", "140场（线上30场、线下120场）", open(Positive, "完成值不是数值")},
		{"≥150场", "140场（线上30次）", missed(Positive, 140.0/150)},
		{"≥150场", "140场（计划数）", open(Positive, "完成值不是数值")},
		{"≥150场", "140场（线上30场、线下120场）", open(Positive, "完成值不是数值")},
		{"≥90%", "93%（抽样）", met(Positive, 0.93/0.9)},
		{"≥90%", "93%（预计）", open(Positive, "完成值不是数值")},
		{"≥90%", "93%（未经核实）", open(Positive, "完成值不是数值")},
		{"≥90%", "93%（发放问卷200份）", met(Positive, 0.93/0.9)},

		// What was planned, and what was done.
		{"≥1800人", "计划1800人，实际1500人", missed(Positive, 1500.0/1800)},
		{"≥1800人", "计划培训1,800人，实际培训1,832人", met(Positive, 1832.0/1800)},
		{"≥1800人", "1500人（计划1800人）", missed(Positive, 1500.0/1800)},
		{"≥1800人", "计划1800人，实际未培训1500人", open(Positive, "完成值不是数值")},
		{"≥95%", "计划100场，实际完成98场", met(Positive, 0.98/0.95)},
		{"=100%", "计划100场，实际完成98场", missed(Exact, 0.98)},

		// Days and working days.
		{"≤5天", "3个工作日", met(Reverse, 5.0/3)},
		{"≤5天", "4个工作日", open(Reverse, "“天”与“个工作日”不能直接比较，须人工判断")},
		{"≤5天", "8个工作日", missed(Reverse, 5.0/8)},
		{"≥95%", "182场", open(Positive, "单位不一致：指标值“≥95%”是百分比，完成值“182场”不是，完成值须写成带“%”的百分比")},
		{"≥95", "96%", open(Positive, "单位不一致：完成值“96%”是百分比，指标值“≥95”没有“%”，两处须写成同一单位")},
		{"=400场", "45.5%", open(Exact, "单位不一致：完成值“45.5%”是百分比，须按指标值的单位“场”填写")},
		{"≤5%", "0", met(Reverse, none)},
		{"≤5%", "0起", met(Reverse, none)},
		{"≤3起", "0%", met(Reverse, none)},
		{"0", "0%", met(Exact, none)},
		{"0%", "0起", met(Exact, none)},
		{"0%", "3起", missed(Exact, none)},
		{"≤0%", "3起", missed(Reverse, 0)},
		{"≥95%", "0", missed(Positive, 0)},
		{"≥95%", "0起", open(Positive, "单位不一致：指标值“≥95%”是百分比，完成值“0起”不是，完成值须写成带“%”的百分比")},
		{"≥5‰", "0.6%", met(Positive, 1.2)},
		{"≤90万元", "855000元", met(Reverse, 900000.0/855000)},
		{"≤900000元", "85.5万元", met(Reverse, 900000.0/855000)},
		{"≤90万元", "85.5", met(Reverse, 90/85.5)},
		{"≤90万元", "855000", met(Reverse, 900000.0/855000)},
		{"≤90", "85.5万元", met(Reverse, 90/85.5)},
		{"≥两万人", "2.1", met(Positive, 1.05)},
		{"≤90万元", "10000", open(Reverse, "单位不明：“10000”没有写单位，不能与“≤90万元”比较")},
		{"≤90万元", "0", met(Reverse, none)},
		{"3-5万元", "4", met(Exact, 1)},

		// Rises and falls.
		{"增长≥5%", "增长6%", met(Positive, 1.2)},
		{"增长≥5%", "6%", met(Positive, 1.2)},
		{"≥5%", "同比增长6%", met(Positive, 1.2)},
		{"下降≥5%", "下降6%", met(Positive, 1.2)},
		{"下降≥5%", "6%", met(Positive, 1.2)},
		{"增长≥5%", "下降6%", open(Positive, "增减方向不一致：指标值“增长≥5%”，完成值“下降6%”")},
		{"≥5%", "下降6%", open(Positive, "增减方向不一致：指标值“≥5%”，完成值“下降6%”")},
		{"下降≥5%", "-6%", open(Positive, "增减方向不一致：指标值“下降≥5%”，完成值“-6%”")},

		// Days.
		{"2021年12月31日前", "2021年11月30日", met(Reverse, none)},
		{"2021年12月31日前", "2021年12月31日", met(Reverse, none)},
		{"2021年12月31日前", "2022年1月1日", missed(Reverse, none)},
		{"2021年12月31日前", "已于11月30日完成", met(Reverse, none)},
		{"12月底前", "11月", met(Reverse, none)},
		{"12月底前", "12月", met(Reverse, none)},
		{"12月底前", "2021年12月31日前完成", met(Reverse, none)},
		{"年底前", "年底", met(Reverse, none)},
		{"2021年12月", "2021-12-15", met(Reverse, none)},
		{"第四季度", "10月20日", met(Reverse, none)},
		{"上半年", "7月", missed(Reverse, none)},
		{"6月15日前", "6月", open(Reverse, "完成值“6月”没有具体到日，不能确定是否在“6月15日前”之内")},
		{"11月底前", "12月底前", open(Reverse, "完成值“12月底前”没有具体到日，不能确定是否在“11月底前”之内")},
		{"12月前", "11月30日", met(Reverse, none)},
		{"12月前", "12月15日", open(Reverse, "指标值“12月前”是否包括当期，须人工判断")},
		{"12月前", "2022年1月", missed(Reverse, none)},
		{"12月前", "第四季度", open(Reverse, "完成值“第四季度”没有具体到日，不能确定是否在“12月前”之内")},
		{"12月底前", "按时完成", open(Reverse, "指标值是时限，完成值“按时完成”没有写明完成日期")},
		{"12月底前", "100%", open(Reverse, "指标值是时限，完成值“100%”没有写明完成日期")},
		{"≥95%", "2021年12月", open(Positive, "完成值“2021年12月”是日期，指标值“≥95%”是数值")},

		// Nothing to judge.
		{"≥95%", "", open(Positive, "没有填写完成值")},
		{"≥95%", "—", open(Positive, "没有填写完成值")},
		{"党政、企业、社会团体等", "", open(NoDirection, "没有填写完成值")},
		{"", "95%", open(NoDirection, "没有填写指标值")},
		{"", "", open(NoDirection, "没有填写指标值")},
		{"显著提升", "95%", open(NoDirection, "定性指标")},
		{"≥95%", "已完成", open(Positive, "完成值不是数值")},
		{"=400场", "因疫情取消", open(Exact, "完成值不是数值")},
	}
	for _, tt := range tests {
		got := Judge(target2021(tt.target), actual2021(tt.actual))
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateApprox(1e-9, 0)); diff != "" {
			t.Errorf("%s, done %s (-want +got):\n%s", tt.target, tt.actual, diff)
		}
	}
}

func TestJudgeEitherWay(t *testing.T) {
	unsigned := func(target, actual string) Judgement {
		return open(Exact, "指标值“"+target+"”没有写明“≥”或“≤”，完成值“"+actual+"”与它不同，须人工判断")
	}
	for _, tt := range []struct {
		target, actual string
		want           Judgement
	}{
		{"100万元", "98万元", unsigned("100万元", "98万元")},
		{"100万元", "200万元", unsigned("100万元", "200万元")},
		{"100万元", "100万元", met(Exact, 1)},
		{"100万元", "1000000元", met(Exact, 1)},
		{"80-90元", "75元", unsigned("80-90元", "75元")},
		{"80-90元", "85元", met(Exact, 1)},
		{"约24小时", "20小时", unsigned("约24小时", "20小时")},
		{"5次", "2-3次", unsigned("5次", "2-3次")},

		// What can be taken only one way.
		{"≤100万元", "120万元", missed(Reverse, 100.0/120)},
		{"≥100%", "90%", missed(Positive, 0.9)},
		{"=100%", "90%", missed(Exact, 0.9)},
		{"0起", "1起", missed(Exact, none)},
		{"0起", "0起", met(Exact, none)},
		{"下降5%", "下降3%", missed(Exact, 0.6)},
		{"24小时", "3场", open(Exact, "单位不一致：指标值用“小时”，完成值用“场”")},
		{"24小时", "及时", open(Exact, "完成值不是数值")},
		{"12月底前", "2022年1月", missed(Reverse, none)},
		{"合格", "合格", open(NoDirection, "定性指标")},
	} {
		got := JudgeEitherWay(target2021(tt.target), actual2021(tt.actual))
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateApprox(1e-9, 0)); diff != "" {
			t.Errorf("%s, done %s (-want +got):\n%s", tt.target, tt.actual, diff)
		}
	}
}

func TestNamed(t *testing.T) {
	for _, tt := range []struct {
		name, target, actual string
		want                 Status
		contradicts          bool
	}{
		{"游客增长率", "≥5%", "下降2%", Unknown, true}, {"游客增长率", "≥5%", "增长6%", Met, false}, {"游客增长率", "≤5%", "下降2%", Unknown, false},
		{"单位能耗下降", "≥5%", "下降3%", NotMet, false}, {"单位能耗下降率", "≥5%", "下降6%", Met, false}, {"单位能耗下降率", "≥5%", "上升6%", Unknown, true},
		{"投诉减少件数", "≥10件", "减少8件", NotMet, false}, {"投诉减少件数", "≥10件", "12件", Met, false},
		{"提升改造工程的损耗", "≥5%", "下降6%", Unknown, false},
	} {
		actual := actual2021(tt.actual)
		target := target2021(tt.target).Named(tt.name, actual)
		if got, said := Judge(target, actual).Status, Contradiction(target, actual); got != tt.want || (said != "") != tt.contradicts {
			t.Errorf("%s %s, done %s: %s %q", tt.name, tt.target, tt.actual, got, said)
		}
	}
}

func TestJudgeWithoutYear(t *testing.T) {
	tests := []struct {
		target, actual string
		want           Judgement
	}{
		{"12月底前", "11月", met(Reverse, none)},
		{"12月底前", "2021年11月", open(Reverse, "指标值或完成值没有写明年份")},
		{"2021年12月底前", "11月", open(Reverse, "指标值或完成值没有写明年份")},
		{"2021年12月底前", "2021年11月", met(Reverse, none)},
	}
	for _, tt := range tests {
		got := Judge(ParseTarget(tt.target, 0), ParseActual(tt.actual, 0))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s, done %s (-want +got):\n%s", tt.target, tt.actual, diff)
		}
	}
}

// Decimal fractions that have no exact binary form meet themselves however they are
// computed.
func TestJudgeTolerance(t *testing.T) {
	sum := 0.1 + 0.2 // 0.30000000000000004
	for _, op := range []Op{Ge, Le, Eq, None} {
		if got := Judge(number(op, 0.3, ""), number(None, sum, "")); got.Status != Met {
			t.Errorf("0.1+0.2 against %v0.3: %+v", op, got)
		}
	}
	for _, op := range []Op{Gt, Lt} {
		if got := Judge(number(op, 0.3, ""), number(None, sum, "")); got.Status != NotMet {
			t.Errorf("0.1+0.2 against %v0.3: %+v", op, got)
		}
	}
}

func TestDirectionAndStatusNames(t *testing.T) {
	for d, want := range []string{"", "正向", "反向", "定值", ""} {
		if got := Direction(d).String(); got != want {
			t.Errorf("Direction %d is %q, want %q", d, got, want)
		}
	}
	for s, want := range []string{"无法判断", "已完成", "未完成", ""} {
		if got := Status(s).String(); got != want {
			t.Errorf("Status %d is %q, want %q", s, got, want)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	target, actual := target2021("=400 场"), actual2021("182 场")
	b.ReportAllocs()
	for b.Loop() {
		Judge(target, actual)
	}
}

func TestFarOver(t *testing.T) {
	for _, tt := range []struct {
		target, actual string
		far, known     bool
	}{
		{"≥100人", "130人", false, true}, {"≥100人", "131人", true, true}, {"≥70%", "93.5%", true, true}, {"≤100元", "10元", false, true},
		{"1次", "2次", false, true}, {"1次", "3次", true, true}, {"5份", "10份", false, true}, {"≥6份", "8份", true, true},
		{"≥5万元", "8万元", true, true}, {"≥1.5公里", "2公里", true, true}, {"≥5%", "8%", true, true}, {"按时完成", "按时完成", false, false},
	} {
		target := ParseTarget(tt.target, 2025)
		far, known := Judge(target, ParseActual(tt.actual, 2025)).FarOver(target, 0.3)
		if far != tt.far || known != tt.known {
			t.Errorf("%s, %s: %v %v", tt.target, tt.actual, far, known)
		}
	}
}
