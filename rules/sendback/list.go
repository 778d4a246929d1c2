package sendback

import (
	"fmt"
	"path"

	"ziping/sheet"
	"ziping/sheet/book"
)

// DrawList draws 退回清单: what is sent back, with columns for the clerk to fill in.
func DrawList(entries []Entry) ([]byte, error) {
	const title = "财政项目支出绩效自评表退回清单"
	columns := append([]book.Column{{Name: "序号", Width: 6, Look: book.CenterLook}}, Columns()...)
	columns = append(columns, book.Column{Name: "文件", Width: 30, Look: book.LinkLook},
		book.Column{Name: "领取人", Width: 10, Look: book.CenterLook}, book.Column{Name: "领取日期", Width: 12, Look: book.CenterLook})
	b := book.New(book.Properties{Title: title, Creator: "ziping"}, ListSheet)
	defer b.Close()
	b.Mark()
	p := b.NewList(book.List{Sheet: ListSheet, Title: title, Columns: columns, Frozen: sheet.LabelProject, Above: []any{
		book.Shown{Look: book.NoteLook, Value: fmt.Sprintf("共 %d 张表；汇总时用 --previous 给出本清单，退回的情况记入汇总的“%s”", len(entries), RegisterSheet)},
	}})
	for i := range entries {
		e := &entries[i]
		p.Add(append(append([]any{i + 1}, e.Show()...), book.Link{Target: e.File, Text: path.Base(e.File)})...)
	}
	p.Close()
	return b.Bytes()
}
