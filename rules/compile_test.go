package rules

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"ziping/sheet/strict"
)

// mistakes returns the mistakes of a rule file.
func mistakes(src string) strict.Errors {
	_, err := Parse("f.toml", []byte(src))
	var errs strict.Errors
	errors.As(err, &errs)
	return errs
}

const someParams = `
[params."阈值"]
value = 1
[params."词"]
value = ["a"]
[params."表"]
value = { "产出指标" = 1 }
`

// Jargon that no clerk should meet in the common mistakes.
var jargon = regexp.MustCompile(`float64|interface|\bstring \(|unknown|token|·|map\[|goroutine|表达式有误`)

func TestExpressionMistakes(t *testing.T) {
	for _, tt := range []struct{ expression, want string }{ // ‹ marks the place
		{`‹得份 > 1`, `没有“得份”这一项或这个函数，是否应为“得分”？`},
		{`‹没有(得分)`, `没有“没有”这一项或这个函数`},
		{`‹数量 > 1`, `没有“数量”这一项或这个函数，是否应为“数值”？`},
		{`总分.‹得份 > 1`, `没有“得份”这一项，是否应为“得分”？`},
		{`all(绩效指标, .‹得份 > 1)`, `没有“得份”这一项，是否应为“得分”？`},
		{`合计(绩效指标, ‹"得份") > 0`, `清单中没有“得份”这一项，是否应为“得分”？`},
		{`填写数(filter(绩效指标, .得分 > 0), ‹"得份") > 0`, `清单中没有“得份”这一项，是否应为“得分”？`},
		{`表[‹"效益"] > 1`, `参数“表”的表中没有“效益”`},
		{`表[‹得分] > 1`, `方括号里应为表中的名称；这里是数字`},
		{`绩效指标.‹得分 > 1`, `清单有许多行，不能直接取项目：用 all、any、合计 等函数逐行取，或用 [0] 取第一行`},
		{`得分‹[0] > 1`, `数字不能用方括号取其中一项`},
		{`有值(‹得份)`, `没有“得份”这一项或这个函数，是否应为“得分”？`},
		{`有值(总分.‹得份)`, `没有“得份”这一项，是否应为“得分”？`},
		{`all(绩效指标, 有值(.‹得份))`, `没有“得份”这一项，是否应为“得分”？`},
		{`有值(‹阈值)`, `有值 只能用于表中的一个项目，如 有值(得分)`},
		{`有值(‹总分)`, `有值 只能用于表中的一个项目，如 有值(得分)`},
		{`原文(‹"a") == ""`, `原文 只能用于表中的一个项目，如 原文(得分)`},
		{`‹有值()`, `有值 应有一个项目：有值(项目)`},
		{`‹得分`, `条件应得出是或否；这里得出数字`},
		{`‹""`, `条件应得出是或否；这里得出文字`},
		{`‹得分 ? true : false`, `条件应得出是或否；这里得出数字`},
		{`all(绩效指标, ‹.得分)`, `逐行的条件应得出是或否；这里得出数字`},
		{`all(‹得分, true)`, `函数 all 只能用于清单，如 绩效指标；这里是数字`},
		{`得分 ‹> "5"`, `> 的两边类型不同：左边是数字，右边是文字`},
		{`"a" ‹+ 1 == ""`, `+ 的两边类型不同：左边是文字，右边是数字`},
		{`总分 ‹> 1`, `> 的两边类型不同：左边是一组项目，右边是数字`},
		{`得分 ‹&& true`, `&& 的两边类型不同：左边是数字，右边是是非值`},
		{`得分 ‹in 词`, `in 的两边类型不同：左边是数字，右边清单里是文字`},
		{`‹not 得分`, `not 不能用于数字`},
		{`得分 ‹% 2 == 1`, `% 是求余数，只能用于整数；百分之几写成小数，如 0.05`},
		{`字数(‹得分) > 1`, `函数 字数 的这个参数应为文字；这里是数字：字数(文字)`},
		{`合计(‹词, "分值") == 1`, `函数 合计 的这个参数应为清单；这里是文字清单：合计(清单, "项目")`},
		{`‹舍入(得分) > 1`, `函数 舍入 的参数不够：舍入(数, 小数位数)`},
		{`‹舍入(得分, 2, 3) > 1`, `函数 舍入 的参数太多：舍入(数, 小数位数)`},
		{`‹len(得分) > 1`, `函数 len 不能用于数字`},
		{`‹len(词, 1) > 1`, `函数的参数应有 1 个；这里有 2 个`},
		{`string(‹总分) == ""`, `函数 string 不能用于一组项目`},
		{`‹得分()`, `这不是函数，后面不能有括号`},
		{`三级指标 ‹matches "("`, "matches 右边的正则表达式写法不对：missing closing ): `(`"},
		{`1 ‹% 0 == 1`, `除数为 0`},
		{`得分 ‹>`, `表达式没有写完`},
		{`得分 > 1‹)`, `这里不应出现 )`},
		{`得分 ‹= 1`, `这里不应出现 =；相等写作 ==，大于等于写作 >=`},
		{`得分 ‹且 分值 > 1`, `这里不应出现 且；请写 &&`}, {`得分 > 1 ‹或 分值 > 1`, `这里不应出现 或；请写 ||`},
		{`分值 > ‹分值且得分 > 1`, `没有“分值且得分”这一项，是否应为 分值 && 得分？`},
		{`得分 < ‹80%`, `% 是求余数；百分之80写成小数：0.8`}, {`(得分 / 分值 < ‹2.5 ％) && true`, `% 是求余数；百分之2.5写成小数：0.025`},
		{`得分 ‹== "5"`, `== 的两边类型不同：左边是数字，右边是文字；数字不加引号，比较表中所见的文字用 原文(项目)`},
		{`得分 ‹≥ 1`, `不认识的字符 ≥，请写 >=`},
		{`得分 > 1‹）`, `不认识的字符 ），请写 )`},
		{`‹“a” == "b"`, `不认识的字符 “，请写 "`},
		{`三级指标 == "a‹`, `引号没有配对`},
		{`得分 > 1 /* a‹`, `注释没有结尾的 */`},
		{`‹$env["得分"] > 1`, `规则中不能用 $env`},
		{`‹nil == 得分`, `规则中不能用 nil；没有填写的项目用 !有值(项目) 判断`},
		{`(得分 ‹?? 1) > 0`, `规则中不能用 ??`},
		{`let ‹x = 1; x > 0`, `规则中不能用 let`},
		{`得分 ‹> 1; 分值 > 2`, `一处只能有一个表达式；几个条件都要成立时用 && 连接`},
		{`any(1‹..10, # > 5)`, `规则中不能用 ..`},
		{`‹repeat("a", 1000000) == ""`, `规则中不能用 repeat 这个函数`},
		{`‹all(绩效指标, any(绩效指标, all(绩效指标, true)))`, `all 套得太深：逐行的函数最多套 2 层`},
	} {
		before, _, _ := strings.Cut(tt.expression, "‹")
		want := strict.Position{Line: 5, Column: len([]rune("assert = '''"+before)) + 1}
		errs := mistakes(ruleText("assert = '''"+strings.Replace(tt.expression, "‹", "", 1)+"'''") + someParams)
		if len(errs) != 1 || errs[0].Position != want || errs[0].Message != "规则“r”："+tt.want {
			t.Errorf("%s\n got  %v\n want %d:%d %s", tt.expression, errs, want.Line, want.Column, tt.want)
		}
		if len(errs) > 0 && jargon.MatchString(errs[0].Message) {
			t.Errorf("%s: jargon: %v", tt.expression, errs[0])
		}
	}
}

