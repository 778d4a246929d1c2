package rules

import (
	"slices"

	"ziping/rules/eval"
	"ziping/sheet"
)

// row is a part of a form as expressions see it; a nil one is not there.
type row struct {
	fields []sheet.Field
	values []any  // what rules judge by, as an eval.Frame has it
	prefix string // what the names of its fields begin with
	absent bool   // nothing is known of it

	printed []answer // whether the form prints the fields, where that was asked; nil of what is no part of it
}

// rowOf returns the row that a function was given, nil where that is none.
func rowOf(v any) *row {
	if r, ok := v.(*row); ok {
		return r
	}
	r, _ := eval.RowOf(v).(*row)
	return r
}

func (r *row) index(label string) int {
	if r == nil {
		return -1
	}
	for i := range r.fields {
		if r.fields[i].Label == label {
			return i
		}
	}
	return -1
}

// Value implements eval.Row.
func (r *row) Value(label string) any {
	if i := r.index(label); i >= 0 {
		return r.values[i]
	}
	return nil
}

// Labels implements eval.Row.
func (r *row) Labels() []string {
	var list []string
	if r != nil {
		for _, f := range r.fields {
			list = append(list, f.Label)
		}
	}
	return list
}

// field returns what stands in a field, nil where the row has none of that name.
func (r *row) field(label string) sheet.Value { return r.at(r.index(label)) }

func (r *row) at(index int) sheet.Value {
	if index < 0 {
		return nil
	}
	return r.fields[index].Value
}

// begin returns what the names of the fields begin with.
func (r *row) begin() string {
	if r == nil {
		return ""
	}
	return r.prefix
}

// zero is what the points of a row are that the sums have with a row above.
var zero = new(float64)

func isPoints(label string) bool { return label == sheet.LabelWeight || label == sheet.LabelScore }

// rows are the rows of a form, in memory that those of other forms had before.
type rows struct {
	of      []row // the parts of the form, in their order
	fields  []sheet.Field
	values  []any
	printed []answer
	lists   []any // pointers to rows
	numbers []*sheet.Number
	source  [4]sheet.Text
	last    row // that was made
}

// sameLabels reports whether two rows have the same fields: the form prints those of all
// rows of a list, or of none.
func sameLabels(a, b row) bool {
	return a.prefix == b.prefix && slices.EqualFunc(a.fields, b.fields, func(f, g sheet.Field) bool { return f.Label == g.Label })
}

// reset begins anew, for as many rows.
func (m *rows) reset(count int) {
	clear(m.of)
	clear(m.fields)
	clear(m.values)
	clear(m.lists)
	m.of, m.fields, m.values, m.printed, m.lists = slices.Grow(m.of[:0], count)[:count], m.fields[:0], m.values[:0], m.printed[:0], m.lists[:0]
	m.last = row{}
}

// form returns the form itself as a row, with what is known of where it is from.
func (m *rows) form(t *sheet.Table, from Source) row {
	begin := len(m.fields)
	for f := range sheet.Fields(t) {
		m.add(f)
	}
	for i, w := range from.words() {
		m.source[i] = sheet.T(w[1])
		m.add(sheet.Field{Label: w[0], Value: &m.source[i]})
	}
	return m.since(begin, "")
}

// row returns a part of a form as a row; of a list it has that number.
func (m *rows) row(part any, prefix string, number int) row {
	begin := len(m.fields)
	for f := range sheet.Fields(part) {
		m.add(f)
	}
	if number > 0 {
		m.add(sheet.Field{Label: numberWord, Value: m.number(number)})
	}
	r := m.since(begin, prefix)
	if x, ok := part.(*sheet.Indicator); ok && x.Together { // the sums have them with a row above
		for i, f := range r.fields {
			if isPoints(f.Label) && r.values[i] == nil && f.Value.At().Problem == "" {
				r.values[i] = zero
			}
		}
	}
	return r
}

func (m *rows) add(f sheet.Field) {
	m.fields, m.values, m.printed = append(m.fields, f), append(m.values, sheet.Judged(f.Value)), append(m.printed, unknown)
}

// since returns the fields that were added since there were so many as a row.
func (m *rows) since(begin int, prefix string) row {
	end := len(m.fields)
	r := row{fields: m.fields[begin:end:end], values: m.values[begin:end:end], printed: m.printed[begin:end:end], prefix: prefix}
	if sameLabels(m.last, r) {
		r.printed = m.last.printed
	}
	m.last = r
	return r
}

// number returns a number as a field of rows has it.
func (m *rows) number(n int) *sheet.Number {
	for n > len(m.numbers) {
		m.numbers = append(m.numbers, new(sheet.N(float64(len(m.numbers)+1))))
	}
	return m.numbers[n-1]
}

// readRows makes rows of the parts of the form, and names them.
func (r *runner) readRows(from Source) {
	t, m := r.table, &r.rows
	m.reset(len(r.parts) + 1)
	funds, indicators := 0, 0 // in their lists
	for i, p := range r.parts {
		switch part := p.Part.(type) {
		case *sheet.Table:
			m.of[i] = m.form(part, from)
		case *sheet.Fund:
			m.of[i] = m.row(part, prefixOf(part), funds+1)
			if !part.Part { // the source above it is in the list
				funds++
			}
		case *sheet.Indicator:
			indicators++
			m.of[i] = m.row(part, prefixOf(part), indicators)
		case *sheet.Row:
			m.of[i] = m.row(part, p.Path.Part+".", 0)
		default:
			m.of[i] = m.row(part, prefixOf(part), 0)
		}
	}
	rest := m.of // in the order of sheet.Table.Parts
	next := func(n int) (list []row) {
		list, rest = rest[:n], rest[n:]
		return list
	}
	r.form = &next(1)[0]
	r.nameFunds(next(len(t.Funds)))
	r.name(sheet.LabelGoal, &next(1)[0])
	r.nameList(sheet.LabelIndicators, next(len(t.Indicators)))
	r.name(sheet.LabelTotal, &next(1)[0])
	for _, l := range t.Lists {
		r.nameList(l.Name, next(len(l.Rows)))
	}
}

// nameFunds names the list of the funds, and the row of the whole money.
func (r *runner) nameFunds(list []row) {
	begin := len(r.rows.lists)
	for i := range list {
		if !r.table.Funds[i].Part {
			r.rows.lists = append(r.rows.lists, &list[i])
		}
	}
	r.nameRows(sheet.LabelFunds, begin)
	whole := r.wholeRow(list)
	if !r.table.Prints(sheet.WholeFund) {
		whole.prefix, whole.printed = sheet.WholeFund+".", nil
	}
	r.name(sheet.WholeFund, whole)
}

// wholeRow returns the row of the whole money, an empty one where there is none.
func (r *runner) wholeRow(list []row) *row {
	total := r.table.Fund(sheet.WholeFund)
	for i := range list {
		if &r.table.Funds[i] == total {
			return &list[i]
		}
	}
	last := &r.rows.of[len(r.parts)]
	*last = r.rows.row(total, prefixOf(total), 0)
	return last
}

func (r *runner) nameList(name string, list []row) {
	begin := len(r.rows.lists)
	for i := range list {
		r.rows.lists = append(r.rows.lists, &list[i])
	}
	r.nameRows(name, begin)
}

// nameRows names a list of the rows that were added since there were so many, if the form
// prints it.
func (r *runner) nameRows(name string, begin int) {
	end := len(r.rows.lists)
	if r.table.Prints(name) {
		r.name(name, r.rows.lists[begin:end:end])
	}
}
