package summary

import (
	"cmp"

	"ziping/rules/report"
	"ziping/rules/sendback"
	"ziping/sheet/book"
)

// replied is a reply to a finding in the form of a project.
type replied struct {
	department, project string
	file                book.Link
	report.Reply
}

// replyColumns are the columns of 回复.
var replyColumns = []book.Column{
	column("序号", 6, book.CenterLook), column(departmentColumn, 15, book.TextLook), column(projectColumn, 18, book.TextLook), column("状态", 9, book.CenterLook),
	column("级别", 7, book.CenterLook), column(ruleColumn, 17, book.TextLook), column("单元格", 6.5, book.CenterLook), column("项目", 17, book.TextLook),
	column("问题", 34, book.TextLook), column("整改说明", 34, book.TextLook), column("文件", 16, book.LinkLook),
}

var stateColors = map[string]string{report.Settled: darkGreen, report.Stands: darkRed, report.Explained: darkBrown}

// writeReplies writes the sheet 回复: what departments wrote in 整改说明.
func (w *Workbook) writeReplies() {
	p := w.book.NewList(book.List{Sheet: replySheet, Title: "整改说明", Columns: replyColumns, Above: []any{book.Shown{Look: book.NoteLook, Value: "部门在“审核意见”的“整改说明”一栏写的答复。" +
		"已改正：现在审核没有这个问题了；仍有：错误还在；说明待审：疑点或提示还在，请看说明是否成立。"}}})
	if len(w.replies) == 0 {
		p.Add(nil, nil, nil, nil, nil, nil, nil, nil, "没有收到整改说明")
	}
	for i, r := range w.replies {
		title := cmp.Or(w.findings.titles[r.Rule], r.Rule)
		p.Add(i+1, r.department, r.project, inColor(stateColors[r.State], r.State), r.Level, title, r.Cell, r.Field.String(), r.Message, r.Text, r.file)
	}
	p.Close()
}

// Registered is an entry of the register, and what has become of the form.
type Registered struct {
	sendback.Entry
	Answered bool   // the workbook came again, changed
	File     string // that of the form that counts; empty where none came
	Table    int    // which of its forms
}

// answerColumns are the columns of the register besides those of its entries.
var answerColumns = []book.Column{column("重新报送", 9, book.CenterLook), column("现在", 9, book.CenterLook)}

// writeRegister writes the sheet 退回登记: what was sent back to whom and when, in
// every round. The next summary goes on from it.
func (w *Workbook) writeRegister() {
	p := w.book.NewList(book.List{Sheet: registerSheet, Title: "退回登记", Columns: append(sendback.Columns(), answerColumns...), Frozen: projectColumn, Above: []any{
		book.Shown{Look: book.NoteLook, Value: "各轮退回了哪些表、什么时候退回、是否已重新报送。下次汇总时用 --previous 给出本工作簿和各轮的退回清单，登记就接着记下去。"},
	}})
	type key struct {
		file  string
		table int
	}
	counting := map[key]any{} // what becomes of those that are in the register
	for _, r := range w.options.Register {
		counting[key{r.File, r.Table}] = nil
	}
	if len(counting) > 0 {
		for x := range w.projects.all() {
			k := key{x.file, x.table}
			if _, ok := counting[k]; ok {
				counting[k] = x.verdict()
			}
		}
	}
	for _, r := range w.options.Register {
		answered, now := inColor(darkRed, "否"), inColor(darkRed, notReturned)
		if r.Answered {
			answered = inColor(darkGreen, "是")
		}
		if verdict, ok := counting[key{r.File, r.Table}].(book.Shown); ok {
			now = verdict
		}
		p.Add(append(r.Show(), answered, now)...)
	}
	p.Close()
}
