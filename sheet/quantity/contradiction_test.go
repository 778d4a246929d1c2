package quantity

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
)

func contradiction(target, actual string) string {
	return Contradiction(ParseTarget(target, 2025), ParseActual(actual, 2025))
}

// What contradicts its target is not met, or said to contradict it; nothing else is.
func TestContradictions(t *testing.T) {
	var pairs struct{ Right, Wrong [][2]string }
	sheettest.TOML(t, "testdata/pairs.toml", &pairs)
	if len(pairs.Right) == 0 || len(pairs.Wrong) == 0 {
		t.Fatal("no pairs")
	}
	against := func(p [2]string) string {
		if j := Judge(ParseTarget(p[0], 2025), ParseActual(p[1], 2025)); j.Status == NotMet {
			return "not met"
		}
		return contradiction(p[0], p[1])
	}
	for _, p := range pairs.Right {
		want := ParseTarget(p[0], 2025)
		if j := Judge(want, ParseActual(p[1], 2025)); strings.HasPrefix(j.Reason, "单位不一致") && want.Unit != "%" { // 均达标 is 100%
			t.Errorf("%q: %s", p, j.Reason)
		}
		if why := against(p); why != "" {
			t.Errorf("%q: %s", p, why)
		}
	}
	for _, p := range pairs.Wrong {
		if against(p) == "" {
			t.Errorf("%q: nothing is said", p)
		}
	}
}

func TestContradiction(t *testing.T) {
	for _, tt := range []struct {
		target, actual string
		want           bool
	}{
		{"", "不合格", false}, {"合格", "", false}, {"合格", "合格", false}, {"不合格率低", "不合格率低", false},
		{"合格", "不合格", true}, {"合格", "未能合格", true}, {"合格", "不是不合格", false},
		{"群众满意", "群众不太满意", true}, {"完成", "已完成，没有未完成事项", false},
		{"零投诉", "投诉率为零", false}, {"零投诉", "接待群众3000人次", false}, {"无事故", "安全运行365天", false}, {"杜绝违规", "0起", false},
		{"全覆盖", "100%", false}, {"全覆盖", "99.9%", true},
		{"每月1次", "12次", false}, {"每月1次", "11次", true}, {"每月1次", "每月1次", false}, {"每月一次", "3次", true}, {"每周1次", "50次", false}, {"每场1次", "0次", false}, {"每半年1次", "1次", true}, {"每半年1次", "2次", false}, {"半年1次", "1次", true}, {"每季度至少召开1次", "3次", true},
		{"完成", "完成一半", true}, {"完成一半工程量", "已完成一半工程量", false}, {"完成", "延期", true}, {"≥2次/月", "2次", true}, {"100元/月", "100元", false}, {"≥200人/天", "210人", false}, {"≥100吨/天", "120吨", false}, {"每天8小时", "8小时", false},
		{"改善空气质量", "PM2.5浓度下降12%", false}, {"改善空气质量", "空气质量有所恶化", true}, {"设备运行正常", "全年故障3次，均已排除", false}, {"设备运行正常", "多次故障", true},
		{"增长5%", "下降2%", true}, {"不低于上年水平", "低于上年", true}, {"不低于上年水平", "不低于上年", false}, {"≤预算数", "未超预算", false}, {"≤预算数", "超预算", true},
		{"全部完成", "全部完成，部分提前", false}, {"100%", "大部分完成", true}, {"≤100%", "92%", false},
		{"良好以上", "一般", true}, {"优良", "良好", false}, {"达到或优于Ⅲ类", "劣V类", true}, {"优于Ⅲ类", "Ⅱ类", false}, {"A级", "B级", true}, {"良好", "一般困难", false},
		{"1:3", "1:2", true}, {"≥1:1.5", "1:1.6", false}, {"1:15", "1:14", false}, {"1:3", "2:5", false},
		{"≥500人", "约500人", true}, {"≥500人", "约501人", false}, {"约500人", "约500人", false}, {"≥500人", "500余人", false}, {"≥500人", "不足500人", false}, {"≤30天", "约35天", true},
	} {
		if got := contradiction(tt.target, tt.actual) != ""; got != tt.want {
			t.Errorf("%q, %q: %v", tt.target, tt.actual, got)
		}
	}
}

// What contradicts says so in words: no number with its unit contradicts another, however
// it is compared.
func TestOnlyFigures(t *testing.T) {
	targets := []string{"%s"}
	for _, l := range vocabulary().leads {
		targets = append(targets, l.word+"%s")
	}
	for _, l := range vocabulary().tails {
		targets = append(targets, "%s"+l.word)
	}
	tried := 0
	try := func(target, actual string) {
		want, got := ParseTarget(target, 2025), ParseActual(actual, 2025)
		t1, a1 := plain(want.Text), plain(got.Text)
		if !onlyFigures(want, t1, a1) {
			return
		}
		tried++
		if what := contradicts(want, got, t1, a1); what != "" {
			t.Errorf("%s, %s: %s", target, actual, what)
		}
	}
	for name := range units().measures {
		for _, other := range []string{name, "次", "%", ""} {
			for _, target := range []string{"5", "≥0", "≤1,000", "不低于9.5"} {
				try(target+name, "100"+other)
			}
		}
	}
	for _, target := range targets {
		for _, unit := range []string{"%", "元", "天", "次", "起", ""} {
			try(fmt.Sprintf(target, "0"+unit), "3"+unit)
			try(fmt.Sprintf(target, "20"+unit), "3"+unit)
			try(fmt.Sprintf(target, "20"+unit), "300"+unit)
		}
	}
	if least := 5*len(units().measures) + 100; tried < least {
		t.Errorf("%d pairs are nothing but figures, want %d", tried, least)
	}
}

// Contradiction takes any two texts.
func FuzzContradiction(f *testing.F) {
	for _, s := range [][2]string{{"合格", "不合格"}, {"每月1次", "10次"}, {"不发生事故", "发生1起(轻微)"}, {"全覆盖", "95%"}, {"\xff不", "不\xfe"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, target, actual string) {
		if contradiction(target, target) != "" {
			t.Errorf("%q contradicts itself", target)
		}
		contradiction(target, actual)
	})
}

func BenchmarkContradiction(b *testing.B) {
	var pairs [][2]Quantity
	for _, p := range [][2]string{{"≥84%", "85.08%"}, {"=400 场", "182 场"}, {"按时完成", "已按时完成"}, {"不超过23 天", "19天"}, {"党政、企业、社会团体等", "党政、企业、社会团体等均已接待"}, {"12月底前", "11月30日"}} {
		pairs = append(pairs, [2]Quantity{ParseTarget(p[0], 2024), ParseActual(p[1], 2024)})
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pairs {
			Contradiction(p[0], p[1])
		}
	}
}
