package template

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// rows reads what stands below the head of a page.
func (r *listReader) rows(h *header) {
	projects, indicators := h.lists()
	if !h.has("项目名称") && !(indicators && !projects && h.has("项目编码")) {
		r.fail(h.page.problem(sheet.Cell{}, "缺少“项目名称”这一列"))
		return
	}
	b := block{listReader: r, header: h, ofProjects: projects, ofIndicators: indicators}
	for i := h.first; i < len(h.page.rows); i++ {
		b.row(&h.page.rows[i])
	}
}

// block is a list that is read row by row.
type block struct {
	*listReader
	*header
	ofProjects, ofIndicators bool // what it lists: one or both

	current  naming  // what names the project of the row
	project  *listed // of the row, where the block lists projects
	level    sheet.Indicator
	reported map[string]bool // merged areas

	explained bool // a note stands above that may have more lines
}

// naming is what a row calls its project by. What stands once for several rows is
// taken over from above.
type naming struct {
	year                                   sheet.Number
	project, code, department, implementer sheet.Text
	typed                                  map[string]bool // labels that stand in the row itself
}

// row reads one row.
func (b *block) row(r *listRow) {
	if b.skip(r) {
		return
	}
	above := b.current
	begins := b.name(r)
	if b.sum(r) { // what it is the sum of may stand once for the rows below
		if b.current.department.Value != above.department.Value {
			b.current.project, b.current.code = sheet.Text{}, sheet.Text{}
		}
		return
	}
	if b.ofProjects {
		b.readProject(r, begins)
	}
	if b.ofIndicators {
		b.readIndicator(r, begins)
	}
}

// skip reports whether a row says nothing of a project: nothing in our columns, a
// sum, a note, or the head once more, as at the top of a printed page.
func (b *block) skip(r *listRow) bool {
	var cells []listCell
	for _, c := range r.cells {
		if !c.empty() {
			cells = append(cells, c)
		}
	}
	if len(cells) == 0 || b.beginsSum(r, cells[0]) || b.note(cells) {
		return true
	}
	known := false
	for _, col := range b.columns {
		c, own := b.page.above(r, col)
		known = known || own && !c.empty()
	}
	name := r.at(b.columns["项目名称"])
	return !known || columnLabel(name.Text) == "项目名称" || b.unclear(cells)
}

// beginsSum reports whether the first cell of a row says that it is a sum. With a
// target it may be an indicator.
func (b *block) beginsSum(r *listRow, first listCell) bool {
	of, ok := sumOf(first.Text)
	target, name := r.at(b.columns["年度指标值"]), r.at(b.columns["项目名称"])
	if b.ofIndicator(first) {
		return ok && of == "" && target.empty()
	}
	return ok && (of == "" || name.empty() && fold(of) == fold(b.current.department.Value))
}

// sum reports whether the name of a project is that of a sum.
func (b *block) sum(r *listRow) bool {
	c := r.at(b.columns["项目名称"])
	of, ok := sumOf(c.Text)
	if ok && of != "" && fold(of) != fold(b.current.department.Value) {
		b.fail(b.page.problem(c.place(), "“%s”像是小计行，请写明“小计”；是项目的，请改用别的名称", c.Text))
	}
	return ok
}

// wide reports whether a cell is merged over the column 项目名称 and others, as
// headings are.
func (b *block) wide(c listCell) bool {
	area, ok := b.page.merged(c.Row, c.Col)
	name := b.columns["项目名称"]
	return ok && area.LastCol-area.FirstCol >= 2 && area.FirstCol <= name && name <= area.LastCol
}

