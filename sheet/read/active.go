package read

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// mostLinks is how many links of a workbook are noticed.
const mostLinks = 5

// noticeActive notices what is active in a workbook, once, on its first form, and
// the values of each form that come from outside.
func noticeActive(wb *xlsx.Workbook, found []sheet.Found) {
	active := wb.Active()
	first := found[0].Table
	if active.Macros {
		first.AddNotice(sheet.Notice{Kind: sheet.NoticeMacros})
	}
	for _, topic := range active.DDE[:min(mostLinks, len(active.DDE))] {
		first.AddNotice(sheet.Notice{Kind: sheet.NoticeDDE, Now: topic})
	}
	slices.Sort(active.Links)
	links := slices.Compact(active.Links)
	for _, file := range links[:min(mostLinks, len(links))] {
		first.AddNotice(sheet.Notice{Kind: sheet.NoticeLink, Now: file})
	}
	for _, f := range found {
		for v := range f.Table.Values() {
			if at := v.At(); outside(at.Formula) {
				f.Table.AddNotice(sheet.Notice{Kind: sheet.NoticeOutside, Cell: at.Ref, Now: "=" + at.Formula})
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
