package campaign

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// year is that of the campaign.
const year = 2024

// madeForm is a completed form in the making.
type madeForm struct {
	rand    *rand.Rand
	project string // as it was issued, whatever the form says
	topic   string
	taken   *taken
	table   sheet.Table // but for 绩效指标
	rows    []*row
	late    []func()       // what is done when the scores are settled
	edits   map[string]any // what is typed over cells, by path; nil clears
	again   bool           // the form is returned twice

	planting string // the name of a fault
	found    []expectation
}

// taken are texts that a campaign has once.
type taken struct{ projects, explanations map[string]bool }

// newForm makes a form that is right.
func newForm(r *rand.Rand, t *taken) *madeForm {
	f := &madeForm{rand: r, taken: t, edits: map[string]any{}}
	f.head()
	f.funds()
	f.indicators()
	for _, row := range f.rows {
		switch n := r.IntN(100); {
		case n < 12:
			row.miss()
		case n < 15 && row.exceed():
			row.Deviation = sheet.T(f.unique(row, vocab.Surplus.Causes, nil))
		case n < 30:
			row.Deviation = sheet.T(pick(r, []string{"无", "—", "无偏差", "/", "已按计划完成"}))
		}
	}
	f.settle()
	return f
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// head makes the names and the goal.
func (f *madeForm) head() {
	r := f.rand
	department := pick(r, vocab.departments)
	for tries := 0; f.project == "" || f.taken.projects[f.project]; tries++ {
		f.topic = pick(r, vocab.Departments[department])
		f.project = pick(r, vocab.Places) + f.topic + pick(r, vocab.Kinds)
		if r.IntN(5) == 0 { // ever more phases: there are names for as many projects as are asked for
			f.project += "（" + phase(r.IntN(6+tries)) + "期）"
		}
	}
	f.taken.projects[f.project] = true
	fill := strings.NewReplacer("{t}", f.topic, "{p}", f.project)
	implementer := department
	if r.IntN(3) > 0 {
		implementer = pick(r, vocab.Places) + strings.TrimPrefix(f.topic, "市") + pick(r, []string{"中心", "管理所", "服务站"})
	}
	f.table = sheet.Table{
		Year: sheet.N(year), Project: sheet.T(f.project), Department: sheet.T(department), Implementer: sheet.T(implementer),
		MoneyUnit: sheet.T("万元"),
		Goal:      sheet.Goal{Expected: sheet.T(fill.Replace(pick(r, vocab.Goal.Expected))), Actual: sheet.T(fill.Replace(pick(r, vocab.Goal.Actual)))},
	}
	if r.IntN(12) == 0 {
		f.table.MoneyUnit = sheet.T("元")
	}
}

// phase is a phase of a project, from 0 on, as its name says it.
func phase(i int) string {
	if few := []string{"一", "二", "三", "四", "五", "六"}; i < len(few) {
		return few[i]
	}
	return strconv.Itoa(i + 1)
}

// funds makes 项目资金: a few projects are large, most are not; nearly all is
// spent.
func (f *madeForm) funds() {
	r := f.rand
	total := math.Exp(4.5 + 1.4*r.NormFloat64()) // 万元; half of them under 90
	total = min(max(total, 5), 90000)
	f.table.Funds = []sheet.Fund{{Source: sheet.T(sheet.WholeFund), Weight: sheet.N(10)}}
	f.fund("当年财政拨款", total)
	if r.IntN(3) == 0 {
		f.fund("上年结转资金", total*0.2*r.Float64()+1)
	}
	if r.IntN(6) == 0 {
		f.fund("其他资金", total*0.4*r.Float64()+1)
	}
	f.settle()
}

func (f *madeForm) fund(source string, about float64) {
	r := f.rand
	initial := about
	if r.IntN(3) == 0 {
		initial *= 0.8 + 0.4*r.Float64()
	}
	if source == "上年结转资金" {
		initial = 0
	}
	executed := about
	if r.IntN(5) > 0 {
		executed *= 1 - 0.3*r.Float64()*r.Float64()
	}
	x := sheet.Fund{Source: sheet.T(source), InitialBudget: f.money(initial), Budget: f.money(about), Executed: f.money(executed)}
	x.Executed.Value = min(x.Executed.Value, x.Budget.Value)
	f.table.Funds = append(f.table.Funds, x)
}

// money is an amount in 万元 as the form has it.
func (f *madeForm) money(v float64) sheet.Number {
	if f.table.MoneyUnit.Value == "元" {
		return sheet.N(quantity.Round(v*10000, 2))
	}
	return sheet.N(quantity.Round(v, pick(f.rand, []int{2, 2, 2, 6})))
}

// A level is a 一级指标: its weight, the 二级指标 that it must have, and how
// many rows it may have besides.
type level struct {
	name   string
	weight int
	must   []string
	others int
}

var (
	levels = []level{
		{"产出指标", 50, []string{"数量指标", "质量指标", "时效指标"}, 4},
		{"效益指标", 30, []string{""}, 3},
		{"满意度指标", 10, []string{""}, 1},
	}
	levelsWithCost = []level{
		{"成本指标", 20, []string{""}, 2},
		{"产出指标", 40, []string{"数量指标", "质量指标", "时效指标"}, 3},
		{"效益指标", 20, []string{""}, 2},
		{"满意度指标", 10, []string{""}, 1},
	}
)

// indicators makes 绩效指标.
func (f *madeForm) indicators() {
	list, cost := levels, f.rand.IntN(3) == 0
	if cost {
		list = levelsWithCost
	}
	names := map[string]bool{}
	for _, l := range list {
		var rows []*row
		add := func(level2 string) {
			s := f.spec(l.name, level2, cost)
			if name := strings.ReplaceAll(pick(f.rand, s.Names), "{t}", f.topic); !names[name] {
				names[name] = true
				rows = append(rows, newRow(f, s, name))
			}
		}
		for _, level2 := range l.must {
			add(level2)
		}
		for range f.rand.IntN(l.others + 1) {
			add("")
		}
		slices.SortStableFunc(rows, func(a, b *row) int { return order(a.spec) - order(b.spec) })
		for i, w := range split(f.rand, l.weight, len(rows)) {
			rows[i].Weight = sheet.N(float64(w))
		}
		f.rows = append(f.rows, rows...)
	}
}

// spec picks an indicator of a level; with 成本指标 as a level 1 of its own there
// is none among 产出指标.
func (f *madeForm) spec(level1, level2 string, cost bool) *spec {
	for {
		s := &vocab.Indicator[f.rand.IntN(len(vocab.Indicator))]
		if s.Level1 == level1 && (level2 == "" || s.Level2 == level2) && !(cost && level1 == "产出指标" && s.Level2 == "成本指标") {
			return s
		}
	}
}

// order is where the 二级指标 of an indicator stands among others.
func order(s *spec) int {
	return slices.IndexFunc(vocab.Indicator, func(o spec) bool { return o.Level1 == s.Level1 && o.Level2 == s.Level2 })
}

// split gives a weight to n rows, in whole points.
func split(r *rand.Rand, weight, n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = weight / n
	}
	list[0] += weight % n
	for range n {
		i, j := r.IntN(n), r.IntN(n)
		if give := min(list[i]-2, r.IntN(6)); give > 0 {
			list[i] -= give
			list[j] += give
		}
	}
	return list
}

