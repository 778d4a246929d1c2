package eval

import (
	"reflect"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/vm/runtime"
)

// What a node becomes, by its type. Where any number is asked for, an integer is one.
type (
	value   = func(*Frame) (any, error)
	number  = func(*Frame) (float64, error)
	integer = func(*Frame) (int, error)
	text    = func(*Frame) (string, error)
	boolean = func(*Frame) (bool, error)
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
			if f := c.Functions[callee.Value]; f != nil && f.kind != nil {
				return f.kind(c, x.Arguments)
			}
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
func (c *compiler) value(node ast.Node) value { return inInterface(c.native(node)) }

// native compiles a node of any type as a value, number, integer, text or boolean; nil
// where that can't be.
func (c *compiler) native(node ast.Node) any {
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
		return c.native(x.Node)
	case *ast.MemberNode:
		return c.field(x)
	case *ast.PointerNode:
		if x.Name == "" {
			c.met.items++
			return c.held(x, func(f *Frame) any { return f.items[len(f.items)-1] })
		}
	case *ast.ArrayNode:
		return c.array(x)
	case *ast.CallNode:
		return c.shared(x, func() any { return c.call(x) })
	case *ast.BuiltinNode:
		return c.shared(x, func() any { return c.builtin(x) })
	case *ast.ConditionalNode:
		return choice(c.boolean(x.Cond), c.value(x.Exp1), c.value(x.Exp2))
	case *ast.UnaryNode, *ast.BinaryNode:
		return c.operation(node)
	}
	c.leave(node)
	return nil
}

func constant(v any) value { return func(*Frame) (any, error) { return v, nil } }

// operation compiles an operation as what it comes to.
func (c *compiler) operation(node ast.Node) any {
	switch c.kindOf(node) {
	case reflect.Bool:
		return c.boolean(node)
	case reflect.Float64:
		return c.number(node)
	case reflect.Int:
		return from(c.number(node), func(v float64) (int, error) { return int(v), nil })
	}
	c.leave(node)
	return nil
}

func (c *compiler) identifier(x *ast.IdentifierNode) any {
	place, ok := c.Places[x.Value]
	if !ok {
		c.leave(x)
		return nil
	}
	c.meet(place)
	return c.held(x, func(f *Frame) any { return f.Values[place] })
}

// held compiles a node whose value is kept somewhere; nil is unknown.
func (c *compiler) held(node ast.Node, at func(*Frame) any) any {
	switch c.kindOf(node) {
	case reflect.String:
		return func(f *Frame) (string, error) { return Text(at(f)) }
	case reflect.Float64:
		return func(f *Frame) (float64, error) { return Number(at(f)) }
	}
	return func(f *Frame) (any, error) {
		if v := at(f); v != nil {
			return Plain(v), nil
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

func (c *compiler) field(x *ast.MemberNode) any {
	m, ok := c.member(x)
	if !ok {
		return c.element(x)
	}
	c.meet(m.place)
	return c.held(x, m.value)
}

// element compiles list[0].
func (c *compiler) element(x *ast.MemberNode) any {
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

func (c *compiler) call(x *ast.CallNode) any {
	callee, ok := x.Callee.(*ast.IdentifierNode)
	if !ok || c.Config.Functions[callee.Value] == nil {
		c.leave(x)
		return nil
	}
	if f, ok := c.Functions[callee.Value]; ok {
		c.cost += callCost
		return f.compile(c, x.Arguments)
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
func (c *compiler) builtin(x *ast.BuiltinNode) any {
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
	switch part := c.native(node).(type) {
	case number:
		return part
	case integer:
		return from(part, func(v int) (float64, error) { return float64(v), nil })
	default:
		return from(inInterface(part), Number)
	}
}

// text compiles a node that is a text.
func (c *compiler) text(node ast.Node) text {
	if x, ok := node.(*ast.StringNode); ok {
		return func(*Frame) (string, error) { return x.Value, nil }
	}
	part := c.native(node)
	if t, ok := part.(text); ok {
		return t
	}
	return from(inInterface(part), Text)
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
	part := c.native(node)
	if b, ok := part.(boolean); ok {
		return b
	}
	return from(inInterface(part), func(v any) (bool, error) { return runtime.ToBool(v), nil })
}
