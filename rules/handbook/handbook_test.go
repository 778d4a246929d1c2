package handbook

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"ziping/rules"
	"ziping/sheet/sheettest"
)

const own = `[params."甲"]
value = 0.3
description = "多少要说明"
"主管部门" = { "市教育局" = 0.5 }
"一级指标" = { "*满意*" = 0.1 }
[[rule]]
id = "own"
title = "执行率 <低> 须说明|"
scope = "sheet"
when = "年度资金总额.全年预算数 > 0"
assert = "年度资金总额.执行率 >= 0.9"
at = "年度资金总额.执行率"
severity = "warning"
message = "执行率低于 {百分比(甲)} <b>"
basis = "本局 *规定*"
explain = "只看总额。"
[[override]]
id = "own"
"主管部门" = ["市水务局"]
disabled = true
[[example]]
rule = "own"
at = "年度资金总额.执行率"
note = "恰好九成"
[example.fails]
"项目资金[年度资金总额].执行率" = 0.85
"总分.得分.应有公式" = true
[example.passes]
"项目资金[年度资金总额].执行率" = 0.9
`

// The book of a small rule file, whole.
func TestWrite(t *testing.T) {
	set, err := rules.Parse("own.toml", []byte(own))
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range formats {
		var b bytes.Buffer
		if err := Write(&b, format, set); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "<b>") && format == "html" && !strings.Contains(b.String(), "&lt;b&gt;") {
			t.Error("a message became part of the page")
		}
		sheettest.Golden(t, "testdata/own."+format, b.String())
	}
	if err := Write(io.Discard, "pdf", set); err == nil {
		t.Error("a book in no format")
	}
}

// Every default rule stands in the book, with its severity, basis and examples.
func TestDefault(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, "md", set); err != nil {
		t.Fatal(err)
	}
	for _, r := range set.Rules() {
		if n := strings.Count(b.String(), fmt.Sprintf("（`%s`）", r.ID)); n != 1 {
			t.Errorf("%s is there %d times", r.ID, n)
		}
	}
	if fails, passes := strings.Count(b.String(), "\n有问题"), strings.Count(b.String(), "\n没有问题"); fails != len(set.Rules()) || passes != fails {
		t.Errorf("%d and %d examples of %d rules", fails, passes, len(set.Rules()))
	}
}
