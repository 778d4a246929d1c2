package sheet

import "slices"

// Own are the fields of a part of the form that only its kind of form has, in the
// order of the form file.
type Own []Field

// List is a list that only some forms have, such as 年度主要任务.
type List struct {
	Name string
	Rows []Row
	Has  []*OwnField // what each row has
}

// Row is one row of such a list.
type Row struct {
	Own `toml:"-"`
}

// newOwn returns fields without a value.
func newOwn(specs []*OwnField) Own {
	if len(specs) == 0 {
		return nil
	}
	own := make(Own, len(specs))
	for i, s := range specs {
		own[i] = Field{s.Name, s.Type.value()}
	}
	return own
}

// fields returns the own fields of a part, which embeds them.
func (o *Own) fields() *Own { return o }

// ownIn returns the own fields of a part of the form, nil where it can have none.
func ownIn(part any) *Own {
	if p, ok := part.(interface{ fields() *Own }); ok {
		return p.fields()
	}
	return nil
}

// NewTable returns a form without any value. A nil form is the usual one.
func NewTable(f *Form) *Table {
	t := new(Table)
	t.reset(f)
	return t
}

// reset makes the table one of a form, without any value.
func (t *Table) reset(f *Form) {
	*t = Table{Form: f}
	if f == nil {
		return
	}
	t.Own, t.Total.Own = newOwn(f.In(table)), newOwn(f.In(LabelTotal))
	for _, l := range f.Lists {
		t.Lists = append(t.Lists, List{Name: l.Name, Has: f.In(l.Name)})
	}
}

// As returns the table as one of a form: with the fields of its own, and those that
// the table has already. A nil form is the usual one.
func (t *Table) As(f *Form) *Table {
	if t.Form.Equal(f) && (f == nil || len(t.Own) == len(f.In(table)) && len(t.Lists) == len(f.Lists)) {
		return t
	}
	fresh := NewTable(f)
	all := *t
	all.Form, all.Own, all.Total.Own = f, fresh.Own.with(t.Own), fresh.Total.Own.with(t.Total.Own)
	all.Funds, all.Indicators = slices.Clone(t.Funds), slices.Clone(t.Indicators)
	for i := range all.Funds {
		all.Funds[i].Own = newOwn(f.In(LabelFunds)).with(t.Funds[i].Own)
	}
	for i := range all.Indicators {
		all.Indicators[i].Own = newOwn(f.In(LabelIndicators)).with(t.Indicators[i].Own)
	}
	all.Lists = fresh.Lists
	for _, l := range t.Lists {
		if mine := all.List(l.Name); mine != nil {
			mine.Rows = l.Rows
		} else {
			all.Lists = append(all.Lists, l)
		}
	}
	return &all
}

// with returns the fields with the values of others, which are added where they are
// none of them.
func (o Own) with(others Own) Own {
	for _, f := range others {
		if i := slices.IndexFunc(o, func(x Field) bool { return x.Label == f.Label }); i >= 0 {
			o[i] = f
		} else {
			o = append(o, f)
		}
	}
	return o
}

// NewFund returns a row of the form's 项目资金, without any value; it is not added.
func (t *Table) NewFund() Fund { return Fund{Own: newOwn(t.Form.In(LabelFunds))} }

// NewIndicator is NewFund for 绩效指标.
func (t *Table) NewIndicator() Indicator { return Indicator{Own: newOwn(t.Form.In(LabelIndicators))} }

// List returns a list of the form's own, nil where it has none of the name.
func (t *Table) List(name string) *List {
	for i := range t.Lists {
		if t.Lists[i].Name == name {
			return &t.Lists[i]
		}
	}
	return nil
}

// Add adds a row without any value.
func (l *List) Add() *Row {
	l.Rows = append(l.Rows, Row{Own: newOwn(l.Has)})
	return &l.Rows[len(l.Rows)-1]
}

// Keys implements strict.Open.
func (t *Table) Keys() []string {
	keys := t.Own.Keys()
	for i := range t.Lists {
		keys = append(keys, t.Lists[i].Name)
	}
	return append(keys, formLabel)
}

// Field implements strict.Open.
func (t *Table) Field(key string) any {
	if key == formLabel {
		return &formName{t.Form}
	}
	if l := t.List(key); l != nil {
		return &l.Rows
	}
	return t.Own.Field(key)
}

// usualIndicators is how many most forms have at most.
const usualIndicators = 16

// Element implements strict.Lists.
func (t *Table) Element(key string) any {
	switch key {
	case LabelFunds:
		t.Funds = append(t.Funds, t.NewFund())
		return &t.Funds[len(t.Funds)-1]
	case LabelIndicators:
		if t.Indicators == nil {
			t.Indicators = make([]Indicator, 0, usualIndicators)
		}
		t.Indicators = append(t.Indicators, t.NewIndicator())
		return &t.Indicators[len(t.Indicators)-1]
	}
	if l := t.List(key); l != nil {
		return l.Add()
	}
	return nil
}

// Keys implements strict.Open for the parts of the form, which embed their own fields.
func (o Own) Keys() []string {
	var keys []string
	for _, f := range o {
		keys = append(keys, f.Label)
	}
	return keys
}

// Field implements strict.Open.
func (o Own) Field(key string) any {
	for _, f := range o {
		if f.Label == key {
			return f.Value
		}
	}
	return nil
}
