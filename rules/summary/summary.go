package summary

import (
	"fmt"
	"math"

	"ziping/rules/sendback"
	"ziping/sheet"
	"ziping/sheet/book"
)

// The looks of numbers.
var (
	countLook = book.Look{Align: "right", Format: "#,##0"}
	moneyLook = book.Look{Align: "right", Format: "#,##0.00"}
	scoreLook = book.Look{Align: "right", Format: "0.00"}
	rateLook  = book.Look{Align: "right", Format: "0.00%"}
)

func column(name string, width float64, look book.Look) book.Column {
	return book.Column{Name: name, Width: width, Look: look}
}

// inColor is a text in the middle of its cell that people look for.
func inColor(color, text string) book.Shown {
	return book.Shown{Look: book.CenterLook.InColor(color), Value: text}
}

// The sheets of the workbook.
const (
	summarySheet    = "汇总"
	departmentSheet = "部门"
	findingSheet    = "问题"
	missingSheet    = "未报送"
	replySheet      = "回复"
	registerSheet   = sendback.RegisterSheet
	chartSheet      = "图表"
)

// summaryColumn is a column of 汇总: what stands in it, and how it is added up.
type summaryColumn struct {
	book.Column
	value func(p *projectRow) any
	total func(cells string) string // a formula that follows the filter; nil for none
}

// The totals of 汇总.
func sumShown(cells string) string { return "SUBTOTAL(109," + cells + ")" }
func meanShown(cells string) string {
	return `IF(SUBTOTAL(102,` + cells + `)=0,"",SUBTOTAL(101,` + cells + `))`
}

// The columns of 汇总 that other sheets name.
const (
	departmentColumn = sheet.LabelDepartment
	projectColumn    = sheet.LabelProject
	kindColumn       = "表样" // only where there are several
	budgetColumn     = "全年预算数（万元）"
	executedColumn   = "全年执行数（万元）"
	rateColumn       = sheet.LabelRate
	totalColumn      = sheet.LabelTotal
	gradeColumn      = "等级"
	errorColumn      = "错误"
	warningColumn    = "疑点"
	infoColumn       = "提示"
	verdictColumn    = "结论"
)

// What a project comes to.
const (
	passed   = "通过"
	sentBack = "退回"
)

// doubtful stands where an amount can't be right, and is not added up.
const doubtful = "待核实"

// The colours of what people look for.
var gradeColors = map[string]string{"优": "375623", "良": "1F4E79", "中": "9C5700", "差": "C00000"}

const (
	darkRed   = "C00000"
	darkGreen = "375623"
	darkBrown = "9C5700"
)

// longestLevel is how much of a name of level 1 heads its column.
const longestLevel = 20

// summaryColumns returns the columns of 汇总.
func (w *Workbook) summaryColumns() []summaryColumn {
	text := func(name string, width float64, l book.Look, value func(p *projectRow) any) summaryColumn {
		return summaryColumn{column(name, width, l), value, nil}
	}
	number := func(name string, width float64, l book.Look, total func(string) string, value func(p *projectRow) float64) summaryColumn {
		return summaryColumn{column(name, width, l), func(p *projectRow) any { return value(p) }, total}
	}
	count := func(name, color string, value func(p *projectRow) int) summaryColumn {
		return summaryColumn{column(name, 5.5, countLook), func(p *projectRow) any {
			if n := value(p); n > 0 && color != "" {
				return book.Shown{Look: countLook.InColor(color), Value: n}
			}
			return value(p)
		}, sumShown}
	}
	amount := func(name string, width float64, l book.Look, total func(string) string, value func(p *projectRow) float64) summaryColumn {
		return summaryColumn{column(name, width, l), func(p *projectRow) any {
			if p.doubtful {
				return inColor(darkRed, doubtful)
			}
			return value(p)
		}, total}
	}
	n := 0
	list := []summaryColumn{
		text("序号", 6, book.CenterLook, func(*projectRow) any { n++; return n }),
		text(sheet.LabelYear, 6, book.CenterLook, func(p *projectRow) any {
			if p.year == 0 {
				return nil
			}
			return p.year
		}),
		text(departmentColumn, 17, book.TextLook, func(p *projectRow) any { return p.department }),
		text(sheet.LabelImplementer, 17, book.TextLook, func(p *projectRow) any { return p.implementer }),
		text(projectColumn, 24, book.TextLook, func(p *projectRow) any { return p.name }),
	}
	if w.mixed() {
		list = append(list, text(kindColumn, 14, book.TextLook, func(p *projectRow) any { return p.kind }))
	}
	if w.coded {
		list = append(list, text(sheet.LabelCode, 12, book.TextLook, func(p *projectRow) any { return p.code }))
	}
	list = append(list,
		amount(budgetColumn, 16, moneyLook, sumShown, func(p *projectRow) float64 { return p.budget }),
		amount(executedColumn, 16, moneyLook, sumShown, func(p *projectRow) float64 { return p.executed }),
		text("原表金额单位", 8, book.CenterLook, func(p *projectRow) any { return p.unit }),
		amount(rateColumn, 8.5, rateLook, nil, func(p *projectRow) float64 { return p.rate }),
	)
	own, others := w.levels.shown()
	score := func(name string, value func(p *projectRow) float64) {
		list = append(list, number(name, 8, scoreLook, meanShown, value))
	}
	for _, i := range own {
		score(book.Cut(w.levels.list[i], longestLevel)+sheet.LabelScore, func(p *projectRow) float64 { return p.sum([]int{i}) })
	}
	if len(others) > 0 {
		score(otherLevels+sheet.LabelScore, func(p *projectRow) float64 { return p.sum(others) })
	}
	score("预算执行得分", func(p *projectRow) float64 { return p.execution })
	score(totalColumn, func(p *projectRow) float64 { return p.total })
	return append(list,
		text(gradeColumn, 5.5, book.CenterLook, func(p *projectRow) any { return inColor(gradeColors[p.grade], p.grade) }),
		count(errorColumn, darkRed, func(p *projectRow) int { return p.errors }),
		count(warningColumn, darkBrown, func(p *projectRow) int { return p.warnings }),
		count(infoColumn, "", func(p *projectRow) int { return p.infos }),
		text(verdictColumn, 6, book.CenterLook, func(p *projectRow) any {
			return p.verdict()
		}),
		text("文件", 24, book.LinkLook, func(p *projectRow) any { return w.link(p) }),
	)
}

