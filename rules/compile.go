package rules

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	exprfile "github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"ziping/sheet/strict"
)

// Set is a compiled rule file. It may be used from several goroutines.
type Set struct {
	params map[string]*Param
	rules  []*compiled
}

// compiled is a rule whose expressions are ready to run.
type compiled struct {
	*Rule
	file  *file
	files map[string]*file // where overridden expressions are written

	when, assert, suggest *program
	key, kind             *program // of batch rules
	message               []piece
}

// program is a compiled expression.
type program struct {
	*vm.Program
	needs []string // fields that must have a value
}

// piece is a part of a message: a text, or an expression whose value is shown.
type piece struct {
	text string
	expr *program
}

// Rules returns the rules that are not disabled, in the order of the file.
func (s *Set) Rules() []*Rule {
	var list []*Rule
	for _, r := range s.rules {
		if !r.Disabled {
			list = append(list, r.Rule)
		}
	}
	return list
}

// Params returns the params by name.
func (s *Set) Params() map[string]*Param { return s.params }

// Select returns the set with only those rules that keep accepts.
func (s *Set) Select(keep func(*Rule) bool) *Set {
	chosen := &Set{params: s.params}
	for _, r := range s.rules {
		if keep(r.Rule) {
			chosen.rules = append(chosen.rules, r)
		}
	}
	return chosen
}

func (s *Set) find(id string) *compiled {
	for _, r := range s.rules {
		if r.ID == id {
			return r
		}
	}
	return nil
}

func (s *Set) ids() []string {
	var ids []string
	for _, r := range s.rules {
		ids = append(ids, r.ID)
	}
	return ids
}

// compile compiles every rule and reports every mistake.
func (s *Set) compile() error {
	c := compiler{set: s, envs: map[Scope]types.Map{}}
	for _, r := range s.rules {
		c.rule(r)
	}
	if len(c.errs) > 0 {
		slices.SortStableFunc(c.errs, func(a, b *strict.Error) int { return a.Line - b.Line })
		return c.errs
	}
	return nil
}

type compiler struct {
	set  *Set
	envs map[Scope]types.Map
	errs strict.Errors
}

func (c *compiler) fail(r *compiled, at strict.Position, expression, format string, args ...any) {
	f := r.file
	if o := r.files[expression]; o != nil {
		f = o
	}
	msg := fmt.Sprintf("规则“%s”：%s", r.ID, fmt.Sprintf(format, args...))
	c.errs = append(c.errs, strict.Errorf(f.name, f.src, at, "%s", msg))
}

// env returns what the expressions of a scope may name.
func (c *compiler) env(s Scope) types.Map {
	if env, ok := c.envs[s]; ok {
		return env
	}
	env := types.Map{}
	if s != ScopeBatch {
		env = tableTypes()
	}
	maps.Copy(env, s.own())
	for name, p := range c.set.params {
		env[name] = p.typeOf()
	}
	c.envs[s] = env
	return env
}

func (c *compiler) rule(r *compiled) {
	scope := r.Scope
	if scope == ScopeBatch {
		scope = c.batch(r)
	} else if r.Key.Value != "" || r.Kind.Value != "" || r.Each != "" {
		c.fail(r, r.Position, "", "each、key、kind 只用于 scope = \"batch\" 的规则")
	}
	whenScope := scope
	if r.Scope == ScopeBatch {
		scope = ScopeBatch
	}
	if r.When.Value != "" {
		r.when = c.compile(r, whenScope, r.When, 0, expr.AsBool())
	}
	r.assert = c.compile(r, scope, r.Assert, 0, expr.AsBool())
	if r.Suggest.Value != "" {
		r.suggest = c.compile(r, scope, r.Suggest, 0)
	}
	r.message = c.template(r, scope)
	c.at(r, whenScope)
}

// batch compiles what only batch rules have, and returns the scope of their
// members.
func (c *compiler) batch(r *compiled) Scope {
	each := Scope(r.Each)
	if each != ScopeSheet && each != ScopeIndicator {
		c.fail(r, r.Position, "", "batch 规则应写明 each = \"sheet\" 或 \"indicator\"")
		return ScopeSheet
	}
	if r.Key.Value == "" {
		c.fail(r, r.Position, "", "batch 规则应写明 key：什么相同的算一组")
		return each
	}
	r.key = c.compile(r, each, r.Key, 0)
	if r.Kind.Value != "" {
		r.kind = c.compile(r, each, r.Kind, 0)
	}
	return each
}

