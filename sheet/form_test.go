package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// own is a form of an office's own.
const own = `name = "beijing"
extends = "project"
title = ["*财政支出*自评表"]

[label]
"主管部门" = ["*主管部门", "归口*处室"]
"项目名称" = ["事项名称"]

[section."表首"]
"实施单位" = ["承办处室"]
`

func TestForm(t *testing.T) {
	f, err := ParseForm("beijing.toml", []byte(own))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		in         Section
		text, want string
	}{
		{Anywhere, "主管部门", "主管部门"}, // of the form that it extends
		{Anywhere, "区县主管部门：", "主管部门"},
		{Anywhere, "(三)归口业务处室(盖章)", "主管部门"},
		{Anywhere, "归口处室", "主管部门"},
		{Anywhere, "项目主管部门", "主管部门"}, // an exact word
		{Anywhere, "主管部门和实施单位", ""},
		{Anywhere, "请填写，主管部门", ""}, // a sentence
		{Anywhere, strings.Repeat("区", longestMatch) + "主管部门", ""},
		{Anywhere, " 事 项\n名 称 ", "项目名称"},
		{Anywhere, "承办处室", ""},
		{InHead, "承办处室", "实施单位"},
		{InHead, "使用单位", "实施单位"}, // of the form that it extends
	} {
		if got := f.LabelIn(tt.in, tt.text); got != tt.want {
			t.Errorf("%s “%s” is %q, want %q", tt.in, tt.text, got, tt.want)
		}
	}
	if got := Label("区县主管部门"); got != "" {
		t.Errorf("the usual form has taken the words of another: %s", got)
	}
	if got := f.Words(InHead, "实施单位"); len(got) < 2 || got[0] != "承办处室" {
		t.Errorf("own words come first: %q", got)
	}
	if f.Titled("(2021年度)北京市财政支出绩效自评表") == 0 || f.Titled("项目支出绩效自评表") > 0 {
		t.Error("the title is not the form's own")
	}
}

// A form may extend any that is built in, and has what that one has.
func TestExtendsEach(t *testing.T) {
	for _, built := range Forms() {
		f, err := ParseForm("own.toml", []byte("name = \"own\"\nextends = \""+built.Name+"\"\ntitle = [\"本局自评表\"]\n"))
		if err != nil {
			t.Error(err)
			continue
		}
		if f.Base != built.Name || len(f.Fields) != len(built.Fields) || len(f.Lists) != len(built.Lists) || f.Label("主管部门") != built.Label("主管部门") {
			t.Errorf("%s: got %s with %d fields and %d lists, want %d and %d", built.Name, f.Base, len(f.Fields), len(f.Lists), len(built.Fields), len(built.Lists))
		}
	}
}

// What a form says that a word stands for anywhere, it does in the parts too in which the
// form that it extends has it for another label.
func TestWordTaken(t *testing.T) {
	common := Forms()[0]
	if got := common.LabelIn(InHead, "填报单位"); got != LabelImplementer {
		t.Fatalf("填报单位 is %q in the usual form: choose another word", got)
	}
	f, err := ParseForm("own.toml", []byte("name = \"own\"\nextends = \"project\"\n[label]\n\"主管部门\" = [\"填报单位\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Label("填报单位") != LabelDepartment || f.LabelIn(InHead, "填报单位") == LabelImplementer || common.LabelIn(InHead, "填报单位") != LabelImplementer {
		t.Errorf("got %q, in the head %q, and of the usual form %q", f.Label("填报单位"), f.LabelIn(InHead, "填报单位"), common.LabelIn(InHead, "填报单位"))
	}
}

// TestTitled holds the titles of published forms against the forms that are built in.
func TestTitled(t *testing.T) {
	for title, want := range map[string]string{
		"财政项目支出绩效自评表":                       "project",
		"2023年度校园维修改造及设备购置项目自评表":            "project",
		"部门预算项目支出绩效自评表（2023年度）":             "project",
		"部门整体支出绩效自评表":                       "department",
		"部门（单位）整体支出绩效自评表":                   "department",
		"重庆市梁平区林业局2023年度部门整体绩效自评表":          "department",
		"中央对地方转移支付区域（项目）绩效目标自评表":            "transfer",
		"中央补助地方国家电影事业发展专项资金转移支付区域（项目）绩效自评表": "transfer",
		"食品监管补助资金区域绩效目标自评表":                 "transfer",
		"2020年度县级专项资金绩效目标自评表":               "transfer",
		"2021年中央对地方专项转移支付区域绩效目标自评表":         "transfer",
	} {
		got, most := "", 0
		for _, f := range Forms() {
			if n := f.Titled(title); n > most {
				got, most = f.Name, n
			}
		}
		if got != want {
			t.Errorf("%s is a %q, want %q", title, got, want)
		}
	}
}

func TestFormMistakes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("a.toml", "name = \"a\"\nextends = \"b.toml\"\n")
	write("b.toml", "name = \"b\"\nextends = \"a.toml\"\n")
	for _, tt := range []struct{ text, want string }{
		{"title = []\n", "own.toml:1:1: 文件缺少“name”"},
		{"name = \"x\"\nlable = 1\n", "own.toml:2:1: 没有“lable”这一项，是否应为“label”？"},
		{"name = \"x\"\nextends = \"projekt\"\n", "own.toml:2:11: 没有名为“projekt”的表样，是否应为“project”？"},
		{"name = \"x\"\nextends = \"none.toml\"\n", "读不出"},
		{"name = \"x\"\nextends = \"a.toml\"\n", "循环引用"},
		{"name = \"x\"\n", "own.toml:1:1: 应写明 extends"},
		{"name = \"x\"\nextends = \"project\"\n[section.\"表中\"]\n\"得分\" = [\"分\"]\n", "这里是“表中”"},
		{"name = \"x\"\nextends = \"project\"\n[label]\n\"主管部们\" = [\"甲\"]\n", "own.toml:4:10: 没有“主管部们”这个栏目，是否应为“主管部门”？"},
		{"name = \"x\"\nextends = \"project\"\n[label]\n\"主管部门\" = [\"*\"]\n", "own.toml:4:10: “*”什么文字都对得上"},
		{"name = \"x\"\nextends = \"project\"\n[[field]]\nname = \"原因\"\nin = \"项目资今\"\n", "own.toml:5:6: in 应为 表首、项目资金、绩效指标、总分、表尾 之一；这里是“项目资今”，是否应为“项目资金”？"},
		{"name = \"x\"\nextends = \"project\"\n[[field]]\nname = \"得分\"\nin = \"项目资金\"\n", "“项目资金”中已经有“得分”这一项"},
		{"name = \"x\"\nextends = \"project\"\n[[field]]\nname = \"原因\"\nin = \"项目资金\"\ntype = \"金额\"\n", "own.toml:6:8: 应为 文字、数字、比率 之一；这里是 金额"},
	} {
		_, err := ParseForm(filepath.Join(dir, "own.toml"), []byte(tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q gives %v, want %q", tt.text, err, tt.want)
		}
	}
}
