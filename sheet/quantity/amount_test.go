package quantity

import "testing"

func TestParseTargetRanges(t *testing.T) {
	testQuantities(t, target2021, []quantityTest{
		{"80%-90%", interval(0.8, 0.9, "%")},
		{"80-90%", interval(0.8, 0.9, "%")},
		{"80%—90%", interval(0.8, 0.9, "%")},
		{"80%——90%", interval(0.8, 0.9, "%")},
		{"80％～90％", interval(0.8, 0.9, "%")},
		{"80% - 90%", interval(0.8, 0.9, "%")},
		{"在80%-90%之间", interval(0.8, 0.9, "%")},
		{"百分之八十至百分之九十", interval(0.8, 0.9, "%")},
		{"3～5次", interval(3, 5, "次")},
		{"3~5次", interval(3, 5, "次")},
		{"3至5次", interval(3, 5, "次")},
		{"3次-5次", interval(3, 5, "次")},
		{"三至五次", interval(3, 5, "次")},
		{"3-5", interval(3, 5, "")},
		{"0.5-1小时", interval(0.5, 1, "小时")},
		{"-5%~-3%", interval(-0.05, -0.03, "%")},
		{"3-5万元", scaled(1e4, interval(30000, 50000, "元"))},
		{"3万-5万元", scaled(1e4, interval(30000, 50000, "元"))},
		{"2000-3000元", interval(2000, 3000, "元")},
		{"2021-2022年", qualitative},
		{"90%-80%", qualitative},
		{"≥80%-90%", qualitative},
		{"3次-5场", qualitative},
		{"80%-90", qualitative},
		{"80%--90%", qualitative},
		{"1-2-3", qualitative},
		{"三五次", qualitative},
		{"021-12345678", qualitative},
	})
}
