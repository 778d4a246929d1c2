package sheet

import (
	"slices"
	"strings"

	"ziping/sheet/xlsx"
)

// What is noticed about what a workbook does, or fetches, by itself. Ziping
// follows none of it.
const (
	NoticeMacros  NoticeKind = "宏"
	NoticeDDE     NoticeKind = "动态数据交换" // Now is the program and what it is asked: it may run commands
	NoticeLink    NoticeKind = "外部链接"   // Now is the file
	NoticeOutside NoticeKind = "引用外部"   // Now is a formula whose value comes from another file
)

// mostLinks is how many links of a workbook are noticed.
const mostLinks = 5

// noticeActive notices what is active in a workbook, once, on its first form, and
// the values of each form that come from outside.
func noticeActive(wb *xlsx.Workbook, found []Found) {
	active := wb.Active()
	first := found[0].Table
	if active.Macros {
		first.notice(Notice{Kind: NoticeMacros})
	}
	for _, topic := range active.DDE[:min(mostLinks, len(active.DDE))] {
		first.notice(Notice{Kind: NoticeDDE, Now: topic})
	}
	slices.Sort(active.Links)
	links := slices.Compact(active.Links)
	for _, file := range links[:min(mostLinks, len(links))] {
		first.notice(Notice{Kind: NoticeLink, Now: file})
	}
	for _, f := range found {
		for v := range f.Table.Values() {
			if at := v.At(); outside(at.Formula) {
				f.Table.notice(Notice{Kind: NoticeOutside, Cell: at.Ref, Now: "=" + at.Formula})
			}
		}
	}
}

// outside reports whether a formula takes a value from another file or program:
// [1]Sheet1!A1, '[去年.xlsx]Sheet1'!A1, cmd|'/c calc'!A0. What stands in quotes
// is a text, or the name of a sheet, which has no brackets.
func outside(formula string) bool {
	if !strings.ContainsAny(formula, "[|") {
		return false
	}
	for i, part := range strings.Split(formula, `"`) {
		if i%2 == 0 && strings.ContainsAny(part, "[|") {
			return true
		}
	}
	return false
}
