package issue_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ziping/cmd/internal/issue"
	"ziping/rules"
	"ziping/rules/live"
	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
	"ziping/template"
	"ziping/template/formtest"
)

// fillings is how many forms are filled in at random; ZIPING_FILLINGS asks for more.
func fillings(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("ZIPING_FILLINGS")); err == nil {
		return n
	}
	if os.Getenv("ZIPING_THOROUGH") != "" {
		return 300
	}
	return 24
}

// TestAgreement fills in issued workbooks, right, wrong and oddly, and has LibreOffice
// calculate 填报检查: what it blames, and only that, check finds too.
func TestAgreement(t *testing.T) { agree(t, libreOffice(t), fillings(t)) }

// TestAgreementGnumeric is TestAgreement with gnumeric, on a tenth of the forms, but for what
// it calculates otherwise.
func TestAgreementGnumeric(t *testing.T) { agree(t, gnumeric(t), (fillings(t)+9)/10) }

func agree(t *testing.T, p program, n int) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	templates := issueTemplates(t, live.New(set))
	tally := tally{}
	const batch = 500
	for seed := uint64(1); n > 0; n -= batch {
		var forms []filled
		for range min(n, batch) {
			r := rand.New(rand.NewPCG(seed, 17))
			f := filled{template: templates[int(seed)%len(templates)], name: fmt.Sprintf("%05d.xlsx", seed)}
			f.data = fillAtRandom(t, r, f.template)
			forms = append(forms, f)
			seed++
		}
		p.calculated(t, forms, func(f filled, states map[string][]float64) { f.compare(t, set, states, tally, p.lacks) })
		t.Logf("%s: %d forms", p.name, seed-1)
	}
	tally.log(t)
}

// TestAgreementHere is TestAgreement with our own calculation, which fill goes by.
func TestAgreementHere(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	templates := issueTemplates(t, live.New(set))
	tally := tally{}
	for seed := range uint64(2 * len(templates)) {
		f := filled{template: templates[int(seed)%len(templates)], name: fmt.Sprint(seed)}
		f.data = fillAtRandom(t, rand.New(rand.NewPCG(seed, 29)), f.template)
		f.compare(t, set, statesIn(t, f.data, f.template.checks), tally, nil)
	}
	both := 0
	for _, n := range tally {
		both += n[0]
	}
	if both < 100 {
		t.Errorf("only %d findings are seen by both", both)
	}
}

// issuedForm is a workbook as it is issued, with its checks.
type issuedForm struct {
	layout string
	data   []byte
	table  *sheet.Table
	sheet  string
	checks []livecheck.Check

	lastRow int // of the sheet behind
}

// targets are what the forms ask for.
var targets = []string{"=400 场", "≥95%", "100%", "≤90万元", "＞3次", "≤5%", "5个", "≥1000平方米", "按时完成", "80%-90%", "12月底前", "0起", "≤7个工作日", "党政、企业、社会团体等", "≥1.5万人次", "300", "<10天", "≥2次/月"}

func issueTemplates(t *testing.T, translator *live.Translator) []issuedForm {
	var list []issuedForm
	for _, name := range template.Names() {
		layout, err := template.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := template.NewDrawer(layout, "")
		if err != nil {
			t.Fatal(err)
		}
		for i := range 4 {
			r := rand.New(rand.NewPCG(uint64(i), 3))
			project := formtest.Completed(r, name)
			if i == 0 {
				project = new(sheet.Table)
			} else {
				blankOut(r, project)
			}
			data, err := d.DrawChecked(project, issue.Checks(translator))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			wb, err := xlsx.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			found, err := read.WithBlanks(wb, issued.Options{})
			if err != nil || len(found) != 1 {
				t.Fatalf("%s: %d forms, %v", name, len(found), err)
			}
			f := issuedForm{layout: name, data: data, table: found[0].Table, sheet: found[0].Sheet}
			f.checks = translator.Checks(f.table, f.sheet)
			for _, ref := range rowsOf.FindAllStringSubmatch(sheettest.Parts(t, data)["xl/worksheets/sheet4.xml"], -1) {
				f.lastRow, _ = strconv.Atoi(ref[1])
			}
			list = append(list, f)
		}
	}
	return list
}

var rowsOf = regexp.MustCompile(`<row r="([0-9]+)"`)

