package quantity

import "testing"

func TestParseTargetLabels(t *testing.T) {
	testQuantities(t, target2021, []quantityTest{
		{"完成率≥95%", number(Ge, 0.95, "%")},
		{"项目验收合格率 ≥ 95%", number(Ge, 0.95, "%")},
		{"服务对象满意度达到95%以上", number(Ge, 0.95, "%")},
		{"验收合格率不低于95%", number(Ge, 0.95, "%")},
		{"达标率达95%", number(Ge, 0.95, "%")},
		{"2021年完成率≥95%", number(Ge, 0.95, "%")},
		{"年底前达到95%", number(Ge, 0.95, "%")},
		{"合格率、满意度≥90%", number(Ge, 0.9, "%")},
		{"满意度：95%", number(None, 0.95, "%")},
		{"合格率为100%", number(None, 1, "%")},
		{"合格率100%", number(None, 1, "%")},
		{"一年不少于三次", number(Ge, 3, "次")},
		{"培训人数≥200人", number(Ge, 200, "人")},
		{"接待人数400人", number(None, 400, "人")},
		{"响应时间2小时内", number(Le, 2, "小时")},
		{"一般工业固废利用率≥95%", number(Ge, 0.95, "%")},
		{"由80%提高到95%", number(Ge, 0.95, "%")},
		{"增长≥5%", changing(Rise, number(Ge, 0.05, "%"))},
		{"较上年增长5%", changing(Rise, number(None, 0.05, "%"))},
		{"下降5%以上", changing(Fall, number(Ge, 0.05, "%"))},
		{"能耗下降率≥3%", changing(Fall, number(Ge, 0.03, "%"))},
		{"节约5%", number(None, 0.05, "%")},
		{"不合格率≤5%", number(Le, 0.05, "%")},
		{"不良率低于1%", number(Lt, 0.01, "%")},
		{"未成年人帮扶率100%", number(None, 1, "%")},

		// More than a quantity, or something else with numbers in it.
		{"≥95%，≤100%", qualitative},
		{"大于80%且小于90%", qualitative},
		{"80%≤满意度≤90%", interval(0.8, 0.9, "%")},
		{"按时完成，合格率≥95%", qualitative},
		{"数量≥5，质量≥95%", qualitative},
		{"不超过5%以上", qualitative},
		{"约400场以上", qualitative},
		{"排名前10%", qualitative},
		{"比例1:3", qualitative},
		{"5≥3", qualitative},
		{"企业数十家", qualitative},
	})
}
