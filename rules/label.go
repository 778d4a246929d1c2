package rules

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker/nature"

	"ziping/sheet"
)

// asksLabel is the function by which a rule asks whether a form prints a label.
const asksLabel = "有此栏"

// labels are those of what the expressions of a rule name, as sheet.Absent has
// them.
type labels struct {
	scope Scope
	named []string
	asked []string // with asksLabel: the rule knows what to do without
}

func (l *labels) name(label string) {
	if label != "" && !slices.Contains(l.named, label) {
		l.named = append(l.named, label)
	}
}

// of returns the label of a field: of the form or the scope where holder is an
// identifier of it, else of a row.
func (l *labels) of(holder ast.Node, field string) string {
	if x, ok := holder.(*ast.IdentifierNode); ok {
		switch x.Value {
		case "年度总体目标", "总分":
			return x.Value + "." + field
		case sheet.WholeFund:
			return "项目资金." + field
		}
		if x.Value == field || x.Value == formKey {
			return l.scope.label(field)
		}
	}
	if data := holder.Nature().TypeData; data != nil {
		return listOf(data.Fields) + "." + field
	}
	return ""
}

// label returns the label of a field that a rule of the scope names by itself,
// "" where that is none of the form.
func (s Scope) label(field string) string {
	part := ""
	switch s {
	case ScopeFund:
		part = "项目资金"
	case ScopeIndicator:
		part = "绩效指标"
	}
	_, own := s.own()[field]
	switch {
	case own && part == "":
		return ""
	case own:
		return part + "." + field
	}
	return field
}

// listOf returns the list that has rows with those fields.
func listOf(fields map[string]nature.Nature) string {
	if _, ok := fields["资金来源"]; ok {
		return "项目资金"
	}
	return "绩效指标"
}

// labelsFor returns the labels without which a rule does not apply.
func labelsFor(r *compiled, scope Scope) []string {
	all := labels{scope: scope}
	for _, p := range []*program{r.when, r.assert} {
		if p == nil || p == r.assert && r.Scope == ScopeBatch {
			continue
		}
		all.asked = append(all.asked, p.labels.asked...)
		for _, label := range p.labels.named {
			all.name(label)
		}
	}
	switch member, field, dotted := strings.Cut(r.At.Value, "."); {
	case r.At.Value == "":
	case dotted && member == sheet.WholeFund:
		all.name(member)
		all.name("项目资金." + field)
	case dotted:
		all.name(r.At.Value)
	default:
		all.name(scope.label(r.At.Value))
	}
	return slices.DeleteFunc(all.named, func(label string) bool { return slices.Contains(all.asked, label) })
}

// asks rewrites 有此栏(x) and 有此栏(list, "x").
func (g *guard) asks(node *ast.Node, call *ast.CallNode) {
	label, known := g.asked(call.Arguments)
	switch {
	case g.env[formKey] == nil:
		g.refuse(call.Callee, "batch 规则的 assert 和 message 说的是一组表，不能用 %s", asksLabel)
	case label != "":
		g.labels.asked = append(g.labels.asked, label)
		patchCall(node, printsName, &ast.IdentifierNode{Value: formKey}, &ast.StringNode{Value: label})
	case !known:
		*node = call.Arguments[0] // for the checker to report
	default:
		g.refuse(call.Callee, "%s 只能用于表中的一个项目，如 %s(得分)、%s(绩效指标, \"得分\")", asksLabel, asksLabel, asksLabel)
	}
}

// asked returns the label that a call of 有此栏 asks for, "" where its arguments
// name none; known tells whether the first one is in the vocabulary at all.
func (g *guard) asked(args []ast.Node) (label string, known bool) {
	switch len(args) {
	case 1:
		if list, ok := args[0].(*ast.IdentifierNode); ok && (isList(list.Value) || list.Value == sheet.WholeFund) {
			return list.Value, true
		}
		if holder, field := g.held(args[0]); holder != nil {
			return g.labels.of(holder, field), true
		}
		return "", !g.unknown(args[0])
	case 2:
		list, isName := args[0].(*ast.IdentifierNode)
		column, isText := args[1].(*ast.StringNode)
		if isName && isText && isList(list.Value) && hasColumn(list.Value, column.Value) {
			return list.Value + "." + column.Value, true
		}
	}
	return "", true
}

// isList reports whether a name is that of a list of the form.
func isList(name string) bool {
	return slices.ContainsFunc(lists, func(p part) bool { return p.name == name })
}

// hasColumn reports whether the rows of a list have a field of that name.
func hasColumn(list, name string) bool {
	return slices.ContainsFunc(lists, func(p part) bool { return p.name == list && sheet.Lookup(p.new(), name) != nil })
}

// prints is what 有此栏 is rewritten to.
func prints(args ...any) (any, error) {
	return args[0].(*runner).table.Prints(args[1].(string)), nil
}

// applies reports whether the form prints the labels that a rule is about.
func (r *runner) applies(rule *compiled) bool {
	return len(r.table.Absent) == 0 || !slices.ContainsFunc(rule.labels, func(label string) bool { return !r.table.Prints(label) })
}
