package rules

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/expr-lang/expr/builtin"

	"ziping/sheet"
)

// Every example of a function is true on the published form of 未来公园展厅.
func TestFunctionExamples(t *testing.T) {
	names := map[string]bool{}
	for _, f := range Functions {
		if names[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		names[f.Name] = true
		if f.Doc == "" || f.Type == "" || !strings.HasPrefix(f.Usage, f.Name+"(") {
			t.Errorf("%s lacks Doc, Type or Usage", f.Name)
		}
		if !strings.Contains(f.Example, f.Name+"(") {
			t.Errorf("%s: the example does without", f.Name)
		}
		if !holdsIn(t, ScopeSheet, f.Example) {
			t.Errorf("%s: %s is not true", f.Name, f.Example)
		}
	}
}

// holdsIn reports whether a condition holds somewhere in a scope of the
// published form.
func holdsIn(t *testing.T, scope Scope, condition string) bool {
	t.Helper()
	lines := []string{`scope = "` + string(scope) + `"`, "when = '''" + condition + "'''", `assert = "false"`}
	switch scope {
	case ScopeSheet:
		lines = append(lines, `at = "年度"`)
	case ScopeValue, ScopeNotice:
		lines = append(lines, `at = ""`)
	case ScopeBatch:
		lines = append(lines, `at = "年度"`, `each = "sheet"`, `key = "年度"`, `kind = "年度"`, `when = "true"`, "assert = '''!("+condition+")'''")
	}
	set, form := parse(t, ruleText(lines...)), example(t)
	form.Notices = []sheet.Notice{{Kind: sheet.NoticeLocked, Field: sheet.ParsePath("绩效指标[1].分值"), Issued: "20", Now: "30"}}
	found := set.checkAll([]*sheet.Table{form})[0]
	return len(found) > 0 && found[0].Severity == Error
}

func TestVocabulary(t *testing.T) {
	seen := map[string]bool{}
	own := map[string]bool{} // what only other forms have
	for _, name := range newVocabulary(nil).table.OwnLabels() {
		own[name] = true
	}
	for _, w := range Vocabulary() {
		if seen[w.Scope+" "+w.Name] {
			t.Errorf("%s is there twice in %q", w.Name, w.Scope)
		}
		seen[w.Scope+" "+w.Name] = true
		if isFunction(w.Name) || slices.Contains(keywords, w.Name) {
			t.Errorf("%s is a field and a function or keyword", w.Name)
		}
		scope := Scope(w.Scope)
		if scope == "" {
			scope = ScopeSheet
		}
		if !strings.Contains(w.Example, w.Name) {
			t.Errorf("%s: the example %s does without", w.Name, w.Example)
		}
		if absent := map[string]bool{"项目编码": true, "项目负责人": true, "联系电话": true, "其他": true}; !holdsIn(t, scope, w.Example) && !absent[w.Name] && !own[w.Name] && w.Doc == "" {
			t.Errorf("%s in %s: %s is not true", w.Name, scope, w.Example)
		}
	}
	for scope, name := range map[string]string{"": "总分.得分", "indicator": "偏差原因分析及改进措施", "fund": "执行率", "value": "问题", "batch": "种类"} {
		if !seen[scope+" "+name] {
			t.Errorf("%s is not in the vocabulary of %q", name, scope)
		}
	}
}

// What rules may call is there, and every example is true.
func TestBuiltins(t *testing.T) {
	for _, f := range Builtins {
		if _, ok := builtin.Index[f.Name]; !ok {
			t.Errorf("the expression language has no %s", f.Name)
		}
		if slices.ContainsFunc(Functions, func(o Function) bool { return o.Name == f.Name }) {
			t.Errorf("%s is a function of ours", f.Name)
		}
	}
	for _, f := range slices.Concat(Builtins, Operators) {
		if !strings.Contains(f.Example, f.Name) || f.Doc == "" || f.Type == "" || !strings.Contains(f.Usage, f.Name) {
			t.Errorf("%s lacks Doc, Type, Usage or Example", f.Name)
		}
		if !holdsIn(t, ScopeSheet, f.Example) {
			t.Errorf("%s: %s is not true", f.Name, f.Example)
		}
	}
}

func TestFunctions(t *testing.T) {
	for _, condition := range []string{
		`相等(0.1 + 0.2, 0.3)`, `!相等(0.1, 0.2)`, `相等(9.98, 9.99, 0.01)`, `!相等(9.97, 9.99, 0.01)`, `相等(1, 1.0)`, `相等(len(绩效指标), 5)`, `相等(-1, -2, 1)`, `!相等(1, 2, -1)`,
		`相等(1e15, 1e15 + 0.1)`, `相等(0, 0)`, `!相等(0, 0.0000001)`,
		`舍入(9.985, 2) == 9.99`, `舍入(-9.985, 2) == -9.99`, `舍入(1.005, 2) == 1.01`, `舍入(5, 0) == 5`, `舍入(len(绩效指标), 1) == 5`, `舍入(2.5, 0) == 3`,
		`百分比(0.98101) == "98.10%"`, `百分比(0.98101, 0) == "98%"`, `百分比(1) == "100.00%"`, `百分比(0.00005) == "0.01%"`, `百分比(-0.5, 1) == "-50.0%"`, `百分比(0.5, 99) == "50.0000000000%"`,
		`首位数字(-305.5) == 3`, `数值("约480人") == 480`, `日期("2021-12-31") == 20211231`, `日期("12月底前") == 20211231`, `相隔天数(20211231, 20220101) == 1`, `相隔天数(20220101, 20211231) == -1`,
		`reduce(绩效指标, #acc + .分值, 总分.得分 - 90) == 96.99`, `reduce(绩效指标, 有值(总分.得分) ? 总分.得分 : #acc, 0) == 96.99`, `sortBy(绩效指标, .分值)[0].得分 + 总分.得分 > 100`,
		`平均(filter(绩效指标, .分值 > 20), "分值") == 30`, `最大(绩效指标, "得分") == 30`, `最小(绩效指标, "得分") == 9`, `占比(绩效指标, 绩效指标, "分值") == 1`, `占比([], 绩效指标, "分值") == 0`,
		`分句("一，二。；三\n") == ["一", "二", "三"]`, `去套话("", ["的"], "") == ""`, `去套话("原因：受疫情影响", [], "受疫情") == "原因影响"`, `去套话("ａ１的", ["的"], "") == "a1"`,
		`合计(绩效指标, "得分") == 87`, `合计(filter(绩效指标, .一级指标 == "产出指标"), "分值") == 50`, `合计(项目资金, "全年预算数") == 2243.84`,
		`填写数(绩效指标, "偏差原因分析及改进措施") == 2`, `填写数([], "得分") == 0`,
		`出现次数(绩效指标, "一级指标", " 产出 指标 ") == 3`, `出现次数(绩效指标, "分值", 20) == 2`, `出现次数(绩效指标, "分值", "20") == 0`,
		`完成情况("≥50家", "95家") == "已完成"`, `完成情况("≥50家", "5家") == "未完成"`, `完成情况("≥50家", "5次") == "无法判断"`,
		`完成率("≤10%", "20%") == 0.5`, `应得分("≤10%", "20%", 10) == 5`, `应得分("≥50家", "95家", 30) == 30`, `应得分("=400场", "182场", 20) == 9.1`,
		`应得分(绩效指标[0].年度指标值, 绩效指标[0].实际完成值, 绩效指标[0].分值) == 9.1`,
		`无法判断原因("≥50家", "95家") == ""`, `指标方向("按时完成", "是") == ""`, `指标方向("=5", "5") == "定值"`,
		`指标类型("") == "空"`, `指标类型("3-5人") == "区间"`, `指标类型("2021年12月底前") == "期限"`,
		`指标单位("≥95%") == "%"`, `指标单位("按时") == ""`, `指标符号("=400 场") == "="`, `指标符号("400 场") == ""`,
		`字数("") == 0`, `字数("，。！ \n") == 0`, `字数("a1甲") == 3`,
		`含任一("加强宣传", ["加强", "改进"])`, `!含任一("加强宣传", [])`, `!含任一("", ["加强"])`, `去空白(" 无 。") == "无"`,
		`string(0.1 + 0.2) == "0.3"`, `string("a") == "a"`, `string(true) == "是"`, `string(1000000000) == "1000000000"`, `replace("甲乙甲", "甲", "") == "乙"`,
		`1 / 4 == 0.25`, `len(绩效指标) / 2 == 2.5`, `2 ** 10 == 1024`, `2 ^ 3 == 8`, `7 % 4 == 3`, `"a" + "b" == "ab"`,
		`findIndex(绩效指标, .分值 > 1000) == -1`, `findLastIndex(绩效指标, .分值 > 1000) == -1`, `findIndex(绩效指标, .分值 > 0) == 0`, `indexOf("甲乙", "乙") == 1`, `lastIndexOf("甲乙甲", "甲") == 2`, `indexOf("甲", "丙") == -1`,
		`join(map(绩效指标, .二级指标), "、") startsWith "数量指标、质量指标"`, `count(绩效指标, .得分 < .分值) == 2`, `reduce(["乙"], replace(#acc, #, ""), "甲乙") == "甲"`,
	} {
		if !holdsIn(t, ScopeSheet, condition) {
			t.Errorf("%s is not true", condition)
		}
	}
}

// A cell that several rows share is one place.
func TestPlaces(t *testing.T) {
	const explanation = "因雨季影响工期，下一年加强调度"
	for _, tt := range []struct {
		name string
		refs [2]string
		want []string
	}{
		{"one cell", [2]string{"I13", "I13"}, nil},
		{"two cells", [2]string{"I13", "I14"}, []string{"I13", "I14"}},
		{"no cells", [2]string{"", ""}, []string{"", ""}},
	} {
		set, err := Default()
		if err != nil {
			t.Fatal(err)
		}
		table := form()
		for i := range table.Indicators {
			x := &table.Indicators[i]
			x.Score, x.Deviation = sheet.N(1), sheet.T(explanation)
			x.Deviation.Ref = tt.refs[i]
		}
		var got []string
		for _, f := range set.Check(table) {
			if f.Rule == "deviation-repeated" {
				got = append(got, f.Cell)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: found in %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The words of a list are found by their index as they are found one by one.
func TestWordIndex(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	some := func(n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteString([]string{"甲", "乙", "乚", "1", "0", ".", "a", "\xff"}[r.IntN(8)])
		}
		return b.String()
	}
	found := 0
	for range 20_000 {
		words := make([]string, 1+r.IntN(5+300*r.IntN(2)))
		for i := range words {
			words[i] = []string{"甲", "乚", "1"}[r.IntN(3)] + some(4)
		}
		text, index := some(9), newWordIndex(words)
		count := 0
		for _, w := range words {
			if strings.Contains(text, w) {
				count++
			}
		}
		if got, want := index.anyIn(text), containsAny(text, words); got != want {
			t.Fatalf("any of %q in %q: %t, want %t", words, text, got, want)
		}
		if got := index.countIn(text); got != count {
			t.Fatalf("%q in %q: %d, want %d", words, text, got, count)
		}
		found += count
	}
	if found < 1000 {
		t.Errorf("only %d words were found", found)
	}
}
