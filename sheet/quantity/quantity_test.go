package quantity

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The builders below make what a test expects. The tests fill in Text themselves.

func number(op Op, value float64, unit string) Quantity {
	return Quantity{Kind: KindNumber, Op: op, Low: value, High: value, Unit: unit, Scale: 1}
}

func interval(low, high float64, unit string) Quantity {
	return Quantity{Kind: KindRange, Low: low, High: high, Unit: unit, Scale: 1}
}

// scaled is q as written with 万 and the like.
func scaled(scale float64, q Quantity) Quantity {
	q.Scale = scale
	return q
}

func rough(approx Approx, spread float64, q Quantity) Quantity {
	q.Approx, q.Spread = approx, spread
	return q
}

func changing(change Change, q Quantity) Quantity {
	q.Change = change
	return q
}

func days(from, to string) Quantity {
	return Quantity{Kind: KindDeadline, From: parseDay(from), To: parseDay(to)}
}

func before(q Quantity) Quantity {
	q.Before = true
	return q
}

func parseDay(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

var (
	qualitative = Quantity{Kind: KindQualitative}
	empty       = Quantity{Kind: KindEmpty}
)

type quantityTest struct {
	text string
	want Quantity
}

// testQuantities runs a table. An expected value may be off by rounding only.
func testQuantities(t *testing.T, parse func(string) Quantity, tests []quantityTest) {
	t.Helper()
	for _, tt := range tests {
		tt.want.Text = tt.text
		if diff := cmp.Diff(tt.want, parse(tt.text), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.text, diff)
		}
	}
}

func target2021(s string) Quantity { return ParseTarget(s, 2021) }
func actual2021(s string) Quantity { return ParseActual(s, 2021) }

