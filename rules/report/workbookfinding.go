package report

import (
	"cmp"
	"fmt"
	"strings"

	"ziping/rules"
)

// ruleColumn is the column of 问题 with what the rules check.
const ruleColumn = "规则"

// findingColumns are the columns of 问题.
var findingColumns = []column{
	{"序号", 6, centerLook}, {departmentColumn, 15, textLook}, {"项目名称", 18, textLook}, {"级别", 5.5, centerLook},
	{ruleColumn, 17, textLook}, {"单元格", 6.5, centerLook}, {"项目", 17, textLook}, {"问题", 36, textLook}, {"填报值", 16, textLook},
	{"应为", 10, textLook}, {"依据", 19, textLook}, {"文件", 16, linkLook},
}

const findingNote = "错误须改正后重新报送；疑点请核实，改正或补充说明；提示供参考。"

var labelColors = map[rules.Severity]string{rules.Error: darkRed, rules.Warning: darkBrown, rules.Info: "1F4E79"}

// findings are the sheets 问题, 问题(2) and so on: one sheet holds no more than
// Excel's 1,048,576 rows.
type findings struct {
	pages  []*listPage
	titles map[string]string // of the rules, by id
	counts map[string]int    // by the title of the rule
	n      int
	most   int // rows of a sheet
}

const maxRows = 1 << 20

func newFindings(list []*rules.Rule) *findings {
	f := &findings{titles: map[string]string{}, counts: map[string]int{}, most: maxRows}
	for _, r := range list {
		f.titles[r.ID] = r.Title
	}
	return f
}

// page returns the sheet that has room for a row.
func (f *findings) page(w *Workbook) (*listPage, error) {
	n := len(f.pages)
	if n > 0 && f.pages[n-1].row < f.most {
		return f.pages[n-1], nil
	}
	name := findingSheet
	if n > 0 {
		name = fmt.Sprintf("%s(%d)", findingSheet, n+1)
	}
	p, err := w.book.page(name, "审核发现的问题", findingColumns, shown{noteLook, findingNote})
	if err == nil {
		f.pages = append(f.pages, p)
	}
	return p, err
}

// add writes the findings of a form.
func (f *findings) add(w *Workbook, p *project, list []rules.Finding) error {
	for _, x := range list {
		page, err := f.page(w)
		if err != nil {
			return err
		}
		f.n++
		title := cut(cmp.Or(f.titles[x.Rule], x.Rule), longestCompared)
		f.counts[title]++
		if err := page.add(f.n, p.department, p.name, shown{centerLook.inColor(labelColors[x.Severity]), x.Severity.Label()}, title,
			x.Cell, x.Field, x.Message, x.Value, suggestion(x), x.Basis, w.link(p)); err != nil {
			return err
		}
	}
	return nil
}

// counted returns the formula that counts the findings of a rule, whose title
// stands in a cell.
func (f *findings) counted(ref, title string) string {
	var parts []string
	for _, p := range f.pages {
		parts = append(parts, "COUNTIF("+p.cells(ruleColumn)+","+criterion(ref, title)+")")
	}
	return strings.Join(parts, "+")
}

func (f *findings) close() error {
	if f.n == 0 {
		if err := f.pages[0].add(nil, nil, nil, nil, nil, nil, nil, "没有发现问题"); err != nil {
			return err
		}
	}
	for _, p := range f.pages {
		if err := p.close(); err != nil {
			return err
		}
	}
	return nil
}
