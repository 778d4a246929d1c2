package rules

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/expr-lang/expr/types"

	"ziping/rules/eval"
	"ziping/rules/mistake"
	"ziping/sheet"
	"ziping/sheet/strict"
)

// Set is a compiled rule file. It may be used from several goroutines.
type Set struct {
	words     *vocabulary
	places    map[string]int // of the names that expressions use, in a frame
	shared    *eval.Shared   // parts of expressions
	params    map[string]*Param
	varying   map[string]*Param // those that differ by indicator
	differing map[string]*Param // those that differ by anything
	fixed     []any             // a frame with the values of those that don't
	runners   sync.Pool         // of *runner
	indexes   wordIndexes       // of those that are lists of words
	rules     []*compiled
	scopes    scoped
	by        sync.Map // of departments for which rules differ: scoped

	used    map[string]bool // params that rules use
	builtin bool            // the default rules, whose examples stand in a file of their own

	examples     []*exampleFile // of the files that were read, each with
	exampleFiles []string       // its name
}

// scoped are the rules that are not disabled, by scope.
type scoped map[Scope][]*compiled

// compiled is a rule whose expressions are ready to run.
type compiled struct {
	*Rule
	file  *file
	files map[string]*file // where overridden texts are written, by key

	when, assert, suggest *program
	key, kind             *program // of batch rules
	value, share          *program
	own                   func() []need // fields that a batch rule's texts name
	message               []piece

	variants []adapted
}

// adapted is a rule as it is for some departments.
type adapted struct {
	departments []string // patterns
	file        *file    // that says so
	position    strict.Position
	*compiled
}

// source is a text of a rule file: an expression, or a message with expressions
// in it.
type source struct {
	strict.At[string]
	file *file
}

// place returns where the n-th character of the text stands in the file.
func (s source) place(n int) strict.Position { return strict.Within(s.file.src, s.Pos, s.Value, n) }

// source returns a text of the rule, which stands under a key of a file.
func (r *compiled) source(key string, text strict.At[string]) source {
	if f := r.files[key]; f != nil {
		return source{text, f}
	}
	return source{text, r.file}
}

// fileOf returns the file in which a key of the rule is written.
func (r *compiled) fileOf(key string) *file { return r.source(key, strict.At[string]{}).file }

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
	chosen := &Set{words: s.words, places: s.places, shared: s.shared, params: s.params, used: s.used, builtin: s.builtin, examples: s.examples, exampleFiles: s.exampleFiles}
	for _, r := range s.rules {
		if keep(r.Rule) {
			chosen.rules = append(chosen.rules, r)
		}
	}
	chosen.index()
	return chosen
}

// index sorts what the set has by what a run asks for.
func (s *Set) index() {
	s.varying, s.differing, s.fixed, s.indexes = map[string]*Param{}, map[string]*Param{}, make([]any, len(s.places)), wordIndexes{}
	for name, p := range s.params {
		if p.varies() {
			s.varying[name] = p
		}
		if p.differs() {
			s.differing[name] = p
		} else {
			s.fixed[s.places[name]] = p.Value
		}
		if list, ok := p.Value.([]string); ok && len(list) > 0 {
			s.indexes[&list[0]] = sync.OnceValue(func() *wordIndex { return newWordIndex(list) })
		}
	}
	s.scopes = s.sorted(func(r *compiled) *compiled { return r })
}

// sorted returns the rules as choose takes them.
func (s *Set) sorted(choose func(*compiled) *compiled) scoped {
	list := scoped{}
	for _, r := range s.rules {
		r = choose(r)
		if !r.Disabled {
			list[r.Scope] = append(list[r.Scope], r)
		}
	}
	return list
}

// scopesFor returns the rules as they are for a department.
func (s *Set) scopesFor(department string) scoped {
	if !slices.ContainsFunc(s.rules, func(r *compiled) bool { return len(r.variants) > 0 }) {
		return s.scopes
	}
	if list, ok := s.by.Load(department); ok {
		return list.(scoped)
	}
	list := s.sorted(func(r *compiled) *compiled { return r.variantFor(department) })
	s.by.Store(department, list)
	return list
}

// variantFor returns the rule as it is for a department.
func (r *compiled) variantFor(department string) *compiled {
	for _, v := range slices.Backward(r.variants) {
		if slices.ContainsFunc(v.departments, func(p string) bool { return matches(p, department) }) {
			return v.compiled
		}
	}
	return r
}

