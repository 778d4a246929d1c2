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
				name += x.Field[len("绩效指标["):len("绩效指标[1")]
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