func TestParseTargetOperators(t *testing.T) {
	testQuantities(t, target2021, []quantityTest{
		{"≥95%", number(Ge, 0.95, "%")},
		{"≥ 95 %", number(Ge, 0.95, "%")},
		{"≧９５％", number(Ge, 0.95, "%")},
		{"⩾95%", number(Ge, 0.95, "%")},
		{">=95%", number(Ge, 0.95, "%")},
		{"＞＝95％", number(Ge, 0.95, "%")},
		{"> = 95%", number(Ge, 0.95, "%")},
		{"=>95%", number(Ge, 0.95, "%")},
		{"≥=95%", number(Ge, 0.95, "%")},
		{"≤90%", number(Le, 0.9, "%")},
		{"≦90%", number(Le, 0.9, "%")},
		{"⩽ 90%", number(Le, 0.9, "%")},
		{"<=90%", number(Le, 0.9, "%")},
		{"＜＝90%", number(Le, 0.9, "%")},
		{"=<90%", number(Le, 0.9, "%")},
		{">500人", number(Gt, 500, "人")},
		{"＞500", number(Gt, 500, "")},
		{"<5次", number(Lt, 5, "次")},
		{"＜５次", number(Lt, 5, "次")},
		{"=400 场", number(Eq, 400, "场")},
		{"＝100％", number(Eq, 1, "%")},
		{"==3", number(Eq, 3, "")},
		{"等于3次", number(Eq, 3, "次")},
		{"不低于95%", number(Ge, 0.95, "%")},
		{"不少于400场次", number(Ge, 400, "场次")},
		{"不小于80分", number(Ge, 80, "分")},
		{"不得低于90%", number(Ge, 0.9, "%")},
		{"大于等于90%", number(Ge, 0.9, "%")},
		{"大于或等于90%", number(Ge, 0.9, "%")},
		{"高于或等于90%", number(Ge, 0.9, "%")},
		{"达到95%", number(Ge, 0.95, "%")},
		{"达95%", number(Ge, 0.95, "%")},
		{"达到≥95%", number(Ge, 0.95, "%")},
		{"至少3次", number(Ge, 3, "次")},
		{"95%以上", number(Ge, 0.95, "%")},
		{"95%及以上", number(Ge, 0.95, "%")},
		{"95%（含）以上", number(Ge, 0.95, "%")},
		{"达到95%以上", number(Ge, 0.95, "%")},
		{"不低于95%以上", number(Ge, 0.95, "%")},
		{"=95%以上", number(Ge, 0.95, "%")},
		{"三次以上", number(Ge, 3, "次")},
		{"不超过5%", number(Le, 0.05, "%")},
		{"不高于300元/人", number(Le, 300, "元/人")},
		{"不大于5次", number(Le, 5, "次")},
		{"不多于5次", number(Le, 5, "次")},
		{"小于等于5次", number(Le, 5, "次")},
		{"小于或等于5次", number(Le, 5, "次")},
		{"控制在5%以内", number(Le, 0.05, "%")},
		{"控制在90万元", scaled(1e4, number(Le, 900000, "元"))},
		{"5%以内", number(Le, 0.05, "%")},
		{"5%以下", number(Le, 0.05, "%")},
		{"3次及以下", number(Le, 3, "次")},
		{"最多3次", number(Le, 3, "次")},
		{"降至5%", number(Le, 0.05, "%")},
		{"达到5%以下", number(Le, 0.05, "%")},
		{"大于90%", number(Gt, 0.9, "%")},
		{"超过500人", number(Gt, 500, "人")},
		{"高于90%", number(Gt, 0.9, "%")},
		{"多于3家", number(Gt, 3, "家")},
		{"小于5%", number(Lt, 0.05, "%")},
		{"低于5%", number(Lt, 0.05, "%")},
		{"少于3起", number(Lt, 3, "起")},
		{"24小时内", number(Le, 24, "小时")},
		{"2个工作日内", number(Le, 2, "个工作日")},
		{"7个工作日", number(Le, 7, "个工作日")},
		{"≥7个工作日", number(Ge, 7, "个工作日")},
		{"八成以上", number(Ge, 0.8, "%")},
		{"九成五", number(None, 0.95, "%")},
		{"±5%", interval(-0.05, 0.05, "%")},
		{"≤±5%", interval(-0.05, 0.05, "%")},
		{"误差不超过±2毫米", interval(-2, 2, "毫米")},
		{"一周内", number(Le, 1, "周")},
		{"3天之内", number(Le, 3, "天")},
		{"≤30天", number(Le, 30, "天")},
		{"≥-3%", number(Ge, -0.03, "%")},
		{"≥95%。", number(Ge, 0.95, "%")},
		{"≥95%；", number(Ge, 0.95, "%")},
	})
}

func TestParseTargetBeyond(t *testing.T) {
	testQuantities(t, target2021, []quantityTest{
		{"90%≤满意度", number(Ge, 0.9, "%")},
		{"90% <= 满意度", number(Ge, 0.9, "%")},
		{"0<事故起数", number(Gt, 0, "")},
		{"5次≥投诉", number(Le, 5, "次")},
		{"5%≤下降率", changing(Fall, number(Ge, 0.05, "%"))},
		{"90%≤满意度≤100%", interval(0.9, 1, "%")},
		{"100%≥满意度≥90%", interval(0.9, 1, "%")},
		{"100%≤满意度≤90%", qualitative},
		{"90%≤满意度≥80%", qualitative},
		{"90%≤", qualitative},
		{"90%≤95%", qualitative},
		{"90%≤满意度(学生)", qualitative},
	})
}