// explanation is the cause of a deviation and the measure taken.
func (f *madeForm) explanation(r *row) string {
	return f.unique(r, vocab.Deviation.Causes, vocab.Deviation.Measures)
}

// unique makes a text that no other row of the campaign has: its numbers grow until
// there is one.
func (f *madeForm) unique(r *row, lists ...[]string) string {
	for tries := 0; ; tries++ {
		var parts []string
		for _, l := range lists {
			if l != nil {
				parts = append(parts, r.counting(pick(f.rand, l), 60+tries))
			}
		}
		text := strings.Join(parts, "；") + "。"
		if !f.taken.explanations[text] {
			f.taken.explanations[text] = true
			return text
		}
	}
}

// settle calculates what follows from the rest.
func (f *madeForm) settle() {
	t := &f.table
	all := &t.Funds[0]
	all.InitialBudget, all.Budget, all.Executed = sheet.N(0), sheet.N(0), sheet.N(0)
	for _, s := range t.Funds[1:] {
		add(&all.InitialBudget, s.InitialBudget.Value, 6)
		add(&all.Budget, s.Budget.Value, 6)
		add(&all.Executed, s.Executed.Value, 6)
	}
	rate := 0.0
	if all.Budget.Value != 0 {
		rate = all.Executed.Value / all.Budget.Value
	}
	all.Rate.Number = sheet.N(quantity.Round(rate, 4))
	all.Score = sheet.N(quantity.Round(all.Weight.Value*min(1, rate), 2))
	t.Total = sheet.Total{Weight: all.Weight, Score: all.Score}
	for _, r := range f.rows {
		if !r.pinned {
			r.Score = sheet.N(r.earned())
		}
		add(&t.Total.Weight, r.Weight.Value, 2)
		add(&t.Total.Score, r.Score.Value, 2)
	}
}

func add(sum *sheet.Number, v float64, places int) { sum.Value = quantity.Round(sum.Value+v, places) }

// completed is the form as the department fills it in, but for the edits.
func (f *madeForm) completed() *sheet.Table {
	t := f.table
	for _, r := range f.rows {
		t.Indicators = append(t.Indicators, r.Indicator)
	}
	return &t
}

// issued is what of a form is known when it is handed out.
func issued(t *sheet.Table) *sheet.Table {
	p := *t
	p.Goal.Actual, p.Total = sheet.Text{}, sheet.Total{}
	p.Funds = slices.Clone(t.Funds)
	for i := range p.Funds {
		x := &p.Funds[i]
		x.Executed, x.Score, x.Rate = sheet.Number{}, sheet.Number{}, sheet.Rate{}
		if i == 0 {
			x.InitialBudget, x.Budget = sheet.Number{}, sheet.Number{}
		}
	}
	p.Indicators = slices.Clone(t.Indicators)
	for i := range p.Indicators {
		x := &p.Indicators[i]
		x.Actual, x.Score, x.Deviation = sheet.Text{}, sheet.Number{}, sheet.Text{}
	}
	return &p
}
