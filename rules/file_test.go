package rules

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// ruleText returns a rule over every row of 绩效指标; lines are put in the place
// of those with the same key, or behind.
func ruleText(lines ...string) string {
	rule := []string{
		`id = "r"`, `title = "t"`, `scope = "indicator"`, `assert = "true"`, `at = "得分"`, `severity = "error"`, `message = "m"`, `basis = "b"`,
	}
	for _, line := range lines {
		key, _, _ := strings.Cut(line, " ")
		at := -1
		for i, have := range rule {
			if strings.HasPrefix(have, key+" ") {
				at = i
			}
		}
		if at < 0 {
			rule = append(rule, line)
		} else {
			rule[at] = line
		}
	}
	return "[[rule]]\n" + strings.Join(rule, "\n") + "\n"
}

// parse compiles a rule file that must be right.
func parse(tb testing.TB, src string) *Set {
	tb.Helper()
	set, err := Parse("f.toml", []byte(src))
	if err != nil {
		tb.Fatalf("%v\n%s", err, src)
	}
	return set
}

func messageOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// Lines of ruleText: 2 id, 3 title, 4 scope, 5 assert, 6 at, 7 severity,
// 8 message, 9 basis, 10 what is added.
func TestParseMistakes(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"syntax", "[[rule]]\nid = \"r\"\ntitle = \"t\n", "f.toml:3:9: 这里的引号 \" 在同一行里没有结尾的引号"},
		{"no text", "\xff", "f.toml:1:1: 文件不是 UTF-8 编码（可能是 GBK），请用记事本打开，另存为 UTF-8 编码"},
		{"unknown key", ruleText(`asert = "true"`), "f.toml:10:1: 没有“asert”这一项，是否应为“assert”？"},
		{"unknown table", "[[rules]]\nid = \"r\"\n", "f.toml:1:3: 没有“rules”这一项，是否应为“rule”？"},
		{"missing key", "[[rule]]\nid = \"r\"\ntitle = \"t\"\nscope = \"sheet\"\nseverity = \"info\"\nmessage = \"m\"\nbasis = \"b\"\n", "f.toml:1:1: “rule”的第 1 项缺少“assert”"},
		{"severity", ruleText(`severity = "fatal"`), "f.toml:7:12: 应为 error、warning、info 之一；这里是 fatal"},
		{"scope", ruleText(`scope = "row"`), "f.toml:4:9: 应为 sheet、fund、indicator、value、notice、batch 之一；这里是 row"},
		{"scope is a number", ruleText(`scope = 1`), "f.toml:4:9: 应为 sheet、fund、indicator、value、notice、batch 之一；这里是 1"},
		{"empty id", ruleText(`id = ""`), "f.toml:1:1: 规则的 id 不能为空"},
		{"two rules with one id", ruleText() + ruleText(), "f.toml:10:1: 规则“r”重复了，f.toml 第 1 行已有；要修改它请用 [[override]]"},
		{"rule of the pack", "extends = \"default\"\n" + ruleText(`id = "total-score"`), "f.toml:2:1: 规则“total-score”重复了，default.toml 第 * 行已有；要修改它请用 [[override]]"},
		{"override of no rule", "extends = \"default\"\n[[override]]\nid = \"total-scor\"\n", "f.toml:2:1: 没有“total-scor”这条规则可以修改，是否应为“total-score”？"},
		{"override without id", "[[override]]\ndisabled = true\n", "f.toml:1:1: “override”的第 1 项缺少“id”"},
		{"override of what can't be", ruleText() + "[[override]]\nid = \"r\"\nbasics = \"b\"\n", "f.toml:12:1: 没有“basics”这一项，是否应为“basis”？"},
		{"unknown pack", `extends = "beijing"`, "f.toml:1:11: 没有名为“beijing”的规则包：extends 应为 \"default\"，或一个 .toml 文件"},
		{"no such file", `extends = "no.toml"`, "f.toml:1:11: extends 的规则文件 no.toml 读不出"},
		{"param without value", "[params.\"甲\"]\ndescription = \"d\"\n", "f.toml:1:1: “甲”缺少“value”"},
		{"param of no type", "[params.\"甲\"]\nvalue = 2021-01-01\n", "f.toml:1:1: 参数“甲”的值写法不对：参数应为数字、文字、是非值、清单或数字表"},
		{"param of mixed types", "[params.\"甲\"]\nvalue = [1, \"a\"]\n", "f.toml:1:1: 参数“甲”的值写法不对：清单中应全是文字，或全是数字"},
		{"param with a table of texts", "[params.\"甲\"]\nvalue = { a = \"b\" }\n", "f.toml:1:1: 参数“甲”的值写法不对：表中的“a”应为数字"},
		{"param is infinite", "[params.\"甲\"]\nvalue = inf\n", "f.toml:2:9: “value”不能是 inf，应为普通的数字"},
		{"param of another type than in the pack", "extends = \"default\"\n[params.\"超额幅度\"]\nvalue = \"0.5\"\n", "f.toml:2:1: 参数“超额幅度”应为数字；这里是文字"},
		{"department of another type", "[params.\"甲\"]\nvalue = 1\n\"主管部门\" = { \"乙\" = true }\n", "f.toml:1:1: 参数“甲”中“乙”的值应为数字，与 value 一致；这里是是非值"},
		{"level 1 of no type", "[params.\"甲\"]\nvalue = 1\n\"一级指标\" = { \"乙\" = [[1]] }\n", "f.toml:1:1: 参数“甲”中“乙”的值写法不对：清单中应全是文字，或全是数字"},
		{"param named as a field", "[params.\"得分\"]\nvalue = 1\n", "f.toml:1:1: 参数“得分”与表中的项目同名，请换一个名称"},
		{"param named as a field of batches", "[params.\"项目数\"]\nvalue = 1\n", "f.toml:1:1: 参数“项目数”与表中的项目同名，请换一个名称"},
		{"param named as a list", "[params.\"绩效指标\"]\nvalue = 1\n", "f.toml:1:1: 参数“绩效指标”与表中的项目同名，请换一个名称"},
		{"param named as a function", "[params.\"合计\"]\nvalue = 1\n", "f.toml:1:1: 参数“合计”与函数同名，请换一个名称"},
		{"param named as a built-in function", "[params.len]\nvalue = 1\n", "f.toml:1:1: 参数“len”与函数同名，请换一个名称"},
		{"param named as an operator", "[params.in]\nvalue = 1\n", "f.toml:1:1: 参数“in”与表达式的关键字同名，请换一个名称"},
		{"param that can't be named", "[params.\"10 分\"]\nvalue = 1\n", "f.toml:1:1: 参数“10 分”的名称只能有文字、字母、数字和下划线，不以数字开头"},
		{"hidden param", "[params.\"·表\"]\nvalue = 1\n", "f.toml:1:1: 参数“·表”的名称只能有文字、字母、数字和下划线，不以数字开头"},
		{"several mistakes", ruleText(`assert = "得份 > 0"`, `message = "{没有}"`, `at = "得"`) + ruleText(`id = "s"`, `when = "1"`) + "[params.\"分值\"]\nvalue = 1\n", strings.Join([]string{
			"f.toml:5:11: 规则“r”：没有“得份”这一项或这个函数，是否应为“得分”？",
			"f.toml:6:6: 规则“r”：at 所指的“得”不是表中的项目",
			"f.toml:8:13: 规则“r”：没有“没有”这一项或这个函数",
			"f.toml:19:9: 规则“s”：条件应得出是或否；这里得出数字",
			"f.toml:20:1: 参数“分值”与表中的项目同名，请换一个名称",
		}, "\n")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Parse("f.toml", []byte(tt.src))
			got := messageOf(err)
			if before, after, ok := strings.Cut(tt.want, "*"); ok && strings.HasPrefix(got, before) && strings.HasSuffix(got, after) {
				got = tt.want
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if set != nil {
				t.Error("a set in spite of the mistakes")
			}
		})
	}
}