// blankOut takes out of a form what the department fills in.
func blankOut(r *rand.Rand, t *sheet.Table) {
	t.Goal.Actual, t.Total = sheet.Text{}, sheet.Total{Own: t.Total.Own}
	for i := range t.Funds {
		x := &t.Funds[i]
		x.Executed, x.Rate, x.Score = sheet.Number{}, sheet.Rate{}, sheet.Number{}
	}
	for i := range t.Indicators {
		x := &t.Indicators[i]
		x.Target = sheet.T(targets[r.IntN(len(targets))])
		x.Actual, x.Score, x.Deviation = sheet.Text{}, sheet.Number{}, sheet.Text{}
	}
	for i := range t.Lists {
		for j := range t.Lists[i].Rows {
			for k, f := range t.Lists[i].Rows[j].Own {
				if k > 0 {
					clearOwn(f.Value)
				}
			}
		}
	}
}

func clearOwn(v sheet.Value) {
	switch v := v.(type) {
	case *sheet.Text:
		*v = sheet.Text{}
	case *sheet.Number:
		*v = sheet.Number{}
	case *sheet.Rate:
		*v = sheet.Rate{}
	}
}

// fillAtRandom fills in a form.
func fillAtRandom(t *testing.T, r *rand.Rand, form issuedForm) []byte {
	careful := r.IntN(3) // 0 is nearly right
	done, typed := map[string]bool{}, map[string]any{}
	for _, p := range form.table.Parts() {
		for field := range sheet.Fields(p.Part) {
			at := field.Value.At()
			if !at.Input || done[at.Ref] {
				continue
			}
			done[at.Ref] = true
			typed[at.Ref] = typedFor(r, p.Part, field, careful)
		}
	}
	return typedInto(t, form.data, form.sheet, typed)
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// typedFor is what is typed into a cell: nil for nothing.
func typedFor(r *rand.Rand, part any, field sheet.Field, careful int) any {
	if r.IntN(30) < careful*2 {
		return pick[any](r, nil, "—", " ", "/", "无", "。")
	}
	_, rate := field.Value.(*sheet.Rate)
	_, isText := field.Value.(*sheet.Text)
	switch x, _ := part.(*sheet.Indicator); {
	case rate:
		return pick[any](r, 0.98, "98%", "９８％", 98.11, "98.11%", 0.5)
	case isText && field.Label == "实际完成值":
		return actualFor(r, x.Target.Value, careful)
	case isText && field.Label == "偏差原因分析及改进措施":
		return pick[any](r, nil, nil, "受疫情影响，部分参观团组取消，下一步加强预约管理，改为线上接待", "因天气原因", "见附件", "无", "下一步加强管理", "因招标流标，合同签订推迟，已重新招标，下年安排支付", "请填写偏差原因（100字以内）")
	case isText && field.Label == "年度指标值":
		return pick[any](r, "≥95%", "400场", "按时完成", 5.0, "≤90万元")
	case isText && field.Label == "一级指标":
		return pick[any](r, "产出指标", "效益指标", "其他", nil)
	case isText && strings.Contains(field.Label, "完成"):
		return pick[any](r, "全年完成了各项任务，接待参观四千余人次，预算执行良好", "123.5万元", "已完成", "对照年度目标，说明完成情况（100字以内）", "自评等级为优，执行率低是因为尾款未付")
	case isText:
		return pick[any](r, "运行维护", "维修改造项目", "服务对象", "数量")
	case field.Label == "年度":
		return pick[any](r, 2021.0, 2024.0, "2022", "２０２３", 1999.0)
	case field.Label == "得分" || field.Label == "分值":
		return pointsFor(r, x, field.Label, careful)
	}
	return moneyFor(r, part, field.Label, careful)
}

// odd writes a number as people do.
func odd(r *rand.Rand, v float64, careful int, unit string) any {
	if r.IntN(4) >= careful {
		return v
	}
	plain := quantity.FormatNumber(v)
	wide := strings.Map(func(c rune) rune {
		switch {
		case c >= '0' && c <= '9':
			return c - '0' + '０'
		case c == '.':
			return '．'
		}
		return c
	}, plain)
	whole, point, _ := strings.Cut(plain, ".")
	grouped := ""
	for len(whole) > 3 {
		grouped, whole = ","+whole[len(whole)-3:]+grouped, whole[:len(whole)-3]
	}
	grouped = whole + grouped
	if point != "" {
		grouped += "." + point
	}
	return pick[any](r, plain, wide, grouped, " "+plain+" ", "　"+plain, plain+unit, plain+" "+unit, strings.ReplaceAll(grouped, ",", "，"), plain+"元", plain+"左右", "约"+plain, "-"+plain, plain+".")
}

func pointsFor(r *rand.Rand, x *sheet.Indicator, label string, careful int) any {
	weight := 10.0
	if x != nil && x.Weight.Known {
		weight = x.Weight.Value
	}
	switch r.IntN(6) {
	case 0:
		return odd(r, quantity.Round(weight*r.Float64(), 2), careful, "分")
	case 1:
		return odd(r, quantity.Round(weight+r.Float64(), 1), careful, "分")
	}
	return odd(r, weight, careful, "分")
}

func moneyFor(r *rand.Rand, part any, label string, careful int) any {
	v := quantity.Round(r.Float64()*2000, 2)
	if x, ok := part.(*sheet.Fund); ok && x.Budget.Known && x.Budget.Value > 0 {
		v = quantity.Round(x.Budget.Value*pick(r, 1, 1, 0.98, 0.4, 0.85, 1.1, 10000, 0), 2)
	}
	return odd(r, v, careful, "万元")
}

// actualFor is an actual that may be typed beside a target.
func actualFor(r *rand.Rand, target string, careful int) any {
	q := quantity.ParseTarget(target, 2021)
	if q.Kind != quantity.KindNumber && q.Kind != quantity.KindRange {
		return pick[any](r, "按时完成", "已完成", "2021年12月", "未完成", "部分完成", target, "12月25日", nil, "未开展")
	}
	unit := strings.TrimLeft(quantity.Normalize(target), " ≥≤><=-.0123456789")
	base := q.Low
	switch {
	case q.Unit == "%":
		base, unit = quantity.Round(base*100, 6), pick(r, "%", "%", "％", "")
	case q.Scale > 1:
		base /= q.Scale
	}
	v := quantity.Round(base*pick(r, 1, 1, 1.05, 0.9, 0.455, 1.6, 2.5, 0, 0.99), 2)
	if s, ok := odd(r, v, careful, unit).(string); ok {
		return s
	}
	if r.IntN(5) == 0 {
		return pick[any](r, target, "未完成", "全部完成", "约"+quantity.FormatNumber(v)+unit, "无", quantity.FormatNumber(v)+"个", v, quantity.Round(v/100, 4), "2021", "0.98", "07")
	}
	return quantity.FormatNumber(v) + pick(r, unit, unit, " "+unit, "")
}

// filled is a form that was filled in.
type filled struct {
	name     string
	template issuedForm
	data     []byte
}

// place is a check of a rule at a cell.
type place struct{ rule, cell string }

// tally counts by rule what was seen: blamed by both, by check only, and by the sheet
// only, since it follows from what both blame.
type tally map[string]*[3]int

func (t tally) add(rule string, i int) {
	if t[rule] == nil {
		t[rule] = new([3]int)
	}
	t[rule][i]++
}

func (t tally) log(tt *testing.T) {
	both, open, follow := 0, 0, 0
	for _, rule := range slices.SortedFunc(maps.Keys(t), func(a, b string) int { return cmp.Or(t[b][1]-t[a][1], strings.Compare(a, b)) }) {
		both, open, follow = both+t[rule][0], open+t[rule][1], follow+t[rule][2]
		tt.Logf("%-28s 两处都指出 %4d，只有 check 指出 %4d", rule, t[rule][0], t[rule][1])
	}
	tt.Logf("合计：两处都指出 %d，填报时看不出的 %d，由别的错误引起、审核时不再说的 %d", both, open, follow)
}

// compare holds what the sheet says against what check finds.
func (f filled) compare(t *testing.T, set *rules.Set, states map[string][]float64, tally tally, lacks []string) {
	found, err := read.Forms(f.data)
	if err != nil || len(found) != 1 {
		t.Errorf("%s: %d forms, %v", f.name, len(found), err)
		return
	}
	findings, following := map[place]bool{}, map[place]bool{}
	for _, x := range set.Check(found[0].Table) {
		if x.Rule == "form-untouched" {
			return // then check says nothing else
		}
		findings[place{x.Rule, x.Cell}] = true
	}
	// Of what formulas make of a value that is called wrong check says nothing; the sheet
	// does, until the value is mended. In a form without formulas nothing follows.
	for v := range found[0].Table.Values() {
		v.At().Formula = ""
	}
	for _, x := range set.Check(found[0].Table) {
		following[place{x.Rule, x.Cell}] = !findings[place{x.Rule, x.Cell}]
	}
	for _, c := range f.template.checks {
		if slices.Contains(lacks, c.ID) {
			continue
		}
		said := map[place]float64{}
		for i, cell := range c.Cells {
			if cell == "" {
				continue
			}
			p := place{c.ID, cell}
			if v, ok := said[p]; ok { // of rows with a cell in common, the worst
				said[p] = min(v, states[c.States][i])
			} else {
				said[p] = states[c.States][i]
			}
		}
		for p, state := range said {
			finds := findings[p] || findings[place{p.rule, ""}]
			switch {
			case state == 0 && finds:
				tally.add(p.rule, 0)
			case state == 0 && following[p]:
				tally.add(p.rule, 2)
			case state == 0:
				t.Errorf("%s (%s): %s at %s is blamed, and check finds nothing: %s", f.name, f.template.layout, p.rule, p.cell, f.context(found[0].Table, p.cell))
			case state == 1 && finds:
				t.Errorf("%s (%s): %s at %s is said to hold, and check finds it: %s", f.name, f.template.layout, p.rule, p.cell, f.context(found[0].Table, p.cell))
			case finds:
				tally.add(p.rule, 1)
				if os.Getenv("ZIPING_OPEN") == p.rule {
					t.Logf("%s (%s): %s at %s is open: %s", f.name, f.template.layout, p.rule, p.cell, f.context(found[0].Table, p.cell))
				}
			}
		}
	}
}

// context is the part of the form around a cell.
func (f filled) context(t *sheet.Table, cell string) string {
	for _, p := range t.Parts() {
		for field := range sheet.Fields(p.Part) {
			if field.Value.At().Ref != cell {
				continue
			}
			var b strings.Builder
			fmt.Fprintf(&b, "金额单位=%q 在 %s：%q ", t.MoneyUnit.Value, t.MoneyUnit.Ref, t.MoneyUnit.Typed)
			for _, x := range t.Funds {
				fmt.Fprintf(&b, "[%s %q %q] ", x.Source.Value, x.Budget.Typed, x.Executed.Typed)
			}
			for x := range sheet.Fields(p.Part) {
				fmt.Fprintf(&b, "%s=%q/%v ", x.Label, x.Value.At().Typed, x.Value.Any())
			}
			return b.String()
		}
	}
	return ""
}

// behind is the sheet on which the states stand.
const behind = "_ziping_checks"

// statesIn returns the states of checks by the cells they stand in.
func statesIn(t *testing.T, data []byte, checks []livecheck.Check) map[string][]float64 {
	wb, err := xlsx.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	index := slices.IndexFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == behind })
	grid, err := wb.Grid(index)
	if err != nil {
		t.Fatal(err)
	}
	here := calc.New(calc.NewGrids(wb))
	states := map[string][]float64{}
	for _, c := range checks {
		area, ok := xlsx.ParseRange(strings.ReplaceAll(c.States, "$", ""))
		if !ok {
			t.Fatalf("no cells: %s", c.States)
		}
		for _, row := range c.Rows {
			at, _ := grid.At(row, area.FirstCol)
			if at.Kind == xlsx.Empty { // no program has calculated it
				v, err := here.Value(behind, row, area.FirstCol)
				if err != nil || v.Kind != calc.Number {
					t.Fatalf("%s: %s comes to %v, %v", c.ID, xlsx.Ref(row, area.FirstCol), v, err)
				}
				at.Kind, at.Value = xlsx.Number, v.Number
			}
			if at.Kind != xlsx.Number {
				t.Fatalf("%s: %s is %q", c.ID, xlsx.Ref(row, area.FirstCol), at.Text)
			}
			states[c.States] = append(states[c.States], at.Value)
		}
	}
	return states
}