// name reads what names the project of a row, and reports whether it is another
// than that of the row above.
func (b *block) name(r *listRow) bool {
	n := naming{typed: map[string]bool{}}
	b.take(r, &n.project, "项目名称", &n)
	b.take(r, &n.code, "项目编码", &n)
	b.take(r, &n.department, "主管部门", &n)
	b.take(r, &n.implementer, "实施单位", &n)
	b.take(r, &n.year, "年度", &n)
	above := b.current
	if n.department.Value == "" {
		n.department = above.department
	}
	if n.implementer.Value == "" && !n.typed["主管部门"] {
		n.implementer = above.implementer
	}
	if !n.year.Known {
		n.year = above.year
	}
	if !n.year.Known && n.year.Problem == "" {
		n.year = b.year
	}
	begins := n.project.Value != "" && (n.typed["项目名称"] || b.current.project.Value == "")
	if n.project.Value == "" && n.code.Value != "" && !b.ofProjects {
		begins = n.code.Value != above.code.Value
	} else if n.project.Value == "" {
		n.project, n.code = above.project, above.code
		if n.implementer.Value == "" && fold(n.department.Value) == fold(above.department.Value) {
			n.implementer = above.implementer
		}
		begins = false
	}
	if begins && b.ofIndicators && sameNaming(&n, &above) {
		begins = false // a name that is repeated in every row
	}
	if !begins {
		n.typed = above.typed
	}
	b.current = n
	return begins
}

// take reads one of the values that name a project.
func (b *block) take(r *listRow, v sheet.Value, label string, n *naming) {
	col := b.columns[label]
	if col == 0 {
		return
	}
	c, own := b.page.above(r, col)
	if _, sum := sumOf(c.Text); sum && label == "项目名称" {
		return
	}
	n.typed[label] = own && !c.empty()
	if own || label != "项目名称" && label != "项目编码" {
		b.set(v, c, b.names[col])
	}
	if t, ok := v.(*sheet.Text); ok {
		t.Value = strings.ReplaceAll(t.Value, "\n", "") // a name that was wrapped by hand
	}
}

func sameNaming(a, b *naming) bool {
	return fold(a.project.Value) == fold(b.project.Value) && fold(a.department.Value) == fold(b.department.Value) &&
		fold(a.implementer.Value) == fold(b.implementer.Value) && a.year.Value == b.year.Value &&
		(a.code.Value == "" || fold(a.code.Value) == fold(b.code.Value))
}

// fold takes the white space out of a name: it does not tell two apart.
func fold(s string) string { return strings.Join(strings.Fields(quantity.Normalize(s)), "") }

// readProject reads the project of a row, or what a row below its first one says.
func (b *block) readProject(r *listRow, begins bool) {
	if !begins {
		b.belowProject(r)
		return
	}
	t := &sheet.Table{
		Year: b.current.year, Project: b.current.project, Code: b.current.code,
		Department: b.current.department, Implementer: b.current.implementer,
	}
	for _, v := range []struct {
		label string
		value sheet.Value
	}{{"项目负责人", &t.Leader}, {"联系电话", &t.Phone}, {"金额单位", &t.MoneyUnit}, {"预期目标", &t.Goal.Expected}} {
		if col := b.columns[v.label]; col > 0 {
			c, _ := b.page.above(r, col)
			b.set(v.value, c, b.names[col])
		}
	}
	b.moneyUnit(t)
	for _, source := range sourceLabels {
		b.fund(r, t, source)
	}
	b.checkSum(t)
	b.project = &listed{Project{Table: t, File: b.page.file, Sheet: b.page.sheet}, b.page}
	b.listed = append(b.listed, b.project)
}

// belowProject reports what stands in a row that begins no project.
func (b *block) belowProject(r *listRow) {
	if name := r.at(b.columns["项目名称"]); !name.empty() && !b.ofIndicators {
		return // it can't be read: that is reported
	}
	for label, col := range b.sorted() {
		heads := slices.Contains([]string{"年度", "主管部门", "实施单位"}, label) && !b.within(r)
		if slices.Contains(slices.Concat(indicatorLabels, besideLabels), label) || heads {
			continue
		}
		c, own := b.page.above(r, col)
		switch {
		case !own || c.empty():
		case b.current.project.Value == "" || !b.ofIndicators && !b.within(r):
			b.fail(b.page.problem(c.place(), "这一行缺少“项目名称”（小计行请写明“小计”）"))
			return
		case b.repeats(label, c):
		default:
			b.fail(b.page.problem(c.place(), "“%s”属于上面的项目“%s”，只能在该项目的第一行填写；是另一个项目的，请写明项目名称", b.names[col], b.current.project.Value))
			return
		}
	}
}