func TestParseTargetNumbers(t *testing.T) {
	testQuantities(t, target2021, []quantityTest{
		{"95%", number(None, 0.95, "%")},
		{"９５％", number(None, 0.95, "%")},
		{"98.11%", number(None, 0.9811, "%")},
		{"百分之九十五", number(None, 0.95, "%")},
		{"百分之九十九点五以上", number(Ge, 0.995, "%")},
		{"百分之95", number(None, 0.95, "%")},
		{"百分之百", number(None, 1, "%")},
		{"百分之一百", number(None, 1, "%")},
		{"百分百", number(None, 1, "%")},
		{"100百分比", number(None, 1, "%")},
		{"95个百分点", number(None, 95, "个百分点")},
		{"5‰", number(None, 0.005, "%")},
		{"千分之五", number(None, 0.005, "%")},
		{"-5%", number(None, -0.05, "%")},
		{"+5%", number(None, 0.05, "%")},
		{"0%", number(None, 0, "%")},
		{"100%完成", number(None, 1, "%")},
		{"100%按时发放", number(None, 1, "%")},
		{"400", number(None, 400, "")},
		{"400 场", number(None, 400, "场")},
		{"400\n场", number(None, 400, "场")},
		{"≥50家", number(Ge, 50, "家")},
		{"3,000人次", number(None, 3000, "人次")},
		{"３，０００人次", number(None, 3000, "人次")},
		{"1 234 567元", number(None, 1234567, "元")},
		{"90万元", scaled(1e4, number(None, 900000, "元"))},
		{"≤90.5 万元", scaled(1e4, number(Le, 905000, "元"))},
		{"1.2亿元", scaled(1e8, number(None, 1.2e8, "元"))},
		{"3百万元", scaled(1e6, number(None, 3e6, "元"))},
		{"2万亿元", scaled(1e12, number(None, 2e12, "元"))},
		{"2 万人", scaled(1e4, number(None, 20000, "人"))},
		{"5万", scaled(1e4, number(None, 50000, ""))},
		{"3千人", scaled(1e3, number(None, 3000, "人"))},
		{"5千克", number(None, 5, "千克")},
		{"12千米", number(None, 12, "千米")},
		{"1.5万元/公里", scaled(1e4, number(None, 15000, "元/公里"))},
		{"100元/人·天", number(None, 100, "元/人·天")},
		{"≥1次/季度", number(Ge, 1, "次/季度")},
		{"三平方", number(None, 3, "平方")},
		{"3个项目", number(None, 3, "个项目")},
		{"50家企业", number(None, 50, "家企业")},
		{"3名外籍专家", number(None, 3, "名外籍专家")},
		{"2台(套)", number(None, 2, "台(套)")},
		{"400场（次）", number(None, 400, "场(次)")},
		{"12标段", number(None, 12, "标段")},
		{"500㎡", number(None, 500, "㎡")},
		{"10Mbps", number(None, 10, "Mbps")},
		{"5 GB", number(None, 5, "GB")},
		{"12个月", number(None, 12, "个月")},
		{"3年", number(None, 3, "年")},
		{"24月", number(None, 24, "月")},
		{"15日", number(None, 15, "日")},
		{"24小时", number(None, 24, "小时")},
		{"3级", number(None, 3, "级")},
		{"1.2E+3", number(None, 1200, "")},
		{"0.5", number(None, 0.5, "")},
		{"三次", number(None, 3, "次")},
		{"十二场", number(None, 12, "场")},
		{"二十五家", number(None, 25, "家")},
		{"一百零五人", number(None, 105, "人")},
		{"一百二十人", number(None, 120, "人")},
		{"两万元", scaled(1e4, number(None, 20000, "元"))},
		{"三点五万元", scaled(1e4, number(None, 35000, "元"))},
		{"三次/年", number(None, 3, "次/年")},
		{"四百", qualitative},
		{"零起", number(None, 0, "起")},
		{"零", number(None, 0, "")},
		{"一期", number(None, 1, "期")},
		{"两套", number(None, 2, "套")},
		{"完成400场", number(None, 400, "场")},
		{"计划完成400场", number(None, 400, "场")},
		{"举办活动12场", qualitative},
		{"约400场", rough(Around, 40, number(None, 400, "场"))},
		{"400场左右", rough(Around, 40, number(None, 400, "场"))},
		{"400余场", rough(Above, 100, number(None, 400, "场"))},
	})
}