// Rule returns the rule with an id, nil where there is none.
func (s *Set) Rule(id string) *Rule {
	if r := s.byID(id); r != nil {
		return r.Rule
	}
	return nil
}

func (s *Set) byID(id string) *compiled {
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

// compile compiles every rule and returns every mistake. Of trusted rules it is known
// that they have none.
func (s *Set) compile(trusted bool) strict.Errors {
	s.shared = &eval.Shared{Varying: s.varyingPlaces()}
	c := compiler{set: s, envs: map[Scope]*environment{}, trusted: trusted}
	for _, r := range s.rules {
		c.rule(r)
		for _, v := range r.variants {
			c.rule(v.compiled)
		}
	}
	return c.errs
}

type compiler struct {
	set     *Set
	envs    map[Scope]*environment
	errs    strict.Errors
	trusted bool
}

// fail reports a mistake in a rule.
func (c *compiler) fail(r *compiled, f *file, at strict.Position, format string, args ...any) {
	msg := fmt.Sprintf("规则“%s”：%s", r.ID, fmt.Sprintf(format, args...))
	c.errs = append(c.errs, strict.Errorf(f.name, f.src, at, "%s", msg))
}

// env returns what the expressions of a scope may name.
func (c *compiler) env(s Scope) *environment {
	if env, ok := c.envs[s]; ok {
		return env
	}
	env := types.Map{}
	for name, p := range c.set.params {
		env[name] = p.typeOf()
	}
	maps.Copy(env, c.set.words.common())
	if each := s.member(); each != "" {
		for _, name := range []string{sheet.LabelFunds, sheet.LabelIndicators, previousLists, judgeKey} {
			delete(env, name)
		}
		maps.Copy(env, c.set.words.in(each))
		maps.Copy(env, groupTypes())
	}
	maps.Copy(env, c.set.words.in(s))
	for name := range env {
		c.set.place(name)
	}
	c.envs[s] = newEnvironment(env)
	return c.envs[s]
}

// varyingPlaces reports of each name so far whether its value differs in one form: by row,
// by value, by notice.
func (s *Set) varyingPlaces() []bool {
	names := []string{formKey, judgeKey}
	for name, p := range s.params {
		if s.place(name); p.varies() {
			names = append(names, name)
		}
	}
	for _, scope := range scopes {
		names = slices.AppendSeq(names, maps.Keys(s.words.in(scope)))
	}
	for _, name := range names {
		s.place(name)
	}
	varying := make([]bool, len(s.places))
	for _, name := range names {
		varying[s.places[name]] = true
	}
	return varying
}

// place returns the place of a name in a frame, and gives it one where it has none.
func (s *Set) place(name string) int {
	place, ok := s.places[name]
	if !ok {
		place = len(s.places)
		s.places[name] = place
	}
	return place
}

func (c *compiler) rule(r *compiled) {
	inner, outer := r.Scope, r.Scope // of what looks at one form, and of what says something
	if r.Scope == ScopeBatch {
		inner = c.batch(r)
		outer = aboutGroup(inner)
	} else if extra := firstSet(r.Each, r.Key, r.Kind, r.Value, r.Share); extra != (strict.Position{}) {
		c.fail(r, r.file, extra, "each、key、kind、value、share 只用于 scope = \"batch\" 的规则")
	}
	if inner == "" {
		return
	}
	if r.When.Value != "" {
		r.when = c.condition(r, inner, r.source("when", r.When))
	}
	r.assert = c.condition(r, outer, r.source("assert", r.Assert))
	if r.Suggest.Value != "" {
		r.suggest = c.value(r, outer, r.source("suggest", r.Suggest))
	}
	r.message = c.template(r, outer)
	r.own = sync.OnceValue(func() []need { return fieldsNamed(r) })
	if c.trusted {
		return
	}
	c.at(r, inner)
	for _, id := range r.Unless {
		if c.set.byID(id) == nil {
			c.fail(r, r.file, r.Position, "unless 中的“%s”不是一条规则%s", id, strict.Meant(id, c.set.ids()))
		}
	}
}

// firstSet returns the place of the first of some texts that a file has.
func firstSet(texts ...strict.At[string]) strict.Position {
	for _, t := range texts {
		if t.Pos != (strict.Position{}) {
			return t.Pos
		}
	}
	return strict.Position{}
}

// batch compiles what only batch rules have, and returns the scope of their
// members, "" where that can't be known.
func (c *compiler) batch(r *compiled) Scope {
	each := Scope(r.Each.Value)
	switch {
	case r.Each.Value == "":
		c.fail(r, r.file, r.Position, "batch 规则应写明 each = \"sheet\"、\"fund\" 或 \"indicator\"")
		return ""
	case each != ScopeSheet && each != ScopeFund && each != ScopeIndicator:
		c.fail(r, r.fileOf("each"), r.Each.Pos, "each 应为 sheet、fund 或 indicator；这里是 %s", each)
		return ""
	case r.Key.Value == "":
		c.fail(r, r.file, r.Position, "batch 规则应写明 key：什么相同的算一组")
	default:
		r.key = c.value(r, each, r.source("key", r.Key))
	}
	if r.Kind.Value != "" {
		r.kind = c.value(r, each, r.source("kind", r.Kind))
	}
	if r.Value.Value != "" {
		r.value = c.number(r, each, r.source("value", r.Value))
	}
	if r.Share.Value != "" {
		r.share = c.condition(r, each, r.source("share", r.Share))
	}
	return each
}

// at checks that the field to blame is one of the scope.
func (c *compiler) at(r *compiled, scope Scope) {
	name, _, _ := strings.Cut(r.At.Value, ".")
	switch {
	case (scope == ScopeValue || scope == ScopeNotice) && name == "":
		return
	case scope == ScopeValue:
		c.fail(r, r.fileOf("at"), r.At.Pos, "scope = \"value\" 的规则不写 at：指向的就是各个值")
		return
	case scope == ScopeNotice:
		c.fail(r, r.fileOf("at"), r.At.Pos, "scope = \"notice\" 的规则不写 at：指向的就是各处改动")
		return
	case name == "":
		c.fail(r, r.file, r.Position, "应写明 at：指向哪一项")
		return
	}
	if !c.set.words.pointable(scope, r.At.Value) || c.set.params[name] != nil {
		c.fail(r, r.fileOf("at"), r.At.Pos, "at 所指的“%s”不是表中的项目%s", r.At.Value, nameable(c.env(scope).types).Meant(r.At.Value))
	}
}

// value compiles an expression that gives one value, not a list of them.
func (c *compiler) value(r *compiled, scope Scope, src source) *program {
	return c.single(r, src, 0, c.compileText(r, scope, src, src.Value, 0, reflect.Invalid))
}

// number compiles an expression that gives a number.
func (c *compiler) number(r *compiled, scope Scope, src source) *program {
	p := c.compileText(r, scope, src, src.Value, 0, reflect.Invalid)
	if p == nil || c.trusted {
		return p
	}
	if t := p.load().node.Type(); !isNumber(t.Kind()) {
		c.fail(r, src.file, src.place(0), "这里应得出一个数字；得出的是%s", mistake.Type(t.String()))
	}
	return p
}

// single refuses a program that gives a list or a part of the table.
func (c *compiler) single(r *compiled, src source, offset int, p *program) *program {
	if p == nil || c.trusted {
		return p
	}
	switch t := p.load().node.Type(); t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Pointer, reflect.Func:
		c.fail(r, src.file, src.place(offset), "这里应得出一个数字或文字；得出的是%s", mistake.Type(t.String()))
	}
	return p
}

// template compiles the message of a rule: {expressions} in a text.
func (c *compiler) template(r *compiled, scope Scope) []piece {
	src := r.source("message", r.Message)
	if strings.TrimSpace(src.Value) == "" {
		c.fail(r, src.file, src.place(0), "message 不能为空")
	}
	said, unclosed := pieces(src.Value)
	var list []piece
	for _, p := range said {
		if p.at == 0 {
			list = append(list, piece{text: p.Text})
			continue
		}
		list = append(list, piece{expr: c.single(r, src, p.at, c.compileText(r, scope, src, p.Expression, p.at, reflect.Invalid))})
	}
	if unclosed >= 0 {
		c.fail(r, src.file, src.place(unclosed), "message 中的 { 没有对应的 }")
	}
	return list
}