// at checks that the field to blame is one of the scope.
func (c *compiler) at(r *compiled, scope Scope) {
	if r.At.Value == "" {
		if scope != ScopeValue {
			c.fail(r, r.Position, "", "应写明 at：指向哪一项")
		}
		return
	}
	name, member, dotted := strings.Cut(r.At.Value, ".")
	t, ok := c.env(scope)[name]
	if ok && dotted {
		var m types.Map
		if m, ok = t.(types.Map); ok {
			_, ok = m[member]
		}
	}
	if !ok || strings.HasPrefix(name, hidden) {
		c.fail(r, r.At.Pos, "", "at 所指的“%s”不是表中的项目%s", r.At.Value, maybe(r.At.Value, c.env(scope)))
	}
}

func maybe(name string, env types.Map) string {
	var names []string
	for n, t := range env {
		if strings.HasPrefix(n, hidden) {
			continue
		}
		names = append(names, n)
		if m, ok := t.(types.Map); ok {
			for sub := range m {
				names = append(names, n+"."+sub)
			}
		}
	}
	slices.Sort(names)
	for _, f := range Functions {
		names = append(names, f.Name)
	}
	if s := strict.Suggest(name, names); s != "" && s != name {
		return fmt.Sprintf("，是否应为“%s”？", s)
	}
	return ""
}

// maxNodes bounds an expression; the memory that one may use while it runs is
// bounded by the expression language itself.
const maxNodes = 500

// compile compiles an expression that is written from offset runes into at.
func (c *compiler) compile(r *compiled, scope Scope, at strict.At[string], offset int, options ...expr.Option) *program {
	return c.compileText(r, scope, at, at.Value, offset, options...)
}

func (c *compiler) compileText(r *compiled, scope Scope, at strict.At[string], text string, offset int, options ...expr.Option) *program {
	env := c.env(scope)
	need := &needs{env: env}
	options = append(options, expr.Env(env), expr.MaxNodes(maxNodes), expr.DisableBuiltin("now"),
		expr.Patch(presence{}), expr.Patch(need), getNumber, getText)
	for _, f := range Functions {
		if f.call != nil {
			options = append(options, expr.Function(f.Name, f.call, f.types...))
		}
		if f.judging != nil {
			options = append(options, expr.Function(hidden+f.Name, f.call, f.judging))
		}
	}
	p, err := expr.Compile(text, options...)
	if err != nil {
		c.explain(r, at, offset, err, env)
		return nil
	}
	slices.Sort(need.fields)
	return &program{p, slices.Compact(need.fields)}
}

// explain reports why an expression does not compile, at its place in the file.
func (c *compiler) explain(r *compiled, at strict.At[string], offset int, err error, env types.Map) {
	pos := at.Pos
	message := err.Error()
	var e *exprfile.Error
	if errors.As(err, &e) {
		message = e.Message
		if e.Line <= 1 {
			pos.Column += 1 + offset + e.Column // after the quote
		} else {
			pos = strict.Position{Line: pos.Line + e.Line - 1, Column: 1 + e.Column}
		}
	}
	c.fail(r, pos, at.Value, "%s", translate(strings.ReplaceAll(message, hidden, ""), env))
}

// presence rewrites 有值(x) and 原文(x), which need not the value of x but what
// stands beside it.
type presence struct{}

func (presence) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok || len(call.Arguments) != 1 {
		return
	}
	callee, ok := call.Callee.(*ast.IdentifierNode)
	if !ok {
		return
	}
	key := map[string]string{"有值": hasKey, "原文": typedKey}[callee.Value]
	if key == "" {
		return
	}
	var holder ast.Node = &ast.IdentifierNode{Value: key}
	name := ""
	switch x := call.Arguments[0].(type) {
	case *ast.IdentifierNode:
		name = x.Value
	case *ast.MemberNode:
		field, ok := x.Property.(*ast.StringNode)
		if !ok {
			return
		}
		switch base := x.Node.(type) {
		case *ast.IdentifierNode:
			name = base.Value + "." + field.Value
		case *ast.PointerNode:
			name = field.Value
			holder = &ast.MemberNode{Node: base, Property: &ast.StringNode{Value: key}}
		default:
			return
		}
	default:
		return
	}
	ast.Patch(node, &ast.MemberNode{Node: holder, Property: &ast.StringNode{Value: name}})
}

