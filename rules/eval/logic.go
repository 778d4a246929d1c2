package eval

import (
	"github.com/expr-lang/expr/ast"

	"ziping/rules/syntax"
)

// logic is a condition taken apart at its &&, || and !.
type logic struct {
	op    string // "&&", "||", "!"; "" of a part that is not taken further apart
	parts [2]*logic
	leaf  leaf
}

// joins are the operators that join conditions, as they may be written.
var joins = map[string]string{"&&": "&&", "and": "&&", "||": "||", "or": "||"}

func isNot(operator string) bool { return operator == "!" || operator == "not" }

func (c *compiler) logic(node ast.Node) *logic {
	switch x := node.(type) {
	case *ast.BinaryNode:
		if op := joins[x.Operator]; op != "" {
			left, before := c.logic(x.Left), c.cost
			right := c.logic(x.Right)
			c.cost = before + (c.cost-before)/2 // often the left part settles it
			return &logic{op: op, parts: [2]*logic{left, right}}
		}
	case *ast.UnaryNode:
		if isNot(x.Operator) && isJoined(x.Node) {
			return &logic{op: "!", parts: [2]*logic{c.logic(x.Node)}}
		}
	}
	return &logic{leaf: c.leaf(node, true)}
}

// isJoined reports whether a node is taken apart.
func isJoined(node ast.Node) bool {
	switch x := node.(type) {
	case *ast.BinaryNode:
		return joins[x.Operator] != ""
	case *ast.UnaryNode:
		return isNot(x.Operator) && isJoined(x.Node)
	}
	return false
}

func (l *logic) answer(f *Frame) (Answer, error) {
	if l.op == "" {
		return l.leaf.answer(f)
	}
	a, err := l.parts[0].answer(f)
	if err != nil || l.op == "!" {
		return a.not(), err
	}
	settles := No // an && by its left part
	if l.op == "||" {
		settles = Yes
	}
	if a == settles {
		return a, nil
	}
	b, err := l.parts[1].answer(f)
	switch {
	case err != nil:
		return Unknown, err
	case b == settles || a != Unknown:
		return b, nil
	}
	return Unknown, nil
}

func (l *logic) only(op string) bool {
	return l.op == "" || l.op == op && l.parts[0].only(op) && l.parts[1].only(op)
}

// leaf is an expression that is unknown where any value that it names is not there,
// whether it comes by it or not; of condition ? a : b only the one that is chosen counts.
type leaf struct {
	needs   []int // places of values
	members []member
	run     value
	text    text    // the same, of a text
	ask     boolean // of what is true or false
}

// member is a field of a row that has a name: 总分.得分.
type member struct {
	place int
	field string
}

func (l *leaf) known(f *Frame) bool {
	for _, place := range l.needs {
		if f.Values[place] == nil {
			return false
		}
	}
	for _, m := range l.members {
		if m.value(f) == nil {
			return false
		}
	}
	return true
}

func (l *leaf) value(f *Frame) (any, error) {
	if !l.known(f) {
		return nil, ErrUnknown
	}
	return l.run(f)
}

func (l *leaf) answer(f *Frame) (Answer, error) {
	if !l.known(f) {
		return Unknown, nil
	}
	b, err := l.ask(f)
	if err != nil {
		if err == ErrUnknown {
			err = nil
		}
		return Unknown, err
	}
	return answerOf(b), nil
}

// leaf compiles an expression that is not taken apart.
func (c *compiler) leaf(node ast.Node, condition bool) leaf {
	l := leaf{}
	chosen := map[ast.Node]bool{} // what only one branch of a choice needs
	ast.Walk(&node, syntax.Visit(func(n ast.Node) {
		if x, ok := n.(*ast.ConditionalNode); ok {
			for _, branch := range []ast.Node{x.Exp1, x.Exp2} {
				ast.Walk(&branch, syntax.Visit(func(n ast.Node) { chosen[n] = true }))
			}
		}
	}))
	ast.Walk(&node, syntax.Visit(func(n ast.Node) {
		if chosen[n] {
			return
		}
		switch x := n.(type) {
		case *ast.IdentifierNode:
			if place, ok := c.Places[x.Value]; ok {
				l.needs = append(l.needs, place)
			}
		case *ast.MemberNode:
			if m, ok := c.member(x); ok {
				l.members = append(l.members, m)
			}
		}
	}))
	c.beyond = nil
	if condition {
		l.ask = c.boolean(node)
	} else {
		part := c.native(node)
		l.run = inInterface(part)
		l.text, _ = part.(text)
	}
	if c.beyond != nil {
		l.text = nil
		l.run, l.ask = c.machine(node)
	}
	return l
}
