package rules

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/types"

	"ziping/rules/syntax"
	"ziping/sheet"
	"ziping/sheet/strict"
)

// guard refuses what rules may not use, and rewrites 有值(x) and 原文(x), which
// need not the value of x but what stands beside it.
type guard struct {
	env     types.Map
	words   *vocabulary
	scope   Scope
	params  map[string]*Param
	heights map[ast.Node]int // of loops: how deep loops nest in them
	asks    []need           // fields of which 有值 or 原文 asks
	takes   []need           // columns of lists
	lists   []string         // those that are named, or taken by 各项合计
	columns []string         // those that are looked at in rows of lists
	used    map[string]bool  // params
	problem string           // the first
	at      int
}

func (g *guard) refuse(node ast.Node, format string, args ...any) {
	if g.problem == "" {
		g.problem, g.at = fmt.Sprintf(format, args...), node.Location().From
	}
}

// Visit implements ast.Visitor.
func (g *guard) Visit(node *ast.Node) {
	switch x := (*node).(type) {
	case *ast.IdentifierNode:
		switch {
		case g.params[x.Value] != nil:
			g.used[x.Value] = true
		case g.words.isList(x.Value):
			g.lists = append(g.lists, x.Value)
			if g.scope.member() != "" {
				g.refuse(x, "batch 规则的 assert 和 message 说的是一组表，不能逐行看%s；请写在 when、value 或 share 中", x.Value)
			}
		case x.Value == pointsFunction.Name:
			g.lists, g.columns = append(g.lists, sheet.LabelFunds, sheet.LabelIndicators), append(g.columns, sheet.LabelWeight, sheet.LabelScore)
		case x.Value == "$env":
			g.refuse(x, "规则中不能用 $env")
		}
	case *ast.NilNode:
		g.refuse(x, "规则中不能用 nil；没有填写的项目用 !有值(项目) 判断")
	case *ast.VariableDeclaratorNode:
		g.refuse(x, "规则中不能用 let")
	case *ast.SequenceNode:
		g.refuse(x, "一处只能有一个表达式；几个条件都要成立时用 && 连接")
	case *ast.BinaryNode:
		if x.Operator == ".." || x.Operator == "??" {
			g.refuse(x, "规则中不能用 %s", x.Operator)
		}
		if zero, ok := x.Right.(*ast.IntegerNode); ok && x.Operator == "%" && zero.Value == 0 {
			g.refuse(x, "除数为 0")
		}
	case *ast.MemberNode:
		g.key(x)
	case *ast.BuiltinNode:
		g.builtin(x)
	case *ast.CallNode:
		g.call(node, x)
	}
}

// builtin refuses functions that are not among builtins and loops in loops in
// loops.
func (g *guard) builtin(x *ast.BuiltinNode) {
	if !slices.ContainsFunc(Builtins, func(f Function) bool { return f.Name == x.Name }) {
		g.refuse(x, "规则中不能用 %s 这个函数", x.Name)
	}
	height := 0
	for _, arg := range x.Arguments {
		if p, ok := arg.(*ast.PredicateNode); ok {
			inner := 0
			ast.Walk(&p.Node, syntax.Visit(func(n ast.Node) { inner = max(inner, g.heights[n]) }))
			height = 1 + inner
		}
	}
	if height > maxLoops {
		g.refuse(x, "%s 套得太深：逐行的函数最多套 %d 层", x.Name, maxLoops)
	}
	g.heights[x] = height
}

// key refuses a name that a param does not have in its table.
func (g *guard) key(x *ast.MemberNode) {
	table, isName := x.Node.(*ast.IdentifierNode)
	name, isText := x.Property.(*ast.StringNode)
	if _, ofRow := x.Node.(*ast.PointerNode); ofRow && isText {
		g.columns = append(g.columns, name.Value)
	}
	if !isName || !isText || g.params[table.Value] == nil {
		return
	}
	if m, ok := g.params[table.Value].Value.(map[string]float64); ok {
		if _, ok := m[name.Value]; !ok {
			g.refuse(name, "参数“%s”的表中没有“%s”", table.Value, name.Value)
		}
	}
}

