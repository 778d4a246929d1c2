package list

import (
	"cmp"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/read"
	"ziping/sheet/strict"
)

// headerWithin is how far down a header is looked for, in rows.
const headerWithin = 50

// header is the head of a list: which column holds what.
type header struct {
	page    *source
	first   int            // index of the first row below it
	columns map[string]int // by label; an amount by 资金来源.label
	names   map[int]string // as printed, by column
	unknown []int          // columns that nothing is read from, for their names
	unit    sheet.Text     // of the amounts, where the head or a line above says it
	year    sheet.Number   // from a line above
}

// has reports whether a column is there.
func (h *header) has(labels ...string) bool {
	return slices.ContainsFunc(labels, func(l string) bool { return h.columns[l] > 0 })
}

// lists reports whether the page lists indicators, and whether it lists projects.
func (h *header) lists() (projects, indicators bool) {
	indicators = h.has(sheet.LabelLevel3)
	projects = h.has(sheet.LabelProject) && !indicators || h.has(sheet.LabelExpected)
	for name := range h.columns {
		projects = projects || isAmount(name)
	}
	return projects, indicators
}

// found reports whether there is a column of a label, or of some of its amounts.
func (h *header) found(label string) bool {
	for name := range h.columns {
		source, amount, _ := strings.Cut(name, ".")
		if label == source || label == amount {
			return true
		}
	}
	return false
}

func isAmount(name string) bool { return strings.Contains(name, ".") }

// columnLabel returns the label by which a column is named, "" if by none.
func columnLabel(text string) string {
	if other := otherNames()[plainName(text)]; other != "" {
		return other
	}
	l := cmp.Or(sheet.InHead.Label(text), sheet.Label(text))
	if l == "" || l == sheet.LabelFoot { // below a form 备注 is a note, over a column it is not
		l = cmp.Or(sheet.InColumns.Label(text), l)
	}
	return cmp.Or(otherNames()[l], l)
}

// plainName takes white space, and a note in brackets at the end, off a column's
// name.
func plainName(text string) string {
	return sheet.LevelName(strings.Trim(strings.Trim(strings.TrimSpace(text), "*＊"), ":："))
}

// headerIn finds the head of a page: the row that names a project or an
// indicator and something else, or that is nothing but 项目名称.
func headerIn(p *source) (at int, ok bool) {
	most := 1
	for i := range p.rows[:min(len(p.rows), headerWithin)] {
		n, names := 0, false
		for _, c := range p.rows[i].cells {
			l := columnLabel(c.Text)
			if l == "" && !isMoney(c.Text) {
				continue
			}
			n++
			names = names || l == sheet.LabelProject || l == sheet.LabelLevel3
		}
		if names && (n > 1 || len(p.rows[i].cells) == 1) {
			return i, true
		}
		if n > most {
			at, most, ok = i, n, true
		}
	}
	return at, ok
}

// isMoney reports whether a column's name is one of money.
func isMoney(text string) bool {
	s, a := splitMoney(text)
	return s+a != ""
}

// splitMoney returns the 资金来源 and the amount that a column's name says, one or
// both: 当年财政拨款, 全年预算数, 当年财政拨款全年预算数.
func splitMoney(text string) (source, amount string) {
	if len(text) > 200 {
		return "", ""
	}
	runes := []rune(strings.Join(strings.Fields(text), ""))
	for i := 1; i < len(runes); i++ {
		a, b := moneyWord(string(runes[:i])), moneyWord(string(runes[i:]))
		switch {
		case slices.Contains(words().Columns.Source, a) && slices.Contains(words().Columns.Amount, b):
			return a, b
		case slices.Contains(words().Columns.Amount, a) && slices.Contains(words().Columns.Source, b):
			return b, a
		}
	}
	switch l := columnLabel(text); {
	case slices.Contains(words().Columns.Source, l):
		return l, ""
	case slices.Contains(words().Columns.Amount, l):
		return "", l
	}
	return "", ""
}

// moneyWord returns the label of a part of a column's name.
func moneyWord(part string) string {
	return columnLabel(strings.Trim(part, "-—_.·:：/、()（）其中的"))
}

// readHeader reads the head of a page whose names stand in rows[at].
func (r *reader) readHeader(p *source, at int) *header {
	h := &header{page: p, columns: map[string]int{}, names: map[int]string{}}
	h.first = at + p.headRows(at)
	head := p.rows[at:h.first]
	above := p.rows[:at]
	p.titles = map[string]bool{}
	for _, row := range above {
		for _, c := range row.cells {
			p.titles[c.Text] = true
			r.takeUnit(h, c.Text, c)
		}
	}
	latest := sheet.LabelBudget // the amount that 其中 is of
	for col := 1; col <= lastColumn(head); col++ {
		texts, cell := p.names(head, col)
		if len(texts) == 0 {
			continue
		}
		h.names[col] = texts[len(texts)-1]
		for _, t := range texts {
			r.takeUnit(h, t, cell)
		}
		name := moneyColumn(texts, &latest)
		if name == "" {
			name = columnLabel(h.names[col])
		}
		r.column(h, col, name, cell)
	}
	r.takeYear(h, above)
	return h
}

// takeUnit takes the unit of money that a head names.
func (r *reader) takeUnit(h *header, text string, c cell) {
	u := read.UnitOf(text)
	if u == "" || u == h.unit.Value {
		return
	}
	if h.unit.Value != "" {
		r.fail(h.page.problem(c.place(), "金额单位是“%s”，前面写的是“%s”，一张清单只能用一种单位", u, h.unit.Value))
		return
	}
	h.unit = sheet.Text{Value: u, Cell: c.place()}
}

