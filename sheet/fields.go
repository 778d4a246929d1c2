package sheet

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A Field is one value of a form under its printed label.
type Field struct {
	Label string
	Value Value
}

// Fields yields the values of part, a pointer to a Table, Fund, Goal, Indicator,
// Total or Row, in the order of the form, those of its form's own after the others. What a Table holds in its
// parts is not among them: see Parts.
func Fields(part any) iter.Seq[Field] {
	return func(yield func(Field) bool) {
		labels, values, own := fieldsOf(part)
		for i, label := range labels {
			if !yield(Field{label, values[i]}) {
				return
			}
		}
		for _, f := range own {
			if !yield(f) {
				return
			}
		}
	}
}

// Lookup returns the value of part that has the label, nil when it has none.
func Lookup(part any, label string) Value {
	labels, values, own := fieldsOf(part)
	if i := slices.Index(labels, label); i >= 0 {
		return values[i]
	}
	for _, f := range own {
		if f.Label == label {
			return f.Value
		}
	}
	return nil
}

// The labels of the values of the parts, in the order of fieldsOf.
var (
	tableLabels     = valueLabels[Table]()
	fundLabels      = valueLabels[Fund]()
	goalLabels      = valueLabels[Goal]()
	indicatorLabels = valueLabels[Indicator]()
	totalLabels     = valueLabels[Total]()
)

// valueLabels returns the labels of the values of a struct type of the form.
func valueLabels[T any]() (list []string) {
	t := reflect.TypeFor[T]()
	for _, l := range labelsOf(t) {
		if reflect.PointerTo(t.Field(l.index).Type).Implements(reflect.TypeFor[Value]()) {
			list = append(list, l.label)
		}
	}
	return list
}

// fieldsOf returns the values of a part with their labels, and its own fields. They are
// gone through so often that reflection is too slow for it.
func fieldsOf(part any) (labels []string, values [8]Value, own Own) {
	switch p := part.(type) {
	case *Table:
		return tableLabels, [8]Value{&p.Year, &p.Project, &p.Code, &p.Department, &p.Implementer, &p.Leader, &p.Phone, &p.MoneyUnit}, p.Own
	case *Fund:
		return fundLabels, [8]Value{&p.Source, &p.InitialBudget, &p.Budget, &p.Executed, &p.Weight, &p.Rate, &p.Score}, p.Own
	case *Goal:
		return goalLabels, [8]Value{&p.Expected, &p.Actual}, nil
	case *Indicator:
		return indicatorLabels, [8]Value{&p.Level1, &p.Level2, &p.Level3, &p.Target, &p.Actual, &p.Weight, &p.Score, &p.Deviation}, p.Own
	case *Total:
		return totalLabels, [8]Value{&p.Weight, &p.Score}, p.Own
	case *Row:
		return nil, values, p.Own
	}
	panic(fmt.Sprintf("%T is no part of a form", part))
}

// hasLabel reports whether a part of the form has a field, or a part, of the name.
func hasLabel(part any, name string) bool {
	return slices.ContainsFunc(labelsOf(reflect.TypeOf(part).Elem()), func(l label) bool { return l.label == name })
}

// Empty reports whether no field of part is filled in, not even with what could
// not be read.
func Empty(part any) bool {
	for f := range Fields(part) {
		if f.Value.Filled() || f.Value.At().Problem != "" {
			return false
		}
	}
	return true
}

// All yields every value of the table with its path, in the order of the form.
func (t *Table) All() iter.Seq2[Path, Value] {
	return func(yield func(Path, Value) bool) {
		for _, p := range t.Parts() {
			for f := range Fields(p.Part) {
				if !yield(p.Path.Of(f.Label), f.Value) {
					return
				}
			}
		}
	}
}

// Values yields every value of the table, in the order of All.
func (t *Table) Values() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		for part := range t.structs() {
			labels, values, own := fieldsOf(part)
			for i := range labels {
				if !yield(values[i]) {
					return
				}
			}
			for _, f := range own {
				if !yield(f.Value) {
					return
				}
			}
		}
	}
}

type label struct {
	label string
	index int
}

var labelCache sync.Map // reflect.Type → []label

// labelsOf returns the labelled fields of a struct type of the form.
func labelsOf(t reflect.Type) []label {
	if l, ok := labelCache.Load(t); ok {
		return l.([]label)
	}
	var list []label
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("toml"), ","); name != "" && name != "-" {
			list = append(list, label{name, i})
		}
	}
	labelCache.Store(t, list)
	return list
}

// A Part is one of the structs a Table is made of.
type Part struct {
	Path Path
	Part any // *Table, *Fund, *Goal, *Indicator, *Total or *Row
}

// Parts returns the table itself, then its parts in the order of the form.
func (t *Table) Parts() []Part {
	parts := make([]Part, 0, len(t.Funds)+len(t.Indicators)+3)
	row, rows := 0, t.rowPaths()
	for part := range t.structs() {
		var path Path
		switch p := part.(type) {
		case *Fund:
			path = FundPath(p.Source.Value)
		case *Goal:
			path = Path{Part: LabelGoal}
		case *Indicator:
			path = RowPath(LabelIndicators, row)
			row++
		case *Total:
			path = Path{Part: LabelTotal}
		case *Row:
			path, rows = rows[0], rows[1:]
		}
		parts = append(parts, Part{path, part})
	}
	return parts
}

// structs yields what the table consists of, in the order of the form.
func (t *Table) structs() iter.Seq[any] {
	return func(yield func(any) bool) {
		if !yield(t) {
			return
		}
		for i := range t.Funds {
			if !yield(&t.Funds[i]) {
				return
			}
		}
		if !yield(&t.Goal) {
			return
		}
		for i := range t.Indicators {
			if !yield(&t.Indicators[i]) {
				return
			}
		}
		if !yield(&t.Total) {
			return
		}
		for i := range t.Lists {
			for j := range t.Lists[i].Rows {
				if !yield(&t.Lists[i].Rows[j]) {
					return
				}
			}
		}
	}
}

// rowPaths returns the paths of the rows of all lists of the form's own.
func (t *Table) rowPaths() []Path {
	var paths []Path
	for i := range t.Lists {
		for j := range t.Lists[i].Rows {
			paths = append(paths, RowPath(t.Lists[i].Name, j))
		}
	}
	return paths
}
