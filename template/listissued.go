package template

import (
	"fmt"
	"path/filepath"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Issued is a workbook that was written for a project.
type Issued struct {
	Table *sheet.Table
	File  string // below the directory that the list stands in
}

// maxLinks is how many cells of a sheet may be links, in Excel.
const maxLinks = 65530

// IssuedList draws the workbook that says what was issued to whom, with columns
// for the clerk to fill in. It is one of our own lists: see sheet.IsList.
func IssuedList(l *Layout, issued []Issued) ([]byte, error) {
	columns := issuedColumns(issued)
	names := make([]listColumn, len(columns))
	for i, c := range columns {
		names[i] = c.listColumn
	}
	b := newListBook()
	s := b.sheet("发放清单", issuedTitle(issued), []string{fmt.Sprintf("版式：%s（第 %d 版）　共 %d 个项目", l.Title, l.Version, len(issued))}, names)
	for i, is := range issued {
		values := make([]any, len(columns))
		for j, c := range columns {
			values[j] = c.value(i+1, is)
			if c.style == "link" && i < maxLinks {
				b.try(b.f.SetCellHyperLink(s.name, xlsx.Ref(s.row+1, j+1), linkTarget(is.File), "External"))
			}
		}
		s.add(values...)
	}
	s.finish()
	b.try(sheet.MarkList(b.f))
	return b.bytes()
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
	return quantity.FormatNumber(issued[0].Table.Year.Value) + "年度" + title
}

// issuedColumn is a column of the list and what stands in it.
type issuedColumn struct {
	listColumn
	value func(number int, is Issued) any
}

// issuedColumns returns the columns; what few lists have is left out where none of
// the projects has it.
func issuedColumns(issued []Issued) []issuedColumn {
	field := func(name string, width float64, style string) issuedColumn {
		return issuedColumn{listColumn{name: name, width: width, style: style}, func(_ int, is Issued) any { return sheet.Lookup(is.Table, name).Any() }}
	}
	blank := func(name string) issuedColumn {
		return issuedColumn{listColumn{name: name, width: 10, style: "center"}, func(int, Issued) any { return nil }}
	}
	columns := []issuedColumn{
		{listColumn{name: "序号", width: 6, style: "center"}, func(n int, _ Issued) any { return float64(n) }},
		field("年度", 7, "center"), field("主管部门", 20, "text"), field("实施单位", 20, "text"), field("项目名称", 28, "text"),
	}
	for _, c := range []issuedColumn{field("项目编码", 16, "text"), field("项目负责人", 10, "center"), field("联系电话", 14, "text")} {
		for _, is := range issued {
			if sheet.Lookup(is.Table, c.name).Any() != nil {
				columns = append(columns, c)
				break
			}
		}
	}
	return append(columns,
		issuedColumn{listColumn{name: "全年预算数", width: 13, style: "money"}, func(_ int, is Issued) any { return budget(is.Table) }},
		field("金额单位", 9, "center"),
		issuedColumn{listColumn{name: "指标数", width: 7, style: "center"}, func(_ int, is Issued) any { return float64(len(is.Table.Indicators)) }},
		issuedColumn{listColumn{name: "文件", width: 30, style: "link"}, func(_ int, is Issued) any { return filepath.Base(is.File) }},
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

// linkTarget writes a path as the target of a link.
func linkTarget(file string) string {
	return strings.NewReplacer("%", "%25", "#", "%23", " ", "%20").Replace(filepath.ToSlash(file))
}