// needs notes which fields an expression touches, makes the fields of a list's
// rows unknown where they are not there, and hands the judging functions what
// they need.
type needs struct {
	env    types.Map
	fields []string
}

func (n *needs) Visit(node *ast.Node) {
	switch x := (*node).(type) {
	case *ast.IdentifierNode:
		if isField(n.env[x.Value]) && !strings.HasPrefix(x.Value, hidden) {
			n.fields = append(n.fields, x.Value)
		}
	case *ast.MemberNode:
		n.member(node, x)
	case *ast.CallNode:
		callee, ok := x.Callee.(*ast.IdentifierNode)
		if ok && judging(callee.Value) && n.env[judgeKey] != nil {
			ast.Patch(node, &ast.CallNode{
				Callee:    &ast.IdentifierNode{Value: hidden + callee.Value},
				Arguments: append(x.Arguments, &ast.IdentifierNode{Value: judgeKey}),
			})
		}
	}
}

func (n *needs) member(node *ast.Node, m *ast.MemberNode) {
	field, ok := m.Property.(*ast.StringNode)
	if !ok || strings.HasPrefix(field.Value, hidden) {
		return
	}
	switch base := m.Node.(type) {
	case *ast.IdentifierNode:
		if fields, ok := n.env[base.Value].(types.Map); ok && isField(fields[field.Value]) {
			n.fields = append(n.fields, base.Value+"."+field.Value)
		}
	case *ast.PointerNode:
		for _, p := range lists {
			if t := fieldsOf(p.new())[field.Value]; isField(t) {
				getter := getNumberName
				if t == types.String {
					getter = getTextName
				}
				ast.Patch(node, &ast.CallNode{
					Callee:    &ast.IdentifierNode{Value: getter},
					Arguments: []ast.Node{base, &ast.StringNode{Value: field.Value}},
				})
				return
			}
		}
	}
}

func isField(t types.Type) bool { return t == types.Float64 || t == types.String }

// judging reports whether a function takes a *judge besides its arguments.
func judging(name string) bool {
	for _, f := range Functions {
		if f.Name == name {
			return f.judging != nil
		}
	}
	return false
}

const (
	getNumberName = hidden + "取数"
	getTextName   = hidden + "取文"
)

var (
	getNumber = expr.Function(getNumberName, getRow, new(func(map[string]any, string) float64))
	getText   = expr.Function(getTextName, getRow, new(func(map[string]any, string) string))
)

func getRow(args ...any) (any, error) { return get(args[0].(map[string]any), args[1].(string)) }

// template compiles the message of a rule: {expressions} in a text.
func (c *compiler) template(r *compiled, scope Scope) []piece {
	var pieces []piece
	rest, offset := r.Message.Value, 0
	for rest != "" {
		text, after, found := strings.Cut(rest, "{")
		if text != "" {
			pieces = append(pieces, piece{text: text})
		}
		if !found {
			break
		}
		inner, tail, closed := cutBrace(after)
		offset += len([]rune(text)) + 1
		if !closed {
			c.fail(r, r.Message.Pos, r.Message.Value, "message 中的 { 没有对应的 }")
			break
		}
		pieces = append(pieces, piece{expr: c.compileText(r, scope, r.Message, inner, offset)})
		offset += len([]rune(inner)) + 1
		rest = tail
	}
	return pieces
}

// cutBrace cuts an expression at the } that ends it; braces and quotes inside
// of it belong to it.
func cutBrace(s string) (inner, rest string, ok bool) {
	depth, quote := 0, rune(0)
	for i, r := range s {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'' || r == '`':
			quote = r
		case r == '{':
			depth++
		case r == '}' && depth == 0:
			return s[:i], s[i+1:], true
		case r == '}':
			depth--
		}
	}
	return s, "", false
}