// writeSummary writes the sheet 汇总.
func (w *Workbook) writeSummary() {
	all := w.summaryColumns()
	for _, c := range all {
		w.summary = append(w.summary, c.Column)
	}
	p := w.book.NewList(book.List{Sheet: summarySheet, Title: w.title(title), Columns: w.summary, Above: w.summaryTotals(all), Frozen: projectColumn})
	row := make([]any, len(all))
	for x := range w.projects.all() {
		for i, c := range all {
			row[i] = c.value(x)
		}
		p.Add(row...)
	}
	p.Close()
}

// summaryTotals returns the line of totals. It stands above the head, where
// neither sorting nor filtering moves it.
func (w *Workbook) summaryTotals(all []summaryColumn) []any {
	line := make([]any, len(all))
	added := w.summaryAdded(all)
	sums := map[string]float64{}
	for i, c := range all {
		line[i] = book.Shown{Look: c.Look.Total()}
		if !w.added(c) {
			continue
		}
		sum, n := added[i].sum, added[i].n
		sums[c.Name] = sum
		text := c.total(w.summaryCells(c.Name))
		value := any(sum)
		if c.Look == scoreLook {
			value = quotient(sum, float64(n))
		}
		line[i] = book.Shown{Look: c.Look.Total(), Value: book.Formula{Text: text, Value: value}}
	}
	at := func(name string) int { return book.Index(w.summary, name) }
	line[0] = book.Shown{Look: book.CenterLook.Total(), Value: book.Formula{
		Text: "SUBTOTAL(103," + w.summaryCells(verdictColumn) + ")", Value: w.projects.n,
	}}
	if w.mixed() {
		line[at(projectColumn)] = book.Shown{Look: book.TextLook.Total(), Value: "几种表样，金额和分数不合计：见“" + kindSheet + "”"}
		return line
	}
	line[at(projectColumn)] = book.Shown{Look: book.TextLook.Total(), Value: "合计或平均（随筛选变化）"}
	budget, executed := book.Letter(at(budgetColumn)+1), book.Letter(at(executedColumn)+1)
	line[at(rateColumn)] = book.Shown{Look: rateLook.Total(), Value: book.Formula{
		Text: fmt.Sprintf(`IF(%s2=0,"",%s2/%s2)`, budget, executed, budget), Value: quotient(sums[executedColumn], sums[budgetColumn]),
	}}
	return line
}

// added reports whether the values of a column are added up: money and scores of several
// kinds of forms are no sum.
func (w *Workbook) added(c summaryColumn) bool {
	return c.total != nil && (!w.mixed() || c.Look == countLook)
}

// added is what the numbers of a column come to.
type added struct {
	sum float64
	n   int
}

// summaryAdded adds up the columns.
func (w *Workbook) summaryAdded(all []summaryColumn) []added {
	sums := make([]added, len(all))
	for p := range w.projects.all() {
		for i, c := range all {
			if !w.added(c) {
				continue
			}
			v := c.value(p)
			if s, ok := v.(book.Shown); ok {
				v = s.Value
			}
			if x, ok := asNumber(v); ok {
				sums[i] = added{sums[i].sum + x, sums[i].n + 1}
			}
		}
	}
	return sums
}

// summaryCells returns the cells of a column of 汇总.
func (w *Workbook) summaryCells(name string) string {
	return book.Cells(summarySheet, w.summary, name, book.HeadRow+w.projects.n)
}

func asNumber(v any) (float64, bool) {
	switch v := v.(type) {
	case int:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v)
	}
	return 0, false
}

// quotient is a division as the formulas have it: without a divisor there is
// nothing.
func quotient(a, b float64) any {
	if b == 0 {
		return ""
	}
	return a / b
}