func TestParseTargetQualitative(t *testing.T) {
	for _, s := range []string{
		"党政、企业、社会团体等", "一流水平", "三个代表", "按时完成", "二期工程完工", "十四五规划", "2021年度工作", "5G基站建设", "5G",
		"24小时值守服务", "7×24小时", "7*24小时", "1.完成建设", "1. 5场活动", "1、完成建设", "3D打印", "5A级景区", "12345热线", "1项目完工", "2期完工",
		"第3次", "1/3", "1:3", "9:00-17:00", "≥±5%", "±±5%", "±0", "007", "一", "十一", "两会", "十四", "一百二", "一二三", "数十家", "几十家", "若干",
		"一事一议", "两不愁三保障", "一网通办", "双一流", "三农", "二级以上", "每年3次", "全年", "长期", "无", "合格", "优", "显著提升", "零投诉", "是",
		"95%或100%", "3次（每季度）", "30天前", "5元店", "%95", "≥", "≥%", "％", "1e400", "1e-400%", "99999999999999999999999999999999",
		"提升园区企业的创新能力，形成示范效应，服务企业50家以上，得到参观团组的认可", strings.Repeat("长", 300) + "≥95%", "\xff\xfe", "1\xff",
	} {
		testQuantities(t, target2021, []quantityTest{{s, qualitative}})
		testQuantities(t, actual2021, []quantityTest{{s, qualitative}})
	}
	for _, s := range []string{"", " ", "　", "—", "――", "/", "／", "\\", "-"} {
		testQuantities(t, target2021, []quantityTest{{s, empty}})
		testQuantities(t, actual2021, []quantityTest{{s, empty}})
	}
}

