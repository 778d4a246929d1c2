package rules

import (
	"strings"
	"testing"
)

// Mistakes are shown where they stand, however the text is written. The mistake
// is always the name 没有, and ‹ marks its place in the file.
func TestPlace(t *testing.T) {
	for _, tt := range []struct{ name, key, text string }{
		{"basic", "assert", `"得分 > ‹没有"`},
		{"literal", "assert", `'得分 > ‹没有'`},
		{"spaces before", "assert", `     "得分 > ‹没有"`},
		{"escaped quotes", "assert", `"三级指标 == \"名\" && ‹没有"`},
		{"escaped character", "assert", `"三级指标 == '\u540d\U0001F600\t' && ‹没有"`},
		{"three quotes", "assert", `"""得分 > ‹没有"""`},
		{"three apostrophes", "assert", `'''三级指标 == "名" && ‹没有'''`},
		{"second line", "assert", "'''\n得分 > 1 &&\n  ‹没有\n'''"},
		{"first line after the quotes", "assert", "\"\"\"\n  ‹没有\"\"\""},
		{"folded lines", "assert", "\"\"\"\\\n   得分 > \\\n\n\t ‹没有\"\"\""},
		{"folded at the end", "assert", "\"\"\"得分 > \\  \n ‹没有\"\"\""},
		{"Windows lines", "assert", "'''\r\n得分 > 1 &&\r\n ‹没有'''"},
		{"when", "when", `"‹没有"`},
		{"suggest", "suggest", `"‹没有"`},
		{"message", "message", `"得分 {得分}，应为 {‹没有}"`},
		{"message with braces", "message", `'{ {"a": 1}["a"] } {"}"} { '\'' }{‹没有}'`},
		{"message on several lines", "message", "'''第一行\n第二行 {\n  得分 > 1\n  ? \"a\"\n  : ‹没有}'''"},
		{"unclosed brace", "message", `"得分 {得分} ‹{得分"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.name == "message with braces" {
				tt.text = strings.ReplaceAll(tt.text, `{ '\'' }`, "{ `'` }")
				tt.text = "''" + tt.text + "''"
			}
			marked := ruleText(tt.key + " = " + tt.text)
			before, _, _ := strings.Cut(marked, "‹")
			lines := strings.Split(before, "\n")
			line, column := len(lines), len([]rune(lines[len(lines)-1]))+1
			for _, bom := range []string{"", "\ufeff"} {
				errs := mistakes(bom + strings.Replace(marked, "‹", "", 1))
				if len(errs) != 1 || errs[0].Line != line || errs[0].Column != column {
					t.Errorf("want one mistake at %d:%d, got %v\n%s", line, column, errs, marked)
				}
			}
		})
	}
}

// A rule file may be JSON too.
func TestPlaceJSON(t *testing.T) {
	src := `{"rule": [{"id": "r", "title": "t", "scope": "sheet", "at": "年度", "severity": "info", "message": "m", "basis": "b",
	"assert": "项目名称 == \"\ud83d\ude00\u540d\/\" && 没有"}]}`
	_, err := Parse("f.json", []byte(src))
	want := "f.json:2:49: 规则“r”：没有“没有”这一项或这个函数"
	if got := messageOf(err); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
