package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// Notice is something that was noticed about the workbook of a form, and is no
// value of it: what was changed since it was issued.
type Notice struct {
	Kind   NoticeKind
	Field  Path   // of the value; none where it is about none
	Cell   string // "G13"; empty where it is about none
	Issued string // what stood there when the form was issued
	Now    string
}

// NoticeKind says what was noticed, in the word that rules use.
type NoticeKind string

// What the comparison with the record notices.
const (
	NoticeLocked       NoticeKind = "锁定内容改动" // a locked cell says something else, or something where nothing stood
	NoticeTotal        NoticeKind = "合计改动"   // an amount of the whole money that was issued comes to another one through its sources
	NoticeFormula      NoticeKind = "公式改动"   // another formula; for a value in its place see Cell.Derived
	NoticeInserted     NoticeKind = "插入行"    // Now is the rows, "第 15 行" or "第 15–17 行"
	NoticeRemoved      NoticeKind = "删除行"    // or emptied; Issued is the row and what was locked in it
	NoticeRemovedBlank NoticeKind = "删除空行"   // a row in which nothing was locked; Issued is the row
	NoticeMoved        NoticeKind = "移动行"    // Issued and Now are the row
	NoticeForm         NoticeKind = "表式不同"   // hardly anything stands where it was issued
	NoticeProtection   NoticeKind = "保护撤销"   // the sheet is not protected any more
	NoticeUnlocked     NoticeKind = "锁定撤销"   // cells that were locked are not, in a sheet that is protected; Now names them
	NoticeProject      NoticeKind = "项目不同"   // issued for another project
	NoticeYear         NoticeKind = "年度不同"   // issued for another year
	NoticeVersion      NoticeKind = "版式过时"   // Issued and Now are the versions of the layout
	NoticeBeside       NoticeKind = "另加的表"   // beside the form that was issued
	NoticeChecks       NoticeKind = "填报检查缺失" // the sheet was deleted, renamed or typed over
)

// What is noticed about the record itself. NoticeUnsealed, NoticeForged, NoticeNoRecord
// and NoticeBlank are only noticed with a key.
const (
	NoticeRecordGone NoticeKind = "记录缺失"   // ziping issued the workbook, and it has no record
	NoticeRecordBad  NoticeKind = "记录损坏"   // it has one that can't be read
	NoticeUnsealed   NoticeKind = "记录无防伪码" // Record.Write had no key, or the seal was taken away
	NoticeForged     NoticeKind = "防伪码不符"  // the record was changed, or the key is another
	NoticeNoRecord   NoticeKind = "没有记录"   // nothing says that ziping issued the workbook
	NoticeBlank      NoticeKind = "空白表"    // it was issued without a project, and serves any
)

// What the comparison with a project list notices. Issued is what the list says.
const (
	NoticeListed       NoticeKind = "与名单不同" // an amount or a weight
	NoticeListedTarget NoticeKind = "指标值与名单不同"
	NoticeListedAbsent NoticeKind = "名单指标缺少" // an indicator of the list that the form does not have
	NoticeListedBlank  NoticeKind = "用空白表填报" // in place of the form that the list gives targets for
)

// What is noticed about what a workbook does, or fetches, by itself. Ziping
// follows none of it.
const (
	NoticeMacros  NoticeKind = "宏"
	NoticeDDE     NoticeKind = "动态数据交换" // Now is the program and what it is asked: it may run commands
	NoticeLink    NoticeKind = "外部链接"   // Now is the file
	NoticeOutside NoticeKind = "引用外部"   // Now is a formula whose value comes from another file
)

// NoticeHidden is a form on a hidden sheet; Now is the sheet.
const NoticeHidden NoticeKind = "隐藏的表"

// NoticeColumn is a column whose name is not known, in a table that lacks one that
// it needs; Now is the name.
const NoticeColumn NoticeKind = "不认得的栏目"

// NoticeAbsent is what the form prints no label for, of that which the national
// form does; Now lists it.
const NoticeAbsent NoticeKind = "没有印的栏目"

// NoticeDirection is a target whose comparison is not that of its direction: Issued is
// the direction in words, Now the target.
const NoticeDirection NoticeKind = "指标方向矛盾"

// What is noticed of the numbers of a list that only some forms have: a sum that is not
// that of the rows, and a score that its weight does not allow. Issued is what the rows
// come to, and the weight.
const (
	NoticeListSum   NoticeKind = "清单合计不符"
	NoticeListScore NoticeKind = "清单得分超分值"
)

// NoticeText is a number that is stored as a text, in a cell that a SUM takes in.
const NoticeText NoticeKind = "文字形式的数字"

// NoticeOutdated is that formulas of the form had other values than they come to,
// as a program leaves them that does not calculate; Now names their cells. The
// form has what they come to.
const NoticeOutdated NoticeKind = "公式存旧值"

// NoticeUnchecked is that formulas of the form are not calculated, since they use what is
// not calculated exactly; Now is the first of them, Issued names their cells. The form has
// what is stored.
const NoticeUnchecked NoticeKind = "公式无法重算"

// What is noticed of a value of which a person sees another one in the workbook, or
// nothing; Now says what. The second is of forms that were issued.
const (
	NoticeMasked       NoticeKind = "显示不符"
	NoticeMaskedIssued NoticeKind = "发出的表显示不符"
)

// NoticeKinds lists them.
var NoticeKinds = []NoticeKind{
	NoticeLocked, NoticeTotal, NoticeFormula, NoticeInserted, NoticeRemoved, NoticeRemovedBlank, NoticeMoved, NoticeForm, NoticeProtection, NoticeUnlocked,
	NoticeProject, NoticeYear, NoticeVersion, NoticeBeside, NoticeChecks, NoticeRecordGone, NoticeRecordBad, NoticeUnsealed, NoticeForged, NoticeNoRecord, NoticeBlank,
	NoticeListed, NoticeListedTarget, NoticeListedAbsent, NoticeListedBlank,
	NoticeMacros, NoticeDDE, NoticeLink, NoticeOutside, NoticeText, NoticeHidden, NoticeColumn, NoticeAbsent, NoticeOutdated, NoticeUnchecked, NoticeDirection, NoticeListSum, NoticeListScore,
	NoticeMasked, NoticeMaskedIssued,
}

// AddNotice adds a notice to the form.
func (t *Table) AddNotice(n Notice) { t.Notices = append(t.Notices, n) }

// Noticed reports whether something of a kind was noticed about the form.
func (t *Table) Noticed(kind NoticeKind) bool {
	return slices.ContainsFunc(t.Notices, func(n Notice) bool { return n.Kind == kind })
}

// Several names cells, those of many that come first.
func Several(refs []string) string {
	const shown = 3
	text := strings.Join(refs[:min(shown, len(refs))], "、")
	if len(refs) > shown {
		text += fmt.Sprintf(" 等 %d 格", len(refs))
	}
	return text
}