func TestParseActual(t *testing.T) {
	testQuantities(t, actual2021, []quantityTest{
		{"182 场", number(None, 182, "场")},
		{"95 家", number(None, 95, "家")},
		{"100%", number(None, 1, "%")},
		{"９５．５％", number(None, 0.955, "%")},
		{"=95%", number(Eq, 0.95, "%")},
		{"已完成400场", number(None, 400, "场")},
		{"完成400场", number(None, 400, "场")},
		{"完成了400场", number(None, 400, "场")},
		{"实际完成182场", number(None, 182, "场")},
		{"共182场", number(None, 182, "场")},
		{"共接待182场", number(None, 182, "场")},
		{"2021年共接待182场", number(None, 182, "场")},
		{"全年累计182场", number(None, 182, "场")},
		{"累计182场", number(None, 182, "场")},
		{"达到95%", number(None, 0.95, "%")},
		{"达95%", number(None, 0.95, "%")},
		{"已达到 95%", number(None, 0.95, "%")},
		{"满意度达到98.5%", number(None, 0.985, "%")},
		{"合格率100%", number(None, 1, "%")},
		{"完成率为98.11%", number(None, 0.9811, "%")},
		{"100%完成", number(None, 1, "%")},
		{"全部完成", qualitative},
		{"控制在4.8%", number(None, 0.048, "%")},
		{"由80%提高到95%", number(None, 0.95, "%")},
		{"下降6%", changing(Fall, number(None, 0.06, "%"))},
		{"同比增长8.5%", changing(Rise, number(None, 0.085, "%"))},
		{"85.6万元", scaled(1e4, number(None, 856000, "元"))},
		{"完成十二场", number(None, 12, "场")},
		{"百分之九十八", number(None, 0.98, "%")},
		{"参观人数4300人", number(None, 4300, "人")},
		{"响应时间2小时", number(None, 2, "小时")},
		{"380-400场", interval(380, 400, "场")},

		// Rough numbers.
		{"4200余人", rough(Above, 420, number(None, 4200, "人"))},
		{"4200多人", rough(Above, 420, number(None, 4200, "人"))},
		{"累计服务 4200 余人", rough(Above, 420, number(None, 4200, "人"))},
		{"40余场", rough(Above, 10, number(None, 40, "场"))},
		{"2万余人", scaled(1e4, rough(Above, 10000, number(None, 20000, "人")))},
		{"10余万元", scaled(1e4, rough(Above, 100000, number(None, 100000, "元")))},
		{"二十多家", rough(Above, 10, number(None, 20, "家"))},
		{"十几家", rough(Above, 10, number(None, 10, "家"))},
		{"3年多", rough(Above, 1, number(None, 3, "年"))},
		{"超过500人", rough(Above, 100, number(None, 500, "人"))},
		{"超500人", rough(Above, 100, number(None, 500, "人"))},
		{"突破500人", rough(Above, 100, number(None, 500, "人"))},
		{"满意度超过95%", rough(Above, 0.095, number(None, 0.95, "%"))},
		{"500人以上", rough(AtLeast, 100, number(None, 500, "人"))},
		{"95%以上", rough(AtLeast, 0.095, number(None, 0.95, "%"))},
		{"达到95%以上", rough(AtLeast, 0.095, number(None, 0.95, "%"))},
		{"超过95%以上", rough(AtLeast, 0.095, number(None, 0.95, "%"))},
		{"约4200人", rough(Around, 420, number(None, 4200, "人"))},
		{"大约4200人", rough(Around, 420, number(None, 4200, "人"))},
		{"4200人左右", rough(Around, 420, number(None, 4200, "人"))},
		{"约4200余人", rough(Around, 420, number(None, 4200, "人"))},
		{"近4200人", rough(Below, 420, number(None, 4200, "人"))},
		{"将近4200人", rough(Below, 420, number(None, 4200, "人"))},
		{"不足500人", rough(Below, 50, number(None, 500, "人"))},
		{"约-5%", rough(Around, 0.005, number(None, -0.05, "%"))},

		// Comparisons without a value.
		{"≥95%", number(Ge, 0.95, "%")},
		{"≥95%以上", number(Ge, 0.95, "%")},
		{"不低于95%", number(Ge, 0.95, "%")},
		{"合格率≥95%", number(Ge, 0.95, "%")},
		{"至少3次", number(Ge, 3, "次")},
		{"≤90万元", scaled(1e4, number(Le, 900000, "元"))},
		{"5%以内", number(Le, 0.05, "%")},
		{"控制在5%以内", number(Le, 0.05, "%")},
		{"未超过90万元", scaled(1e4, number(Le, 900000, "元"))},
		{">500人", number(Gt, 500, "人")},
		{"未达到95%", number(Lt, 0.95, "%")},
		{"尚未达到95%", number(Lt, 0.95, "%")},
		{"未能达到95%", number(Lt, 0.95, "%")},
		{"没有达到95%", number(Lt, 0.95, "%")},

		// Days.
		{"2021年11月30日", days("2021-11-30", "2021-11-30")},
		{"2021年11月完成", days("2021-11-01", "2021-11-30")},
		{"已于11月30日完成", days("2021-11-30", "2021-11-30")},
		{"11月", days("2021-11-01", "2021-11-30")},
		{"11月底", days("2021-11-21", "2021-11-30")},
		{"2021.11.30", days("2021-11-30", "2021-11-30")},
		{"2021-11-30", days("2021-11-30", "2021-11-30")},
		{"2021年12月31日前完成", days("2021-01-01", "2021-12-31")},
		{"12月底前", days("2021-01-01", "2021-12-31")},
		{"截至12月20日完成", days("2021-01-01", "2021-12-20")},
		{"2022年1月15日", days("2022-01-15", "2022-01-15")},
		{"完成时间2021年11月30日", days("2021-11-30", "2021-11-30")},

		// No result.
		{"未完成", qualitative},
		{"未完成400场", qualitative},
		{"尚未完成95%", qualitative},
		{"未按时完成100%", qualitative},
		{"未能全面达到95%", qualitative},
		{"不合格率0.5%", number(None, 0.005, "%")},
		{"预计达到95%", qualitative},
		{"预计完成率达到95%", qualitative},
		{"计划达到95%", qualitative},
		{"预计12月完成", qualitative},
		{"12月31日前未完成", qualitative},
		{"11月基本完成", qualitative},
		{"11月启动", qualitative},
		{"部分完成", qualitative},
		{"400场，全部完成", number(None, 400, "场")},
		{"400场，未全部完成", qualitative},
		{"400场，线上50场", qualitative},
		{"182场（因疫情）", number(None, 182, "场")},
		{"182场（未核实）", qualitative},
	})
}

