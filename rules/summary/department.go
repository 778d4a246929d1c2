package summary

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"ziping/sheet/book"
	"ziping/sheet/returns"
	"ziping/sheet/visible"
)

// departmentNames gives a department one name, however its forms write it.
type departmentNames struct{ names map[string]string }

// meanColumn is the mean of the scores, within one kind of forms.
const meanColumn = "平均分"

// noDepartment is the department of forms that name none.
const noDepartment = "（未填主管部门）"

// longestCompared is less than the longest text that COUNTIFS compares.
const longestCompared = 200

// name returns the name: as the project list writes it, else as the first form
// does.
func (d *departmentNames) name(s string) string {
	s = book.Cut(visible.Line(strings.TrimSpace(strings.ReplaceAll(s, "\n", " "))), longestCompared)
	if s == "" {
		return noDepartment
	}
	key := returns.Folded(s)
	name, ok := d.names[key]
	if !ok {
		name = strings.Clone(s)
		d.names[strings.Clone(key)] = name
	}
	return name
}

// department is one row of the sheet 部门.
type department struct {
	name                    string
	listed, missing         int
	returned, passed        int
	grades                  map[string]int
	errors, warnings, infos int
	scores                  float64
	scored                  int
	kinds                   map[string]bool // of the forms that scores come from
	budget, executed        float64
}

func newDepartment(name string) *department {
	return &department{name: name, grades: map[string]int{}, kinds: map[string]bool{}}
}

// mean returns the mean of the scores. Of several kinds of forms there is none: what
// they score is not the same.
func (d *department) mean() any {
	if len(d.kinds) > 1 {
		return ""
	}
	return quotient(d.scores, float64(d.scored))
}

// byDepartment counts the projects, those with the most first.
func (w *Workbook) byDepartment() []*department {
	of := map[string]*department{}
	var list []*department
	get := func(name string) *department {
		d := of[name]
		if d == nil {
			d = newDepartment(name)
			of[name] = d
			list = append(list, d)
		}
		return d
	}
	came := map[returns.Identity]string{} // the department that a listed project's form names
	for p := range w.projects.all() {
		if p.listed.Department == "" && p.listed.Name != "" {
			came[p.listed] = p.department
		}
	}
	for _, l := range w.options.Listed {
		d := get(w.departments.name(cmp.Or(l.Department, came[l.Identity])))
		d.listed++
		if !l.Returned {
			d.missing++
		}
	}
	for p := range w.projects.all() {
		get(p.department).add(p, w.mixed())
	}
	slices.SortStableFunc(list, func(a, b *department) int {
		return cmp.Or(-cmp.Compare(a.returned+a.missing, b.returned+b.missing), cmp.Compare(a.name, b.name))
	})
	return list
}

func (d *department) add(p *projectRow, mixed bool) {
	d.returned++
	if p.passed() {
		d.passed++
	}
	d.grades[p.grade]++
	d.errors, d.warnings, d.infos = d.errors+p.errors, d.warnings+p.warnings, d.infos+p.infos
	if mixed && p.whole {
		return
	}
	if !math.IsNaN(p.total) {
		d.scores, d.scored = d.scores+p.total, d.scored+1
		d.kinds[p.kind] = true
	}
	if !math.IsNaN(p.budget) {
		d.budget += p.budget
	}
	if !math.IsNaN(p.executed) {
		d.executed += p.executed
	}
}

// departmentCell is a column of 部门.
type departmentCell struct {
	book.Column
	formula func(criterion string, row int) string // nil where a value stands
	value   func(d *department) any
	total   string // "sum", or a formula for all departments
}

