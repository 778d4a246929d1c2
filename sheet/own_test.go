package sheet

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const withOwn = `name = "sichuan"
extends = "project"
[[field]]
name = "实施内容"
in = "表首"
[[field]]
name = "原因"
in = "项目资金"
[[field]]
name = "复核分"
in = "绩效指标"
type = "数字"
[[field]]
name = "等级"
in = "总分"
[[field]]
name = "评价结论"
in = "表尾"
[[list]]
name = "年度主要任务"
[[field]]
name = "任务名称"
in = "年度主要任务"
[[field]]
name = "完成率"
in = "年度主要任务"
type = "比率"
`

const ownData = `"表样" = "sichuan"
"项目名称" = "工资"
"实施内容" = "按月发放"
"评价结论" = "好"

[["项目资金"]]
"资金来源" = "年度资金总额"
"全年预算数" = 100
"原因" = "人员减少"

[["绩效指标"]]
"三级指标" = "发放率"
"复核分" = 9.5

["总分"]
"得分" = 99
"等级" = "优"

[["年度主要任务"]]
"任务名称" = "甲"
"完成率" = 0.98

[["年度主要任务"]]
"任务名称" = "乙"
`

// TestOwn takes the fields and lists of a form's own through every format.
func TestOwn(t *testing.T) {
	f, err := ParseForm("sichuan.toml", []byte(withOwn))
	if err != nil {
		t.Fatal(err)
	}
	table, err := Unmarshal("data.toml", []byte(ownData), f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := table.MarshalTOML()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ownData, string(out)); diff != "" {
		t.Errorf("TOML (-want +got):\n%s", diff)
	}
	b, err := json.Marshal(table)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Unmarshal("data.json", b, f); err != nil {
		t.Error(err)
	} else if out, _ := again.MarshalTOML(); string(out) != ownData {
		t.Errorf("read from JSON by the form:\n%s", out)
	}
	var unknown Table // the form is not known here
	if err := json.Unmarshal(b, &unknown); err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(&unknown); string(again) != string(b) {
		t.Errorf("read from JSON without the form:\n%s\nwant\n%s", again, b)
	}
	var paths []string
	for path, v := range table.All() {
		if v.Any() != nil {
			paths = append(paths, path.String())
		}
	}
	want := "项目名称 实施内容 评价结论 项目资金[年度资金总额].资金来源 项目资金[年度资金总额].全年预算数 项目资金[年度资金总额].原因 绩效指标[1].三级指标 绩效指标[1].复核分 总分.得分 总分.等级 年度主要任务[1].任务名称 年度主要任务[1].完成率 年度主要任务[2].任务名称"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("paths %s\nwant  %s", got, want)
	}
}

func TestOwnMistakes(t *testing.T) {
	f, err := ParseForm("sichuan.toml", []byte(withOwn))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ text, want string }{
		{"\"评价结轮\" = \"好\"\n", "没有“评价结轮”这一项，是否应为“评价结论”？"},
		{"[[\"绩效指标\"]]\n\"复核分\" = \"九\"\n", "应为数字"},
		{"[[\"项目资金\"]]\n\"资金来源\" = \"其他资金\"\n\"原音\" = \"无\"\n", "没有“原音”这一项，是否应为“原因”？"},
		{"[[\"年度主要任务\"]]\n\"任务\" = \"甲\"\n", "没有“任务”这一项"},
		{"\"年度主要任务\" = \"甲\"\n", "应为列表"},
		{"\"表样\" = \"beijing\"\n", "这里写的是“beijing”，应为“sichuan”"},
	} {
		if _, err := Unmarshal("data.toml", []byte(tt.text), f); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q gives %v, want %q", tt.text, err, tt.want)
		}
	}
	if _, err := Unmarshal("data.toml", []byte("\"评价结论\" = \"好\"\n")); err == nil {
		t.Error("the usual form has taken a field of another")
	}
}

// A word that a file has for two labels is always the same label's.
func TestParseFormTwice(t *testing.T) {
	const src = `name = "甲"
extends = "project"
[section."表头"]
"偏差原因分析及改进措施" = ["情况"]
"得分" = ["情况"]
"分值" = ["情况"]
`
	first, err := ParseForm("甲.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := ParseForm("甲.toml", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := first.LabelIn(InColumns, "情况"), again.LabelIn(InColumns, "情况"); a != b || a == "" {
			t.Fatalf("情况 is %q, and then %q", a, b)
		}
	}
}