// within reports whether the name of the project is merged over the row.
func (b *block) within(r *listRow) bool {
	_, own := b.page.above(r, b.columns["项目名称"])
	return !own
}

// repeats reports whether a cell says again what the first row of the project
// says.
func (b *block) repeats(label string, c listCell) bool {
	if b.project == nil {
		return false
	}
	t := b.project.Table
	v := sheet.Lookup(t, label)
	if source, amount, ok := strings.Cut(label, "."); ok {
		v = sheet.Lookup(t.Fund(source), amount)
	} else if label == "预期目标" {
		v = &t.Goal.Expected
	}
	return v != nil && strings.TrimSpace(v.At().Typed) == strings.TrimSpace(c.Text)
}

// sorted yields the columns from left to right.
func (h *header) sorted() func(yield func(string, int) bool) {
	return func(yield func(string, int) bool) {
		labels := keys(h.columns)
		slices.SortStableFunc(labels, func(a, b string) int { return h.columns[a] - h.columns[b] })
		for _, l := range labels {
			if !yield(l, h.columns[l]) {
				return
			}
		}
	}
}

// moneyUnit gives a project the unit that its row or the head says.
func (b *block) moneyUnit(t *sheet.Table) {
	u := &t.MoneyUnit
	u.Value = strings.Trim(u.Value, "()（）")
	switch {
	case u.Value == "":
		*u = b.unit
	case !slices.Contains(sheet.MoneyUnits, u.Value):
		b.fail(b.page.problem(u.Cell, "“金额单位”应为%s之一；这里是“%s”", strings.Join(sheet.MoneyUnits, "、"), u.Value))
	case b.unit.Value != "" && u.Value != b.unit.Value:
		b.fail(b.page.problem(u.Cell, "“金额单位”是“%s”，列名或上方写的是“%s”", u.Value, b.unit.Value))
	}
}

// fund reads the amounts of one 资金来源.
func (b *block) fund(r *listRow, t *sheet.Table, source string) {
	f := sheet.Fund{Source: sheet.T(source)}
	known := false
	for _, label := range amountLabels {
		col := b.columns[source+"."+label]
		if col == 0 {
			continue
		}
		c, own := b.page.above(r, col)
		if !own && !c.empty() {
			b.mergedAmount(r, col)
			continue
		}
		v := sheet.Lookup(&f, label).(*sheet.Number)
		b.setAmount(v, c, b.names[col], t.MoneyUnit.Value)
		known = known || v.Known
	}
	if known {
		t.Funds = append(t.Funds, f)
	}
}

// mergedAmount reports, once, an amount that is merged over several projects.
func (b *block) mergedAmount(r *listRow, col int) {
	area, _ := b.page.merged(r.number, col)
	if b.reported == nil {
		b.reported = map[string]bool{}
	}
	if !b.reported[area.String()] {
		b.reported[area.String()] = true
		b.fail(b.page.problem(sheet.Cell{Ref: area.String()}, "“%s”合并在几个项目上，请取消合并，逐个项目填写", b.names[col]))
	}
}

// checkSum compares the whole money of a project with that of its sources: the
// form adds them up.
func (b *block) checkSum(t *sheet.Table) {
	for _, label := range amountLabels {
		total := sheet.Lookup(t.Fund(sheet.WholeFund), label).(*sheet.Number)
		sum, known := 0.0, false
		for _, s := range sourceLabels[1:] {
			if v := sheet.Lookup(t.Fund(s), label).(*sheet.Number); v.Known {
				sum, known = sum+v.Value, true
			}
		}
		if sum = quantity.Round(sum, 6); known && total.Known && sum != quantity.Round(total.Value, 6) {
			b.fail(b.page.problem(total.Cell, "“%s”是 %s，各资金来源合计 %s，应当相等", label, quantity.FormatNumber(total.Value), quantity.FormatNumber(sum)))
		}
	}
}

