package rules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"ziping/sheet"
)

// prefixes are what the names of the fields begin with that a scope adds.
var prefixes = map[Scope]string{ScopeFund: sheet.LabelFunds + ".", ScopeIndicator: sheet.LabelIndicators + "."}

// prefixOf returns what the names of the fields of a part of a form begin with.
func prefixOf(part any) string {
	switch part.(type) {
	case *sheet.Fund:
		return sheet.LabelFunds + "."
	case *sheet.Indicator:
		return sheet.LabelIndicators + "."
	case *sheet.Goal:
		return sheet.LabelGoal + "."
	case *sheet.Total:
		return sheet.LabelTotal + "."
	}
	return ""
}

// labelled returns the label that 有此栏(…) asks for, "" where node names none.
func (g *guard) labelled(node ast.Node) string {
	switch x := node.(type) {
	case *ast.IdentifierNode:
		if g.params[x.Value] != nil || !isField(g.env[x.Value]) {
			return ""
		}
		if _, own := g.words.in(g.scope)[x.Value]; own {
			return prefixes[g.scope] + x.Value
		}
		return x.Value
	case *ast.MemberNode:
		base, isName := x.Node.(*ast.IdentifierNode)
		field, isText := x.Property.(*ast.StringNode)
		if !isName || !isText {
			return ""
		}
		for _, p := range append(g.words.members(), g.words.lists()...) {
			if p.name == base.Value && fieldsOf(p.part)[field.Value] != nil {
				return cmp.Or(prefixOf(p.part), p.name+".") + field.Value
			}
		}
	}
	return ""
}

// prints is the function 有此栏.
func prints(name string, r *runner) (bool, error) { return r.prints(name), nil }

// prints reports whether the form prints a label for what name says. What only other
// forms have it does not.
func (r *runner) prints(name string) bool {
	return !strings.HasPrefix(name, hidden) && r.table.Prints(name) && (!r.set.words.own[name] || slices.Contains(r.table.OwnLabels(), name))
}

// hasValue is the function 有值, and typedIn 原文, of a field of a row, or of what a
// rule names without one. Of a label that the form does not print they know nothing.
func hasValue(holder any, label string, r *runner) (bool, error) {
	o := r.operand(holder, label)
	v := o.row.at(o.index)
	switch {
	case r.saying && isAbsent(v): // a message says less, then
		return false, nil
	case !o.printed() || isAbsent(v):
		return false, errUnknown
	case o.here:
		return r.named(label) != nil, nil
	}
	return o.index >= 0 && o.row.values[o.index] != nil, nil
}

func typedIn(holder any, label string, r *runner) (string, error) {
	o := r.operand(holder, label)
	v := o.row.at(o.index)
	if o.here {
		v = r.value(label)
	}
	switch {
	case !o.printed() || isAbsent(v):
		return "", errUnknown
	case v == nil:
		return "", nil // of a row that is not there
	case v.At().Counts != "":
		return v.At().Counts, nil
	case r.saying:
		return saidText(v), nil
	}
	return sheet.AsTyped(v), nil
}

// isAbsent reports whether the form has no cell for a value of a row, or none from which
// anything follows.
func isAbsent(v sheet.Value) bool { return v != nil && (v.At().Absent || v.At().Unsettled) }

// operand is what 有值 or 原文 is about.
type operand struct {
	r      *runner
	here   bool   // what a rule names without a row
	row    *row   // that holds the field; nil of one that is not there
	index  int    // of the field in it, -1 where it has none
	prefix string // what the names of its fields begin with
	label  string
}

func (r *runner) operand(holder any, label string) operand {
	o := operand{r: r, here: holder == any(r), row: r.here, label: label}
	if !o.here {
		o.row = rowOf(holder)
	}
	o.index = o.row.index(label)
	begin := o.row.begin()
	if !o.here || o.index >= 0 || len(r.set.words.own) > 0 && r.set.words.own[begin+label] { // also one that only other forms have
		o.prefix = begin
	}
	if o.here && r.together && isPoints(label) {
		o.prefix = hidden // not the row's alone
	}
	return o
}

// printed reports whether the form prints the label.
func (o operand) printed() bool {
	row, i := o.row, o.index
	switch {
	case !o.here && row != nil && row.absent:
		return false
	case o.here && i < 0:
		row, i = o.r.form, o.r.form.index(o.label)
	}
	if i < 0 || i >= len(row.printed) || row.prefix != o.prefix {
		return o.r.prints(o.prefix + o.label)
	}
	if row.printed[i] == unknown {
		row.printed[i] = no
		if o.r.prints(o.prefix + o.label) {
			row.printed[i] = yes
		}
	}
	return row.printed[i] == yes
}
