// Package syntax looks at expressions as trees: what is in them, and what of a condition is
// settled before it is run.
package syntax

import "github.com/expr-lang/expr/ast"

// Visit is an ast.Visitor that only looks.
type Visit func(ast.Node)

// Visit implements ast.Visitor.
func (f Visit) Visit(node *ast.Node) { f(*node) }

// LastName returns the name of a field, also of a member, or of the function called.
func LastName(n ast.Node) string {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		return x.Value
	case *ast.MemberNode:
		return LastName(x.Property)
	case *ast.StringNode:
		return x.Value
	case *ast.CallNode:
		return LastName(x.Callee)
	}
	return ""
}
