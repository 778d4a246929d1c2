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
