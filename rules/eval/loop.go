package eval

import (
	"fmt"

	"github.com/expr-lang/expr/ast"
)

// loop compiles a function that goes through a list, nil where the node is none that is
// known here.
func (c *compiler) loop(x *ast.BuiltinNode) any {
	if x.Map != nil || x.Threshold != nil {
		return nil // the work of the language's optimizer, which is not asked
	}
	switch x.Name {
	case "all", "any", "none", "one", "count", "filter", "find":
	case "map", "sum":
		return c.mapping(x)
	default:
		return nil
	}
	if len(x.Arguments) != 2 {
		return nil
	}
	list, items := c.list(x), c.met.items
	holds := c.boolean(x.Arguments[1])
	c.met.items = items // those of this loop
	switch x.Name {
	case "all":
		return func(f *Frame) (bool, error) {
			stopped, err := untilHolds(f, list, holds, false)
			return !stopped, err
		}
	case "any":
		return func(f *Frame) (bool, error) { return untilHolds(f, list, holds, true) }
	case "none":
		return func(f *Frame) (bool, error) {
			stopped, err := untilHolds(f, list, holds, true)
			return !stopped, err
		}
	case "find":
		return func(f *Frame) (any, error) { // nil where there is none, as in the language
			var found any
			err := each(f, list, func(item any) (bool, error) {
				b, err := holds(f)
				if b {
					found = Plain(item)
				}
				return b, err
			})
			return found, err
		}
	case "filter":
		return func(f *Frame) (any, error) {
			var few [16]any // most lists have no more, and are made at once
			chosen := few[:0]
			err := eachHolding(f, list, holds, func(item any) { chosen = append(chosen, Plain(item)) })
			return append([]any{}, chosen...), err
		}
	}
	count := func(f *Frame) (n int, err error) {
		err = eachHolding(f, list, holds, func(any) { n++ })
		return n, err
	}
	if x.Name == "one" {
		return from(count, func(n int) (bool, error) { return n == 1, nil })
	}
	return count
}

// mapping compiles map and sum.
func (c *compiler) mapping(x *ast.BuiltinNode) any {
	if len(x.Arguments) != 2 {
		return nil
	}
	p, ok := x.Arguments[1].(*ast.PredicateNode)
	if !ok {
		return nil
	}
	list, items := c.list(x), c.met.items
	defer func() { c.met.items = items }()
	if x.Name == "map" {
		v := c.value(p.Node)
		return func(f *Frame) (any, error) {
			values := []any{}
			err := each(f, list, func(any) (bool, error) {
				x, err := v(f)
				values = append(values, x)
				return false, err
			})
			return values, err
		}
	}
	if !c.isNumber(p.Node) {
		c.leave(x)
		return nil
	}
	n := c.number(p.Node)
	return func(f *Frame) (any, error) {
		sum, some := 0.0, false
		err := each(f, list, func(any) (bool, error) {
			v, err := n(f)
			sum, some = sum+v, true
			return false, err
		})
		if !some {
			return 0, err // an int, as in the language
		}
		return sum, err
	}
}

const loopCost = 50 // of going through a list, in nodes

func (c *compiler) list(x *ast.BuiltinNode) value {
	c.cost += loopCost
	return c.value(x.Arguments[0])
}

// untilHolds reports whether a condition comes to want for one of the items.
func untilHolds(f *Frame, list value, holds boolean, want bool) (stopped bool, err error) {
	err = each(f, list, func(any) (bool, error) {
		b, err := holds(f)
		stopped = err == nil && b == want
		return stopped, err
	})
	return stopped, err
}

func eachHolding(f *Frame, list value, holds boolean, visit func(any)) error {
	return each(f, list, func(item any) (bool, error) {
		b, err := holds(f)
		if b && err == nil {
			visit(item)
		}
		return false, err
	})
}

// each goes through a list, with its items on the stack, until visit says stop.
func each(f *Frame, list value, visit func(item any) (stop bool, err error)) error {
	l, err := list(f)
	if err != nil {
		return err
	}
	switch list := l.(type) {
	case []any:
		return eachItem(f, len(list), func(i int) any { return list[i] }, visit)
	case []string:
		return eachItem(f, len(list), func(i int) any { return &list[i] }, visit)
	case []float64:
		return eachItem(f, len(list), func(i int) any { return &list[i] }, visit)
	}
	return fmt.Errorf("应为清单，这里是 %v", l)
}

func eachItem(f *Frame, count int, at func(i int) any, visit func(item any) (stop bool, err error)) error {
	depth := len(f.items)
	f.items = append(f.items, nil)
	for i := range count {
		item := at(i)
		f.items[depth] = item
		if stop, err := visit(item); stop || err != nil {
			f.items = f.items[:depth]
			return err
		}
	}
	f.items = f.items[:depth]
	return nil
}
