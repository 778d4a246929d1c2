package summary

import (
	"fmt"
	"maps"
	"slices"

	"ziping/sheet/book"
)

// kindSheet tells the kinds of forms apart; a summary of one kind has none.
const kindSheet = "表样"

// kinds returns the kinds of forms that there are, the usual one first.
func (w *Workbook) kinds() []string {
	list := slices.Sorted(maps.Keys(w.kindsSeen))
	if i := slices.Index(list, usualKind()); i > 0 {
		list = slices.Insert(slices.Delete(list, i, i+1), 0, usualKind())
	}
	return list
}

// mixed reports whether there are forms of several kinds, whose money and scores are
// no sum: a department's has that of its projects in it.
func (w *Workbook) mixed() bool { return len(w.kindsSeen) > 1 }

// writeKinds writes the sheet 表样, a row a kind.
func (w *Workbook) writeKinds() {
	kinds := w.kinds()
	if len(kinds) < 2 {
		return
	}
	columns := []book.Column{
		column(kindColumn, 24, book.TextLook), column("已报送", 8, countLook), column(passed, 8, countLook), column(sentBack, 8, countLook),
		column(budgetColumn, 16, moneyLook), column(executedColumn, 16, moneyLook), column(rateColumn, 9, rateLook), column(meanColumn, 9, scoreLook),
		column(errorColumn, 8, countLook), column(warningColumn, 8, countLook), column(infoColumn, 8, countLook),
	}
	p := w.book.NewList(book.List{Sheet: kindSheet, Title: w.title("各种表样分别汇总"), Columns: columns, Frozen: kindColumn, Above: []any{
		book.Shown{Look: book.NoteLook, Value: "部门整体支出的金额包含了各项目的金额，因此不与项目相加。没有分数的表样没有平均分。"},
	}})
	of := w.summaryCells(kindColumn)
	for _, kind := range kinds {
		d := newDepartment("")
		for x := range w.projects.all() {
			if x.kind == kind {
				d.add(x, false)
			}
		}
		row := p.LastRow() + 1
		criterion := of + "," + criterion(fmt.Sprintf("$A%d", row), kind)
		sum := func(name string, value any) book.Formula {
			return book.Formula{Text: "SUMIFS(" + w.summaryCells(name) + "," + criterion + ")", Value: value}
		}
		count := func(verdict string, value int) book.Formula {
			return book.Formula{Text: "COUNTIFS(" + criterion + "," + w.summaryCells(verdictColumn) + "," + book.Literal(verdict) + ")", Value: value}
		}
		p.Add(kind, book.Formula{Text: "COUNTIFS(" + criterion + ")", Value: d.returned}, count(passed, d.passed), count(sentBack, d.returned-d.passed),
			sum(budgetColumn, d.budget), sum(executedColumn, d.executed),
			book.Formula{Text: fmt.Sprintf(`IF(E%d=0,"",F%d/E%d)`, row, row, row), Value: quotient(d.executed, d.budget)},
			book.Formula{Text: `IFERROR(AVERAGEIFS(` + w.summaryCells(totalColumn) + "," + criterion + `),"")`, Value: d.mean()},
			sum(errorColumn, d.errors), sum(warningColumn, d.warnings), sum(infoColumn, d.infos))
	}
	p.Close()
	w.book.Before(kindSheet, findingSheet)
}
