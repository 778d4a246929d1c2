package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
)

// A rule sees what was noticed; what is empty has no value. The finding is of the
// cell, with what stands there.
func TestNotices(t *testing.T) {
	f := form()
	f.Indicators[0].Weight.Cell = sheet.Cell{Ref: "G13", Typed: "50.0"}
	f.Notices = []sheet.Notice{
		{Kind: sheet.NoticeLocked, Field: sheet.ParsePath("绩效指标[1].分值"), Cell: "G13", Issued: "20", Now: "=50"},
		{Kind: sheet.NoticeLocked, Cell: "D12", Issued: "三级指标", Now: "指标"},
		{Kind: sheet.NoticeInserted, Cell: "D14", Now: "第 14 行"},
		{Kind: sheet.NoticeProtection},
	}
	src := ruleText(`scope = "notice"`, `at = ""`, `assert = "false"`, `message = "{种类} {项目} {发出值} {现值} {有值(发出值)} {原文(现值)} {年度}"`)
	got := parse(t, src).Check(f)
	want := []Finding{
		{Rule: "r", Severity: Error, Message: "保护撤销 （空） （空） （空） 否  2021", Basis: "b"},
		{Rule: "r", Severity: Error, Cell: "D12", Message: "锁定内容改动 （空） 三级指标 指标 是 指标 2021", Value: "指标", Basis: "b"},
		{Rule: "r", Severity: Error, Cell: "G13", Field: sheet.ParsePath("绩效指标[1].分值"), Message: "锁定内容改动 绩效指标[1].分值 20 =50 是 =50 2021", Value: "50.0", Basis: "b"},
		{Rule: "r", Severity: Error, Cell: "D14", Message: "插入行 （空） （空） 第 14 行 否 第 14 行 2021", Basis: "b"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestEveryNoticeIsFound checks that the default rules find each kind of notice,
// once, and name no kind that there is not.
func TestEveryNoticeIsFound(t *testing.T) {
	file, set := examples(t)
	for _, kind := range sheet.NoticeKinds {
		for _, n := range []sheet.Notice{{Kind: kind, Issued: "甲", Now: "乙"}, {Kind: kind, Field: sheet.ParsePath("项目名称"), Issued: "甲", Now: "乙"}, {Kind: kind, Now: "乙"}} {
			form := file.Base
			form.Notices = []sheet.Notice{n}
			if found := set.Check(&form); len(found) != 1 {
				t.Errorf("%+v: found\n%s", n, lines(found))
			}
		}
	}
	for _, r := range set.Rules() {
		if r.Scope != ScopeNotice {
			continue
		}
		text := r.When.Value + r.Assert.Value + r.Message.Value
		for i, quoted := range strings.Split(text, `"`) {
			if i%2 == 1 && !strings.Contains("删除损坏", quoted) && !slices.Contains(sheet.NoticeKinds, sheet.NoticeKind(quoted)) {
				t.Errorf("%s: nothing is noticed as %q", r.ID, quoted)
			}
		}
	}
}
