package rules

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/conf"
	exprfile "github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"

	"ziping/rules/eval"
	"ziping/rules/mistake"
)

// What an expression may be made of is so little that it always ends soon: there
// are no variables and no ranges, no function makes a list or a text much longer
// than it was, and loops nest at most two deep. The work is then bounded by the
// length of the expression and the number of rows of the form.
const (
	maxLength = 5000 // characters
	maxNodes  = 500
	maxLoops  = 2
	maxText   = 1 << 20 // bytes that + and replace may make
)

// program is an expression that is ready to run when it is first asked for: those of
// the default rules are known to be right, and most of their texts are never needed.
type program struct {
	made atomic.Pointer[made]
	make func() *made // once; nil where made is there from the beginning
}

// load returns what the expression was made into.
func (p *program) load() *made {
	if m := p.made.Load(); m != nil {
		return m
	}
	m := p.make()
	p.made.Store(m)
	return m
}

// made is what an expression was made into.
type made struct {
	*eval.Program
	node    ast.Node
	needs   []need   // fields that must have a value
	asks    []need   // fields of which 有值 or 原文 asks
	takes   []need   // columns of lists that 合计 and its like take: their member is the list
	lists   []string // that are named, or taken by 各项合计
	columns []string // that are looked at in rows of lists
}

// need is a field that an expression touches: 得分, or 得分 of the member 总分.
type need struct{ member, field string }

func (n need) name() string { return n.member + "." + n.field }

func needNamed(name string) need {
	member, field, _ := strings.Cut(name, ".")
	return need{member, field}
}

// compileText compiles the expression text, which stands from the character
// offset on in src; it returns nil and reports why where that can't be.
// expect is the kind of value that it must have, reflect.Invalid where that is any.
func (c *compiler) compileText(r *compiled, scope Scope, src source, text string, offset int, expect reflect.Kind) *program {
	env := c.env(scope)
	if c.trusted {
		return &program{make: sync.OnceValue(func() *made {
			m, _, err := c.set.compileIn(env, scope, text, expect)
			if err != nil {
				panic(fmt.Sprintf("%s: %v", text, err)) // a defect of the build
			}
			return m
		})}
	}
	fail := func(at int, format string, args ...any) { c.fail(r, src.file, src.place(offset+at), format, args...) }
	if utf8.RuneCountInString(text) > maxLength {
		fail(0, "表达式太长，不应超过 %d 个字", maxLength)
		return nil
	}
	if at, number, fraction := mistake.Percent(text); at >= 0 {
		fail(at, "%% 是求余数；百分之%s写成小数：%s", number, fraction)
		return nil
	}
	m, check, err := c.set.compileIn(env, scope, text, expect)
	if check.problem != "" {
		fail(check.at, "%s", check.problem)
		return nil
	}
	if err != nil {
		message, at := err.Error(), 0
		var e *exprfile.Error
		if errors.As(err, &e) {
			message, at = e.Message, min(e.From, utf8.RuneCountInString(text))
		}
		fail(at, "%s", mistake.Translate(strings.ReplaceAll(message, hidden, ""), nameable(env.types)))
		return nil
	}
	for name := range check.used {
		c.set.used[name] = true
	}
	p := &program{}
	p.made.Store(m)
	return p
}

// environment is what the expressions of a scope may name, with what the expression
// language makes of it once for all of them.
type environment struct {
	types types.Map

	mu     sync.Mutex // the language notes in the config what it finds out of types
	config *conf.Config
}

func newEnvironment(names types.Map) *environment {
	e := &environment{types: names, config: conf.New(names)}
	e.config.Functions, e.config.MaxNodes, e.config.ExpectAny = functions, maxNodes, true
	return e
}

// compileIn compiles an expression in an environment.
func (s *Set) compileIn(env *environment, scope Scope, text string, expect reflect.Kind) (*made, *guard, error) {
	check := &guard{env: env.types, words: s.words, scope: scope, params: s.params, heights: map[ast.Node]int{}, used: map[string]bool{}}
	rewrite := &rewriter{env: env.types, words: s.words, params: s.params}
	env.mu.Lock()
	defer env.mu.Unlock()
	env.config.Visitors, env.config.Expect = []ast.Visitor{check, rewrite}, expect
	tree, err := checker.ParseCheck(text, env.config)
	if err != nil {
		return nil, check, err
	}
	env.config.Visitors, env.config.Expect = nil, reflect.Invalid
	p, err := eval.Compile(tree.Node, eval.Env{Places: s.places, Config: env.config, Functions: typed, Shared: s.shared}, expect == reflect.Bool)
	return &made{Program: p, node: tree.Node, needs: rewrite.needs, asks: check.asks, takes: check.takes, lists: check.lists, columns: check.columns}, check, err
}

// condition compiles an expression that is true or false.
func (c *compiler) condition(r *compiled, scope Scope, src source) *program {
	return c.compileText(r, scope, src, src.Value, 0, reflect.Bool)
}

// typed are Functions and those that rules can't write.
var typed = func() map[string]*eval.Function {
	list := map[string]*eval.Function{
		hasName: eval.Func3(hasValue), typedName: eval.Func3(typedIn), printsName: eval.Func2(prints),
		getNumberName: eval.Func2(getNumber), getTextName: eval.Func2(getText), getAnyName: eval.Func2(getAny),
		divideName: eval.Func2(divide), powerName: eval.Func2(power), findName: eval.Func2(findKey),
		someName: eval.Func1(some), placeName: eval.Func1(rowOrNone), indexName: eval.Func2(index), lastIndexName: eval.Func2(lastIndex),
		"replace": eval.Func3(replace), addName: eval.Join(join, add),
	}
	for _, f := range Functions {
		switch {
		case f.call != nil:
			list[f.Name] = f.call
		case f.judging.with != nil:
			list[f.Name], list[hidden+f.Name] = f.judging.without, f.judging.with
		}
	}
	return list
}()