// column takes note of what a column holds.
func (r *reader) column(h *header, col int, name string, c cell) {
	printed, plain := h.names[col], plainName(h.names[col])
	if slices.Contains(words().Columns.Own, plain) {
		return
	}
	known := slices.Contains(slices.Concat(words().Columns.Project, words().Columns.Indicator, words().Columns.Beside), name) || isAmount(name)
	switch {
	case vagueNames()[plain] != "":
		r.fail(h.page.problem(c.place(), "列名“%s”意思不明确，请改为%s；用不到的列请删去", printed, vagueNames()[plain]))
	case known && h.columns[name] > 0:
		r.fail(h.page.problem(c.place(), "列名“%s”与“%s”是同一项，请删去其中一列", printed, h.names[h.columns[name]]))
	case known:
		h.columns[name] = col
	case slices.Contains(words().Columns.Returned, name):
		r.notice(h.page.problem(c.place(), "“%s”由部门填报，清单中的这一列没有用到", printed))
	default:
		r.unknown = append(r.unknown, unknownColumn{h, col, c})
	}
}

// unknownColumn is a column whose name is none that we know.
type unknownColumn struct {
	*header
	col  int
	cell cell
}

// unknownColumns reports them: as mistakes where they are near to the name of a
// column that is missing.
func (r *reader) unknownColumns() {
	for _, u := range r.unknown {
		u.header.unknown = append(u.header.unknown, u.col)
		missing := slices.Concat(words().Columns.Project, words().Columns.Amount, words().Columns.Source, words().Columns.Indicator)
		missing = slices.DeleteFunc(missing, u.found)
		printed := u.names[u.col]
		if near := nearColumn(printed, missing); near != "" {
			r.fail(u.page.problem(u.cell.place(), "没有“%s”这一列，是否应为“%s”？用不到的列请删去", printed, near))
			continue
		}
		r.notice(u.page.problem(u.cell.place(), "不认识“%s”这一列，没有用到", printed))
	}
	r.unknown = nil
}

// nearColumn returns which of the labels a column's name was meant to be.
func nearColumn(text string, labels []string) string {
	names := slices.Clone(labels)
	for name, label := range otherNames() {
		if slices.Contains(labels, label) {
			names = append(names, name)
		}
	}
	near := sheet.NearLabel(text, names)
	if near == "" {
		near = strict.Suggest(plainName(text), names)
	}
	return cmp.Or(otherNames()[near], near)
}

// headRows returns how many rows the head takes whose first is rows[at]: those
// that its cells are merged over, or a second one that only names money.
func (p *source) headRows(at int) int {
	row := &p.rows[at]
	until := row.number
	for _, c := range row.cells {
		if l := columnLabel(c.Text); l != sheet.LabelProject && l != sheet.LabelLevel3 {
			continue
		}
		if area, ok := p.merged(row.number, c.Col); ok {
			until = max(until, area.LastRow)
		}
	}
	n := 1
	for at+n < len(p.rows) && p.rows[at+n].number <= until {
		n++
	}
	if n == 1 && at+1 < len(p.rows) && p.rows[at+1].namesMoney() {
		n = 2
	}
	return n
}

// namesMoney reports whether a row is the second of a head: it names the parts of
// what the first one names.
func (r *row) namesMoney() bool {
	n := 0
	for _, c := range r.cells {
		if isMoney(c.Text) || isTotalWord(c.Text) {
			n++
		}
	}
	return n > 1 && 2*n > len(r.cells)
}

// names returns what a head says above a column, from the top, and the last cell
// that says it. Over a cell with a name stands also what is merged over it, or,
// in a text file, what stands next to the left.
func (p *source) names(head []row, col int) (texts []string, last cell) {
	for i := range head {
		c := head[i].at(col)
		if area, ok := p.merged(head[i].number, col); ok {
			top, _ := p.grid.At(area.FirstRow, area.FirstCol)
			c = cell{Cell: top}
		}
		if strings.TrimSpace(c.Text) == "" && i+1 < len(head) && head[i+1].at(col).Text != "" {
			for left := col - 1; left > 0 && strings.TrimSpace(c.Text) == ""; left-- {
				c = head[i].at(left)
			}
		}
		text := strings.TrimSpace(c.Text)
		if text == "" || len(texts) > 0 && texts[len(texts)-1] == text {
			continue
		}
		texts, last = append(texts, text), c
	}
	return texts, last
}

func lastColumn(head []row) int {
	last := 0
	for _, r := range head {
		for _, c := range r.cells {
			last = max(last, c.Col)
		}
	}
	return last
}

// moneyColumn returns the 资金来源 and the amount that a column's names, from the
// top, come to; "" where they name no money. A 资金来源 that does not say which
// amount is part (其中) of the one that was named last to its left.
func moneyColumn(texts []string, latest *string) string {
	s, a := "", ""
	for _, t := range texts {
		ts, ta := splitMoney(t)
		if ts != "" {
			s = ts
		}
		if ta != "" {
			a = ta
		}
	}
	leaf := texts[len(texts)-1]
	ls, la := splitMoney(leaf)
	switch {
	case ls+la == "" && !isTotalWord(leaf), s+a == "":
		return ""
	case s == "" || s == sheet.WholeFund:
		if a == "" {
			a = sheet.LabelBudget
		}
		*latest, s = a, sheet.WholeFund
	case a == "":
		a = *latest
	}
	return s + "." + a
}

// isTotalWord reports whether a text says that its row or column is a sum.
func isTotalWord(text string) bool {
	switch sheet.Label(text) {
	case sheet.LabelTotal, sheet.LabelSum, sheet.LabelSubtotal:
		return true
	}
	return slices.Contains(words().Sum.Names, plainName(text))
}
