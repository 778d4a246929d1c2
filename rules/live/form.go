package live

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/edit"
	"ziping/sheet/livecheck"
	"ziping/sheet/xlsx"
)

// translation is one form with the columns of cells that its checks refer to.
type translation struct {
	*Translator
	table *sheet.Table
	sheet string // its name, as formulas write it, with !
	out   *livecheck.Sheet
	lists map[string]*list
	once  *list // of what stands once

	targets   []target
	constants []constant
	memo      map[string]cells        // columns by what they hold
	inputs    map[string]bool         // cells that are to be filled in
	fillable  map[string]bool         // these, and what follows from them
	areas     map[string][]xlsx.Range // that formulas refer to, by cell
	summed    []xlsx.Range            // whose numbers a formula adds up
	touched   bool                    // the expression that is translated refers to one of them
}

// list is parts of the form that rules look at alike: its rows of 绩效指标, or the
// whole form.
type list struct {
	name  string
	parts []any
	rows  []int // of the cells that say something of each: those of the form, or one
	form  *translation
}

func newForm(t *Translator, table *sheet.Table, name string) *translation {
	f := &translation{Translator: t, table: table, sheet: edit.QuoteSheet(name) + "!", out: &livecheck.Sheet{Form: name},
		lists: map[string]*list{}, memo: map[string]cells{}}
	f.once = &list{parts: []any{table}, rows: []int{livecheck.First}, form: f}
	add := func(name string) *list {
		f.lists[name] = &list{name: name, form: f}
		return f.lists[name]
	}
	l := add(sheet.LabelFunds)
	for i := range table.Funds {
		l.parts = append(l.parts, &table.Funds[i])
	}
	l = add(sheet.LabelIndicators)
	for i := range table.Indicators {
		l.parts = append(l.parts, &table.Indicators[i])
	}
	for i := range table.Lists {
		l = add(table.Lists[i].Name)
		for j := range table.Lists[i].Rows {
			l.parts = append(l.parts, &table.Lists[i].Rows[j])
		}
	}
	for _, l := range f.lists {
		for _, p := range l.parts {
			l.rows = append(l.rows, rowOf(p))
		}
		if !slices.IsSortedFunc(l.rows, func(a, b int) int { return cmp.Compare(a, b) }) || len(slices.Compact(slices.Clone(l.rows))) < len(l.rows) {
			l.parts, l.rows = nil, nil // not one below the other
		}
	}
	if rows := f.lists[sheet.LabelIndicators].rows; len(rows) > 0 {
		f.once.rows[0] = rows[0]
	}
	return f
}

// findFillable finds the cells that a department can change something in, and which
// areas the formulas refer to.
func (f *translation) findFillable() {
	if f.inputs != nil {
		return
	}
	f.inputs, f.areas = map[string]bool{}, map[string][]xlsx.Range{}
	for v := range f.table.Values() {
		switch at := v.At(); {
		case at.Input:
			f.inputs[at.Ref] = true
		case at.Derived:
			for _, t := range xlsx.FormulaTokens(at.Formula, "") {
				if t.Kind == xlsx.TokenArea {
					f.areas[at.Ref] = append(f.areas[at.Ref], t.Area.Range)
				}
			}
			f.summed = append(f.summed, sheet.SumRanges(at.Formula, f.out.Form)...)
		}
	}
	f.fillable = f.table.Dependents(f.inputs)
	maps.Copy(f.fillable, f.inputs)
}

// typedInto returns the areas that a formula takes, by itself or through others, in which
// a department types.
func (f *translation) typedInto(ref string) []string {
	var list []string
	seen, queue := map[string]bool{ref: true}, []string{ref}
	for len(queue) > 0 {
		for _, area := range f.areas[queue[0]] {
			if name := area.String(); !seen[name] && has(f.inputs, area) {
				seen[name] = true
				list = append(list, name)
			}
			for other := range f.areas {
				if row, col, ok := xlsx.ParseRef(other); ok && !seen[other] && area.Contains(row, col) {
					seen[other] = true
					queue = append(queue, other)
				}
			}
		}
		queue = queue[1:]
	}
	slices.Sort(list)
	return list
}

