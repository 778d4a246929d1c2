package summary

import (
	"fmt"
	"strings"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/returns"
)

// What is told on the sheet 未报送.
const (
	notReturned = "未报送"
	unreadable  = "读不出"
)

// missingColumns are the columns of 未报送.
var missingColumns = []book.Column{
	column("序号", 6, book.CenterLook), column("情况", 10, book.CenterLook), column(sheet.LabelYear, 6, book.CenterLook), column(departmentColumn, 20, book.TextLook),
	column(sheet.LabelImplementer, 20, book.TextLook), column(projectColumn, 28, book.TextLook), column(sheet.LabelCode, 12, book.TextLook), column("说明", 44, book.TextLook),
	column("文件", 36, book.LinkLook),
}

// absent is a row of 未报送 on its way.
type absent struct {
	Absent
	file any // a link, where there is one
}

// failed is a file that could not be read.
type failed struct{ file, why string }

func (w *Workbook) absent(what string, x returns.Identity, note string, file any) absent {
	return absent{Absent{What: what, Year: x.Year, Department: w.departments.name(x.Department), Implementer: x.Implementer, Project: x.Name, Code: x.Code, Note: note}, file}
}

// missing are the projects that nobody returned, those that do not count, and what
// could not be read.
func (w *Workbook) missing() []absent {
	var rows []absent
	for _, l := range w.options.Listed {
		if !l.Returned {
			rows = append(rows, w.absent(notReturned, l.Identity, "没有报送"+l.Near, nil))
		}
	}
	rows = append(rows, w.aside...)
	for _, f := range w.failed {
		rows = append(rows, absent{Absent{What: unreadable, Note: strings.TrimPrefix(f.why, f.file+"：")}, w.path(f.file)})
	}
	return rows
}

// writeMissing writes the sheet 未报送.
func (w *Workbook) writeMissing(rows []absent) {
	note := "没有给出项目名单（--projects），因此不列未报送和名单外的项目。"
	if w.options.Listed != nil {
		note = fmt.Sprintf("名单共 %d 个项目。比较时不计空格、全角半角和括号的写法；只差一个字的，请核对是否为同一项目。", len(w.options.Listed))
	}
	note += "列在这里的表都没有计入汇总。"
	p := w.book.NewList(book.List{Sheet: missingSheet, Title: "未报送和没有计入汇总的", Columns: missingColumns, Above: []any{book.Shown{Look: book.NoteLook, Value: note}}})
	if len(rows) == 0 {
		p.Add(nil, "无", nil, nil, nil, nil, nil, "没有这些情况")
	}
	for i, m := range rows {
		var year any
		if m.Year != 0 {
			year = m.Year
		}
		color := darkBrown
		if m.What == notReturned || m.What == unreadable {
			color = darkRed
		}
		p.Add(i+1, inColor(color, m.What), year, m.Department, m.Implementer, m.Project, m.Code, m.Note, m.file)
	}
	p.Close()
}

// missingCells returns the cells of a column of 未报送.
func (w *Workbook) missingCells(name string) string {
	return book.Cells(missingSheet, missingColumns, name, book.HeadRow+w.missingRows)
}
