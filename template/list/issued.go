package list

import (
	"fmt"
	"path/filepath"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/quantity"
	"ziping/template"
)

// Issued is a workbook that was written for a project.
type Issued struct {
	Table *sheet.Table
	File  string // below the directory that the list stands in
}

const issuedSheet = "发放清单"

// DrawIssued draws the workbook that says what was issued to whom, with columns for
// the clerk to fill in. It is one of our own lists: see book.Marked.
func DrawIssued(l *template.Layout, issued []Issued) ([]byte, error) {
	columns := issuedColumns(issued)
	names := make([]book.Column, len(columns))
	for i, c := range columns {
		names[i] = c.Column
	}
	title := issuedTitle(issued)
	b := book.New(book.Properties{Title: title, Creator: "ziping"}, issuedSheet)
	defer b.Close()
	b.Mark()
	p := b.NewList(book.List{Sheet: issuedSheet, Title: title, Columns: names, Frozen: sheet.LabelProject, Above: []any{
		book.Shown{Look: book.NoteLook, Value: fmt.Sprintf("版式：%s（第 %d 版）　共 %d 个项目", l.Title, l.Version, len(issued))},
	}})
	for i, is := range issued {
		values := make([]any, len(columns))
		for j, c := range columns {
			values[j] = c.value(i+1, is)
		}
		p.Add(values...)
	}
	p.Close()
	return b.Bytes()
}

// issuedTitle names the year if there is only one.
func issuedTitle(issued []Issued) string {
	const title = "财政项目支出绩效自评表发放清单"
	for _, is := range issued {
		if y := is.Table.Year; !y.Known || y.Value != issued[0].Table.Year.Value {
			return title
		}
	}
	if len(issued) == 0 {
		return title
	}
	return quantity.FormatNumber(issued[0].Table.Year.Value) + sheet.LabelYear + title
}

// issuedColumn is a column of the list and what stands in it.
type issuedColumn struct {
	book.Column
	value func(number int, is Issued) any
}

// issuedColumns returns the columns; what few lists have is left out where none of
// the projects has it.
func issuedColumns(issued []Issued) []issuedColumn {
	column := func(name string, width float64, look book.Look, value func(number int, is Issued) any) issuedColumn {
		return issuedColumn{book.Column{Name: name, Width: width, Look: look}, value}
	}
	field := func(name string, width float64, look book.Look) issuedColumn {
		return column(name, width, look, func(_ int, is Issued) any { return sheet.Lookup(is.Table, name).Any() })
	}
	blank := func(name string) issuedColumn {
		return column(name, 10, book.CenterLook, func(int, Issued) any { return nil })
	}
	columns := []issuedColumn{
		column("序号", 6, book.CenterLook, func(n int, _ Issued) any { return n }),
		field(sheet.LabelYear, 7, book.CenterLook), field(sheet.LabelDepartment, 20, typedLook), field(sheet.LabelImplementer, 20, typedLook), field(sheet.LabelProject, 28, typedLook),
	}
	for _, c := range []issuedColumn{field(sheet.LabelCode, 16, typedLook), field(sheet.LabelLeader, 10, book.CenterLook), field(sheet.LabelPhone, 14, typedLook)} {
		for _, is := range issued {
			if sheet.Lookup(is.Table, c.Name).Any() != nil {
				columns = append(columns, c)
				break
			}
		}
	}
	return append(columns,
		column(sheet.LabelBudget, 13, moneyLook, func(_ int, is Issued) any { return budget(is.Table) }),
		field(sheet.LabelMoneyUnit, 9, book.CenterLook),
		column("指标数", 7, book.CenterLook, func(_ int, is Issued) any { return len(is.Table.Indicators) }),
		column("文件", 30, book.LinkLook, func(_ int, is Issued) any {
			return book.Link{Target: filepath.ToSlash(is.File), Text: filepath.Base(is.File)}
		}),
		blank("发放日期"), blank("领取人"), blank("领取日期"), blank("报送日期"),
	)
}

// budget returns the 全年预算数 of a project's whole money, nil where no part of it
// is known.
func budget(t *sheet.Table) any {
	if total := t.Fund(sheet.WholeFund).Budget; total.Known {
		return total.Value
	}
	sum, known := 0.0, false
	for _, f := range t.Funds {
		sum, known = sum+f.Budget.Value, known || f.Budget.Known
	}
	if !known {
		return nil
	}
	return quantity.Round(sum, 6)
}