// whereToType returns the cell where one types what is missing in a cell: of a formula
// the first that it takes.
func (f *translation) whereToType(ref string) string {
	f.findFillable()
	if f.inputs[ref] {
		return ref
	}
	for _, name := range f.typedInto(ref) {
		area, _ := xlsx.ParseRange(name)
		for row := area.FirstRow; row <= area.LastRow; row++ {
			for col := area.FirstCol; col <= area.LastCol; col++ {
				if f.inputs[xlsx.Ref(row, col)] {
					return xlsx.Ref(row, col)
				}
			}
		}
	}
	return ref
}

// has reports whether one of the cells is in an area.
func has(cells map[string]bool, area xlsx.Range) bool {
	for ref := range cells {
		if row, col, ok := xlsx.ParseRef(ref); ok && area.Contains(row, col) {
			return true
		}
	}
	return false
}

// touch notes that an expression refers to a field.
func (l *list) touch(label string) {
	for i := range l.parts {
		if v := l.value(i, label); v != nil && l.form.fillable[v.At().Ref] {
			l.form.touched = true
		}
	}
}

// isLevel reports whether a field is the name of a level, which goes on in rows below.
func isLevel(label string) bool { return label == sheet.LabelLevel1 || label == sheet.LabelLevel2 }

// rowOf returns the row of the sheet in which a part of the form stands: of a name that
// is merged over several it is not.
func rowOf(part any) (row int) {
	for f := range sheet.Fields(part) {
		if r, _, ok := xlsx.ParseRef(f.Value.At().Ref); ok {
			row = max(row, r)
		}
	}
	return row
}

// listOf returns the parts that a rule of a scope looks at; nil for other scopes.
func (f *translation) listOf(s rules.Scope) *list {
	switch s {
	case rules.ScopeSheet:
		return f.once
	case rules.ScopeFund:
		return f.lists[sheet.LabelFunds]
	case rules.ScopeIndicator:
		return f.lists[sheet.LabelIndicators]
	case rules.ScopeValue:
		return f.values()
	}
	return nil
}

// values returns the numbers that are to be filled in, each by itself.
func (f *translation) values() *list {
	if f.lists[singles] == nil {
		l := &list{name: singles, form: f}
		for _, of := range append(slices.Collect(maps.Values(f.lists)), f.once) {
			for i, part := range of.parts {
				for x := range sheet.Fields(part) {
					if isNumber(x.Value) && x.Value.At().Input && x.Label != sheet.LabelYear { // a title without a year is no mistake
						l.parts = append(l.parts, &single{of, i, x})
					}
				}
			}
		}
		slices.SortFunc(l.parts, func(a, b any) int {
			x, y := a.(*single), b.(*single)
			return cmp.Or(cmp.Compare(x.of.rows[x.i], y.of.rows[y.i]), cmp.Compare(x.Value.At().Ref, y.Value.At().Ref))
		})
		for i := range l.parts {
			l.rows = append(l.rows, livecheck.First+i)
		}
		f.lists[singles] = l
	}
	return f.lists[singles]
}

// singles is the name of the list of single values.
const singles = "·values"

// single is one value of a part.
type single struct {
	of *list
	i  int
	sheet.Field
}

// problem are the cells that say what is wrong with each of the values.
func (l *list) problem() cells {
	return l.column("problem", func(l *list, i int) livecheck.Cell {
		x := l.parts[i].(*single)
		bad := x.of.unreadable(x.Label).one(x.of.rows[x.i])
		return livecheck.Formula(fmt.Sprintf(`IF(%s,"应为数字，填报为“"&IF(ISERROR(%s),"错误值",%[2]s)&"”","")`, bad, l.form.cellOf(x.Value)))
	})
}