func TestNames(t *testing.T) {
	for op, want := range []string{"", "=", "≥", "≤", ">", "<", ""} {
		if got := Op(op).String(); got != want {
			t.Errorf("Op %d is %q, want %q", op, got, want)
		}
	}
	for kind, want := range []string{"空", "定性", "数值", "区间", "时限", ""} {
		if got := Kind(kind).String(); got != want {
			t.Errorf("Kind %d is %q, want %q", kind, got, want)
		}
	}
	if got := Kind(-1).String(); got != "" {
		t.Errorf("Kind -1 is %q", got)
	}
}

func FuzzQuantity(f *testing.F) {
	for _, s := range []string{
		"≥95%", "=400 场", "党政、企业、社会团体等", "≥50 家", "80%-90%", "3至5次", "百分之九十五", "90万元", "2 万余人", "一百零五人", "12月底前",
		"2021年12月31日前完成", "2021.12", "20211231", "Q4", "第四季度末", "1-12月", "约4200余人", "完成率≥95%", "控制在5%以内", "下降5%以上", "2台(套)",
		"元/人", "100元/人·天", "1e30", "1e-30%", "-5%~-3%", "9999-12-31", "次年3月", "—", "", "\xff", "≥\xff", "12\n34", "三点五万元",
	} {
		f.Add(s, "182 场", 2021)
		f.Add("≥95%", s, 0)
	}
	f.Fuzz(func(t *testing.T, target, actual string, year int) {
		quantities := [...]Quantity{
			ParseTarget(target, year), ParseActual(target, year), ParseTarget(actual, year), ParseActual(actual, year),
		}
		for i, q := range quantities {
			if want := [...]string{target, target, actual, actual}[i]; q.Text != want {
				t.Errorf("Text is %q, want %q", q.Text, want)
			}
			checkQuantity(t, q)
			for _, p := range quantities {
				checkJudgement(t, p, q, Judge(p, q))
				checkJudgement(t, p, q, JudgeEitherWay(p, q))
			}
		}
	})
}

func checkQuantity(t *testing.T, q Quantity) {
	t.Helper()
	for _, v := range []float64{q.Low, q.High, q.Scale, q.Spread} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%+v has no finite value", q)
		}
	}
	isNumber := q.Kind == KindNumber || q.Kind == KindRange
	switch {
	case q.Low > q.High, q.Kind != KindRange && q.Low != q.High, q.Spread < 0, (q.Scale >= 1) != isNumber:
		t.Errorf("%+v is out of order", q)
	case (q.Spread > 0) != (q.Approx != Precise) && q.Low != 0:
		t.Errorf("%+v is rough without a spread, or the other way", q)
	case !isNumber && (q.Op != None || q.Unit != "" || q.Approx != Precise || q.Change != NoChange):
		t.Errorf("%+v is no number and has what numbers have", q)
	case q.Kind == KindDeadline && (q.From.After(q.To) || q.To.Year() > 2200):
		t.Errorf("%+v is no period", q)
	case q.Kind != KindDeadline && !(q.From.IsZero() && q.To.IsZero()):
		t.Errorf("%+v has days", q)
	}
}

