// Package eval runs expressions that the expression language has parsed and checked.
//
// A rule is asked of every row of every form: of the time that the language's own
// machine takes, most goes to looking up names in maps and to putting numbers into
// interfaces. Here an expression becomes a function of Go for each of its nodes, by the
// types that the checker has found, over values that have their places. What that is not
// made for runs in the language's machine.
package eval

import (
	"errors"
	"fmt"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
)

// ErrUnknown ends an expression that touches a value that is not there.
var ErrUnknown = errors.New("没有值")

// Frame is what an expression runs over. It is not for several goroutines.
type Frame struct {
	Values []any // by the places of their names; nil is unknown, a *string or *float64 what it points to

	versions [2]uint64 // of what lasts and of what varies
	results  []result  // of the parts that are shared
	args     []any     // of the calls under way
	texts    []string  // that are being joined
	items    []any     // of the loops under way, the innermost last
}

// Env is what expressions are compiled for.
type Env struct {
	Places    map[string]int       // of the names in Frame.Values
	Config    *conf.Config         // of the checker, with the functions
	Functions map[string]*Function // those of them that have types of Go
	Shared    *Shared              // nil where nothing is shared
}

// Program is an expression that is ready to run. It may be used from several goroutines.
type Program struct {
	Cost int // of a run, as far as it can be told beforehand

	whole leaf
	logic *logic // of a condition; nil where the expression is none
}

// Compile makes a program of an expression that was checked. A condition is one that
// is true or false.
func Compile(node ast.Node, env Env, condition bool) (*Program, error) {
	c := compiler{Env: env}
	p := &Program{}
	if condition {
		p.logic = c.logic(node)
	} else {
		p.whole = c.leaf(node, false)
	}
	p.Cost = c.cost
	return p, c.err
}

// Run evaluates the expression; its error is ErrUnknown where that touches a value that
// is not there.
func (p *Program) Run(f *Frame) (v any, err error) {
	defer caught(f, &err)
	if p.logic == nil {
		return p.whole.value(f)
	}
	a, err := p.logic.answer(f)
	if err == nil && a == Unknown {
		err = ErrUnknown
	}
	return a == Yes, err
}

// IsText reports whether an expression is a text.
func (p *Program) IsText() bool { return p.whole.text != nil }

// Text is Run for one that is.
func (p *Program) Text(f *Frame) (s string, err error) {
	defer caught(f, &err)
	if !p.whole.known(f) {
		return "", ErrUnknown
	}
	return p.whole.text(f)
}

// Answer evaluates a condition. Unknown in one part leaves the
// others to be asked, as in SQL: true || unknown is true.
func (p *Program) Answer(f *Frame) (a Answer, err error) {
	defer caught(f, &err)
	return p.logic.answer(f)
}

// Only reports whether an expression is made of parts that op joins, or of one part.
func (p *Program) Only(op string) bool { return p.logic != nil && p.logic.only(op) }

// caught makes an error of the panic of a function that was handed what it is not for.
func caught(f *Frame, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%v", r)
	}
	f.args, f.texts, f.items = f.args[:0], f.texts[:0], f.items[:0]
}

// Answer is what a condition comes to.
type Answer int

// The answers.
const (
	Unknown Answer = iota
	Yes
	No
)

// not is the answer to the opposite question.
func (a Answer) not() Answer { return [...]Answer{Unknown, No, Yes}[a] }

func answerOf(b bool) Answer {
	if b {
		return Yes
	}
	return No
}