// textual are the cells that say of each of the values whether it is a number that is
// stored as a text where a sum passes over it: 文字形式的数字, or nothing.
func (l *list) textual() cells {
	return l.column("textual", func(l *list, i int) livecheck.Cell {
		x := l.parts[i].(*single)
		row, col, ok := xlsx.ParseRef(x.Value.At().Ref)
		if !ok || !slices.ContainsFunc(l.form.summed, func(r xlsx.Range) bool { return r.Contains(row, col) }) {
			return livecheck.Text("")
		}
		return livecheck.Formula(fmt.Sprintf(`IF(AND(ISTEXT(%s),ISNUMBER(%s),N(%[2]s)<>0),%s,"")`, l.form.cellOf(x.Value), x.of.number(x.Label).one(x.of.rows[x.i]), quote(string(sheet.NoticeText))))
	})
}

// typedText are the cells with the text of each of the values.
func (l *list) typedText() cells {
	return l.column("typed", func(l *list, i int) livecheck.Cell {
		return livecheck.Formula(l.form.cellOf(l.parts[i].(*single).Value) + `&""`)
	})
}

// value returns a field of a part, nil where it has none of the name.
func (l *list) value(i int, label string) sheet.Value {
	if l == l.form.once {
		_, v := l.fieldNamed(label)
		return v
	}
	if x, is := l.parts[i].(*single); is {
		return x.Value
	}
	return sheet.Lookup(l.parts[i], label)
}

// fieldNamed returns a field of what stands once, with what its name is in Absent.
func (l *list) fieldNamed(name string) (printed string, v sheet.Value) {
	t := l.form.table
	member, label, _ := strings.Cut(name, ".")
	switch member {
	case sheet.LabelGoal:
		return name, sheet.Lookup(&t.Goal, label)
	case sheet.LabelTotal:
		return name, sheet.Lookup(&t.Total, label)
	case sheet.WholeFund:
		if !t.Prints(sheet.WholeFund) {
			return sheet.WholeFund, sheet.Lookup(t.Fund(sheet.WholeFund), label)
		}
		return sheet.ColumnOf(sheet.LabelFunds, label), sheet.Lookup(t.Fund(sheet.WholeFund), label)
	}
	return name, sheet.Lookup(t, name)
}

// printed reports whether the form prints a label for a field.
func (l *list) printed(label string) bool {
	if l == l.form.once {
		name, _ := l.fieldNamed(label)
		return l.form.table.Prints(name)
	}
	return l.form.table.Prints(l.name + "." + label)
}

// anyRef returns the cell of a value of the first row that has one.
func (l *list) anyRef() string {
	for _, p := range l.parts {
		for f := range sheet.Fields(p) {
			if ref := f.Value.At().Ref; ref != "" {
				return ref
			}
		}
	}
	return ""
}

// used returns the cells that say which rows are used; ok is false where all are. A row
// that the form was issued with may be left blank.
func (f *translation) used(l *list) (c cells, ok bool) {
	if l.name != sheet.LabelIndicators {
		return c, false
	}
	for _, p := range l.parts {
		x := p.(*sheet.Indicator)
		ok = ok || !x.Weight.Known && (x.Weight.Input || x.Score.Input) || x.Weight.Ref == "" && x.Level3.Input
	}
	if !ok {
		return c, false
	}
	return l.column("used", func(l *list, i int) livecheck.Cell {
		x := l.parts[i].(*sheet.Indicator)
		if x.Weight.Known && x.Weight.Fixed || x.Level3.Fixed {
			return livecheck.Number(1)
		}
		var typed []string
		for v := range sheet.Fields(x) {
			if v.Label != sheet.LabelLevel1 && v.Label != sheet.LabelLevel2 && v.Value.At().Input {
				typed = append(typed, "LEN("+f.cellOf(v.Value)+")")
			}
		}
		if len(typed) == 0 {
			return livecheck.Number(1)
		}
		return livecheck.Formula("(" + strings.Join(typed, "+") + ">0)*1")
	}), true
}
