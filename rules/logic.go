package rules

import (
	"sync"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// logic is a condition taken apart at its &&, || and !, so that what is unknown in
// one part leaves the others to be asked, as in SQL: true || unknown is true.
type logic struct {
	op    string // "&&", "||", "!"; "" of a part that is not taken further apart
	parts []*logic
	leaf  func() *program // of a part
}

// takeApart returns the logic of a condition, nil where it has none. part compiles
// a part of it.
func takeApart(text string, part func(text string) *program) *logic {
	tree, err := parser.Parse(text)
	if err != nil {
		return nil // reported where the whole is compiled
	}
	if l := logicOf(tree.Node, part); l.op != "" {
		return l
	}
	return nil
}

func logicOf(node ast.Node, part func(string) *program) *logic {
	both := map[string]string{"&&": "&&", "and": "&&", "||": "||", "or": "||"}
	switch x := node.(type) {
	case *ast.BinaryNode:
		if op := both[x.Operator]; op != "" {
			return &logic{op: op, parts: []*logic{logicOf(x.Left, part), logicOf(x.Right, part)}}
		}
	case *ast.UnaryNode:
		if inner := logicOf(x.Node, part); inner.op != "" && (x.Operator == "!" || x.Operator == "not") {
			return &logic{op: "!", parts: []*logic{inner}}
		}
	}
	text := node.String()
	return &logic{leaf: sync.OnceValue(func() *program { return part(text) })}
}

// answer evaluates the logic.
func (l *logic) answer(r *runner) (answer, error) {
	if l.op == "" {
		p := l.leaf()
		if p == nil {
			return unknown, nil
		}
		return r.known(p)
	}
	a, err := l.parts[0].answer(r)
	if err != nil || l.op == "!" {
		return a.not(), err
	}
	settles := no // an && by its left part
	if l.op == "||" {
		settles = yes
	}
	if a == settles {
		return a, nil
	}
	b, err := l.parts[1].answer(r)
	switch {
	case err != nil:
		return unknown, err
	case b == settles || a != unknown:
		return b, nil
	}
	return unknown, nil
}

// may reports whether the logic may come to an answer though not all of its values
// are there: an && of unknown parts is never yes, an || never no.
func (l *logic) may(a answer) bool {
	never := map[answer]string{yes: "&&", no: "||"}[a]
	return l.op != "" && (l.op != never || l.parts[0].may(a) || l.parts[1].may(a))
}

// known evaluates a program as a whole: unknown where any value that it comes by is
// not there.
func (r *runner) known(p *program) (answer, error) {
	v, err := r.run(p)
	switch {
	case err != nil:
		return unknown, err
	case v == true:
		return yes, nil
	case v == false:
		return no, nil
	}
	return unknown, nil
}