func checkJudgement(t *testing.T, target, actual Quantity, j Judgement) {
	t.Helper()
	switch {
	case (j.Status == Unknown) != (j.Reason != ""):
		t.Errorf("%q, %q: %+v: a reason stands with Unknown and only there", target.Text, actual.Text, j)
	case math.IsNaN(j.Ratio) || math.IsInf(j.Ratio, 0) || j.Ratio < 0 || !j.HasRatio && j.Ratio != 0:
		t.Errorf("%q, %q: %+v: bad ratio", target.Text, actual.Text, j)
	case j.Status == Met && j.HasRatio && j.Ratio < 1-1e-6:
		t.Errorf("%q, %q: %+v: met with less than all", target.Text, actual.Text, j)
	case j.Status == NotMet && j.HasRatio && j.Ratio > 1+1e-6:
		t.Errorf("%q, %q: %+v: missed with more than all", target.Text, actual.Text, j)
	}
}

func BenchmarkParseTarget(b *testing.B) {
	mix := []string{
		"≥95%", "=400 场", "182 场", "党政、企业、社会团体等", "2021年12月31日前完成", "≤90万元", "项目验收合格率≥95%", "不少于12场次", "95%以上",
		"４２００余人", "按时完成", "百分之九十五", "80%-90%", "12月底前",
		"提升园区企业的创新能力，形成示范效应，得到参观团组的认可，取得良好的社会效益",
	}
	for _, s := range mix {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseTarget(s, 2021)
			}
		})
	}
	b.Run("mix", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			ParseTarget(mix[i%len(mix)], 2021)
		}
	})
}

// TestTokens puts pieces of quantities together in every odd way, and checks what
// must hold of any text. It also checks that full-width letters and blanks between
// the pieces change nothing.
func TestTokens(t *testing.T) {
	pieces := strings.Fields("≥ ≤ > = 不低于 不超过 控制在 超过 约 近 达到 完成 共 合格率 下降 年底 2021年 12月 31日 前 第 四季度 年 月 日 底 内 0 5 95 400 0.5 " +
		"1,234 三 十 百 万 亿 百分之 点 零 % ‰ 百分比 场 家 人次 元 天 个 级 / ( ) - ~ 至 —— 以上 以内 左右 余 多 之间 企业 , 。 G km E+3 . : 未 2021 20211231 次年 Q4")
	rng := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		var plain, wide strings.Builder
		last := ""
		for range 1 + rng.IntN(6) {
			piece := pieces[rng.IntN(len(pieces))]
			if last != "" && !sticks(last[len(last)-1]) && !sticks(piece[0]) {
				wide.WriteString("　")
			}
			plain.WriteString(piece)
			wide.WriteString(widen(piece))
			last = piece
		}
		target, actual := target2021(plain.String()), actual2021(plain.String())
		checkQuantity(t, target)
		checkQuantity(t, actual)
		checkJudgement(t, target, actual, Judge(target, actual))
		checkJudgement(t, target, actual, JudgeEitherWay(target, actual))
		got := target2021(wide.String())
		got.Text = target.Text
		if got != target {
			t.Errorf("%q and %q differ:\n%s", plain.String(), wide.String(), cmp.Diff(target, got))
		}
		if t.Failed() {
			return
		}
	}
}

// widen writes ASCII in full width.
func widen(s string) string {
	return strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, s)
}

func TestSameText(t *testing.T) {
	for _, x := range []struct {
		a, b string
		same bool
	}{
		{"=400 场", "=400场", true},
		{"=400 场", " =400\n场（次）", false},
		{"≥ 95 %", "≥95%", true},
		{"=400场（次）", "=400 场 (次)", true},
		{"1 234 场", "1234场", true},
		{"=400 场", "=4 00 场", false},
		{"=400 场", "=40\n0 场", false},
		{"=400 场", "=4０\u30000 场", false},
		{"0.5 万元", "0 .5 万元", false},
		{"0.5 万元", "0. 5 万元", false},
		{"第1项、第2项", "第 1 项、第 2 项", true},
		{"1. 完成建设", "1.完成建设", true},
		{"三 百 场", "三百场", true},
	} {
		if SameText(x.a, x.b) != x.same || SameText(x.b, x.a) != x.same {
			t.Errorf("SameText(%q, %q) is not %v", x.a, x.b, x.same)
		}
	}
}
