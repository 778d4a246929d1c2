package read

import (
	"slices"
	"strings"

	"ziping/sheet"
)

// usuallyPrinted is about how many labels a form prints.
const usuallyPrinted = 32

// prints notes that the form prints a label for what name says: see sheet.Absent.
func (f *formReader) prints(name string) {
	if f.printed == nil {
		f.printed = make(map[string]bool, usuallyPrinted)
	}
	f.printed[name] = true
}

// printsColumns notes the columns of a table, by their headings.
func (f *formReader) printsColumns(part string, columns headings) {
	f.prints(part)
	for _, h := range columns {
		f.prints(sheet.ColumnOf(part, h.label))
	}
}

// absent notes what the form prints no label for.
func (f *formReader) absent() {
	if f.printed[sheet.LabelFunds] {
		f.prints(sheet.ColumnOf(sheet.LabelFunds, sheet.LabelSource)) // the column in which the rows have their names
	}
	if f.table.MoneyUnit.Ref != "" {
		f.prints(sheet.LabelMoneyUnit)
	}
	absent := sheet.Absent{}
	for _, name := range f.table.Labels() {
		if !f.printed[name] {
			absent[name] = true
		}
	}
	f.table.Absent = absent
}

// noticeAbsent notices what a form lacks that nobody issued: of one that was
// issued the layout says what it has, and the record what was changed.
func noticeAbsent(t *sheet.Table) {
	if lacking := lackingIn(t); lacking != "" {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeAbsent, Now: lacking})
	}
}

// lackingIn lists what a form lacks of the national one, as 主管部门；项目资金的执行率；
// 绩效指标的分值和得分. A part of which it has nothing is named as a whole.
func lackingIn(t *sheet.Table) string {
	absent := t.Absent
	var list []string
	columns, all := map[string][]string{}, map[string]int{}
	for _, name := range sheet.Labels() {
		part, column, dotted := strings.Cut(name, ".")
		if slices.Contains(t.Form.Optional, name) {
			continue
		}
		if dotted {
			all[part]++
		}
		switch {
		case !absent[name] || name == sheet.WholeFund && absent[sheet.LabelFunds]:
			continue
		case !dotted:
			list = append(list, name)
		default:
			columns[part] = append(columns[part], column)
			if len(columns[part]) == 1 && !absent[part] {
				list = append(list, part)
			}
		}
	}
	for i, name := range list {
		if c := columns[name]; len(c) > 0 && len(c) < all[name] {
			list[i] = name + "的" + enumerate(c)
		}
	}
	return strings.Join(list, "；")
}

// enumerate joins names as a sentence does: 年初预算数、执行率和得分.
func enumerate(names []string) string {
	n := len(names) - 1
	if n == 0 {
		return names[0]
	}
	return strings.Join(names[:n], "、") + "和" + names[n]
}
