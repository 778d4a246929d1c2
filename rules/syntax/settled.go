package syntax

import (
	"fmt"
	"math"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// Settled says what in a condition is settled before any form is seen: a part that is
// true or false as it is written, the same part twice, parts that can't hold together,
// parts of which one always holds.
func Settled(text string) (why string) {
	tree, err := parser.Parse(text)
	if err != nil {
		return "" // reported where the rule is compiled
	}
	inside := map[ast.Node]bool{} // of a chain that is looked at as a whole
	chains := func(n ast.Node) {
		x, op := chainOf(n)
		if x == nil || inside[n] || why != "" {
			return
		}
		why = settledChain(op, flatten(x, op, inside))
	}
	comparisons := func(n ast.Node) {
		if holds, is := asWritten(n); is && why == "" {
			why = fmt.Sprintf("“%s”%s", n, map[bool]string{true: "总是成立", false: "总是不成立"}[holds])
		}
	}
	walkDown(tree.Node, chains)
	ast.Walk(&tree.Node, Visit(comparisons))
	return why
}

// walkDown visits a node before what is in it.
func walkDown(node ast.Node, see func(ast.Node)) {
	var nodes []ast.Node
	ast.Walk(&node, Visit(func(n ast.Node) { nodes = append(nodes, n) }))
	for _, n := range slices.Backward(nodes) {
		see(n)
	}
}

// chainOf returns an && or || as one, with its operator in signs.
func chainOf(n ast.Node) (*ast.BinaryNode, string) {
	x, ok := n.(*ast.BinaryNode)
	if !ok {
		return nil, ""
	}
	op := map[string]string{"&&": "&&", "and": "&&", "||": "||", "or": "||"}[x.Operator]
	if op == "" {
		return nil, ""
	}
	return x, op
}

// flatten returns the parts that one operator joins.
func flatten(n ast.Node, op string, inside map[ast.Node]bool) []ast.Node {
	x, is := chainOf(n)
	if is != op {
		return []ast.Node{n}
	}
	inside[n] = true
	return append(flatten(x.Left, op, inside), flatten(x.Right, op, inside)...)
}

// settledChain says what is settled of parts that are joined by one operator.
func settledChain(op string, parts []ast.Node) string {
	all := map[string]string{"&&": "总是不成立", "||": "总是成立"}[op]
	var known []comparison
	said := map[string]bool{}
	for _, part := range parts {
		if b, is := part.(*ast.BoolNode); is {
			if b.Value == (op == "||") {
				return fmt.Sprintf("写了“%s %v”，整个条件%s", op, b.Value, all)
			}
			return fmt.Sprintf("“%s %v”不起作用，可以不写", op, b.Value)
		}
		text := part.String()
		if said[text] {
			return fmt.Sprintf("“%s”写了两次", text)
		}
		said[text] = true
		if not, is := denial(part); is && said[not] || said["!("+text+")"] || said["not ("+text+")"] {
			return fmt.Sprintf("“%s”与它的相反写在一起，%s", text, all)
		}
		c, is := comparisonOf(part)
		if !is {
			continue
		}
		if op == "||" {
			c = c.not() // one of them holds where their contraries can't hold together
		}
		for _, other := range known {
			if other.key == c.key && exclude(other, c) {
				return fmt.Sprintf("“%s”与“%s”%s", other.text, c.text, map[string]string{"&&": "不会同时成立，整个条件总是不成立", "||": "总有一个成立，整个条件总是成立"}[op])
			}
		}
		known = append(known, c)
	}
	return ""
}

// denial returns what a ! denies.
func denial(n ast.Node) (string, bool) {
	if x, ok := n.(*ast.UnaryNode); ok && (x.Operator == "!" || x.Operator == "not") {
		return x.Node.String(), true
	}
	return "", false
}

// comparison is one of a value, known by its text, with a number or another text, or of
// two values by their difference.
type comparison struct {
	text, key, op string
	number        float64
	word          string
	isWord        bool
}

var (
	contraryOps = map[string]string{"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
	turnedOps   = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
)

func (c comparison) not() comparison {
	c.op = contraryOps[c.op]
	return c
}

func comparisonOf(n ast.Node) (c comparison, ok bool) {
	x, ok := n.(*ast.BinaryNode)
	if !ok || contraryOps[x.Operator] == "" {
		return c, false
	}
	c = comparison{text: n.String(), op: x.Operator}
	left, right := x.Left, x.Right
	if literal(left) || !literal(right) && left.String() > right.String() {
		left, right, c.op = right, left, turnedOps[c.op]
	}
	c.key = left.String()
	if w, is := right.(*ast.StringNode); is {
		c.word, c.isWord = w.Value, true
		return c, c.op == "==" || c.op == "!="
	}
	number, is := numberOf(right)
	if !is {
		c.key += " - " + right.String()
	}
	c.number = number
	return c, !literal(left)
}

func literal(n ast.Node) bool {
	_, isNumber := numberOf(n)
	_, isWord := n.(*ast.StringNode)
	return isNumber || isWord
}

func numberOf(n ast.Node) (float64, bool) {
	switch x := n.(type) {
	case *ast.IntegerNode:
		return float64(x.Value), true
	case *ast.FloatNode:
		return x.Value, true
	case *ast.UnaryNode:
		v, is := numberOf(x.Node)
		return -v, is && x.Operator == "-"
	}
	return 0, false
}

// exclude reports whether two comparisons of the same value can't both hold.
func exclude(a, b comparison) bool {
	if a.isWord || b.isWord {
		same := a.word == b.word
		return a.isWord && b.isWord && (a.op == "==" && b.op == "==" && !same || a.op != b.op && same)
	}
	if a.op == "!=" || b.op == "!=" {
		return a.op != b.op && (a.op == "==" || b.op == "==") && a.number == b.number
	}
	low, high := math.Inf(-1), math.Inf(1)
	open := false // at the end where they meet
	for _, c := range []comparison{a, b} {
		if c.op == ">" || c.op == ">=" || c.op == "==" {
			low = max(low, c.number)
		}
		if c.op == "<" || c.op == "<=" || c.op == "==" {
			high = min(high, c.number)
		}
		open = open || c.op == "<" || c.op == ">"
	}
	return low > high || low == high && open
}

// countsOf are the functions that count: never less than 0.
var countsOf = []string{"len", "count", "字数", "词数", "填写数", "出现次数", "出现处数", "abs"}

// asWritten reports whether a comparison holds as it is written: 1 > 2, len(绩效指标) >= 0,
// 得分 == 得分.
func asWritten(n ast.Node) (holds, is bool) {
	x, ok := n.(*ast.BinaryNode)
	if !ok || contraryOps[x.Operator] == "" {
		return false, false
	}
	left, leftIs := numberOf(x.Left)
	right, rightIs := numberOf(x.Right)
	op := x.Operator
	if leftIs && !rightIs {
		left, right, leftIs, rightIs, op = right, left, false, true, turnedOps[op]
	}
	counted := x.Left
	if _, first := numberOf(x.Left); first {
		counted = x.Right
	}
	switch {
	case leftIs && rightIs:
		return map[string]bool{"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "==": left == right, "!=": left != right}[op], true
	case x.Left.String() == x.Right.String():
		return op == "<=" || op == ">=" || op == "==", true
	case rightIs && slices.Contains(countsOf, calledName(counted)) && (right < 0 || right == 0 && (op == ">=" || op == "<")):
		return op == ">=" || op == ">" || op == "!=", true
	}
	return false, false
}

// calledName returns the name of the function that a node calls, also one of the
// language's own.
func calledName(n ast.Node) string {
	if b, ok := n.(*ast.BuiltinNode); ok {
		return b.Name
	}
	if c, ok := n.(*ast.CallNode); ok {
		return LastName(c.Callee)
	}
	return ""
}
