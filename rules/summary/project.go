package summary

import (
	"cmp"
	"math"
	"slices"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/quantity"
)

// project is a form as the sheet 汇总 shows it. A number that is not known is NaN.
type project struct {
	file, sheet             string
	several                 bool // the file has more than one form
	year                    int32
	department, implementer string
	name, code, unit        string
	budget, executed        float64 // in 万元
	rate                    float64
	levels                  []levelScore
	execution, total        float64
	grade                   string
	errors, warnings, infos int32
}

var unknown = math.NaN()

// numberOf returns a number of a form.
func numberOf(n sheet.Number) float64 {
	if !n.Known {
		return unknown
	}
	return n.Value
}

// inWan says what makes an amount in a unit of money one in 万元. What has another
// unit, or none, can't be added up.
var inWan = map[string]struct{ times, over float64 }{"元": {1, 1e4}, "千元": {1, 10}, "万元": {1, 1}, "亿元": {1e4, 1}}

// amount returns an amount of a form in 万元, with all its digits.
func amount(n sheet.Number, unit string) float64 {
	to, ok := inWan[unit]
	if !ok || !n.Known {
		return unknown
	}
	return quantity.Round(n.Value*to.times/to.over, 15)
}

// project takes what the summary shows of a form.
func (w *Workbook) project(f *report.File, t *report.Table) *project {
	form := t.Form
	p := &project{
		file: f.Name, sheet: t.Sheet, several: len(f.Tables) > 1, year: int32(form.Year.Value), department: w.departments.name(form.Department.Value),
		implementer: form.Implementer.Value, name: form.Project.Value, code: form.Code.Value, unit: form.MoneyUnit.Value,
		rate: unknown, execution: unknown, total: unknown, grade: t.Grade,
	}
	total := form.Fund(sheet.WholeFund)
	p.budget, p.executed = amount(total.Budget, p.unit), amount(total.Executed, p.unit)
	if total.Budget.Known && total.Executed.Known && total.Budget.Value != 0 {
		p.rate = quantity.Round(total.Executed.Value/total.Budget.Value, 15)
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

// levelScore is the score of one level 1, as levels numbers them.
type levelScore struct {
	level int
	score float64
}

// score adds to the score of a level 1.
func (p *project) score(level int, score float64) {
	for i := range p.levels {
		if p.levels[i].level == level {
			p.levels[i].score += score
			return
		}
	}
	p.levels = append(p.levels, levelScore{level, score})
}

// sum returns the score of several levels together.
func (p *project) sum(levels []int) float64 {
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
func (p *project) passed() bool { return p.errors == 0 }

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
		i = len(l.list)
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
