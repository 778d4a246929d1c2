package rules

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet"
)

// What is said of a level 1 goes before what is said of a department, and holds
// only in the rows of that level 1.
func TestParamFor(t *testing.T) {
	const param = "[params.\"甲\"]\nvalue = 1\n\"主管部门\" = { \"教育局\" = 2 }\n\"一级指标\" = { \"效益指标\" = 3 }\n"
	rules := ruleText(`assert = "false"`, `message = "{甲}"`) +
		ruleText(`id = "s"`, `scope = "sheet"`, `at = "年度"`, `assert = "false"`, `message = "{甲}"`) +
		ruleText(`id = "f"`, `scope = "fund"`, `at = "得分"`, `assert = "false"`, `message = "{甲}"`) +
		ruleText(`id = "v"`, `scope = "value"`, `at = ""`, `assert = '项目 != "总分.得分"'`, `message = "{甲}"`)
	for department, want := range map[string]string{
		"教育局": "r1=2 r2=3 s=2 f=2 v=2",
		"卫健委": "r1=1 r2=3 s=1 f=1 v=1",
		"":    "r1=1 r2=3 s=1 f=1 v=1",
	} {
		f := form()
		f.Department = sheet.T(department)
		f.Total.Score.Derived = true
		got := map[string]string{}
		for _, x := range parse(t, param+rules).Check(f) {
			name := x.Rule
			if name == "r" {
				name += x.Field.Row
			}
			got[name] = x.Message
		}
		var list []string
		for _, name := range []string{"r1", "r2", "s", "f", "v"} {
			list = append(list, fmt.Sprintf("%s=%s", name, got[name]))
		}
		if strings.Join(list, " ") != want {
			t.Errorf("%s: got %s, want %s", department, list, want)
		}
	}
}

// What is said of an indicator goes before what is said of a form; of names with *
// the longest that matches counts.
func TestParamOthers(t *testing.T) {
	p := Param{
		Value: 0, Year: map[string]any{"2023": 1}, Department: map[string]any{"*局": 2, "教育*局": 3, "教育局": 4}, Project: map[string]any{"*改造*": 5},
		Level1: map[string]any{"效益指标": 6}, Level2: map[string]any{"*满意度*": 7}, Level3: map[string]any{"*及时*": 8},
	}
	for _, tt := range []struct {
		want int
		subject
	}{
		{0, subject{}}, {1, subject{year: "2023"}}, {0, subject{year: "2024"}},
		{2, subject{department: "水务局", year: "2023"}}, {3, subject{department: "教育体育局"}}, {4, subject{department: "教育局"}}, {1, subject{department: "局办", year: "2023"}},
		{5, subject{project: "老旧小区改造工程", department: "教育局"}}, {6, subject{level1: "效益指标", project: "改造"}},
		{7, subject{level1: "效益指标", level2: "服务对象满意度指标"}}, {8, subject{level2: "满意度", level3: "及时率"}},
	} {
		if got := p.valueFor(tt.subject); got != tt.want {
			t.Errorf("%+v: got %v, want %d", tt.subject, got, tt.want)
		}
	}
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"局", "局", true}, {"局", "教育局", false}, {"*", "", true}, {"*", "局", true}, {"a*a", "a", false}, {"a*a", "aa", true}, {"a*b*c", "axbxc", true}, {"a*b*c", "axc", false}, {"*b*", "abc", true},
	} {
		if got := matches(tt.pattern, tt.name); got != tt.want {
			t.Errorf("matches(%q, %q) = %v", tt.pattern, tt.name, got)
		}
	}
}

// A rule may be another one for some departments: in every key, the message and the
// place of the finding among them.
func TestOverrideForDepartments(t *testing.T) {
	src := ruleText(`id = "r"`, `scope = "sheet"`, `at = "年度"`, `assert = "false"`) + `
[[override]]
id = "r"
"主管部门" = ["教育*"]
severity = "info"
title = "另一条"
at = "项目名称"
message = "{项目名称}"
[[override]]
id = "r"
"主管部门" = ["财政局"]
disabled = true
[[override]]
id = "r"
basis = "新"
`
	for department, want := range map[string]string{"教育局": "info 项目名称 甲项目 新", "水务局": "error 年度 m 新", "财政局": ""} {
		f := form()
		f.Department = sheet.T(department)
		got := ""
		for _, x := range parse(t, src).Check(f) {
			got += fmt.Sprintf("%s %s %s %s", x.Severity, x.Field, x.Message, x.Basis)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", department, got, want)
		}
	}
}

func TestParamTypes(t *testing.T) {
	for value, condition := range map[string]string{
		`1`:               `甲 == 1.0 && 甲 + 0.5 == 1.5`,
		`1.5`:             `甲 * 2 == 3`,
		`"a"`:             `甲 + "b" == "ab"`,
		`true`:            `甲`,
		`["a", "b"]`:      `"a" in 甲 && len(甲) == 2`,
		`[1, 2.5]`:        `2.5 in 甲 && sum(甲) == 3.5`,
		`[]`:              `len(甲) == 0 && !含任一("a", 甲)`,
		`{ a = 1, 乙 = 2}`: `甲["a"] == 1 && 甲.乙 == 2`,
	} {
		value = strings.Replace(value, "乙 =", `"乙" =`, 1)
		src := "[params.\"甲\"]\nvalue = " + value + "\n" + ruleText("assert = '''"+condition+"'''") + ruleText(`id = "s"`, "assert = '''!("+condition+")'''")
		if got := parse(t, src).Check(form()); len(got) != 2 || got[0].Rule != "s" || got[1].Rule != "s" {
			t.Errorf("%s: %s is not true: %v", value, condition, got)
		}
	}
}

// An empty list takes the place of a list of any type.
func TestEmptyList(t *testing.T) {
	for _, list := range []string{`["a"]`, `[1]`} {
		file := files(t, "a.toml", "extends = \"b.toml\"\n[params.\"甲\"]\nvalue = []\n", "b.toml", "[params.\"甲\"]\nvalue = "+list+"\n")
		set, err := parseFile(t, file)
		if err != nil {
			t.Errorf("%s: %v", list, err)
		} else if got := set.Params()["甲"]; typeName(got.Value) == typeName(0.0) {
			t.Errorf("%s: %T", list, got.Value)
		}
	}
}
