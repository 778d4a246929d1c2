package eval

import (
	"errors"

	"github.com/expr-lang/expr/ast"
	exprcompiler "github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
	"github.com/expr-lang/expr/vm/runtime"

	"ziping/rules/syntax"
)

// machine compiles a node for the language's own machine.
func (c *compiler) machine(node ast.Node) (value, boolean) {
	program, err := exprcompiler.Compile(&parser.Tree{Node: node}, c.Config)
	if err != nil {
		c.err = err
		return nil, nil
	}
	names := map[string]int{}
	ast.Walk(&node, syntax.Visit(func(n ast.Node) {
		if x, ok := n.(*ast.IdentifierNode); ok {
			if place, ok := c.Places[x.Value]; ok {
				names[x.Value] = place
			}
		}
	}))
	run := func(f *Frame) (any, error) {
		env := make(map[string]any, len(names))
		for name, place := range names {
			env[name] = machineValue(f.Values[place])
		}
		v, err := vm.Run(program, env)
		if errors.Is(err, ErrUnknown) {
			err = ErrUnknown
		}
		return v, err
	}
	return run, func(f *Frame) (bool, error) {
		v, err := run(f)
		if err != nil {
			return false, err
		}
		return runtime.ToBool(v), nil
	}
}
