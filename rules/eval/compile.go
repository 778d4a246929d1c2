package eval

import (
	"fmt"
	"reflect"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/vm/runtime"
)

// What a node becomes, by its type. An int is a number here; where a function takes it
// as it is, it becomes an int again.
type (
	value   func(*Frame) (any, error)
	number  func(*Frame) (float64, error)
	text    func(*Frame) (string, error)
	boolean func(*Frame) (bool, error)
)

// compiler makes functions of nodes.
type compiler struct {
	Env
	cost   int
	err    error
	met    met
	beyond ast.Node // that this package makes nothing of, nil where there is none
}

// kindOf returns the kind of a node's value. Of a call that is an argument of another the
// checker forgets it.
func (c *compiler) kindOf(node ast.Node) reflect.Kind {
	kind := node.Type().Kind()
	if x, ok := node.(*ast.CallNode); ok && kind == reflect.Interface {
		if callee, ok := x.Callee.(*ast.IdentifierNode); ok {
			if f := c.Config.Functions[callee.Value]; f != nil && len(f.Types) > 0 {
				return f.Types[0].Out(0).Kind()
			}
		}
	}
	return kind
}

// isNumber reports whether a node is a number; of a choice between an int and a float,
// and of what is made of it, the checker says only that it may be anything.
func (c *compiler) isNumber(node ast.Node) bool {
	switch x := node.(type) {
	case *ast.ConditionalNode:
		return c.isNumber(x.Exp1) && c.isNumber(x.Exp2)
	case *ast.BinaryNode:
		if arithmetic[x.Operator] != nil {
			return c.isNumber(x.Left) && c.isNumber(x.Right)
		}
	}
	k := c.kindOf(node)
	return k == reflect.Float64 || k == reflect.Int
}

func (c *compiler) isText(node ast.Node) bool { return c.kindOf(node) == reflect.String }

// leave leaves a node to the language's machine.
func (c *compiler) leave(node ast.Node) {
	if c.beyond == nil {
		c.beyond = node
	}
}

// value compiles a node of any type.
func (c *compiler) value(node ast.Node) value {
	c.cost++
	switch x := node.(type) {
	case *ast.StringNode:
		return constant(x.Value)
	case *ast.IntegerNode:
		if c.kindOf(node) == reflect.Float64 {
			return constant(float64(x.Value))
		}
		return constant(x.Value)
	case *ast.FloatNode:
		return constant(x.Value)
	case *ast.BoolNode:
		return constant(x.Value)
	case *ast.ConstantNode:
		return constant(x.Value)
	case *ast.IdentifierNode:
		return c.identifier(x)
	case *ast.ChainNode:
		return c.value(x.Node)
	case *ast.MemberNode:
		return c.field(x)
	case *ast.PointerNode:
		if x.Name == "" {
			c.met.items++
			return func(f *Frame) (any, error) { return f.items[len(f.items)-1], nil }
		}
	case *ast.ArrayNode:
		return c.array(x)
	case *ast.CallNode:
		return c.shared(x, func() value { return c.call(x) })
	case *ast.BuiltinNode:
		return c.shared(x, func() value { return c.builtin(x) })
	case *ast.ConditionalNode:
		return choice(c.boolean(x.Cond), c.value(x.Exp1), c.value(x.Exp2))
	case *ast.UnaryNode, *ast.BinaryNode:
		return c.boxed(node)
	}
	c.leave(node)
	return nil
}

func constant(v any) value { return func(*Frame) (any, error) { return v, nil } }

// boxed compiles an operation as what it comes to.
func (c *compiler) boxed(node ast.Node) value {
	switch c.kindOf(node) {
	case reflect.Bool:
		b := c.boolean(node)
		return func(f *Frame) (any, error) { return b(f) }
	case reflect.Float64:
		n := c.number(node)
		return func(f *Frame) (any, error) { return n(f) }
	case reflect.Int:
		n := c.number(node)
		return func(f *Frame) (any, error) {
			v, err := n(f)
			return int(v), err
		}
	}
	c.leave(node)
	return nil
}

func (c *compiler) identifier(x *ast.IdentifierNode) value {
	place, ok := c.Places[x.Value]
	if !ok {
		c.leave(x)
		return nil
	}
	c.meet(place)
	return func(f *Frame) (any, error) {
		if v := f.Values[place]; v != nil {
			return v, nil
		}
		return nil, ErrUnknown
	}
}

// member returns what a node such as 总分.得分 names; other members are calls of
// functions by now.
func (c *compiler) member(x *ast.MemberNode) (member, bool) {
	row, isName := x.Node.(*ast.IdentifierNode)
	field, isField := x.Property.(*ast.StringNode)
	if !isName || !isField || x.Optional || x.Method {
		return member{}, false
	}
	place, ok := c.Places[row.Value]
	return member{place, field.Value}, ok && row.Type() == reflect.TypeFor[map[string]any]()
}

func (c *compiler) field(x *ast.MemberNode) value {
	m, ok := c.member(x)
	if !ok {
		return c.element(x)
	}
	c.meet(m.place)
	return func(f *Frame) (any, error) {
		if row, _ := f.Values[m.place].(map[string]any); row[m.field] != nil {
			return row[m.field], nil
		}
		return nil, ErrUnknown
	}
}

