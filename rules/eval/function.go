package eval

import (
	"math"
	"reflect"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
)

// Function is a function of Go, of one to four arguments, that expressions may call.
// Texts, numbers and what is true or false go to it and come from it as they are; for the
// language's own machine there is the same with everything in interfaces.
type Function struct {
	types []reflect.Type
	call  func(args ...any) (any, error)
	// kind returns the kind of what a call comes to; nil where all types come to the same.
	kind func(*compiler, []ast.Node) reflect.Kind
	// compile makes a closure of a call: of the types that compiler.native returns.
	compile func(*compiler, []ast.Node) any
}

// Func1 returns a function of one argument.
func Func1[A, R any](f func(A) (R, error)) *Function {
	a := given[A]()
	return &Function{
		types: told[func(A) R](),
		call:  func(args ...any) (any, error) { return f(a(args[0])) },
		compile: func(c *compiler, nodes []ast.Node) any {
			return native(from(argument(c, nodes[0], a), f))
		},
	}
}

// Func2 returns a function of two arguments.
func Func2[A, B, R any](f func(A, B) (R, error)) *Function {
	a, b := given[A](), given[B]()
	return &Function{
		types: told[func(A, B) R](),
		call:  func(args ...any) (any, error) { return f(a(args[0]), b(args[1])) },
		compile: func(c *compiler, nodes []ast.Node) any {
			return native(from2(argument(c, nodes[0], a), argument(c, nodes[1], b), f))
		},
	}
}

// Func3 returns a function of three arguments.
func Func3[A, B, C, R any](f func(A, B, C) (R, error)) *Function {
	a, b, c := given[A](), given[B](), given[C]()
	return &Function{
		types: told[func(A, B, C) R](),
		call:  func(args ...any) (any, error) { return f(a(args[0]), b(args[1]), c(args[2])) },
		compile: func(cc *compiler, nodes []ast.Node) any {
			a, b, c := argument(cc, nodes[0], a), argument(cc, nodes[1], b), argument(cc, nodes[2], c)
			return native(func(fr *Frame) (none R, err error) {
				x, err := a(fr)
				if err != nil {
					return none, err
				}
				y, err := b(fr)
				if err != nil {
					return none, err
				}
				z, err := c(fr)
				if err != nil {
					return none, err
				}
				return f(x, y, z)
			})
		},
	}
}

// Func4 returns a function of four arguments.
func Func4[A, B, C, D, R any](f func(A, B, C, D) (R, error)) *Function {
	a, b, c, d := given[A](), given[B](), given[C](), given[D]()
	return &Function{
		types: told[func(A, B, C, D) R](),
		call:  func(args ...any) (any, error) { return f(a(args[0]), b(args[1]), c(args[2]), d(args[3])) },
		compile: func(cc *compiler, nodes []ast.Node) any {
			a, b, c, d := argument(cc, nodes[0], a), argument(cc, nodes[1], b), argument(cc, nodes[2], c), argument(cc, nodes[3], d)
			return native(func(fr *Frame) (none R, err error) {
				w, err := a(fr)
				if err != nil {
					return none, err
				}
				x, err := b(fr)
				if err != nil {
					return none, err
				}
				y, err := c(fr)
				if err != nil {
					return none, err
				}
				z, err := d(fr)
				if err != nil {
					return none, err
				}
				return f(w, x, y, z)
			})
		},
	}
}

// Join returns a function that joins two texts, adds two numbers, and makes something else
// of two other values. Texts that are joined to others are joined at once.
func Join(join func(texts []string) (string, error), other func(args ...any) (any, error)) *Function {
	f := &Function{types: []reflect.Type{reflect.TypeFor[func(string, string) string](), reflect.TypeFor[func(any, any) any]()}, call: other}
	f.kind = func(c *compiler, nodes []ast.Node) reflect.Kind {
		switch {
		case c.isText(nodes[0]) && c.isText(nodes[1]):
			return reflect.String
		case c.isNumber(nodes[0]) && c.isNumber(nodes[1]):
			return reflect.Float64
		}
		return reflect.Interface
	}
	f.compile = func(c *compiler, nodes []ast.Node) any {
		switch f.kind(c, nodes) {
		case reflect.Float64:
			return both(c.number(nodes[0]), c.number(nodes[1]), arithmetic["+"])
		case reflect.Interface:
			return c.calling(other, nodes)
		}
		flat := c.flat(f, nodes)
		var parts []text
		for _, n := range flat {
			parts = append(parts, c.text(n))
		}
		return func(fr *Frame) (string, error) {
			begin := len(fr.texts)
			for _, part := range parts {
				s, err := part(fr)
				if err != nil {
					return "", err
				}
				fr.texts = append(fr.texts, s)
			}
			s, err := join(fr.texts[begin:])
			fr.texts = fr.texts[:begin]
			return s, err
		}
	}
	return f
}

