package list

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// rows reads what stands below the head of a page.
func (r *reader) rows(h *header) {
	projects, indicators := h.lists()
	if !h.has(sheet.LabelProject) && !(indicators && !projects && h.has(sheet.LabelCode)) {
		r.fail(h.page.problem(sheet.Cell{}, "缺少“项目名称”这一列"))
		return
	}
	b := block{reader: r, header: h, ofProjects: projects, ofIndicators: indicators}
	for i := h.first; i < len(h.page.rows); i++ {
		b.row(&h.page.rows[i])
	}
}

// block is a list that is read row by row.
type block struct {
	*reader
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
func (b *block) row(r *row) {
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
func (b *block) skip(r *row) bool {
	var cells []cell
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
	name := r.at(b.columns[sheet.LabelProject])
	return !known || columnLabel(name.Text) == sheet.LabelProject || b.unclear(cells)
}

// beginsSum reports whether the first cell of a row says that it is a sum. With a
// target it may be an indicator.
func (b *block) beginsSum(r *row, first cell) bool {
	of, ok := sumOf(first.Text)
	target, name := r.at(b.columns[sheet.LabelTarget]), r.at(b.columns[sheet.LabelProject])
	if b.ofIndicator(first) {
		return ok && of == "" && target.empty()
	}
	return ok && (of == "" || name.empty() && fold(of) == fold(b.current.department.Value))
}

// sum reports whether the name of a project is that of a sum.
func (b *block) sum(r *row) bool {
	c := r.at(b.columns[sheet.LabelProject])
	of, ok := sumOf(c.Text)
	if ok && of != "" && fold(of) != fold(b.current.department.Value) {
		b.fail(b.page.problem(c.place(), "“%s”像是小计行，请写明“小计”；是项目的，请改用别的名称", c.Text))
	}
	return ok
}

// wide reports whether a cell is merged over the column 项目名称 and others, as
// headings are.
func (b *block) wide(c cell) bool {
	area, ok := b.page.merged(c.Row, c.Col)
	name := b.columns[sheet.LabelProject]
	return ok && area.LastCol-area.FirstCol >= 2 && area.FirstCol <= name && name <= area.LastCol
}

// name reads what names the project of a row, and reports whether it is another
// than that of the row above.
func (b *block) name(r *row) bool {
	n := naming{typed: map[string]bool{}}
	b.take(r, &n.project, sheet.LabelProject, &n)
	b.take(r, &n.code, sheet.LabelCode, &n)
	b.take(r, &n.department, sheet.LabelDepartment, &n)
	b.take(r, &n.implementer, sheet.LabelImplementer, &n)
	b.take(r, &n.year, sheet.LabelYear, &n)
	above := b.current
	if n.department.Value == "" {
		n.department = above.department
	}
	if n.implementer.Value == "" && !n.typed[sheet.LabelDepartment] {
		n.implementer = above.implementer
	}
	if !n.year.Known {
		n.year = above.year
	}
	if !n.year.Known && n.year.Problem == "" {
		n.year = b.year
	}
	begins := n.project.Value != "" && (n.typed[sheet.LabelProject] || b.current.project.Value == "")
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
func (b *block) take(r *row, v sheet.Value, label string, n *naming) {
	col := b.columns[label]
	if col == 0 {
		return
	}
	c, own := b.page.above(r, col)
	if _, sum := sumOf(c.Text); sum && label == sheet.LabelProject {
		return
	}
	n.typed[label] = own && !c.empty()
	if own || label != sheet.LabelProject && label != sheet.LabelCode {
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
func (b *block) readProject(r *row, begins bool) {
	if !begins {
		b.belowProject(r)
		return
	}
	t := &sheet.Table{
		Year: b.current.year, Project: b.current.project, Code: b.current.code,
		Department: b.current.department, Implementer: b.current.implementer,
	}
	for _, label := range words().Columns.Project {
		_, named := b.current.typed[label]
		if v, col := valueOf(t, label), b.columns[label]; v != nil && col > 0 && !named {
			c, _ := b.page.above(r, col)
			b.set(v, c, b.names[col])
		}
	}
	b.moneyUnit(t)
	for _, source := range words().Columns.Source {
		b.fund(r, t, source)
	}
	b.checkSum(r, t)
	b.project = &listed{Project{Table: t, File: b.page.file, Sheet: b.page.sheet}, b.page}
	b.listed = append(b.listed, b.project)
}

// belowProject reports what stands in a row that begins no project.
func (b *block) belowProject(r *row) {
	if name := r.at(b.columns[sheet.LabelProject]); !name.empty() && !b.ofIndicators {
		return // it can't be read: that is reported
	}
	for label, col := range b.sorted() {
		heads := slices.Contains([]string{sheet.LabelYear, sheet.LabelDepartment, sheet.LabelImplementer}, label) && !b.within(r)
		if slices.Contains(slices.Concat(words().Columns.Indicator, words().Columns.Beside), label) || heads {
			continue
		}
		c, own := b.page.above(r, col)
		if !own || c.empty() {
			continue
		}
		if b.current.project.Value == "" || !b.ofIndicators && !b.within(r) {
			b.fail(b.page.problem(c.place(), "这一行缺少“项目名称”（小计行请写明“小计”）"))
			return
		}
		if !b.repeats(label, c) {
			b.fail(b.page.problem(c.place(), "“%s”属于上面的项目“%s”，只能在该项目的第一行填写；是另一个项目的，请写明项目名称", b.names[col], b.current.project.Value))
			return
		}
	}
}

// within reports whether the name of the project is merged over the row.
func (b *block) within(r *row) bool {
	_, own := b.page.above(r, b.columns[sheet.LabelProject])
	return !own
}

// repeats reports whether a cell says again what the first row of the project
// says.
func (b *block) repeats(label string, c cell) bool {
	if b.project == nil {
		return false
	}
	v := valueOf(b.project.Table, label)
	return v != nil && strings.TrimSpace(v.At().Typed) == strings.TrimSpace(c.Text)
}

// valueOf returns the value that a column is for, nil where a project has none.
func valueOf(t *sheet.Table, label string) sheet.Value {
	switch source, amount, ofFund := strings.Cut(label, "."); {
	case ofFund:
		return sheet.Lookup(t.Fund(source), amount)
	case label == sheet.LabelExpected:
		return &t.Goal.Expected
	}
	return sheet.Lookup(t, label)
}

// sorted yields the columns from left to right.
func (h *header) sorted() func(yield func(string, int) bool) {
	return func(yield func(string, int) bool) {
		labels := slices.Sorted(maps.Keys(h.columns))
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
	case !slices.Contains(quantity.MoneyUnits(), u.Value):
		b.fail(b.page.problem(u.Cell, "“金额单位”应为%s之一；这里是“%s”", strings.Join(quantity.MoneyUnits(), "、"), u.Value))
	case b.unit.Value != "" && u.Value != b.unit.Value:
		b.fail(b.page.problem(u.Cell, "“金额单位”是“%s”，列名或上方写的是“%s”", u.Value, b.unit.Value))
	}
}

// fund reads the amounts of one 资金来源.
func (b *block) fund(r *row, t *sheet.Table, source string) {
	f := sheet.Fund{Source: sheet.T(source)}
	known := false
	for _, label := range words().Columns.Amount {
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
func (b *block) mergedAmount(r *row, col int) {
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
func (b *block) checkSum(r *row, t *sheet.Table) {
	for _, label := range words().Columns.Amount {
		total := sheet.Lookup(t.Fund(sheet.WholeFund), label).(*sheet.Number)
		sum, known := 0.0, false
		for _, s := range words().Columns.Source[1:] {
			if v := sheet.Lookup(t.Fund(s), label).(*sheet.Number); v.Known {
				sum, known = sum+v.Value, true
			}
		}
		sum = quantity.Round(sum, 6)
		if known && total.Known && sum != quantity.Round(total.Value, 6) {
			b.fail(b.page.problem(total.Cell, "“%s”是 %s，各资金来源合计 %s，应当相等%s", label, quantity.FormatNumber(total.Value), quantity.FormatNumber(sum), b.unread(r)))
		}
	}
}

// unread names the columns of a row that hold amounts and are not known: a sum that
// is wrong may be wrong for want of them.
func (b *block) unread(r *row) string {
	var names []string
	for _, col := range b.header.unknown {
		c := r.at(col)
		if _, _, number := quantity.ParseNumber(c.Text); number {
			names = append(names, fmt.Sprintf("“%s”（%s）", b.names[col], strings.TrimSpace(c.Text)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "；不认识的列" + strings.Join(names, "、") + "没有算进去，是其中一项的，请改用自评表上的列名"
}
