package summary

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/quantity"
	"ziping/sheet/returns"
)

// projectRow is a form as the sheet 汇总 shows it. A number that is not known is NaN.
type projectRow struct {
	file, sheet             string
	table                   int              // which of the forms of the file
	listed                  returns.Identity // of the list; zero where that is not known
	several                 bool             // the file has more than one form
	year                    int
	department, implementer string
	name, code, unit        string
	budget, executed        float64 // in 万元
	rate                    float64
	levels                  []levelScore
	execution, total        float64
	grade                   string
	errors, warnings, infos int
	kind                    string // of its form
	whole                   bool   // it is of a whole department: its money is that of the projects too
	doubtful                bool   // its amounts can't be added up: they are thousands of times what they may be
}

// mostExecuted is how many times the budget may be executed, and the first budget
// adjusted, for a number that can be in the unit of the form. Who types 元 into a form
// in 万元 is ten thousand times over.
const mostExecuted = 100

var unknown = math.NaN()

// usualKind is the kind of form that most summaries have alone.
var usualKind = sync.OnceValue((*sheet.Form)(nil).Kind)

// numberOf returns a number of a form.
func numberOf(n sheet.Number) float64 {
	if !n.Known {
		return unknown
	}
	return n.Value
}

// amount returns an amount of a form in 万元. What has another unit, or none, can't
// be added up.
func amount(n sheet.Number, unit string) float64 {
	wan, ok := sheet.InWan(n.Value, unit)
	if !ok || !n.Known {
		return unknown
	}
	return wan
}

// project takes what the summary shows of a form.
func (w *Workbook) project(f *report.File, table int) *projectRow {
	t := &f.Tables[table]
	form := t.Form
	p := &projectRow{
		file: f.Name, sheet: t.Sheet, table: table, listed: t.Listed, several: len(f.Tables) > 1, year: int(form.Year.Value), department: w.departments.name(cmp.Or(form.Department.Value, t.Listed.Department)),
		implementer: form.Implementer.Value, name: form.Project.Value, code: form.Code.Value, unit: form.MoneyUnit.Value,
		rate: unknown, execution: unknown, total: unknown, grade: t.Grade,
	}
	p.kind = form.Form.Kind()
	p.whole = form.Form.OfDepartment()
	total := form.Fund(sheet.WholeFund)
	p.budget, p.executed = amount(total.Budget, p.unit), amount(total.Executed, p.unit)
	p.doubtful = beyond(total.Executed, total.Budget) || beyond(total.Budget, total.InitialBudget)
	if total.Budget.Known && total.Executed.Known && total.Budget.Value != 0 && !p.doubtful {
		p.rate = quantity.Round(total.Executed.Value/total.Budget.Value, 15)
	}
	if p.doubtful {
		p.budget, p.executed = unknown, unknown
	}
	p.execution = numberOf(total.Score)
	if t.Total != nil {
		p.total = *t.Total
	}
	for _, x := range form.Indicators {
		if x.Score.Known {
			p.score(w.levels.number(x.Level1.Value), x.Score.Value)
		}
	}
	for _, x := range t.Findings {
		switch x.Severity {
		case rules.Error:
			p.errors++
		case rules.Warning:
			p.warnings++
		default:
			p.infos++
		}
	}
	return p
}

// beyond reports whether an amount is far more than another that bounds it.
func beyond(n, bound sheet.Number) bool {
	return n.Known && bound.Known && bound.Value > 0 && n.Value > mostExecuted*bound.Value
}

// levelScore is the score of one level 1, as levels numbers them.
type levelScore struct {
	level int
	score float64
}

// score adds to the score of a level 1.
func (p *projectRow) score(level int, score float64) {
	for i := range p.levels {
		if p.levels[i].level == level {
			p.levels[i].score += score
			return
		}
	}
	p.levels = append(p.levels, levelScore{level, score})
}

// sum returns the score of several levels together.
func (p *projectRow) sum(levels []int) float64 {
	sum := unknown
	for _, l := range p.levels {
		if !slices.Contains(levels, l.level) {
			continue
		}
		sum = orIf(sum, 0) + l.score
	}
	return sum
}

// passed reports whether nothing has to be put right.
func (p *projectRow) passed() bool { return p.errors == 0 }

// verdict is what the project comes to.
func (p *projectRow) verdict() book.Shown {
	if p.passed() {
		return inColor(darkGreen, passed)
	}
	return inColor(darkRed, sentBack)
}

// levels numbers the names of level 1.
type levels struct {
	numbers map[string]int
	list    []string
	count   []int // of the indicators
}

// noLevel is the level of indicators that name none.
const noLevel = "未写一级指标"

func (l *levels) number(name string) int {
	if name == "" {
		name = noLevel
	}
	i, ok := l.numbers[name]
	if !ok {
		i, name = len(l.list), strings.Clone(name)
		l.numbers[name] = i
		l.list, l.count = append(l.list, name), append(l.count, 0)
	}
	l.count[i]++
	return i
}

// usualLevels are the names of 财预〔2020〕10号 and 财预〔2021〕101号.
var usualLevels = []string{"成本指标", "产出指标", "效益指标", "满意度指标"}

// mostLevels is how many columns there are for names of level 1. A form in which
// anything may stand must not make a thousand.
const mostLevels = 10

// otherLevels is the column of all other names.
const otherLevels = "其他一级指标"

// shown returns the numbers of the names that have a column of their own, in the
// order of the columns, and those of the others. It does not depend on the order
// in which they came.
func (l *levels) shown() (own, others []int) {
	for i := range l.list {
		own = append(own, i)
	}
	usual := func(i int) int {
		if n := slices.Index(usualLevels, l.list[i]); n >= 0 {
			return n
		}
		return len(usualLevels)
	}
	slices.SortFunc(own, func(a, b int) int {
		return cmp.Or(cmp.Compare(usual(a), usual(b)), -cmp.Compare(l.count[a], l.count[b]), cmp.Compare(l.list[a], l.list[b]))
	})
	most := min(mostLevels, len(own))
	return own[:most], own[most:]
}