// column refuses a name that the rows of a list do not have: 合计(绩效指标, "得份").
func (g *guard) column(call *ast.CallNode) {
	row := call.Arguments[0].Nature().Ref
	name, ok := call.Arguments[1].(*ast.StringNode)
	if !ok || row == nil || row.TypeData == nil || row.Fields == nil {
		return
	}
	ast.Walk(&call.Arguments[0], syntax.Visit(func(n ast.Node) {
		if list, ok := n.(*ast.IdentifierNode); ok && g.words.isList(list.Value) {
			g.takes, g.columns = append(g.takes, need{list.Value, name.Value}), append(g.columns, name.Value)
		}
	}))
	if _, ok := row.Fields[name.Value]; !ok {
		labels := slices.Sorted(maps.Keys(row.Fields))
		g.refuse(name, "清单中没有“%s”这一项%s", name.Value, strict.Meant(name.Value, labels))
	}
}

// call rewrites 有值(x), 原文(x) and 有此栏(x).
func (g *guard) call(node *ast.Node, call *ast.CallNode) {
	callee, ok := call.Callee.(*ast.IdentifierNode)
	switch {
	case !ok:
		return
	case len(call.Arguments) > 1:
		g.column(call)
	}
	switch {
	case !slices.Contains(askers, callee.Value):
		return
	case len(call.Arguments) != 1:
		g.refuse(callee, "%s 应有一个项目：%s(项目)", callee.Value, callee.Value)
		return
	case callee.Value == "有此栏" && g.scope.member() != "":
		g.refuse(callee, "batch 规则的 assert 和 message 说的是一组表，不能用 有此栏；请写在 when 中")
		return
	case callee.Value == "有此栏":
		g.asksForLabel(node, call.Arguments[0])
		return
	}
	holder, field := g.held(call.Arguments[0])
	switch {
	case holder != nil:
		if base, ok := holder.(*ast.IdentifierNode); ok {
			g.asks = append(g.asks, need{strings.TrimPrefix(base.Value, formKey), field})
		}
		form := wholeKey // of a row nothing changes from row to row
		if base, ok := holder.(*ast.IdentifierNode); ok && base.Value == formKey {
			form = formKey
		}
		patchCall(node, hidden+callee.Value, holder, &ast.StringNode{Value: field}, &ast.IdentifierNode{Value: form})
	case g.unknown(call.Arguments[0]):
		*node = call.Arguments[0] // for the checker to report
	default:
		g.refuse(call.Arguments[0], "%s 只能用于表中的一个项目，如 %s(得分)", callee.Value, callee.Value)
	}
}

// askers are the functions that may be asked of what is not there.
var askers = []string{"有值", "原文", "有此栏"}

// asksForLabel rewrites 有此栏(x).
func (g *guard) asksForLabel(node *ast.Node, label ast.Node) {
	switch name := g.labelled(label); {
	case name != "":
		patchCall(node, printsName, &ast.StringNode{Value: name}, &ast.IdentifierNode{Value: wholeKey})
	case g.unknown(label):
		*node = label // for the checker to report
	default:
		g.refuse(label, "有此栏 只能用于表中的一栏，如 有此栏(总分.得分)、有此栏(绩效指标.得分)")
	}
}

// held returns what holds a field and its name, nil where node is no field.
func (g *guard) held(node ast.Node) (holder ast.Node, field string) {
	switch x := node.(type) {
	case *ast.IdentifierNode:
		if g.params[x.Value] == nil && isField(g.env[x.Value]) {
			return &ast.IdentifierNode{Value: formKey}, x.Value
		}
	case *ast.ChainNode:
		return g.held(x.Node)
	case *ast.MemberNode:
		if name, ok := x.Property.(*ast.StringNode); ok && isRow(x.Node) && hasField(x.Node, name.Value) {
			return x.Node, name.Value
		}
	}
	return nil, ""
}

// unknown reports whether a node names something that is not there.
func (g *guard) unknown(node ast.Node) bool {
	switch x := node.(type) {
	case *ast.IdentifierNode:
		return g.env[x.Value] == nil
	case *ast.MemberNode:
		return isRow(x.Node) || g.unknown(x.Node)
	}
	return false
}

// isRow reports whether a node is a member or a row of the table.
func isRow(node ast.Node) bool { return node.Type() == reflect.TypeFor[map[string]any]() }

func hasField(row ast.Node, name string) bool {
	data := row.Nature().TypeData
	if data == nil || data.Fields == nil {
		return false
	}
	_, ok := data.Fields[name]
	return ok
}