// files writes files into a new directory and returns the path of the first.
func files(t *testing.T, nameText ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(nameText); i += 2 {
		file := filepath.Join(dir, nameText[i])
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(nameText[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, nameText[0])
}

func parseFile(t *testing.T, file string) (*Set, error) {
	t.Helper()
	return Parse(file, readFile(t, file))
}

func TestExtends(t *testing.T) {
	file := files(t,
		"a.toml", "extends = \"sub/b.toml\"\n[[override]]\nid = \"r\"\nseverity = \"info\"\n",
		"sub/b.toml", "extends = \"../c.toml\"\n[[override]]\nid = \"r\"\nmessage = \"b\"\nseverity = \"warning\"\n",
		"c.toml", "extends = \"default\"\n"+ruleText())
	set, err := parseFile(t, file)
	if err != nil {
		t.Fatal(err)
	}
	r := set.byID("r")
	if r.Severity != Info || r.Message.Value != "b" || set.byID("total-score") == nil {
		t.Errorf("severity %s, message %s", r.Severity, r.Message.Value)
	}
	if set, err = Parse("default.toml", []byte(`extends = "default"`)); err != nil || set.byID("total-score") == nil {
		t.Errorf("a file named like the pack that it extends: %v", err)
	}
}

func TestExtendsCircle(t *testing.T) {
	file := files(t, "a.toml", "\nextends = \"b.toml\"\n", "b.toml", `extends = "a.toml"`)
	_, err := parseFile(t, file)
	b := filepath.Join(filepath.Dir(file), "b.toml")
	want := fmt.Sprintf("%s:1:11: extends 循环引用：%s → %s → %s", b, file, b, file)
	if got := messageOf(err); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	file = files(t, "a.toml", `extends = "a.toml"`)
	if _, err := parseFile(t, file); !strings.Contains(messageOf(err), ":1:11: extends 循环引用：") {
		t.Errorf("a file that extends itself: %v", err)
	}
}

// A mistake stands in the file where it is written, not in the one that extends.
func TestMistakeInExtendedFile(t *testing.T) {
	file := files(t,
		"a.toml", "extends = \"b.toml\"\n[[override]]\nid = \"r\"\nwhen = \"得份 > 0\"\n",
		"b.toml", ruleText(`assert = "分 > 0"`, `message = "得份 > 0"`))
	_, err := parseFile(t, file)
	want := fmt.Sprintf("%s:4:9: 规则“r”：没有“得份”这一项或这个函数，是否应为“得分”？\n%s:5:11: 规则“r”：没有“分”这一项或这个函数",
		file, filepath.Join(filepath.Dir(file), "b.toml"))
	if diff := cmp.Diff(want, messageOf(err)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, rule := range strings.Split(string(DefaultSource()), "\n\n") {
		f.Add(rule)
	}
	f.Add(ruleText("assert = '''\n得分 >\n没有'''", `message = """\`+"\n"+`  {得分}"""`) + "[[override]]\nid = \"r\"\ndisabled = true\n")
	f.Add("[params.\"甲\"]\nvalue = { \"a\" = 1 }\n" + ruleText(`assert = "甲[一级指标] ** 2 / 分值 > 0"`))
	form := example(f)
	f.Fuzz(func(t *testing.T, src string) {
		set, err := Parse("f.toml", []byte(src))
		if err == nil {
			set.checkAll([]*sheet.Table{form})
			return
		}
		var errs strict.Errors
		if !errors.As(err, &errs) || len(errs) == 0 {
			t.Fatalf("%T %v", err, err)
		}
		for _, e := range errs {
			if e.Line < 1 || e.Column < 1 || e.Message == "" {
				t.Errorf("no position: %+v", e)
			}
		}
	})
}
