package quantity

import (
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"≥95%", "≥95%"},
		{"９８．１１％", "98.11%"},
		{"２１５，４５７．６", "215,457.6"},
		{"＞＝９５﹪", ">=95%"},
		{"≧95％", "≥95%"},
		{"⩾95%", "≥95%"},
		{"≦90万元", "≤90万元"},
		{"⩽90", "≤90"},
		{"＜５", "<5"},
		{"﹤5", "<5"},
		{"＝４００　场", "=400 场"},
		{"－5", "-5"},
		{"−5", "-5"},
		{"80％～90％", "80%~90%"},
		{"80〜90", "80~90"},
		{"80–90", "80—90"},
		{"――", "——"},
		{"400\u00a0场\u2009", "400 场 "},
		{"400\u200b场\ufeff", "400场"},
		{"400\r\n场", "400\n\n场"},
		{"满意度：９５％（含）", "满意度:95%(含)"},
		{"￥100", "¥100"},
		{"ＧＢ／Ｔ", "GB/T"},
		{"党政、企业、社会团体等", "党政、企业、社会团体等"},
	}
	for _, tt := range tests {
		if got := Normalize(tt.in); got != tt.want {
			t.Errorf("Normalize(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestNormalizeDoesNotAllocateWithoutNeed(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Normalize("计划接待参观团组总数 ≥ 400 场") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestSaysNothing(t *testing.T) {
	for text, want := range map[string]bool{"": true, "—": true, "无。": true, " 不 适用": true, "暂无": true, "无故障": false, "0": false} {
		if got := SaysNothing(text); got != want {
			t.Errorf("%q says nothing: %t", text, got)
		}
	}
}

func TestBlank(t *testing.T) {
	for _, in := range []string{
		"", " ", "　", "\n", "\u200b", "—", "――", "——", "-", "--", "–", "－", "─", "/", "//", "／", "\\", "＼", " — ", "- / -", "∕",
	} {
		if !Blank(in) {
			t.Errorf("Blank(%q) = false", in)
		}
	}
	for _, in := range []string{"无", "0", "一", "无数据", "-1", "—5%", ".", "、", "%", "N/A", "/年", "\xff"} {
		if Blank(in) {
			t.Errorf("Blank(%q) = true", in)
		}
	}
}

// What is taken for folded already is what folding leaves as it is.
func TestFoldSpace(t *testing.T) {
	check := func(s string) {
		if got, want := FoldSpace(s), strings.Map(folded, s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	for r := rune(0); r < 0x11000; r++ {
		check(string(r))
		check("甲" + string(r) + "a")
	}
	for first := 0x80; first < 0x100; first++ { // what is no UTF-8
		for second := 0x70; second < 0xD0; second += 0x10 {
			check(string([]byte{byte(first)}))
			check(string([]byte{byte(first), byte(second)}))
			check(string([]byte{byte(first), byte(second), 'a'}))
			check(string([]byte{byte(first), 0x80, byte(second)}))
		}
	}
	if got := FoldSpace("（一） 全年　预算数［１０分］"); got != "(一)全年预算数(10分)" {
		t.Error(got)
	}
}
