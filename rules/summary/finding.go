package summary

import (
	"cmp"
	"fmt"
	"strings"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/book"
)

// ruleColumn is the column of 问题 with what the rules check.
const ruleColumn = "规则"

// shownColumn is the column that says whom to call: 填报检查 had told the department.
const shownColumn = "填报时可见"

// findingColumns are the columns of 问题.
var findingColumns = []book.Column{
	column("序号", 6, book.CenterLook), column(departmentColumn, 15, book.TextLook), column(projectColumn, 18, book.TextLook), column("级别", 5.5, book.CenterLook),
	column(ruleColumn, 17, book.TextLook), column("单元格", 6.5, book.CenterLook), column("项目", 17, book.TextLook), column("问题", 36, book.TextLook),
	column("填报值", 16, book.TextLook), column("应为", 10, book.TextLook), column(shownColumn, 6, book.CenterLook), column("依据", 19, book.TextLook), column("文件", 16, book.LinkLook),
}

const findingNote = "错误须改正后重新报送；疑点请核实，改正或补充说明；提示供参考。“填报时可见”为“是”的，部门报送时表中的“填报检查”已经指出。"

var labelColors = map[rules.Severity]string{rules.Error: darkRed, rules.Warning: darkBrown, rules.Info: "1F4E79"}

// findings are the sheets 问题, 问题(2) and so on: one sheet holds no more than
// Excel's 1,048,576 rows.
type findings struct {
	pages  []*book.ListWriter
	titles map[string]string // of the rules, by id
	counts map[string]int    // by the title of the rule
	n      int
	most   int // rows of a sheet
}

func newFindings(list []*rules.Rule) *findings {
	f := &findings{titles: map[string]string{}, counts: map[string]int{}, most: book.MaxRows}
	for _, r := range list {
		f.titles[r.ID] = r.Title
	}
	return f
}

// page returns the sheet that has room for a row.
func (f *findings) page(b *book.Book) *book.ListWriter {
	n := len(f.pages)
	if n > 0 && f.pages[n-1].LastRow() < f.most {
		return f.pages[n-1]
	}
	name := findingSheet
	if n > 0 {
		name = fmt.Sprintf("%s(%d)", findingSheet, n+1)
	}
	p := b.NewList(book.List{Sheet: name, Title: "审核发现的问题", Columns: findingColumns, Above: []any{book.Shown{Look: book.NoteLook, Value: findingNote}}})
	f.pages = append(f.pages, p)
	return p
}

// add writes the findings of a form.
func (f *findings) add(w *Workbook, p *projectRow, list []rules.Finding) {
	for _, x := range list {
		f.n++
		title := book.Cut(cmp.Or(f.titles[x.Rule], x.Rule), longestCompared)
		f.counts[title]++
		f.page(w.book).Add(f.n, p.department, p.name, inColor(labelColors[x.Severity], x.Severity.Label()), title,
			x.Cell, x.Field.String(), x.Message, x.Value, report.Suggestion(x), shown(x), x.Basis, w.link(p))
	}
}

func shown(x rules.Finding) any {
	if x.Shown {
		return "是"
	}
	return nil
}

// counted returns the formula that counts the findings of a rule, whose title
// stands in a cell.
func (f *findings) counted(ref, title string) string {
	var parts []string
	for _, p := range f.pages {
		parts = append(parts, "COUNTIF("+p.Cells(ruleColumn)+","+criterion(ref, title)+")")
	}
	return strings.Join(parts, "+")
}

func (f *findings) close() {
	if f.n == 0 {
		f.pages[0].Add(nil, nil, nil, nil, nil, nil, nil, "没有发现问题")
	}
	for _, p := range f.pages {
		p.Close()
	}
}