// functions are those, and some of more types than one, as the expression language knows
// them.
var functions = func() conf.FunctionsTable {
	c := conf.CreateNew()
	for _, option := range []expr.Option{
		expr.Function("有值", nil, new(func(any) bool)), // for the types; see guard
		expr.Function("原文", nil, new(func(any) string)),
		expr.Function("有此栏", nil, new(func(any) bool)),
		expr.Function("string", text, new(func(float64) string), new(func(string) string), new(func(bool) string)),
	} {
		option(c)
	}
	for name, f := range typed {
		c.Functions[name] = f.Builtin(name)
	}
	return c.Functions
}()

// rewriter notes which fields an expression touches, makes the fields of rows
// unknown where they are not there, hands the judging functions what they need,
// and guards / and +.
type rewriter struct {
	env    types.Map
	words  *vocabulary
	params map[string]*Param
	needs  []need
}

// Visit implements ast.Visitor.
func (w *rewriter) Visit(node *ast.Node) {
	switch x := (*node).(type) {
	case *ast.IdentifierNode:
		if isField(w.env[x.Value]) && w.params[x.Value] == nil {
			w.need(need{"", x.Value})
		}
		if w.words.isList(x.Value) && w.params[x.Value] == nil { // unknown where the form has no such table
			w.need(need{"", x.Value})
		}
	case *ast.MemberNode:
		w.member(node, x)
	case *ast.BinaryNode:
		w.binary(node, x)
	case *ast.BuiltinNode:
		w.builtin(node, x)
	case *ast.CallNode:
		if callee, ok := x.Callee.(*ast.IdentifierNode); ok && judges(callee.Value) && w.env[judgeKey] != nil {
			patchCall(node, hidden+callee.Value, append(x.Arguments, &ast.IdentifierNode{Value: judgeKey})...)
		}
	}
}

// builtin makes what the language takes for 0 or nothing what it means to a clerk: the
// mean of no number is not known, a row that is not there is -1, and places in a text
// are counted in characters.
func (w *rewriter) builtin(node *ast.Node, x *ast.BuiltinNode) {
	switch x.Name {
	case "mean", "median", "min", "max":
		if k := x.Arguments[0].Type().Kind(); len(x.Arguments) == 1 && (k == reflect.Slice || k == reflect.Array) {
			patchCall(&x.Arguments[0], someName, x.Arguments[0])
		}
	case "findIndex", "findLastIndex":
		patchCall(node, placeName, x)
	case "indexOf":
		patchCall(node, indexName, x.Arguments...)
	case "lastIndexOf":
		patchCall(node, lastIndexName, x.Arguments...)
	}
}

// binary makes errors of a division by zero and of a text that grows without end.
func (w *rewriter) binary(node *ast.Node, x *ast.BinaryNode) {
	left, right := x.Left.Type().Kind(), x.Right.Type().Kind()
	switch {
	case x.Operator == "/" && mayBeNumber(left) && mayBeNumber(right):
		patchCall(node, divideName, x.Left, x.Right)
	case (x.Operator == "**" || x.Operator == "^") && mayBeNumber(left) && mayBeNumber(right):
		patchCall(node, powerName, x.Left, x.Right)
	case x.Operator == "+" && mayBeText(left) && mayBeText(right):
		patchCall(node, addName, x.Left, x.Right)
	}
}

func isNumber(k reflect.Kind) bool { return k == reflect.Float64 || k == reflect.Int }

func mayBeNumber(k reflect.Kind) bool { return isNumber(k) || k == reflect.Interface }

func mayBeText(k reflect.Kind) bool { return k == reflect.String || k == reflect.Interface }

func (w *rewriter) need(n need) {
	if !slices.Contains(w.needs, n) {
		w.needs = append(w.needs, n)
	}
}

func patchCall(node *ast.Node, name string, args ...ast.Node) {
	ast.Patch(node, &ast.CallNode{Callee: &ast.IdentifierNode{Value: name}, Arguments: args})
}

// member makes row.field a call that fails where the row has no value there,
// and so with the tables of params.
func (w *rewriter) member(node *ast.Node, m *ast.MemberNode) {
	if !mayBeText(m.Property.Type().Kind()) {
		return
	}
	unknown := m.Node.Type().Kind() == reflect.Interface
	if m.Node.Type() == reflect.TypeFor[map[string]float64]() {
		patchCall(node, findName, m.Node, m.Property)
		return
	}
	if !isRow(m.Node) && !unknown {
		return
	}
	field, ok := m.Property.(*ast.StringNode)
	if base, is := m.Node.(*ast.IdentifierNode); ok && is && !unknown {
		if hasField(base, field.Value) {
			w.need(need{base.Value, field.Value})
		}
		return
	}
	switch {
	case unknown || !ok:
		patchCall(node, getAnyName, m.Node, m.Property)
	case hasField(m.Node, field.Value):
		getter := getNumberName
		if m.Node.Nature().Fields[field.Value].Kind == reflect.String {
			getter = getTextName
		}
		patchCall(node, getter, m.Node, field)
	}
}

func isField(t types.Type) bool { return t == types.Float64 || t == types.String }

// judges reports whether a function takes a *judge besides its arguments.
func judges(name string) bool {
	for _, f := range Functions {
		if f.Name == name {
			return f.judging.with != nil
		}
	}
	return false
}