// departmentCells returns the columns of 部门.
func (w *Workbook) departmentCells() []departmentCell {
	name := w.summaryCells(departmentColumn)
	counted := func(more ...string) func(string, int) string {
		return func(criterion string, _ int) string {
			return "COUNTIFS(" + strings.Join(append([]string{name, criterion}, more...), ",") + ")"
		}
	}
	summed := func(of string, more string) func(string, int) string {
		return func(criterion string, _ int) string {
			return "SUMIFS(" + w.summaryCells(of) + "," + name + "," + criterion + more + ")"
		}
	}
	projects := "" // where there are forms of whole departments too, the money and the scores are those of the projects
	if w.mixed() {
		for _, kind := range w.kinds() {
			if w.kindsSeen[kind] {
				projects += "," + w.summaryCells(kindColumn) + "," + book.Literal("<>"+kind)
			}
		}
	}
	count := func(name string, formula func(string, int) string, value func(d *department) int) departmentCell {
		return departmentCell{column(name, 8, countLook), formula, func(d *department) any { return value(d) }, "sum"}
	}
	list := []departmentCell{
		{Column: column(departmentColumn, 34, book.TextLook), value: func(d *department) any { return d.name }},
	}
	if w.options.Listed != nil {
		missing := func(criterion string, _ int) string {
			return "COUNTIFS(" + w.missingCells("情况") + "," + book.Literal(notReturned) + "," + w.missingCells(departmentColumn) + "," + criterion + ")"
		}
		list = append(list,
			count("应报送", nil, func(d *department) int { return d.listed }),
			count("未报送", missing, func(d *department) int { return d.missing }))
	}
	average := `IFERROR(AVERAGE(` + w.summaryCells(totalColumn) + `),"")`
	if w.mixed() {
		average = `IFERROR(AVERAGEIFS(` + w.summaryCells(totalColumn) + "," + name + `,"<>"` + projects + `),"")`
	}
	verdicts := w.summaryCells(verdictColumn)
	list = append(list,
		count("已报送", counted(), func(d *department) int { return d.returned }),
		count(passed, counted(verdicts, book.Literal(passed)), func(d *department) int { return d.passed }),
		count(sentBack, counted(verdicts, book.Literal(sentBack)), func(d *department) int { return d.returned - d.passed }),
		departmentCell{column(meanColumn, 9, scoreLook), func(criterion string, _ int) string {
			return `IFERROR(AVERAGEIFS(` + w.summaryCells(totalColumn) + "," + name + "," + criterion + projects + `),"")`
		}, (*department).mean, average},
	)
	for _, grade := range grades {
		list = append(list, count(grade, counted(w.summaryCells(gradeColumn), book.Literal(grade)), func(d *department) int { return d.grades[grade] }))
	}
	list = append(list,
		count(errorColumn, summed(errorColumn, ""), func(d *department) int { return d.errors }),
		count(warningColumn, summed(warningColumn, ""), func(d *department) int { return d.warnings }),
		departmentCell{column(budgetColumn, 16, moneyLook), summed(budgetColumn, projects), func(d *department) any { return d.budget }, "sum"},
		departmentCell{column(executedColumn, 16, moneyLook), summed(executedColumn, projects), func(d *department) any { return d.executed }, "sum"},
	)
	budget, executed := book.Letter(len(list)-1), book.Letter(len(list))
	rate := func(row int) string {
		return fmt.Sprintf(`IF(%s%d=0,"",%s%d/%s%d)`, budget, row, executed, row, budget, row)
	}
	return append(list, departmentCell{column(rateColumn, 9, rateLook), func(_ string, row int) string { return rate(row) },
		func(d *department) any { return quotient(d.executed, d.budget) }, rate(book.HeadRow - 1)})
}

// grades are the grades, the best first.
var grades = []string{"优", "良", "中", "差"}

// writeDepartments writes the sheet 部门.
func (w *Workbook) writeDepartments(list []*department) {
	all := w.departmentCells()
	for _, c := range all {
		w.byName = append(w.byName, c.Column)
	}
	p := w.book.NewList(book.List{
		Sheet: departmentSheet, Title: w.title("各主管部门自评情况"), Columns: w.byName, Above: w.departmentTotals(all, list), Frozen: departmentColumn,
	})
	row := make([]any, len(all))
	for _, d := range list {
		for i, c := range all {
			row[i] = c.value(d)
			if c.formula != nil && !(c.Name == meanColumn && len(d.kinds) > 1) {
				at := p.LastRow() + 1
				row[i] = book.Formula{Text: c.formula(criterion(fmt.Sprintf("$A%d", at), d.name), at), Value: row[i]}
			}
		}
		p.Add(row...)
	}
	p.Close()
}

// departmentTotals returns the line of totals over all departments.
func (w *Workbook) departmentTotals(all []departmentCell, list []*department) []any {
	every := newDepartment("")
	for _, d := range list {
		every.listed, every.missing = every.listed+d.listed, every.missing+d.missing
	}
	for p := range w.projects.all() {
		every.add(p, w.mixed())
	}
	line := make([]any, len(all))
	for i, c := range all {
		text := c.total
		if text == "sum" {
			text = "SUM(" + book.Cells(departmentSheet, w.byName, c.Name, book.HeadRow+len(list)) + ")"
		}
		value := c.value(every)
		if c.Name == meanColumn && len(every.kinds) > 1 {
			line[i] = book.Shown{Look: c.Look.Total(), Value: value}
			continue
		}
		line[i] = book.Shown{Look: c.Look.Total(), Value: book.Formula{Text: text, Value: value}}
	}
	name := fmt.Sprintf("全部 %d 个部门", len(list))
	if len(every.kinds) > 1 {
		name += "，平均分见“" + kindSheet + "”"
	}
	line[0] = book.Shown{Look: book.TextLook.Total(), Value: name}
	return line
}

// criterion returns how COUNTIFS and its like are told to look for the text of a
// cell, and not for what * and ? and > mean to them.
func criterion(ref, text string) string {
	if !strings.ContainsAny(text, "*?~") && strings.IndexAny(text, "=<>") != 0 {
		return ref
	}
	return `"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(` + ref + `,"~","~~"),"*","~*"),"?","~?")`
}
