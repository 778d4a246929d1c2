package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ziping/sheet/book"
)

// What is told on the sheet 未报送.
const (
	notReturned = "未报送"
	notListed   = "名单外"
	twice       = "重复报送"
	unreadable  = "读不出"
)

// missingColumns are the columns of 未报送.
var missingColumns = []book.Column{
	column("序号", 6, book.CenterLook), column("情况", 10, book.CenterLook), column("年度", 6, book.CenterLook), column(departmentColumn, 20, book.TextLook),
	column("实施单位", 20, book.TextLook), column(projectColumn, 28, book.TextLook), column("项目编码", 12, book.TextLook), column("说明", 44, book.TextLook),
	column("文件", 36, book.LinkLook),
}

// missing is a row of 未报送.
type missing struct {
	kind string
	identityText
	note string
	file any // a link, where there is one
}

// failed is a file that could not be read.
type failed struct{ file, why string }

// identities returns what the projects of a run are known by.
func (w *Workbook) identities() (listed, returned []identity) {
	for _, t := range w.options.Projects {
		listed = append(listed, identityText{
			int(t.Year.Value), t.Project.Value, t.Code.Value, w.departments.name(t.Department.Value), t.Implementer.Value,
		}.identity())
	}
	for _, p := range w.projects {
		returned = append(returned, identityText{int(p.year), p.name, p.code, p.department, p.implementer}.identity())
	}
	for _, list := range [][]identity{listed, returned} {
		for i := range list {
			if list[i].shown.department == noDepartment {
				list[i].department = ""
			}
		}
	}
	return listed, returned
}

// compare finds what is missing, what was not asked for, what came twice and what
// could not be read.
func (w *Workbook) compare() (rows []missing, gone []identity) {
	listed, returned := w.identities()
	var extra []missing
	if w.options.Projects != nil {
		m := match(listed, returned)
		for l := range listed {
			if !m.returned[l] {
				gone = append(gone, listed[l])
				rows = append(rows, missing{notReturned, listed[l].shown, nearNote("没有报送", "名单以外报送的", &listed[l], returned, m.ofListed[l]), nil})
			}
		}
		for r := range returned {
			if !m.listed[r] {
				extra = append(extra, missing{notListed, returned[r].shown, nearNote("不在名单中", "名单中没有报送的", &returned[r], listed, m.ofReturned[r]), w.path(w.projects[r].file)})
			}
		}
	}
	rows = append(append(rows, extra...), w.duplicates(returned)...)
	for _, f := range w.failed {
		rows = append(rows, missing{kind: unreadable, note: strings.TrimPrefix(f.why, f.file+"："), file: w.path(f.file)})
	}
	return rows, gone
}

// nearNote says what a project lacks, and who may be meant.
func nearNote(what, whose string, of *identity, others []identity, near []int) string {
	for _, i := range near {
		o := others[i]
		what += fmt.Sprintf("；是否为%s“%s”（%s）？", whose, o.shown.name, of.near(&others[i]))
	}
	return what
}

// duplicates finds the projects of which more than one form came.
func (w *Workbook) duplicates(returned []identity) []missing {
	type key struct {
		year             int
		name, code, unit string
	}
	groups := map[key][]int{}
	for i, r := range returned {
		if r.name == "" {
			continue
		}
		k := key{year: r.year, name: r.name, code: r.code, unit: cmp.Or(r.implementer, r.department)}
		groups[k] = append(groups[k], i)
	}
	var list [][]int
	for _, g := range groups {
		if len(g) > 1 {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	var rows []missing
	for n, g := range list {
		for i, r := range g {
			rows = append(rows, missing{twice, returned[r].shown, fmt.Sprintf("第 %d 组：同一项目报送了 %d 份，这是第 %d 份", n+1, len(g), i+1), w.path(w.projects[r].file)})
		}
	}
	return rows
}

// writeMissing writes the sheet 未报送.
func (w *Workbook) writeMissing(rows []missing) {
	note := "没有给出项目名单（--projects），因此不列未报送和名单外的项目。"
	if w.options.Projects != nil {
		note = fmt.Sprintf("名单共 %d 个项目。比较时不计空格、全角半角和括号的写法；只差一个字的，请核对是否为同一项目。", len(w.options.Projects))
	}
	p := w.book.Page(book.List{Sheet: missingSheet, Title: "未报送、名单外、重复报送和读不出的", Columns: missingColumns, Above: []any{book.Shown{Look: book.NoteLook, Value: note}}})
	if len(rows) == 0 {
		p.Add(nil, "无", nil, nil, nil, nil, nil, "没有这些情况")
	}
	for i, m := range rows {
		var year any
		if m.year != 0 {
			year = m.year
		}
		p.Add(i+1, inColor(missingColors[m.kind], m.kind), year, m.department, m.implementer, m.name, m.code, m.note, m.file)
	}
	p.Close()
}

var missingColors = map[string]string{notReturned: darkRed, notListed: darkBrown, twice: darkBrown, unreadable: darkRed}

// missingCells returns the cells of a column of 未报送.
func (w *Workbook) missingCells(name string) string {
	return book.Cells(missingSheet, missingColumns, name, book.HeadRow+w.missingRows)
}