// flat returns the arguments of a function, instead of those that are calls of it of
// texts their arguments.
func (c *compiler) flat(f *Function, nodes []ast.Node) []ast.Node {
	var list []ast.Node
	for _, n := range nodes {
		if call, ok := n.(*ast.CallNode); ok && c.isText(n) {
			if callee, ok := call.Callee.(*ast.IdentifierNode); ok && c.Functions[callee.Value] == f {
				list = append(list, c.flat(f, call.Arguments)...)
				continue
			}
		}
		list = append(list, n)
	}
	return list
}

// Or returns a function that may be called with fewer arguments, or more.
func (f *Function) Or(other *Function) *Function {
	count := f.types[0].NumIn()
	return &Function{
		types: append(f.types, other.types...),
		call: func(args ...any) (any, error) {
			if len(args) == count {
				return f.call(args...)
			}
			return other.call(args...)
		},
		compile: func(c *compiler, nodes []ast.Node) any {
			if len(nodes) == count {
				return f.compile(c, nodes)
			}
			return other.compile(c, nodes)
		},
	}
}

// Builtin returns the function as the language knows it.
func (f *Function) Builtin(name string) *builtin.Function {
	return &builtin.Function{Name: name, Func: f.call, Types: f.types}
}

// Texts is a list of texts, which may also be written as a list of anything.
type Texts []string

// told returns what the checker is told of a function.
func told[F any]() []reflect.Type {
	f, texts := reflect.TypeFor[F](), reflect.TypeFor[Texts]()
	var in []reflect.Type
	for i := range f.NumIn() {
		in = append(in, f.In(i))
	}
	i := slices.Index(in, texts)
	if i < 0 {
		return []reflect.Type{f}
	}
	var list []reflect.Type
	for _, in[i] = range []reflect.Type{reflect.TypeFor[[]string](), reflect.TypeFor[[]any]()} {
		list = append(list, reflect.FuncOf(in, []reflect.Type{f.Out(0)}, false))
	}
	return list
}

// given returns what makes an argument of a type of what a node came to.
func given[A any]() func(any) A {
	var convert any
	switch reflect.TypeFor[A]() {
	case reflect.TypeFor[float64]():
		convert = ToNumber
	case reflect.TypeFor[int]():
		convert = func(v any) int { return int(ToNumber(v)) }
	case reflect.TypeFor[Texts]():
		convert = toTexts
	case reflect.TypeFor[any]():
		convert = func(v any) any { return v }
	default:
		convert = func(v any) A { return v.(A) }
	}
	return convert.(func(any) A)
}

// argument compiles an argument of a call.
func argument[A any](c *compiler, node ast.Node, given func(any) A) func(*Frame) (A, error) {
	var a any
	switch reflect.TypeFor[A]() {
	case reflect.TypeFor[string]():
		if c.isText(node) {
			a = c.text(node)
		}
	case reflect.TypeFor[float64]():
		if c.isNumber(node) {
			a = c.number(node)
		}
	case reflect.TypeFor[any]():
		a = c.value(node)
	}
	if a != nil {
		return a.(func(*Frame) (A, error))
	}
	return from(c.value(node), func(v any) (A, error) { return given(v), nil })
}

// ToNumber returns a value that is a number, which may be an integer; NaN for others.
func ToNumber(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	}
	return math.NaN()
}

func toTexts(list any) Texts {
	if s, ok := list.([]string); ok {
		return s
	}
	var s Texts
	for _, x := range list.([]any) {
		if t, ok := x.(string); ok {
			s = append(s, t)
		}
	}
	return s
}

// native returns a closure as one of the types that compiler.native returns.
func native[R any](f func(*Frame) (R, error)) any {
	switch f := any(f).(type) {
	case text, number, integer, boolean, value:
		return f
	}
	return boxed(f)
}