// indicator is a row of an indicator list.
type indicator struct {
	sheet.Indicator
	naming
	page    *page
	project *listed // known where the row also lists the project
}

// readIndicator reads the indicator of a row.
func (b *block) readIndicator(r *listRow, begins bool) {
	x := sheet.Indicator{}
	if begins {
		b.level = x
	}
	any := false
	for _, label := range indicatorLabels {
		col := b.columns[label]
		if col == 0 {
			continue
		}
		c, own := b.page.above(r, col)
		any = any || own && !c.empty()
		v := sheet.Lookup(&x, label)
		if label == "分值" {
			b.setWeight(&x.Weight, c, b.names[col])
			continue
		}
		if own || label == "一级指标" || label == "二级指标" {
			b.set(v, c, b.names[col])
		}
	}
	if !any {
		if !b.ofProjects {
			at := r.cells[0]
			b.fail(b.page.problem(at.place(), "这一行没有指标：缺少“三级指标”"))
		}
		return
	}
	if b.sumOfIndicators(&x) {
		return
	}
	x.Compose(b.beside(r, "指标性质"), b.beside(r, "度量单位"))
	if p := x.Target.Problem; p != "" {
		b.fail(b.page.problem(x.Target.Cell, "%s", p))
	}
	b.levels(&x)
	if x.Level3.Value == "" {
		if x.Target.Value != "" || x.Weight.Known {
			at := r.cells[0]
			b.fail(b.page.problem(at.place(), "这一行缺少“三级指标”"))
		}
		return
	}
	if b.current.project.Value == "" && b.current.code.Value == "" {
		b.fail(b.page.problem(x.Level3.Cell, "这一行没有写明是哪个项目的指标：缺少“项目名称”"))
		return
	}
	i := &indicator{Indicator: x, naming: b.current, page: b.page}
	if b.ofProjects {
		i.project = b.project
	}
	b.indicators = append(b.indicators, i)
}

// sumOfIndicators reports whether a row is the sum of indicators. Their levels may
// stand in it alone.
func (b *block) sumOfIndicators(x *sheet.Indicator) bool {
	last := &x.Level3
	for _, l := range []*sheet.Text{&x.Level2, &x.Level1} {
		if last.Value == "" {
			last = l
		}
	}
	of, ok := sumOf(last.Value)
	if !ok || of != "" && !strings.HasSuffix(of, "指标") {
		return false
	}
	if x.Target.Value != "" {
		b.fail(b.page.problem(x.Target.Cell, "“%s”像是小计行，却填写了年度指标值“%s”；是指标的，请改用别的名称", last.Value, x.Target.Value))
	}
	for _, l := range []*sheet.Text{&x.Level1, &x.Level2, &x.Level3} {
		if _, sum := sumOf(l.Value); sum {
			*l = sheet.Text{}
		}
	}
	b.levels(x)
	return true
}

// beside returns what stands in a row in a column of its own for a part of
// 年度指标值.
func (b *block) beside(r *listRow, label string) string {
	col := b.columns[label]
	if col == 0 {
		return ""
	}
	c, _ := b.page.above(r, col)
	return c.Text
}

// levels gives an indicator the levels that stand once for it and others.
func (b *block) levels(x *sheet.Indicator) {
	x.Level1.Value, x.Level2.Value = sheet.LevelName(x.Level1.Value), sheet.LevelName(x.Level2.Value)
	if x.Level1.Value == "" {
		x.Level1 = b.level.Level1
	}
	if x.Level2.Value == "" && x.Level1.Value == b.level.Level1.Value {
		x.Level2 = b.level.Level2
	}
	b.level = *x
}

// longNumber is a number that lost its last digits in a spreadsheet.
var longNumber = regexp.MustCompile(`^[0-9](\.[0-9]+)?[Ee]\+[0-9]+$`)

