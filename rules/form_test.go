package rules

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ziping/sheet"
)

const ownForm = `name = "sichuan"
extends = "project"
[[field]]
name = "概述"
in = "表首"
[[field]]
name = "原因"
in = "项目资金"
[[field]]
name = "复核分"
in = "绩效指标"
type = "数字"
[[list]]
name = "任务"
[[field]]
name = "名称"
in = "任务"
[[field]]
name = "预算"
in = "任务"
type = "数字"
`

const ownData = `"项目名称" = "甲"
[["项目资金"]]
"资金来源" = "年度资金总额"
"年初预算数" = 100
"全年预算数" = 120
[["绩效指标"]]
"三级指标" = "乙"
"分值" = 10
"得分" = 9
"复核分" = 8
[["任务"]]
"名称" = "丙"
"预算" = 50
[["任务"]]
"名称" = "丁"
"预算" = 80
`

// Rules name what only one kind of form has; on other forms they do not apply.
func TestOwnFields(t *testing.T) {
	f, err := sheet.ParseForm("sichuan.toml", []byte(ownForm))
	if err != nil {
		t.Fatal(err)
	}
	mine, err := sheet.Unmarshal("data.toml", []byte(ownData), f)
	if err != nil {
		t.Fatal(err)
	}
	const common = "\"项目名称\" = \"甲\"\n[[\"项目资金\"]]\n\"资金来源\" = \"年度资金总额\"\n\"年初预算数\" = 100\n\"全年预算数\" = 120\n[[\"绩效指标\"]]\n\"三级指标\" = \"乙\"\n\"分值\" = 10\n\"得分\" = 9\n"
	other, err := sheet.Unmarshal("data.toml", []byte(common))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ lines, want string }{
		{`scope = "fund"|when = "!相等(年初预算数, 全年预算数)"|assert = "有值(原因)"|at = "原因"`, "项目资金[年度资金总额].原因"},
		{`scope = "fund"|assert = "原文(原因) != ''"|at = "原因"`, "项目资金[年度资金总额].原因"},
		{`scope = "fund"|assert = "字数(原因) > 3"|at = "原因"`, ""}, // unknown
		{`assert = "得分 <= 复核分"|at = "复核分"`, "绩效指标[1].复核分"},
		{`when = "有此栏(复核分)"|assert = "复核分 > 8"|at = "复核分"`, "绩效指标[1].复核分"},
		{`scope = "sheet"|assert = "有值(概述)"|at = "概述"`, "概述"},
		{`scope = "sheet"|assert = "合计(任务, '预算') <= 年度资金总额.全年预算数"|at = "年度资金总额.全年预算数"`, "项目资金[年度资金总额].全年预算数"},
		{`scope = "sheet"|assert = "all(任务, .预算 < 80)"|at = "概述"`, "概述"},
		{`scope = "sheet"|assert = "len(任务) == 3"|at = "概述"`, "概述"},
	} {
		src := ruleText(strings.Split(tt.lines, "|")...)
		set, err := Parse("f.toml", []byte(src), append(sheet.Forms(), f)...)
		if err != nil {
			t.Errorf("%s: %v", tt.lines, err)
			continue
		}
		got := ""
		for _, x := range set.Check(mine) {
			got += x.Field.String()
		}
		if got != tt.want {
			t.Errorf("%s: found %q, want %q", tt.lines, got, tt.want)
		}
		if list := set.Check(other); len(list) > 0 {
			t.Errorf("%s: found on a form that has no such field: %+v", tt.lines, list)
		}
	}
	for lines, want := range map[string]string{
		`scope = "fund"|assert = "有值(原音)"|at = "原因"`:            "没有“原音”这一项",
		`scope = "sheet"|assert = "有值(原因)"|at = "概述"`:           "原因", // a field of a row
		`scope = "sheet"|assert = "合计(任务, '预祘') > 0"|at = "概述"`: "是否应为“预算”？",
	} {
		src := ruleText(strings.Split(lines, "|")...)
		if _, err := Parse("f.toml", []byte(src), append(sheet.Forms(), f)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", lines, err, want)
		}
	}
	if _, err := Parse("f.toml", []byte(ruleText(`scope = "fund"`, `assert = "有值(原因)"`, `at = "原因"`))); err == nil {
		t.Error("a field of a form that is not known")
	}
	if !slices.ContainsFunc(Vocabulary(f), func(w Word) bool { return w.Name == "复核分" && w.Type == "数字" }) {
		t.Error("the vocabulary has no 复核分")
	}
}

// A rule file may name the form whose fields its rules name.
func TestFormOfFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "form.toml"), []byte(ownForm), 0o600); err != nil {
		t.Fatal(err)
	}
	rule := ruleText(`scope = "fund"`, `assert = "有值(原因)"`, `at = "原因"`)
	if _, err := Parse(filepath.Join(dir, "r.toml"), []byte("form = \"form.toml\"\n"+rule)); err != nil {
		t.Error(err)
	}
	for form, want := range map[string]string{"none.toml": "读不出", "projekt": "是否应为“project”？"} {
		if _, err := Parse(filepath.Join(dir, "r.toml"), []byte("form = \""+form+"\"\n"+rule)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("form %s: %v, want %q", form, err, want)
		}
	}
}