// element compiles list[0].
func (c *compiler) element(x *ast.MemberNode) value {
	if c.kindOf(x.Property) != reflect.Int || c.kindOf(x.Node) != reflect.Slice || x.Optional {
		c.leave(x)
		return nil
	}
	return both(c.value(x.Node), c.value(x.Property), runtime.Fetch)
}

func (c *compiler) values(nodes []ast.Node) []value {
	list := make([]value, len(nodes))
	for i, n := range nodes {
		list[i] = c.value(n)
	}
	return list
}

func (c *compiler) array(x *ast.ArrayNode) value {
	parts := c.values(x.Nodes)
	return func(f *Frame) (any, error) {
		list := make([]any, len(parts))
		for i, part := range parts {
			var err error
			list[i], err = part(f)
			if err != nil {
				return nil, err
			}
		}
		return list, nil
	}
}

const callCost = 20 // of a call, in nodes

func (c *compiler) call(x *ast.CallNode) value {
	callee, ok := x.Callee.(*ast.IdentifierNode)
	if !ok || c.Config.Functions[callee.Value] == nil {
		c.leave(x)
		return nil
	}
	return c.calling(c.Config.Functions[callee.Value].Func, x.Arguments)
}

// calling calls a function with the values of nodes. They lie on a stack: a function
// keeps none of them.
func (c *compiler) calling(call func(...any) (any, error), nodes []ast.Node) value {
	c.cost += callCost
	args := c.values(nodes)
	return func(f *Frame) (any, error) {
		begin := len(f.args)
		for _, arg := range args {
			v, err := arg(f)
			if err != nil {
				return nil, err
			}
			f.args = append(f.args, v)
		}
		v, err := call(f.args[begin:]...)
		f.args = f.args[:begin]
		return v, err
	}
}

// builtin compiles a function that is built into the language.
func (c *compiler) builtin(x *ast.BuiltinNode) value {
	if loop := c.loop(x); loop != nil {
		return loop
	}
	id, ok := builtin.Index[x.Name]
	if !ok || builtin.Builtins[id].Predicate {
		c.leave(x)
		return nil
	}
	switch fn := builtin.Builtins[id]; {
	case fn.Fast != nil:
		return c.calling(func(args ...any) (any, error) { return fn.Fast(args[0]), nil }, x.Arguments)
	case fn.Safe != nil:
		return c.calling(func(args ...any) (any, error) {
			v, _, err := fn.Safe(args...)
			return v, err
		}, x.Arguments)
	default:
		return c.calling(fn.Func, x.Arguments)
	}
}

// choice compiles condition ? yes : no.
func choice[T any](condition boolean, yes, no func(*Frame) (T, error)) func(*Frame) (T, error) {
	return func(f *Frame) (none T, err error) {
		switch b, err := condition(f); {
		case err != nil:
			return none, err
		case b:
			return yes(f)
		}
		return no(f)
	}
}

// number compiles a node that is a number.
func (c *compiler) number(node ast.Node) number {
	switch x := node.(type) {
	case *ast.IntegerNode:
		v := float64(x.Value)
		return func(*Frame) (float64, error) { return v, nil }
	case *ast.FloatNode:
		return func(*Frame) (float64, error) { return x.Value, nil }
	case *ast.UnaryNode:
		return c.sign(x)
	case *ast.BinaryNode:
		return c.arithmetic(x)
	case *ast.ConditionalNode:
		return choice(c.boolean(x.Cond), c.number(x.Exp1), c.number(x.Exp2))
	}
	v := c.value(node)
	return func(f *Frame) (float64, error) {
		x, err := v(f)
		if err != nil {
			return 0, err
		}
		switch x := x.(type) {
		case float64:
			return x, nil
		case int:
			return float64(x), nil
		}
		return 0, fmt.Errorf("应为数字，这里是 %v", x)
	}
}

// text compiles a node that is a text.
func (c *compiler) text(node ast.Node) text {
	if x, ok := node.(*ast.StringNode); ok {
		return func(*Frame) (string, error) { return x.Value, nil }
	}
	v := c.value(node)
	return func(f *Frame) (string, error) {
		x, err := v(f)
		if err != nil {
			return "", err
		}
		s, ok := x.(string)
		if !ok {
			return "", fmt.Errorf("应为文字，这里是 %v", x)
		}
		return s, nil
	}
}

// boolean compiles a node that is true or false.
func (c *compiler) boolean(node ast.Node) boolean {
	switch x := node.(type) {
	case *ast.BoolNode:
		return func(*Frame) (bool, error) { return x.Value, nil }
	case *ast.PredicateNode:
		return c.boolean(x.Node)
	case *ast.UnaryNode:
		if isNot(x.Operator) {
			b := c.boolean(x.Node)
			return func(f *Frame) (bool, error) {
				v, err := b(f)
				return !v, err
			}
		}
	case *ast.BinaryNode:
		return c.comparison(x)
	}
	v := c.value(node)
	return func(f *Frame) (bool, error) {
		x, err := v(f)
		if err != nil {
			return false, err
		}
		return runtime.ToBool(x), nil
	}
}