// set gives a value what stands in a cell. name is that of the column.
func (b *block) set(v sheet.Value, c listCell, name string) {
	*v.At() = c.place()
	switch {
	case c.empty():
		return
	case c.Kind == xlsx.Error:
		b.fail(b.page.problem(*v.At(), "“%s”的公式出错：%s", name, c.Text))
		return
	case c.Kind == xlsx.Empty:
		b.fail(b.page.problem(*v.At(), "“%s”的公式没有计算结果，请在 Excel 或 WPS 中打开并保存一次", name))
		return
	}
	var err error
	switch v := v.(type) {
	case *sheet.Text:
		err = setText(v, c)
	case *sheet.Number:
		if y, ok := yearIn(c.Text); ok {
			*v = sheet.Number{Value: y, Known: true, Cell: c.place()}
			return
		}
		err = fmt.Errorf("应为四位数字的年份，如 2021；这里是“%s”", c.Text)
		v.Problem = err.Error()
	}
	if err != nil {
		b.fail(b.page.problem(*v.At(), "“%s”%v", name, err))
	}
}

// setText takes a text without the white space around it.
func setText(v *sheet.Text, c listCell) error {
	long := c.Kind == xlsx.Number && math.Abs(c.Value) >= 1e15 && !strings.ContainsAny(c.Text, "年%")
	if long || longNumber.MatchString(c.Text) {
		return fmt.Errorf("是数字格式，超过 15 位的数字已经不准；请把这一列设为文本格式，重新填写")
	}
	return v.SetScalar(strings.TrimSpace(c.Text))
}

// number reads a number as people type it.
func (b *block) number(v *sheet.Number, c listCell, name string) (unit string, ok bool) {
	*v = sheet.Number{Cell: c.place()}
	switch {
	case c.empty():
		return "", false
	case c.Kind == xlsx.Error, c.Kind == xlsx.Empty:
		b.set(v, c, name)
		return "", false
	case c.Kind == xlsx.Number:
		v.Value, ok = c.Value, true
		if c.Percent {
			unit = "%"
		}
	default:
		v.Value, unit, ok = quantity.ParseNumber(c.Text)
	}
	if !ok {
		b.fail(b.page.problem(v.Cell, "“%s”应为数字；这里是“%s”", name, c.Text))
		return "", false
	}
	if v.Value < 0 {
		b.fail(b.page.problem(v.Cell, "“%s”不能是负数：%s", name, c.Text))
		return "", false
	}
	v.Known = true
	return unit, true
}

// setAmount reads an amount in a unit of money.
func (b *block) setAmount(v *sheet.Number, c listCell, name, money string) {
	unit, ok := b.number(v, c, name)
	if ok && unit != "" && unit != money {
		v.Known = false
		b.fail(b.page.problem(v.Cell, "“%s”应为以%s为单位的数字；这里是“%s”", name, orDefault(money, sheet.MoneyUnits[0]), c.Text))
	}
}

// setWeight reads a 分值. One that is written as a share of the 100 points, 20%,
// is 20.
func (b *block) setWeight(v *sheet.Number, c listCell, name string) {
	switch unit, ok := b.number(v, c, name); {
	case !ok || unit == "" || unit == "分":
	case unit == "%":
		v.Value = quantity.Round(v.Value*100, 6)
	default:
		v.Known = false
		b.fail(b.page.problem(v.Cell, "“%s”应为分数；这里是“%s”", name, c.Text))
	}
}

func orDefault(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// suggestAmong is how many wrong names are looked up among the right ones: one
// costs as much as there are projects.
const suggestAmong = 20

// nearest returns “，是否应为“…”？” or nothing.
func nearest(name string, names []string, looked *int) string {
	if *looked++; *looked > suggestAmong {
		return ""
	}
	if s := strict.Suggest(name, names); s != "" {
		return fmt.Sprintf("，是否应为“%s”？", s)
	}
	return ""
}