func TestRuleMistakes(t *testing.T) {
	batch := []string{`scope = "batch"`, `each = "sheet"`, `key = "项目名称"`, `at = "项目名称"`}
	with := func(lines ...string) []string { return append(append([]string{}, batch...), lines...) }
	for _, tt := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"at names nothing", []string{`at = "得份"`}, "f.toml:6:6: 规则“r”：at 所指的“得份”不是表中的项目，是否应为“得分”？"},
		{"at names nothing in a member", []string{`at = "总分.得份"`}, "f.toml:6:6: 规则“r”：at 所指的“总分.得份”不是表中的项目，是否应为“总分.得分”？"},
		{"at names a member", []string{`at = "总分"`}, "f.toml:6:6: 规则“r”：at 所指的“总分”不是表中的项目"},
		{"at goes too deep", []string{`at = "得分.得分"`}, "f.toml:6:6: 规则“r”：at 所指的“得分.得分”不是表中的项目，是否应为“总分.得分”？"},
		{"at names a param", []string{`at = "阈值"`}, "f.toml:6:6: 规则“r”：at 所指的“阈值”不是表中的项目"},
		{"at names what is hidden", []string{`at = "·表"`}, "f.toml:6:6: 规则“r”：at 所指的“·表”不是表中的项目"},
		{"no at", []string{`at = ""`}, "f.toml:1:1: 规则“r”：应写明 at：指向哪一项"},
		{"at of values", []string{`scope = "value"`}, "f.toml:6:6: 规则“r”：scope = \"value\" 的规则不写 at：指向的就是各个值"},
		{"at of notices", []string{`scope = "notice"`}, "f.toml:6:6: 规则“r”：scope = \"notice\" 的规则不写 at：指向的就是各处改动"},
		{"empty message", []string{`message = " "`}, "f.toml:8:12: 规则“r”：message 不能为空"},
		{"message refers to nothing", []string{`message = "{得份}"`}, "f.toml:8:13: 规则“r”：没有“得份”这一项或这个函数，是否应为“得分”？"},
		{"message with nothing in braces", []string{`message = "a{}"`}, "f.toml:8:14: 规则“r”：表达式没有写完"},
		{"message with an unclosed brace", []string{`message = "得分 {得分"`}, "f.toml:8:15: 规则“r”：message 中的 { 没有对应的 }"},
		{"message shows a list", []string{`message = "{绩效指标}"`}, "f.toml:8:13: 规则“r”：这里应得出一个数字或文字；得出的是清单"},
		{"message shows a part", []string{`message = "a {总分}"`}, "f.toml:8:15: 规则“r”：这里应得出一个数字或文字；得出的是一组项目"},
		{"message shows a function", []string{`message = "{len}"`}, "f.toml:8:13: 规则“r”：这里应得出一个数字或文字；得出的是函数"},
		{"suggest a list", []string{`suggest = "绩效指标"`}, "f.toml:10:12: 规则“r”：这里应得出一个数字或文字；得出的是清单"},
		{"condition too long", []string{`assert = "` + strings.Repeat("(", maxLength+1) + `"`}, "f.toml:5:11: 规则“r”：表达式太长，不应超过 5000 个字"},
		{"too many nodes", []string{`assert = "` + strings.Repeat("!", maxNodes+1) + `true"`}, "f.toml:5:*: 规则“r”：表达式太长"},
		{"each without batch", []string{`each = "sheet"`}, "f.toml:10:8: 规则“r”：each、key、kind、value、share 只用于 scope = \"batch\" 的规则"},
		{"kind without batch", []string{`kind = "得分"`}, "f.toml:10:8: 规则“r”：each、key、kind、value、share 只用于 scope = \"batch\" 的规则"},
		{"batch without each", with(`each = ""`), "f.toml:1:1: 规则“r”：batch 规则应写明 each = \"sheet\"、\"fund\" 或 \"indicator\""},
		{"batch with a wrong each", with(`each = "value"`), "f.toml:10:8: 规则“r”：each 应为 sheet、fund 或 indicator；这里是 value"},
		{"batch without key", with(`key = ""`), "f.toml:1:1: 规则“r”：batch 规则应写明 key：什么相同的算一组"},
		{"batch with a list as key", with(`key = "绩效指标"`), "f.toml:11:8: 规则“r”：这里应得出一个数字或文字；得出的是清单"},
		{"batch with a wrong key", with(`key = "三级指标"`), "f.toml:11:8: 规则“r”：没有“三级指标”这一项或这个函数"},
		{"batch that asserts what its members are not", with(`assert = "得分 > 0"`), "f.toml:5:11: 规则“r”：没有“得分”这一项或这个函数，是否应为“应得分”？"},
		{"batch that asserts of rows", with(`assert = "len(绩效指标) > 0"`), "f.toml:5:15: 规则“r”：batch 规则的 assert 和 message 说的是一组表，不能逐行看绩效指标；请写在 when、value 或 share 中"},
		{"batch that asks for a label", with(`assert = "有此栏(年度)"`), "f.toml:5:11: 规则“r”：batch 规则的 assert 和 message 说的是一组表，不能用 有此栏；请写在 when 中"},
		{"batch with a text as value", with(`value = "项目名称"`), "f.toml:12:10: 规则“r”：这里应得出一个数字；得出的是文字"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := messageOf(mistakes(ruleText(tt.lines...) + someParams))
			if before, after, ok := strings.Cut(tt.want, "*"); ok && strings.HasPrefix(got, before) && strings.HasSuffix(got, after) {
				return
			}
			if got != tt.want {
				t.Errorf("\n got  %s\n want %s", got, tt.want)
			}
		})
	}
}

func TestSelect(t *testing.T) {
	set := defaults(t).Select(func(r *Rule) bool { return r.ID == "total-score" })
	if rules := set.Rules(); len(rules) != 1 || rules[0].ID != "total-score" {
		t.Errorf("%v", rules)
	}
	disabled := parse(t, ruleText(`disabled = true`))
	if rules := disabled.Rules(); len(rules) != 0 {
		t.Errorf("a disabled rule: %v", rules)
	}
}
