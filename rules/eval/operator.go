package eval

import (
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm/runtime"
)

// sign compiles a + or a - before a number.
func (c *compiler) sign(x *ast.UnaryNode) number {
	n := c.number(x.Node)
	switch x.Operator {
	case "+":
		return n
	case "-":
		return func(f *Frame) (float64, error) {
			v, err := n(f)
			return -v, err
		}
	}
	c.leave(x)
	return nil
}

// arithmetic compiles an operation on two numbers. Division and powers are calls by now.
func (c *compiler) arithmetic(x *ast.BinaryNode) number {
	if !c.isNumber(x.Left) || !c.isNumber(x.Right) {
		c.leave(x)
		return nil
	}
	if operate := arithmetic[x.Operator]; operate != nil {
		return both(c.number(x.Left), c.number(x.Right), operate)
	}
	c.leave(x)
	return nil
}

var arithmetic = map[string]func(a, b float64) float64{
	"+": func(a, b float64) float64 { return a + b },
	"-": func(a, b float64) float64 { return a - b },
	"*": func(a, b float64) float64 { return a * b },
}

// both applies a function to what two nodes come to.
func both[A, B, R any](a func(*Frame) (A, error), b func(*Frame) (B, error), apply func(A, B) R) func(*Frame) (R, error) {
	return from2(a, b, func(x A, y B) (R, error) { return apply(x, y), nil })
}

// comparison compiles an operation that is true or false.
func (c *compiler) comparison(x *ast.BinaryNode) boolean {
	switch {
	case joins[x.Operator] != "":
		return c.join(x)
	case x.Operator == "matches":
		return c.matches(x)
	case x.Operator == "in":
		return c.in(x)
	case c.isNumber(x.Left) && c.isNumber(x.Right):
		if compare := compareNumbers[x.Operator]; compare != nil {
			return both(c.number(x.Left), c.number(x.Right), compare)
		}
	case c.isText(x.Left) && c.isText(x.Right):
		if compare := compareTexts[x.Operator]; compare != nil {
			return both(c.text(x.Left), c.text(x.Right), compare)
		}
	case x.Operator == "==":
		return both(c.value(x.Left), c.value(x.Right), runtime.Equal)
	case x.Operator == "!=":
		return both(c.value(x.Left), c.value(x.Right), func(a, b any) bool { return !runtime.Equal(a, b) })
	}
	c.leave(x)
	return nil
}

var compareNumbers = map[string]func(a, b float64) bool{
	"==": func(a, b float64) bool { return a == b },
	"!=": func(a, b float64) bool { return a != b },
	"<":  func(a, b float64) bool { return a < b },
	"<=": func(a, b float64) bool { return a <= b },
	">":  func(a, b float64) bool { return a > b },
	">=": func(a, b float64) bool { return a >= b },
}

var compareTexts = map[string]func(a, b string) bool{
	"==":         func(a, b string) bool { return a == b },
	"!=":         func(a, b string) bool { return a != b },
	"<":          func(a, b string) bool { return a < b },
	"<=":         func(a, b string) bool { return a <= b },
	">":          func(a, b string) bool { return a > b },
	">=":         func(a, b string) bool { return a >= b },
	"contains":   strings.Contains,
	"startsWith": strings.HasPrefix,
	"endsWith":   strings.HasSuffix,
}

// join compiles an && or || inside of an expression that is asked as a whole.
func (c *compiler) join(x *ast.BinaryNode) boolean {
	a, b := c.boolean(x.Left), c.boolean(x.Right)
	settles := joins[x.Operator] == "||"
	return func(f *Frame) (bool, error) {
		v, err := a(f)
		if err != nil || v == settles {
			return v, err
		}
		return b(f)
	}
}

const patternCost = 50 // of a pattern, in nodes

func (c *compiler) matches(x *ast.BinaryNode) boolean {
	pattern, ok := x.Right.(*ast.StringNode)
	if !ok || !c.isText(x.Left) {
		c.leave(x)
		return nil
	}
	c.cost += patternCost
	match, err := matcher(pattern.Value)
	if err != nil {
		c.err = err
	}
	return from(c.text(x.Left), func(s string) (bool, error) { return match(s), nil })
}

// matcher compiles a pattern. One that is a set of characters is looked for as such, in
// less time: most patterns of rules ask for a digit.
func matcher(pattern string) (func(string) bool, error) {
	set, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	if set.Op == syntax.OpCharClass {
		among := func(r rune) bool {
			for i := 0; i < len(set.Rune); i += 2 {
				if set.Rune[i] <= r && r <= set.Rune[i+1] {
					return true
				}
			}
			return false
		}
		return func(s string) bool { return strings.ContainsFunc(s, among) }, nil
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	return re.MatchString, nil
}

// in compiles "a in list". A list of texts that are written there is a set.
func (c *compiler) in(x *ast.BinaryNode) boolean {
	if set := textsIn(x.Right); set != nil && c.isText(x.Left) {
		s := c.text(x.Left)
		return func(f *Frame) (bool, error) {
			v, err := s(f)
			return set[v] && err == nil, err
		}
	}
	if c.isText(x.Left) && x.Right.Type() == reflect.TypeFor[[]string]() {
		list := from(c.value(x.Right), func(v any) ([]string, error) { return v.([]string), nil })
		return both(c.text(x.Left), list, func(s string, list []string) bool { return slices.Contains(list, s) })
	}
	return both(c.value(x.Left), c.value(x.Right), func(a, list any) bool { return runtime.In(a, list) })
}

func textsIn(node ast.Node) map[string]bool {
	list, ok := node.(*ast.ArrayNode)
	if !ok {
		return nil
	}
	set := make(map[string]bool, len(list.Nodes))
	for _, n := range list.Nodes {
		s, ok := n.(*ast.StringNode)
		if !ok {
			return nil
		}
		set[s.Value] = true
	}
	return set
}
